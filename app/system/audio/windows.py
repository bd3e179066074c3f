"""What the registry of Windows knows of a sound device besides its name. Read without any right; not needed for anything to work."""

import sys

_NAME = "{a45c254e-df1c-4efd-8020-67d146a850e0},24"
"""PKEY_Device_EnumeratorName: USB, BTHENUM, BTHHFENUM, HDAUDIO."""
_BUSES = {"BTHHFENUM": "bluetooth hands-free", "BTHENUM": "bluetooth", "USB": "usb-device", "HDAUDIO": "hda"}
_ROOT = r"SOFTWARE\Microsoft\Windows\CurrentVersion\MMDevices\Audio"


def bus_of(key: str) -> str:
    """`key` is the endpoint's id, such as `{0.0.1.00000000}.{guid}`."""
    if sys.platform == "win32":
        import winreg

        flow = "Capture" if key.startswith("{0.0.1.") else "Render"
        guid = key.rpartition(".")[2]
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, rf"{_ROOT}\{flow}\{guid}\Properties") as properties:
                value, _kind = winreg.QueryValueEx(properties, _NAME)
        except OSError:
            return ""
        return _BUSES.get(str(value), str(value))
    return ""

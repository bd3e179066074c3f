"""Windows: the registry keys that any user may read."""

import platform
import socket
import sys

from app.contracts.enrolment import MachineFacts
from app.system.machine import hashed_id

if sys.platform == "win32":
    import winreg

    def _value(key: str, name: str) -> str:
        """A string of HKEY_LOCAL_MACHINE, read in the 64-bit view; empty if it is not there or not ours to read."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as handle:
                value, _kind = winreg.QueryValueEx(handle, name)
        except OSError:
            return ""
        return str(value).strip()

    class WindowsMachine:
        def facts(self) -> MachineFacts:
            bios = r"HARDWARE\DESCRIPTION\System\BIOS"
            return MachineFacts(
                machine_id=hashed_id(_value(r"SOFTWARE\Microsoft\Cryptography", "MachineGuid")),
                host_name=socket.gethostname(),
                serial=_value(bios, "SystemSerialNumber"),
                model=" ".join(filter(None, (_value(bios, "SystemManufacturer"), _value(bios, "SystemProductName")))),
                os=f"Windows {platform.release()} {platform.version()}",
            )

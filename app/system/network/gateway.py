"""The default gateway as the kernel knows it: files on Linux, iphlpapi on Windows. Milliseconds, no packet, never raises."""

import ipaddress
import struct
import sys
from pathlib import Path

from app.core.line import Gateway

_UP, _GATEWAY, _REJECT = 0x1, 0x2, 0x200
_ETHERNET = "1"
_BEST_LINK = 70
"""The full scale of « link » in /proc/net/wireless (cfg80211 compatibility)."""


def default_gateway(root: Path = Path("/")) -> Gateway:
    """The way out with the best metric; `Gateway()` with none. `root` stands for the system's files (Linux)."""
    try:
        if sys.platform == "linux":
            return _linux(root)
        if sys.platform == "win32":
            from app.system.network.iphlpapi import windows_gateway

            return windows_gateway()
    except (OSError, ValueError, AttributeError):
        pass
    return Gateway()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _linux(root: Path) -> Gateway:
    best = min(_routes(_read(root / "proc/net/route")), default=None)
    if best is None:
        return Gateway()
    _metric, _row, interface, address = best
    device = root / "sys/class/net" / interface
    if (device / "wireless").exists() or (device / "phy80211").exists():
        return Gateway(address, interface, "wifi", _network_name(interface, root), _percent(_read(root / "proc/net/wireless"), interface))
    virtual = (device / "tun_flags").exists() or (device / "bridge").exists()
    return Gateway(address, interface, "cable" if not virtual and _read(device / "type").strip() == _ETHERNET else "")


def _routes(table: str) -> list[tuple[int, int, str, str]]:
    """Default routes through a gateway: metric, row, interface, address. A tunnel's route without one is not a way to a box."""
    found = []
    for row, line in enumerate(table.splitlines()[1:]):
        fields = line.split()
        try:
            interface, destination, gateway, flags, metric, mask = (fields[i] for i in (0, 1, 2, 3, 6, 7))
            told, raw = int(flags, 16), struct.pack("=L", int(gateway, 16))
            if int(destination, 16) or int(mask, 16) or told & (_UP | _GATEWAY | _REJECT) != _UP | _GATEWAY or "/" in interface:
                continue
            found.append((int(metric), row, interface, str(ipaddress.IPv4Address(raw))))
        except (IndexError, ValueError, struct.error):
            continue
    return found


def _percent(table: str, interface: str) -> int | None:
    for line in table.splitlines():
        name, colon, rest = line.partition(":")
        fields = rest.split()
        if not colon or name.strip() != interface or len(fields) < 3:
            continue
        try:
            link, level = float(fields[1].rstrip(".")), float(fields[2].rstrip("."))
        except ValueError:
            return None
        if 0 < link <= _BEST_LINK:
            return round(100 * link / _BEST_LINK)
        # Drivers that leave « link » at 0 still give the level in dBm: -100 is nothing, -50 is all.
        return max(0, min(100, round(2 * (level + 100)))) if -120 < level < 0 else None
    return None


if sys.platform == "linux":
    import array
    import fcntl
    import socket

    _SIOCGIWESSID = 0x8B1B
    _LONGEST_NAME = 32

    def _network_name(interface: str, root: Path) -> str:
        """The SSID by the kernel's own call (microseconds, no right needed), empty where the kernel has none of it."""
        if root != Path("/"):
            return ""
        name = array.array("B", bytes(_LONGEST_NAME + 1))
        address, _length = name.buffer_info()
        request = struct.pack("16sPHH", interface.encode()[:15], address, _LONGEST_NAME + 1, 0)
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
                fcntl.ioctl(asked.fileno(), _SIOCGIWESSID, request)
        except OSError:
            return ""
        return name.tobytes().rstrip(b"\0").decode("utf-8", "replace")

else:

    def _network_name(interface: str, root: Path) -> str:
        return ""

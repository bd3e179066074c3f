"""Windows: the default route and the kind of its interface by iphlpapi (any user may ask). Wi-Fi name and strength are not asked."""

import ipaddress
import struct
import sys

from app.core.line import Gateway

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _BUFFER_TOO_SMALL = 122
    _ROW = struct.Struct("<14L")
    """MIB_IPFORWARDROW: 0 destination, 1 mask, 3 next hop, 4 interface index, 9 metric."""
    _KINDS = {6: "cable", 71: "wifi"}
    """IANA ifType: ethernetCsmacd, ieee80211."""

    class _Interface(ctypes.Structure):
        """MIB_IFROW (ifmib.h), 860 bytes."""

        _fields_ = (
            ("name", ctypes.c_wchar * 256),
            ("index", wintypes.DWORD),
            ("type", wintypes.DWORD),
            ("mtu", wintypes.DWORD),
            ("speed", wintypes.DWORD),
            ("address_length", wintypes.DWORD),
            ("address", ctypes.c_ubyte * 8),
            ("counters", wintypes.DWORD * 15),
            ("description_length", wintypes.DWORD),
            ("description", ctypes.c_ubyte * 256),
        )

    def windows_gateway() -> Gateway:
        """The default route of the best metric. Errors: OSError, ValueError (`default_gateway` takes them)."""
        api = ctypes.WinDLL("iphlpapi")
        size = wintypes.ULONG(0)
        if api.GetIpForwardTable(None, ctypes.byref(size), False) != _BUFFER_TOO_SMALL:
            return Gateway()
        # Routes may be added between the two calls: some room more.
        size = wintypes.ULONG(size.value + 64 * _ROW.size)
        table = ctypes.create_string_buffer(size.value)
        if api.GetIpForwardTable(table, ctypes.byref(size), False) != 0:
            return Gateway()
        count = min(struct.unpack_from("<L", table)[0], (len(table) - 4) // _ROW.size)
        rows = (_ROW.unpack_from(table, 4 + i * _ROW.size) for i in range(count))
        best = min(((row[9], row[3], row[4]) for row in rows if row[0] == 0 and row[1] == 0 and row[3]), default=None)
        if best is None:
            return Gateway()
        interface = _Interface(index=best[2])
        known = api.GetIfEntry(ctypes.byref(interface)) == 0
        described = bytes(interface.description[: min(interface.description_length, 256)]).split(b"\0")[0] if known else b""
        return Gateway(
            str(ipaddress.IPv4Address(struct.pack("<L", best[1]))),
            described.decode("mbcs", "replace"),
            _KINDS.get(interface.type, "") if known else "",
        )

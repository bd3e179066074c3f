"""Windows: rasapi32 (RasDial and its like). Not tried on Windows."""

import sys

if sys.platform == "win32":
    import ctypes
    import time
    from ctypes import wintypes

    _NAME = 257

    class _DialParams(ctypes.Structure):
        """RASDIALPARAMSW (ras.h, pack 4)."""

        _pack_ = 4
        _fields_ = (
            ("size", wintypes.DWORD),
            ("entry", ctypes.c_wchar * _NAME),
            ("phone", ctypes.c_wchar * 129),
            ("callback", ctypes.c_wchar * 129),
            ("user", ctypes.c_wchar * 257),
            ("password", ctypes.c_wchar * 257),
            ("domain", ctypes.c_wchar * 16),
            ("sub_entry", wintypes.DWORD),
            ("callback_id", ctypes.c_size_t),
            ("interface", wintypes.DWORD),
        )

    class _Connection(ctypes.Structure):
        """RASCONNW up to szDeviceName (ras.h, pack 4; dwSize names the version)."""

        _pack_ = 4
        _fields_ = (
            ("size", wintypes.DWORD),
            ("handle", ctypes.c_void_p),
            ("entry", ctypes.c_wchar * _NAME),
            ("device_type", ctypes.c_wchar * 17),
            ("device_name", ctypes.c_wchar * 129),
        )

    class WindowsRas:
        def __init__(self) -> None:
            self._api = ctypes.WinDLL("rasapi32")
            self._api.RasHangUpW.argtypes = [ctypes.c_void_p]
            self._api.RasGetConnectStatusW.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
            self._handle = ctypes.c_void_p()

        def dial(self, entry: str, user: str, password: str) -> int:
            try:
                params = _DialParams(ctypes.sizeof(_DialParams), entry, "", "", user, password, "", 0, 0, 0)
            except ValueError:
                return 691  # longer than Windows takes: it cannot be right
            self._handle = ctypes.c_void_p()
            # A null notifier: it returns when it is connected, or has failed.
            return int(self._api.RasDialW(None, None, ctypes.byref(params), 0, None, ctypes.byref(self._handle)))

        def connected(self, entry: str) -> bool:
            return any(found == entry for found, _ in self._connections())

        def _connections(self) -> list[tuple[str, int]]:
            found = (_Connection * 16)()
            found[0].size = ctypes.sizeof(_Connection)
            size, count = wintypes.DWORD(ctypes.sizeof(found)), wintypes.DWORD(0)
            if self._api.RasEnumConnectionsW(found, ctypes.byref(size), ctypes.byref(count)) != 0:
                return []
            return [(one.entry, one.handle or 0) for one in found[: min(count.value, 16)]]

        def hang_up(self, entry: str) -> None:
            handles = {handle for found, handle in self._connections() if found == entry and handle}
            if self._handle.value:
                handles.add(self._handle.value)
            for handle in handles:
                self._api.RasHangUpW(handle)
            # RasHangUp returns before it is done: the entry cannot be removed before that (its documentation).
            until = time.monotonic() + 3
            while self.connected(entry) and time.monotonic() < until:
                time.sleep(0.05)

"""Windows: the named pipe of OpenVPN's interactive service. Not tried on Windows."""

import os
import sys

from app.core.errors import TunnelError
from app.system.vpn.interactive_service import PIPE

SERVICE = "OpenVPNServiceInteractive"

if sys.platform == "win32":
    import ctypes
    import subprocess
    import winreg
    from ctypes import wintypes
    from pathlib import Path
    from typing import BinaryIO

    _RUNNING = 4

    class _Status(ctypes.Structure):
        """SERVICE_STATUS_PROCESS."""

        _fields_ = tuple(
            (name, wintypes.DWORD) for name in ("type", "state", "controls", "exit", "specific", "point", "hint", "pid", "flags")
        )

    def config_directory() -> Path:
        """Where the service looks for profiles (HKLM\\SOFTWARE\\OpenVPN, config_dir)."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\OpenVPN", 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:
                return Path(str(winreg.QueryValueEx(key, "config_dir")[0]))
        except OSError:
            return Path(os.environ.get("PROGRAMFILES", r"C:\Program Files")) / "OpenVPN" / "config"

    class WindowsService:
        def __init__(self) -> None:
            self._pipe: BinaryIO | None = None
            self._event = 0

        def check(self) -> None:
            self._process()

        def _process(self) -> int:
            """The service's process. Errors: TunnelError."""
            api = ctypes.WinDLL("advapi32", use_last_error=True)
            api.OpenSCManagerW.restype = api.OpenServiceW.restype = ctypes.c_void_p
            api.OpenServiceW.argtypes = [ctypes.c_void_p, wintypes.LPCWSTR, wintypes.DWORD]
            api.CloseServiceHandle.argtypes = [ctypes.c_void_p]
            api.QueryServiceStatusEx.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD, ctypes.c_void_p]
            manager = api.OpenSCManagerW(None, None, 1)  # SC_MANAGER_CONNECT
            service = api.OpenServiceW(manager, SERVICE, 4)  # SERVICE_QUERY_STATUS
            try:
                if not service:
                    raise TunnelError("vpn.not_installed", missing="OpenVPN")
                status, size = _Status(), wintypes.DWORD(0)
                known = api.QueryServiceStatusEx(service, 0, ctypes.byref(status), ctypes.sizeof(status), ctypes.byref(size))
                if not known or status.state != _RUNNING:
                    raise TunnelError("vpn.service_stopped", service=SERVICE)
                return int(status.pid)
            finally:
                for handle in (service, manager):
                    if handle:
                        api.CloseServiceHandle(handle)

        def exit_event(self) -> str:
            api = ctypes.WinDLL("kernel32", use_last_error=True)
            api.CreateEventW.restype = ctypes.c_void_p
            name = f"marhaba-{os.getpid():x}-{id(self):x}"
            self._event = api.CreateEventW(None, True, False, name) or 0
            return name if self._event else ""

        def start(self, request: bytes) -> bytes:
            expected = self._process()
            pipe = open(PIPE, "r+b", buffering=0)  # noqa: SIM115 (it stays open as long as the tunnel)
            self._pipe = pipe
            # A pipe of that name made by somebody else would learn our password (OpenVPN GUI checks the same).
            if (found := self._server_of(pipe)) != expected:
                raise TunnelError("vpn.service_stopped", service=SERVICE, error=f"the pipe is of process {found}, not of the service")
            self._message_mode(pipe)
            pipe.write(request)
            return pipe.read(2048)

        def _server_of(self, pipe: BinaryIO) -> int:
            import msvcrt

            api = ctypes.WinDLL("kernel32", use_last_error=True)
            process = wintypes.ULONG(0)
            api.GetNamedPipeServerProcessId.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
            api.GetNamedPipeServerProcessId(msvcrt.get_osfhandle(pipe.fileno()), ctypes.byref(process))
            return process.value

        def _message_mode(self, pipe: BinaryIO) -> None:
            import msvcrt

            api = ctypes.WinDLL("kernel32", use_last_error=True)
            mode = wintypes.DWORD(2)  # PIPE_READMODE_MESSAGE: an answer is read whole
            api.SetNamedPipeHandleState.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p]
            api.SetNamedPipeHandleState(msvcrt.get_osfhandle(pipe.fileno()), ctypes.byref(mode), None, None)

        def end(self) -> None:
            api = ctypes.WinDLL("kernel32", use_last_error=True)
            if self._event:
                api.SetEvent(ctypes.c_void_p(self._event))
                api.CloseHandle(ctypes.c_void_p(self._event))
                self._event = 0
            if self._pipe is not None:
                self._pipe.close()
                self._pipe = None

    def run_powershell(script: str, text: str) -> tuple[int, str]:
        """Exit code and what it said. `text` goes to its standard input: nothing of ours is ever part of a command."""
        system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "WindowsPowerShell" / "v1.0" / "powershell.exe"
        words = [str(system), "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", script]
        done = subprocess.run(
            words, input=text, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=20, check=False,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )  # fmt: skip
        return done.returncode, done.stdout + done.stderr

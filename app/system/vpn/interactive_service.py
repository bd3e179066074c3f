"""OpenVPN on Windows without rights: its interactive service does what needs them (addresses, routes, names).

The pipe's words are those of OpenVPN GUI (openvpn.c, StartOpenVPN) and of the service (interactive.c, validate.c, OpenVPN 2.6): a member of
no special group may only use profiles that IT laid in the service's own configuration directory, and only the options of `_words`.
Not tried on Windows: the tests play the service's part (tests/system/vpn/test_windows.py).
"""

import asyncio
import contextlib
import secrets
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from app.core.errors import TunnelError
from app.core.threads import in_thread
from app.core.tunnel import AnswerTo, TunnelProfile
from app.system.vpn import shelf
from app.system.vpn.profile import OpenVpnProfile
from app.system.vpn.session import ManagedTunnel

PIPE = r"\\.\pipe\openvpn\service"
_START_S = 10.0
_MANAGEMENT_S = 5.0
# The service's own errors (openvpn-msg.h) and what they mean to a person.
_CODES = {0x20000000: "vpn.client_failed", 0x20000001: "vpn.no_rights", 5: "vpn.no_rights", 2: "vpn.not_installed", 3: "vpn.not_installed"}


class Service(Protocol):
    """The way to the interactive service; `windows_pipe.WindowsService` on Windows. Calls block, within seconds."""

    def check(self) -> None:
        """Errors: TunnelError `vpn.not_installed`, `vpn.service_stopped`."""
        ...

    def start(self, request: bytes) -> bytes:
        """Write the request, read the answer; the pipe stays open until `end`. Errors: TunnelError, OSError."""
        ...

    def exit_event(self) -> str:
        """The name of a fresh event that ends the client when it is set; empty where there is none."""
        ...

    def end(self) -> None:
        """Set the event, close the pipe. Never raises; twice does no harm."""
        ...


def request(directory: str, options: str, password: str) -> bytes:
    """What is written to the pipe: directory, options and standard input, each ended by a zero, UTF-16.

    Errors: ValueError for a zero in it.
    """
    if any("\0" in text for text in (directory, options, password)):
        raise ValueError("a zero character")
    return f"{directory}\0{options}\0{password}\n\0".encode("utf-16-le")


def reply(raw: bytes) -> int:
    """The process' id out of the service's answer: `0x00000000\\n0x00001234\\nProcess ID`.

    Errors: TunnelError with what the service said.
    """
    lines = raw.decode("utf-16-le", "replace").rstrip("\0\r\n ").split("\n")
    try:
        code = int(lines[0], 16)
        number = int(lines[1], 16) if code == 0 and len(lines) > 2 and lines[2].startswith("Process ID") else None
    except (ValueError, IndexError):
        code, number = -1, None
    if number is None:
        said = " ".join(" ".join(lines[1:]).split())[:200]
        raise TunnelError(
            _CODES.get(code, "vpn.client_failed"), error=said or "an answer that is none", service_code=f"0x{code & 0xFFFFFFFF:08x}"
        )
    return number


class InteractiveServiceVpn:
    """`profiles` is the service's configuration directory, where only an administrator writes."""

    name = "openvpn-service"
    simulated = False

    def __init__(self, profiles: Path, service: Callable[[], Service], *, own: Mapping[str, str] | None = None) -> None:
        self._shelf = shelf.Shelf(profiles)
        self._service = service
        self._own = own

    async def profile(self, name: str) -> TunnelProfile:
        return await self._shelf.fetch(self._shelf.read_openvpn, name)

    async def check(self) -> None:
        try:
            await in_thread(self._service().check, limit_s=_START_S)
        except TimeoutError as error:
            raise TunnelError("vpn.service_stopped", service="OpenVPNServiceInteractive", error="no answer") from error

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> "ServiceTunnel":
        return ServiceTunnel(shelf.known(profile), answer, limit_s, self._own, self._service(), self._shelf.directory)


class ServiceTunnel(ManagedTunnel):
    def __init__(
        self, profile: OpenVpnProfile, answer: AnswerTo, limit_s: float, own: Mapping[str, str] | None, service: Service, directory: Path
    ) -> None:
        super().__init__(profile, answer, limit_s, own)
        self._service = service
        self._directory = directory
        self.secret = secrets.token_urlsafe(24)

    def _words(self, port: int, event: str) -> list[str]:
        words = ["--config", f"{self._profile.name}.ovpn", "--setenv", "IV_SSO", "webauth,crtext"]
        words += ["--service", event, "0"] if event else []
        words += ["--auth-retry", "interact", "--management", "127.0.0.1", str(port), "stdin", "--management-query-passwords"]
        return [*words, "--management-hold", "--management-up-down", "--verb", "3"]

    async def _start(self) -> socket.socket:
        port = _free_port()
        options = subprocess.list2cmdline(self._words(port, self._service.exit_event()))
        try:
            said = await in_thread(self._service.start, request(str(self._directory), options, self.secret), limit_s=_START_S)
        except (OSError, TimeoutError) as error:
            raise TunnelError("vpn.service_stopped", service="OpenVPNServiceInteractive", error=str(error)) from error
        reply(said)
        loop = asyncio.get_running_loop()
        until = loop.time() + _MANAGEMENT_S
        while loop.time() < until:
            joined = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            joined.settimeout(1.0)
            try:
                joined.connect(("127.0.0.1", port))
            except OSError:
                joined.close()
                await asyncio.sleep(0.05)
            else:
                return joined
        raise TunnelError("vpn.client_failed", error="the client opened no management port")

    async def _stop(self, *, gently: bool) -> None:
        with contextlib.suppress(TimeoutError):
            await in_thread(self._service.end, limit_s=_MANAGEMENT_S)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])

"""openvpn started by this program, where it may: root, or CAP_NET_ADMIN as an ambient capability (kiosks, the demo, tests)."""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from app.core.errors import TunnelError
from app.core.threads import in_thread
from app.core.tunnel import AnswerTo, Connected, TunnelProfile
from app.system.vpn import links, names, pushed, shelf, verdicts
from app.system.vpn.profile import OpenVpnProfile
from app.system.vpn.session import ManagedTunnel

_NET_ADMIN = 1 << 12
_SOCKET_S = 5.0
_END_S = 1.5
# Where the profile does not say otherwise: a gateway is given up after 4 s (three packets, at 0, 1 and 3 s), so that the next one is
# tried soon, and a line that is back is found within 3 s. `connect-retry` doubles by itself up to its maximum: no storm.
DEFAULTS = {
    "server-poll-timeout": ("4",),
    "connect-retry": ("1", "10"),
    "tls-timeout": ("1",),
}


def may_tunnel() -> bool:
    """Whether this process, or a program it starts, may make a TUN device."""
    if os.name != "posix":
        return False
    try:
        status = Path("/proc/self/status").read_text("ascii")
    except OSError:
        return os.geteuid() == 0
    masks = {line.split(":")[0]: int(line.split()[1], 16) for line in status.splitlines() if line.startswith("Cap")}
    held = masks.get("CapEff", 0) if os.geteuid() == 0 else masks.get("CapAmb", 0)
    return bool(held & _NET_ADMIN)


class OpenVpn:
    """`launcher` are words put before the program (a namespace); `own` patterns of the server's words (see verdicts)."""

    name = "openvpn"

    def __init__(
        self,
        profiles: Path,
        *,
        program: str = "openvpn",
        launcher: Sequence[str] = (),
        dns: names.Names | None = None,
        own: Mapping[str, str] | None = None,
        simulated: bool = False,
    ) -> None:
        self._shelf = shelf.Shelf(profiles)
        self._program = program
        self._launcher = tuple(launcher)
        self._dns = dns if dns is not None else names.of_system()
        self._own = own
        self.simulated = simulated

    async def profile(self, name: str) -> TunnelProfile:
        return await self._shelf.fetch(self._shelf.read_openvpn, name)

    async def check(self) -> None:
        if found(self._program) is None:
            raise TunnelError("vpn.not_installed", missing="OpenVPN")
        if not os.path.exists("/dev/net/tun"):  # noqa: ASYNC240 (a device file: no disk is asked)
            raise TunnelError("vpn.no_tun", device="/dev/net/tun")
        if not may_tunnel():
            raise TunnelError("vpn.no_rights", needed="CAP_NET_ADMIN")

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> "DirectTunnel":
        return DirectTunnel(shelf.known(profile), answer, limit_s, self._own, found(self._program), self._launcher, self._dns)


def found(program: str) -> str | None:
    """The program's path; /usr/sbin is not on every user's PATH."""
    return shutil.which(program, path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")


class DirectTunnel(ManagedTunnel):
    def __init__(
        self,
        profile: OpenVpnProfile,
        answer: AnswerTo,
        limit_s: float,
        own: Mapping[str, str] | None,
        program: str | None,
        launcher: tuple[str, ...],
        dns: names.Names,
    ) -> None:
        super().__init__(profile, answer, limit_s, own)
        self._profile_text = profile.text
        self._said = {words[0] for words in profile.options}
        self._program = program
        self._launcher = launcher
        self._dns = dns
        self._device = ""
        self._gateway = ""
        self._directory: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._routes: list[str] = []

    def _words(self, directory: Path) -> list[str]:
        words = [*self._launcher, str(self._program), "--config", str(directory / "profile.ovpn")]
        words += ["--management", str(directory / "m"), "unix", "--management-hold", "--management-query-passwords"]
        words += ["--management-up-down", "--auth-retry", "interact", "--auth-nocache", "--script-security", "1", "--verb", "3"]
        words += ["--setenv", "IV_SSO", "webauth,crtext"]
        for option, values in DEFAULTS.items():
            if option not in self._said and not (option == "server-poll-timeout" and "connect-timeout" in self._said):
                words += [f"--{option}", *values]
        # Should this program be killed, the tunnel ends with it.
        end_with_us = [found("setpriv") or "", "--pdeathsig", "TERM"]
        return [*(end_with_us if end_with_us[0] else ()), *words]

    async def _start(self) -> socket.socket:
        if self._program is None:
            raise TunnelError("vpn.not_installed", missing="OpenVPN")
        directory = Path(tempfile.mkdtemp(prefix="marhaba-vpn-"))  # 0700
        self._directory = directory
        if len(str(directory)) > 90:  # sun_path holds 108 bytes
            shutil.rmtree(directory)
            self._directory = directory = Path(tempfile.mkdtemp(prefix="mv-", dir="/tmp"))
        file = directory / "profile.ovpn"
        file.touch(0o600)
        file.write_text(self._profile_text, "utf-8")
        self._routes = await in_thread(_gateway_routes, self._launcher, limit_s=_SOCKET_S)
        # On this thread on purpose: the death signal follows the thread that started the program, and threads of `in_thread` end.
        try:
            self._process = self._spawned(directory)
        except OSError as error:
            raise TunnelError("vpn.client_failed", error=f"{self._program}: {error.strerror}") from error
        return await self._joined(directory)

    def _spawned(self, directory: Path) -> "subprocess.Popen[bytes]":
        with (directory / "log").open("wb") as out:
            return subprocess.Popen(self._words(directory), stdin=subprocess.DEVNULL, stdout=out, stderr=out, cwd=directory)

    async def _joined(self, directory: Path) -> socket.socket:
        loop = asyncio.get_running_loop()
        until = loop.time() + _SOCKET_S
        while loop.time() < until:
            joined = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                joined.connect(str(directory / "m"))
            except OSError:
                joined.close()
            else:
                return joined
            if self._process is None or self._process.poll() is not None:
                break
            await asyncio.sleep(0.01)
        raise self._did_not_start(directory)

    def _did_not_start(self, directory: Path) -> TunnelError:
        said = (directory / "log").read_text("utf-8", "replace")[-4000:]
        error = next((found for line in said.splitlines() if (found := verdicts.final(line)) is not None), None)
        last = said.strip().splitlines()[-1:] or ["no word from it"]
        return error or TunnelError("vpn.client_failed", error=last[0][-200:])

    async def _complete(self, connected: Connected) -> Connected:
        self._device = connected.device or self._device
        self._gateway = connected.gateway
        own = await in_thread(links.own_networks, connected.device, self._launcher, limit_s=_SOCKET_S)
        conflicts = tuple(dict.fromkeys((*connected.conflicts, *pushed.clashes(connected.routes, own))))
        applied: bool | None = None
        if connected.dns:
            with contextlib.suppress(TimeoutError):
                applied = await in_thread(self._dns.apply, self._device, connected.dns, connected.domains, connected.full, limit_s=20.0)
            applied = bool(applied)
        return replace(connected, conflicts=conflicts, dns_applied=applied)

    async def _stop(self, *, gently: bool) -> None:
        with contextlib.suppress(TimeoutError):
            await in_thread(self._put_away, gently, limit_s=6 * _END_S)

    def _put_away(self, gently: bool) -> None:
        self._dns.revert(self._device)
        process = self._process
        if process is not None:
            # Told over the socket it may be deaf (it forgets signals while it restarts): then by a real one, then by force.
            for end in (None if gently else process.terminate, process.terminate, process.kill):
                if end is not None:
                    end()
                try:
                    process.wait(_END_S)
                    break
                except subprocess.TimeoutExpired:
                    continue
            if process.returncode == -signal.SIGKILL:
                self._unroute()
        if self._directory is not None:
            shutil.rmtree(self._directory, ignore_errors=True)

    def _unroute(self) -> None:
        """A killed client's device takes its routes along, but not the host route to the gateway (redirect-gateway)."""
        left = f"{self._gateway} "
        for route in set(_gateway_routes(self._launcher)) - set(self._routes):
            if self._gateway and route.startswith(left):
                subprocess.run([*self._launcher, "ip", "route", "del", *route.split()], capture_output=True, timeout=2, check=False)


def _gateway_routes(launcher: tuple[str, ...]) -> list[str]:
    """Host routes by way of a gateway, as `ip route` prints them. Never raises."""
    try:
        shown = subprocess.run([*launcher, "ip", "route", "show"], capture_output=True, text=True, timeout=2, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [
        line.strip() for line in shown.splitlines() if " via " in line and "/" not in line.split(" ")[0] and not line.startswith("default")
    ]

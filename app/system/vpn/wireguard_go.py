"""WireGuard started by this program, where it may (see openvpn.py): wireguard-go, in user space, so that the device goes with the process.

WireGuard has no words: a tunnel is up when a handshake was answered, and a wrong key is silence. It cannot tell a cut (nothing answers
a keepalive), so this tunnel never says that it reconnects.
"""

import asyncio
import contextlib
import ipaddress
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.core.threads import in_thread
from app.system.vpn import links, names, pushed, shelf, wireguard
from app.system.vpn.attempt import Attempt
from app.system.vpn.openvpn import found, may_tunnel

_SOCKETS = Path("/var/run/wireguard")
_STEP_S = 5.0
_KEEPALIVE_S = 25
"""Where the profile has none: what keeps a 4G box's address translation open, and starts the first handshake."""
_MTU = 1420
_POLL_S = 0.05


class WireGuardGo:
    name = "wireguard-go"
    simulated = False

    def __init__(self, profiles: Path, *, launcher: Sequence[str] = (), dns: names.Names | None = None) -> None:
        self._shelf = shelf.Shelf(profiles)
        self._launcher = tuple(launcher)
        self._dns = dns if dns is not None else names.of_system()

    async def profile(self, name: str) -> t.TunnelProfile:
        return await self._shelf.fetch(self._shelf.read_wireguard, name)

    async def check(self) -> None:
        for program in ("wireguard-go", "wg"):
            if found(program) is None:
                raise TunnelError("vpn.not_installed", missing=program)
        if not may_tunnel():
            raise TunnelError("vpn.no_rights", needed="CAP_NET_ADMIN")

    def connect(self, profile: t.TunnelProfile, answer: t.AnswerTo, *, limit_s: float = 30.0) -> "WireGuardTunnel":
        if not isinstance(profile, wireguard.WireGuardProfile):
            raise TypeError(f"{profile.kind} is not WireGuard")
        return WireGuardTunnel(profile, answer, limit_s, self._launcher, self._dns)


class WireGuardTunnel(Attempt):
    def __init__(
        self, profile: wireguard.WireGuardProfile, answer: t.AnswerTo, limit_s: float, launcher: tuple[str, ...], dns: names.Names
    ) -> None:
        super().__init__(profile, answer, limit_s)
        self._profile = profile
        self._launcher = launcher
        self._dns = dns
        self._device = f"mwg{os.getpid() % 100_000}x{id(self) % 1000}"
        self._process: subprocess.Popen[bytes] | None = None
        self._gateway = ""
        self._rounded = False

    async def _live(self) -> None:
        program = found("wireguard-go")
        if program is None or found("wg") is None:
            raise TunnelError("vpn.not_installed", missing="wireguard-go")
        loop = asyncio.get_running_loop()
        began = loop.time()
        remote = self._profile.remotes[0]
        self._tell(t.Reaching(remote))
        self._process = self._spawned(program)
        while not (_SOCKETS / f"{self._device}.sock").exists():
            if self._process.poll() is not None:
                raise TunnelError("vpn.no_tun", error="wireguard-go ended at once")
            if loop.time() - began > _STEP_S:
                raise TunnelError("vpn.client_failed", error="wireguard-go did not start")
            await asyncio.sleep(_POLL_S)
        await self._do("wg", "setconf", self._device, "/dev/stdin", given=self._settings())
        for address in self._profile.addresses:
            await self._do("ip", "address", "add", address, "dev", self._device)
            self._tell(t.AssigningAddress(address.partition("/")[0]))
        await self._do("ip", "link", "set", self._device, "mtu", str(self._profile.mtu or _MTU), "up")
        own = await in_thread(links.own_networks, self._device, self._launcher, limit_s=_STEP_S)
        self._tell(t.Authenticating(remote.host, remote.port, "udp"))
        while not await self._shaken():
            if loop.time() - began > self._limit:
                raise TunnelError("vpn.no_answer", tried=[f"{remote.host}:{remote.port}/udp"])
            await asyncio.sleep(_POLL_S)
        # Only now: a tunnel that nobody answers must not take the traffic.
        await self._routed()
        self._up(await self._facts(own, loop.time() - began))
        while self._process.poll() is None:
            await asyncio.sleep(1.0)
            with contextlib.suppress(TunnelError):
                self._counted(*await self._transfer())
        raise TunnelError("vpn.client_failed", error="wireguard-go ended")

    def _spawned(self, program: str) -> "subprocess.Popen[bytes]":
        words = [
            *((found("setpriv") or "", "--pdeathsig", "TERM") if found("setpriv") else ()),
            *self._launcher,
            program,
            "-f",
            self._device,
        ]
        quiet = {**os.environ, "LOG_LEVEL": "error", "WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD": "1"}
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=quiet)

    def _settings(self) -> str:
        """For wg(8) setconf, on its standard input: a key is no argument and no file."""
        lines = ["[Interface]", f"PrivateKey = {self._profile.private_key}"]
        for peer in self._profile.peers:
            lines += ["[Peer]", f"PublicKey = {peer.public_key}", f"AllowedIPs = {', '.join(peer.allowed)}"]
            lines += [f"Endpoint = {peer.endpoint}"] if peer.endpoint else []
            lines += [f"PresharedKey = {peer.preshared_key}"] if peer.preshared_key else []
            lines += [f"PersistentKeepalive = {peer.keepalive_s or _KEEPALIVE_S}"]
        return "\n".join(lines) + "\n"

    async def _do(self, *words: str, given: str = "") -> str:
        def run() -> "subprocess.CompletedProcess[str]":
            few = {**os.environ, "WG_ENDPOINT_RESOLUTION_RETRIES": "2"}
            program = found(words[0]) or words[0]
            return subprocess.run(
                [*self._launcher, program, *words[1:]], input=given, capture_output=True, text=True, timeout=_STEP_S, check=False, env=few
            )

        try:
            done = await in_thread(run, limit_s=_STEP_S + 1)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise TunnelError("vpn.client_failed", error=f"{words[0]}: {error}") from error
        if done.returncode == 0:
            return done.stdout
        said = " ".join(done.stderr.split())[:200]
        if "not permitted" in said:
            raise TunnelError("vpn.no_rights", error=said)
        if "resolution" in said or "not known" in said:
            raise TunnelError("vpn.unreachable", reason="name", tried=[remote.host for remote in self._profile.remotes])
        raise TunnelError("vpn.client_failed", error=said)

    async def _shaken(self) -> bool:
        shown = await self._do("wg", "show", self._device, "latest-handshakes")
        return any(line.split()[-1] != "0" for line in shown.splitlines() if line.strip())

    async def _transfer(self) -> tuple[int, int]:
        rows = [line.split() for line in (await self._do("wg", "show", self._device, "transfer")).splitlines()]
        return sum(int(row[1]) for row in rows), sum(int(row[2]) for row in rows)

    async def _routed(self) -> None:
        self._tell(t.AddingRoutes(self._profile.routes))
        shown = await self._do("wg", "show", self._device, "endpoints")
        self._gateway = next((line.split()[-1].rpartition(":")[0].strip("[]") for line in shown.splitlines() if ":" in line), "")
        for net in self._profile.routes:
            version = "-6" if ":" in net else "-4"
            halves = [net]
            if net.endswith("/0"):
                # As OpenVPN's def1: the default route stays, and the way to the gateway goes round the tunnel.
                halves = [str(half) for half in ipaddress.ip_network(net).subnets()]
                await self._round(version)
            for half in halves:
                await self._add_route(version, half, "dev", self._device)

    async def _round(self, version: str) -> None:
        if not self._gateway or (":" in self._gateway) != (version == "-6"):
            return
        words = (await self._do("ip", version, "route", "get", self._gateway)).split()
        via = [*words[words.index("via") : words.index("via") + 2]] if "via" in words else []
        device = words[words.index("dev") + 1] if "dev" in words else ""
        if device and device != self._device:
            self._rounded = await self._add_route(version, self._gateway, *via, "dev", device, "proto", "186")

    async def _add_route(self, *words: str) -> bool:
        """False where this PC has that very route already: it is kept (a network of its own is told as a conflict)."""
        try:
            await self._do("ip", words[0], "route", "add", *words[1:])
        except TunnelError as error:
            if "File exists" not in error.facts.get("error", ""):
                raise
            return False
        return True

    async def _facts(self, own: list[str], seconds: float) -> t.Connected:
        applied: bool | None = None
        if self._profile.dns:
            what = self._device, self._profile.dns, self._profile.domains, self._profile.full
            applied = await in_thread(self._dns.apply, *what, limit_s=20.0)
        return t.Connected(
            address=self._profile.addresses[0].partition("/")[0] if self._profile.addresses else "",
            gateway=self._gateway,
            port=self._profile.remotes[0].port,
            transport="udp",
            device=self._device,
            routes=self._profile.routes,
            full=self._profile.full,
            conflicts=pushed.clashes(self._profile.routes, own),
            dns=self._profile.dns,
            domains=self._profile.domains,
            dns_applied=applied,
            mtu=self._profile.mtu or _MTU,
            asks_again=False,
            seconds=seconds,
        )

    async def _put_away(self) -> None:
        with contextlib.suppress(TimeoutError):
            await in_thread(self._end, limit_s=3 * _STEP_S)

    def _end(self) -> None:
        self._dns.revert(self._device)
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._rounded:
                words = [*self._launcher, "ip", "route", "del", self._gateway, "proto", "186"]
                with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                    subprocess.run(words, capture_output=True, timeout=_STEP_S, check=False)
            # Its routes went with the device, which goes a moment after the process.
            until = time.monotonic() + 2
            while (_SOCKETS / f"{self._device}.sock").exists() and time.monotonic() < until:
                time.sleep(0.02)

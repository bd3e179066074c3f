"""OpenVPN, IKEv2 and WireGuard through NetworkManager: a Linux desktop's agent needs no root for it (polkit: network-control).

The connection is volatile: NetworkManager forgets it, its routes and names when it ends. What it does not
tell: a cut that its client repairs by itself, and the server's words.
"""

import asyncio
import contextlib
import getpass
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from dbus_fast import Variant

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.core.threads import in_thread
from app.system.vpn import ikev2, links, nm_settings, pushed, shelf, wireguard
from app.system.vpn.attempt import TRIES, Attempt
from app.system.vpn.management import clean
from app.system.vpn.nm_bus import NAME, PATH, NmBus
from app.system.vpn.profile import OpenVpnProfile

_ACTIVE = f"{NAME}.Connection.Active"
_VPN = f"{NAME}.VPN.Connection"
_PLUGINS = ("/usr/lib/NetworkManager/VPN", "/etc/NetworkManager/VPN", "/usr/lib64/NetworkManager/VPN")
_POLL_S = 1.0
_ACTIVATED, _FAILED, _DISCONNECTED = 5, 6, 7  # NMVpnConnectionState
_STATE_ACTIVATED, _STATE_DEACTIVATED = 2, 4  # NMActiveConnectionState
# NMActiveConnectionStateReason
_REASONS = {
    3: ("vpn.unreachable", "the device of the line went"),
    5: ("vpn.client_failed", "invalid IP configuration"),
    6: ("vpn.no_answer", "connect timeout"),
    7: ("vpn.service_stopped", "the plug-in did not start in time"),
    8: ("vpn.not_installed", "the plug-in could not be started"),
    9: ("vpn.auth_refused", "no valid secrets"),
    10: ("vpn.auth_refused", "login failed"),
}
Profile = OpenVpnProfile | ikev2.IkeProfile | wireguard.WireGuardProfile


class NetworkManagerVpn:
    """`address`: of the system bus, where it is another one (tests)."""

    name = "networkmanager"
    simulated = False

    def __init__(self, profiles: Path, *, address: str = "", plugins: tuple[str, ...] = _PLUGINS) -> None:
        self._shelf = shelf.Shelf(profiles)
        self._address = address
        self._plugins = plugins

    async def profile(self, name: str) -> t.TunnelProfile:
        found: Profile = await self._shelf.fetch(self._read, name)
        nm_settings.of(found, "nobody", {tag: Path(tag) for tag in ("ca", *getattr(found, "blocks", ()))})  # refused now, not at the end
        return found

    def _read(self, name: str) -> Profile:
        if self._shelf.has(name, ".conf"):
            return self._shelf.read_wireguard(name)
        if self._shelf.has(name, ".ikev2.toml"):
            return self._shelf.read_ikev2(name)
        return self._shelf.read_openvpn(name)

    async def check(self) -> None:
        bus = NmBus(self._address)
        await bus.open()
        try:
            await bus.property(PATH, NAME, "Version")
            [rights] = await bus.call(PATH, NAME, "GetPermissions")
            for needed in ("network-control", "settings.modify.own"):
                if rights.get(f"{NAME}.{needed}", "yes") == "no":
                    raise TunnelError("vpn.no_rights", needed=needed)
        finally:
            bus.close()

    def has_plugin(self, service: str) -> bool:
        return any(os.path.exists(f"{directory}/nm-{service}-service.name") for directory in self._plugins)

    def connect(self, profile: t.TunnelProfile, answer: t.AnswerTo, *, limit_s: float = 30.0) -> "NmTunnel":
        if not isinstance(profile, Profile):
            raise TypeError(f"{profile.kind} is not NetworkManager's")
        service = {t.Kind.OPENVPN: "openvpn", t.Kind.IKEV2: "strongswan", t.Kind.WIREGUARD: ""}[profile.kind]
        missing = f"network-manager-{service}" if service and not self.has_plugin(service) else ""
        return NmTunnel(profile, answer, limit_s, self._address, missing)


class NmTunnel(Attempt):
    def __init__(self, profile: Profile, answer: t.AnswerTo, limit_s: float, address: str, missing: str) -> None:
        super().__init__(profile, answer, limit_s)
        self._profile = profile
        self._missing = missing
        self._bus = NmBus(address)
        self._active = ""
        self._directory = ""
        self._answered: t.Answer | None = None
        self._given = self._gave_up = False
        self._refused = ""

    async def _put_away(self) -> None:
        if self._active:
            with contextlib.suppress(TunnelError):
                await self._bus.call(PATH, NAME, "DeactivateConnection", "o", self._active)
        self._bus.close()
        if self._directory:
            shutil.rmtree(self._directory, ignore_errors=True)

    async def _live(self) -> None:
        if self._missing:
            raise TunnelError("vpn.not_installed", missing=self._missing)
        began = asyncio.get_running_loop().time()
        await self._bus.open()
        settings = nm_settings.of(self._profile, getpass.getuser(), self._files())
        if self._profile.asks_password:
            self._answered = await self._question(t.Asked.PASSWORD)
            if self._answered is None:
                raise TunnelError("vpn.cancelled")
            settings = nm_settings.named(settings, self._answered.user)
        await self._bus.offer_secrets(settings["connection"]["uuid"].value, self._secrets)
        self._tell(t.Reaching(self._profile.remotes[0]))
        signature = "a{sa{sv}}ooa{sv}"
        options = {"persist": Variant("s", "volatile"), "bind-activation": Variant("s", "dbus-client")}
        _, self._active, _ = await self._bus.call(PATH, NAME, "AddAndActivateConnection2", signature, settings, "/", "/", options)
        await self._bus.listen(self._active)
        await self._until_up(began)
        connected = await self._facts(asyncio.get_running_loop().time() - began - self._paused)
        self._up(connected)
        await self._while_up(connected)

    def _files(self) -> dict[str, Path]:
        """Each block in a file of a private directory: NetworkManager's plug-ins take paths only, and read them as root."""
        blocks = self._profile.blocks if isinstance(self._profile, OpenVpnProfile) else {}
        if isinstance(self._profile, ikev2.IkeProfile) and self._profile.authority:
            blocks = {"ca": self._profile.authority}
        if not blocks:
            return {}
        self._directory = tempfile.mkdtemp(prefix="marhaba-vpn-")
        files = {}
        for tag, text in blocks.items():
            files[tag] = Path(self._directory) / f"{tag}.pem"
            files[tag].touch(0o600)
            files[tag].write_text(text, "utf-8")
        return files

    async def _secrets(self, again: bool, hints: list[str]) -> dict[str, str] | None:
        """What NetworkManager asks of our agent. Its OpenVPN hands a dynamic challenge over as a hint (x-dynamic-challenge)."""
        found = await self._wanted(again, hints)
        self._gave_up = found is None
        return found

    async def _wanted(self, again: bool, hints: list[str]) -> dict[str, str] | None:
        for hint in hints:
            for mark, echo in (("x-dynamic-challenge-echo:", True), ("x-dynamic-challenge:", False)):
                if hint.startswith(mark):
                    code = await self._question(t.Asked.DYNAMIC, text=clean(hint.removeprefix(mark)), echo=echo)
                    return None if code is None else {"challenge-response": code.code}
        if "cert-pass" in hints or "key-pass" in hints:
            passphrase = await self._question(t.Asked.KEY)
            return None if passphrase is None else {"cert-pass": passphrase.password}
        answer = self._answered
        if again or self._given or answer is None:
            # Asked for what was given: it was refused, or, on a tunnel that was up, its session is over.
            self._refused = "vpn.auth_refused" if self._status.connected is None else "vpn.session_expired"
            if self._asked >= TRIES:
                return None
            answer = self._answered = await self._question(t.Asked.PASSWORD, self._refused)
        self._given = True
        return None if answer is None else {"password": answer.password}

    async def _until_up(self, began: float) -> None:
        told = False
        while True:
            state = await self._state()
            if state == _STATE_ACTIVATED:
                return
            if state is None:
                raise self._failure(0)
            if asyncio.get_running_loop().time() - began - self._paused > self._limit:
                raise TunnelError("vpn.no_answer", tried=[f"{r.host}:{r.port}/{r.transport}" for r in self._profile.remotes])
            try:
                async with asyncio.timeout(0.25):
                    signal = await self._bus.signals.get()
            except TimeoutError:
                continue
            if signal.path != self._active or signal.member not in {"VpnStateChanged", "StateChanged"} or len(signal.body) != 2:
                continue
            vpn, (now, reason) = signal.member == "VpnStateChanged", signal.body
            if now in ((_FAILED, _DISCONNECTED) if vpn else (_STATE_DEACTIVATED,)):
                raise self._failure(reason)
            if vpn and now >= 3 and not told:
                told = True
                self._tell(t.Authenticating(self._profile.remotes[0].host, self._profile.remotes[0].port))

    def _failure(self, reason: int) -> TunnelError:
        code, why = _REASONS.get(reason, ("vpn.client_failed", f"reason {reason}"))
        if self._gave_up:
            code = self._refused or "vpn.cancelled"
        return TunnelError(code, error=why)

    async def _state(self) -> int | None:
        try:
            return int(await self._bus.property(self._active, _ACTIVE, "State"))
        except TunnelError:
            return None  # the object is gone

    async def _facts(self, seconds: float) -> t.Connected:
        found: dict[str, list[Any]] = {"addresses": [], "routes": [], "dns": [], "domains": []}
        for version in ("4", "6"):
            path = await self._bus.property(self._active, _ACTIVE, f"Ip{version}Config")
            if path == "/":
                continue
            config = f"{NAME}.IP{version}Config"
            found["addresses"] += [one["address"] for one in await self._bus.property(path, config, "AddressData")]
            found["routes"] += [f"{one['dest']}/{one['prefix']}" for one in await self._bus.property(path, config, "RouteData")]
            if version == "4":
                found["dns"] += [one["address"] for one in await self._bus.property(path, config, "NameserverData")]
            found["domains"] += [*await self._bus.property(path, config, "Domains"), *await self._bus.property(path, config, "Searches")]
        address = next((one for one in found["addresses"] if not one.startswith("fe80")), "")
        device, mtu = await in_thread(links.of_address, address, limit_s=5.0)
        for _ in range(20):  # NetworkManager says « activated » a moment before the kernel has the address
            if device or not address:
                break
            await asyncio.sleep(0.1)
            device, mtu = await in_thread(links.of_address, address, limit_s=5.0)
        own = await in_thread(links.own_networks, device, limit_s=5.0)
        dns, gateway = tuple(dict.fromkeys(found["dns"])), self._profile.remotes[0]
        # The plug-in adds a host route to the gateway it reached.
        reached = next((net.removesuffix("/32") for net in found["routes"] if net.endswith("/32")), gateway.host)
        routes = tuple(net for net in found["routes"] if net != f"{reached}/32" and not net.startswith("fe80"))
        return t.Connected(
            address=address,
            gateway=reached,
            port=gateway.port,
            transport=gateway.transport if len(self._profile.remotes) == 1 else "",
            device=device,
            routes=routes,
            full=any(net.endswith("/0") for net in routes),
            conflicts=pushed.clashes(routes, own),
            dns=dns,
            domains=tuple(name.removeprefix("~") for name in dict.fromkeys(found["domains"]) if name != "~."),
            dns_applied=await self._names_applied(dns) if dns else None,
            mtu=mtu,
            seconds=max(0.0, seconds),
        )

    async def _names_applied(self, dns: tuple[str, ...]) -> bool | None:
        try:
            told = await self._bus.property(f"{PATH}/DnsManager", f"{NAME}.DnsManager", "Configuration")
        except TunnelError:
            return None
        return any(set(dns) <= set(entry.get("nameservers", [])) for entry in told)

    async def _while_up(self, connected: t.Connected) -> None:
        while True:
            try:
                async with asyncio.timeout(_POLL_S):
                    signal = await self._bus.signals.get()
            except TimeoutError:
                signal = None
            if signal is not None and signal.path == self._active and signal.member in {"VpnStateChanged", "StateChanged"}:
                vpn, (now, _) = signal.member == "VpnStateChanged", signal.body
                if now in ((_FAILED, _DISCONNECTED) if vpn else (_STATE_DEACTIVATED,)):
                    return
                continue
            if signal is None and (carried := _carried(connected.device)) is not None:
                self._counted(*carried)


def _carried(device: str) -> tuple[int, int] | None:
    """Bytes received and sent by a device (/proc/net/dev)."""
    try:
        lines = Path("/proc/net/dev").read_text("ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        name, _, figures = line.partition(":")
        if name.strip() == device:
            words = figures.split()
            return int(words[0]), int(words[8])
    return None

"""What the server pushed: routes, names, times. From PUSH_REPLY (OpenVPN's log) and from the environment of an UP. Pure."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.system.vpn.profile import network

_REPLY = re.compile(r"PUSH: Received control message: 'PUSH_REPLY,(.*)'")
_NAME = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9._-]{0,251})")
_MOST = 500
"""Routes, servers and domains kept of each."""


@dataclass
class Pushed:
    """`full`: all traffic goes through. `expires_in_s`: the session's length (session-timeout)."""

    device: str = ""
    routes: list[str] = field(default_factory=list)
    full: bool = False
    dns: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    mtu: int | None = None
    expires_in_s: float | None = None
    ping_s: int | None = None
    restart_s: int | None = None

    def take(self, words: list[str]) -> None:
        """One option."""
        match words:
            case ["route", address, *rest] if net := network(address, *rest[:1]):
                _add(self.routes, net)
            case ["route-ipv6", net, *_] if _is_network(net):
                _add(self.routes, net)
            case ["redirect-gateway", *_]:
                self.full = True
            case ["dhcp-option", "DNS" | "DNS6", address] if _is_address(address):
                _add(self.dns, address)
            case ["dhcp-option", "DOMAIN" | "DOMAIN-SEARCH" | "ADAPTER_DOMAIN_SUFFIX", name] if _NAME.fullmatch(name):
                _add(self.domains, name)
            case ["dns", "server", _, "address", *addresses]:
                for address in addresses:
                    _add(self.dns, address if _is_address(address) else "")
            case ["dns", "search-domains", *names]:
                for name in names:
                    _add(self.domains, name if _NAME.fullmatch(name) else "")
            case ["tun-mtu", value] if value.isascii() and value.isdigit() and 68 <= int(value[:6]) <= 65535:
                self.mtu = int(value)
            case ["session-timeout", value, *_] if value.isascii() and value.isdigit():
                self.expires_in_s = float(value[:9])
            case ["ping", value] if value.isascii() and value.isdigit():
                self.ping_s = int(value[:6])
            case ["ping-restart", value] if value.isascii() and value.isdigit():
                self.restart_s = int(value[:6])
            case _:
                pass

    def log(self, text: str) -> bool:
        """Whether it was a PUSH_REPLY, which is then taken."""
        found = _REPLY.search(text)
        if not found:
            return False
        for option in found[1].split(","):
            self.take(option.split())
        return True

    def environment(self, variables: Mapping[str, str]) -> None:
        """The variables of an UP (openvpn(8), « Environmental Variables »)."""
        self.device = variables.get("dev", self.device)[:15]
        if (mtu := variables.get("tun_mtu", "")).isdigit():
            self.take(["tun-mtu", mtu])
        for number in range(1, _MOST):
            if not (address := variables.get(f"route_network_{number}")):
                break
            self.take(["route", address, variables.get(f"route_netmask_{number}", "255.255.255.255")])
        for number in range(1, _MOST):
            if not (option := variables.get(f"foreign_option_{number}")):
                break
            self.take(option.split())
        if variables.get("redirect_gateway") == "1":
            self.full = True


def clashes(routes: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    """The routes that overlap a network this PC is on: what the home network would keep for itself. Host routes are left out of `own`."""
    homes = [net for text in own if (net := _network(text)) is not None and net.prefixlen not in {0, net.max_prefixlen}]
    found = []
    for text in routes:
        net = _network(text)
        if net is not None and net.prefixlen > 0 and any(net.version == home.version and net.overlaps(home) for home in homes):
            found.append(text)
    return tuple(found)


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _is_network(text: str) -> bool:
    return _network(text) is not None


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _add(to: list[str], text: str) -> None:
    if text and text not in to and len(to) < _MOST:
        to.append(text)

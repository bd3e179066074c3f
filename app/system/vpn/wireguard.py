"""WireGuard profiles (wg-quick(8) form): the same allow-list idea, as `PostUp` and its like run programs. Pure."""

import base64
import binascii
import hashlib
import ipaddress
import re
from dataclasses import dataclass, field

from app.core.errors import TunnelError
from app.core.tunnel import Kind, Remote, TunnelProfile

LARGEST = 65_536
_INTERFACE = {"privatekey", "address", "dns", "mtu", "listenport"}
_PEER = {"publickey", "presharedkey", "endpoint", "allowedips", "persistentkeepalive"}
_MOST_PEERS = 64


@dataclass(frozen=True)
class Peer:
    public_key: str
    allowed: tuple[str, ...]
    endpoint: str = ""
    preshared_key: str = field(default="", repr=False)
    keepalive_s: int = 0


@dataclass(frozen=True)
class WireGuardProfile(TunnelProfile):
    private_key: str = field(default="", repr=False)
    addresses: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    mtu: int = 0
    peers: tuple[Peer, ...] = ()


def _broken(line: int, error: str) -> TunnelError:
    return TunnelError("vpn.profile_broken", line=line, error=error)


def parse(name: str, raw: bytes) -> WireGuardProfile:
    """Errors: TunnelError `vpn.profile_broken` (line, error), `vpn.profile_refused` (line, option, error). Nothing else."""
    if len(raw) > LARGEST:
        raise _broken(0, f"past {LARGEST} bytes")
    try:
        lines = raw.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        raise _broken(0, "not UTF-8") from error
    sections: list[tuple[str, int, dict[str, str]]] = []
    for number, text in enumerate(lines, start=1):
        line = text.partition("#")[0].strip()
        if not line:
            continue
        if line.lower() in {"[interface]", "[peer]"}:
            sections.append((line[1:-1].lower(), number, {}))
            continue
        key, mark, value = (part.strip() for part in line.partition("="))
        if not mark or not sections or any(ord(sign) < 32 for sign in value):
            raise _broken(number, "no [Section] or no « key = value »")
        kind, _, values = sections[-1]
        if key.lower() not in (_INTERFACE if kind == "interface" else _PEER):
            raise TunnelError("vpn.profile_refused", line=number, option=key[:60], error="not on the list of allowed options")
        # Lists may be written over several lines.
        earlier = values.get(key.lower())
        values[key.lower()] = f"{earlier},{value}" if earlier and key.lower() in {"address", "dns", "allowedips"} else value
    if [kind for kind, _, _ in sections].count("interface") != 1 or not 1 <= len(sections) - 1 <= _MOST_PEERS:
        raise _broken(len(lines), "one [Interface] and at least one [Peer] wanted")
    return _made(name, raw, sections)


def _made(name: str, raw: bytes, sections: list[tuple[str, int, dict[str, str]]]) -> WireGuardProfile:
    at, mine = next((number, values) for kind, number, values in sections if kind == "interface")
    peers = tuple(_peer(number, values) for kind, number, values in sections if kind == "peer")
    remotes = tuple(_remote(peer.endpoint) for peer in peers if peer.endpoint)
    if not remotes:
        raise _broken(at, "no peer has an Endpoint")
    routes = tuple(net for peer in peers for net in peer.allowed)
    names = _list(mine.get("dns", ""))
    return WireGuardProfile(
        name=name,
        kind=Kind.WIREGUARD,
        remotes=remotes,
        full=any(net.endswith("/0") for net in routes),
        routes=routes,
        sha256=hashlib.sha256(raw).hexdigest(),
        private_key=_key(at, mine.get("privatekey", "")),
        addresses=tuple(_interface(at, text) for text in _list(mine.get("address", ""))),
        dns=tuple(text for text in names if _is_address(text)),
        domains=tuple(text for text in names if not _is_address(text) and re.fullmatch(r"[A-Za-z0-9._-]{1,253}", text)),
        mtu=_number(at, mine.get("mtu", "0"), 65_535),
        peers=peers,
    )


def _peer(number: int, values: dict[str, str]) -> Peer:
    endpoint = values.get("endpoint", "")
    if endpoint and not re.fullmatch(r"([A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5}", endpoint):
        raise _broken(number, "Endpoint")
    allowed = tuple(_network(number, text) for text in _list(values.get("allowedips", "")))
    shared = values.get("presharedkey", "")
    keepalive = values.get("persistentkeepalive", "0").lower()
    return Peer(
        _key(number, values.get("publickey", "")),
        allowed,
        endpoint,
        _key(number, shared) if shared else "",
        0 if keepalive == "off" else _number(number, keepalive, 65_535),
    )


def _remote(endpoint: str) -> Remote:
    host, _, port = endpoint.rpartition(":")
    return Remote(host.strip("[]"), int(port), "udp")


def _list(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _key(number: int, text: str) -> str:
    try:
        good = len(base64.b64decode(text, validate=True)) == 32
    except (binascii.Error, ValueError):
        good = False
    if not good:
        raise _broken(number, "a key of 32 bytes in base64 wanted")
    return text


def _number(number: int, text: str, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or int(text) > most:
        raise _broken(number, f"a number up to {most} wanted")
    return int(text)


def _network(number: int, text: str) -> str:
    try:
        return str(ipaddress.ip_network(text, strict=False))
    except ValueError as error:
        raise _broken(number, "AllowedIPs") from error


def _interface(number: int, text: str) -> str:
    try:
        return str(ipaddress.ip_interface(text))
    except ValueError as error:
        raise _broken(number, "Address") from error


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True

"""A checked profile as NetworkManager's settings (nm-settings-dbus(5), and the plugins' own keys). Pure.

No password stands in them: NetworkManager asks our agent. The connection is volatile, and the agent's user's alone.
"""

import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dbus_fast import Variant

from app.core.errors import TunnelError
from app.system.vpn.ikev2 import IkeProfile
from app.system.vpn.profile import OpenVpnProfile
from app.system.vpn.wireguard import WireGuardProfile

Settings = dict[str, dict[str, Variant]]
NAME = "org.freedesktop.NetworkManager"
OPENVPN = f"{NAME}.openvpn"
STRONGSWAN = f"{NAME}.strongswan"
_ASK = "2"  # NM_SETTING_SECRET_FLAG_NOT_SAVED: asked each time, of an agent
_NONE = "4"  # NM_SETTING_SECRET_FLAG_NOT_REQUIRED
_FILES = {"ca": "ca", "cert": "cert", "key": "key", "tls-auth": "ta", "tls-crypt": "tls-crypt", "tls-crypt-v2": "tls-crypt-v2"}
# Options of a profile by the key the plugin knows them under, where the value is the same (nm-openvpn 1.10).
_SAME = {
    "cipher": "cipher", "data-ciphers": "data-ciphers", "auth": "auth", "tls-cipher": "tls-cipher", "tls-version-min": "tls-version-min",
    "fragment": "fragment-size", "tun-mtu": "tunnel-mtu", "ping": "ping", "ping-restart": "ping-restart", "ping-exit": "ping-exit",
    "reneg-sec": "reneg-seconds", "connect-timeout": "connect-timeout", "server-poll-timeout": "connect-timeout",
    "remote-cert-tls": "remote-cert-tls", "ns-cert-type": "ns-cert-type",
}  # fmt: skip
# Dropping these would weaken the tunnel or break the dialogue without a word.
_NEEDED = (
    "static-challenge",
    "http-proxy",
    "socks-proxy",
    "verify-hash",
    "remote-cert-ku",
    "remote-cert-eku",
    "tls-ciphersuites",
    "fragment",
)


def of(profile: OpenVpnProfile | IkeProfile | WireGuardProfile, user: str, files: Mapping[str, Path]) -> Settings:
    """`files`: where each block of the profile was written. Errors: TunnelError `vpn.profile_refused` for what NetworkManager cannot do."""
    match profile:
        case OpenVpnProfile():
            return _vpn(profile, user, OPENVPN, _openvpn(profile, files))
        case IkeProfile():
            return _vpn(profile, user, STRONGSWAN, _strongswan(profile, files))
        case WireGuardProfile():
            return _wireguard(profile, user)


def _connection(name: str, user: str, kind: str) -> dict[str, Variant]:
    return {
        "id": Variant("s", f"Marhaba {name}"),
        "uuid": Variant("s", str(uuid.uuid4())),
        "type": Variant("s", kind),
        "autoconnect": Variant("b", False),
        "permissions": Variant("as", [f"user:{user}:"]),
    }


def named(settings: Settings, user: str) -> Settings:
    """With the name the person signs in with."""
    data = {**settings["vpn"]["data"].value, ("user" if settings["vpn"]["service-type"].value == STRONGSWAN else "username"): user}
    return {**settings, "vpn": {**settings["vpn"], "data": Variant("a{ss}", data)}}


def _vpn(profile: OpenVpnProfile | IkeProfile, user: str, service: str, data: dict[str, str]) -> Settings:
    ipv4: dict[str, Variant] = {"method": Variant("s", "auto"), "never-default": Variant("b", not profile.full)}
    if profile.full:
        # All names through the tunnel, and before any other server: no leak (nm-settings(5), dns-priority).
        ipv4 |= {"dns-priority": Variant("i", -2147483648), "dns-search": Variant("as", ["~."])}
    return {
        "connection": _connection(profile.name, user, "vpn"),
        "vpn": {"service-type": Variant("s", service), "data": Variant("a{ss}", data)},
        "ipv4": ipv4,
        "ipv6": {"method": Variant("s", "auto"), "never-default": Variant("b", not profile.full)},
    }


def _openvpn(profile: OpenVpnProfile, files: Mapping[str, Path]) -> dict[str, str]:
    for name in _NEEDED:
        if profile.value(name) is not None:
            raise TunnelError("vpn.profile_refused", line=0, option=name, error="NetworkManager's OpenVPN does not know it")
    if "pkcs12" in profile.blocks or "extra-certs" in profile.blocks:
        raise TunnelError("vpn.profile_refused", line=0, option="pkcs12", error="certificate and key as PEM wanted with NetworkManager")
    data = {"remote": ", ".join(f"{_host(r.host)}:{r.port}:{r.transport}" for r in profile.remotes), "dev-type": "tun"}
    certificate, password = "cert" in profile.blocks, profile.asks_password
    data["connection-type"] = "password-tls" if certificate and password else "tls" if certificate else "password"
    data |= {_FILES[tag]: str(files[tag]) for tag in profile.blocks}
    for option, key in _SAME.items():
        if (value := profile.value(option)) and key not in data:
            data[key] = value[0]
    if alive := profile.value("keepalive"):
        data |= {"ping": alive[0], "ping-restart": alive[1]}
    if (direction := profile.value("key-direction")) and "ta" in data:
        data["ta-dir"] = direction[0]
    if subject := profile.value("verify-x509-name"):
        data["verify-x509-name"] = f"{subject[1] if len(subject) > 1 else 'subject'}:{subject[0]}"
    if (fix := profile.value("mssfix")) is not None:
        data["mssfix"] = fix[0] if fix else "yes"
    if password:
        data["password-flags"] = _ASK
    if certificate:
        data["cert-pass-flags"] = _ASK if "ENCRYPTED" in profile.blocks["key"] else _NONE
    return data


def _host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _strongswan(profile: IkeProfile, files: Mapping[str, Path]) -> dict[str, str]:
    data = {"address": profile.gateway, "remote-identity": profile.identity, "method": "eap", "virtual": "yes", "encap": "yes"}
    data |= {"ipcomp": "no", "proposal": "no", "password-flags": _ASK}
    return data | ({"certificate": str(files["ca"])} if "ca" in files else {})


def _wireguard(profile: WireGuardProfile, user: str) -> Settings:
    peers = [
        {
            "public-key": Variant("s", peer.public_key),
            "allowed-ips": Variant("as", list(peer.allowed)),
            **({"endpoint": Variant("s", peer.endpoint)} if peer.endpoint else {}),
            **({"preshared-key": Variant("s", peer.preshared_key)} if peer.preshared_key else {}),
            **({"persistent-keepalive": Variant("u", peer.keepalive_s)} if peer.keepalive_s else {}),
        }
        for peer in profile.peers
    ]
    tunnel: dict[str, Variant] = {"private-key": Variant("s", profile.private_key), "peers": Variant("aa{sv}", peers)}
    if profile.mtu:
        tunnel["mtu"] = Variant("u", profile.mtu)
    settings: Settings = {
        "connection": _connection(profile.name, user, "wireguard") | {"interface-name": Variant("s", "marhaba0")},
        "wireguard": tunnel,
    }
    for family, version in (("ipv4", 4), ("ipv6", 6)):
        mine = [address for address in profile.addresses if (":" in address) == (version == 6)]
        settings[family] = _addresses(mine, profile, version)
    return settings


def _addresses(mine: list[str], profile: WireGuardProfile, version: int) -> dict[str, Variant]:
    if not mine:
        return {"method": Variant("s", "disabled")}
    data: list[dict[str, Any]] = []
    for text in mine:
        address, _, prefix = text.partition("/")
        data.append({"address": Variant("s", address), "prefix": Variant("u", int(prefix))})
    search = ["~."] if profile.full else list(profile.domains)
    found = {"method": Variant("s", "manual"), "address-data": Variant("aa{sv}", data), "dns-search": Variant("as", search)}
    servers = [server for server in profile.dns if (":" in server) == (version == 6)]
    if servers:
        found["dns-data"] = Variant("as", servers)
    if profile.full:
        found["dns-priority"] = Variant("i", -2147483648)
    return found

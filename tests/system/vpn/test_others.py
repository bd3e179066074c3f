"""WireGuard and IKEv2 profiles, and what NetworkManager is told: pure."""

import asyncio
import base64
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import TunnelError
from app.core.tunnel import Remote
from app.system.vpn import ikev2, nm_settings, profile, shelf, wireguard
from app.system.vpn.network_manager import NetworkManagerVpn
from app.system.vpn.nm_bus import plain
from app.system.vpn.openvpn import OpenVpn
from app.system.vpn.practice import pki
from app.system.vpn.strongswan import StrongSwan
from app.system.vpn.wireguard_go import WireGuardGo
from tests.system.vpn.test_profile import good

KEY = base64.b64encode(bytes(range(32))).decode()
WG = f"""[Interface]
PrivateKey = {KEY}
Address = 10.9.0.2/24, fd00:9::2/64
DNS = 10.50.0.53, intra.example
MTU = 1380   # a comment

[Peer]
PublicKey = {KEY}
PresharedKey = {KEY}
AllowedIPs = 10.50.0.0/16
AllowedIPs = fd00:50::/32
Endpoint = [2001:db8::1]:51820
PersistentKeepalive = 25
"""
FILES = {tag: Path("/private") / f"{tag}.pem" for tag in ("ca", "cert", "key", "tls-crypt", "tls-auth")}


@pytest.mark.parametrize("client", [StrongSwan, WireGuardGo, NetworkManagerVpn, OpenVpn])
def test_a_disk_that_does_not_answer_is_a_profile_that_is_missing(client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()
    monkeypatch.setattr(shelf, "LIMIT_S", 0.05)
    monkeypatch.setattr(shelf.Shelf, "_is_file", staticmethod(lambda path: answers.wait(10)))
    try:
        with pytest.raises(TunnelError) as raised:
            asyncio.run(client(tmp_path).profile("agent"))
    finally:
        answers.set()
    assert (raised.value.code, raised.value.facts["error"]) == ("vpn.profile_missing", "the disk did not answer")


def test_a_wireguard_profile_is_understood() -> None:
    found = wireguard.parse("w", WG.encode())
    assert found.remotes == (Remote("2001:db8::1", 51820),)
    assert found.addresses == ("10.9.0.2/24", "fd00:9::2/64")
    assert (found.dns, found.domains, found.mtu, found.full) == (("10.50.0.53",), ("intra.example",), 1380, False)
    assert found.peers[0].allowed == ("10.50.0.0/16", "fd00:50::/32")
    assert KEY not in repr(found).replace(f"public_key='{KEY}'", "")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("MTU = 1380", "PostUp = rm -rf /"), "vpn.profile_refused"),
        (("MTU = 1380", "SaveConfig = true"), "vpn.profile_refused"),
        (("MTU = 1380", "Table = off"), "vpn.profile_refused"),
        (("MTU = 1380", "MTU = 99999"), "vpn.profile_broken"),
        (("MTU = 1380", "MTU"), "vpn.profile_broken"),
        ((KEY, "short"), "vpn.profile_broken"),
        (("[2001:db8::1]:51820", "evil;rm:1"), "vpn.profile_broken"),
        (("10.50.0.0/16", "everything"), "vpn.profile_broken"),
        (("10.9.0.2/24", "x"), "vpn.profile_broken"),
        (("[Peer]", "[Interface]"), "vpn.profile_refused"),
        (("Endpoint = [2001:db8::1]:51820", ""), "vpn.profile_broken"),
    ],
)
def test_a_wireguard_profile_that_is_hostile_or_broken(change: tuple[str, str], code: str) -> None:
    with pytest.raises(TunnelError) as raised:
        wireguard.parse("w", WG.replace(*change).encode())
    assert raised.value.code == code


@settings(max_examples=200)
@given(st.one_of(st.binary(max_size=300), st.lists(st.one_of(st.sampled_from(WG.split("\n")), st.text(max_size=30))).map("\n".join)))
def test_any_text_as_a_profile_does_no_harm(raw: bytes | str) -> None:
    data = raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace")
    for parse in (wireguard.parse, ikev2.parse):
        try:
            parse("x", data)
        except TunnelError as error:
            if error.code not in {"vpn.profile_broken", "vpn.profile_refused"}:
                raise


def test_an_ikev2_profile_is_understood() -> None:
    authority = pki.Authority().certificate
    raw = f'gateway = "vpn.example"\nroutes = ["10.50.0.1/16"]\ndomains = ["intra.example"]\nauthority = """{authority}"""\n'
    found = ikev2.parse("i", raw.encode())
    assert (found.gateway, found.identity, found.routes, found.asks_password) == ("vpn.example", "vpn.example", ("10.50.0.0/16",), True)
    assert found.authority == authority


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b'gateway = "-x"',
        b'gateway = "a b"',
        b'gateway = "x"\nup = "y"',
        b'gateway = "x"\nroutes = ["y"]',
        b'gateway = "x"\nauthority = "y"',
        b"\xff",
    ],
)
def test_an_ikev2_profile_that_is_broken(raw: bytes) -> None:
    with pytest.raises(TunnelError, match=r"vpn\.profile_broken"):
        ikev2.parse("i", raw)


def told(found: Any) -> dict[str, Any]:
    values: dict[str, Any] = plain(nm_settings.of(found, "agent1", FILES))
    return values


def test_networkmanager_is_told_everything_that_matters_of_openvpn() -> None:
    raw = good("remote 10.1.2.3 443 tcp", "cipher AES-256-GCM", "verify-x509-name vpn.example name", "keepalive 10 60", "reneg-sec 0")
    found = told(profile.parse("p", raw))
    data = found["vpn"]["data"]
    assert data["remote"] == "vpn.example.com:1194:udp, 10.1.2.3:443:tcp"
    assert (data["connection-type"], data["password-flags"], data["cert-pass-flags"]) == ("password-tls", "2", "4")
    assert (data["verify-x509-name"], data["remote-cert-tls"], data["ping-restart"]) == ("name:vpn.example", "server", "60")
    assert data["tls-crypt"] == "/private/tls-crypt.pem"
    assert found["connection"]["permissions"] == ["user:agent1:"]
    assert found["connection"]["autoconnect"] is False
    assert found["ipv4"]["never-default"] is True
    assert "secrets" not in found["vpn"]
    assert "dns-search" not in found["ipv4"]


def test_a_full_tunnel_takes_all_names() -> None:
    ipv4 = told(profile.parse("p", good("redirect-gateway def1")))["ipv4"]
    assert (ipv4["never-default"], ipv4["dns-priority"], ipv4["dns-search"]) == (False, -2147483648, ["~."])


@pytest.mark.parametrize("line", ['static-challenge "x" 1', "http-proxy p 8080", "verify-hash " + "aa:" * 31 + "aa"])
def test_what_networkmanager_would_drop_without_a_word_is_refused(line: str) -> None:
    with pytest.raises(TunnelError, match=r"vpn\.profile_refused"):
        told(profile.parse("p", good(line)))


def test_networkmanager_is_told_of_wireguard_and_ikev2() -> None:
    found = told(wireguard.parse("w", WG.encode()))
    assert found["connection"]["type"] == "wireguard"
    assert found["wireguard"]["peers"][0]["persistent-keepalive"] == 25
    assert found["ipv4"]["address-data"] == [{"address": "10.9.0.2", "prefix": 24}]
    found = told(ikev2.parse("i", b'gateway = "vpn.example"'))
    assert found["vpn"]["service-type"].endswith(".strongswan")
    assert found["vpn"]["data"]["address"] == "vpn.example"
    named = nm_settings.named(nm_settings.of(ikev2.parse("i", b'gateway = "v"'), "x", {}), "agent1")
    assert plain(named)["vpn"]["data"]["user"] == "agent1"

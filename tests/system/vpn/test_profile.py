"""Profiles: hostile ones are refused, broken ones are said so, and what is handed on is only what was understood."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import TunnelError
from app.core.tunnel import Remote
from app.system.vpn import options, profile
from app.system.vpn.practice import pki


@cache
def material() -> tuple[str, pki.Pair, str]:
    authority = pki.Authority()
    return authority.certificate, authority.client("agent 20417"), pki.static_key()


def good(*lines: str, without: str = "", blocks: dict[str, str] | None = None) -> bytes:
    ca, mine, key = material()
    base = ["client", "dev tun", "remote vpn.example.com 1194 udp", "remote-cert-tls server", "auth-user-pass"]
    parts = {"ca": ca, "cert": mine.certificate, "key": mine.key, "tls-crypt": key, **(blocks or {})}
    text = [line for line in (*base, *lines) if not (without and line.startswith(without))]
    return "\n".join([*text, *(f"<{tag}>\n{body}</{tag}>" for tag, body in parts.items() if body)]).encode() + b"\n"


def code_of(raw: bytes, **more: object) -> TunnelError:
    with pytest.raises(TunnelError) as raised:
        profile.parse("p", raw, **more)  # type: ignore[arg-type]
    return raised.value


def test_a_good_profile_is_understood_and_written_again() -> None:
    raw = good("remote 10.1.2.3 443 tcp", 'static-challenge "Code SMS" 0', "redirect-gateway def1", "verb 11", "setenv FRIENDLY_NAME Casa")
    found = profile.parse("telecom", raw)
    assert found.remotes == (Remote("vpn.example.com", 1194), Remote("10.1.2.3", 443, "tcp"))
    assert (found.asks_password, found.challenge, found.challenge_echo, found.full) == (True, "Code SMS", False, True)
    assert found.certificate_name == "agent 20417"
    assert found.certificate_until is not None
    assert "FRIENDLY_NAME" not in found.text
    assert "verb" not in found.text
    again = profile.parse("telecom", found.text.encode())
    assert (again.remotes, again.options, again.blocks) == (found.remotes, found.options, found.blocks)
    assert found.text == again.text


def test_no_secret_is_shown() -> None:
    found = profile.parse("p", good())
    assert "PRIVATE KEY" not in repr(found)
    assert "Static key" not in repr(found)


@pytest.mark.parametrize(
    "line",
    [
        "up /tmp/x.sh",
        "down x",
        "script-security 2",
        "plugin /tmp/evil.so",
        "route-up x",
        "route-pre-down x",
        "tls-verify x",
        "ipchange x",
        "management 0.0.0.0 7505",
        "log /etc/passwd",
        "log-append x",
        "status /tmp/x",
        "writepid /tmp/x",
        "config other.ovpn",
        "cd /",
        "setenv LD_PRELOAD /tmp/x.so",
        "setenv opt up",
        "setenv-safe x y",
        "auth-user-pass pass.txt",
        "askpass key.txt",
        "auth-user-pass-verify x via-file",
        "client-connect x",
        "learn-address x",
        "iproute /tmp/x",
        "chroot /tmp",
        "user root",
        "daemon",
        "engine /tmp/x",
        "pkcs11-providers /tmp/x.so",
        "providers x",
        "echo x",
        "tls-export-cert /tmp",
        "tmp-dir /tmp",
        "crl-verify /etc/shadow",
        "capath /etc",
        "http-proxy-user-pass x",
        "http-proxy h 1 pass.txt",
        "dev tap",
        "dev-node x",
        "mode server",
        "cipher none",
        "auth none",
        "data-ciphers AES-256-GCM:none",
        "tls-version-min 1.0",
        "tls-cert-profile insecure",
        "comp-lzo yes",
        "compress lz4",
        "remote-cert-tls client",
        "dhcp-option PROXY_AUTO_CONFIG_URL http://x",
        "remote -x",
        "route $(id)",
        "ifconfig 1.1.1.1 2",
        "--up /tmp/x.sh",
        '"up" x',
        "u\\p x",
        "<up>",
        "<auth-user-pass>",
        "<connection>\nremote a\nup x\n</connection>",
        "suppress-timestamps x",
        "ca /etc/ssl/ca.pem",
        "ca ../ca.pem",
        "key C:\\key.pem",
        "block-outside-dns x",
        "pull-filter run x",
        "dhcp-option DNS 1;reboot",
    ],
)
def test_what_is_not_on_the_list_is_refused_before_use(line: str) -> None:
    error = code_of(good(line))
    assert error.code == "vpn.profile_refused"
    assert error.facts["line"] > 5


@pytest.mark.parametrize("missing", ["client", "remote-cert-tls"])
def test_a_profile_must_say_who_the_gateway_is(missing: str) -> None:
    error = code_of(good(without=missing))
    assert (error.code, error.facts["option"]) == ("vpn.profile_refused", missing)


def test_a_profile_must_trust_some_authority() -> None:
    assert code_of(good(blocks={"ca": ""})).facts["option"] == "ca"


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "no remote"),
        (b"\xff\xfe\x00", "UTF-8"),
        (good("remote x 0 udp"), "port"),
        (good("remote x 99999"), "port"),
        (good('static-challenge "open 1'), "quote"),
        (good("dev tun\x00"), "control"),
        (good("dev\rtun"), "control"),
        (good(*["remote x"] * 65), "remotes"),
        (good(" ".join(["dhcp-option"] * 20)), "words"),
        (good("<tls-auth>\nx"), "not closed"),
        (good("<ca> more"), "after a tag"),
        (good("<connection>\nport 1\n</connection>"), "without a remote"),
        (b"client\n" * 4001, "lines"),
        (b"#" * 262_145, "bytes"),
        (good(blocks={"tls-crypt": "-----BEGIN OpenVPN Static key V1-----\nzz\n-----END OpenVPN Static key V1-----\n"}), "static key"),
        (good(blocks={"ca": "nothing\n"}), "certificates"),
        (good(blocks={"ca": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}), "cannot be read"),
        (good(blocks={"ca": "-----BEGIN CERTIFICATE-----\nAAAA\n"}), "closed"),
        (good(blocks={"ca": "-----BEGIN CERTIFICATE-----\n<up>\n-----END CERTIFICATE-----\n"}), "something else"),
        (good(blocks={"key": ""}), "without its key"),
        (good(blocks={"key": "x\n"}), "private key"),
        (good(blocks={"cert": "", "key": ""}, without="auth-user-pass"), "neither"),
        (good(blocks={"pkcs12": "!!\n"}), "base64"),
        (good("pull-filter ignore " + "x" * 199, "tls-cipher " + "A" * 300), "255 bytes"),
    ],
)
def test_a_broken_profile_says_what_is_broken(raw: bytes, word: str) -> None:
    error = code_of(raw)
    assert error.code == "vpn.profile_broken"
    assert word in error.facts["error"]


def test_a_key_of_another_certificate_is_found_out() -> None:
    other = pki.Authority().client("x")
    assert "not the certificate's" in code_of(good(blocks={"key": other.key})).facts["error"]


def test_files_beside_the_profile_join_it(tmp_path: Path) -> None:
    ca, mine, key = material()
    files = {"ca.crt": ca, "agent.crt": "Certificate:\n    Data: x\n" + mine.certificate, "agent.key": mine.key, "tc.key": key}
    raw = good(
        "ca ca.crt", "cert agent.crt", "key agent.key", "tls-auth tc.key 1", blocks=dict.fromkeys(("ca", "cert", "key", "tls-crypt"), "")
    )

    def read(name: str) -> bytes:
        return files[name].encode()

    found = profile.parse("p", raw, read)
    assert set(found.blocks) == {"ca", "cert", "key", "tls-auth"}
    assert found.blocks["cert"] == mine.certificate
    assert found.value("key-direction") == ("1",)

    def gone(name: str) -> bytes:
        raise FileNotFoundError(2, "No such file or directory")

    assert code_of(raw, read=gone).code == "vpn.profile_broken"


def test_connection_blocks_keep_their_order_and_ports() -> None:
    first = "<connection>\nremote b.example 443 tcp\nconnect-timeout 5\n</connection>"
    second = "<connection>\nremote c.example\nproto tcp-client\nport 8443\n</connection>"
    found = profile.parse("p", good(first, second, "port 1195", "proto udp4", without="remote vpn"))
    assert found.remotes == (Remote("b.example", 443, "tcp"), Remote("c.example", 8443, "tcp"))


@pytest.mark.skipif(shutil.which("openvpn", path="/usr/sbin:/usr/bin") is None, reason="no openvpn")
def test_openvpn_itself_reads_what_was_written(tmp_path: Path) -> None:
    found = profile.parse("p", good('verify-x509-name "CN=it\'s \\"me\\"" name', "tls-cipher TLS-ECDHE-RSA-WITH-AES-256-GCM-SHA384"))
    path = tmp_path / "p.ovpn"
    path.write_text(found.text, "utf-8")
    words = ["/usr/sbin/openvpn", "--config", str(path), "--dev", "null", "--show-gateway"]
    shown = subprocess.run(words, capture_output=True, text=True, timeout=10, check=False, cwd=tmp_path)
    assert "Options error" not in shown.stdout
    assert "Unrecognized" not in shown.stdout


WORDS = st.sampled_from(
    [*options.RULES, "up", "plugin", "<ca>", "</ca>", "<connection>", "</connection>", "--up", "remote", "ca", "#", '"', "\\"]
)


@settings(max_examples=300)
@given(st.lists(st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=5).map(" ".join), max_size=30))
def test_any_text_gives_a_profile_or_one_of_two_codes(lines: list[str]) -> None:
    codes = {"vpn.profile_broken", "vpn.profile_refused"}
    for raw in ("\n".join(lines).encode("utf-8", "replace"), good(*lines)):
        try:
            found = profile.parse("p", raw)
        except TunnelError as error:
            codes.add(error.code)
            continue
        # What is handed on holds nothing but allowed options, read as OpenVPN reads them.
        for words in found.options:
            assert options.refusal(words[0], tuple(words[1:])) == ""
        again = profile.parse("p", found.text.encode())
        assert (again.remotes, again.options, again.blocks) == (found.remotes, found.options, found.blocks)
    assert len(codes) == 2


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_do_no_harm(raw: bytes) -> None:
    assert code_of(raw).code in {"vpn.profile_broken", "vpn.profile_refused"}


@settings(max_examples=300)
@given(st.text(st.characters(min_codepoint=32, exclude_categories=("Cs",), exclude_characters="\x7f"), max_size=60))
def test_a_quoted_word_is_read_back_whole(word: str) -> None:
    assert profile.split(profile.quoted(word)) == [word]

"""The proof against real sockets: servers of our own on loopback, in threads."""

import asyncio
import contextlib
import datetime
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.core.proof import AppCheck
from app.system.vpn import proof as system_proof
from app.system.vpn.proof import SystemProof

Answer = Callable[[bytes], bytes]


@contextlib.contextmanager
def serving(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server that reads one request and answers; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                try:
                    raw, _ = listening.accept()
                except TimeoutError:
                    continue
                with contextlib.suppress(OSError), raw:
                    raw.settimeout(2)
                    with context.wrap_socket(raw, server_side=True) if context else contextlib.nullcontext(raw) as peer:
                        peer.sendall(answer(peer.recv(4096)))

        thread = threading.Thread(target=serve)
        thread.start()
        yield listening.getsockname()[1]
        over.set()
        thread.join()


def http_answer(status: str, more: str = "", body: bytes = b"") -> Answer:
    return lambda _: f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, str]:
    """A server's context for 127.0.0.1, and the authority that vouches for it (PEM)."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    built = built.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
    built = built.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
    certificate = built.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "both.pem").write_bytes(pem + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context, certificate.decode()


def app(port: int, kind: str = "tcp", **more: object) -> AppCheck:
    return AppCheck("crm", {"fr": "CRM"}, "127.0.0.1", port, kind, **more)  # type: ignore[arg-type]


def ask(check: AppCheck) -> tuple[str, str]:
    answer = asyncio.run(SystemProof().app(check))
    return answer.code, answer.detail


def test_an_open_port_answers() -> None:
    with serving(lambda _: b"") as port:
        answer = asyncio.run(SystemProof().app(app(port)))
    assert (answer.code, answer.source) == ("", "127.0.0.1")
    assert answer.ms is not None


def test_a_closed_port_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert ask(app(port)) == ("vpn.app_down", "ECONNREFUSED")


@pytest.mark.parametrize(
    ("status", "wanted", "code", "detail"),
    [
        ("200 OK", [], "", ""),
        ("302 Found", [], "", ""),
        ("401 Unauthorized", [401], "", ""),
        ("401 Unauthorized", [], "vpn.app_down", "HTTP 401"),
        ("503 Unavailable", [], "vpn.app_down", "HTTP 503"),
    ],
)
def test_http_is_asked_and_judged(status: str, wanted: list[int], code: str, detail: str) -> None:
    with serving(http_answer(status)) as port:
        assert ask(app(port, "http", secure=False, status=tuple(wanted))) == (code, detail)


@pytest.mark.parametrize("garbage", [b"", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"x" * 70_000])
def test_what_is_not_http_is_down(garbage: bytes) -> None:
    with serving(lambda _: garbage) as port:
        assert ask(app(port, "http", secure=False))[0] == "vpn.app_down"


def test_a_certificate_is_checked_against_the_authority_it_should_have(tls: tuple[ssl.SSLContext, str]) -> None:
    context, authority = tls
    with serving(http_answer("200 OK"), context) as port:
        assert ask(app(port, "tls", ca=authority)) == ("", "")
        assert ask(app(port, "http", ca=authority)) == ("", "")
        code, detail = ask(app(port, "tls"))
        assert code == "vpn.app_certificate"
        assert detail
        assert ask(app(port, "tls", ca="not a certificate"))[0] == "vpn.app_down"
    with serving(http_answer("200 OK")) as port:
        assert ask(app(port, "tls", ca=authority))[0] == "vpn.app_down", "plain text is no TLS"


def test_an_unknown_name_is_told_apart() -> None:
    assert ask(AppCheck("x", {}, "name.that.is.invalid", 80)) == ("vpn.dns_not_applied", "name unknown")


def test_one_that_accepts_and_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_proof, "APP_LIMIT_S", 0.3)
    over = threading.Event()

    def wait(_: bytes) -> bytes:
        over.wait(5)
        return b""

    with serving(wait) as port:
        began = time.monotonic()
        assert ask(app(port, "http", secure=False)) == ("vpn.app_down", "no answer")
        assert time.monotonic() - began < 3
        over.set()


def test_paths_and_names() -> None:
    proof = SystemProof()
    assert proof.source_of("127.0.0.1") == "127.0.0.1"
    assert proof.source_of("not an address") == ""
    assert "127.0.0.1" in asyncio.run(proof.resolve("localhost")) or "::1" in asyncio.run(proof.resolve("localhost"))
    assert asyncio.run(proof.resolve("name.that.is.invalid")) == ()
    assert asyncio.run(proof.resolve("a" * 300)) == ()


def test_name_servers_behind_a_local_stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    conf, uplinks = tmp_path / "resolv.conf", tmp_path / "uplinks"
    monkeypatch.setattr(system_proof, "RESOLV_CONF", conf)
    monkeypatch.setattr(system_proof, "UPLINKS", uplinks)
    assert SystemProof().resolvers() == ()
    conf.write_text("# nameserver 9.9.9.9\nnameserver 10.50.0.53\n nameserver fe80::1%eth0\nsearch x\n")
    assert SystemProof().resolvers() == ("10.50.0.53", "fe80::1")
    conf.write_text("nameserver 127.0.0.53\n")
    uplinks.write_text("nameserver 192.168.8.1\n")
    assert SystemProof().resolvers() == ("192.168.8.1",)


@pytest.mark.parametrize(("late", "found"), [(0, 0), (7200, 7200), (-86400, -86400)])
def test_the_clock_is_held_against_the_server_s(late: int, found: int) -> None:
    when = format_datetime(datetime.datetime.now(datetime.UTC) - datetime.timedelta(seconds=late), usegmt=True)
    with serving(http_answer("204 No Content", f"Date: {when}\r\n")) as port:
        line = asyncio.run(SystemProof(f"http://127.0.0.1:{port}").line())
    assert (line.online, line.portal) == (True, False)
    assert line.clock_skew_s == pytest.approx(found, abs=3)


@pytest.mark.parametrize("answer", [http_answer("302 Found", "Location: http://portal.test/\r\n"), http_answer("200 OK", "", b"Welcome")])
def test_a_portal_is_seen(answer: Answer) -> None:
    with serving(answer) as port:
        assert asyncio.run(SystemProof(f"http://127.0.0.1:{port}").line()).portal


@pytest.mark.parametrize("url", ["", "ftp://x", "http://127.0.0.1:1"])
def test_a_server_that_does_not_answer_is_no_portal(url: str) -> None:
    line = asyncio.run(SystemProof(url).line())
    assert (line.portal, line.clock_skew_s) == (False, None)


def test_without_a_way_out_it_is_offline_unless_the_server_is_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_proof.line, "source_address", lambda: "")
    assert not asyncio.run(SystemProof().line()).online
    with serving(http_answer("204 No Content")) as port:
        assert asyncio.run(SystemProof(f"http://127.0.0.1:{port}").line()).online


@contextlib.contextmanager
def echoing(longest: int) -> Iterator[str]:
    """The probe's two doors: the offer, and an echo that loses what is longer than `longest` bytes on the line."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as echo:
        echo.bind(("127.0.0.1", 0))
        echo.settimeout(0.1)
        over = threading.Event()

        def serve() -> None:
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    data, peer = echo.recvfrom(2000)
                    if len(data) + 28 <= longest:
                        echo.sendto(data, peer)

        thread = threading.Thread(target=serve)
        thread.start()
        offer = json.dumps({"test": "00" * 8, "udp_port": echo.getsockname()[1], "max_bytes": 1}).encode()
        with serving(http_answer("200 OK", "", offer)) as port:
            yield f"http://127.0.0.1:{port}"
        over.set()
        thread.join()


@pytest.mark.parametrize(("longest", "found"), [(1500, 1500), (1380, 1360), (100, None)])
def test_the_packet_that_fits(longest: int, found: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_proof, "ECHO_LIMIT_S", 0.1)
    with echoing(longest) as url:
        assert asyncio.run(SystemProof().packet_bytes(url, (1500, 1400, 1360, 1280))) == found


@pytest.mark.parametrize("answer", [http_answer("404 Not Found"), http_answer("200 OK", "", b"[]"), http_answer("200 OK", "", b"{")])
def test_no_probe_says_nothing_about_packets(answer: Answer) -> None:
    with serving(answer) as port:
        assert asyncio.run(SystemProof().packet_bytes(f"http://127.0.0.1:{port}", (1500,))) is None

"""The API against servers that do not behave: slow, huge, cut short, elsewhere, or with a certificate nobody vouches for."""

import datetime
import gzip
import ipaddress
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.contracts.enrolment import EnrolmentRequest, MachineFacts
from app.core.errors import BackendRefused, BackendUnreachable, SettingsError
from app.services.backend_api import BackendApi
from tests.services.rig import Reply, TinyBackend, problem, receipt, serving


@pytest.fixture
def backend() -> Iterator[TinyBackend]:
    with serving() as running:
        yield running


@pytest.fixture
def api(backend: TinyBackend) -> Iterator[BackendApi]:
    made = BackendApi(backend.url)
    yield made
    made.close()


def head(handler: BaseHTTPRequestHandler, *headers: str) -> None:
    handler.wfile.write("\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode())


def test_a_server_that_drips_is_given_up_in_time(backend: TinyBackend) -> None:
    api = BackendApi(backend.url, total_s=0.5)
    stop = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        head(handler, "Content-Length: 50000")
        while not stop.wait(0.05):
            handler.wfile.write(b" ")

    backend.script.append(lambda _: Reply(wire=drip))
    began = time.monotonic()
    with pytest.raises(BackendUnreachable):
        api.alive()
    assert time.monotonic() - began < 5
    stop.set()
    api.close()


@pytest.mark.parametrize("chunked", [True, False])
def test_a_huge_body_is_not_read_to_its_end(api: BackendApi, backend: TinyBackend, chunked: bool) -> None:
    sent = 0

    def huge(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        head(handler, "Transfer-Encoding: chunked" if chunked else "Content-Length: 1000000000")
        block = b"x" * 100_000
        try:
            while sent < 1_000_000_000:
                handler.wfile.write(b"%x\r\n%s\r\n" % (len(block), block) if chunked else block)
                sent += len(block)
        except OSError:
            pass

    backend.script.append(lambda _: Reply(wire=huge))
    with pytest.raises(BackendUnreachable) as raised:
        api.alive()
    assert raised.value.code == "backend.unintelligible"
    assert sent < 64 * 1024 * 1024


def test_a_small_body_that_swells_is_not_unpacked_to_its_end(api: BackendApi, backend: TinyBackend) -> None:
    bomb = gzip.compress(b" " * 200_000_000, 9)
    backend.script.append(lambda _: Reply(200, bomb, {"Content-Encoding": "gzip"}))
    with pytest.raises(BackendUnreachable) as raised:
        api.alive()
    assert raised.value.code == "backend.unintelligible"
    assert int(raised.value.facts["bytes"]) < 100_000_000


def reset(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def cut_body(handler: BaseHTTPRequestHandler) -> None:
    head(handler, "Content-Length: 500")
    handler.wfile.write(b'{"a":')


def cut_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 O")


def no_http(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 smtp ready\r\n")


def silence(handler: BaseHTTPRequestHandler) -> None:
    """Hangs up without a word."""


@pytest.mark.parametrize("wire", [reset, cut_body, cut_head, no_http, silence])
def test_a_connection_that_breaks_is_unreachable(
    api: BackendApi, backend: TinyBackend, wire: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    backend.script.append(lambda _: Reply(wire=wire))
    with pytest.raises(BackendUnreachable) as raised:
        api.post_events("token", [b"{}"])
    assert raised.value.code in {"backend.unreachable", "backend.unintelligible"}
    assert len(backend.seen) == 1, "a post is never repeated behind the reporter's back"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(gzip.compress(receipt(1).body)[:-12], "gzip"), (b"no gzip", "gzip"), (b"\xff\xfe", ""), (b"[" * 100_000, ""), (b"", "")],
    ids=["gzip cut short", "no gzip", "no utf-8", "deep", "empty"],
)
def test_a_body_that_cannot_be_read_is_no_answer(api: BackendApi, backend: TinyBackend, body: bytes, encoding: str) -> None:
    headers = {"Content-Encoding": encoding} if encoding else {}
    backend.script.extend([lambda _: Reply(200, body, headers), lambda _: Reply(500, body, headers)])
    with pytest.raises(BackendUnreachable):
        api.post_events("token", [b"{}"])
    with pytest.raises((BackendRefused, BackendUnreachable)) as raised:
        api.post_events("token", [b"{}"])
    assert raised.value.code in {"http.500", "backend.unreachable"}


def test_a_redirect_to_another_host_is_not_followed(api: BackendApi, backend: TinyBackend) -> None:
    with serving() as elsewhere:
        backend.script.append(lambda _: Reply(307, b"", {"Location": elsewhere.url + "/v1/events"}))
        with pytest.raises(BackendRefused) as raised:
            api.post_events("secret-token", [b"{}"])
        assert (raised.value.status, raised.value.code) == (307, "http.307")
        assert elsewhere.seen == []


def certificate(directory: Path, *, self_made_for: str) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self_made_for)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(self_made_for))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = directory / "server.pem"
    plain = serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = certificate(tmp_path, self_made_for="127.0.0.1")
    # What the environment names must not take the place of the system's trust.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "server.pem"))
    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "server.pem"))
    with serving(context) as backend:
        api = BackendApi(backend.url)
        with pytest.raises(BackendUnreachable) as raised:
            api.post_events("secret-token", [b"{}"])
        # Not « no connection »: where the clock is years off this is what fails, and the line is not what needs mending.
        assert raised.value.code == "backend.untrusted"
        assert "self-signed" in raised.value.facts["error"] or "self signed" in raised.value.facts["error"]
        assert backend.seen == [], "not a byte of ours went out"
        api.close()


def test_a_server_that_speaks_no_tls_is_unreachable_and_not_untrusted() -> None:
    with serving() as backend:
        api = BackendApi(backend.url.replace("http://", "https://"))
        with pytest.raises(BackendUnreachable) as raised:
            api.alive()
        assert raised.value.code == "backend.unreachable"
        api.close()


def test_nobody_there_is_unreachable() -> None:
    with serving() as backend:
        url = backend.url
    api = BackendApi(url)
    with pytest.raises(BackendUnreachable):
        api.alive()
    api.close()


def test_a_proxy_of_the_environment_is_used_but_not_for_what_it_leaves_alone(backend: TinyBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        for no_proxy, through in (("", True), ("127.0.0.1", False)):
            monkeypatch.setenv("no_proxy", no_proxy)
            proxy.seen.clear()
            api = BackendApi(backend.url)
            proxy.script.append(lambda _: Reply(200, b"{}"))
            api.alive()
            assert bool(proxy.seen) is through
            proxy.script.clear()
            api.close()


def test_a_problem_is_read_with_its_facts(api: BackendApi, backend: TinyBackend) -> None:
    backend.script.append(lambda _: problem(409, "event.gap", expected_sequence=7, detail="seven"))
    with pytest.raises(BackendRefused) as raised:
        api.post_events("token", [b"{}"])
    assert raised.value.facts == {"status": 409, "expected_sequence": 7, "detail": "seven"}
    backend.script.append(lambda _: problem(429, "enrolment.too_many_tries", retry_after=9))
    with pytest.raises(BackendRefused) as raised:
        api.enrol(_request())
    assert (raised.value.code, raised.value.retry_after) == ("enrolment.too_many_tries", 9)


def _request() -> EnrolmentRequest:
    return EnrolmentRequest(code="c", public_key="k", session_code="123456", machine=MachineFacts("m"), app_version="0.1.0")


def test_a_path_from_outside_stays_a_path(api: BackendApi, backend: TinyBackend) -> None:
    with pytest.raises(BackendUnreachable):
        api.journey("token", "../../x?y#z é")
    assert backend.seen[0].path == "/v1/journeys/..%2F..%2Fx%3Fy%23z%20%C3%A9"
    with pytest.raises(BackendUnreachable):
        api.content("token", "../enrolments")
    assert backend.seen[1].path == "/v1/content/..%2Fenrolments"


@pytest.mark.parametrize("url", ["http://backend.example", "ftp://x", "https://", "https://u:p@x", "https://x/?a=b", "https://x/#f"])
def test_an_address_that_is_none_is_refused_at_once(url: str) -> None:
    with pytest.raises(SettingsError) as raised:
        BackendApi(url)
    assert raised.value.code == "settings.backend_url"

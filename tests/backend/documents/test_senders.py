"""One-time codes on their way: a real mail server with STARTTLS, a real HTTP gateway, and what happens when they do not take it."""

import email
import http.server
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.backend.documents import codes, setup
from app.backend.documents.senders import Contact, EmailSender, SendError, SmsSender
from app.backend.documents.setup import EmailSetup, SmsSetup
from app.backend.documents.signing_keys import PkiError
from tests.backend.documents.signer import Signer, refused, signing_backend

IMANE = Contact("20417", "fr", "imane@example.ma", "+212 6 12 34 42 17")
NOW = datetime.now(UTC)


def certificate(folder: Path, name: str = "127.0.0.1") -> ssl.SSLContext:
    """A server's TLS with a self-signed certificate, `mail.pem` in the folder."""
    import ipaddress

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    names = [x509.IPAddress(ipaddress.ip_address(name))] if name[0].isdigit() else [x509.DNSName(name)]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), False)
        .add_extension(x509.BasicConstraints(True, 0), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "mail.pem").write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "mail.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "mail.pem", folder / "mail.key")
    return context


class Mailbox:
    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_DATA(self, _server: Any, _session: Session, envelope: Envelope) -> str:
        self.taken.append(envelope)
        return "250 OK"


class _Mail(Controller):
    def _trigger_server(self) -> None:
        """The library's own probe knows no port 0."""
        assert self.server is not None
        with socket.create_connection(self.server.sockets[0].getsockname(), timeout=5) as probe:
            probe.recv(100)


@contextmanager
def mail_server(folder: Path, name: str = "127.0.0.1") -> Iterator[tuple[Mailbox, int]]:
    mailbox = Mailbox()

    def known(_server: Any, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"marhaba", b"secret")
        return AuthResult(success=good)

    controller = _Mail(
        mailbox, "127.0.0.1", 0, tls_context=certificate(folder, name), require_starttls=True, authenticator=known, auth_required=True
    )
    controller.start()
    assert controller.server is not None
    try:
        yield mailbox, controller.server.sockets[0].getsockname()[1]
    finally:
        controller.stop()


def mail_setup(folder: Path, port: int, **change: Any) -> EmailSetup:
    (folder / "password").write_text("secret\n")
    fields: dict[str, Any] = {"host": "127.0.0.1", "sender": "marhaba@example.ma", "port": port, "user": "marhaba"}
    return EmailSetup(**{**fields, "password_file": "password", "trust": "mail.pem", "timeout_s": 5, **change})


@pytest.mark.parametrize(("language", "words"), [("fr", "valable dix minutes"), ("ar", "صالح لعشر دقائق"), ("en", "ten minutes")])
def test_a_code_by_mail_over_verified_tls(tmp_path: Path, language: str, words: str) -> None:
    with mail_server(tmp_path) as (mailbox, port):
        sender = EmailSender(mail_setup(tmp_path, port), tmp_path)
        sender.send(Contact("20417", language, "imane@example.ma"), "042917", NOW)
        (taken,) = mailbox.taken
        message = email.message_from_bytes(taken.content or b"", policy=default)
        assert taken.rcpt_tos == ["imane@example.ma"]
        assert message["From"] == "marhaba@example.ma"
        body = message.get_body()
        assert body is not None
        assert "042917" in body.get_content()
        assert words in body.get_content()


@pytest.mark.parametrize(
    "change",
    [{"trust": ""}, {"security": "tls"}, {"host": "localhost"}],
    ids=["untrusted", "tls", "name"],
)
def test_what_is_not_safe_sends_nothing(tmp_path: Path, change: dict[str, Any]) -> None:
    with mail_server(tmp_path) as (mailbox, port):
        with pytest.raises(SendError) as caught:
            EmailSender(mail_setup(tmp_path, port, **change), tmp_path).send(IMANE, "042917", NOW)
        assert mailbox.taken == []
    assert "042917" not in str(caught.value)


@contextmanager
def gateway(status: int = 200) -> Iterator[tuple[list[tuple[dict[str, str], bytes]], str]]:
    seen: list[tuple[dict[str, str], bytes]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            seen.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield seen, f"http://127.0.0.1:{server.server_address[1]}/send?unicode=1"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("form", ["json", "form"])
def test_a_code_by_sms_as_the_gateway_wants_it(tmp_path: Path, form: Any) -> None:
    (tmp_path / "token").write_text("t0ken\n")
    with gateway() as (seen, url):
        wanted = SmsSetup(url, form, "msisdn", "message", {"from": "Marhaba"}, "token")
        SmsSender(wanted, tmp_path).send(IMANE, "042917", NOW)
    ((headers, body),) = seen
    assert headers["Authorization"] == "Bearer t0ken"
    fields = json.loads(body) if form == "json" else {name: values[0] for name, values in parse_qs(body.decode()).items()}
    assert (fields["msisdn"], fields["from"]) == ("+212 6 12 34 42 17", "Marhaba")
    assert "042917" in fields["message"]


def test_a_gateway_that_does_not_take_it(tmp_path: Path) -> None:
    with gateway(500) as (_, url), pytest.raises(SendError, match="HTTP 500"):
        SmsSender(SmsSetup(url), tmp_path).send(IMANE, "042917", NOW)
    with pytest.raises(SendError, match="ConnectionRefused"):
        SmsSender(SmsSetup(url), tmp_path).send(IMANE, "042917", NOW)


def test_masks_show_enough_to_be_recognised() -> None:
    assert codes.mask_email("imane.benali@example.ma") == "i••••@example.ma"
    assert codes.mask_phone("+212 6 12 34 42 17") == "•• •• •• 42 17"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('[sms]\nurl = "http://sms.example.ma/send"\n', "https only"),
        ('[email]\nhost = "mail.example.ma"\nsender = "a@b.ma"\nsecurity = "none"\n', "same machine only"),
        ('[email]\nhost = "mail.example.ma"\n', "sender"),
        ("colour = 1\n", "colour"),
        ('[time_stamp]\nurl = "ftp://x"\ntrust = "root.pem"\n', "not an address"),
        ("not toml", "signing.toml"),
    ],
)
def test_a_setup_that_is_not_safe_or_not_known_is_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "signing.toml").write_text(text)
    with pytest.raises(PkiError, match=why):
        setup.read(tmp_path)


def test_codes_travel_by_mail_when_the_backend_is_set_up_so(tmp_path: Path) -> None:
    with ExitStack() as mail:
        mailbox, port = mail.enter_context(mail_server(tmp_path))
        (tmp_path / "password").write_text("secret\n")
        text = f'[email]\nhost = "127.0.0.1"\nsender = "rh@example.ma"\nport = {port}\nuser = "marhaba"\n'
        text += f'password_file = "{tmp_path / "password"}"\ntrust = "{tmp_path / "mail.pem"}"\ntimeout_s = 5\n'
        with signing_backend(tmp_path / "mailed", more=[], setup=text) as backend:
            signer = Signer.of(backend)
            offer = signer.offer()
            assert offer.channel is not None
            assert (offer.channel.kind, offer.channel.masked) == ("email", "i••••@example.ma")
            assert signer.post(f"/v1/addendum/{offer.document_id}/code").status_code == 200
            content = (mailbox.taken[0].content or b"").decode()
            code = next(word for word in content.replace(".", " ").split() if word.isdigit() and len(word) == 6)
            signer.certify()
            assert signer.prepare(offer, signer.request(offer, code)).transaction
            stored = b"".join(path.read_bytes() for path in (backend.home / "data").glob("backend.db*"))
            assert code not in backend.log()
            assert f'"{code}"'.encode() not in stored
            nobody = Signer.of(backend, email="", phone="")
            unreachable = nobody.offer()
            assert unreachable.channel is None
            refused(nobody.post(f"/v1/addendum/{unreachable.document_id}/code"), 409, "addendum.no_channel")
            mail.close()
            waiting = Signer.of(backend)
            path = f"/v1/addendum/{waiting.offer().document_id}/code"
            refused(waiting.post(path), 503, "addendum.code_not_sent")
            refused(waiting.post(path), 503, "addendum.code_not_sent")  # at once again, not in a minute: nothing was sent

"""How a one-time code reaches its agent: by e-mail (SMTP), by SMS (an HTTP gateway), or in the demo on the server's own console."""

import json
import logging
import os
import smtplib
import ssl
import sys
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import urlencode

from app.backend.documents import codes, pki, web
from app.backend.documents.setup import EmailSetup, Setup, SmsSetup
from app.contracts.addendum import Channel

CONSOLE_FILE = "console-codes.jsonl"
_log = logging.getLogger(__name__)
_TEXTS = {
    "fr": (
        "Votre code pour signer l’avenant de télétravail",
        "Votre code est {code}. Il est valable dix minutes. Ne le donnez à personne, pas même au support.",
    ),
    "ar": (
        "رمزكم لتوقيع ملحق العمل عن بعد",
        "رمزكم هو {code}. وهو صالح لعشر دقائق. لا تعطوه لأي أحد، ولا حتى لمصلحة الدعم.",
    ),
    "en": (
        "Your code to sign the telework addendum",
        "Your code is {code}. It is good for ten minutes. Give it to nobody, not even to support.",
    ),
}


class SendError(Exception):
    """The code did not leave. The message is for the log and never holds the code."""


@dataclass(frozen=True)
class Contact:
    employee_id: str
    language: str
    email: str = ""
    phone: str = ""


class Sender(Protocol):
    def channel(self, contact: Contact) -> Channel | None:
        """Where it would go, or None when this sender has no address of the agent."""
        ...

    def send(self, contact: Contact, code: str, now: datetime) -> None:
        """Blocks: call it in a worker thread. Errors: SendError."""
        ...


class EmailSender:
    def __init__(self, setup: EmailSetup, base: Path) -> None:
        """Errors: PkiError, OSError."""
        self._setup = setup
        self._password = pki.read_secret(base / setup.password_file).decode() if setup.password_file else ""
        self._trust = ssl.create_default_context(cafile=str(base / setup.trust) if setup.trust else None)

    def channel(self, contact: Contact) -> Channel | None:
        return Channel("email", codes.mask_email(contact.email)) if contact.email else None

    def send(self, contact: Contact, code: str, now: datetime) -> None:
        setup = self._setup
        message = EmailMessage()
        subject, text = _words(contact.language, code)
        message["From"], message["To"], message["Subject"] = setup.sender, contact.email, subject
        message["Date"], message["Message-ID"] = format_datetime(now), make_msgid(domain=setup.sender.rpartition("@")[2] or "localhost")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        try:
            if setup.security == "tls":
                server: smtplib.SMTP = smtplib.SMTP_SSL(setup.host, setup.port, timeout=setup.timeout_s, context=self._trust)
            else:
                server = smtplib.SMTP(setup.host, setup.port, timeout=setup.timeout_s)
            with server:
                if setup.security == "starttls":
                    server.starttls(context=self._trust)
                if setup.user:
                    server.login(setup.user, self._password)
                server.send_message(message)
        except (OSError, smtplib.SMTPException, UnicodeError, ValueError) as error:
            raise SendError(f"mail: {type(error).__name__}") from error


class SmsSender:
    def __init__(self, setup: SmsSetup, base: Path) -> None:
        """Errors: PkiError, OSError."""
        self._setup = setup
        token = pki.read_secret(base / setup.token_file).decode() if setup.token_file else ""
        self._headers = {setup.token_header: setup.token_prefix + token} if token else {}
        self._trust = ssl.create_default_context(cafile=str(base / setup.trust) if setup.trust else None)

    def channel(self, contact: Contact) -> Channel | None:
        return Channel("sms", codes.mask_phone(contact.phone)) if contact.phone else None

    def send(self, contact: Contact, code: str, now: datetime) -> None:
        setup = self._setup
        fields = {**setup.fields, setup.number_field: contact.phone, setup.text_field: _words(contact.language, code)[1]}
        if setup.format == "json":
            body, kind = json.dumps(fields, ensure_ascii=False).encode(), "application/json"
        else:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        headers = {**self._headers, "Content-Type": kind, "Accept": "application/json"}
        try:
            status, _ = web.request("POST", setup.url, body, headers, timeout_s=setup.timeout_s, limit=64 * 1024, trust=self._trust)
        except web.WebError as error:
            raise SendError(f"SMS gateway: {error}") from error
        if not 200 <= status < 300:
            raise SendError(f"SMS gateway: HTTP {status}")


class ConsoleSender:
    """For a demo on one machine: the code is printed, and laid in a file that only its owner reads. Never on a server others reach."""

    def __init__(self, data: Path) -> None:
        self._path = data / CONSOLE_FILE

    def channel(self, contact: Contact) -> Channel | None:
        return Channel("console", contact.employee_id)

    def send(self, contact: Contact, code: str, now: datetime) -> None:
        line = json.dumps({"employee_id": contact.employee_id, "code": code, "at": now.isoformat()})
        try:
            with os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise SendError(f"console: {type(error).__name__}") from error
        sys.stdout.write(f"One-time code of {contact.employee_id}: {code}\n")
        sys.stdout.flush()


def senders(setup: Setup, base: Path, console: bool) -> list[Sender]:
    """In the order they are tried in. Errors: PkiError, OSError."""
    found: list[Sender] = []
    if setup.sms is not None:
        found.append(SmsSender(setup.sms, base))
    if setup.email is not None:
        found.insert(0 if setup.prefer == "email" else len(found), EmailSender(setup.email, base))
    if console:
        found.append(ConsoleSender(base))
    return found


def _words(language: str, code: str) -> tuple[str, str]:
    subject, text = _TEXTS.get(language, _TEXTS["fr"])
    return subject, text.format(code=code)

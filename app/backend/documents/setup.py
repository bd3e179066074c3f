"""`DATA/signing.toml`: how codes travel and who stamps the time. Everything in it is optional."""

from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from app.backend.documents.signing_keys import PkiError
from app.contracts.addresses import is_loopback

FILE = "signing.toml"
Seconds = Annotated[float, msgspec.Meta(gt=0, le=120)]


class TimeStampSetup(msgspec.Struct, forbid_unknown_fields=True):
    url: str
    trust: str
    """PEM with the authority's root (and intermediates)."""
    crls: list[str] = []
    """CRL files; without them they are fetched from where the certificates say."""
    timeout_s: Seconds = 5


class EmailSetup(msgspec.Struct, forbid_unknown_fields=True):
    host: str
    sender: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    """`none` is taken for a mail server on the same machine only."""
    user: str = ""
    password_file: str = ""
    trust: str = ""
    """PEM with the mail server's root, where the system does not trust it already."""
    timeout_s: Seconds = 15


class SmsSetup(msgspec.Struct, forbid_unknown_fields=True):
    """An HTTP gateway: POST of a JSON object or a form with the number and the text."""

    url: str
    format: Literal["json", "form"] = "json"
    number_field: str = "to"
    text_field: str = "text"
    fields: dict[str, str] = {}
    """Sent along with every message, such as the sender's name."""
    token_file: str = ""
    token_header: str = "Authorization"  # noqa: S105
    token_prefix: str = "Bearer "  # noqa: S105
    trust: str = ""
    timeout_s: Seconds = 15


class Setup(msgspec.Struct, forbid_unknown_fields=True):
    prefer: Literal["sms", "email"] = "sms"
    """Where an agent has both."""
    location: str = "Maroc"
    """The place of signing, as it stands in the signature."""
    time_zone: str = "Africa/Casablanca"
    """Of the day and time printed beside a signature."""
    time_stamp: TimeStampSetup | None = None
    email: EmailSetup | None = None
    sms: SmsSetup | None = None


def read(data: Path) -> Setup:
    """Errors: PkiError, OSError."""
    path = data / FILE
    try:
        setup = msgspec.toml.decode(path.read_bytes(), type=Setup)
    except FileNotFoundError:
        return Setup()
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise PkiError(f"{path}: {error}") from error
    if setup.sms is not None and not _private(setup.sms.url):
        raise PkiError(f"{path}: {setup.sms.url}: codes travel over https only (http to the same machine excepted)")
    if setup.time_stamp is not None and urlsplit(setup.time_stamp.url).scheme not in ("http", "https"):
        raise PkiError(f"{path}: {setup.time_stamp.url}: not an address of HTTP")  # plain HTTP will do: what comes back is signed
    if setup.email is not None and setup.email.security == "none" and not is_loopback(setup.email.host):
        raise PkiError(f"{path}: email without TLS is taken for a mail server on the same machine only")
    return setup


def _private(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))

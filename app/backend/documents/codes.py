"""One-time codes: six digits, single use, five tries, ten minutes; kept as a keyed hash, so that a stolen database gives none away."""

import hashlib
import hmac
import secrets
from datetime import timedelta
from pathlib import Path

from app.backend import key_files
from app.contracts import keys

DIGITS = 6
TRIES = 5
LIFE = timedelta(minutes=10)
RESEND = timedelta(seconds=60)
SENDS, WINDOW = 5, timedelta(hours=1)
"""At most this many codes in that time: with five tries each, 25 guesses at a million in an hour."""


def open_key(data: Path) -> bytes:
    """The key codes are hashed with, made on first use. Errors: OSError, KeyFileError."""
    path = data / "code-key"
    if not path.exists():
        key_files.write_private(path, keys.to_text(secrets.token_bytes(32)) + "\n")
    return keys.from_text(path.read_text("utf-8").strip())


def new_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def code_hash(key: bytes, document_id: str, code: str) -> str:
    return hmac.new(key, f"{document_id}\0{code}".encode(), hashlib.sha256).hexdigest()


def normalise(code: str) -> str:
    """What was typed, in ASCII digits: spaces and hyphens go, Arabic-Indic digits are read as what they are."""
    kept = "".join(letter for letter in code[:40] if not letter.isspace() and letter not in "-–.\u200e\u200f")
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in kept)


def same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def mask_email(address: str) -> str:
    """`imane@example.ma` as `i••••@example.ma`."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}••••@{domain}"


def mask_phone(number: str) -> str:
    """Its last four digits: `•• •• •• 42 17`."""
    digits = "".join(letter for letter in number if letter.isdigit())[-4:]
    return f"•• •• •• {digits[:2]} {digits[2:]}"

"""The two secrets of the data directory: the key that signs journeys, and the key that opens the console."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import keys
from app.contracts.problems import ContractError


class KeyFileError(Exception):
    """A key file that cannot be used; the message names it, never what is in it."""


def open_data(data: Path) -> Path:
    """The data directory, made (0700) when it is missing. Errors: OSError."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    return data


def journey_key(data: Path) -> Ed25519PrivateKey:
    """The Ed25519 key that signs journeys, made on first use. Errors: KeyFileError, OSError."""
    path = data / "journey-key"
    text = _read_or_make(path, lambda: keys.to_text(Ed25519PrivateKey.generate().private_bytes_raw()))
    try:
        return Ed25519PrivateKey.from_private_bytes(keys.from_text(text))
    except (ContractError, ValueError) as error:
        raise KeyFileError(f"{path}: not a private key") from error


def console_key(data: Path) -> str:
    """The console's access key (256 bits), made on first use. Errors: KeyFileError, OSError."""
    path = data / "console-key"
    text = _read_or_make(path, lambda: keys.to_text(secrets.token_bytes(32)))
    if len(text) < 20:
        raise KeyFileError(f"{path}: too short to be an access key")
    return text


def write_private(path: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only."""
    write_private_bytes(path, text.encode())


def write_private_bytes(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _read_or_make(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        write_private(path, make() + "\n")
    return path.read_text("utf-8").strip()

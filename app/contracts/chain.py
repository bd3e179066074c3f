"""The evidence chain: each event is one signed line, and each line carries the hash of the one before.

The signature is the line's last attribute and covers the exact bytes before it, closed by `}`. What is hashed and what is
verified are therefore the bytes that travelled: no JSON canonicalisation, and unknown fields stay covered.
"""

import hashlib
from typing import TYPE_CHECKING

import msgspec

from app.contracts import keys
from app.contracts.events import Event
from app.contracts.problems import ContractError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_SIGNATURE = b',"signature":"'
MAX_LINE_BYTES = 256 * 1024


def seal(event: Event, private: "Ed25519PrivateKey") -> bytes:
    """The signed line of an event."""
    body = msgspec.json.encode(event)
    return body[:-1] + _SIGNATURE + keys.sign(private, body).encode() + b'"}'


def line_hash(line: bytes) -> str:
    """SHA-256 of a signed line, hex."""
    return hashlib.sha256(line).hexdigest()


def read(line: bytes) -> Event:
    """The envelope of a line, signature not checked.

    Errors: ContractError `event.malformed`, `event.too_large`.
    """
    if len(line) > MAX_LINE_BYTES:
        raise ContractError("event.too_large", str(len(line)))
    try:
        return msgspec.json.decode(line, type=Event)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError, RecursionError) as error:
        raise ContractError("event.malformed", str(error)) from error


def verify(line: bytes, public_key: str) -> None:
    """Errors: ContractError `event.signature_invalid`."""
    body, mark, tail = line.rpartition(_SIGNATURE)
    if not mark or not tail.endswith(b'"}') or not keys.verify(public_key, body + b"}", tail[:-2].decode("ascii", "replace")):
        raise ContractError("event.signature_invalid")

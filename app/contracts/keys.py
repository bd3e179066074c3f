"""Ed25519 keys and signatures (RFC 8032) as both sides write them: raw 32-byte keys and 64-byte signatures, base64url without padding."""

import base64
import binascii
import hashlib
from typing import TYPE_CHECKING

from app.contracts.problems import ContractError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def to_text(raw: bytes) -> str:
    """Bytes as base64url without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The inverse of `to_text`. Errors: ContractError `key.malformed`."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ContractError("key.malformed", str(error)) from error


def public_text(private: "Ed25519PrivateKey") -> str:
    """The public half of a key, as text."""
    return to_text(private.public_key().public_bytes_raw())


def device_id(public_key: str) -> str:
    """A device's name is its key's fingerprint: the first 26 base32 characters of SHA-256 (130 bits), lower case."""
    return base64.b32encode(hashlib.sha256(from_text(public_key)).digest()).decode()[:26].lower()


def sign(private: "Ed25519PrivateKey", message: bytes) -> str:
    return to_text(private.sign(message))


def verify(public_key: str, message: bytes, signature: str) -> bool:
    """Whether `signature` is `public_key`'s over `message`. Malformed keys or signatures are simply not valid."""
    # Imported where a signature is checked: the wizard's first page comes without.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(from_text(public_key)).verify(from_text(signature), message)
    except (InvalidSignature, ContractError, ValueError):
        return False
    return True

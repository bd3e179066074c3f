"""The device's own Ed25519 key: made once, kept in the keyring, the name of the device is its fingerprint."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import keys
from app.contracts.problems import ContractError
from app.services.secrets import Secrets

_NAME = "device-key"


def load(secrets: Secrets) -> Ed25519PrivateKey | None:
    """The key of this device, or None if there is none (yet, or any more)."""
    text = secrets.get(_NAME)
    if text is None:
        return None
    try:
        return Ed25519PrivateKey.from_private_bytes(keys.from_text(text))
    except (ContractError, ValueError):
        return None


def new() -> Ed25519PrivateKey:
    """A new key, in memory only until it is kept."""
    return Ed25519PrivateKey.generate()


def keep(secrets: Secrets, key: Ed25519PrivateKey) -> None:
    """Keep a key as well as this system can. Blocking."""
    secrets.set(_NAME, keys.to_text(key.private_bytes_raw()))

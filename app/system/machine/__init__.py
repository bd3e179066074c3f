"""What this PC says of itself to a program without rights."""

import hashlib


def hashed_id(raw: str) -> str:
    """The machine id as it may leave the PC: a keyed hash, as systemd asks (machine-id(5): never expose the id itself)."""
    return hashlib.blake2b(raw.strip().encode(), key=b"marhaba machine id", digest_size=16).hexdigest() if raw.strip() else ""

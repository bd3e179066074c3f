"""Which roots this service trusts: those of its own certificates, earlier ones that IT kept, and a time-stamping authority's."""

import re
from pathlib import Path

from app.backend.documents import pki, setup
from app.backend.documents.signatures import Trust
from app.backend.documents.signing_keys import PkiError

_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
EARLIER = Path("documents") / "trust"
"""Below the data directory: `*.pem` of roots that were replaced, so that what they signed can still be verified."""


def trust_of(data: Path) -> Trust:
    """Empty where `pki init` was never run and no earlier root is kept. Errors: PkiError, OSError."""
    roots: list[str] = []
    if pki.exists(data):
        folder = data / pki.FOLDER
        upper = pki.read_manifest(folder).upper
        roots += blocks(folder / upper[-1])[-1:] if upper else []
    if (data / EARLIER).is_dir():
        for path in sorted((data / EARLIER).glob("*.pem")):
            roots += blocks(path)
    stamps: list[str] = []
    configured = setup.read(data).time_stamp
    if configured is not None:
        stamps = blocks(data / configured.trust)
    return Trust(roots, stamps)


def blocks(path: Path) -> list[str]:
    """The certificates of a PEM file. Errors: PkiError, OSError."""
    from asn1crypto import pem, x509

    found = _BLOCK.findall(path.read_text("ascii", "replace"))
    try:
        for block in found:
            x509.Certificate.load(pem.unarmor(block.encode())[2]).subject.native  # noqa: B018  (decoded lazily: this is what reads it)
    except (ValueError, TypeError) as error:
        raise PkiError(f"{path}: not a certificate in PEM") from error
    if not found:
        raise PkiError(f"{path}: no certificate in PEM in it")
    return found

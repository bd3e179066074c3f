"""What one agent's addendum leaves on this PC: the offer and the document for reading offline, the certificate, a half-done act.

None of it is a secret; the key is in the keyring. Another agent on the same PC has another folder.
"""

import hashlib
import logging
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from app.contracts.addendum import AddendumOffer
from app.services.journeys import write_atomically
from app.services.secrets import Secrets
from app.services.signing_key import SigningKey

log = logging.getLogger(__name__)
T = TypeVar("T")


class HalfDone(msgspec.Struct):
    """An act that this PC signed and the backend did not acknowledge yet. The same signature is sent again, never a second one."""

    document_id: str
    template_version: str
    document_sha256: str
    transaction: str
    signature: str
    certificate: str


class AddendumFolder:
    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def of(cls, directory: Path, employee_id: str) -> "AddendumFolder":
        return cls(directory / hashlib.sha256(employee_id.encode()).hexdigest()[:16])

    def key(self, secrets: Secrets) -> SigningKey:
        return SigningKey(secrets, f"addendum-key {self.path.name}", self.path / "certificate.json")

    def offer(self) -> AddendumOffer | None:
        return self._read("offer.json", AddendumOffer)

    def keep_offer(self, offer: AddendumOffer) -> None:
        self._keep("offer.json", msgspec.json.encode(offer))

    def document(self, sha256: str) -> bytes | None:
        """The kept document, if it is the one of this hash."""
        try:
            data = self._document_file(sha256).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    def keep_document(self, sha256: str, data: bytes) -> None:
        self._keep(self._document_file(sha256).name, data)

    def _document_file(self, sha256: str) -> Path:
        # The name comes from the backend: it is made a plain one before it touches a path.
        return self.path / f"{''.join(c for c in sha256 if c in '0123456789abcdef')}.pdf"

    def half_done(self) -> HalfDone | None:
        return self._read("half-done.json", HalfDone)

    def begin(self, half: HalfDone) -> None:
        """Errors: OSError: then nothing was begun."""
        write_atomically(self.path / "half-done.json", msgspec.json.encode(half))

    def end(self) -> None:
        (self.path / "half-done.json").unlink(missing_ok=True)

    def _keep(self, name: str, data: bytes) -> None:
        try:
            write_atomically(self.path / name, data)
        except OSError as error:
            log.warning("%s is not kept for reading offline: %s", name, error)

    def _read(self, name: str, shape: type[T]) -> T | None:
        try:
            return msgspec.json.decode((self.path / name).read_bytes(), type=shape)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            log.warning("%s cannot be read: %s", name, error)
            return None


def kept(directory: Path, secrets: Secrets) -> list[dict[str, Any]]:
    """What stands on this PC, a folder each, for `marhaba doctor`. Reads only."""
    found = []
    for path in sorted(directory.iterdir()) if directory.is_dir() else []:
        folder = AddendumFolder(path)
        offer = folder.offer()
        facts: dict[str, Any] = {"state": offer.state if offer else "unknown", "half_done": folder.half_done() is not None}
        if offer is not None and offer.sha256:
            facts |= {"document_id": offer.document_id, "document_kept": folder.document(offer.sha256) is not None}
        facts["key"] = "present" if folder.key(secrets).has_key() else "none"
        found.append(facts)
    return found

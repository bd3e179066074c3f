"""The telework addendum behind its port: offered, read, confirmed by a code, signed on this device, kept by both sides. Pure.

AddendumError codes are those of `contracts.addendum.PROBLEMS` and, on this side of the line:
`addendum.document_unreadable` (not the bytes that were promised, or no PDF), `addendum.document_changed` (what came to be signed is not
what was shown), `addendum.certificate_refused` (a certificate that is not ours), `addendum.copy_differs` (the signed copy is not what
was signed), `addendum.not_paired` (no token: this PC must be paired first).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.core.errors import MarhabaError

if TYPE_CHECKING:
    from app.contracts.addendum import AddendumOffer, Appearance, CodeSent, ConsentGiven, Finished, Reading  # not at every start

Point = tuple[float, float]
Stroke = tuple[Point, ...]


class AddendumError(MarhabaError):
    code = "addendum.backend_refused"


@dataclass(frozen=True)
class Offered:
    """The offer, and whether it is what was kept from an earlier time because nobody answered now."""

    offer: "AddendumOffer"
    kept: bool = False


@dataclass(frozen=True)
class Act:
    """All a person did before « sign »: what was read and for how long, consent, the code, the signature as it is seen."""

    offer: "AddendumOffer"
    document: bytes
    """The very bytes that were shown."""
    reading: "Reading"
    consent: "ConsentGiven"
    code: str
    appearance: "Appearance"


@dataclass(frozen=True)
class Signed:
    """What the backend has of the act. `certificate` is the SHA-256 of the agent's certificate, or empty where it is not known here."""

    document_id: str
    template_version: str
    document_sha256: str
    """Of the unsigned document."""
    finished: "Finished"
    certificate: str = ""


@dataclass(frozen=True)
class Copies:
    """Both parties' copy and its audit record, as files."""

    signed_pdf: bytes
    audit_pdf: bytes
    """Empty while the backend has not made it."""
    audit_json: bytes


class Addenda(Protocol):
    """Every call is bounded in time and size and raises, besides what it says: BackendUnreachable, BackendRefused, AddendumError."""

    async def offer(self) -> Offered:
        """What is to be signed. Without a line, what was kept. Errors: BackendUnreachable if nothing was kept."""
        ...

    async def document(self, offer: "AddendumOffer") -> bytes:
        """The unsigned PDF, its hash and size checked; kept for reading without a line."""
        ...

    async def send_code(self, offer: "AddendumOffer") -> "CodeSent":
        """A one-time code goes to the agent's telephone or mailbox. The device's key and certificate are made ready meanwhile."""
        ...

    async def sign(self, act: Act) -> Signed:
        """Prepare, check, sign on the device, finish. The same act again is the same signature: never two.

        Errors: JournalUnwritable never; OSError if the half-done act cannot be kept (nothing was signed then).
        """
        ...

    async def resume(self) -> Signed | None:
        """Bring an act to its end that was signed here but not acknowledged (killed, or no line); None if there is none."""
        ...

    async def copies(self, signed: Signed, document: bytes) -> Copies:
        """The signed document and its audit record, checked against what was signed. Errors: AddendumError `addendum.copy_differs`."""
        ...

    def half_done(self) -> bool:
        """Whether `resume` has something to bring to its end. Reads a small file: call it off the loop."""
        ...

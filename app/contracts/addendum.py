"""The telework addendum as it travels: offered, confirmed by a one-time code, prepared, signed on the device, finished.

    GET  /v1/addendum                     AddendumOffer
    GET  /v1/addendum/{id}/document.pdf   the unsigned PDF, byte for byte what `AddendumOffer.sha256` names
    POST /v1/certificates                 CertificateRequest -> CertificateChain
    POST /v1/addendum/{id}/code           CodeSent
    POST /v1/addendum/{id}/prepare        PrepareRequest -> Prepared
    GET  /v1/addendum/{id}/prepared/{transaction}       what the device is about to sign
    POST /v1/addendum/{id}/finish         FinishRequest -> Finished
    GET  /v1/addendum/{id}/signed.pdf, audit.pdf, audit.json

All of them want the device's bearer token. Times are RFC 3339, UTC, by the server's clock unless said otherwise. Refusals are problems
(RFC 9457) with the codes of `PROBLEMS`.
"""

import hashlib
import re
from typing import Literal

import msgspec

from app.contracts.problems import ContractError

SCHEMA = 1
AddendumState = Literal["none", "offered", "signed_pending_time", "signed", "refused", "to_sign_again"]
"""`none`: this journey asks for no addendum. `signed_pending_time`: signed by the agent, the time stamp follows by itself.
`to_sign_again`: an earlier version is signed, a newer one asks for a new signature. `refused` leaves the door open to sign after all."""
ChannelKind = Literal["email", "sms", "console"]
MAX_STROKES, MAX_POINTS = 200, 4000
MAX_NAME = 120

PROBLEMS: dict[str, int] = {
    "addendum.not_offered": 404,  # no addendum for this agent, or another agent's
    "addendum.signing_not_set_up": 503,  # IT has not run `marhaba backend pki init`
    "addendum.document_failed": 503,  # it cannot be made: a company file, a clause or a name that no font has. The backend's log says why
    "addendum.no_channel": 409,  # neither e-mail nor telephone of this agent is known, or no sender is set up
    "addendum.code_not_sent": 503,  # the mail server or the SMS gateway did not take it: retry_after
    "addendum.rate_limited": 429,  # retry_after
    "addendum.code_wrong": 422,  # tries_left
    "addendum.code_expired": 422,  # also: none was asked for, or it was used
    "addendum.code_locked": 429,  # five wrong ones: ask for another, after retry_after
    "addendum.document_changed": 409,  # a newer document is offered: read it again
    "addendum.consent_changed": 409,
    "addendum.reading_incomplete": 422,
    "addendum.appearance_invalid": 422,
    "addendum.already_signed": 409,
    "addendum.transaction_unknown": 404,
    "addendum.transaction_expired": 410,  # prepare again, with a new code
    "addendum.signature_invalid": 422,
    "addendum.certificate_unknown": 422,  # not issued to this device: ask for one
    "addendum.certificate_revoked": 409,  # another PC took over, or IT revoked it
    "addendum.certificate_expired": 409,  # ask for a new one, of a new key
    "addendum.csr_invalid": 422,
    "addendum.not_signed": 404,  # no signed copy (yet)
}
"""Every refusal of these routes, with its HTTP status. `request.malformed`, `token.refused` and `backend.unavailable` besides."""


class Clause(msgspec.Struct):
    """One clause as text, for screen readers and for questions: the same words as in the PDF."""

    id: str
    title: dict[str, str]
    """By language: fr, ar."""
    text: dict[str, str]


class Consent(msgspec.Struct):
    version: str
    texts: dict[str, str]
    """By language: fr, ar, en. Shown beside the button that signs; what was shown is recorded."""


class Channel(msgspec.Struct):
    """Where the one-time code goes. `masked`: enough for its owner to recognise it (`i••••@example.ma`, `•• •• •• 42 17`)."""

    kind: ChannelKind
    masked: str


class TimeStamp(msgspec.Struct):
    """An RFC 3161 time-stamp token: the authority's serial number (decimal) and its time."""

    serial: str
    time: str
    authority: str = ""


class SignedSummary(msgspec.Struct, omit_defaults=True, kw_only=True):
    document_id: str
    template_version: str
    signed_at: str
    final_sha256: str = ""
    """Of signed.pdf. Empty while the time stamp is awaited."""
    revisions: int = 0
    """Signatures in it, the employer's seal included."""
    timestamp: TimeStamp | None = None
    signer: str = ""


class AddendumOffer(msgspec.Struct, omit_defaults=True, kw_only=True):
    schema: int = SCHEMA
    state: AddendumState
    document_id: str = ""
    template: str = ""
    template_version: str = ""
    sha256: str = ""
    """Of document.pdf, hex."""
    pages: int = 0
    size: int = 0
    """Bytes."""
    consent: Consent | None = None
    channel: Channel | None = None
    """None: no code can be sent to this agent, so nothing can be signed until IT adds an address."""
    clauses: list[Clause] = []
    signed: SignedSummary | None = None
    """The agent's signed addendum, also that of an earlier version (`to_sign_again`)."""


class CertificateRequest(msgspec.Struct):
    csr: str
    """PKCS#10 (RFC 2986), PEM, of an EC P-256 key made and kept on the device. Its subject is ignored."""


class CertificateChain(msgspec.Struct):
    """The agent's certificate first, then its issuers up to the root, PEM."""

    chain: list[str]
    sha256: str
    """Of the agent's certificate in DER, hex: how `PrepareRequest.certificate` names it."""
    not_after: str


class CodeSent(msgspec.Struct):
    channel: Channel
    expires_in_s: int
    tries_left: int
    resend_after_s: int


class PageRead(msgspec.Struct):
    page: int
    """1 is the first."""
    seconds: float


class Reading(msgspec.Struct):
    pages: list[PageRead]
    opened: str
    """Device time."""
    ended: str


class ConsentGiven(msgspec.Struct):
    version: str
    language: str


class Appearance(msgspec.Struct, omit_defaults=True):
    """The signature as it is seen. Drawn: strokes of points (x to the right, y down, 0..1 of the pad). Typed: the name."""

    kind: Literal["drawn", "typed"]
    language: str
    strokes: list[list[tuple[float, float]]] = []
    name: str = ""
    aspect: float = 2.5
    """Width of the pad over its height."""


class DeviceFacts(msgspec.Struct, omit_defaults=True):
    os: str = ""
    app_version: str = ""
    time: str = ""
    """The device's clock when the button was pressed."""
    time_zone: str = ""


class PrepareRequest(msgspec.Struct, omit_defaults=True, kw_only=True):
    """`idempotency_key`: a new one (16 to 64 characters) a press of the button. The same one again gives the same answer, without
    using up another code."""

    code: str
    idempotency_key: str
    document_sha256: str
    """What was shown: `addendum.document_changed` if another is offered by now."""
    reading: Reading
    consent: ConsentGiven
    appearance: Appearance
    certificate: str
    """SHA-256 of the agent's certificate, hex."""
    device: DeviceFacts = msgspec.field(default_factory=DeviceFacts)


class Prepared(msgspec.Struct):
    transaction: str
    signed_attributes: str
    """CMS SignedAttributes (RFC 5652 section 5.4), DER with the SET OF tag, base64: sign exactly these bytes with ECDSA and SHA-256."""
    document_sha256: str
    """Of the unsigned document that this signature covers."""
    prepared_digest: str
    """SHA-256 (hex) over the ByteRange of the prepared PDF: it is the messageDigest inside `signed_attributes`."""
    expires_in_s: int


class FinishRequest(msgspec.Struct):
    transaction: str
    signature: str
    """ECDSA, DER (RFC 3279 section 2.2.3), base64."""


class Finished(msgspec.Struct, omit_defaults=True, kw_only=True):
    state: AddendumState
    final_sha256: str = ""
    revisions: int = 0
    signed_at: str
    timestamp: TimeStamp | None = None


_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


def check_prepared(prepared: bytes, shown: bytes, attributes: bytes) -> None:
    """That what is about to be signed is what was shown, checked on the device before its key is used.

    `prepared` must be `shown` with one revision appended, its ByteRange must cover everything but the signature's own place (PDF
    32000-1 section 12.8.1), and the digest over it must be the one in the signed attributes.

    Errors: ContractError `addendum.document_changed`.
    """
    if not prepared.startswith(shown):
        raise ContractError("addendum.document_changed", "the document is not the one that was shown")
    found = _BYTE_RANGE.findall(prepared, len(shown))
    if len(found) != 1:
        raise ContractError("addendum.document_changed", f"{len(found)} signatures are prepared")
    start, first, second, rest = (int(number) for number in found[0])
    if start != 0 or not len(shown) <= first < second or second + rest != len(prepared):
        raise ContractError("addendum.document_changed", "the signature would not cover the whole document")
    if prepared[first : first + 1] != b"<" or prepared[second - 1 : second] != b">" or prepared[first + 1 : second - 1].strip(b"0"):
        raise ContractError("addendum.document_changed", "the signature's place is not empty")
    digest = hashlib.sha256(prepared[:first] + prepared[second:]).digest()
    if attributes.count(b"\x04\x20" + digest) != 1:
        raise ContractError("addendum.document_changed", "the attributes name another document")

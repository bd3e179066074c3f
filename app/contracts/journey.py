"""Journeys: which steps an activity asks for, in which order, with which limits. Data signed by IT, never hard-coded."""

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from app.contracts import keys
from app.contracts.problems import ContractError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class JourneyStep(msgspec.Struct, omit_defaults=True):
    id: str
    limits: dict[str, Any] = {}
    """Limits by name with the unit in it, as the step's docstring lists them."""


class ContentRef(msgspec.Struct):
    """The pack of texts (guidelines, quiz, advice) that counts, bound by its hash."""

    version: str
    sha256: str


class Journey(msgspec.Struct, omit_defaults=True, kw_only=True):
    schema: int = 1
    id: str
    version: int
    title: dict[str, str]
    """Language to words."""
    steps: list[JourneyStep]
    content: ContentRef | None = None
    helpdesk_phone: str = ""
    certificate_days: int = 90

    def limits(self, step: str) -> dict[str, Any]:
        return next((s.limits for s in self.steps if s.id == step), {})


class SignedDocument(msgspec.Struct):
    """A document's exact text and the Ed25519 signature over its UTF-8 bytes."""

    payload: str
    signature: str
    key: str
    """Fingerprint of the signing key (`keys.device_id` form); a hint, never trusted by itself."""


def sign_document(payload: str, private: "Ed25519PrivateKey") -> SignedDocument:
    return SignedDocument(payload, keys.sign(private, payload.encode()), keys.device_id(keys.public_text(private)))


def decode_journey(payload: str) -> Journey:
    """Errors: ContractError `journey.malformed`, `journey.schema_unknown`."""
    try:
        journey = msgspec.json.decode(payload, type=Journey)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ContractError("journey.malformed", str(error)) from error
    if journey.schema != 1:
        raise ContractError("journey.schema_unknown", str(journey.schema))
    ids = [step.id for step in journey.steps]
    if not ids or len(set(ids)) != len(ids):
        raise ContractError("journey.malformed", "steps are missing or repeated")
    return journey


def open_journey(document: SignedDocument, trusted_key: str) -> Journey:
    """The journey of a signed document, signature first.

    Errors: ContractError `journey.signature_invalid`, `journey.malformed`, `journey.schema_unknown`.
    """
    if not trusted_key or not keys.verify(trusted_key, document.payload.encode(), document.signature):
        raise ContractError("journey.signature_invalid", document.key)
    return decode_journey(document.payload)


def payload_hash(payload: str) -> str:
    return hashlib.sha256(payload.encode()).hexdigest()

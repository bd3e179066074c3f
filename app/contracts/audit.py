"""The audit record of a signed addendum: what proves who signed what, when, how and where. `GET /v1/addendum/{id}/audit.json`."""

import hashlib
from typing import Any, Literal

import msgspec

from app.contracts.addendum import PageRead, TimeStamp

LEVEL = "simple"
"""Under law 43-20: a simple electronic signature with a company certificate. Qualified is not claimed."""


class CertificateFacts(msgspec.Struct, omit_defaults=True):
    subject: str
    serial: str
    """Hex, as `openssl x509 -serial` prints it."""
    sha256: str
    """Of the DER, hex."""
    issuer: str
    not_before: str
    not_after: str
    subject_serial: str = ""
    """The subject's serialNumber attribute: the employee id."""


class Revision(msgspec.Struct, omit_defaults=True):
    """The file as it stood: `offered` (unsigned), `agent` (signed by the agent), `employer` (sealed, the final one)."""

    what: Literal["offered", "agent", "employer"]
    sha256: str
    size: int
    at: str
    timestamp: TimeStamp | None = None


class ReadingFacts(msgspec.Struct):
    opened: str
    ended: str
    pages: list[PageRead]
    total_s: float


class DeviceRecord(msgspec.Struct, omit_defaults=True):
    device_id: str
    os: str = ""
    app_version: str = ""
    host_name: str = ""
    address: str = ""
    """The IP address the request came from, as the server saw it."""
    user_agent: str = ""
    time: str = ""
    time_zone: str = ""


class LogEntry(msgspec.Struct, omit_defaults=True):
    """One act. `hash` is SHA-256 over the previous hash and this entry without its hash (`entry_hash`)."""

    number: int
    at: str
    what: str
    facts: dict[str, Any] = {}
    hash: str = ""


class AuditRecord(msgspec.Struct, omit_defaults=True, kw_only=True):
    schema: int = 1
    document_id: str
    template: str
    template_version: str
    company: str
    employee_id: str
    name: str
    level: str = LEVEL
    signed_at: str
    revisions: list[Revision]
    reading: ReadingFacts
    consent_version: str
    consent_language: str
    consent_text: str
    appearance: str
    """drawn or typed."""
    channel_kind: str
    channel_masked: str
    code_sent_at: str
    code_confirmed_at: str
    agent_certificate: CertificateFacts
    seal_certificate: CertificateFacts
    timestamp: TimeStamp
    device: DeviceRecord
    event_chain_head: str = ""
    """SHA-256 of the device's last reported event when the document was signed: ties it to the wizard's own chain."""
    event_chain_sequence: int = 0
    log: list[LogEntry]
    log_head: str
    """Hash of the last entry of `log`."""


def entry_hash(previous: str, entry: LogEntry) -> str:
    """Hex. `previous` is the hash of the entry before, 64 zeros for the first."""
    bare = msgspec.structs.replace(entry, hash="")
    return hashlib.sha256(previous.encode() + msgspec.json.encode(bare, order="sorted")).hexdigest()


def log_holds(log: list[LogEntry]) -> bool:
    """Whether a log is whole: numbered from 1 without gaps, each entry chained to the one before."""
    previous = "0" * 64
    for number, entry in enumerate(log, start=1):
        if entry.number != number or entry.hash != entry_hash(previous, entry):
            return False
        previous = entry.hash
    return True

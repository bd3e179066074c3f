"""The signatures of a PDF, by pyHanko: integrity, chain, revocation from the file's own data, time stamps, and what came after them.

`pdfsig` and openssl call a signature good although a later revision drew over the page (measured): only the difference analysis and the
DocMDP permission (PDF 32000-1 section 12.8.2.2) see that, so both are always run.
"""

import asyncio
import contextlib
import io
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.backend import clock
from app.backend.documents.fields import AGENT_FIELD, EMPLOYER_FIELD, PROOF_FIELD
from app.backend.documents.inspection import about, described
from app.backend.documents.verdict_words import finding
from app.contracts.addendum import TimeStamp
from app.contracts.verdict import Finding, Kind, Role, SignerFound

if TYPE_CHECKING:
    from asn1crypto import x509
    from pyhanko.sign.validation import EmbeddedPdfSignature
    from pyhanko_certvalidator import ValidationContext

ROLES: dict[Kind, dict[str, Role]] = {
    "addendum": {AGENT_FIELD: "agent", EMPLOYER_FIELD: "employer"},
    "proof": {PROOF_FIELD: "employer"},
}
_AHEAD = timedelta(minutes=10)  # a reader's clock may be this far behind


@dataclass(frozen=True)
class Trust:
    """Certificates that are trusted, PEM, and no others."""

    roots: list[str]
    stamps: list[str] = field(default_factory=list)
    """Of a time-stamping authority that is not the company's own: trusted for time stamps, never for signatures."""


@dataclass
class Read:
    findings: list[Finding] = field(default_factory=list)
    signers: list[SignerFound] = field(default_factory=list)
    signatures: int = 0
    revisions: int = 0
    kind: Kind = "addendum"
    about: dict[str, str] = field(default_factory=dict)
    """What the revision that was signed first says it is (`inspection.about`)."""
    covered: int = 0
    """Bytes up to which the last signature covers the file."""


def read_signatures(pdf: bytes, trust: Trust, now: datetime) -> Read:
    """Never raises for what is in the file."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    read = Read()
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        read.revisions = reader.xrefs.total_revisions
        embedded = list(reader.embedded_signatures)
    except Exception as error:  # a hostile file raises what it likes
        read.findings.append(finding("file.unreadable", type(error).__name__))
        return read
    signed = [one for one in embedded if one.sig_object_type != "/DocTimeStamp"]
    read.signatures = len(signed)
    if not signed:
        read.findings.append(finding("signature.none"))
        return read
    context = _Evidence(reader, trust)
    first = _covered(signed[0], len(pdf))
    read.about = about(pdf[:first])  # what was there when it was signed, not what somebody wrote later
    if "audit" in read.about:
        read.kind = "proof"
        read.findings.append(finding("document.proof"))
    stamps = [one for one in embedded if one.sig_object_type == "/DocTimeStamp" and _archival(one, context, read)]
    read.covered = max(_covered(one, len(pdf)) for one in (*signed, *stamps))
    if pdf[read.covered :].strip(b"\r\n") and not stamps:
        # The difference analysis lets validation data pass. Ours stand before the seal, so nothing follows it, until an archival time stamp
        # (PAdES B-LTA) does with its own data: what follows without one was added by nobody one could name.
        read.findings.append(finding("document.appended", f"{len(pdf) - read.covered} bytes"))
    if described(pdf[:first]) != described(pdf):
        # The difference analysis lets a title or keywords pass: nobody sees them on the page, but they name the person.
        read.findings.append(finding("document.altered", "document information"))
    if not context.proves:
        read.findings.append(finding("revocation.missing"))
    for number, one in enumerate(signed, start=1):
        _judge(one, number == len(signed), context, read, now)
    _roles(read)
    return read


class _Evidence:
    """Validation contexts for a moment, with the revocation data the file itself carries (its DSS; PAdES B-LT)."""

    def __init__(self, reader: Any, trust: Trust) -> None:
        from pyhanko.sign.validation.dss import DocumentSecurityStore

        self._roots = [_certificate(root) for root in trust.roots]
        self._stamps = [_certificate(root) for root in trust.stamps]
        self._store: Any = None
        with contextlib.suppress(Exception):  # none, or a broken one, which proves nothing either
            self._store = DocumentSecurityStore.read_dss(reader)

    @property
    def proves(self) -> bool:
        """Whether there is any revocation data at all."""
        return self._store is not None and bool(self._store.crls or self._store.ocsps)

    def at(self, moment: datetime, *, stamps: bool = False) -> "ValidationContext":
        from pyhanko_certvalidator import ValidationContext

        settings: dict[str, Any] = {
            "trust_roots": [*self._roots, *self._stamps] if stamps else self._roots,
            "allow_fetching": False,
            # Without any data every chain would fail alike; that they are missing is a finding of its own.
            "revocation_mode": "require" if self.proves else "soft-fail",
            "moment": moment,
            "time_tolerance": timedelta(minutes=5),
        }
        if self._store is not None:
            context: ValidationContext = self._store.as_validation_context(settings)
            return context
        return ValidationContext(**settings)


def _archival(one: "EmbeddedPdfSignature", evidence: _Evidence, read: Read) -> bool:
    """Whether a document time stamp (PAdES B-LTA) is good; one that is not is a finding."""
    from pyhanko.sign.validation import async_validate_pdf_timestamp

    name = str(one.field_name)
    try:
        moment = one.signed_data["encap_content_info"]["content"].parsed["gen_time"].native.astimezone(UTC)
        status = asyncio.run(async_validate_pdf_timestamp(one, evidence.at(moment, stamps=True)))
    except Exception as error:  # as for signatures: whatever it was, it proves nothing
        read.findings.append(finding("timestamp.invalid", f"{name}: {type(error).__name__}"))
        return False
    if not (status.intact and status.valid and status.trusted):
        read.findings.append(finding("timestamp.invalid", name))
        return False
    return True


def _judge(one: "EmbeddedPdfSignature", last: bool, evidence: _Evidence, read: Read, now: datetime) -> None:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    name = str(one.field_name)
    found = SignerFound(role=ROLES[read.kind].get(name, "other"))
    read.signers.append(found)
    stamp = _stamp(one)
    try:
        _describe(found, one.signer_cert)
        claimed = one.self_reported_timestamp
        moment = stamp[1] if stamp else (claimed or now)
        status = asyncio.run(async_validate_pdf_signature(one, evidence.at(moment), evidence.at(moment, stamps=True)))
    except Exception as error:  # pyHanko raises many kinds for a hostile signature; none of them proves anything
        read.findings.append(finding("signature.invalid", f"{name}: {type(error).__name__}"))
        return
    found.intact = bool(status.intact and status.valid)
    found.trusted = bool(status.trusted)
    found.time = clock.text(moment) if stamp or claimed else ""
    if not found.intact:
        read.findings.append(finding("signature.invalid", name))
        return
    if not found.trusted:
        read.findings.append(finding(_distrust(status), name))
    _judge_stamp(found, stamp, status, name, read, now)
    if status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        read.findings.append(finding("document.altered", f"{name}: covers only part of its revision"))
    allowed = ModificationLevel.LTA_UPDATES if last else ModificationLevel.FORM_FILLING
    if status.modification_level is None or status.modification_level > allowed or not status.docmdp_ok:
        read.findings.append(finding("document.altered", name))
    elif last and status.modification_level is ModificationLevel.LTA_UPDATES:
        read.findings.append(finding("document.extended"))
    if found.role == "agent" and one.docmdp_level is None:
        read.findings.append(finding("document.not_certified", name))


def _judge_stamp(found: SignerFound, stamp: "tuple[TimeStamp, datetime] | None", status: Any, name: str, read: Read, now: datetime) -> None:
    if stamp is None:
        read.findings.append(finding("timestamp.missing", name))
        return
    validity = status.timestamp_validity
    if validity is None or not (validity.intact and validity.valid):
        read.findings.append(finding("timestamp.invalid", name))
        return
    if not validity.trusted:
        code = _distrust(validity)
        read.findings.append(finding("timestamp.invalid" if code == "signature.untrusted" else code, f"{name} (time stamp)"))
        return
    found.timestamp = stamp[0]
    found.timestamp.authority = str(validity.signing_cert.subject.native.get("common_name", ""))[:200]
    if stamp[1] > now + _AHEAD:
        read.findings.append(finding("timestamp.future", f"{name}: {found.time}"))
    if validity.signing_cert.not_valid_after < now:
        read.findings.append(finding("timestamp.aged", name))


def _distrust(status: Any) -> str:
    """Why a chain was not accepted (AdES sub-indications, ETSI EN 319 102-1 section 5.1.3)."""
    reason = status.trust_problem_indic
    name = getattr(reason, "name", "") if reason is not None else ""
    if status.revoked or name.startswith("REVOKED"):
        return "signature.revoked"
    if name in ("OUT_OF_BOUNDS_NO_POE", "OUT_OF_BOUNDS_NOT_REVOKED", "EXPIRED", "NOT_YET_VALID"):
        return "signature.expired"
    if name in ("TRY_LATER", "REVOCATION_OUT_OF_BOUNDS_NO_POE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"):
        return "revocation.missing"
    return "signature.untrusted"


def _roles(read: Read) -> None:
    by_role = {role: [one for one in read.signers if one.role == role] for role in ("agent", "employer", "other")}
    if by_role["other"]:
        read.findings.append(finding("signature.unexpected", str(len(by_role["other"]))))
    if not by_role["agent"] and read.kind == "addendum":
        read.findings.append(finding("agent.missing"))
    if not by_role["employer"]:
        read.findings.append(finding("seal.missing"))
    elif any(one.serial_number for one in by_role["employer"]):
        read.findings.append(finding("seal.not_company"))
    order = [one.role for one in read.signers if one.role != "other"]
    if order not in (["agent", "employer"], ["agent"], ["employer"], []):
        read.findings.append(finding("document.altered", " ".join(order)))


def _describe(found: SignerFound, certificate: "x509.Certificate") -> None:
    subject = certificate.subject.native
    found.name = str(subject.get("common_name", ""))[:200]
    found.serial_number = str(subject.get("serial_number", ""))[:64]
    found.organisation = str(subject.get("organization_name", ""))[:200]
    found.certificate_sha256 = certificate.sha256.hex()
    found.issuer = str(certificate.issuer.native.get("common_name", ""))[:200]


def _stamp(one: "EmbeddedPdfSignature") -> tuple[TimeStamp, datetime] | None:
    """The signature's time stamp as it says of itself; whether it holds is judged elsewhere."""
    try:
        tokens = [a["values"] for a in one.signer_info["unsigned_attrs"] if a["type"].native == "signature_time_stamp_token"]
        if not tokens:
            return None
        data = tokens[0][0]["content"]
        info = data["encap_content_info"]["content"].parsed
        moment = info["gen_time"].native.astimezone(UTC)
        return TimeStamp(str(info["serial_number"].native), clock.text(moment)), moment
    except Exception:  # malformed: as good as none
        return None


def _covered(one: "EmbeddedPdfSignature", size: int) -> int:
    try:
        ranges = [int(number) for number in one.byte_range]
    except (ValueError, TypeError):
        return 0
    return ranges[2] + ranges[3] if len(ranges) == 4 and 0 <= ranges[2] <= ranges[2] + ranges[3] <= size else 0


def _certificate(text: str) -> "x509.Certificate":
    from asn1crypto import pem, x509

    return x509.Certificate.load(pem.unarmor(text.encode())[2])

"""The verdict on a signed addendum: genuine, complete, unaltered, and by whom it was signed.

`verify` looks at the file alone; `with_known` adds what only the employer can know: the final file's hash and its number of signatures,
without which a return to an earlier revision is invisible to any verifier (PDF 32000-1 section 12.8.1: every revision is a whole file).
Both are pure. Hostile files may make parsers loop or fill the memory: outside of tests call `verifier.Verifier`, which bounds both.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from app.backend.documents import verdict_words
from app.backend.documents.inspection import about, inspect
from app.backend.documents.signatures import Trust, read_signatures
from app.backend.documents.verdict_words import MEANINGS, finding
from app.contracts.verdict import Finding, SignerFound, Verdict

_EXPECTED = 2
"""Signatures of a whole addendum: the agent's and the employer's."""


@dataclass(frozen=True)
class Known:
    """What the employer keeps of a finished addendum."""

    sha256: str
    signatures: int = _EXPECTED
    employee_id: str = ""


def verify(pdf: bytes, trust: Trust, *, known: Known | None = None, employee_id: str | None = None, now: datetime | None = None) -> Verdict:
    """`employee_id`: who must have signed; without it, whom the document itself names."""
    seen = inspect(pdf)
    found = list(seen.findings)
    shape = {"sha256": hashlib.sha256(pdf).hexdigest(), "size": len(pdf)}
    if not seen.readable:
        return _verdict(found, [], **shape)
    read = read_signatures(pdf[: seen.end], trust, now or datetime.now(UTC))
    found += read.findings
    said = read.about if read.signatures else about(pdf[: seen.end])
    for expected in {employee_id or "", said.get("employee", "")} - {""}:
        found += [_mismatch(one, expected) for one in read.signers if one.role == "agent" and one.serial_number != expected]
    after = max(0, len(pdf) - read.covered) if read.signatures else 0
    verdict = _verdict(
        found,
        read.signers,
        signatures=read.signatures,
        revisions=read.revisions,
        appended=after,
        template=said.get("template", ""),
        employee_id=said.get("employee", ""),
        reference=said.get("audit", said.get("reference", "")),
        kind=read.kind,
        **shape,
    )
    return with_known(verdict, known) if known is not None else verdict


def with_known(verdict: Verdict, known: Known) -> Verdict:
    """The verdict again, with what the employer keeps."""
    found = list(verdict.findings)
    same = verdict.sha256 == known.sha256
    if not same and verdict.signatures < known.signatures and verdict.unaltered:
        found.append(finding("document.rolled_back", f"{verdict.signatures} < {known.signatures}"))
    elif not same:
        found.append(finding("document.unknown_version"))
    if known.employee_id:
        found += [
            _mismatch(one, known.employee_id) for one in verdict.signers if one.role == "agent" and one.serial_number != known.employee_id
        ]
    fields = {
        name: getattr(verdict, name) for name in ("kind", "signatures", "revisions", "appended", "employee_id", "reference", "template")
    }
    return _verdict(found, verdict.signers, known=same, sha256=verdict.sha256, size=verdict.size, **fields)


def with_note(verdict: Verdict, code: str) -> Verdict:
    """The verdict with one more remark that breaks nothing."""
    verdict.findings = verdict_words.in_order([*verdict.findings, finding(code)])
    return verdict


def stopped(pdf_size: int, sha256: str, code: str) -> Verdict:
    """The verdict on a file that was not looked at to the end."""
    return _verdict([finding(code)], [], size=pdf_size, sha256=sha256)


def _mismatch(one: SignerFound, expected: str) -> Finding:
    return finding("person.mismatch", f"{one.serial_number or '-'} ≠ {expected}")


def _verdict(found: list[Finding], signers: list[SignerFound], **more: object) -> Verdict:
    findings = verdict_words.in_order(one for one in found if one.code != "document.sound")
    broken = {part for one in findings for part in MEANINGS[one.code].breaks}
    code = next((one.code for one in findings if MEANINGS[one.code].breaks), "document.sound")
    if code == "document.sound":
        findings = [finding(code), *findings]
    return Verdict(
        code=code,
        genuine="genuine" not in broken,
        complete="complete" not in broken,
        unaltered="unaltered" not in broken,
        level_words=verdict_words.LEVEL,
        summary=verdict_words.words(code),
        signers=signers,
        findings=findings,
        **more,  # type: ignore[arg-type]
    )

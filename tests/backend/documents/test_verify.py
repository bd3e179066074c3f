"""The tamper table: what was done to a signed addendum, and what the verdict says."""

import hashlib
import random
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from app.backend.documents import fields, verdict_words
from app.backend.documents.verify import Known, verify, with_known
from app.contracts.verdict import MAX_BYTES, Verdict
from tests.backend.documents import tampering
from tests.backend.documents.signed import Company, Sample, offered, sample, sign


@pytest.fixture(scope="module")
def good() -> Sample:
    return sample()


def judged(pdf: bytes, good: Sample, **more: object) -> Verdict:
    return verify(pdf, good.company.trust, **more)  # type: ignore[arg-type]


def flags(verdict: Verdict) -> tuple[bool, bool, bool]:
    return verdict.genuine, verdict.complete, verdict.unaltered


def test_a_whole_addendum_is_genuine_complete_and_unaltered(good: Sample) -> None:
    verdict = judged(good.final, good, employee_id="20417")
    assert verdict.code == "document.sound"
    assert verdict.sound
    assert (verdict.signatures, verdict.employee_id, verdict.reference) == (2, "20417", "AV-2026-000417")
    agent, employer = verdict.signers
    assert (agent.role, agent.name, agent.serial_number) == ("agent", "Imane Benali", "20417")
    assert (employer.role, employer.name, employer.serial_number) == ("employer", "Atlas Contact S.A.", "")
    for signer in verdict.signers:
        assert signer.timestamp is not None
        assert signer.timestamp.authority == "Atlas Contact S.A. Time Stamping"
        assert signer.time == signer.timestamp.time
        assert signer.intact
        assert signer.trusted
    assert verdict.level == "simple"
    assert "43-20" in verdict.level_words["fr"]
    assert verdict.sha256 == hashlib.sha256(good.final).hexdigest()


def test_the_final_hash_and_the_number_of_signatures_are_compared(good: Sample) -> None:
    known = Known(hashlib.sha256(good.final).hexdigest(), 2, "20417")
    assert judged(good.final, good, known=known).known
    rolled = judged(good.agent_signed, good, known=known)
    assert (rolled.code, flags(rolled)) == ("document.rolled_back", (True, False, True))
    other = with_known(judged(good.final, good), Known("0" * 64, 2))
    assert (other.code, flags(other)) == ("document.unknown_version", (True, True, False))


def test_without_what_the_employer_keeps_an_earlier_stage_is_still_not_complete(good: Sample) -> None:
    verdict = judged(good.agent_signed, good)
    assert (verdict.code, flags(verdict)) == ("seal.missing", (True, False, True))
    unsigned = judged(good.offered, good)
    assert (unsigned.code, flags(unsigned)) == ("signature.none", (False, False, True))


@pytest.mark.parametrize("change", [tampering.overlay, tampering.annotation, tampering.moved_signature, tampering.metadata])
def test_what_is_added_in_a_later_revision_is_seen(good: Sample, change: object) -> None:
    verdict = judged(tampering.revision(good.final, change), good)  # type: ignore[arg-type]
    assert not verdict.unaltered
    assert "document.altered" in [one.code for one in verdict.findings]
    assert all(one.intact for one in verdict.signers), "the signatures themselves still hold: only the difference shows it"
    assert verdict.appended > 0


@pytest.mark.parametrize("change", [tampering.script, tampering.attachment])
def test_what_acts_is_seen_even_before_the_signatures(good: Sample, change: object) -> None:
    verdict = judged(tampering.revision(good.final, change), good)  # type: ignore[arg-type]
    assert (verdict.code, verdict.unaltered) == ("file.active_content", False)
    planted = tampering.revision(good.offered, change)  # type: ignore[arg-type]
    signed = sign(
        sign(planted, good.agent, good.company, fields.AGENT_FIELD, certify=True), good.company.seal, good.company, fields.EMPLOYER_FIELD
    )
    assert judged(signed, good).code == "file.active_content"


@pytest.mark.parametrize("tail", [b"% hello\n", b"\0" * 4096, b"PK\x03\x04 a ZIP archive", b"%%EOF and more"])
def test_bytes_after_the_end_are_seen(good: Sample, tail: bytes) -> None:
    verdict = judged(good.final + tail, good)
    assert not verdict.unaltered
    assert verdict.code in ("document.appended", "file.truncated", "file.unreadable")


def test_an_ends_line_break_is_nothing(good: Sample) -> None:
    assert judged(good.final + b"\r\n", good).sound
    assert not judged(good.final.rstrip(b"\r\n"), good).sound, "that one was signed"


def test_a_changed_byte_of_the_contents_is_seen(good: Sample) -> None:
    in_a_stream = good.final.index(b"stream\n", 2000) + 60
    verdict = judged(tampering.flipped(good.final, in_a_stream), good)
    assert (verdict.code, flags(verdict)) == ("signature.invalid", (False, True, False))
    assert not any(one.intact for one in verdict.signers)


def test_a_changed_byte_of_a_signature_is_seen(good: Sample) -> None:
    found = re.search(rb"/ByteRange\s*\[\s*0\s+(\d+)", good.final)
    assert found is not None
    at = int(found.group(1)) + 200
    changed = bytearray(good.final)
    changed[at] = ord("1") if changed[at] != ord("1") else ord("2")
    verdict = judged(bytes(changed), good)
    assert not verdict.genuine or not verdict.unaltered


def test_no_flipped_byte_anywhere_passes(good: Sample) -> None:
    """Every 50021st byte. Unused hex digits behind a signature, and data that only prove validity, may change without harm to either."""
    for at in range(11, len(good.final), 50021):
        verdict = judged(tampering.flipped(good.final, at), good, known=Known(hashlib.sha256(good.final).hexdigest()))
        assert not verdict.sound, at


def test_a_foreign_signature_is_no_signature_of_the_company(good: Sample) -> None:
    foreign = Company()  # the same names, other keys
    signed = sign(offered(), foreign.agent(), foreign, fields.AGENT_FIELD, certify=True)
    whole = sign(signed, foreign.seal, foreign, fields.EMPLOYER_FIELD)
    verdict = judged(whole, good)
    assert (verdict.code, verdict.genuine) == ("signature.untrusted", False)
    assert verify(whole, foreign.trust).sound


def test_only_the_seal_being_foreign_is_enough(good: Sample) -> None:
    foreign = Company()
    verdict = judged(sign(good.agent_signed, foreign.seal, foreign, fields.EMPLOYER_FIELD), good)
    assert (verdict.code, verdict.genuine) == ("signature.untrusted", False)
    assert [one.trusted for one in verdict.signers] == [True, False]


def test_the_wrong_person(good: Sample) -> None:
    other = good.company.agent("20533", "Sara Alami")
    signed = sign(
        sign(offered(), other, good.company, fields.AGENT_FIELD, certify=True), good.company.seal, good.company, fields.EMPLOYER_FIELD
    )
    verdict = judged(signed, good)
    assert (verdict.code, flags(verdict)) == ("person.mismatch", (False, True, True))
    assert judged(good.final, good, employee_id="20533").code == "person.mismatch"
    assert judged(good.final, good, known=Known(hashlib.sha256(good.final).hexdigest(), 2, "20533")).code == "person.mismatch"


def test_an_agent_cannot_seal_for_the_employer(good: Sample) -> None:
    verdict = judged(sign(good.agent_signed, good.agent, good.company, fields.EMPLOYER_FIELD), good)
    assert (verdict.code, verdict.genuine) == ("seal.not_company", False)


def test_a_third_signature_is_one_too_many(good: Sample) -> None:
    verdict = judged(sign(good.final, good.company.agent("1", "Another"), good.company, "Extra"), good)
    assert verdict.signatures == 3
    assert not verdict.unaltered
    assert "signature.unexpected" in [one.code for one in verdict.findings]


def test_a_certificate_that_was_revoked_before_signing(good: Sample) -> None:
    company = Company()
    leaver = company.agent()
    half = sign(offered(), leaver, company, fields.AGENT_FIELD, certify=True, material=False)
    company.revoke(leaver)
    verdict = verify(sign(half, company.seal, company, fields.EMPLOYER_FIELD), company.trust)
    assert not verdict.genuine
    assert "signature.revoked" in [one.code for one in verdict.findings]


def test_proof_of_validity_must_be_in_the_file(good: Sample) -> None:
    bare = sign(
        sign(offered(), good.agent, good.company, fields.AGENT_FIELD, certify=True, material=False),
        good.company.seal,
        good.company,
        fields.EMPLOYER_FIELD,
        material=False,
    )
    verdict = judged(bare, good)
    assert (verdict.code, verdict.complete) == ("revocation.missing", False)


def test_a_time_stamp_must_be_in_the_file(good: Sample) -> None:
    without = sign(
        sign(offered(), good.agent, good.company, fields.AGENT_FIELD, certify=True, stamp=False),
        good.company.seal,
        good.company,
        fields.EMPLOYER_FIELD,
    )
    verdict = judged(without, good)
    assert (verdict.code, flags(verdict)) == ("timestamp.missing", (True, False, True))


def test_a_time_stamp_of_tomorrow_is_a_wrong_clock(good: Sample) -> None:
    verdict = judged(good.final, good, now=datetime.now(UTC) - timedelta(days=1))
    assert (verdict.code, verdict.genuine) == ("timestamp.future", False)


def test_years_later_it_still_holds(good: Sample) -> None:
    """The agent's certificate lasts a year: the time stamp proves that it was used within it."""
    verdict = judged(good.final, good, now=datetime.now(UTC) + timedelta(days=3 * 365))
    assert verdict.sound, verdict.findings
    late = judged(good.final, good, now=datetime.now(UTC) + timedelta(days=6 * 365))
    assert late.sound
    assert "timestamp.aged" in [one.code for one in late.findings]


def test_an_archival_time_stamp_covers_what_it_added(good: Sample) -> None:
    whole = sign(good.agent_signed, good.company.seal, good.company, fields.EMPLOYER_FIELD, material=False, archival=True)
    verdict = judged(whole, good)
    assert verdict.sound, verdict.findings
    assert [one.code for one in verdict.findings] == ["document.sound", "document.extended"]
    assert verdict.signatures == 2
    # Validation data without one: nobody answers for them.
    added = judged(tampering.revision(good.final, tampering.validation_data), good)
    assert flags(added) == (True, True, False)
    assert [one.code for one in added.findings if one.tone == "bad"] == ["document.appended"]
    foreign = Company()
    third = judged(sign(good.final, foreign.seal, foreign, "Stamp", material=False, archival=True), good)
    assert not third.genuine


def test_an_agents_signature_that_does_not_lock_the_document(good: Sample) -> None:
    loose = sign(sign(offered(), good.agent, good.company, fields.AGENT_FIELD), good.company.seal, good.company, fields.EMPLOYER_FIELD)
    assert judged(loose, good).code == "document.not_certified"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file.not_pdf"),
        (b"hello", "file.not_pdf"),
        (b"%PDF-1.7\n", "file.truncated"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", "file.unreadable"),
        (b"%PDF-1.7\n" + b"[" * 100_000 + b"\nstartxref\n9\n%%EOF\n", "file.unreadable"),
        (b"%PDF-1.7\n" + b"\0" * MAX_BYTES, "file.too_large"),
        (b"PK\x03\x04", "file.not_pdf"),
    ],
)
def test_what_is_no_addendum_at_all(good: Sample, raw: bytes, code: str) -> None:
    verdict = judged(raw, good)
    assert (verdict.code, flags(verdict)) == (code, (False, False, False))


def test_truncated_encrypted_and_rewritten_files(good: Sample) -> None:
    assert judged(good.final[: len(good.final) - 1000], good).code == "file.truncated"
    assert judged(good.final[:100_000], good).code == "file.truncated"
    assert judged(tampering.encrypted(good.final), good).code == "file.encrypted"
    assert judged(tampering.encrypted(good.final, user="secret"), good).code == "file.encrypted"
    assert not judged(tampering.rewritten(good.final), good).sound


def test_whatever_is_done_to_the_bytes_gets_a_verdict(good: Sample) -> None:
    """Cut, doubled, overwritten at random places: never an exception, never sound."""
    chance = random.Random(43_20)
    for _ in range(30):
        raw = bytearray(good.final)
        at, length = chance.randrange(len(raw) - 6000), chance.choice([1, 8, 500, 5000])
        raw[at : at + length] = chance.choice([b"", bytes(raw[at : at + length]) * 2, chance.randbytes(length)])
        assert not judged(bytes(raw), good).sound


def test_every_finding_has_words_in_three_languages() -> None:
    for code, meaning in verdict_words.MEANINGS.items():
        for words in (meaning.fr, meaning.ar, meaning.en):
            assert words.endswith("."), code
        assert not re.search("[\u064b-\u0652]", meaning.ar), code
        assert not re.search(r" [:;!?»]|« ", meaning.fr), code


def test_pdfsig_openssl_and_qpdf_agree_on_a_good_file(good: Sample, tmp_path: Path) -> None:
    for tool in ("pdfsig", "certutil", "openssl", "qpdf"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not on this machine")
    path, root, issuing = tmp_path / "final.pdf", tmp_path / "root.pem", tmp_path / "issuing.pem"
    path.write_bytes(good.final)
    root.write_bytes(good.company.root.public_bytes(Encoding.PEM))
    issuing.write_bytes(good.company.issuing.public_bytes(Encoding.PEM))

    def run(*words: str) -> str:
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
        return done.stdout + done.stderr

    (tmp_path / "nss").mkdir()
    run("certutil", "-N", "-d", "sql:nss", "--empty-password")
    run("certutil", "-A", "-d", "sql:nss", "-n", "root", "-t", "CT,C,C", "-i", str(root))
    told = run("pdfsig", "-nssdir", "sql:nss", str(path))
    assert told.count("Signature is Valid.") == 2
    assert told.count("Certificate is Trusted.") == 2
    run("qpdf", "--check", str(path))
    for number, found in enumerate(re.finditer(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)", good.final)):
        start, first, second, rest = (int(part) for part in found.groups())
        cms = bytes.fromhex(good.final[first + 1 : second - 1].decode())
        size = 4 + int.from_bytes(cms[2:4], "big")
        (tmp_path / "sig.der").write_bytes(cms[:size])
        (tmp_path / "sig.bin").write_bytes(good.final[start:first] + good.final[second : second + rest])
        words = "openssl cms -verify -inform DER -in sig.der -content sig.bin -binary -CAfile root.pem -certfile issuing.pem -purpose any"
        assert "CMS Verification successful" in run(*words.split(), "-out", "/dev/null"), number

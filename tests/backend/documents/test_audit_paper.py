"""The proof file: everything of the record is in it, readable, archival, the same bytes each time."""

import io
import re
from pathlib import Path

import msgspec
import pikepdf

from app.backend.documents.audit_paper import render_audit
from app.contracts.addendum import PageRead
from app.contracts.audit import AuditRecord, LogEntry, entry_hash
from tests.backend.documents.paper import said, text_of

GOLDEN = Path(__file__).parents[2] / "contracts" / "golden" / "audit_record.json"


def record() -> AuditRecord:
    return msgspec.json.decode(GOLDEN.read_bytes(), type=AuditRecord)


def test_everything_of_the_record_can_be_read(tmp_path: Path) -> None:
    shown = record()
    pdf = render_audit(shown)
    assert render_audit(record()) == pdf
    text = re.sub(r"\s", "", text_of(tmp_path, pdf))
    facts = [shown.document_id, shown.name, shown.employee_id, shown.signed_at, shown.channel_masked, shown.consent_text]
    facts += [shown.agent_certificate.sha256, shown.timestamp.serial, shown.device.device_id, shown.device.address]
    facts += [shown.event_chain_head, *(one.sha256 for one in shown.revisions), *(entry.hash for entry in shown.log)]
    for fact in facts:
        assert re.sub(r"\s", "", fact) in text, fact
    assert "simple,certificatdel’entreprise" in text
    assert "No syntax or stream encoding errors found" in said(tmp_path, pdf, "qpdf", "--check")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        about = bytes(opened.Root.Metadata.read_bytes()).decode()
        assert re.search(r"pdfaid:conformance>A<", about)
        assert re.search(r"pdfuaid:part>1<", about)


def test_a_long_log_goes_over_several_pages_and_data_stay_data(tmp_path: Path) -> None:
    shown = record()
    shown.name = "#panic(1) $x$ \u202e*b*"
    shown.device.user_agent = "x" * 5000
    shown.reading.pages = [PageRead(number, 1.5) for number in range(1, 40)]
    shown.revisions[-1].at = "2026-11-24T09:00:00.123Z"  # a real one has milliseconds
    shown.consent_language, shown.consent_text = "ar", "أوافق على التوقيع إلكترونيا"
    previous, shown.log = "0" * 64, []
    for number in range(1, 60):
        entry = LogEntry(number, shown.signed_at, "code_sent", {"try": number, "to": "i••••@example.ma"})
        entry.hash = previous = entry_hash(previous, entry)
        shown.log.append(entry)
    pdf = render_audit(shown)
    text = text_of(tmp_path, pdf)
    assert "#panic(1) $x$ *b*" in text
    assert re.sub(r"\s", "", text).count("code_sent") == 59
    assert "أوافق" in text


def test_what_is_empty_is_left_out(tmp_path: Path) -> None:
    shown = record()
    shown.event_chain_head, shown.event_chain_sequence, shown.log = "", 0, []
    shown.device = type(shown.device)("abc")
    assert text_of(tmp_path, render_audit(shown))

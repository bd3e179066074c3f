"""The audit record as a PDF of its own (PDF/A-2a, PDF/UA-1): never appended to the signed document, which that would break."""

from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec

from app.backend import clock
from app.backend.documents.company import RESOURCES
from app.backend.documents.render import compile_pdf, plain
from app.backend.documents.template import Both, french, is_arabic
from app.contracts.audit import AuditRecord, CertificateFacts
from app.contracts.problems import ContractError

_FOLDER = RESOURCES / "documents" / "audit"
_LONGEST = 900


class _Head(msgspec.Struct):
    fr: str
    ar: str
    value: str


class _Words(msgspec.Struct):
    title: Both
    lead: Both
    head: _Head
    sections: dict[str, Both]
    labels: dict[str, Both]
    values: dict[str, str]


def render_audit(record: AuditRecord) -> bytes:
    """The same record gives the same bytes: its date is when the document was sealed.

    Errors: ContractError `document.glyph_missing`, `document.failed`, `document.fonts_missing`.
    """
    words = _words()
    moment = clock.parse(record.revisions[-1].at if record.revisions else record.signed_at) or datetime(1970, 1, 1, tzinfo=UTC)
    data = {
        "title": _both(words.title),
        "lead": _both(words.lead),
        "head": {"fr": words.head.fr, "ar": words.head.ar, "value": words.head.value},
        "company": _shown(record.company),
        "reference": _shown(record.document_id),
        "keywords": [f"audit={_shown(record.document_id)}", f"employee={_shown(record.employee_id)}"],
        "at": [moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second],
        "sections": [*_sections(record, words)],
    }
    return compile_pdf(_FOLDER / "audit.typ", data, moment)


def _sections(record: AuditRecord, words: _Words) -> list[dict[str, Any]]:
    said = words.values.get
    read, device, stamp = record.reading, record.device, record.timestamp
    pages = "   ".join(f"{page.page}: {page.seconds:g}" for page in read.pages)
    chain = {"sequence": record.event_chain_sequence or "", "head": record.event_chain_head}
    return [
        _rows(
            words,
            "document",
            document_id=record.document_id,
            template=f"{record.template} {record.template_version}",
            company=record.company,
            name=record.name,
            employee_id=record.employee_id,
            signed_at=record.signed_at,
            level=said(record.level, record.level),
        ),
        _table(
            words,
            "revisions",
            {"what": 2, "sha256": 4.4, "size": 0.9, "at": 1.8},
            [[said(one.what, one.what), one.sha256, one.size, one.at] for one in record.revisions],
        ),
        _rows(words, "reading", opened=read.opened, ended=read.ended, total_s=f"{read.total_s:g}", pages=pages),
        _rows(
            words,
            "consent",
            version=record.consent_version,
            language=said(record.consent_language, record.consent_language),
            text=record.consent_text,
            appearance=said(record.appearance, record.appearance),
        ),
        _rows(
            words,
            "code",
            channel=said(record.channel_kind, record.channel_kind),
            masked=record.channel_masked,
            sent=record.code_sent_at,
            confirmed=record.code_confirmed_at,
        ),
        _certificate(words, "agent_certificate", record.agent_certificate),
        _rows(words, "timestamp", serial=stamp.serial, time=stamp.time, authority=stamp.authority),
        _certificate(words, "seal_certificate", record.seal_certificate),
        _rows(
            words,
            "device",
            device_id=device.device_id,
            host_name=device.host_name,
            os=device.os,
            app_version=device.app_version,
            address=device.address,
            user_agent=device.user_agent,
            clock=f"{device.time} {device.time_zone}".strip(),
        ),
        _rows(words, "chain", **chain),
        _table(
            words,
            "log",
            {"number": 0.5, "at": 1.9, "act": 3, "hash": 3.4},
            [[one.number, one.at, _act(one.what, one.facts), one.hash] for one in record.log],
        ),
    ]


def _certificate(words: _Words, section: str, facts: CertificateFacts) -> dict[str, Any]:
    return _rows(
        words,
        section,
        subject=facts.subject,
        subject_serial=facts.subject_serial,
        serial=facts.serial,
        sha256=facts.sha256,
        issuer=facts.issuer,
        validity=f"{facts.not_before} – {facts.not_after}",
    )


def _rows(words: _Words, section: str, **values: object) -> dict[str, Any]:
    rows = [{**_both(words.labels[name]), "value": _value(value)} for name, value in values.items() if str(value).strip()]
    return {"title": _both(words.sections[section]), "rows": rows or [{**_both(words.labels["number"]), "value": _value("–")}]}


def _table(words: _Words, section: str, columns: dict[str, float], lines: list[list[object]]) -> dict[str, Any]:
    heads = [{**_both(words.labels[name]), "width": width} for name, width in columns.items()]
    return {"title": _both(words.sections[section]), "columns": heads, "lines": [[_value(cell) for cell in line] for line in lines]}


def _act(what: str, facts: dict[str, Any]) -> str:
    return f"{what} · " + ", ".join(f"{name}={value}" for name, value in sorted(facts.items())) if facts else what


def _value(value: object) -> dict[str, Any]:
    text = _shown(str(value))
    long = any(len(word) >= 24 for word in text.split())
    # A figure of 64 letters has no place to break a line: it gets some, which copy as nothing else than spaces would.
    return {"s": " ".join(_broken(word) for word in text.split(" ")), "rtl": is_arabic(text), "mono": long}


def _broken(word: str) -> str:
    return word if len(word) <= 40 else " ".join(word[at : at + 32] for at in range(0, len(word), 32))


def _shown(value: str) -> str:
    try:
        return plain(value[:_LONGEST], longest=_LONGEST)
    except ContractError:  # empty, or nothing in it that can be shown
        return "–"


def _both(words: Both) -> dict[str, str]:
    return {"fr": french(words.fr), "ar": words.ar}


@cache
def _words() -> _Words:
    return msgspec.toml.decode((_FOLDER / "words.toml").read_bytes(), type=_Words)

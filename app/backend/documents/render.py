"""The telework addendum as a PDF: typst, PDF/A-2a and PDF/UA-1, its fonts embedded, the same bytes for the same record.

Nothing of a record is ever markup: words and values travel as JSON and are shown as they are.
"""

import json
import re
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.backend.documents.company import RESOURCES, Company
from app.backend.documents.shapes import Box, RenderedDocument
from app.backend.documents.template import Both, Template, fill, is_arabic, parts
from app.contracts.addendum import Clause
from app.contracts.enrolment import AgentRecord, KitItem
from app.contracts.problems import ContractError

if TYPE_CHECKING:
    import typst

FONT_FOLDERS = (RESOURCES / "fonts", Path("/usr/share/fonts/truetype/noto"))
"""Those copied at set-up, else where Debian's `fonts-noto-core` has them (a server that was installed from a wheel)."""
FONT_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoNaskhArabic-Regular.ttf", "NotoNaskhArabic-Bold.ttf")
STANDARDS: "list[typst.PDFStandard]" = ["a-2a", "ua-1"]
_POINTS = 72 / 25.4
_MAX_VALUE = 300
_NAMES = {"fr": Both("française", "الفرنسية"), "ar": Both("arabe", "العربية")}
_lock = threading.Lock()  # one compiler a file: it is not made for two threads


@dataclass(frozen=True)
class AddendumRecord:
    """What one agent's addendum is filled from."""

    reference: str
    agent: AgentRecord
    kit: list[KitItem]
    issued: datetime
    """When the document was made for this agent: its creation date, so that the same record gives the same bytes."""
    activity: Mapping[str, str] = field(default_factory=dict)
    """The activity's title by language; its id where that is unknown."""
    address: str = ""


def render_addendum(record: AddendumRecord, company: Company, template: Template) -> RenderedDocument:
    """The unsigned addendum. About 20 ms; the first one of a process a little more.

    Errors: ContractError `document.value_invalid` (empty, too long), `document.glyph_missing` (a letter no font has), `document.failed`
    (the template: counsel's change), `document.fonts_missing`, `template.value_unknown`, `company.malformed`.
    """
    values = _values(record, company, template)
    clauses = [_clause(number, text, values) for number, text in enumerate(template.clauses, start=1)]
    words = template.words
    mark = words.mark if company.reviewed else words.mark_model
    check = words.check_at if company.employer.verify_url else words.check
    issued = record.issued.astimezone(UTC)
    data = {
        "title": {"fr": template.title.fr, "ar": template.title.ar},
        "reference": values["reference"],
        "employer": values["employer"],
        # Verifying reads here whom the document is for: signed like everything else, and found without reading the pages.
        "keywords": [f"employee={values['employee_id']}", f"reference={values['reference']}", f"template={template.id}@{template.version}"],
        "issued": [issued.year, issued.month, issued.day, issued.hour, issued.minute, issued.second],
        "mark": {"fr": fill(mark.fr, values), "ar": fill(mark.ar, values)},
        "facts": [_fact(f.fr, f.ar, values[f.value]) for f in words.facts],
        "summary": [_fact(f.fr, f.ar, values[f.value]) for f in words.summary],
        "kit_head": [{"fr": head.fr, "ar": head.ar} for head in words.kit_head],
        "kit": [_item(item, words.kinds) for item in record.kit],
        "clauses": [shown for shown, _ in clauses],
        "closing": [{"fr": parts(p.fr, values, arabic=False), "ar": parts(p.ar, values, arabic=True)} for p in words.closing],
        "check": {"fr": parts(check.fr, values, arabic=False), "ar": parts(check.ar, values, arabic=True)},
        "signature": {name: getattr(template.signature, name) for name in template.signature.__struct_fields__},
        "signers": {
            "agent": _signer(words.signers["agent"], values["name"]),
            "employer": _signer(words.signers["employer"], values["employer"]),
        },
    }
    pdf = compile_pdf(template.folder / "addendum.typ", data, record.issued)
    pages = _page_count(pdf)
    place = template.signature
    agent, employer = (
        Box(pages, left * _POINTS, place.top * _POINTS, place.width * _POINTS, place.height * _POINTS)
        for left in (place.agent_left, place.employer_left)
    )
    return RenderedDocument(
        pdf=pdf,
        template=template.id,
        template_version=template.version,
        pages=pages,
        clauses=[clause for _, clause in clauses],
        agent_box=agent,
        employer_box=employer,
        template_sha256=template.sha256,
    )


def compile_pdf(source: Path, data: object, issued: datetime) -> bytes:
    """One typst file with its JSON, as PDF/A-2a and PDF/UA-1. Errors: as `render_addendum`. Warnings count as errors."""
    import typst

    text = json.dumps(data, ensure_ascii=False)
    with _lock:
        try:
            found, warnings = _compiler(source, source.stat().st_mtime_ns).compile_with_warnings(
                format="pdf", pdf_standards=STANDARDS, sys_inputs={"data": text}, timestamp=issued.astimezone(UTC).replace(microsecond=0)
            )
        except typst.TypstError as error:
            raise _failure(error) from error
    if warnings:
        raise ContractError("document.failed", "; ".join(warning.message for warning in warnings))
    if not isinstance(found, bytes):
        raise ContractError("document.failed", "no single PDF came out")
    return found


def plain(value: str, longest: int = _MAX_VALUE) -> str:
    """A value as it may stand in a document: composed (NFC), without control, format and bidirectional override characters.

    Errors: ContractError `document.value_invalid` when nothing is left or it is longer than `longest` characters.
    """
    kept = "".join(
        " " if character.isspace() and character != "\u00a0" else character
        for character in unicodedata.normalize("NFC", value)
        if character.isspace() or character in "\u200c\u200d" or unicodedata.category(character) not in ("Cc", "Cf", "Co", "Cs", "Cn")
    )
    kept = re.sub(" +", " ", kept).strip()
    if not kept.strip("\u200c\u200d ") or len(kept) > longest:
        raise ContractError("document.value_invalid", f"{len(kept)} characters")
    return kept


def warm_up(company: Company, template: Template) -> None:
    """Load fonts and template once, so that the first agent does not wait for it. Errors: as `render_addendum`."""
    agent = AgentRecord("0", "Marhaba", "fr", "Casablanca", "")
    render_addendum(AddendumRecord("0", agent, [], datetime(2026, 1, 1, tzinfo=UTC)), company, template)


@cache
def _fonts() -> "typst.Fonts":
    import typst

    for folder in FONT_FOLDERS:
        if all((folder / name).is_file() for name in FONT_FILES):
            return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    raise ContractError("document.fonts_missing", ", ".join(FONT_FILES))


@lru_cache(maxsize=4)
def _compiler(source: Path, _changed: int) -> "typst.Compiler":
    import typst

    return typst.Compiler(str(source), root=str(source.parent), font_paths=_fonts(), ignore_system_fonts=True)


def _failure(error: "typst.TypstError") -> ContractError:
    glyph = re.search(r"glyph|could not be displayed|no font", error.message)
    return ContractError("document.glyph_missing" if glyph else "document.failed", error.message)


def _values(record: AddendumRecord, company: Company, template: Template) -> dict[str, str]:
    employer, work = company.employer, company.work_of(record.agent.activity)
    activity = record.activity.get("fr") or record.agent.activity
    raw: dict[str, Any] = {
        "reference": record.reference,
        "name": record.agent.name,
        "employee_id": record.agent.employee_id,
        "site": record.agent.site,
        "site_ar": company.sites_ar.get(record.agent.site, record.agent.site),
        "activity": activity,
        "activity_ar": record.activity.get("ar") or activity,
        "issued": record.issued.astimezone(UTC).strftime("%d/%m/%Y"),
        "template": f"{template.id} {template.version}",
        "precedence": _NAMES[company.precedence].fr,
        "precedence_ar": _NAMES[company.precedence].ar,
        "employer": employer.name,
        "employer_ar": employer.name_ar,
        "employer_address": employer.address,
        "employer_address_ar": employer.address_ar,
        "privacy_contact": company.privacy.contact,
        "cndp_receipt": company.privacy.cndp_receipt,
        "call_retention_days": company.privacy.call_retention_days,
        "log_retention_months": company.privacy.log_retention_months,
        "allowance_mad": company.pay.allowance_mad,
    }
    for shape, without in (
        (employer, {"name", "name_ar", "address", "address_ar", "verify_url"}),
        (work, set()),
        (company.insurance, set()),
    ):
        raw |= {name: getattr(shape, name) for name in shape.__struct_fields__ if name not in without}
    values = {name: plain(_said(value)) for name, value in raw.items()}
    for name, known in (("address", record.address), ("verify_url", employer.verify_url)):
        if known.strip():
            values[name] = plain(known)
    return values


def _said(value: object) -> str:
    """Figures of four digits and more in groups of three, as both languages write them in Morocco."""
    return f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else str(value)


def _clause(number: int, text: Any, values: dict[str, str]) -> tuple[dict[str, Any], Clause]:
    shown = [p for p in text.paragraph if not p.when or p.when in values]
    paragraphs = [
        {"kit": True} if p.kit else {"fr": parts(p.fr, values, arabic=False), "ar": parts(p.ar, values, arabic=True)} for p in shown
    ]
    words = {lang: "\n\n".join(fill(getattr(p, lang), values) for p in shown if not p.kit) for lang in ("fr", "ar")}
    title = {"fr": text.title.fr, "ar": text.title.ar}
    return {"number": number, "title": title, "paragraphs": paragraphs}, Clause(text.id, title, words)


def _fact(fr: str, ar: str, value: str) -> dict[str, Any]:
    return {"fr": fr, "ar": ar, "value": value, "rtl": is_arabic(value)}


def _signer(words: Both, name: str) -> dict[str, Any]:
    return {"fr": words.fr, "ar": words.ar, "name": name, "rtl": is_arabic(name)}


def _item(item: KitItem, kinds: dict[str, Both]) -> dict[str, str]:
    kind = kinds.get(item.kind, kinds["other"])
    return {"fr": kind.fr, "ar": kind.ar, "model": plain(item.model), "serial": plain(item.serial or "–")}


def _page_count(pdf: bytes) -> int:
    """From the page tree's root (PDF 32000-1 table 29), as typst writes it: uncompressed."""
    found = re.search(rb"/Type\s*/Pages\s*/Count\s+(\d+)", pdf)
    if found is None:
        raise ContractError("document.failed", "no page tree")
    return int(found.group(1))

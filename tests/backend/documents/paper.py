"""An agent's addendum to test with, and what is read out of a PDF."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.backend.documents.company import Company, company_file, read_company
from app.backend.documents.render import AddendumRecord, render_addendum
from app.backend.documents.shapes import RenderedDocument
from app.backend.documents.template import Template, read_template, template_folder
from app.contracts.enrolment import AgentRecord, KitItem

ISSUED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
KIT = [
    KitItem("pc", "pc", "HP ProBook 450 G10", "5CD3210XYZ"),
    KitItem("box", "box", "Huawei B535-232", "861234050014417"),
    KitItem("headset", "headset", "Jabra Evolve2 40", "00F3A1"),
]


def company() -> Company:
    return read_company(company_file(None))


def template() -> Template:
    return read_template(template_folder(None))


def record(name: str = "Imane Benali", **change: Any) -> AddendumRecord:
    agent = AgentRecord("20417", name, "fr", "Casablanca", "telecom-fr")
    fields: dict[str, Any] = {"reference": "AV-2026-000417", "agent": agent, "kit": KIT, "issued": ISSUED}
    fields["activity"] = {"fr": "Télécom FR", "ar": "اتصالات فرنسا"}
    return AddendumRecord(**(fields | change))


def rendered(name: str = "Imane Benali", **change: Any) -> RenderedDocument:
    return render_addendum(record(name, **change), company(), template())


def said(folder: Path, pdf: bytes, *words: str) -> str:
    """What a poppler or qpdf command says about these bytes."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run([*words, str(path)], capture_output=True, encoding="utf-8", errors="replace", timeout=30, check=True)
    return done.stdout


def text_of(folder: Path, pdf: bytes, *more: str) -> str:
    """Everything pdftotext reads, in reading order (not `-raw`, which parts lam-alef), bidirectional marks left out."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", *more, str(path), "-"], capture_output=True, text=True, timeout=30, check=True)
    return done.stdout.translate(dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")))

"""The addendum's template: its typst file, its clauses and its words, and the one hash that names them all."""

import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec

from app.backend.documents.company import RESOURCES
from app.contracts.problems import ContractError

_FILES = ("addendum.typ", "clauses.toml", "template.toml")
_NBSP = "\u00a0"
_NAME = re.compile(r"\{([a-z_]+)\}")
_FIGURES = re.compile(r"[0-9]+([.,:/\u00a0][0-9]+)*")
"""What stands right in Arabic by itself: single common separators between figures (UAX 9, rule W4). A hyphen does not."""


class Both(msgspec.Struct, forbid_unknown_fields=True):
    """The same words in French and Arabic."""

    fr: str
    ar: str


class Paragraph(msgspec.Struct, forbid_unknown_fields=True):
    fr: str
    ar: str
    when: str = ""
    """Shown only where this value is known."""
    kit: bool = False
    """The table of the equipment stands here."""


class ClauseText(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: Both
    paragraph: list[Paragraph]


class Labelled(msgspec.Struct, forbid_unknown_fields=True):
    value: str
    fr: str
    ar: str


class Signature(msgspec.Struct, forbid_unknown_fields=True):
    """Where the two places are on the last page, millimetres from its upper left corner."""

    width: float
    height: float
    top: float
    agent_left: float
    employer_left: float


class PageWords(msgspec.Struct, forbid_unknown_fields=True):
    mark_model: Both
    mark: Both
    facts: list[Labelled]
    kit_head: list[Both]
    kinds: dict[str, Both]
    closing: list[Both]
    summary: list[Labelled]
    signers: dict[str, Both]
    check: Both
    check_at: Both
    """The same where the address of the verification page is known."""


class _TemplateFile(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    version: str
    title: Both
    signature: Signature
    words: PageWords


class _ClauseFile(msgspec.Struct, forbid_unknown_fields=True):
    clause: list[ClauseText]


class Template(msgspec.Struct):
    folder: Path
    id: str
    version: str
    sha256: str
    """Over the three files of the template, in a fixed order."""
    title: Both
    signature: Signature
    words: PageWords
    clauses: list[ClauseText]


def template_folder(data: Path | None) -> Path:
    """`DATA/documents/addendum` where it is whole, else the model that ships with the program."""
    own = data / "documents" / "addendum" if data is not None else None
    if own is not None and all((own / name).is_file() for name in _FILES):
        return own
    return RESOURCES / "documents" / "addendum"


def read_template(folder: Path) -> Template:
    """Errors: ContractError `template.malformed` (also: a paragraph whose two languages use other values), OSError."""
    raw = {name: (folder / name).read_bytes() for name in _FILES}
    try:
        head = msgspec.toml.decode(raw["template.toml"], type=_TemplateFile)
        clauses = msgspec.toml.decode(raw["clauses.toml"], type=_ClauseFile).clause
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ContractError("template.malformed", str(error)) from error
    if not clauses or len({clause.id for clause in clauses}) != len(clauses):
        raise ContractError("template.malformed", "clauses are missing or repeated")
    for clause in clauses:
        for paragraph in clause.paragraph:
            if _values(paragraph.fr) != _values(paragraph.ar):
                raise ContractError("template.malformed", f"{clause.id}: the two languages do not use the same values")
            paragraph.fr, paragraph.ar = french(paragraph.fr), tidy(paragraph.ar)
        clause.title = Both(french(clause.title.fr), tidy(clause.title.ar))
    for words in (*head.words.closing, head.words.check, head.words.check_at, head.words.mark_model, head.title):
        words.fr = french(words.fr)
    whole = hashlib.sha256(b"".join(hashlib.sha256(raw[name]).digest() for name in _FILES)).hexdigest()
    return Template(folder, head.id, head.version, whole, head.title, head.signature, head.words, clauses)


def french(text: str) -> str:
    """French with the no-break spaces its typography asks for: before `: ; ! ? »`, after `«` and `n°`, between a figure and its unit."""
    text = re.sub(r" ([:;!?»])", _NBSP + r"\1", tidy(text)).replace("« ", f"«{_NBSP}")
    text = re.sub(r"\b(n°|art\.) ", r"\1" + _NBSP, text)
    return re.sub(r"(\d|_[a-z]+\}) (?=(MAD|heures|jours|mois|minutes|semaines)\b)", r"\1" + _NBSP, text)


def tidy(text: str) -> str:
    return " ".join(text.split(" ")).strip()


def fill(text: str, values: dict[str, str]) -> str:
    """`text` with its `{names}` filled. Errors: ContractError `template.value_unknown`."""
    return _NAME.sub(lambda found: _value(found.group(1), values), text)


def parts(text: str, values: dict[str, str], *, arabic: bool) -> list[dict[str, Any]]:
    """`text`, filled, as runs `{s}` and runs of the other direction `{s, dir}` (`ltr` or `rtl`), which must be kept apart."""
    out: list[dict[str, Any]] = [{"s": ""}]
    at = 0
    for found in _NAME.finditer(text):
        value = _value(found.group(1), values)
        out[-1]["s"] += text[at : found.start()]
        at = found.end()
        if is_arabic(value) is arabic or (arabic and _FIGURES.fullmatch(value)):
            out[-1]["s"] += value
        else:
            out += [{"s": value, "dir": "ltr" if arabic else "rtl"}, {"s": ""}]
    out[-1]["s"] += text[at:]
    return [part for part in out if part["s"]]


def _value(name: str, values: dict[str, str]) -> str:
    if name not in values:
        raise ContractError("template.value_unknown", name)
    return values[name]


def is_arabic(text: str) -> bool:
    """Whether the first letter is an Arabic one."""
    letter = next((character for character in text if character.isalpha()), "")
    return "\u0600" <= letter <= "\u06ff" or "\u0750" <= letter <= "\u077f"


def _values(text: str) -> set[str]:
    return {name.removesuffix("_ar") for name in _NAME.findall(text)}

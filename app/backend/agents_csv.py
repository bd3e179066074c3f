"""Reading the list of agents IT hands in. All or nothing: every error is listed with its line, and then nothing is taken."""

import csv
import io
import re
from datetime import datetime

from app.contracts.enrolment import AgentRecord, KitItem
from app.contracts.languages import LANGUAGES

COLUMNS = (
    "employee_id",
    "name",
    "language",
    "site",
    "activity",
    "first_call",
    "pc_model",
    "pc_serial",
    "box_model",
    "box_serial",
    "headset_model",
    "headset_serial",
)
OPTIONAL = ("email", "phone")
"""Where one-time codes go. A file without them leaves what is known as it is."""
_NEEDED = ("employee_id", "name", "language", "site", "activity")
_EMPLOYEE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_ACTIVITY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_EMAIL = re.compile(r"[^@\s\"<>,;]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 .()-]{6,18}[0-9]")
_MAX_FIELD = 200
_MAX_WORD = 40
"""Characters without a space: more is no name, model or number, and no page could break it into lines."""

Person = tuple[AgentRecord, list[KitItem], dict[str, str]]
"""Agent, kit, and the optional columns of the file."""


class CsvErrors(Exception):
    """`lines`: one sentence an error, each beginning with its line number."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read(raw: bytes) -> list[Person]:
    """The agents and their kit, in the order of the file. UTF-8 with or without BOM, comma or semicolon. Errors: CsvErrors."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CsvErrors([f"line {line}: not UTF-8 text; save the file as “CSV UTF-8”"]) from error
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True)
    people: list[Person] = []
    errors: list[str] = []
    seen: dict[str, int] = {}
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
        errors += _header_errors(columns)
        if errors:
            raise CsvErrors(errors)
        for values in reader:
            line = reader.line_num
            if not any(value.strip() for value in values):
                continue
            if len(values) != len(columns):
                errors.append(f"line {line}: {len(values)} fields where the header has {len(columns)}")
                continue
            row = {name: value.strip() for name, value in zip(columns, values, strict=True)}
            found = _row_errors(row)
            employee_id = row["employee_id"]
            if employee_id in seen:
                found.append(f"employee_id: {employee_id} is on line {seen[employee_id]} already")
            seen.setdefault(employee_id, line)
            errors += [f"line {line}: {what}" for what in found]
            if not found:
                people.append(_person(row))
    except csv.Error as error:
        errors.append(f"line {reader.line_num}: {error}")
    if not people and not errors:
        errors.append("line 2: there are no agents in this file")
    if errors:
        raise CsvErrors(errors)
    return people


def _header_errors(columns: list[str]) -> list[str]:
    errors = [f"line 1: the column {name} is missing" for name in COLUMNS if name not in columns]
    errors += [f"line 1: the column {name or '(empty)'} is not known" for name in dict.fromkeys(columns) if name not in COLUMNS + OPTIONAL]
    errors += [f"line 1: the column {name} is there twice" for name in COLUMNS + OPTIONAL if columns.count(name) > 1]
    return errors


def _row_errors(row: dict[str, str]) -> list[str]:
    errors = [f"{name}: empty" for name in _NEEDED if not row[name]]
    for name, value in row.items():
        if len(value) > _MAX_FIELD:
            errors.append(f"{name}: longer than {_MAX_FIELD} characters")
        elif name not in OPTIONAL and any(len(word) > _MAX_WORD for word in value.split()):
            errors.append(f"{name}: {_MAX_WORD} characters and more without a space")
        if any(ord(character) < 32 or ord(character) == 127 for character in value):
            errors.append(f"{name}: contains a control character")
    if row["employee_id"] and not _EMPLOYEE.fullmatch(row["employee_id"]):
        errors.append("employee_id: only letters, digits, dot, hyphen and underscore, 32 at most")
    if row["language"] and row["language"] not in LANGUAGES:
        errors.append(f"language: {row['language']!r} is not one of {', '.join(LANGUAGES)}")
    if row["activity"] and not _ACTIVITY.fullmatch(row["activity"]):
        errors.append("activity: only lower-case letters, digits, hyphen and underscore (the name of its journey file)")
    if row["first_call"] and not _is_local_time(row["first_call"]):
        errors.append(f"first_call: {row['first_call']!r} is not a local date and time such as 2026-01-31T09:00")
    if row.get("email") and not _EMAIL.fullmatch(row["email"]):
        errors.append("email: not an address such as name@example.ma")
    if row.get("phone") and not _PHONE.fullmatch(row["phone"]):
        errors.append("phone: only digits with spaces between, such as +212 6 12 34 56 78")
    errors += [
        f"{kind}_model: empty, though there is a serial"
        for kind in ("pc", "box", "headset")
        if row[f"{kind}_serial"] and not row[f"{kind}_model"]
    ]
    return errors


def _is_local_time(text: str) -> bool:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return "T" in text and moment.tzinfo is None


def _person(row: dict[str, str]) -> Person:
    agent = AgentRecord(row["employee_id"], row["name"], row["language"], row["site"], row["activity"], row["first_call"])
    kit = [KitItem(kind, kind, row[f"{kind}_model"], row[f"{kind}_serial"]) for kind in ("pc", "box", "headset") if row[f"{kind}_model"]]
    return agent, kit, {name: row[name] for name in OPTIONAL if name in row}

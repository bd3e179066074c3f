"""Signed addenda as one ZIP: each agent's final document and proof file, and a manifest with the SHA-256 of every file in it."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable
from typing import IO, Any

import msgspec
from sqlalchemy import Row

from app.backend.store import addenda
from app.backend.store.database import Database

MANIFEST = "manifest.csv"
COLUMNS = ("path", "sha256", "size", "employee_id", "document_id", "what", "template_version", "signed_at")


class Entry(msgspec.Struct):
    """One line of the manifest. `what`: signed, audit_pdf, audit_json."""

    path: str
    sha256: str
    size: int
    employee_id: str
    document_id: str
    what: str
    template_version: str
    signed_at: str


def write_archive(out: IO[bytes], database: Database, document_ids: Iterable[str], record: Callable[[str], bytes | None]) -> list[Entry]:
    """Write the ZIP to `out`, one document at a time. `record`: a document's audit record as JSON, or None where it cannot be made.

    Documents that are not signed, or erased, are left out. Returns the manifest.
    """
    entries: list[Entry] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for document_id in document_ids:
            for what, name, raw, row in _files(database, document_id, record):
                path = f"{_safe(row.employee_id)}/{_safe(document_id)}{name}"
                archive.writestr(path, raw)
                digest = hashlib.sha256(raw).hexdigest()
                version, signed_at = row.template_version, row.signed_at or ""
                entries.append(Entry(path, digest, len(raw), row.employee_id, document_id, what, version, signed_at))
        archive.writestr(MANIFEST, _manifest(entries))
        archive.writestr("manifest.json", msgspec.json.format(msgspec.json.encode(entries)))
    return entries


def _files(database: Database, document_id: str, record: Callable[[str], bytes | None]) -> list[tuple[str, str, bytes, Row[Any]]]:
    with database.read() as connection:
        row = addenda.find(connection, document_id)
        final = addenda.file_of(connection, document_id, "employer")
        audit = addenda.file_of(connection, document_id, "audit")
    if row is None or row.state != addenda.SIGNED or final is None or final.pdf is None:
        return []
    found = [("signed", ".pdf", bytes(final.pdf), row)]
    if audit is not None and audit.pdf is not None:
        found.append(("audit_pdf", "-audit.pdf", bytes(audit.pdf), row))
    if (written := record(document_id)) is not None:
        found.append(("audit_json", "-audit.json", written, row))
    return found


def _manifest(entries: list[Entry]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([getattr(entry, column) for column in COLUMNS])
    return text.getvalue().encode("utf-8-sig")


def _safe(name: str) -> str:
    return "".join(character if character.isalnum() or character in "._-" else "_" for character in name).lstrip(".") or "_"

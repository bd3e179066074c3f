"""Addenda: what was offered, prepared, signed. Every change of state is one of these functions, inside one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from app.backend import clock
from app.backend.store.schema import (
    addenda,
    addendum_files,
    addendum_log,
    addendum_transactions,
    agents,
)
from app.contracts.audit import LogEntry, entry_hash
from app.contracts.events import ZERO_HASH

OFFERED, PENDING, SIGNED, SUPERSEDED = "offered", "signed_pending_time", "signed", "superseded"
ERASED = "erased"
"""Only its hashes are left (`store.retention`)."""
CONFIRMED, PREPARED, TAKEN, REPLACED = "confirmed", "prepared", "signed", "replaced"
_LIGHT = [column for column in addenda.c if column.name != "pdf"]

# Built once: building them again took half of the writer's time in a morning's rush.
_FIND = select(*_LIGHT).where(addenda.c.document_id == bindparam("document"))
_FIND_OWN = _FIND.where(addenda.c.employee_id == bindparam("employee"))
_PDF = select(addenda.c.pdf).where(addenda.c.document_id == bindparam("document"))
_LAST_ENTRY = (
    select(addendum_log.c.number, addendum_log.c.hash)
    .where(addendum_log.c.document_id == bindparam("document"))
    .order_by(addendum_log.c.number.desc())
    .limit(1)
)
_ADD_ENTRY = insert(addendum_log)
_TRANSACTION = select(addendum_transactions).where(addendum_transactions.c.transaction_id == bindparam("transaction"))
_TRANSACTION_OF_KEY = select(addendum_transactions).where(
    addendum_transactions.c.document_id == bindparam("document"),
    addendum_transactions.c.device_id == bindparam("device"),
    addendum_transactions.c.idempotency_key == bindparam("key"),
)
_SIGNED_TRANSACTION = select(addendum_transactions).where(
    addendum_transactions.c.document_id == bindparam("document"), addendum_transactions.c.state == TAKEN
)
_FILE = select(addendum_files).where(addendum_files.c.document_id == bindparam("document"), addendum_files.c.what == bindparam("kind"))
_ADD_FILE = insert(addendum_files)


@dataclass(frozen=True)
class Offer:
    document_id: str
    employee_id: str
    template: str
    template_version: str
    template_sha256: str
    inputs_sha256: str
    sha256: str
    pages: int
    pdf: bytes
    facts: str


def find(connection: Connection, document_id: str, employee_id: str | None = None) -> Row[Any] | None:
    """A document without its PDF; with `employee_id` only when it is that agent's."""
    if employee_id is None:
        return connection.execute(_FIND, {"document": document_id}).one_or_none()
    return connection.execute(_FIND_OWN, {"document": document_id, "employee": employee_id}).one_or_none()


def pdf_of(connection: Connection, document_id: str) -> bytes:
    return bytes(connection.execute(_PDF, {"document": document_id}).scalar_one())


def of_agent(connection: Connection, employee_id: str) -> list[Row[Any]]:
    """The agent's documents that count, without their PDFs, the newest first."""
    query = select(*_LIGHT).where(addenda.c.employee_id == employee_id, addenda.c.state != SUPERSEDED)
    return list(connection.execute(query.order_by(addenda.c.created_at.desc(), addenda.c.document_id)))


def offer(connection: Connection, offered: Offer, now: datetime) -> str:
    """Offer a document; one that was offered before and not signed is superseded. Returns the id of the one that counts: another request
    may have offered the same thing first."""
    connection.execute(select(agents.c.employee_id).where(agents.c.employee_id == offered.employee_id).with_for_update())
    for row in of_agent(connection, offered.employee_id):
        if row.inputs_sha256 == offered.inputs_sha256 or row.state == PENDING:
            return str(row.document_id)
        if row.state == OFFERED:
            connection.execute(update(addenda).where(addenda.c.document_id == row.document_id).values(state=SUPERSEDED))
            log(connection, row.document_id, "superseded", {"by": offered.document_id}, now)
    connection.execute(
        insert(addenda).values(
            document_id=offered.document_id,
            employee_id=offered.employee_id,
            state=OFFERED,
            template=offered.template,
            template_version=offered.template_version,
            template_sha256=offered.template_sha256,
            inputs_sha256=offered.inputs_sha256,
            sha256=offered.sha256,
            pages=offered.pages,
            size=len(offered.pdf),
            pdf=offered.pdf,
            facts=offered.facts,
            created_at=clock.text(now),
        )
    )
    log(connection, offered.document_id, "offered", {"sha256": offered.sha256, "template": offered.template_sha256}, now)
    return offered.document_id


def log(connection: Connection, document_id: str, what: str, facts: dict[str, Any], now: datetime) -> None:
    """One more entry of a document's log, chained to the one before."""
    last = connection.execute(_LAST_ENTRY, {"document": document_id}).one_or_none()
    number, previous = (last.number + 1, last.hash) if last is not None else (1, ZERO_HASH)
    entry = LogEntry(number, clock.text(now), what, facts)
    row = {"document_id": document_id, "number": number, "at": entry.at, "what": what, "hash": entry_hash(previous, entry)}
    connection.execute(_ADD_ENTRY, {**row, "facts": msgspec.json.encode(facts).decode()})


def log_of(connection: Connection, document_id: str) -> list[LogEntry]:
    rows = connection.execute(select(addendum_log).where(addendum_log.c.document_id == document_id).order_by(addendum_log.c.number))
    return [LogEntry(row.number, row.at, row.what, msgspec.json.decode(row.facts), row.hash) for row in rows]


def transaction(connection: Connection, transaction_id: str) -> Row[Any] | None:
    return connection.execute(_TRANSACTION, {"transaction": transaction_id}).one_or_none()


def transaction_of_key(connection: Connection, document_id: str, device_id: str, key: str) -> Row[Any] | None:
    found = {"document": document_id, "device": device_id, "key": key}
    return connection.execute(_TRANSACTION_OF_KEY, found).one_or_none()


def signed_transaction(connection: Connection, document_id: str) -> Row[Any] | None:
    """The one whose signature was taken."""
    return connection.execute(_SIGNED_TRANSACTION, {"document": document_id}).one_or_none()


def begin(connection: Connection, values: dict[str, Any], now: datetime) -> None:
    """A transaction whose code was right. Those begun before it can no longer be finished."""
    table = addendum_transactions
    connection.execute(
        update(table)
        .where(table.c.document_id == values["document_id"], table.c.state.in_([CONFIRMED, PREPARED]))
        .values(state=REPLACED, prepared=None)
    )
    connection.execute(insert(table).values(state=CONFIRMED, created_at=clock.text(now), **values))


def prepared(connection: Connection, transaction_id: str, values: dict[str, Any]) -> bool:
    """False when it was prepared already, or another one took its place."""
    table = addendum_transactions
    change = connection.execute(
        update(table).where(table.c.transaction_id == transaction_id, table.c.state == CONFIRMED).values(state=PREPARED, **values)
    )
    return bool(change.rowcount == 1)


def take_signature(connection: Connection, document_id: str, transaction_id: str, signature: bytes, crl: bytes, now: datetime) -> bool:
    """The agent's signature is in: from here on it is never lost. False when another one was first."""
    change = connection.execute(
        update(addenda)
        .where(addenda.c.document_id == document_id, addenda.c.state == OFFERED)
        .values(state=PENDING, signed_at=clock.text(now))
    )
    if change.rowcount != 1:
        return False
    table = addendum_transactions
    connection.execute(
        update(table)
        .where(table.c.transaction_id == transaction_id)
        .values(state=TAKEN, signature=signature, crl=crl, signed_at=clock.text(now))
    )
    return True


def keep_time_stamp(connection: Connection, transaction_id: str, token: bytes) -> bytes:
    """The time stamp of the agent's signature: the first one stays. Returns it."""
    table = addendum_transactions
    kept = connection.execute(select(table.c.time_stamp).where(table.c.transaction_id == transaction_id)).scalar_one()
    if kept is not None:
        return bytes(kept)
    connection.execute(update(table).where(table.c.transaction_id == transaction_id).values(time_stamp=token))
    return token


def complete(
    connection: Connection, document_id: str, files: Sequence[dict[str, Any]], final_sha256: str, revisions: int, now: datetime
) -> bool:
    """The sealed document is the final one. False when there is one already: it stays."""
    change = connection.execute(
        update(addenda)
        .where(addenda.c.document_id == document_id, addenda.c.state == PENDING)
        .values(state=SIGNED, final_sha256=final_sha256, revisions=revisions)
    )
    if change.rowcount != 1:
        return False
    for file in files:
        connection.execute(_ADD_FILE, {"time_stamp": None, "pdf": None, **file, "document_id": document_id, "at": clock.text(now)})
    # What was prepared is the beginning of the final file: it need not be kept twice.
    table = addendum_transactions
    connection.execute(update(table).where(table.c.document_id == document_id).values(prepared=None))
    return True


def file_of(connection: Connection, document_id: str, what: str) -> Row[Any] | None:
    return connection.execute(_FILE, {"document": document_id, "kind": what}).one_or_none()


def add_audit(connection: Connection, document_id: str, pdf: bytes, sha256: str, now: datetime) -> None:
    """The audit PDF, unless there is one."""
    if file_of(connection, document_id, "audit") is None:
        row = {"document_id": document_id, "what": "audit", "sha256": sha256, "size": len(pdf), "at": clock.text(now), "pdf": pdf}
        connection.execute(insert(addendum_files).values(row))


def unfinished(connection: Connection, limit: int) -> list[str]:
    """Documents that are signed but not sealed, or sealed but without their audit file; the oldest first."""
    audit = select(addendum_files.c.document_id).where(addendum_files.c.what == "audit").scalar_subquery()
    query = (
        select(addenda.c.document_id)
        .where(or_(addenda.c.state == PENDING, (addenda.c.state == SIGNED) & addenda.c.document_id.not_in(audit)))
        .order_by(addenda.c.signed_at)
        .limit(limit)
    )
    return list(connection.scalars(query))


def counts(connection: Connection) -> dict[str, int]:
    rows = connection.execute(select(addenda.c.state, func.count()).group_by(addenda.c.state))
    return {str(state): int(count) for state, count in rows}

"""What is kept of addenda, how long, and what stays when a document is erased: its hashes, so that a copy can still be recognised."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import msgspec
from sqlalchemy import Connection, delete, or_, select, update

from app.backend import clock
from app.backend.documents.verify import Known
from app.backend.store.addenda import ERASED, OFFERED, PENDING, SIGNED, SUPERSEDED, log
from app.backend.store.schema import addenda, addendum_codes, addendum_files, addendum_log, addendum_transactions
from app.contracts.problems import ContractError
from app.contracts.verdict import Kind

FILE = Path("documents") / "retention.toml"
_Days = Annotated[int, msgspec.Meta(ge=1, le=36_500)]


class Policy(msgspec.Struct, forbid_unknown_fields=True):
    """`DATA/documents/retention.toml`. The company's counsel sets the figures; these are a start."""

    unsigned_days: _Days = 90
    """Documents that were offered, or replaced by a newer offer, and never signed."""
    signed_days: _Days = 3653
    """Signed documents, from the day they were signed."""


@dataclass(frozen=True)
class Erasure:
    document_id: str
    employee_id: str
    state: str
    """What it was."""


def read_policy(data: Path) -> Policy:
    """Errors: ContractError `retention.malformed`, OSError."""
    try:
        return msgspec.toml.decode((data / FILE).read_bytes(), type=Policy)
    except FileNotFoundError:
        return Policy()
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ContractError("retention.malformed", f"{FILE}: {error}") from error


def known(connection: Connection, document_id: str, kind: Kind = "addendum") -> Known | None:
    """The final hash and the number of signatures of a finished document, or of its proof file; erased or not."""
    if kind == "proof":
        of_file = select(addendum_files.c.sha256).where(addendum_files.c.document_id == document_id, addendum_files.c.what == "audit")
        digest = connection.execute(of_file).scalar_one_or_none()
        return Known(digest, 1) if digest is not None else None
    query = select(addenda.c.final_sha256, addenda.c.revisions, addenda.c.employee_id).where(addenda.c.document_id == document_id)
    row = connection.execute(query).one_or_none()
    return Known(row.final_sha256, row.revisions, row.employee_id) if row is not None and row.final_sha256 else None


def due(connection: Connection, policy: Policy, now: datetime) -> list[Erasure]:
    """What the policy says is to be erased now. A document that waits for its seal never is."""
    unsigned, signed = (clock.text(now - timedelta(days=days)) for days in (policy.unsigned_days, policy.signed_days))
    return _found(
        connection,
        or_(
            addenda.c.state.in_([OFFERED, SUPERSEDED]) & (addenda.c.created_at < unsigned),
            (addenda.c.state == SIGNED) & (addenda.c.signed_at < signed),
        ),
    )


def of_agent(connection: Connection, employee_id: str) -> list[Erasure]:
    """All of an agent's documents that are not erased yet. A document that waits for its seal is left out."""
    return _found(connection, (addenda.c.employee_id == employee_id) & addenda.c.state.not_in([ERASED, PENDING]))


def erase(connection: Connection, document_id: str, why: str, now: datetime) -> bool:
    """Take the document, its files, drawing, addresses and log entries' facts away. Its id, employee id, version, dates, number of
    signatures and hashes stay, and so do the hashes of the log. False when it waits for its seal, or is erased already."""
    table = addenda
    change = connection.execute(
        update(table)
        .where(table.c.document_id == document_id, table.c.state.not_in([ERASED, PENDING]))
        # Another offer made from the same record must not find this one.
        .values(state=ERASED, pdf=b"", facts="{}", inputs_sha256="")
    )
    if change.rowcount != 1:
        return False
    connection.execute(update(addendum_files).where(addendum_files.c.document_id == document_id).values(pdf=None))
    connection.execute(delete(addendum_codes).where(addendum_codes.c.document_id == document_id))
    connection.execute(delete(addendum_transactions).where(addendum_transactions.c.document_id == document_id))
    connection.execute(update(addendum_log).where(addendum_log.c.document_id == document_id).values(facts="{}"))
    log(connection, document_id, ERASED, {"why": why}, now)
    return True


def _found(connection: Connection, condition: object) -> list[Erasure]:
    query = select(addenda.c.document_id, addenda.c.employee_id, addenda.c.state).where(condition)  # type: ignore[arg-type]
    return [Erasure(row.document_id, row.employee_id, row.state) for row in connection.execute(query.order_by(addenda.c.created_at))]

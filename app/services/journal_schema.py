"""The journal's file: schema, migrations, opening, and what can be saved from a damaged one."""

import logging
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.contracts import chain
from app.contracts.problems import ContractError
from app.core.errors import JournalError, JournalUnwritable

log = logging.getLogger(__name__)

# One entry a version, in order; PRAGMA user_version counts those applied. Never edit one that shipped: add the next.
MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        event_id TEXT NOT NULL UNIQUE,
        device TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        hash TEXT NOT NULL,
        line BLOB NOT NULL,
        UNIQUE (device, sequence)
    );
    CREATE TABLE outbox (
        journal_id INTEGER PRIMARY KEY REFERENCES journal(id),
        refused TEXT NOT NULL DEFAULT ''
    );
    """,
)


@dataclass(frozen=True)
class Repair:
    """What opening a damaged journal did. `chain_broken_at` is the journal row after which rows are missing, 0 if none are."""

    set_aside: Path
    rows_kept: int
    chain_broken_at: int


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the durability the journal promises. Errors: sqlite3.Error."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def open_journal(path: Path) -> tuple[sqlite3.Connection, Repair | None]:
    """The journal, checked and migrated; a damaged file is set aside (never deleted) and rebuilt from what can be read.

    Errors: JournalUnwritable (no space, no right), JournalError `journal.newer` (written by a newer program).
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JournalUnwritable(error=str(error)) from error
    try:
        connection = connect(path)
    except sqlite3.DatabaseError as error:
        if not path.exists() or (isinstance(error, sqlite3.OperationalError) and "malformed" not in str(error)):
            raise JournalUnwritable(error=str(error)) from error
        return _rebuild(path)
    try:
        sound = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] == ["ok"] and _chain_is_whole(connection)
    except sqlite3.DatabaseError:
        sound = False
    if not sound:
        connection.close()
        return _rebuild(path)
    try:
        migrate(connection)
    except sqlite3.Error as error:
        connection.close()
        raise JournalUnwritable(error=str(error)) from error
    except JournalError:
        connection.close()
        raise
    return connection, None


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to the newest version, each step in its own transaction. Errors: sqlite3.Error, JournalError `journal.newer`."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise JournalError("journal.newer", found=version, known=len(MIGRATIONS))
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version={number}; COMMIT;")


def _chain_is_whole(connection: sqlite3.Connection) -> bool:
    """Whether every row holds the line its hash says. (Holes that an earlier repair recorded are history, not damage.)"""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name='journal'").fetchone():
        return int(connection.execute("PRAGMA user_version").fetchone()[0]) == 0
    return all(chain.line_hash(line) == digest for line, digest in connection.execute("SELECT line, hash FROM journal ORDER BY id"))


def _rebuild(path: Path) -> tuple[sqlite3.Connection, Repair]:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    try:
        path.rename(aside)
        for suffix in ("-wal", "-shm"):
            side = path.with_name(path.name + suffix)
            if side.exists():
                side.rename(aside.with_name(aside.name + suffix))
        rows, sent = _salvage(aside)
        connection = connect(path)
        migrate(connection)
        broken_at = _write_back(connection, rows, sent)
    except (OSError, sqlite3.Error) as error:
        raise JournalUnwritable(error=str(error)) from error
    log.warning("journal damaged: set aside as %s, %d rows kept", aside.name, len(rows))
    return connection, Repair(aside, len(rows), broken_at)


def _salvage(aside: Path) -> tuple[dict[int, bytes], set[int] | None]:
    """Readable lines by row id, and the ids known to be delivered (None where that cannot be read)."""
    rows: dict[int, bytes] = {}
    try:
        source = sqlite3.connect(f"{aside.as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error:
        return rows, None
    try:
        # Downwards as well as upwards: one bad page in the middle must not cost what lies behind it.
        for order in ("ASC", "DESC"):
            try:
                for row_id, line, digest in source.execute(f"SELECT id, line, hash FROM journal ORDER BY id {order}"):  # noqa: S608
                    if isinstance(line, bytes) and chain.line_hash(line) == digest:
                        rows.setdefault(row_id, line)
            except sqlite3.Error as error:
                log.warning("journal salvage stopped (%s): %s", order, error)
        try:
            waiting = {row_id for (row_id,) in source.execute("SELECT journal_id FROM outbox")}
            return rows, set(rows) - waiting
        except sqlite3.Error:
            return rows, None
    finally:
        source.close()


def _write_back(connection: sqlite3.Connection, rows: dict[int, bytes], sent: set[int] | None) -> int:
    """Write the salvaged rows; what is not known to be delivered waits again (the backend knows duplicates by their id)."""
    broken_at = 0
    heads: dict[str, str] = {}
    connection.execute("BEGIN IMMEDIATE")
    for row_id in sorted(rows):
        line = rows[row_id]
        try:
            event = chain.read(line)
        except ContractError as error:
            log.warning("journal row %d left in the damaged file: %s", row_id, error)
            continue
        device = event.source.rpartition(":")[2]
        if device in heads and heads[device] != event.previoushash and not broken_at:
            broken_at = row_id
        heads[device] = chain.line_hash(line)
        insert_line(connection, event.id, device, event.sequence, line, row_id=row_id, waiting=sent is None or row_id not in sent)
    connection.execute("COMMIT")
    return broken_at


def insert_line(
    connection: sqlite3.Connection,
    event_id: str,
    device: str,
    sequence: int,
    line: bytes,
    *,
    row_id: int | None = None,
    waiting: bool = True,
) -> int:
    """One journal row and its outbox row, in the caller's transaction. Errors: sqlite3.Error."""
    cursor = connection.execute(
        "INSERT INTO journal (id, event_id, device, sequence, hash, line) VALUES (?, ?, ?, ?, ?, ?)",
        (row_id, event_id, device, sequence, chain.line_hash(line), line),
    )
    new_id = int(cursor.lastrowid or 0)
    if waiting:
        connection.execute("INSERT INTO outbox (journal_id) VALUES (?)", (new_id,))
    return new_id

"""The journal's file: schema and migrations. Opening it, and saving what a damaged one holds, is `journal_repair`'s."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from app.contracts import chain
from app.core.errors import JournalError

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
    # What a repair did, until an event says it: the process that repairs may have no key yet, or die before it records.
    """
    CREATE TABLE repair (
        id INTEGER PRIMARY KEY,
        set_aside TEXT NOT NULL,
        rows_kept INTEGER NOT NULL,
        chain_broken_at INTEGER NOT NULL
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
    """A connection that waits for the disk at every commit. It may be opened in one thread and then used in another.

    Errors: sqlite3.Error.
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=5, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def leave_the_disk_to_sync(connection: sqlite3.Connection) -> None:
    """Commit without waiting for the disk from here on: `sync_wal` waits, where nobody else does. Errors: sqlite3.Error.

    In WAL mode that keeps the file sound and the order of commits whatever is cut when (SQLite, PRAGMA synchronous, NORMAL). Where the file
    system knows no WAL, every commit goes on waiting.
    """
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        connection.execute("PRAGMA synchronous=NORMAL")


def sync_wal(path: Path) -> None:
    """Wait until every commit so far is on the disk; as SQLite itself does after a commit with synchronous=FULL. Errors: OSError.

    Without a -wal there is nothing to wait for: all of it is in the journal's file, and SQLite waited as it put it there.
    """
    try:
        # For writing: Windows flushes no other handle. Opening the -wal once more is safe: SQLite's locks are on other files.
        handle = os.open(path.with_name(path.name + "-wal"), os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to the newest version, each step in its own transaction. Errors: sqlite3.Error, JournalError `journal.newer`."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise JournalError("journal.newer", found=version, known=len(MIGRATIONS))
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version={number}; COMMIT;")


def insert_line(
    connection: sqlite3.Connection,
    event_id: str,
    device: str,
    sequence: int,
    line: bytes,
    *,
    row_id: int | None = None,
    waiting: bool = True,
    refused: str = "",
) -> int:
    """One journal row and its outbox row, in the caller's transaction. Errors: sqlite3.Error."""
    cursor = connection.execute(
        "INSERT INTO journal (id, event_id, device, sequence, hash, line) VALUES (?, ?, ?, ?, ?, ?)",
        (row_id, event_id, device, sequence, chain.line_hash(line), line),
    )
    new_id = int(cursor.lastrowid or 0)
    if waiting:
        connection.execute("INSERT INTO outbox (journal_id, refused) VALUES (?, ?)", (new_id, refused))
    return new_id

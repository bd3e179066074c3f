"""Opening the journal. A damaged one is set aside (never deleted) and rebuilt beside it; the two change places at the end."""

import logging
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from app.contracts import chain
from app.contracts.problems import ContractError
from app.core.errors import JournalError, JournalUnwritable
from app.services.journal_schema import Repair, connect, insert_line, migrate

log = logging.getLogger(__name__)

_MAX_ROWS = 100_000  # looked for one by one; a journey has some hundred
_SIDES = ("-wal", "-shm")
# What says nothing about the file: no space, no right, somebody else at it, a disk that does not answer.
_CIRCUMSTANCES = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
    }
)


def open_journal(path: Path, at_least: int = 0) -> tuple[sqlite3.Connection, Repair | None]:
    """The journal, checked and migrated. `at_least` is the newest row known to have been written: a file that has not
    come that far lost rows, however sound it looks (SQLite drops a torn or missing -wal without a word).

    Errors: JournalUnwritable (no space, no right), JournalError `journal.newer` (written by a newer program).
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _finish_swap(path)
        size = path.stat().st_size if path.exists() else None
        wal = _side(path, "-wal")
        # SQLite deletes the -wal of an empty file as it opens it.
        emptied = size == 0 and (at_least > 0 or (wal.exists() and wal.stat().st_size > 0))
    except OSError as error:
        raise JournalUnwritable(error=str(error)) from error
    if emptied:
        return _rebuild(path, at_least)
    connection: sqlite3.Connection | None = None
    try:
        connection = connect(path)
        if not _is_sound(connection, at_least if size is not None else 0):
            connection.close()
            return _rebuild(path, at_least)
        migrate(connection)
    except sqlite3.DatabaseError as error:
        if connection is not None:
            connection.close()
        if size is None or _is_circumstance(error):
            raise JournalUnwritable(error=str(error)) from error
        return _rebuild(path, at_least)
    except JournalError:
        if connection is not None:
            connection.close()
        raise
    return connection, None


def pending_repair(connection: sqlite3.Connection) -> Repair | None:
    """The newest repair that no event told of yet. Errors: sqlite3.Error."""
    row = connection.execute("SELECT set_aside, rows_kept, chain_broken_at FROM repair ORDER BY id DESC LIMIT 1").fetchone()
    return Repair(Path(row[0]), row[1], row[2]) if row else None


def _is_circumstance(error: sqlite3.Error) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _CIRCUMSTANCES


def _is_sound(connection: sqlite3.Connection, at_least: int) -> bool:
    """Whether every row holds the line its hash says. (Holes that an earlier repair recorded are history, not damage.)"""
    if [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] != ["ok"]:
        return False
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name='journal'").fetchone():
        return int(connection.execute("PRAGMA user_version").fetchone()[0]) == 0 and at_least == 0
    last = 0
    for row_id, line, digest in connection.execute("SELECT id, line, hash FROM journal ORDER BY id"):
        if not isinstance(line, bytes) or chain.line_hash(line) != digest:
            return False
        last = row_id
    return last >= at_least


def _side(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _rebuilt(path: Path) -> Path:
    return _side(path, ".rebuilt")


def _rebuild(path: Path, at_least: int) -> tuple[sqlite3.Connection, Repair]:
    """The new file is whole on the disk before the damaged one moves: whatever is killed when, one of the two is there."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    fresh = _rebuilt(path)
    try:
        for suffix in ("", *_SIDES):
            _side(fresh, suffix).unlink(missing_ok=True)
        rows, outbox = _salvage(path, at_least)
        connection = connect(fresh)
        try:
            migrate(connection)
            repair = _write_back(connection, rows, outbox, aside, at_least)
            # One file to move, without a -wal.
            connection.execute("PRAGMA journal_mode=DELETE")
        finally:
            connection.close()
        _swap(path, aside)
        connection = connect(path)
    except (OSError, sqlite3.Error) as error:
        raise JournalUnwritable(error=str(error)) from error
    log.warning("journal damaged: set aside as %s, %d rows kept", aside.name, repair.rows_kept)
    return connection, repair


def _swap(path: Path, aside: Path) -> None:
    for suffix in ("", *_SIDES):
        if _side(path, suffix).exists():
            _side(path, suffix).rename(_side(aside, suffix))
    _rebuilt(path).rename(path)


def _finish_swap(path: Path) -> None:
    """A swap that was cut short: the damaged file is out of the way, the rebuilt one not yet in its place."""
    if path.exists() or not _rebuilt(path).exists():
        return
    try:
        rebuilt = sqlite3.connect(f"{_rebuilt(path).absolute().as_uri()}?mode=ro", uri=True)
        try:
            repair = pending_repair(rebuilt)
        finally:
            rebuilt.close()
    except sqlite3.Error as error:
        raise JournalUnwritable(error=str(error)) from error
    _swap(path, repair.set_aside if repair else path.with_name(f"{path.name}.damaged-left"))


def _salvage(damaged: Path, at_least: int) -> tuple[dict[int, bytes], dict[int, str] | None]:
    """Readable lines by row id; and the outbox, row id to the reason of a refusal (None where that cannot be read)."""
    rows: dict[int, bytes] = {}
    if damaged.stat().st_size == 0:
        return rows, None
    try:
        source = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error:
        return rows, None
    try:
        reached: list[int] = []
        # Downwards as well as upwards: one bad page in the middle must not cost what lies behind it.
        for order in ("ASC", "DESC"):
            row_id = 0 if order == "ASC" else _last_id(source, at_least) + 1
            try:
                for row_id, line, digest in source.execute(f"SELECT id, line, hash FROM journal ORDER BY id {order}"):  # noqa: S608
                    _keep(rows, row_id, line, digest)
            except (sqlite3.Error, UnicodeDecodeError) as error:
                log.warning("journal salvage stopped (%s): %s", order, error)
                reached.append(row_id)
        if len(reached) == 2:
            # Between two bad places: one row at a time.
            for row_id in range(reached[0] + 1, reached[1]):
                try:
                    for line, digest in source.execute("SELECT line, hash FROM journal WHERE id=?", (row_id,)):
                        _keep(rows, row_id, line, digest)
                except (sqlite3.Error, UnicodeDecodeError):
                    continue
        try:
            return rows, dict(source.execute("SELECT journal_id, refused FROM outbox"))
        except (sqlite3.Error, UnicodeDecodeError):
            return rows, None
    finally:
        source.close()


def _last_id(source: sqlite3.Connection, at_least: int) -> int:
    try:
        row = source.execute("SELECT seq FROM sqlite_sequence WHERE name='journal'").fetchone()
    except sqlite3.Error:
        row = None
    found = row[0] if row and isinstance(row[0], int) else 0
    return min(max(found, at_least), _MAX_ROWS)


def _keep(rows: dict[int, bytes], row_id: int, line: object, digest: object) -> None:
    if isinstance(line, bytes) and chain.line_hash(line) == digest:
        rows.setdefault(row_id, line)


def _write_back(
    connection: sqlite3.Connection, rows: dict[int, bytes], outbox: dict[int, str] | None, aside: Path, at_least: int
) -> Repair:
    """Write the salvaged rows; what is not known to be delivered waits again (the backend knows duplicates by their id)."""
    broken_at = kept = last = 0
    heads: dict[str, str] = {}
    connection.execute("BEGIN IMMEDIATE")
    for row_id in sorted(rows):
        line = rows[row_id]
        try:
            event = chain.read(line)
            device = event.source.rpartition(":")[2]
            waiting = outbox is None or row_id in outbox
            refused = str((outbox or {}).get(row_id) or "")
            insert_line(connection, event.id, device, event.sequence, line, row_id=row_id, waiting=waiting, refused=refused)
        except (ContractError, UnicodeDecodeError, sqlite3.IntegrityError) as error:
            log.warning("journal row %d left in the damaged file: %s", row_id, error)
            continue
        if heads.get(device, event.previoushash) != event.previoushash and not broken_at:
            broken_at = last
        heads[device] = chain.line_hash(line)
        kept, last = kept + 1, row_id
    if last < at_least and not broken_at:
        broken_at = last
    repair = Repair(aside, kept, broken_at)
    row = (str(repair.set_aside), repair.rows_kept, repair.chain_broken_at)
    connection.execute("INSERT INTO repair (set_aside, rows_kept, chain_broken_at) VALUES (?, ?, ?)", row)
    connection.execute("COMMIT")
    return repair

"""The journal: the one state of the wizard. A record is one journal row and one outbox row in one transaction.

Who writes does not wait for the disk: the row is in the file (a killed process loses nothing), and `sync` is what waits, in a thread.
What a person is told is done, and what the backend is given, is on the disk before: `record_durably` and the reporter see to that.
A power cut can cost what came after the last `sync`, and nobody was told of that.
"""

import logging
import os
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.contracts import chain, events, keys
from app.contracts.fold import fold
from app.contracts.problems import ContractError
from app.contracts.session import SessionState
from app.core.errors import JournalError, JournalUnwritable
from app.core.threads import in_thread
from app.services.journal_lock import JournalLock
from app.services.journal_repair import open_journal, pending_repair
from app.services.journal_schema import Repair, insert_line, leave_the_disk_to_sync, sync_wal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

log = logging.getLogger(__name__)

_STARTED = time.monotonic()
# After a repair the last rows may be gone though the backend has them: numbers jump well past any that could have been used.
SEQUENCE_JUMP = 1000
DISK_LIMIT_S = 30.0


def uuid7(now_ms: int | None = None) -> str:
    """A UUIDv7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, version, 74 random bits."""
    milliseconds = int(time.time() * 1000) if now_ms is None else now_ms
    number = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    number = number & ~(0xF << 76) | 0x7 << 76
    number = number & ~(0x3 << 62) | 0x2 << 62
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@dataclass(frozen=True)
class Pending:
    """One line on its way to the backend."""

    device: str
    sequence: int
    event_id: str
    line: bytes


@dataclass(frozen=True)
class Delivery:
    """How the reporting stands, counted from the outbox."""

    steps_delivered: int
    waiting: int
    refused: int


@dataclass(frozen=True)
class _Row:
    """What was written and not yet folded. `durable`: it counts once it is on the disk, not before."""

    id: int
    event: events.Event
    data: events.EventData
    durable: bool


class Store:
    """One process, one thread; `sync` alone may be called in any. Every failure to write raises JournalUnwritable and leaves the
    state as it was.
    """

    def __init__(self, path: Path) -> None:
        """Errors: JournalUnwritable, JournalError `journal.newer`, `journal.in_use`."""
        self._listeners: list[Callable[[], None]] = []
        self.clock_offset_ms: int | None = None
        self.state = SessionState()
        self._key: Ed25519PrivateKey | None = None
        self._source = ""
        self._device = ""
        self._delivery: Delivery | None = None
        self.path = path
        self._held: deque[_Row] = deque()
        self._disk, self._closed = threading.Lock(), False
        self._lock = JournalLock(path)
        try:
            self._db, self.repair = open_journal(path, self._lock.mark())
            try:
                self._untold = pending_repair(self._db)
                rows = self._db.execute("SELECT id, line FROM journal ORDER BY id").fetchall()
                self._written, self._synced = (rows[-1][0] if rows else 0), -1
                leave_the_disk_to_sync(self._db)
                self.sync()
            except (sqlite3.Error, JournalUnwritable) as error:
                self._db.close()
                raise JournalUnwritable(error=str(error)) from error
        except BaseException:
            # Who tries again in this process must not find itself in the way.
            self._lock.close()
            raise
        self._lost_rows = self._untold is not None
        for _row_id, line in rows:
            self._apply(line)

    def _apply(self, line: bytes) -> None:
        try:
            event = chain.read(line)
            self.state = fold(self.state, event, events.data_of(event))
        except ContractError as error:
            # A row of a kind this program does not know yet (an older program after a roll-back): kept, sent, not folded.
            log.warning("journal row not folded: %s", error)

    def use_key(self, key: "Ed25519PrivateKey") -> None:
        """Sign what follows with this key. A repair that opening made is recorded at once. Errors: JournalUnwritable."""
        self._key = key
        self._device = keys.device_id(keys.public_text(key))
        self._source = events.source_of(self._device)
        if self.state.session_code:
            self._tell_repair()

    def _tell_repair(self) -> None:
        if (told := self._untold) is not None:
            self.record(events.JournalRepaired(told.set_aside.name, told.rows_kept, told.chain_broken_at))

    @property
    def has_key(self) -> bool:
        return self._key is not None

    @property
    def device(self) -> str:
        return self._device

    def devices(self) -> list[str]:
        """Every device (key) that wrote to this journal."""
        return [device for (device,) in self._db.execute("SELECT device FROM journal GROUP BY device ORDER BY MIN(id)")]

    def device_of(self, event_id: str) -> str:
        """The device (key) that recorded an event, empty if there is no such event."""
        row = self._db.execute("SELECT device FROM journal WHERE event_id=?", (event_id,)).fetchone()
        return str(row[0]) if row else ""

    def clock_offset_of(self, event_id: str) -> int | None:
        """How far the clock was off when an event was recorded, in ms: as it says itself, else as the next that knew; else as of now."""
        rows = self._db.execute("SELECT line FROM journal WHERE id >= (SELECT id FROM journal WHERE event_id=?) ORDER BY id", (event_id,))
        for (line,) in rows:
            try:
                noted = chain.read(line).clockoffset
            except ContractError:
                continue
            if noted is not msgspec.UNSET:
                return noted
        return self.clock_offset_ms

    def session_keys(self) -> list[str]:
        """The public keys this journal was started with, oldest first."""
        found: list[str] = []
        kind = events.KIND_OF[events.SessionStarted]
        for (line,) in self._db.execute("SELECT line FROM journal WHERE instr(line, CAST(? AS BLOB)) ORDER BY id", (kind,)):
            try:
                data = events.data_of(chain.read(line))
            except ContractError:
                continue
            if isinstance(data, events.SessionStarted) and data.public_key not in found:
                found.append(data.public_key)
        return found

    def record(self, data: events.EventData) -> events.Event:
        """Write one event and fold it. A killed process does not lose it; a power cut may, until the next `sync`.

        Errors: JournalUnwritable, JournalError `journal.no_key`, `journal.event_invalid`, `journal.event_too_large`.
        """
        row = self._write(data, durable=False)
        self._fold_on()
        return row.event

    async def record_durably(self, data: events.EventData) -> events.Event:
        """Write one event and fold it once it is on the disk: for what a person is then told is done.

        An error of the disk leaves the state as it was. The row may be in the file all the same: it counts from the next `sync` that
        succeeds, or from the next start. Errors: as `record`.
        """
        row = self._write(data, durable=True)
        await self.synced()
        return row.event

    async def synced(self) -> None:
        """`sync` off the loop, and fold what waited for it. Errors: JournalUnwritable."""
        try:
            await in_thread(self.sync, limit_s=DISK_LIMIT_S)
        except TimeoutError as error:
            raise JournalUnwritable(error=f"no answer from the disk in {DISK_LIMIT_S:g} s") from error
        self._fold_on()

    @property
    def unsynced(self) -> bool:
        """Whether something was written that the disk was not waited for."""
        return self._written > self._synced

    def sync(self) -> None:
        """Return once every row written so far is on the disk. Blocks; any thread. Errors: JournalUnwritable."""
        with self._disk:
            written = self._written
            if self._closed or written <= self._synced:
                return
            try:
                sync_wal(self.path)
            except OSError as error:
                raise JournalUnwritable(error=str(error)) from error
            self._lock.set_mark(written)
            self._synced = written

    def _write(self, data: events.EventData, *, durable: bool) -> _Row:
        if self._key is None:
            raise JournalError("journal.no_key")
        raw, data = _as_written(data)
        try:
            self._db.execute("BEGIN IMMEDIATE")
            row = self._db.execute(
                "SELECT sequence, hash FROM journal WHERE device=? ORDER BY sequence DESC LIMIT 1", (self._device,)
            ).fetchone()
            last, previous = row or (0, events.ZERO_HASH)
            event = events.Event(
                id=uuid7(),
                source=self._source,
                type=events.KIND_OF[type(data)],
                time=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                sequence=last + 1 + (SEQUENCE_JUMP if self._lost_rows else 0),
                monotonic=int((time.monotonic() - _STARTED) * 1000),
                clockoffset=msgspec.UNSET if self.clock_offset_ms is None else self.clock_offset_ms,
                previoushash=previous,
                data=msgspec.Raw(raw),
            )
            line = chain.seal(event, self._key)
            if len(line) > chain.MAX_LINE_BYTES:
                raise JournalError("journal.event_too_large", bytes=len(line))
            row_id = insert_line(self._db, event.id, self._device, event.sequence, line)
            if isinstance(data, events.JournalRepaired):
                self._db.execute("DELETE FROM repair")
            self._db.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            self._roll_back()
            raise JournalUnwritable(error=str(error)) from error
        except BaseException:
            self._roll_back()
            raise
        self._written, self._delivery = row_id, None
        self._lost_rows = False
        if isinstance(data, events.JournalRepaired):
            self._untold = None
        written = _Row(row_id, event, data, durable)
        self._held.append(written)
        if isinstance(data, events.SessionStarted):
            self._tell_repair()
        return written

    def _fold_on(self) -> None:
        """Fold in the journal's order, up to the first row that must be on the disk and is not."""
        folded = False
        while self._held and (self._held[0].id <= self._synced or not self._held[0].durable):
            row = self._held.popleft()
            self.state = fold(self.state, row.event, row.data)
            folded = True
        if folded:
            self._tell()

    def _roll_back(self) -> None:
        if self._db.in_transaction:
            try:
                self._db.execute("ROLLBACK")
            except sqlite3.Error as error:
                log.warning("roll-back failed: %s", error)

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each record and each delivery."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        self._delivery = None
        for listener in self._listeners:
            listener()

    # --- the outbox -------------------------------------------------------------------------------------------------

    def waiting(self, max_events: int, max_bytes: int) -> list[Pending]:
        """The oldest undelivered lines of one device, in order; at least one line even if it alone is past `max_bytes`."""
        found: list[Pending] = []
        size = 0
        rows = self._db.execute(
            "SELECT j.device, j.sequence, j.event_id, j.line FROM outbox o JOIN journal j ON j.id = o.journal_id"
            " WHERE o.refused = '' ORDER BY j.id LIMIT ?",
            (max_events,),
        )
        for row in rows:
            pending = Pending(*row)
            size += len(pending.line) + 1
            if found and (size > max_bytes or pending.device != found[0].device):
                break
            found.append(pending)
        return found

    def acknowledge(self, device: str, through: int) -> int:
        """Drop delivered lines from the outbox; returns how many. Errors: JournalUnwritable.

        What a power cut brings back is sent again, and the backend knows it by its id.
        """
        delivered = "DELETE FROM outbox WHERE refused = '' AND journal_id IN (SELECT id FROM journal WHERE device=? AND sequence<=?)"
        return self._change(delivered, (device, through))

    def park(self, event_id: str, code: str) -> int:
        """Keep a refused line aside with the reason; it is never sent again and never blocks. Errors: JournalUnwritable."""
        return self._change("UPDATE outbox SET refused=? WHERE journal_id = (SELECT id FROM journal WHERE event_id=?)", (code, event_id))

    def send_again(self, device: str, sequence: int) -> bool:
        """Put lines from `sequence` on back into the outbox (the backend lost them); False if there is none to put back:
        they are not here, or refused for good. Errors: JournalUnwritable.
        """
        put_back = "INSERT OR IGNORE INTO outbox (journal_id) SELECT id FROM journal WHERE device=? AND sequence>=?"
        return self._change(put_back, (device, sequence)) > 0

    def _change(self, statement: str, parameters: tuple[object, ...]) -> int:
        try:
            changed = self._db.execute(statement, parameters).rowcount
        except sqlite3.Error as error:
            self._roll_back()
            raise JournalUnwritable(error=str(error)) from error
        if changed:
            self._tell()
        return changed

    def delivery(self) -> Delivery:
        """Asked with every picture of the top bar, counted once a change."""
        if self._delivery is None:
            self._delivery = self._count()
        return self._delivery

    def _count(self) -> Delivery:
        waiting, refused = self._db.execute("SELECT COALESCE(SUM(refused=''),0), COALESCE(SUM(refused<>''),0) FROM outbox").fetchone()
        finished = [step.event_id for step in self.state.steps.values()]
        marks = ",".join("?" * len(finished))
        held = self._db.execute(
            f"SELECT COUNT(*) FROM outbox o JOIN journal j ON j.id = o.journal_id WHERE j.event_id IN ({marks})",  # noqa: S608 (marks only)
            finished,
        ).fetchone()[0]
        return Delivery(len(finished) - held, waiting, refused)

    def close(self) -> None:
        """Everything reaches the disk, or the log says that it did not."""
        try:
            self.sync()
        except JournalUnwritable as error:
            log.warning("closed without the disk's word: %s", error)
        with self._disk:
            self._closed = True
            self._db.close()
            self._lock.close()


def _as_written(data: events.EventData) -> tuple[bytes, events.EventData]:
    """The data's JSON, and the data as whoever reads it later will have it: what is folded now is what is folded at the next start.

    Errors: JournalError `journal.event_invalid`.
    """
    try:
        raw = msgspec.json.encode(data)
        return raw, msgspec.json.decode(raw, type=type(data))
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise JournalError("journal.event_invalid", kind=type(data).__name__, error=str(error)) from error


__all__ = ["Delivery", "Pending", "Repair", "Store", "uuid7"]

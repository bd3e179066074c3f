"""A damaged journal: what can be read is kept, the damaged file is set aside, and the backend's numbers are not used twice."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import chain, events, keys
from app.core.errors import JournalUnwritable
from app.services.store import SEQUENCE_JUMP, Store
from tests.services.rig import enter, lines_of, started

ROWS = 60
SENT = 20
PARKED = 25


@dataclass
class Written:
    path: Path
    key: Ed25519PrivateKey
    lines: dict[int, bytes]


def write(path: Path) -> Written:
    """A journal of ROWS + 1 rows: SENT were delivered, one was refused, the rest wait."""
    store, key = started(path)
    for n in range(ROWS):
        store.record(events.StepSaved("guidelines", {"n": n, "text": "é" * 300}))
    lines = {chain.read(line).sequence: line for line in lines_of(store)}
    store.acknowledge(store.device, SENT)
    store.park(chain.read(lines[PARKED]).id, "event.kind_unknown")
    store.close()
    return Written(path, key, lines)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(tmp_path_factory.mktemp("original") / "journal.db")


@pytest.fixture
def written(original: Written, tmp_path: Path) -> Written:
    shutil.copytree(original.path.parent, tmp_path / "data")
    return Written(tmp_path / "data" / "journal.db", original.key, original.lines)


def told(store: Store) -> list[events.JournalRepaired]:
    found = []
    with closing(sqlite3.connect(store.path)) as db:
        for (line,) in db.execute("SELECT line FROM journal ORDER BY id"):
            data = events.data_of(chain.read(line))
            if isinstance(data, events.JournalRepaired):
                found.append(data)
    return found


def rows(store: Store) -> dict[int, bytes]:
    with closing(sqlite3.connect(store.path)) as db:
        return dict(db.execute("SELECT sequence, line FROM journal"))


def overwrite_page(path: Path, number: int) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * number)
        file.write(b"\xa5" * 4096)


def pages_of(path: Path, name: str) -> list[int]:
    """The leaf pages of a table or index, zero-based (SQLite's own account of them)."""
    with closing(sqlite3.connect(path)) as db:
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name=?", (name,)).fetchone()[0]
        pages = db.execute("PRAGMA page_count").fetchone()[0]
    data = path.read_bytes()
    kinds = {number: data[4096 * (number - 1)] for number in range(2, pages + 1)}
    assert kinds[root] in {0x05, 0x0D, 0x02, 0x0A}
    return [number - 1 for number, kind in kinds.items() if kind == 0x0D and number != root]


def flip_in_line(path: Path, line: bytes) -> None:
    data = bytearray(path.read_bytes())
    at = data.find(line[:80])
    assert at > 0
    data[at + 40] ^= 1
    path.write_bytes(bytes(data))


def middle_page(written: Written) -> None:
    leaves = pages_of(written.path, "journal")
    overwrite_page(written.path, leaves[len(leaves) // 2])


def two_pages(written: Written) -> None:
    leaves = pages_of(written.path, "journal")
    overwrite_page(written.path, leaves[2])
    overwrite_page(written.path, leaves[-4])


def truncated(written: Written) -> None:
    with written.path.open("r+b") as file:
        file.truncate(written.path.stat().st_size // 2)


def garbage_header(written: Written) -> None:
    with written.path.open("r+b") as file:
        file.write(b"This is not the file you had. " * 5)


def zero_bytes(written: Written) -> None:
    written.path.write_bytes(b"")


def cut_to_100(written: Written) -> None:
    with written.path.open("r+b") as file:
        file.truncate(100)


def all_noise(written: Written) -> None:
    written.path.write_bytes(bytes(range(256)) * 64)


def flipped_byte(written: Written) -> None:
    flip_in_line(written.path, written.lines[30])


def two_flipped_bytes(written: Written) -> None:
    flip_in_line(written.path, written.lines[10])
    flip_in_line(written.path, written.lines[50])


def line_made_text(written: Written) -> None:
    with closing(sqlite3.connect(written.path)) as db, db:
        db.execute("UPDATE journal SET line = CAST(line AS TEXT) WHERE sequence = 30")


def hash_not_utf8(written: Written) -> None:
    with closing(sqlite3.connect(written.path)) as db, db:
        db.execute("UPDATE journal SET hash = CAST(x'ff' || CAST(hash AS BLOB) AS TEXT) WHERE sequence IN (20, 40)")


def no_journal_table(written: Written) -> None:
    with closing(sqlite3.connect(written.path)) as db, db:
        db.execute("DROP TABLE outbox")
        db.execute("DROP TABLE journal")


def last_row_gone(written: Written) -> None:
    """Sound to SQLite: a -wal that was deleted after a crash leaves the file so."""
    with closing(sqlite3.connect(written.path)) as db, db:
        db.execute("DELETE FROM outbox WHERE journal_id > 55")
        db.execute("DELETE FROM journal WHERE id > 55")


DAMAGES: dict[Callable[[Written], None], tuple[int, int]] = {
    # at least and at most how many rows can be kept
    middle_page: (40, ROWS),
    two_pages: (30, ROWS),
    truncated: (0, ROWS),
    garbage_header: (0, 0),
    zero_bytes: (0, 0),
    cut_to_100: (0, 0),
    all_noise: (0, 0),
    flipped_byte: (ROWS, ROWS),
    two_flipped_bytes: (ROWS - 1, ROWS - 1),
    line_made_text: (ROWS, ROWS),
    hash_not_utf8: (ROWS - 1, ROWS - 1),
    no_journal_table: (0, 0),
    last_row_gone: (55, 55),
}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_journal_opens_and_keeps_what_can_be_read(written: Written, damage: Callable[[Written], None]) -> None:
    damage(written)
    damaged_bytes = written.path.read_bytes()
    low, high = DAMAGES[damage]

    store = Store(written.path)
    repair = store.repair
    assert repair is not None
    assert repair.set_aside.read_bytes() == damaged_bytes, "the damaged file is kept as it was"
    kept = rows(store)
    assert repair.rows_kept == len(kept)
    assert low <= len(kept) <= high
    assert all(written.lines[sequence] == line for sequence, line in kept.items())

    store.use_key(written.key)
    if not store.state.session_code:
        assert told(store) == [], "nothing is recorded before the notice is accepted"
        store.record(events.SessionStarted(keys.public_text(written.key), "123456", "1", "fr", "0.1.0"))
    assert [one.set_aside for one in told(store)] == [repair.set_aside.name]
    new = sorted(set(rows(store)) - set(kept))
    assert new[0] == max(kept, default=0) + SEQUENCE_JUMP + 1
    assert new == list(range(new[0], new[0] + len(new)))
    following = enter(store, "ready")[0]
    assert following.sequence == new[-1] + 1
    before = store.state
    store.close()

    again, _ = started(written.path, written.key)
    assert again.repair is None
    assert again.state == before
    assert len(told(again)) == 1
    assert enter(again, "x")[0].sequence == following.sequence + 1
    again.close()


def test_delivered_refused_and_waiting_lines_stay_what_they_were(written: Written) -> None:
    flip_in_line(written.path, written.lines[30])
    store = Store(written.path)
    waiting = {pending.sequence for pending in store.waiting(999, 1 << 30)}
    assert waiting == set(range(SENT + 1, ROWS + 2)) - {30, PARKED}
    assert store.delivery().refused == 1
    store.close()


def test_where_the_outbox_cannot_be_read_everything_waits_again(written: Written) -> None:
    with closing(sqlite3.connect(written.path)) as db, db:
        db.execute("DROP TABLE outbox")
    flip_in_line(written.path, written.lines[30])
    store = Store(written.path)
    assert {pending.sequence for pending in store.waiting(999, 1 << 30)} == set(written.lines) - {30}
    store.close()


def test_the_broken_place_is_named(written: Written) -> None:
    flip_in_line(written.path, written.lines[30])
    store = Store(written.path)
    assert store.repair is not None
    assert store.repair.chain_broken_at == 29
    store.close()


def test_a_repair_that_no_key_could_tell_is_told_by_the_next_process(written: Written) -> None:
    flip_in_line(written.path, written.lines[ROWS + 1])
    first = Store(written.path)
    assert first.repair is not None
    first.close()
    second = Store(written.path)
    assert second.repair is None, "this opening repaired nothing"
    second.use_key(written.key)
    assert len(told(second)) == 1
    assert max(rows(second)) == ROWS + SEQUENCE_JUMP + 1
    second.close()


def test_a_deleted_wal_after_a_kill_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    key_file = tmp_path / "key"
    program = f"""
import os, signal, sqlite3
from pathlib import Path
from tests.services.rig import enter, started
store, key = started(Path({str(path)!r}))
Path({str(key_file)!r}).write_bytes(key.private_bytes_raw())
sqlite3.connect({str(path)!r}).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
enter(store, *["step"] * 10)
store.sync()
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == -9
    path.with_name("journal.db-wal").unlink()
    store = Store(path)
    assert store.repair is not None
    assert (store.repair.rows_kept, store.repair.chain_broken_at) == (1, 1)
    store.use_key(Ed25519PrivateKey.from_private_bytes(key_file.read_bytes()))
    assert enter(store, "next")[0].sequence == 1 + SEQUENCE_JUMP + 2
    store.close()


def test_a_kill_alone_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    program = f"""
import os, signal
from pathlib import Path
from tests.services.rig import enter, started
enter(started(Path({str(path)!r}))[0], *["step"] * 10)
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == -9
    store = Store(path)
    assert store.repair is None
    assert len(rows(store)) == 11
    store.close()


def test_two_repairs_are_two_files_and_two_events(written: Written) -> None:
    flip_in_line(written.path, written.lines[30])
    store, _ = started(written.path, written.key)
    store.close()
    flip_in_line(written.path, written.lines[40])
    store, _ = started(written.path, written.key)
    assert len(told(store)) == 2
    assert len({one.set_aside for one in told(store)}) == 2
    assert max(rows(store)) == (ROWS + 1) + 2 * (SEQUENCE_JUMP + 1)
    store.close()


def test_a_swap_that_was_cut_short_is_finished(written: Written) -> None:
    """Killed between the two renames: the damaged file has gone aside, the rebuilt one is not yet in its place."""
    flip_in_line(written.path, written.lines[30])
    store = Store(written.path)
    assert store.repair is not None
    aside = store.repair.set_aside
    store.close()
    written.path.rename(written.path.with_name("journal.db.rebuilt"))
    again, _ = started(written.path, written.key)
    assert len(rows(again)) == ROWS + 1
    assert told(again)[0].set_aside == aside.name
    assert not written.path.with_name("journal.db.rebuilt").exists()
    again.close()


def test_a_half_made_rebuild_is_thrown_away(written: Written) -> None:
    written.path.with_name("journal.db.rebuilt").write_bytes(b"half")
    flip_in_line(written.path, written.lines[30])
    store = Store(written.path)
    assert len(rows(store)) == ROWS
    store.close()


def test_where_the_rebuild_has_no_room_the_damaged_file_stays_in_its_place(written: Written) -> None:
    flip_in_line(written.path, written.lines[30])
    damaged = written.path.read_bytes()
    blocked = written.path.with_name("journal.db.rebuilt")
    blocked.mkdir()
    with pytest.raises(JournalUnwritable):
        Store(written.path)
    assert written.path.read_bytes() == damaged
    blocked.rmdir()
    store = Store(written.path)
    assert len(rows(store)) == ROWS
    store.close()


def test_a_line_whose_event_cannot_be_read_stays_in_the_damaged_file(written: Written) -> None:
    bad = b'{"not": "an event"}'
    with closing(sqlite3.connect(written.path)) as db, db:
        db.execute("INSERT INTO journal VALUES (900, 'x', 'y', 1, ?, ?)", (chain.line_hash(bad), bad))
        db.execute("UPDATE journal SET hash = 'wrong' WHERE id = 30")
    store = Store(written.path)
    assert store.repair is not None
    assert store.repair.rows_kept == len(rows(store)) == ROWS
    store.close()


def test_history_of_another_device_is_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    store, _ = started(path)
    enter(store, "a", "b")
    new = Ed25519PrivateKey.generate()
    store.use_key(new)
    enter(store, "c", "d")
    devices = store.devices()
    store.close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE journal SET hash='' WHERE id=2")
    store, _ = started(path, new)
    assert store.devices() == devices
    assert [p.sequence for p in store.waiting(99, 1 << 20)] == [1, 3]
    assert store.repair is not None
    assert store.repair.chain_broken_at == 1
    store.close()


def test_a_journal_that_was_taken_away_is_a_fresh_start_and_no_damage(written: Written) -> None:
    """Somebody started over: the lock file's mark of the old journal says nothing of the new one."""
    written.path.unlink()
    store, _ = started(written.path)
    assert store.repair is None
    assert enter(store, "welcome")[0].sequence == 2
    store.close()
    again = Store(written.path)
    assert again.repair is None
    again.close()


@pytest.mark.parametrize("mark", [b"", b"x" * 60, b"\0" * 60])
def test_a_mark_that_cannot_be_read_is_no_mark(written: Written, mark: bytes) -> None:
    written.path.with_name("journal.db.lock").write_bytes(mark)
    store = Store(written.path)
    assert store.repair is None
    assert len(rows(store)) == ROWS + 1
    store.close()

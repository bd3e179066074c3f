"""What waits for the disk and what does not: told and sent is on the disk first, the loop never waits."""

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import events
from app.contracts.outcomes import Outcome
from app.contracts.receipts import EventsReceipt
from app.core.errors import JournalUnwritable
from app.services import store as store_module
from app.services.reporter import Pace, Reporter
from app.services.store import Store
from tests.services.disk import Disk
from tests.services.rig import check_chain, enter, lines_of, receipt, started

Begun = tuple[Store, Ed25519PrivateKey, Disk]
DONE = events.StepFinished("welcome", Outcome.PASSED, "welcome.done")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.db"


@pytest.fixture
def begun(path: Path, monkeypatch: pytest.MonkeyPatch) -> Begun:
    store, key = started(path)
    return store, key, Disk(monkeypatch, path)


class Api:
    """A backend that takes everything; `look` sees what it is given first."""

    def __init__(self, look: Callable[[list[bytes]], None] = lambda _lines: None) -> None:
        self._look = look
        self.sent: list[int] = []

    def post_events(self, _token: str, lines: list[bytes], _lost_through: int | None = None) -> EventsReceipt:
        self._look(lines)
        self.sent.append(len(lines))
        return msgspec.json.decode(receipt(len(lines)).body, type=EventsReceipt)


def after_a_power_cut(store: Store, disk: Disk, to: Path) -> Path:
    """The journal as the next start would find it at the worst: the files as they are, the -wal cut off where it was last synced."""
    shutil.copytree(store.path.parent, to)
    os.truncate(to / "journal.db-wal", disk.synced_bytes)
    return to / "journal.db"


def run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(story())


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - any condition, not an event
            await asyncio.sleep(0.005)


def test_a_step_is_done_once_the_disk_has_it_and_the_loop_turns_meanwhile(begun: Begun) -> None:
    store, _, disk = begun
    told: list[bool] = []
    store.subscribe(lambda: told.append("welcome" in store.state.steps))

    async def story() -> None:
        disk.lets_go.clear()
        finishing = asyncio.create_task(store.record_durably(DONE))
        await until(disk.asked.is_set)
        # The loop turns: this line runs. Nothing says that the step is done.
        assert store.state.steps == {}
        assert told == []
        disk.lets_go.set()
        await finishing
        assert store.state.steps["welcome"].outcome is Outcome.PASSED
        assert told == [True]

    run(story)
    assert threading.main_thread() not in disk.threads
    store.close()


def test_what_is_written_meanwhile_is_folded_in_the_journals_order(begun: Begun) -> None:
    store, key, disk = begun
    order: list[str] = []
    store.subscribe(lambda: order.append(f"{store.state.current or '-'} {','.join(store.state.steps)}"))

    async def story() -> None:
        disk.lets_go.clear()
        finishing = asyncio.create_task(store.record_durably(DONE))
        await until(disk.asked.is_set)
        assert enter(store, "identity")[0].sequence == 3, "written at once"
        assert order == [], "told after what came before it"
        disk.lets_go.set()
        await finishing

    run(story)
    assert order == ["identity welcome"]
    check_chain(lines_of(store), key)
    before = store.state
    store.close()
    again = Store(store.path)
    assert again.state == before
    again.close()


def test_a_disk_that_fails_leaves_the_step_undone_and_the_next_try_does_it(begun: Begun) -> None:
    store, key, disk = begun

    async def story() -> None:
        before = store.state
        disk.fails = True
        with pytest.raises(JournalUnwritable):
            await store.record_durably(DONE)
        assert store.state == before
        assert store.unsynced
        disk.fails = False
        await store.record_durably(DONE)
        assert store.state.steps["welcome"].outcome is Outcome.PASSED
        assert not store.unsynced

    run(story)
    check_chain(lines_of(store), key)
    store.close()


def test_a_disk_that_never_answers_is_not_waited_for_without_end(begun: Begun, monkeypatch: pytest.MonkeyPatch) -> None:
    store, _, disk = begun
    monkeypatch.setattr(store_module, "DISK_LIMIT_S", 0.05)

    async def story() -> None:
        disk.lets_go.clear()
        with pytest.raises(JournalUnwritable):
            await store.record_durably(DONE)
        assert store.state.steps == {}
        disk.lets_go.set()
        await store.synced()
        assert store.state.steps["welcome"].outcome is Outcome.PASSED, "it came late, and it counts"

    run(story)
    store.close()


def test_a_given_up_wait_does_not_lose_the_row(begun: Begun) -> None:
    """The window is closed while the disk is waited for."""
    store, _, disk = begun

    async def story() -> None:
        disk.lets_go.clear()
        finishing = asyncio.create_task(store.record_durably(DONE))
        await until(disk.asked.is_set)
        finishing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await finishing
        disk.lets_go.set()

    run(story)
    store.close()
    again = Store(store.path)
    assert again.state.steps["welcome"].outcome is Outcome.PASSED
    again.close()


def test_a_power_cut_costs_nothing_that_was_told(begun: Begun, tmp_path: Path) -> None:
    store, key, disk = begun

    async def story() -> None:
        for n in range(5):
            store.record(events.StepSaved("guidelines", {"n": n}))
        await store.record_durably(DONE)
        store.record(events.StepSaved("guidelines", {"n": 99}))

    run(story)
    found = Store(after_a_power_cut(store, disk, tmp_path / "after"))
    assert found.repair is None, "a cut is no damage"
    assert found.state.steps["welcome"].outcome is Outcome.PASSED
    assert found.state.drafts["guidelines"] == {"n": 4}, "the last draft alone had not reached the disk"
    found.use_key(key)
    assert enter(found, "identity")[0].sequence == 8, "its number was used for nothing that anybody saw"
    check_chain(lines_of(found), key)
    found.close()
    store.close()


def test_a_power_cut_costs_nothing_that_the_backend_has(begun: Begun, tmp_path: Path) -> None:
    store, _, disk = begun

    def cut(lines: list[bytes]) -> None:
        found = Store(after_a_power_cut(store, disk, tmp_path / "after"))
        assert [pending.line for pending in found.waiting(99, 1 << 20)] == lines
        found.close()

    api = Api(cut)

    async def story() -> None:
        reporter = Reporter(store, api, lambda: "token", pace=Pace(base_s=0.01, cap_s=0.05))
        enter(store, "identity", "vpn")
        task = asyncio.create_task(reporter.run())
        assert await reporter.drain(10)
        task.cancel()

    run(story)
    assert api.sent == [3]
    store.close()


def test_nothing_is_sent_that_the_disk_does_not_take(begun: Begun) -> None:
    store, _, disk = begun
    api = Api()

    async def story() -> None:
        disk.fails = True
        enter(store, "identity")
        reporter = Reporter(store, api, lambda: "token", pace=Pace(base_s=0.01, cap_s=0.02))
        task = asyncio.create_task(reporter.run())
        await until(lambda: len(disk.threads) >= 2)
        assert api.sent == []
        disk.fails = False
        assert await reporter.drain(10)
        assert api.sent == [2]
        task.cancel()

    run(story)
    store.close()


def test_sync_with_nothing_new_asks_the_disk_nothing(begun: Begun) -> None:
    store, _, disk = begun
    enter(store, "identity")
    store.sync()
    disk.asked.clear()
    store.sync()
    assert not disk.asked.is_set()
    store.close()
    disk.asked.clear()
    store.sync()
    assert not disk.asked.is_set(), "closed: everything is there"


def test_the_mark_says_how_far_the_disk_came_not_how_far_the_file_did(begun: Begun) -> None:
    store, _, _ = begun
    enter(store, "identity")
    store.sync()
    enter(store, "vpn")
    mark = store.path.with_name("journal.db.lock").read_bytes()[16:]
    assert int(mark) == 2
    store.close()
    assert int(store.path.with_name("journal.db.lock").read_bytes()[16:]) == 3

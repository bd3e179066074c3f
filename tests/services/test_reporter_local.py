"""The reporter's own side: clock, commands, a disk that refuses, errors of others. Real API and server, as in test_reporter."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from app.contracts import chain
from app.contracts.receipts import Command, EventsReceipt
from app.services.backend_api import BackendApi
from app.services.reporter import Link, Pace
from app.services.store import Store
from tests.services.rig import Reply, Seen, enter, lines_of, problem, receipt, until
from tests.services.test_reporter import Rig, rig_at


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with rig_at(tmp_path / "journal.db") as made:
        yield made


def test_the_clock_offset_is_noted_and_stamped_on_what_follows(rig: Rig) -> None:
    assert chain.read(lines_of(rig.store)[0]).clockoffset is msgspec.UNSET
    ahead = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    rig.backend.script.append(lambda _: receipt(1, server_time=ahead))
    rig.drained()
    assert rig.store.clock_offset_ms is not None
    assert abs(rig.store.clock_offset_ms - 3_600_000) < 5_000
    assert enter(rig.store, "a")[0].clockoffset == rig.store.clock_offset_ms


@pytest.mark.parametrize("server_time", ["", "yesterday", "2026-01-01T00:00:00", "9999-99-99T00:00:00Z"])
def test_a_server_time_that_says_nothing_is_not_noted(rig: Rig, server_time: str) -> None:
    rig.backend.script.append(lambda _: receipt(1, server_time=server_time))
    rig.drained()
    assert rig.store.clock_offset_ms is None


def test_known_commands_are_passed_on_and_unknown_ones_ignored(rig: Rig) -> None:
    commands = [{"id": "1", "kind": "pc.explode"}, {"id": "2", "kind": "journey.changed", "args": {"id": "telecom-fr"}}]
    rig.backend.script.append(lambda _: receipt(1, commands=commands))
    rig.drained()
    assert rig.commands == [Command("2", "journey.changed", {"id": "telecom-fr"})]


def test_listeners_that_fail_do_not_end_reporting(rig: Rig) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError("a page is gone")

    rig.reporter.on_command = fail
    rig.reporter.on_link = fail
    commands = [{"id": "2", "kind": "journey.changed"}]
    rig.backend.script.append(lambda _: receipt(1, commands=commands))
    rig.drained()
    enter(rig.store, "a")
    rig.drained()
    assert rig.backend.posts()[-1][-1] == 2


@contextmanager
def refusing(store: Store, trigger: str) -> Iterator[None]:
    """A disk that does not take one kind of change."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as db:
        db.execute(f"CREATE TRIGGER no_more {trigger} ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END")
        try:
            yield
        finally:
            db.execute("DROP TRIGGER no_more")


def test_a_disk_that_refuses_the_striking_off_costs_a_second_post_and_no_more(rig: Rig) -> None:
    async def story() -> None:
        with refusing(rig.store, "BEFORE DELETE"):
            await until(lambda: len(rig.backend.seen) >= 3)
            assert rig.store.delivery().waiting == 1
        assert await rig.reporter.drain(10)

    rig.run(story)
    assert rig.backend.sequences() == [1]
    assert rig.backend.twice == 0


@pytest.mark.parametrize("answer", [problem(422, "event.malformed"), problem(413, "request.too_large")])
def test_a_disk_that_refuses_the_setting_aside_does_not_end_reporting(rig: Rig, answer: Reply) -> None:
    rig.backend.usual = lambda _: answer

    async def story() -> None:
        with refusing(rig.store, "BEFORE UPDATE"):
            await until(lambda: len(rig.backend.seen) >= 3)
        assert await rig.reporter.drain(10)

    rig.run(story)
    assert rig.store.delivery().refused == 1


class OddApi:
    """Raises what no wire should, then works."""

    def __init__(self, errors: list[BaseException], real: BackendApi) -> None:
        self.errors = errors
        self.real = real

    def post_events(self, token: str, lines: list[bytes], lost_through: int | None = None) -> EventsReceipt:
        if self.errors:
            raise self.errors.pop()
        return self.real.post_events(token, lines, lost_through)


def test_an_error_nobody_expected_is_only_a_pause(rig: Rig) -> None:
    rig.reporter.api = OddApi([ValueError("odd"), UnicodeEncodeError("latin-1", "é", 0, 1, "odd"), KeyError("x")], rig.api)
    rig.drained()
    assert rig.links == [Link.OFFLINE, Link.ONLINE]


def test_a_token_that_no_header_takes_does_not_end_reporting(rig: Rig) -> None:
    rig.token = "été\n…"

    async def story() -> None:
        await until(lambda: rig.reporter.link is Link.OFFLINE)
        rig.token = "good"
        assert await rig.reporter.drain(10)

    rig.run(story)


def test_a_call_past_its_time_limit_counts_as_offline(rig: Rig) -> None:
    import threading

    go_on = threading.Event()

    def silent(_seen: Seen) -> Reply:
        go_on.wait(10)
        return Reply(wire=lambda handler: handler.connection.close())

    rig.backend.script.append(silent)
    rig.reporter.call_limit_s = 0.2
    rig.reporter.pace = Pace(base_s=0.01, cap_s=0.05)

    async def story() -> None:
        await until(lambda: rig.reporter.link is Link.OFFLINE)
        rig.reporter.call_limit_s = 10
        assert await rig.reporter.drain(10)

    rig.run(story)
    go_on.set()
    assert rig.backend.sequences() == [1]

"""The reporter with the real BackendApi against a real, small HTTP server."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import chain as chained
from itertools import pairwise
from pathlib import Path

import pytest

from app.contracts import events
from app.contracts.receipts import MAX_BATCH_EVENTS, Command
from app.services.backend_api import BackendApi
from app.services.reporter import Link, Pace, Reporter
from tests.services.rig import Reply, Seen, TinyBackend, check_chain, enter, lines_of, problem, receipt, serving, started, until

PACE = Pace(base_s=0.01, cap_s=0.05)
STILL = Pace(base_s=600.0, cap_s=600.0)
"""After one failure nothing happens by itself for the length of a test."""


class Rig:
    def __init__(self, path: Path, backend: TinyBackend) -> None:
        self.backend = backend
        self.store, self.key = started(path)
        self.api = BackendApi(backend.url)
        self.token: str | None = "token-1"
        self.commands: list[Command] = []
        self.links: list[Link] = []
        self.reporter = Reporter(
            self.store, self.api, lambda: self.token, self.commands.append, lambda: self.links.append(self.reporter.link), PACE
        )
        self.store.subscribe(lambda: self.reporter.wake())
        self.loop = asyncio.Runner()

    def run(self, story: Callable[[], Awaitable[None]]) -> None:
        async def both() -> None:
            task = asyncio.create_task(self.reporter.run())
            try:
                await story()
                assert not task.done(), "the reporter ended by itself"
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

        self.loop.run(both())

    def drained(self, limit_s: float = 15.0) -> None:
        async def story() -> None:
            assert await self.reporter.drain(limit_s)

        self.run(story)


@contextmanager
def rig_at(path: Path) -> Iterator[Rig]:
    with serving() as backend:
        rig = Rig(path, backend)
        try:
            yield rig
        finally:
            rig.loop.close()
            rig.api.close()
            rig.store.close()


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with rig_at(tmp_path / "journal.db") as made:
        yield made


# --- the good way ---------------------------------------------------------------------------------------------------


def test_everything_arrives_once_in_order_as_it_was_signed(rig: Rig) -> None:
    enter(rig.store, *(f"s{n}" for n in range(30)))
    lines = lines_of(rig.store)
    rig.drained()
    assert list(rig.backend.kept.values()) == lines
    check_chain(lines, rig.key)
    assert rig.backend.posts() == [list(range(1, 32))]
    assert rig.reporter.link is Link.ONLINE
    assert rig.backend.seen[0].headers["authorization"] == "Bearer token-1"
    assert rig.backend.seen[0].headers["content-type"] == "application/cloudevents-batch+json"


def test_what_is_recorded_while_running_is_sent_at_once(rig: Rig) -> None:
    async def story() -> None:
        await until(lambda: rig.backend.sequences() == [1])
        enter(rig.store, "a")
        await until(lambda: rig.backend.sequences() == [1, 2])

    rig.run(story)


def test_large_batches_are_cut_by_count_and_by_bytes_and_sent_as_gzip(rig: Rig) -> None:
    enter(rig.store, *["s"] * (MAX_BATCH_EVENTS + 20))
    rig.store.record(events.StepSaved("x", {"text": "y" * 200_000}))
    rig.store.record(events.StepSaved("x", {"text": "y" * 200_000}))
    rig.store.record(events.StepSaved("x", {"text": "y" * 200_000}))
    rig.drained()
    posts = rig.backend.posts()
    assert [len(post) for post in posts] == [MAX_BATCH_EVENTS, 23, 1]
    assert list(chained.from_iterable(posts)) == list(range(1, MAX_BATCH_EVENTS + 25))
    assert all(seen.headers["content-encoding"] == "gzip" for seen in rig.backend.seen)
    assert len(rig.backend.seen[-1].raw) < 5_000


def test_a_small_batch_is_not_compressed(rig: Rig) -> None:
    rig.drained()
    assert "content-encoding" not in rig.backend.seen[0].headers


def test_without_a_token_nothing_is_sent(rig: Rig) -> None:
    rig.token = None

    async def story() -> None:
        assert not await rig.reporter.drain(0.1)
        assert rig.backend.seen == []
        rig.token = "token-2"
        rig.reporter.unblock()
        assert await rig.reporter.drain(10)

    rig.run(story)
    assert rig.backend.seen[0].headers["authorization"] == "Bearer token-2"


# --- failures and pauses --------------------------------------------------------------------------------------------


def test_the_pause_grows_to_its_cap_and_is_jittered() -> None:
    pace = Pace(base_s=1.0, cap_s=60.0)
    for failures, full in ((1, 1.0), (2, 2.0), (3, 4.0), (6, 32.0), (7, 60.0), (10_000, 60.0)):
        delays = [pace.delay(failures) for _ in range(300)]
        assert full / 2 <= min(delays) < full * 0.6
        assert full * 0.9 < max(delays) <= full


def test_after_failures_the_same_lines_are_sent_again(rig: Rig) -> None:
    rig.backend.script.extend([lambda _: problem(500, "backend.broken")] * 4)
    rig.reporter.pace = Pace(base_s=0.05, cap_s=10.0)
    rig.drained()
    assert rig.backend.posts() == [[1]] * 5
    at = [seen.at for seen in rig.backend.seen]
    gaps = [later - earlier for earlier, later in pairwise(at)]
    assert all(gap >= 0.05 * 2**n * 0.5 for n, gap in enumerate(gaps))
    assert rig.links == [Link.OFFLINE, Link.ONLINE]
    assert rig.reporter._failures == 0


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_honoured_and_recording_does_not_cut_it(rig: Rig, form: str) -> None:
    def busy(_seen: Seen) -> Reply:
        value = "1" if form == "seconds" else format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        return problem(503, "backend.unavailable", {"Retry-After": value})

    rig.backend.script.append(busy)

    async def story() -> None:
        await until(lambda: rig.backend.seen)
        await until(lambda: rig.reporter.link is not Link.NEVER)
        enter(rig.store, "a")
        rig.reporter.wake()
        assert await rig.reporter.drain(10)

    rig.run(story)
    first, second = rig.backend.seen[:2]
    assert 0.95 <= second.at - first.at < 3.5
    assert rig.links[0] is Link.ONLINE


@pytest.mark.parametrize("value", ["", "soon", "-5", "٣", "Mon, 99 Foo 99999 99:99:99 GMT", "9" * 400, "Thu, 01 Jan 1970 00:00:00 -0000"])
def test_a_nonsense_retry_after_ends_nothing(rig: Rig, value: str) -> None:
    rig.backend.script.append(lambda _: problem(429, "x.y", {"Retry-After": value.encode().decode("latin-1")}))
    rig.reporter.pace = Pace(base_s=0.01, cap_s=0.05, retry_after_cap_s=0.2)
    rig.drained()


def test_the_line_coming_back_voids_the_pause(rig: Rig) -> None:
    rig.reporter.pace = STILL
    rig.backend.script.append(lambda _: problem(500, "backend.broken"))

    async def story() -> None:
        await until(lambda: rig.reporter.link is Link.OFFLINE)
        rig.reporter.wake()
        enter(rig.store, "a")
        assert not await rig.reporter.drain(0.2), "recording does not cut a pause short"
        rig.reporter.line_is_back()
        assert await rig.reporter.drain(5)

    rig.run(story)


def test_the_line_coming_back_during_a_failing_call_voids_its_pause(rig: Rig) -> None:
    rig.reporter.pace = STILL
    come_back = asyncio.Event()

    def failing(_seen: Seen) -> Reply:
        loop.call_soon_threadsafe(come_back.set)
        time.sleep(0.2)  # the call is under way while the line comes back
        return problem(500, "backend.broken")

    rig.backend.script.append(failing)

    async def story() -> None:
        nonlocal loop
        loop = asyncio.get_running_loop()
        await come_back.wait()
        rig.reporter.line_is_back()
        assert await rig.reporter.drain(5)

    loop: asyncio.AbstractEventLoop
    rig.run(story)


def test_a_receipt_without_progress_does_not_spin(rig: Rig) -> None:
    rig.backend.usual = lambda _: receipt(0)

    async def story() -> None:
        assert not await rig.reporter.drain(0.5)

    rig.run(story)
    # 0.005 + 0.01 + 0.02 + 0.025 ... s at the least
    assert 3 <= len(rig.backend.seen) <= 25


def test_drain_gives_up_at_its_limit(rig: Rig) -> None:
    rig.backend.usual = lambda _: problem(500, "backend.broken")

    async def story() -> None:
        began = time.monotonic()
        assert not await rig.reporter.drain(0.3)
        assert 0.3 <= time.monotonic() - began < 2

    rig.run(story)


def test_a_captive_portal_is_no_backend_and_removes_nothing(rig: Rig) -> None:
    page = b"<html><body>Welcome to the hotel</body></html>"
    rig.backend.script.extend(
        [
            lambda _: Reply(200, page, {"Content-Type": "text/html"}),
            lambda _: Reply(200, b"\xff\xfe\x00", {}),
            lambda _: Reply(302, page, {"Location": "http://portal.example/"}),
            lambda _: Reply(401, page, {}),
            lambda _: Reply(413, page, {}),
            lambda _: Reply(422, page, {}),
            lambda _: Reply(400, b"\xff", {}),
        ]
    )

    async def story() -> None:
        await until(lambda: len(rig.backend.seen) == 7)
        assert rig.reporter.link is Link.OFFLINE
        assert rig.store.delivery().waiting == 1
        assert await rig.reporter.drain(10)

    rig.run(story)
    assert rig.links == [Link.OFFLINE, Link.ONLINE]
    assert rig.store.delivery().refused == 0


def test_a_lost_reply_stores_nothing_twice(rig: Rig) -> None:
    def lose(seen: Seen) -> Reply:
        rig.backend.keep(seen)
        return Reply(wire=lambda handler: handler.connection.close())

    rig.backend.script.extend([lose, lose])
    enter(rig.store, "a", "b")
    rig.drained()
    assert rig.backend.sequences() == [1, 2, 3]
    assert rig.backend.twice == 0

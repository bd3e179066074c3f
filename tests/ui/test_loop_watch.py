"""The watchdog of the event loop."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from app.ui.loop_watch import KEPT, LoopWatch

Run = Callable[[Any], Any]


def _hold(seconds: float) -> None:
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        sum(range(100))


def test_it_sees_a_loop_that_stands_still(run_async: Run) -> None:
    async def story() -> LoopWatch:
        with LoopWatch() as watch:
            await asyncio.sleep(0.05)
            time.sleep(0.12)  # noqa: ASYNC251  # the fault it must see
            await asyncio.sleep(0.05)
        return watch

    watch = run_async(story())
    assert 90 < watch.longest_ms < 400
    assert watch.gaps[0].processor_ms < 60, "it slept"
    assert watch.gaps[0].doing == ""


def test_it_tells_work_from_waiting_and_names_the_work(run_async: Run) -> None:
    async def story() -> LoopWatch:
        with LoopWatch(names=True) as watch:
            await asyncio.sleep(0.05)
            _hold(0.15)
            await asyncio.sleep(0.05)
        return watch

    worst = run_async(story()).gaps[0]
    assert worst.processor_ms > 75
    assert worst.processor_ms <= worst.ms + 10
    assert "_hold" in worst.doing


def test_what_happens_in_a_pause_is_not_counted(run_async: Run) -> None:
    async def story() -> LoopWatch:
        with LoopWatch() as watch:
            watch.pause()
            time.sleep(0.3)  # noqa: ASYNC251
            watch.resume()
            await asyncio.sleep(0.05)
        return watch

    assert run_async(story()).longest_ms < 250


def test_it_keeps_the_worst_few_longest_first(run_async: Run) -> None:
    async def story() -> LoopWatch:
        with LoopWatch() as watch:
            for _ in range(KEPT + 3):
                time.sleep(0.03)  # noqa: ASYNC251
                await asyncio.sleep(0.01)
        return watch

    found = [gap.ms for gap in run_async(story()).gaps]
    assert len(found) == KEPT
    assert found == sorted(found, reverse=True)
    assert found[-1] > 20

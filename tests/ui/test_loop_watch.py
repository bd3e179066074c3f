"""The watchdog of the event loop."""

import asyncio
import itertools
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.ui import aio, loop_watch
from app.ui.loop_watch import KEPT, LoopWatch
from app.ui.widgets import Row, RowList

Run = Callable[[Any], Any]


def _hold(seconds: float) -> None:
    """Of processor: others may have it, too."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
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


def test_a_window_paints_while_a_thread_computes(app: QApplication) -> None:
    """PySide asks for the interpreter anew after nearly every call of Qt's: with Python's own patience a picture takes half a second."""

    async def painted(patience_s: float) -> float:
        sys.setswitchinterval(patience_s)
        rows = RowList(*[Row("ok", f"Line {number}", "what it says") for number in range(8)])
        rows.resize(600, 600)
        rows.show()
        await asyncio.sleep(0.1)
        done = threading.Event()

        def compute() -> None:
            while not done.is_set():
                sum(i * i for i in range(1000))

        thread = threading.Thread(target=compute)
        thread.start()
        try:
            with LoopWatch() as watch:
                for _ in range(6):
                    for row in rows.rows:
                        row.update()
                    await asyncio.sleep(0.02)
        finally:
            done.set()
            thread.join()
            rows.close()
        return watch.longest_ms

    async def story() -> None:
        ours = sys.getswitchinterval()
        assert ours == pytest.approx(aio.PATIENCE_S)
        fast, slow = await painted(ours), await painted(0.05)
        assert fast < slow / 2, (fast, slow)

    before = sys.getswitchinterval()
    aio.run(story())
    assert sys.getswitchinterval() == pytest.approx(before)


def test_a_gap_is_named_while_the_onlooker_still_adds_to_what_it_saw(run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Naming them met a dictionary that grew meanwhile, and that was a crash page."""
    places = itertools.count()
    monkeypatch.setattr(loop_watch, "_place", lambda _frame: f"place {next(places)}")
    monkeypatch.setattr(loop_watch._Onlooker, "_EVERY_S", 0.0)
    monkeypatch.setattr(loop_watch, "WORTH_A_NAME_MS", -1e9)
    patience = sys.getswitchinterval()

    async def story() -> None:
        with LoopWatch(names=True) as watch:
            sys.setswitchinterval(1e-6)
            for _ in range(40):
                _hold(0.005)
                watch._tick()
                watch.clear()
                await asyncio.sleep(0)

    try:
        run_async(story())
    finally:
        sys.setswitchinterval(patience)
    assert next(places) > 100

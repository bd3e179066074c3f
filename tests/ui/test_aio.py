"""asyncio on Qt's loop: nothing silent, nothing left behind."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal

from app.ui import aio

Run = Callable[[Any], Any]


def test_spawned_errors_are_told(run_async: Run) -> None:
    told: list[tuple[str, str]] = []

    async def bad() -> None:
        raise ValueError("no")

    async def main() -> None:
        aio.on_crash(lambda error, name: told.append((str(error), name)))
        task = aio.spawn(bad(), "bad")
        await asyncio.wait([task])
        await asyncio.sleep(0)

    run_async(main())
    assert told == [("no", "bad")]
    assert aio.tasks() == []


def test_cancel_all_ends_every_task(run_async: Run) -> None:
    async def main() -> list[bool]:
        tasks = [aio.spawn(asyncio.sleep(60), f"sleep {n}") for n in range(3)]
        await asyncio.sleep(0)
        await aio.cancel_all()
        return [task.cancelled() for task in tasks]

    assert run_async(main()) == [True, True, True]


def test_a_thread_answers_or_is_left_behind(run_async: Run) -> None:
    stop = threading.Event()

    def fail() -> None:
        raise KeyError("x")

    async def main() -> None:
        assert await aio.in_thread(lambda a, b: a + b, 2, 3, limit_s=2) == 5
        with pytest.raises(KeyError):
            await aio.in_thread(fail, limit_s=2)
        before = time.monotonic()
        with pytest.raises(TimeoutError):
            await aio.in_thread(stop.wait, 30, limit_s=0.1)
        assert time.monotonic() - before < 1

    run_async(main())
    stop.set()


def test_wait_signal(run_async: Run) -> None:
    class Source(QObject):
        none = Signal()
        one = Signal(str)

    async def main() -> None:
        source = Source()
        loop = asyncio.get_running_loop()
        loop.call_later(0.01, source.none.emit)
        assert await aio.wait_signal(source.none) is None
        loop.call_later(0.01, source.one.emit, "a")
        assert await aio.wait_signal(source.one) == "a"

    run_async(main())


def test_run_ends_clean_on_sigterm() -> None:
    code = (
        "import asyncio, os, signal, threading\n"
        "from app.ui import aio\n"
        "async def main():\n"
        "    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()\n"
        "    aio.spawn(asyncio.sleep(60), 'other')\n"
        "    await asyncio.sleep(60)\n"
        "print('ended', aio.run(main()))\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "ended None"), done.stderr


def test_two_that_wait_for_a_turn_are_never_served_in_the_same_one(run_async: Run) -> None:
    turns = served = 0
    together: list[int] = []

    async def work(pieces: int) -> None:
        nonlocal served
        for _ in range(pieces):
            await aio.turn()
            served += 1

    async def story() -> None:
        nonlocal turns, served
        tasks = [asyncio.ensure_future(work(pieces)) for pieces in (3, 5, 4)]
        tasks[2].cancel()  # who goes away holds nobody up
        while not all(task.done() for task in tasks):
            before = served
            await asyncio.sleep(0)
            turns += 1
            together.append(served - before)

    run_async(story())
    assert served == 8
    assert max(together) == 1


def test_a_turn_waited_for_on_a_loop_that_was_closed_holds_up_no_other() -> None:
    async def left() -> None:
        task = asyncio.ensure_future(aio.turn())
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(left())
    asyncio.run(asyncio.wait_for(aio.turn(), 5))

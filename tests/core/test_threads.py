"""Blocking work off the loop."""

import asyncio
import gc
import os
import threading
import weakref
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from app.core.threads import in_thread


def run(story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(story())


def test_a_thread_that_is_done_is_taken_again() -> None:
    async def story() -> None:
        first = await in_thread(threading.get_ident, limit_s=10)
        assert first != threading.get_ident()
        seen = {await in_thread(threading.get_ident, limit_s=10) for _ in range(20)}
        assert len(seen) <= 2, "one that is about to wait again may be missed once"

    run(story)


def test_calls_at_the_same_time_do_not_wait_for_each_other() -> None:
    both = threading.Barrier(3)

    async def story() -> None:
        await asyncio.gather(*(in_thread(both.wait, 10, limit_s=10) for _ in range(3)))

    run(story)


def test_one_that_hangs_is_left_behind_and_holds_nobody_up() -> None:
    hangs, go_on = threading.Event(), threading.Event()

    def hang() -> None:
        hangs.set()
        go_on.wait(20)

    async def story() -> None:
        with pytest.raises(TimeoutError):
            await in_thread(hang, limit_s=0.05)
        assert hangs.is_set()
        assert await in_thread(lambda: "next", limit_s=10) == "next"
        go_on.set()

    run(story)


def test_an_error_comes_to_who_asked_and_the_thread_goes_on() -> None:
    async def story() -> None:
        with pytest.raises(ZeroDivisionError):
            await in_thread(lambda: 1 / 0, limit_s=10)
        with pytest.raises(SystemExit):
            await in_thread(exit, 3, limit_s=10)
        assert await in_thread(sum, [1, 2], limit_s=10) == 3

    run(story)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_waits_for_none_of_its_parents_threads() -> None:
    async def story() -> None:
        await in_thread(sum, [1], limit_s=10)

    run(story)
    child = os.fork()
    if child == 0:
        try:
            run(story)
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


def test_what_was_worked_on_is_not_held_until_the_next_call() -> None:
    class Thing:
        pass

    async def story() -> None:
        thing = Thing()
        gone = weakref.ref(thing)
        await in_thread(lambda held: type(held), thing, limit_s=10)
        del thing
        async with asyncio.timeout(10):
            while gone() is not None:
                gc.collect()
                await asyncio.sleep(0.01)

    run(story)

"""Blocking work off the loop, with a time limit."""

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
Work = Callable[[], None]
log = logging.getLogger(__name__)
_idle: "list[SimpleQueue[Work]]" = []
"""What threads that wait for work listen at."""
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_idle.clear)  # threads do not come along


async def in_thread(function: Callable[..., T], *arguments: Any, limit_s: float) -> T:
    """Call `function` off the loop. A thread that hangs is left behind and never holds the exit (it is a daemon).

    Errors: TimeoutError; whatever `function` raises.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def settle(value: Any, error: BaseException | None) -> None:
        if not future.done():
            if error is not None:
                future.set_exception(error)
            else:
                future.set_result(value)

    def work() -> None:
        value: Any = None
        error: BaseException | None = None
        try:
            value = function(*arguments)
        except BaseException as raised:
            error = raised
        try:
            loop.call_soon_threadsafe(settle, value, error)
        except RuntimeError:
            log.debug("the loop closed before %r answered", function)

    _hand_over(work)
    async with asyncio.timeout(limit_s):
        return await future


def _hand_over(work: Work) -> None:
    """To a thread that waits for work, else to a new one: starting one makes its starter wait, 100 ms and more on a busy PC."""
    try:
        post = _idle.pop()
    except IndexError:
        post = SimpleQueue()
        threading.Thread(target=_wait_for_work, args=(post,), name="worker", daemon=True).start()
    post.put(work)


def _wait_for_work(post: "SimpleQueue[Work]") -> None:
    while True:
        work = post.get()
        work()
        del work  # what it holds must not live until the next
        _idle.append(post)

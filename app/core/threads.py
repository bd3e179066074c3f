"""Blocking work off the loop, with a time limit."""

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
log = logging.getLogger(__name__)


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

    threading.Thread(target=work, name=getattr(function, "__name__", "call"), daemon=True).start()
    async with asyncio.timeout(limit_s):
        return await future

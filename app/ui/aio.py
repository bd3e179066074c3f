"""asyncio on Qt's event loop. The only door to qasync.

Both libraries are imported by the functions that need them: they are slow to come (40 ms), and the first picture is drawn by Qt alone.
"""

import logging
import sys
from collections import deque
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    import asyncio

PATIENCE_S = 0.0002
"""How long the window's thread waits for the interpreter that another thread has (Python's own: 5 ms)."""

T = TypeVar("T")
log = logging.getLogger(__name__)
_tasks: "set[asyncio.Task[Any]]" = set()
_loop: "asyncio.AbstractEventLoop | None" = None
_crash: Callable[[BaseException, str], None] | None = None
_in_line: "deque[asyncio.Future[None]]" = deque()
"""Who waits for a turn of the loop; the first one may have had it already."""


def on_crash(handler: Callable[[BaseException, str], None] | None) -> None:
    """`handler(error, task_name)` is told of every exception no one else takes."""
    global _crash
    _crash = handler


def crashed(error: BaseException, name: str) -> None:
    """Report an unexpected error: to the handler, or at least to the log."""
    if _crash is not None:
        _crash(error, name)
    else:
        log.error("task %s failed", name, exc_info=error)


def make_loop(app: QApplication) -> "asyncio.AbstractEventLoop":
    """A loop on Qt's, not yet running. Closing the last window does not stop it: the main coroutine decides."""
    import asyncio

    import qasync  # isort: skip  # after PySide6: qasync takes the binding that is already imported

    app.setQuitOnLastWindowClosed(False)
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(app)
    loop.set_exception_handler(_loop_error)
    asyncio.set_event_loop(loop)
    return loop


def _loop_error(_of: "asyncio.AbstractEventLoop", context: dict[str, Any]) -> None:
    error = context.get("exception") or RuntimeError(str(context.get("message")))
    crashed(error, "loop")


def run(main: Coroutine[Any, Any, T]) -> T | None:
    """Run `main` to its end on Qt's loop; None if SIGINT or SIGTERM ended it."""
    import asyncio
    import signal

    from app.ui import garbage

    global _loop
    loop, _loop = _loop or make_loop(_application()), None
    task = loop.create_task(main, name="main")
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, task.cancel)
        except (NotImplementedError, AttributeError, RuntimeError, ValueError):
            # Windows has no such handlers; the timer below wakes Python so that this one is noticed.
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(task.cancel))
    alarm = QTimer()
    alarm.timeout.connect(lambda: None)
    alarm.start(250)
    sweeper = garbage.Sweeper()
    # PySide lets the interpreter go with nearly every call: a window that paints while a thread computes would wait for it each time.
    patience = sys.getswitchinterval()
    sys.setswitchinterval(PATIENCE_S)
    try:
        return loop.run_until_complete(task)
    except asyncio.CancelledError:
        return None
    finally:
        sys.setswitchinterval(patience)
        sweeper.stop()
        alarm.stop()
        loop.run_until_complete(cancel_all())
        loop.close()
        asyncio.set_event_loop(None)


def _application() -> QApplication:
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])


def _loop_for_tasks() -> "asyncio.AbstractEventLoop":
    """The loop that runs; before `run`, the one that `run` will take: what is spawned then waits for it."""
    import asyncio

    global _loop
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        _loop = _loop or make_loop(_application())
        return _loop


def soon(call: Callable[[], None]) -> bool:
    """Call in the next turn of the loop. False before the loop runs: nothing is waiting to be told yet."""
    if "asyncio" not in sys.modules:
        return False
    import asyncio

    try:
        asyncio.get_running_loop().call_soon(call)
    except RuntimeError:
        return False
    return True


def spawn(coroutine: Coroutine[Any, Any, T], name: str) -> "asyncio.Task[T]":
    """Start `coroutine` as a kept, named task; an exception of it is never silent."""
    task = _loop_for_tasks().create_task(coroutine, name=name)
    _tasks.add(task)
    task.add_done_callback(_done)
    return task


def _done(task: "asyncio.Task[Any]") -> None:
    _tasks.discard(task)
    if not task.cancelled() and (error := task.exception()) is not None:
        crashed(error, task.get_name())


def tasks() -> list["asyncio.Task[Any]"]:
    """What is running now."""
    return list(_tasks)


async def cancel_all(limit_s: float = 2.0) -> None:
    """Cancel every spawned task but the caller's and wait for them, not longer than the limit."""
    import asyncio

    own = asyncio.current_task()
    waiting = [task for task in _tasks if task is not own]
    for task in waiting:
        task.cancel()
    if waiting:
        await asyncio.wait(waiting, timeout=limit_s)


async def turn() -> None:
    """Let the loop turn: what follows is a piece of work of its own, and paintings and presses go between.

    Whoever else waits for a turn gets another one: two pieces are never done in one.
    """
    import asyncio

    loop = asyncio.get_running_loop()
    if _in_line and _in_line[0].get_loop() is not loop:
        _in_line.clear()  # of a loop that was closed
    mine: asyncio.Future[None] = loop.create_future()
    _in_line.append(mine)
    if len(_in_line) == 1:
        loop.call_soon(_call_next)
    await mine


def _call_next() -> None:
    while _in_line and _in_line[0].done():
        _in_line.popleft()  # it had its turn, or was cancelled
    if _in_line:
        _in_line[0].set_result(None)
        _in_line[0].get_loop().call_soon(_call_next)


async def wait_signal(signal_: Any) -> Any:
    """The next emission of a Qt signal: its argument, a tuple of several, or None."""
    import asyncio

    future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def emitted(*arguments: Any) -> None:
        if not future.done():
            future.set_result(arguments[0] if len(arguments) == 1 else arguments or None)

    signal_.connect(emitted)
    try:
        return await future
    finally:
        signal_.disconnect(emitted)


async def in_thread(function: Callable[..., T], *arguments: Any, limit_s: float) -> T:
    """`core.threads.in_thread`, for pages: call blocking `function` off the loop. Errors: TimeoutError; whatever it raises."""
    from app.core import threads

    return await threads.in_thread(function, *arguments, limit_s=limit_s)


class _Picture(QObject):
    """Tells when a widget is painted for the first time, or closed before it was."""

    there = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Paint, QEvent.Type.Close):
            watched.removeEventFilter(self)
            self.there.emit()
        return False


def first_picture(window: QWidget) -> None:
    """Show the window and return once it has been drawn. Qt's own loop turns for it, unless the page has a task under way already."""
    picture, drawing = _Picture(), QEventLoop()
    window.installEventFilter(picture)
    window.show()
    if _loop is not None:
        _loop.run_until_complete(wait_signal(picture.there))
        return
    # Queued: the picture is finished first.
    picture.there.connect(drawing.quit, Qt.ConnectionType.QueuedConnection)
    drawing.exec()


async def within(coroutine: Coroutine[Any, Any, Any], limit_s: float) -> bool:
    """Await `coroutine`, not longer than the limit; whether it came to its end."""
    import asyncio

    try:
        async with asyncio.timeout(limit_s):
            await coroutine
    except TimeoutError:
        return False
    return True

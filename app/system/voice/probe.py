"""The voice test behind `core.line.VoiceProbe`, against the backend's `/v1/probe`.

It runs on a thread and a loop of its own: on the window's loop every repaint would be measured as jitter of the line.
"""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from app.core import emodel
from app.core.errors import ProbeError
from app.core.line import Progress, VoiceReport
from app.system.voice import http
from app.system.voice.run import Plan, Run

_STOP_S = 2.0
_LATE_S = 1.0


class BackendVoiceProbe:
    """Measures the line to the backend at `base_url`. `portal_url` is where /generate_204 is asked in plain HTTP.

    By default that is the backend itself where it speaks plain HTTP (loopback), else port 80 of its host, which portals catch.
    With `transport` tls, loss is unknown, and so R and MOS are not given: without loss they would flatter the line.
    """

    def __init__(self, base_url: str, portal_url: str = "", *, idle_s: float = 10.0, load_s: float = 4.0, limit_s: float = 25.0) -> None:
        """Errors: ValueError for an address that is not http(s)."""
        self._place = http.Place.of(base_url)
        host = urlsplit(base_url).hostname or ""
        plain = f"http://[{host}]" if ":" in host else f"http://{host}"
        self._portal = http.Place.of(portal_url or (plain if self._place.tls else base_url))
        self._plan = Plan(idle_s, load_s, limit_s)

    async def measure(self, budget_mb: float, codec: str, progress: Callable[[Progress], None]) -> VoiceReport:
        """At most `limit_s` seconds and `budget_mb` megabytes. `progress` is called on the caller's loop, six times a second.

        Cancelling ends the test and its sockets before the cancellation is passed on.
        Errors: ProbeError (`box.portal`, `box.probe_unreachable`, `box.probe_busy`); KeyError for an unknown codec.
        """
        emodel.CODECS[codec]
        outer = asyncio.get_running_loop()
        done: asyncio.Future[VoiceReport] = outer.create_future()
        listening = True
        inner: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[VoiceReport]]] = []
        stopped = threading.Event()

        def tell(what: Progress) -> None:
            if listening:
                progress(what)

        def hand_over(call: Callable[..., object], *values: object) -> None:
            with contextlib.suppress(RuntimeError):  # the caller's loop is closed: nobody waits any more
                outer.call_soon_threadsafe(call, *values)

        def settle(report: VoiceReport | None, error: BaseException | None) -> None:
            if done.done():
                return
            if report is not None:
                done.set_result(report)
            elif error is None or isinstance(error, asyncio.CancelledError):
                done.cancel()
            else:
                done.set_exception(error)

        async def body() -> None:
            task = asyncio.create_task(Run(self._place, self._portal, self._plan, budget_mb, codec).run(lambda p: hand_over(tell, p)))
            inner.append((asyncio.get_running_loop(), task))
            if stopped.is_set():
                task.cancel()
            await asyncio.wait([task])
            error = None if task.cancelled() else task.exception()
            hand_over(settle, None if task.cancelled() or error else task.result(), error)

        def work() -> None:
            with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
                runner.run(body())

        def stop() -> None:
            stopped.set()
            for loop, task in inner:
                with contextlib.suppress(RuntimeError):
                    loop.call_soon_threadsafe(task.cancel)

        threading.Thread(target=work, name="voice-probe", daemon=True).start()
        try:
            async with asyncio.timeout(self._plan.limit_s + _LATE_S):
                return await asyncio.shield(done)
        except TimeoutError:  # the system itself hangs, in resolving a name for one
            raise ProbeError("box.probe_unreachable", error="time") from None
        finally:
            listening = False
            stop()
            if not done.done():
                await asyncio.wait([done], timeout=_STOP_S)
            if not done.cancel() and not done.cancelled():
                done.exception()  # seen, so that nobody complains of it

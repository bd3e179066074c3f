"""One attempt whose client is a service of the system: what every such tunnel does alike. Below it: `_live` and `_put_away`."""

import asyncio
import time
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any, Self

from app.core import tunnel as t
from app.core.errors import TunnelError

TRIES = 3
"""Questions about a password before the attempt ends."""
_LEAVE_S = 3.0
_MOST_WAITING = 2000


class Attempt:
    def __init__(self, profile: t.TunnelProfile, answer: t.AnswerTo, limit_s: float) -> None:
        self._limit = limit_s
        self._name = profile.name
        self._ask = answer
        self._events: asyncio.Queue[t.TunnelEvent | BaseException | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._status = t.TunnelStatus(t.State.IDLE)
        self._leaving = asyncio.Event()
        self._asked = 0
        self._paused = 0.0
        self._cause = ""

    async def _live(self) -> None:
        """Connect, tell, and stay until the tunnel is down. Errors: TunnelError."""
        raise NotImplementedError

    async def _put_away(self) -> None:
        """End it, within seconds. Never raises."""
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name=f"tunnel {self._name}")
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.disconnect()

    async def __aiter__(self) -> AsyncIterator[t.TunnelEvent]:
        while True:
            event = await self._events.get()
            if event is None or isinstance(event, BaseException):
                self._events.put_nowait(None)  # a second reader ends at once
                if event is not None:
                    raise event
                return
            yield event

    def status(self) -> t.TunnelStatus:
        return self._status

    async def reconnect(self) -> None:
        """The system's own clients notice when the line changes; there is no call for it."""

    async def disconnect(self) -> None:
        if self._task is None or self._task.done():
            return
        self._leaving.set()
        done, _ = await asyncio.wait([self._task], timeout=_LEAVE_S)
        if not done:
            self._task.cancel()
            await asyncio.wait([self._task], timeout=2 * _LEAVE_S)

    async def _run(self) -> None:
        error: BaseException | None = None
        self._status = t.TunnelStatus(t.State.CONNECTING)
        work = asyncio.create_task(self._live())
        leave = asyncio.create_task(self._leaving.wait())
        try:
            await asyncio.wait([work, leave], return_when=asyncio.FIRST_COMPLETED)
        finally:
            leave.cancel()
            work.cancel()
            await asyncio.gather(work, leave, return_exceptions=True)
            if not work.cancelled():
                error = work.exception()
            if isinstance(error, TimeoutError):
                error = TunnelError("vpn.timeout", error=str(error) or "the system did not answer")
            await asyncio.shield(self._put_away())
            self._status = t.TunnelStatus(t.State.ENDED, self._status.connected, self._status.received, self._status.sent)
            if error is None or self._leaving.is_set():
                self._events.put_nowait(t.Disconnected("" if self._leaving.is_set() else self._cause))
                error = None
            self._events.put_nowait(error)

    async def _question(self, kind: t.Asked, refused: str = "", **more: Any) -> t.Answer | None:
        self._asked += 1
        question = t.Question(kind, refused=refused, times=self._asked, **more)
        self._tell(t.Questioned(question))
        began = time.monotonic()
        try:
            return await self._ask(question)
        finally:
            self._paused += time.monotonic() - began

    def _up(self, connected: t.Connected) -> None:
        self._status = t.TunnelStatus(t.State.CONNECTED, connected)
        self._tell(connected)

    def _counted(self, received: int, sent: int) -> None:
        self._status = t.TunnelStatus(t.State.CONNECTED, self._status.connected, received, sent)
        if self._events.qsize() < _MOST_WAITING // 10:
            self._tell(t.Carried(received, sent))

    def _tell(self, event: t.TunnelEvent) -> None:
        if self._events.qsize() < _MOST_WAITING:
            self._events.put_nowait(event)

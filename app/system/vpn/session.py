"""One attempt driven over a management socket: the dialogue's actions carried out, whatever started the client.

The socket is read by a thread of its own, so that any event loop of any system will do.
"""

import asyncio
import contextlib
import logging
import select
import socket
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Self

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.system.vpn import dialogue as d
from app.system.vpn.management import Lines, parse

log = logging.getLogger(__name__)

_TICK_S = 0.5
_LEAVE_S = 3.0
_PIECE = 16_384
_AHEAD = 4
_MOST_WAITING = 200
"""Counts of bytes are left out of the queue when nobody reads it."""


class Channel:
    """A connected socket. `on_data` and `on_end` are called on the loop that made it.

    Whoever takes data says `taken` once for each: the socket is read no further than `_AHEAD` pieces ahead of that.
    """

    def __init__(self, connected: socket.socket, on_data: Callable[[bytes], None], on_end: Callable[[], None]) -> None:
        self._socket = connected
        self._loop = asyncio.get_running_loop()
        self._room = threading.Semaphore(_AHEAD)
        self.taken = self._room.release
        self._closed = False
        connected.setblocking(True)
        self._thread = threading.Thread(target=self._read, args=(on_data, on_end), name="vpn management", daemon=True)
        self._thread.start()

    def _read(self, on_data: Callable[[bytes], None], on_end: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
            with contextlib.suppress(OSError):
                while self._room.acquire() and (data := self._socket.recv(_PIECE)) and not self._closed:
                    self._loop.call_soon_threadsafe(on_data, data)
            if not self._closed:  # who closed it waits for nothing more, and the loop may be at its end
                self._loop.call_soon_threadsafe(on_end)

    def send(self, text: str) -> bool:
        """False where the other end takes nothing: it is stuck or gone."""
        try:
            if not select.select([], [self._socket], [], 0)[1]:
                return False
            self._socket.sendall(text.encode() + b"\n")
        except (OSError, ValueError):
            return False
        return True

    def close(self) -> None:
        self._closed = True
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._room.release()
        self._socket.close()


class _End:
    def __init__(self, error: BaseException | None) -> None:
        self.error = error


class ManagedTunnel:
    """The base of tunnels whose client is OpenVPN. Below it: how the client is started (`_start`), ended, and names applied."""

    def __init__(self, profile: t.TunnelProfile, answer: t.AnswerTo, limit_s: float, own: Mapping[str, str] | None = None) -> None:
        self._profile = profile
        self._answer = answer
        self._limit = limit_s
        self._own = own
        self._events: asyncio.Queue[t.TunnelEvent | _End] = asyncio.Queue()
        self._inbox: asyncio.Queue[bytes | d.Action | None] = asyncio.Queue()
        self._lines = Lines()
        self._channel: Channel | None = None
        self._task: asyncio.Task[None] | None = None
        self._question: asyncio.Task[None] | None = None
        self._timers: list[asyncio.TimerHandle] = []
        self._leaving = False
        self._status = t.TunnelStatus(t.State.IDLE)
        self.secret = ""
        """The management interface's own password, where it has one."""

    # What a kind of client fills in.
    async def _start(self) -> socket.socket:
        """Start the client; its management socket, connected. Errors: TunnelError."""
        raise NotImplementedError

    async def _stop(self, *, gently: bool) -> None:
        """End what was started. Never raises, never takes more than a few seconds. `gently`: it was told to end already."""
        raise NotImplementedError

    async def _complete(self, connected: t.Connected) -> t.Connected:
        """What happens when the tunnel is up (DNS). Errors: TunnelError."""
        return connected

    # The port.
    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name=f"tunnel {self._profile.name}")
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.disconnect()

    async def __aiter__(self) -> AsyncIterator[t.TunnelEvent]:
        while True:
            event = await self._events.get()
            if isinstance(event, _End):
                self._events.put_nowait(_End(None))  # a second reader ends at once
                if event.error is not None:
                    raise event.error
                return
            yield event

    def status(self) -> t.TunnelStatus:
        return self._status

    async def reconnect(self) -> None:
        if self._status.state is t.State.CONNECTED and self._channel is not None:
            self._channel.send("signal SIGUSR1")

    async def disconnect(self) -> None:
        if self._task is None or self._task.done():
            return
        self._leaving = True
        if self._channel is None:
            self._task.cancel()
        else:
            self._inbox.put_nowait(None)
        done, _ = await asyncio.wait([self._task], timeout=_LEAVE_S)
        if not done:
            self._task.cancel()
            await asyncio.wait([self._task], timeout=2 * _LEAVE_S)

    async def _run(self) -> None:
        error: BaseException | None = None
        talk: d.Dialogue | None = None
        self._status = replace(self._status, state=t.State.CONNECTING)
        began = asyncio.get_running_loop().time()
        try:
            connected = await self._start()
            self._channel = Channel(connected, self._inbox.put_nowait, lambda: self._inbox.put_nowait(None))
            talk = d.Dialogue(self._profile, began, self._limit, own=self._own, password=self.secret)
            await self._converse(talk)
        except asyncio.CancelledError:
            error = None if self._leaving else TunnelError("vpn.cancelled")
        except (OSError, TimeoutError) as raised:  # the disk is full, a tool of the system hangs
            error = TunnelError("vpn.client_failed", error=str(raised) or type(raised).__name__)
        except BaseException as raised:
            error = raised
        finally:
            await self._end(talk, error)

    async def _end(self, talk: d.Dialogue | None, error: BaseException | None) -> None:
        for timer in self._timers:
            timer.cancel()
        if self._question is not None:
            self._question.cancel()
            await asyncio.gather(self._question, return_exceptions=True)
        told = self._channel is not None and self._channel.send("signal SIGTERM")
        if self._channel is not None:
            self._channel.close()
        # A working tunnel is given time to say goodbye to the server (explicit-exit-notify).
        await asyncio.shield(self._stop(gently=told and self._status.state is t.State.CONNECTED))
        self._status = replace(self._status, state=t.State.ENDED)
        if error is None or self._leaving:
            cause = "" if self._leaving or talk is None else talk.exit_cause
            self._events.put_nowait(t.Disconnected(cause))
            error = None
        self._events.put_nowait(_End(error))

    async def _converse(self, talk: d.Dialogue) -> None:
        loop = asyncio.get_running_loop()
        await self._carry_out(talk, talk.opening())
        while True:
            try:
                async with asyncio.timeout(_TICK_S):
                    data = await self._inbox.get()
            except TimeoutError:
                await self._carry_out(talk, talk.late(loop.time()))
                continue
            if data is None:
                if not self._leaving and (error := talk.closed()) is not None:
                    raise error
                return
            if not isinstance(data, bytes):
                await self._carry_out(talk, [data])
                continue
            for line in self._lines.feed(data):
                await self._carry_out(talk, talk.feed(parse(line), loop.time()))
            if self._channel is not None:
                self._channel.taken()
            # A client that talks without a pause must neither put time off nor hold the window up.
            await self._carry_out(talk, talk.late(loop.time()))
            await asyncio.sleep(0)

    async def _carry_out(self, talk: d.Dialogue, actions: list[d.Action]) -> None:
        for action in actions:
            match action:
                case d.Send(text):
                    self._send(text)
                case d.Later(seconds, text):
                    self._timers = [
                        timer for timer in self._timers if not timer.cancelled() and timer.when() > asyncio.get_running_loop().time()
                    ]
                    self._timers.append(asyncio.get_running_loop().call_later(seconds, self._send, text))
                case d.Tell(event):
                    self._tell(event)
                case d.Ready(connected):
                    complete = await self._complete(connected)
                    talk.connected = complete
                    self._tell(complete)
                case d.Ask(question):
                    if self._question is not None:
                        self._question.cancel()  # it asked again before it was answered
                    self._question = asyncio.create_task(self._ask(talk, question), name="tunnel question")
                case d.Fail(error):
                    raise error

    def _send(self, text: str) -> None:
        if self._channel is not None and not self._channel.send(text):
            log.debug("the management socket takes nothing")

    async def _ask(self, talk: d.Dialogue, question: t.Question) -> None:
        loop = asyncio.get_running_loop()
        try:
            answer = await self._answer(question)
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("the question could not be asked")
            answer = None
        for action in talk.answer(question, answer, loop.time()):
            self._inbox.put_nowait(action)

    def _tell(self, event: t.TunnelEvent) -> None:
        match event:
            case t.Connected():
                self._status = replace(self._status, state=t.State.CONNECTED, connected=event)
            case t.Reconnecting() if self._status.connected is not None:
                reconnects = self._status.reconnects + (self._status.state is t.State.CONNECTED)
                self._status = replace(self._status, state=t.State.RECONNECTING, reconnects=reconnects)
            case t.Carried(received, sent):
                self._status = replace(self._status, received=received, sent=sent)
                if self._events.qsize() > _MOST_WAITING:
                    return
        if self._events.qsize() < 10 * _MOST_WAITING:
            self._events.put_nowait(event)

"""A management socket that lies, floods, stays silent or goes away: the attempt ends with a code, within its limit."""

import asyncio
import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.system.vpn.session import ManagedTunnel

PROFILE = t.TunnelProfile("p", t.Kind.OPENVPN, (t.Remote("vpn.example", 1194),), asks_password=True)
UP = b">STATE:1,CONNECTED,SUCCESS,10.8.0.2,203.0.113.1,1194,,\n"


class Recorded(ManagedTunnel):
    """Its client is a function that has the other end of the socket."""

    def __init__(self, client: Callable[[socket.socket], None], limit_s: float = 1.0, answer: t.AnswerTo | None = None) -> None:
        super().__init__(PROFILE, answer or self._nobody, limit_s)
        self._client = client
        self.stopped = 0
        self._theirs: socket.socket | None = None
        self._thread: threading.Thread | None = None

    @staticmethod
    async def _nobody(question: t.Question) -> t.Answer | None:
        return t.Answer("u", "p", "1")

    async def _start(self) -> socket.socket:
        ours, self._theirs = socket.socketpair()
        theirs = self._theirs

        def work() -> None:
            with contextlib.suppress(OSError):
                self._client(theirs)

        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()
        return ours

    async def _stop(self, *, gently: bool) -> None:
        self.stopped += 1
        assert self._theirs is not None
        with contextlib.suppress(OSError):
            self._theirs.shutdown(socket.SHUT_RDWR)
        assert self._thread is not None
        self._thread.join(5)
        self._theirs.close()


def listen(theirs: socket.socket) -> None:
    """Until the other end leaves."""
    while theirs.recv(65_536):
        pass


def ended(tunnel: Recorded) -> tuple[list[t.TunnelEvent], TunnelError | None]:
    async def run() -> tuple[list[t.TunnelEvent], TunnelError | None]:
        events: list[t.TunnelEvent] = []
        try:
            async with tunnel, asyncio.timeout(10):
                async for event in tunnel:
                    events.append(event)
        except TunnelError as error:
            return events, error
        return events, None

    found = asyncio.run(run())
    assert tunnel.stopped == 1
    assert tunnel.status().state is t.State.ENDED
    return found


def test_a_silent_client_is_left_at_the_limit() -> None:
    began = time.monotonic()
    _, error = ended(Recorded(listen))
    assert error is not None
    assert error.code == "vpn.no_answer"
    assert time.monotonic() - began < 5


def flood(line: bytes) -> Callable[[socket.socket], None]:
    def client(theirs: socket.socket) -> None:
        until = time.monotonic() + 8
        while time.monotonic() < until:
            theirs.sendall(line)

    return client


@pytest.mark.parametrize(
    "line", [b"x" * 65_536, b"garbage \xff\xfe\n" * 500, b">HOLD:Waiting for hold release:0\n" * 50, b">STATE:1,WAIT,\n" * 50]
)
def test_a_flood_does_not_put_the_limit_off(line: bytes) -> None:
    began = time.monotonic()
    _, error = ended(Recorded(flood(line)))
    assert error is not None
    assert error.code.startswith("vpn.")
    assert time.monotonic() - began < 6


def test_random_bytes_end_with_a_code() -> None:
    chance = random.Random(7)

    def client(theirs: socket.socket) -> None:
        for _ in range(200):
            theirs.sendall(chance.randbytes(chance.randint(1, 400)))
        theirs.shutdown(socket.SHUT_WR)
        listen(theirs)

    _, error = ended(Recorded(client))
    assert error is not None
    assert error.code in {"vpn.client_failed", "vpn.no_answer"}


def test_a_client_that_goes_away_has_failed() -> None:
    _, error = ended(Recorded(lambda theirs: theirs.shutdown(socket.SHUT_WR)))
    assert error is not None
    assert error.code == "vpn.client_failed"


def test_a_client_that_reads_nothing_holds_nobody_up() -> None:
    def client(theirs: socket.socket) -> None:
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        until = time.monotonic() + 8
        while time.monotonic() < until:
            theirs.sendall(b">PASSWORD:Need 'Auth' username/password\n" * 20)

    began = time.monotonic()
    _, error = ended(Recorded(client))
    assert error is not None
    assert time.monotonic() - began < 8


def test_a_question_left_open_is_cancelled_with_the_attempt() -> None:
    cancelled = threading.Event()

    async def forever(question: t.Question) -> t.Answer | None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return None

    async def run() -> None:
        def client(theirs: socket.socket) -> None:
            theirs.sendall(b">PASSWORD:Need 'Auth' username/password\n")
            listen(theirs)

        async with Recorded(client, answer=forever) as tunnel:
            async for event in tunnel:
                if isinstance(event, t.Questioned):
                    await asyncio.sleep(0)
                    return

    asyncio.run(run())
    assert cancelled.is_set()


def test_the_status_follows_and_counts() -> None:
    def client(theirs: socket.socket) -> None:
        theirs.sendall(UP + b">BYTECOUNT:10,20\n>STATE:1,RECONNECTING,ping-restart,,,,,\n>STATE:1,RECONNECTING,server_poll,,,,,\n")
        theirs.sendall(UP + b">STATE:1,EXITING,session-timeout,,,,,\n")
        theirs.shutdown(socket.SHUT_WR)
        listen(theirs)

    tunnel = Recorded(client)
    events, error = ended(tunnel)
    assert error is None
    assert [type(event).__name__ for event in events] == [
        "Connected",
        "Carried",
        "Reconnecting",
        "Reconnecting",
        "Connected",
        "Disconnected",
    ]
    assert events[-1] == t.Disconnected("session-timeout")
    status = tunnel.status()
    assert (status.received, status.sent, status.reconnects) == (10, 20, 1)


def test_bytes_nobody_reads_do_not_pile_up() -> None:
    def client(theirs: socket.socket) -> None:
        theirs.sendall(UP + b">BYTECOUNT:1,2\n" * 20_000 + b">BYTECOUNT:3,4\n>STATE:1,EXITING,SIGTERM,,,,,\n")
        theirs.shutdown(socket.SHUT_WR)
        listen(theirs)

    events, _ = ended(Recorded(client))
    assert len(events) < 20_000


@pytest.fixture
def window_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The loop of the window: what a page runs on."""
    from PySide6.QtWidgets import QApplication

    import qasync  # isort: skip

    app = QApplication.instance() or QApplication([])
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


def test_it_runs_on_the_window_s_loop(window_loop: asyncio.AbstractEventLoop) -> None:
    def client(theirs: socket.socket) -> None:
        theirs.sendall(b">HOLD:Waiting for hold release:0\n")
        said = b""
        while b"hold release" not in said:
            said += theirs.recv(1000)
        theirs.sendall(UP)
        listen(theirs)

    async def run() -> t.State:
        async with Recorded(client, limit_s=5) as tunnel:
            async for event in tunnel:
                if isinstance(event, t.Connected):
                    return tunnel.status().state
        raise AssertionError

    assert window_loop.run_until_complete(run()) is t.State.CONNECTED

"""The probe against a real backend on loopback, and against servers that misbehave."""

import asyncio
import gc
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.core.errors import ProbeError
from app.core.line import Phase, Progress, VoiceReport
from app.system.voice.probe import BackendVoiceProbe
from tests.backend.rig import Backend

Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


def quick(url: str, **more: float) -> BackendVoiceProbe:
    return BackendVoiceProbe(url, **{"idle_s": 1.0, "load_s": 1.0, "limit_s": 12.0, **more})  # type: ignore[arg-type]


def ignore(_: Progress) -> None:
    pass


def threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "voice-probe"]


async def ended(limit_s: float = 3.0) -> bool:
    for _ in range(int(limit_s / 0.02)):
        if not threads():
            return True
        await asyncio.sleep(0.02)
    return False


@asynccontextmanager
async def server(answer: Handler) -> AsyncIterator[str]:
    """A server that answers each request head with `answer`."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(await reader.readuntil(b"\r\n\r\n"), writer)
        except (OSError, EOFError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"


def fixed(offer: bytes, portal: bytes = b"HTTP/1.1 204 No Content\r\n\r\n") -> Handler:
    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(portal if b"generate_204" in head else offer)

    return answer


def http(status: str, body: bytes = b"", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


def refused(handler: Handler, **more: float) -> ProbeError:
    async def run() -> ProbeError:
        async with server(handler) as url:
            with pytest.raises(ProbeError) as caught:
                await quick(url, **more).measure(2, "g711", ignore)
            assert await ended()
            return caught.value

    return asyncio.run(run())


def test_loopback(tmp_path: Path) -> None:
    seen: list[Progress] = []

    async def run(url: str) -> VoiceReport:
        report = await quick(url).measure(2, "g711", seen.append)
        assert await ended()
        return report

    with Backend(tmp_path / "backend") as backend:
        report = asyncio.run(run(backend.url))
        assert backend.log().count("ERROR") == 0
    assert (report.transport, report.loss_percent) == ("udp", 0)
    assert report.rtt_ms is not None
    assert report.rtt_ms < 20
    assert report.r_factor is not None
    assert report.r_factor > 90
    assert report.down_mbit is not None
    assert report.up_mbit is not None
    assert min(report.down_mbit, report.up_mbit) > 20
    assert report.spent_mb <= 2
    assert [phase for phase in Phase if phase in {what.phase for what in seen}][-1] is Phase.UPLOAD
    spent = [what.spent_mb for what in seen]
    assert seen[-1].part == 1.0
    assert max(spent) <= seen[0].budget_mb == 2


@pytest.mark.parametrize("after_s", [0.0, 0.05, 0.6, 0.9])
def test_cancelled_at_any_time_nothing_is_left(backend: Backend, after_s: float) -> None:
    late: list[Progress] = []

    async def run() -> None:
        task = asyncio.create_task(quick(backend.url, load_s=3.0).measure(7, "g711", late.append))
        await asyncio.sleep(after_s)
        task.cancel()
        began = time.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - began < 1.5
        heard = len(late)
        assert await ended()
        await asyncio.sleep(0.3)
        assert len(late) == heard
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(run())
    gc.collect()  # a socket that nobody closed would warn, and a warning fails the test


@pytest.mark.parametrize("phase", [Phase.DOWNLOAD, Phase.UPLOAD])
def test_cancelled_under_load_nothing_is_left(phase: Phase) -> None:
    async def slow(head: bytes, writer: asyncio.StreamWriter) -> None:
        if b"/v1/probe/download" in head:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while True:
                writer.write(bytes(1000))
                await writer.drain()
                await asyncio.sleep(0.02)
        elif b"/v1/probe/upload" in head:
            await asyncio.sleep(30)
        else:
            received = http("200 OK", b'{"bytes":0,"clock_ns":1}')
            await fixed(received if b"received" in head else http("200 OK", OFFER))(head, writer)

    async def run() -> None:
        async with server(slow) as url:
            reached = asyncio.Event()
            probe = quick(url, idle_s=0.5)
            task = asyncio.create_task(probe.measure(7, "g711", lambda what: reached.set() if what.phase is phase else None))
            async with asyncio.timeout(10):
                await reached.wait()
            await asyncio.sleep(0.3)
            task.cancel()
            began = time.monotonic()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert time.monotonic() - began < 1.5
            assert await ended()

    asyncio.run(run())
    gc.collect()


def test_nobody_listens() -> None:
    async def run() -> None:
        with pytest.raises(ProbeError) as caught:
            await quick("http://127.0.0.1:9").measure(2, "g711", ignore)
        assert caught.value.code == "box.probe_unreachable"

    asyncio.run(run())


PROBLEM = b'{"title":"t","status":503,"code":"probe.busy","retry_after":15}'
OFFER = b'{"test":"0011223344556677","udp_port":0,"max_bytes":8000000}'


def test_busy() -> None:
    error = refused(fixed(http("503 Service Unavailable", PROBLEM, "Retry-After: 15\r\n")))
    assert (error.code, error.facts["retry_after"]) == ("box.probe_busy", 15)


@pytest.mark.parametrize(
    "portal",
    [
        http("200 OK", b"<html>"),
        http("302 Found", more="Location: http://login.example/\r\n"),
        http("204 No Content", b"x"),
        http("511 Network Authentication Required"),
        b"SSH-2.0-x\r\n\r\n",
    ],
)
def test_anything_but_an_exact_204_is_a_portal(portal: bytes) -> None:
    assert refused(fixed(http("200 OK", OFFER), portal)).code == "box.portal"


@pytest.mark.parametrize(
    "offer",
    [
        http("200 OK", b"<html>"),
        http("200 OK", b"[]"),
        http("200 OK", b'{"test":"00","udp_port":0,"max_bytes":1}'),
        http("200 OK", b'{"test":"0011223344556677","udp_port":99999,"max_bytes":1}'),
        http("500 Oops"),
        http("503 Busy", b"[]"),
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 40_000 + b"\r\n\r\n",
        b"",
    ],
)
def test_a_server_of_another_kind_is_unreachable(offer: bytes) -> None:
    assert refused(fixed(offer)).code == "box.probe_unreachable"


def test_a_server_that_offers_and_then_is_silent() -> None:
    async def answer(head: bytes, writer: asyncio.StreamWriter) -> None:
        if b"generate_204" in head or b"/v1/probe HTTP" in head:
            await fixed(http("200 OK", OFFER))(head, writer)
        else:
            await asyncio.sleep(30)

    began = time.monotonic()
    assert refused(answer, limit_s=5.0).code == "box.probe_unreachable"
    assert time.monotonic() - began < 8


def test_an_unknown_codec_and_a_strange_address_are_refused_at_once() -> None:
    with pytest.raises(KeyError):
        asyncio.run(quick("http://127.0.0.1:9").measure(1, "opus", ignore))
    with pytest.raises(ValueError, match="http"):
        BackendVoiceProbe("ftp://example.invalid")

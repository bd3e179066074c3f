"""What may answer instead of the test server: any bytes at all end as one of the errors the probe knows, or as nothing heard."""

import asyncio
import json
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import ProbeError
from app.system.voice import check, http
from app.system.voice.echoes import HEAD, MAGIC, TlsEchoes, UdpEchoes
from app.system.voice.meter import Meter

LINES = st.one_of(
    st.sampled_from(
        [b"HTTP/1.1 200 OK", b"HTTP/1.1 99999999999 ?", b"HTTP/1.1", b"Content-Length: -1", b"Content-Length: 9e9", b"Content-Length: 7",
         b"Transfer-Encoding: chunked", b"Location: http://[", b": ", b"\xff\xfe: \xff"]
    ),
    st.binary(max_size=30),
)  # fmt: skip
ANSWERS = st.one_of(
    st.binary(max_size=300), st.tuples(st.lists(LINES, max_size=6), st.binary(max_size=40)).map(lambda a: b"\r\n".join([*a[0], b"", a[1]]))
)


@settings(max_examples=200)
@given(ANSWERS)
def test_any_bytes_are_a_head_or_a_failure(raw: bytes) -> None:
    async def read() -> None:
        reader = asyncio.StreamReader(limit=16 * 1024)
        reader.feed_data(raw)
        reader.feed_eof()
        try:
            head = await http.read_head(reader)
        except http.FAILURES:
            return
        assert head.length is None or head.length >= 0

    asyncio.run(read())


NAMES = st.sampled_from(["test", "udp_port", "max_bytes", "code", "clock_ns", "bytes"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["test", "udp_port", "max_bytes", "code"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.one_of(JSON.map(json.dumps).map(str.encode), st.binary(max_size=60), st.just(b"[" * 9000)), st.sampled_from([200, 404, 503]))
def test_any_offer_is_an_offer_or_an_error_of_the_probe(body: bytes, status: int) -> None:
    async def ask() -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body)
            writer.close()

        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            place = http.Place("127.0.0.1", server.sockets[0].getsockname()[1], None)
            code = ""
            try:
                offer = await check.check(place, place)
            except ProbeError as error:
                code = error.code
            assert code in {"box.portal", "box.probe_unreachable", "box.probe_busy"} or len(offer.test) == 8

    asyncio.run(ask())


@settings(max_examples=12)
@given(st.one_of(JSON.map(json.dumps).map(str.encode), st.just(b"[" * 9000)))
def test_any_answer_to_a_small_request_is_an_echo_or_no_echo(body: bytes) -> None:
    async def ask() -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 X\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            writer.close()

        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            echoes = TlsEchoes(http.Place("127.0.0.1", server.sockets[0].getsockname()[1], None), TEST, Meter(1e6, 10.0))
            await echoes.run(0.05)
            assert all(echo.received >= 0 for echo in echoes.all)

    asyncio.run(ask())


TEST = b"testtest"


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=32).map(lambda tail: (MAGIC + TEST + tail).ljust(172, b"\0"))))
def test_any_datagram_is_an_echo_of_ours_or_nothing(raw: bytes) -> None:
    echoes = UdpEchoes(TEST, Meter(1e6, 10.0))
    echoes.sent[0] = time.perf_counter()
    echoes.datagram_received(raw, ("127.0.0.1", 9))
    assert len(echoes.echoes) <= 1
    ours = len(raw) == 172 and raw[:12] == MAGIC + TEST and HEAD.unpack_from(raw)[2] == 0
    assert (len(echoes.echoes) == 1) is ours

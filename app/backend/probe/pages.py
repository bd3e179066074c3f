"""`/v1/probe`, its download and upload, and `/generate_204`. No token: the line is tested before anybody is known.

Nothing is stored, and each test is bounded: see `bench`.
"""

import contextlib
import os
import time
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import InternalServerException
from litestar.response import Stream

from app.backend.api.problems import ProblemError
from app.backend.probe import bench
from app.backend.probe.bench import Bench, LineTest
from app.backend.services import services_of

_NO_STORE = {"Cache-Control": "no-store"}
_CHUNK = 16 * 1024
_NOISE = os.urandom(1024 * 1024)
"""Incompressible, and longer than the window of any compressor on the way would be."""


class Offer(msgspec.Struct):
    """What may be measured here. `udp_port` 0: no echo. `test` names this test for `LIFE_S` seconds; bytes are a request's limit."""

    test: str
    udp_port: int
    max_bytes: int = bench.MAX_BYTES
    places: int = 0
    busy: bool = False


class Received(msgspec.Struct):
    """`bytes` of uploads received from this test so far, at `clock_ns` of the server's clock (of no meaning by itself)."""

    bytes: int
    clock_ns: int


@get("/generate_204", status_code=204)
async def generate_204() -> Response[None]:
    """Exactly 204 and nothing else: what a captive portal would not answer."""
    return Response(None, status_code=204, headers=_NO_STORE)


@get("/v1/probe")
async def offer(request: Request[Any, Any, Any]) -> Response[Offer]:
    """A name for a test, and its limits. Errors: 503 `probe.busy` with Retry-After."""
    places = services_of(request).bench
    name = places.name()
    if name is None:
        raise _busy()
    return Response(Offer(name.hex(), places.udp_port, places=places.places), headers=_NO_STORE)


@get("/v1/probe/received")
async def received(request: Request[Any, Any, Any]) -> Response[Received]:
    """How much of the uploads came. Small and quick: also the echo of those whose UDP is blocked. Errors: as `download`."""
    test = _test(request)
    return Response(Received(test.received, time.monotonic_ns()), headers=_NO_STORE)


@get("/v1/probe/download")
async def download(request: Request[Any, Any, Any]) -> Stream:
    """`?bytes=N&test=NAME`: N bytes of noise. Errors: 400 `request.malformed`, 413 `request.too_large`, 503 `probe.busy`."""
    text = request.query_params.get("bytes", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise ProblemError(400, "request.malformed", "bytes")
    size = int(text)
    test = _test(request)
    if size > bench.MAX_BYTES or test.given + size > bench.TEST_BYTES:
        raise ProblemError(413, "request.too_large")
    test.given += size
    return Stream(_noise(size, test), media_type="application/octet-stream", headers={**_NO_STORE, "Content-Length": str(size)})


@post("/v1/probe/upload", status_code=200, request_max_body_size=bench.MAX_BYTES)
async def upload(request: Request[Any, Any, Any]) -> Response[Received]:
    """Counts and forgets what comes. Errors: as `download`."""
    test = _test(request)
    size = 0
    with contextlib.suppress(InternalServerException):  # cut off in the middle, as a test whose time is up does: nobody reads the answer
        async for chunk in request.stream():
            size += len(chunk)
            test.received += len(chunk)
            test.touched = time.monotonic()
            if size > bench.MAX_BYTES or test.received > bench.TEST_BYTES:
                raise ProblemError(413, "request.too_large")
    return Response(Received(size, time.monotonic_ns()), headers=_NO_STORE)


async def _noise(size: int, test: LineTest) -> AsyncIterator[bytes]:
    at = int.from_bytes(os.urandom(2), "big")
    while size > 0:
        chunk = _NOISE[at : at + min(_CHUNK, size)]
        yield chunk
        test.touched = time.monotonic()
        size -= len(chunk)
        at = at + len(chunk) if at + 2 * _CHUNK < len(_NOISE) else int.from_bytes(os.urandom(2), "big")


def _test(request: Request[Any, Any, Any]) -> LineTest:
    """The test that the request names; a request without a name is a test of its own."""
    places: Bench = services_of(request).bench
    text = request.query_params.get("test")
    if text is None:
        name = places.name()
    else:
        try:
            name = bytes.fromhex(text)
        except ValueError as error:
            raise ProblemError(400, "request.malformed", "test") from error
    test = places.take(name) if name is not None else None
    if test is None:
        raise _busy()
    return test


def _busy() -> ProblemError:
    return ProblemError(503, "probe.busy", retry_after=bench.BUSY_RETRY_S)


HANDLERS = [generate_204, offer, received, download, upload]

"""A download and an upload that fill the line for a few seconds, and never more bytes than they were given.

Four connections: one alone, with the congestion control most servers have, is slowed by a loss that does not slow the line.
"""

import asyncio
import contextlib
import socket
import time
from collections.abc import Coroutine
from typing import Any

from app.system.voice import http
from app.system.voice.meter import HANDSHAKE_BYTES, TCP_OVERHEAD, Meter

STREAMS = 4
_CHUNK = 2 * 1024
"""Becomes one TLS record, and a server sees no part of a record: four of 16 kB half way are a second of a slow line."""
_SEND_BUFFER = 64 * 1024
"""Small, so that what was written is about what was sent."""
_NOISE_BYTES = 256 * 1024


class Download:
    """`points`: (seconds, bytes of content so far). `first_done`: bytes when the first of the connections ended, None before."""

    def __init__(self, place: http.Place, test: bytes, size: int, meter: Meter) -> None:
        self._place, self._meter = place, meter
        self._each = size // STREAMS
        self._target = f"/v1/probe/download?bytes={self._each}&test={test.hex()}"
        self._total = 0
        self._seconds = 0.0
        self.points: list[tuple[float, int]] = []
        self.first_done: int | None = None

    @property
    def complete(self) -> bool:
        return self._total >= self._each * STREAMS

    async def run(self, seconds: float) -> None:
        """Errors: none. A connection that fails is one that carried less."""
        began = time.perf_counter()
        await _together([self._one() for _ in range(STREAMS)], seconds)
        self._seconds = time.perf_counter() - began

    @property
    def whole_mbit(self) -> float | None:
        """From opening to the last byte, for lines so fast that there is no steady part. None: it did not all come."""
        return self._total * 8.0 / self._seconds / 1e6 if self.complete and self._seconds > 0 else None

    async def _one(self) -> None:
        with contextlib.suppress(*http.FAILURES):
            async with http.connection(self._place) as (reader, writer):
                self._meter.add(HANDSHAKE_BYTES)
                writer.write(self._place.request("GET", self._target))
                head = await http.read_head(reader)
                left = self._each if head.status == 200 else 0
                while left > 0 and self._meter.left > 0 and (chunk := await reader.read(min(left, 64 * 1024))):
                    left -= len(chunk)
                    self._total += len(chunk)
                    self._meter.content(len(chunk))
                    self.points.append((time.perf_counter(), self._total))
                if head.status == 200 and self.first_done is None:
                    self.first_done = self._total


class Upload:
    """What the server received, and when, is told by the echoes that run beside: buffers here would tell another story."""

    def __init__(self, place: http.Place, test: bytes, size: int, noise: bytes, meter: Meter) -> None:
        self._place, self._meter, self._noise = place, meter, noise
        self._each = size // STREAMS
        self._target = f"/v1/probe/upload?test={test.hex()}"
        self._written = 0
        self._answered = 0
        self._seconds = 0.0

    async def run(self, seconds: float) -> None:
        """Errors: none, as for `Download`."""
        began = time.perf_counter()
        await _together([self._one() for _ in range(STREAMS)], seconds)
        self._seconds = time.perf_counter() - began

    @property
    def whole_mbit(self) -> float | None:
        """From opening to the last answer, for lines so fast that no echo saw the upload grow. None: it was not all taken."""
        if self._answered < STREAMS or self._seconds <= 0:
            return None
        return self._each * STREAMS * 8.0 / self._seconds / 1e6

    def settle(self, received: int) -> None:
        """Take off the meter what never left this machine: written, then thrown away, and not seen by the server."""
        if self._answered == STREAMS:
            return
        on_the_way = 64 * 1024
        self._meter.add(-TCP_OVERHEAD * max(0, self._written - received - on_the_way))

    async def _one(self) -> None:
        with contextlib.suppress(*http.FAILURES):
            async with http.connection(self._place) as (reader, writer):
                self._meter.add(HANDSHAKE_BYTES)
                sock: socket.socket = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
                length = f"Content-Type: application/octet-stream\r\nContent-Length: {self._each}\r\n"
                writer.write(self._place.request("POST", self._target, length))
                left, at = self._each, 0
                while left > 0 and self._meter.left > 0:
                    chunk = self._noise[at : at + min(_CHUNK, left)]
                    at = (at + _CHUNK) % _NOISE_BYTES
                    left -= len(chunk)
                    self._written += len(chunk)
                    self._meter.content(len(chunk))
                    writer.write(chunk)
                    await writer.drain()
                head = await http.read_head(reader)
                self._answered += head.status == 200


async def _together(parts: list[Coroutine[Any, Any, None]], seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(max(0.0, seconds)), asyncio.TaskGroup() as group:
            for part in parts:
                group.create_task(part)

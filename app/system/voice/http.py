"""The little HTTP/1.1 that a measurement needs, on asyncio streams: bytes are counted as they move, and nothing is retried.

No proxy is used: a call does not go through one either.
"""

import asyncio
import contextlib
import json
import socket
import ssl
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import truststore

_MAX_HEAD = 16 * 1024
_LINGER_NOT = struct.pack("ii", 1, 0)
_LINGER_NOT_WINDOWS = struct.pack("hh", 1, 0)

FAILURES = (OSError, EOFError, ValueError, asyncio.LimitOverrunError)
"""What a dead, foreign or broken server raises here; a TimeoutError and a TLS error are OSErrors."""


@dataclass(frozen=True)
class Head:
    """The first lines of an answer. `length` bytes of body, None when it ends with the connection or is in chunks."""

    status: int
    length: int | None
    location: str = ""


@dataclass(frozen=True)
class Place:
    """A server. `tls` None: plain HTTP."""

    host: str
    port: int
    tls: ssl.SSLContext | None

    @classmethod
    def of(cls, url: str) -> "Place":
        """Errors: ValueError for what is no http(s) address."""
        parts: SplitResult = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"not an http(s) address: {url}")
        secure = parts.scheme == "https"
        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if secure else None
        return cls(parts.hostname, parts.port or (443 if secure else 80), context)

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.tls else 80) else f"{host}:{self.port}"

    def request(self, method: str, target: str, more: str = "") -> bytes:
        return f"{method} {target} HTTP/1.1\r\nHost: {self.authority}\r\nAccept-Encoding: identity\r\n{more}\r\n".encode("ascii")


@asynccontextmanager
async def connection(place: Place) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection that is cut, not closed, at the end: what is still in buffers shall not go on the line. Errors: OSError."""
    reader, writer = await asyncio.open_connection(place.host, place.port, ssl=place.tls, limit=_MAX_HEAD)
    try:
        yield reader, writer
    finally:
        sock: socket.socket | None = writer.get_extra_info("socket")
        if sock is not None:
            with contextlib.suppress(OSError):
                linger = _LINGER_NOT_WINDOWS if sys.platform == "win32" else _LINGER_NOT
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        writer.transport.abort()


async def read_head(reader: asyncio.StreamReader) -> Head:
    """Errors: `FAILURES`; ValueError for what is not HTTP."""
    raw = await reader.readuntil(b"\r\n\r\n")
    first, *lines = raw.decode("latin-1").split("\r\n")
    words = first.split(" ", 2)
    if len(words) < 2 or not words[0].startswith("HTTP/1.") or not words[1].isascii() or not words[1].isdigit():
        raise ValueError("this is not HTTP")
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    length = fields.get("content-length", "")
    known = int(length) if length.isascii() and length.isdigit() else None
    status = int(words[1])
    return Head(status, 0 if status == 204 and known is None else known, fields.get("location", ""))


async def get_small(place: Place, target: str, limit_s: float, most: int = 4096) -> tuple[Head, bytes]:
    """One GET on a connection of its own; at most `most` bytes of the body. Errors: `FAILURES`."""
    async with asyncio.timeout(limit_s), connection(place) as (reader, writer):
        writer.write(place.request("GET", target, "Connection: close\r\n"))
        await writer.drain()
        head = await read_head(reader)
        body = b""
        wanted = most if head.length is None else min(most, head.length)
        while len(body) < wanted and (chunk := await reader.read(wanted - len(body))):
            body += chunk
        return head, body


async def get_again(place: Place, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter], target: str) -> bytes:
    """One GET on a connection that stays open. Errors: `FAILURES`; ValueError for anything but 200 with a known length."""
    reader, writer = streams
    writer.write(place.request("GET", target))
    await writer.drain()
    head = await read_head(reader)
    if head.status != 200 or head.length is None or head.length > 4096:
        raise ValueError(f"HTTP {head.status}")
    return await reader.readexactly(head.length)


def json_object(body: bytes) -> dict[str, Any]:
    """Errors: ValueError for anything but one JSON object, nested beyond reason included."""
    try:
        found = json.loads(body)
    except RecursionError as error:
        raise ValueError("JSON too deep") from error
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found

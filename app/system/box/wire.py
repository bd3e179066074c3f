"""One HTTP exchange with a box, bounded in time and in bytes whatever the other end does. No proxy, no TLS, no name looked up."""

import http.client
import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from app.core.errors import BoxError

CALL_SECONDS = 3.0
"""One exchange, connection included."""
OPERATION_SECONDS = 6.0
"""One call of the port (read, log in, enter PIN): several exchanges."""
LARGEST_BODY = 256 * 1024
"""Bytes."""


@dataclass(frozen=True)
class Place:
    """Where a box is: always plain HTTP at an address of a private network."""

    host: str
    port: int

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}" if self.port == 80 else f"http://{host}:{self.port}"


def place(address: str) -> Place:
    """`192.168.8.1` or `http://192.168.8.1:8080`. Errors: BoxError (`box.unreachable`) for a name, https or a public address."""
    try:
        parts = urlsplit(address.strip() if "//" in address else f"//{address.strip()}")
        host = ipaddress.ip_address(parts.hostname or "")
        port = parts.port
    except ValueError:
        raise BoxError("box.unreachable", reason="address") from None
    if parts.scheme not in {"", "http"} or parts.username is not None or host.is_global or host.is_unspecified or host.is_multicast:
        raise BoxError("box.unreachable", reason="address")
    return Place(str(host), 80 if port is None else port)


@dataclass(frozen=True)
class Reply:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


class _TimedSocket(socket.socket):
    """Gives each wait only what is left until `until` (monotonic): a drip of one byte a second ends in time too."""

    until = 0.0

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_left(self.until))
        return super().recv_into(*args, **kwargs)


class _TimedConnection(http.client.HTTPConnection):
    def __init__(self, at: Place, until: float) -> None:
        super().__init__(at.host, at.port)
        self._until = until

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), timeout=_left(self._until))
        self.sock = _TimedSocket(plain.family, plain.type, plain.proto, fileno=plain.detach())
        self.sock.until = self._until
        self.sock.settimeout(_left(self._until))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("out of time")
    return left


def exchange(at: Place, method: str, path: str, *, until: float, headers: Mapping[str, str], body: bytes | None = None) -> Reply:
    """One request on a connection of its own; redirects are not followed. `until` is monotonic seconds.

    Errors: BoxError (`box.unreachable`: no line or out of time; `box.unintelligible`: not HTTP, cut short or past `LARGEST_BODY`).
    """
    connection = _TimedConnection(at, until)
    try:
        connection.request(method, path, body=body, headers={**headers, "Accept-Encoding": "identity", "Connection": "close"})
        answer = connection.getresponse()
        try:
            return Reply(answer.status, answer.headers, _bounded(answer))
        finally:
            answer.close()
    except OSError as error:  # RemoteDisconnected is one as well
        raise BoxError("box.unreachable", reason=type(error).__name__) from None
    except (http.client.HTTPException, ValueError) as error:
        raise BoxError("box.unintelligible", reason=type(error).__name__) from None
    finally:
        connection.close()


def _bounded(answer: http.client.HTTPResponse) -> bytes:
    declared = answer.length
    if declared is not None and declared > LARGEST_BODY:
        raise BoxError("box.unintelligible", reason="huge")
    body = bytearray()
    while chunk := answer.read1(16 * 1024):
        body += chunk
        if len(body) > LARGEST_BODY:
            raise BoxError("box.unintelligible", reason="huge")
    if declared is not None and len(body) < declared:
        raise BoxError("box.unintelligible", reason="truncated")
    return bytes(body)

"""Requests to other servers (time-stamping authority, SMS gateway, CRLs), from worker threads: bounded in time and size, TLS verified."""

import http.client
import ssl
import time
from urllib.parse import urlsplit


class WebError(Exception):
    """No usable answer. The message is for the log; it holds neither the request nor what came back."""


def request(
    method: str,
    url: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
    *,
    timeout_s: float,
    limit: int,
    trust: ssl.SSLContext | None = None,
) -> tuple[int, bytes]:
    """Status and body. No redirect is followed. Errors: WebError."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    deadline = time.monotonic() + timeout_s
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=timeout_s, context=trust or ssl.create_default_context())
    elif parts.scheme == "http" and host:
        connection = http.client.HTTPConnection(host, port, timeout=timeout_s)
    else:
        raise WebError(f"{parts.scheme or 'no'}: not an address of HTTP")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, target, body, headers or {})
        answer = connection.getresponse()
        found = bytearray()
        while chunk := answer.read1(65536):
            found += chunk
            if len(found) > limit:
                raise WebError(f"{host}: more than {limit} bytes")
            if time.monotonic() > deadline:
                raise WebError(f"{host}: not done in {timeout_s:g} s")
        return answer.status, bytes(found)
    except (OSError, http.client.HTTPException) as error:
        raise WebError(f"{host}: {type(error).__name__}") from error
    finally:
        connection.close()

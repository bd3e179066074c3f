"""The proof of a tunnel on this PC: `core.proof.Proof` with sockets and the system's own resolver.

What opens connections runs on a thread and a loop of its own, as the voice test does: the window's loop is for the window.
"""

import asyncio
import contextlib
import errno
import ipaddress
import json
import re
import socket
import ssl
import sys
import time
from collections.abc import Callable, Coroutine
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import truststore

from app.core.proof import AppAnswer, AppCheck, LineNow
from app.core.threads import in_thread
from app.system.network import line
from app.system.voice import check as portal
from app.system.voice import echoes, http

T = TypeVar("T")

LINE_LIMIT_S = 5.0
NAME_LIMIT_S = 5.0
APP_LIMIT_S = 8.0
ECHO_LIMIT_S = 0.8
ECHO_TRIES = 3
_UDP_HEAD = 28
"""IPv4 and UDP headers, bytes."""
# linux/in.h; Python names them on some builds only.
_IP_MTU_DISCOVER, _IP_PMTUDISC_PROBE = 10, 3
_IP_DONTFRAGMENT_WINDOWS = 14
_STUB = ("127.0.0.53", "127.0.0.54")
RESOLV_CONF = Path("/etc/resolv.conf")
UPLINKS = Path("/run/systemd/resolve/resolv.conf")
"""Where systemd-resolved writes the servers behind its stub."""


class SystemProof:
    """`base_url` is the company's server on the open line; the portal test and the clock ask it in plain HTTP."""

    def __init__(self, base_url: str = "") -> None:
        self._base_url = base_url

    async def line(self) -> LineNow:
        # No way to the internet is no failure where the company's server is nearer (a demo on a machine without a line).
        if not line.source_address() and not self.source_of(urlsplit(self._base_url).hostname or ""):
            return LineNow(online=False)
        if not self._base_url:
            return LineNow(online=True)
        try:
            place = http.Place.of(self._base_url)
            plain = http.Place(place.host, 80, None) if place.tls is not None else place
        except ValueError:
            return LineNow(online=True)

        async def ask() -> tuple[str, float | None]:
            caught, skew = await asyncio.gather(portal.caught(plain, lenient=place.tls is not None), self._skew(place))
            return caught, skew

        try:
            caught, skew = await _apart(ask, LINE_LIMIT_S + 1)
        except TimeoutError:
            return LineNow(online=True)
        # Whoever answers by verified TLS, or with our own 204, is our server: no portal stands between.
        return LineNow(online=True, portal=bool(caught) and (place.tls is None or skew is None), clock_skew_s=skew)

    @staticmethod
    async def _skew(place: http.Place) -> float | None:
        """RFC 9110 section 6.6.1: the Date of an answer, to the second."""
        try:
            before = time.time()
            async with asyncio.timeout(LINE_LIMIT_S), http.connection(place) as (reader, writer):
                writer.write(place.request("GET", "/generate_204", "Connection: close\r\n"))
                await writer.drain()
                raw = await reader.readuntil(b"\r\n\r\n")
            after = time.time()
            found = re.search(rb"(?im)^date:\s*([^\r\n]{20,40})\r?$", raw)
            if found is None:
                return None
            skew = (before + after) / 2 - parsedate_to_datetime(found[1].decode("ascii")).timestamp()
        except (*http.FAILURES, TypeError):
            return None
        return round(skew, 1)

    def source_of(self, address: str) -> str:
        try:
            family = socket.AF_INET6 if ipaddress.ip_address(address).version == 6 else socket.AF_INET
            with socket.socket(family, socket.SOCK_DGRAM) as asking:
                asking.connect((address, 9))
                return str(asking.getsockname()[0])
        except (OSError, ValueError):
            return ""

    def resolvers(self) -> tuple[str, ...]:
        if sys.platform == "win32":
            return ()  # each adapter has its own: not told by one list
        found = _name_servers(RESOLV_CONF)
        if any(server in _STUB for server in found):
            return _name_servers(UPLINKS)
        return found

    async def resolve(self, name: str) -> tuple[str, ...]:
        def ask() -> tuple[str, ...]:
            found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
            return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))

        try:
            return await in_thread(ask, limit_s=NAME_LIMIT_S)
        except (OSError, UnicodeError, TimeoutError):
            return ()

    async def app(self, app: AppCheck) -> AppAnswer:
        addresses = (app.host,) if _is_address(app.host) else await self.resolve(app.host)
        if not addresses:
            return AppAnswer(app, "vpn.dns_not_applied", detail="name unknown")
        source = self.source_of(addresses[0])
        began = time.perf_counter()
        try:
            context = _trust(app.ca) if app.kind == "tls" or (app.kind == "http" and app.secure) else None
            place = http.Place(app.host, app.port, context)
            detail = await _apart(lambda: self._ask(app, place), APP_LIMIT_S)
        except ssl.SSLCertVerificationError as error:
            return AppAnswer(app, "vpn.app_certificate", source=source, detail=error.verify_message[:80])
        except TimeoutError:
            return AppAnswer(app, "vpn.app_down", source=source, detail="no answer")
        except ssl.SSLError as error:
            return AppAnswer(app, "vpn.app_down", source=source, detail=(error.reason or "TLS")[:80])
        except http.FAILURES as error:
            number = error.errno if isinstance(error, OSError) else None
            return AppAnswer(app, "vpn.app_down", source=source, detail=errno.errorcode.get(number or 0, type(error).__name__))
        code = "" if not detail else "vpn.app_down"
        return AppAnswer(app, code, round((time.perf_counter() - began) * 1000, 1), source, detail)

    @staticmethod
    async def _ask(app: AppCheck, place: http.Place) -> str:
        """Empty, or what was wrong with the answer."""
        async with http.connection(place) as (reader, writer):
            if app.kind != "http":
                return ""
            writer.write(place.request("GET", app.path, "Connection: close\r\n"))
            await writer.drain()
            status = (await http.read_head(reader)).status
        good = status in app.status if app.status else status < 400
        return "" if good else f"HTTP {status}"

    async def packet_bytes(self, probe_url: str, sizes: tuple[int, ...]) -> int | None:
        try:
            place = http.Place.of(probe_url)
            head, body = await _apart(lambda: http.get_small(place, "/v1/probe", LINE_LIMIT_S), LINE_LIMIT_S + 1)
            offer = json.loads(body)
            if head.status != 200:
                return None
            test, port = bytes.fromhex(offer["test"]), int(offer["udp_port"])
            return await in_thread(lambda: _largest(place.host, port, test, sizes), limit_s=ECHO_LIMIT_S * ECHO_TRIES * (len(sizes) + 2))
        except (*http.FAILURES, KeyError, TypeError, AttributeError):
            return None


async def _apart(work: Callable[[], Coroutine[Any, Any, T]], limit_s: float) -> T:
    """On a loop of its own. Errors: TimeoutError, and those of `work`."""

    async def bounded() -> T:
        async with asyncio.timeout(limit_s):
            return await work()

    def run() -> T:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            return runner.run(bounded())

    return await in_thread(run, limit_s=limit_s + 1)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _trust(ca: str) -> ssl.SSLContext:
    """The system's trust store, or one authority alone. Errors: ValueError for what is no certificate."""
    if not ca:
        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=ca)
    except ssl.SSLError as error:
        raise ValueError("the journey's authority is no certificate") from error
    return context


def _name_servers(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text("utf-8", errors="replace")[:64_000]
    except OSError:
        return ()
    return tuple(found[1] for found in re.finditer(r"(?m)^\s*nameserver\s+([0-9A-Fa-f:.]+)", text))


def _largest(host: str, port: int, test: bytes, sizes: tuple[int, ...]) -> int | None:
    """Blocking. Largest first: the first that comes back is the answer."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as echo:
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                echo.setsockopt(socket.IPPROTO_IP, _IP_DONTFRAGMENT_WINDOWS, 1)
            else:
                echo.setsockopt(socket.IPPROTO_IP, _IP_MTU_DISCOVER, _IP_PMTUDISC_PROBE)
        echo.settimeout(ECHO_LIMIT_S)
        echo.connect((host, port))
        for size in sorted(sizes, reverse=True):
            for number in range(ECHO_TRIES):
                packet = echoes.HEAD.pack(echoes.MAGIC, test, number, 0, 0, 0).ljust(size - _UDP_HEAD, b"\0")
                try:
                    echo.send(packet)
                    if len(echo.recv(size)) == len(packet):
                        return size
                except TimeoutError:
                    continue
                except OSError:
                    break  # longer than the device itself takes, or nobody there
    return None

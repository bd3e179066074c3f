"""What both EMULATORS stand on: their settings, their HTTP server on loopback, and hostile answers on demand."""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from app.core.line import Sim


class Hostile(StrEnum):
    """How an answer is spoilt."""

    MALFORMED = "malformed"
    TRUNCATED = "truncated"
    HUGE = "huge"
    HUGE_UNDECLARED = "huge_undeclared"
    DRIP = "drip"
    DRIP_HEADERS = "drip_headers"
    ENTITIES = "entities"
    HTML = "html"
    SILENT = "silent"
    NOT_HTTP = "not_http"
    ELSEWHERE = "elsewhere"


ENTITY_BOMB = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in ("ab", "bc", "cd", "de", "ef", "fg", "gh", "hi", "ij"))
    + "]><response><rsrp>&j;</rsrp></response>"
)


@dataclass(frozen=True)
class Moment:
    """What the emulated box measures from `after` seconds on. dBm and dB; None is sent as an empty value."""

    after: float
    rsrp: float | None = -98
    rsrq: float | None = -10
    sinr: float | None = 9
    rssi: float | None = -69


@dataclass
class Settings:
    """How the emulated box is; may be changed while it runs."""

    password: str = "box-password"  # noqa: S105  (an emulator's)
    model: str = "B525s-23a"
    firmware: str = "11.236.01.02.69"
    imei: str = "490154203237518"
    plmn: str = "60401"
    operator: str = "IAM"
    sim: Sim = Sim.READY
    pin: str = "1234"
    pin_tries: int = 3
    login_tries: int = 3
    registered: bool = True
    devices: int = 4
    month_bytes: tuple[int, int] = (21_400_000_000, 1_900_000_000)
    script: Sequence[Moment] = (Moment(0),)
    needs_login: frozenset[str] = frozenset()
    """HiLink endpoints or ZTE names that say nothing without a login."""
    codes: dict[str, int] = field(default_factory=dict)
    """HiLink error codes by endpoint, before anything else."""
    hostile: Hostile | None = None
    hostile_at: str = ""
    """Part of the path that is hostile; empty: every path but HiLink's first page."""
    encrypts: bool = True
    zte_sha: str = ""
    """WEB_ATTR_IF_SUPPORT_SHA256 as the ZTE box tells it: empty, 1 or 2."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    emulator: "Emulator"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


class Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 20

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self.server.emulator.answer(self, "GET", "")

    def do_POST(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), 1 << 16)
        self.server.emulator.answer(self, "POST", self.rfile.read(length).decode("utf-8", "replace"))

    def out(self, body: str, kind: str = "text/xml", headers: Mapping[str, str] | None = None, status: int = 200) -> None:
        raw = body.encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(raw)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)


class Emulator:
    def __init__(self, settings: Settings | None = None, *, port: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings or Settings()
        self.seen: list[str] = []
        """Method and path of every request."""
        self._clock, self._born = clock, clock()
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._server = _Server(("127.0.0.1", port), Handler)
        self._server.emulator = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="emulated box", daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._thread.join(5)
        self._server.server_close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def answer(self, to: Handler, method: str, body: str) -> None:
        self.seen.append(f"{method} {to.path}")
        how, where = self.settings.hostile, self.settings.hostile_at
        if how is not None and (where in to.path if where else to.path != "/"):
            return self._spoil(to, how)
        with self._lock:
            self.respond(to, method, body)
        return None

    def respond(self, to: Handler, method: str, body: str) -> None:
        raise NotImplementedError

    def moment(self) -> Moment:
        age = self._clock() - self._born
        return next((m for m in sorted(self.settings.script, key=lambda m: -m.after) if m.after <= age), Moment(0))

    def spend(self, pin: str) -> bool:
        """One PIN try."""
        s = self.settings
        if s.sim is not Sim.PIN:
            return False
        if pin == s.pin:
            s.sim, s.pin_tries = Sim.READY, 3
            return True
        s.pin_tries = max(0, s.pin_tries - 1)
        if not s.pin_tries:
            s.sim = Sim.PUK
        return False

    def _spoil(self, to: Handler, how: Hostile) -> None:
        match how:
            case Hostile.MALFORMED:
                to.out("<response><rsrp>-98dBm</rsrq></response", "text/xml")
            case Hostile.HTML:
                to.out("<html><head><title>login</title></head><body>Please<br>log in</body></html>", "text/html")
            case Hostile.ENTITIES:
                to.out(ENTITY_BOMB)
            case Hostile.ELSEWHERE:
                to.out("", headers={"Location": "http://192.0.2.7/api/device/signal"}, status=302)
            case Hostile.NOT_HTTP:
                to.wfile.write(b"\x00\xff220 welcome\r\n" * 20)
            case Hostile.SILENT:
                self._stopping.wait(15)
            case Hostile.TRUNCATED:
                to.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 500\r\n\r\n<response><rsrp>-9")
            case Hostile.HUGE:
                to.out("<response>" + "9" * 10_000_000 + "</response>")
            case Hostile.HUGE_UNDECLARED:
                to.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n\r\n<response>")
                for _ in range(1000):
                    to.wfile.write(b"9" * 10_000)
            case Hostile.DRIP | Hostile.DRIP_HEADERS:
                to.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/xml\r\n" + (b"\r\n" if how is Hostile.DRIP else b"X-Slow: "))
                while not self._stopping.wait(0.05):
                    to.wfile.write(b"9")
                    to.wfile.flush()

"""A small real backend (http.server in a thread), journals to report from, and waiting without sleeping."""

import asyncio
import gzip
import json
import sqlite3
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import chain, events, keys
from app.services.journal_schema import insert_line
from app.services.store import Store, uuid7


@dataclass
class Seen:
    method: str
    path: str
    headers: dict[str, str]
    raw: bytes
    at: float = field(default_factory=time.monotonic)

    @property
    def lines(self) -> list[bytes]:
        body = gzip.decompress(self.raw) if self.headers.get("content-encoding") == "gzip" else self.raw
        return [bytes(line) for line in msgspec.json.decode(body, type=list[msgspec.Raw])]

    @property
    def sequences(self) -> list[int]:
        return [chain.read(line).sequence for line in self.lines]


@dataclass
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    wire: Callable[[BaseHTTPRequestHandler], None] | None = None
    """Writes to the connection itself, for servers that do not keep to HTTP."""


def problem(status: int, code: str, headers: dict[str, str] | None = None, **more: Any) -> Reply:
    return Reply(status, json.dumps({"title": "t", "status": status, "code": code, **more}).encode(), headers or {})


def receipt(acked: int, **more: Any) -> Reply:
    body = {"acked_sequence": acked, "server_time": datetime.now(UTC).isoformat(), **more}
    return Reply(200, json.dumps(body).encode())


class TinyBackend:
    """Keeps lines by device and number. `script` answers the next requests first, then `usual` does."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.script: deque[Callable[[Seen], Reply]] = deque()
        self.usual: Callable[[Seen], Reply] = self.keep
        self.kept: dict[tuple[str, int], bytes] = {}
        self.heads: dict[str, int] = {}
        self.twice = 0
        self.guard = threading.Lock()
        self.url = ""

    def keep(self, seen: Seen) -> Reply:
        """What the backend promises: in order, each once, a gap asked for."""
        if seen.path != "/v1/events":
            return Reply(200, b"{}")
        with self.guard:
            lost = int(seen.headers.get("marhaba-lost-through", 0))
            device = ""
            for line in seen.lines:
                event = chain.read(line)
                device = event.source.rpartition(":")[2]
                head = max(self.heads.get(device, 0), lost if event.sequence == lost + 1 else 0)
                if event.sequence > head + 1:
                    if head == self.heads.get(device, 0) and line == seen.lines[0]:
                        return problem(409, "event.gap", expected_sequence=head + 1)
                    break
                if event.sequence <= head:
                    self.twice += self.kept.get((device, event.sequence)) != line
                    continue
                self.kept[device, event.sequence] = line
                self.heads[device] = event.sequence
            return receipt(self.heads.get(device, 0))

    def posts(self) -> list[list[int]]:
        return [seen.sequences for seen in self.seen if seen.path == "/v1/events"]

    def sequences(self) -> list[int]:
        return sorted(sequence for _device, sequence in self.kept)


def _handler(backend: TinyBackend) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 20

        def log_message(self, *_arguments: object) -> None:
            pass

        def answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            seen = Seen(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, raw)
            with backend.guard:
                backend.seen.append(seen)
                script = backend.script.popleft() if backend.script else backend.usual
            reply = script(seen)
            if reply.wire is not None:
                self.close_connection = True
                reply.wire(self)
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        do_GET = do_POST = answer

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what several tests are about."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[TinyBackend]:
    backend = TinyBackend()
    server = _Server(("127.0.0.1", 0), _handler(backend))
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    backend.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield backend
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def started(path: Path, key: Ed25519PrivateKey | None = None) -> tuple[Store, Ed25519PrivateKey]:
    """A journal whose session has started (one event)."""
    key = key or Ed25519PrivateKey.generate()
    store = Store(path)
    store.use_key(key)
    if not store.state.session_code:
        store.record(events.SessionStarted(keys.public_text(key), "123456", "1", "fr", "0.1.0"))
    return store, key


def enter(store: Store, *steps: str) -> list[events.Event]:
    return [store.record(events.StepEntered(step)) for step in steps]


def lines_of(store: Store) -> list[bytes]:
    """Every line that waits, oldest first."""
    return [pending.line for pending in store.waiting(100_000, 1 << 40)]


def handmade(
    key: Ed25519PrivateKey, sequence: int, previous: str, data: events.EventData, *, time: str = "2026-01-01T00:00:00.000Z", kind: str = ""
) -> bytes:
    """A signed line that no Store of this program would write now."""
    event = events.Event(
        id=uuid7(),
        source=events.source_of(keys.device_id(keys.public_text(key))),
        type=kind or events.KIND_OF[type(data)],
        time=time,
        sequence=sequence,
        monotonic=1,
        previoushash=previous,
        data=msgspec.Raw(msgspec.json.encode(data)),
    )
    return chain.seal(event, key)


def put(path: Path, line: bytes) -> None:
    """Lay a line into a journal that nobody has open."""
    event = chain.read(line)
    with closing(sqlite3.connect(path)) as db, db:
        insert_line(db, event.id, event.source.rpartition(":")[2], event.sequence, line)


def check_chain(lines: list[bytes], key: Ed25519PrivateKey) -> None:
    """Each line is signed by `key` and holds the hash of the one before it."""
    previous = events.ZERO_HASH
    for line in lines:
        chain.verify(line, keys.public_text(key))
        assert chain.read(line).previoushash == previous
        previous = chain.line_hash(line)


async def until(condition: Callable[[], object], limit_s: float = 10.0) -> None:
    """Give the loop its turns until `condition` holds."""
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true in time"
        await asyncio.sleep(0.005)

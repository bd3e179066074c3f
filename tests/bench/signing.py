"""Signing at the backend: one signature after the other, then twenty a second, each prepared, signed by its device and sealed (B-LT).

The load is made by threads of this process on the same cores: what they take is missing to the server.
"""

import dataclasses
import math
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric import ec

from app.backend.store import agents
from app.backend.store.database import Database
from app.contracts import addendum as ad
from app.contracts.enrolment import Enrolment
from tests.backend.documents.signer import Signer, read, signing_backend
from tests.backend.rig import CSV_HEAD, Backend, Device
from tests.bench.figures import row

RATE, SECONDS = 20, 15
ALONE = 15


@dataclasses.dataclass
class Ready:
    """An agent who has read, holds a code, and is about to press the button."""

    signer: Signer
    offer: ad.AddendumOffer
    request: ad.PrepareRequest


def run(_runs: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory) / "signing"
        with signing_backend(home) as backend:
            started: list[float] = []
            waiting = _crowd(backend, ALONE + RATE * SECONDS + 5, started)
            for one in waiting[:5]:  # the processes' first work
                _signature(one)
            alone = [_signature(one) for one in waiting[5 : 5 + ALONE]]
            yield row("offer: document rendered and kept", [1000 * value for value in started[5:]], "ms")
            yield row("prepare to sealed LT, one at a time", [1000 * (a + b) for a, b in alone], "ms", wanted="< 1000 ms")
            yield row("of which finish (take, stamp, seal, stamp)", [1000 * b for _, b in alone], "ms")
            before = _processor_ms(backend)
            took, seconds, failed = _sustained(waiting[5 + ALONE :])
            spent = (_processor_ms(backend) - before) / max(1, len(took))
            took.sort()
            p99 = took[min(len(took) - 1, math.ceil(0.99 * len(took)) - 1)]
            yield row(f"{RATE} signatures/s asked for: prepare to sealed LT", [1000 * value for value in took], "ms")
            yield row("p99 of those", [1000 * p99], "ms", wanted="< 3000 ms")
            yield row("processor time of the server a signature", [spent], "ms", wanted=f"< {2000 / RATE:.0f} ms: two cores")
            yield row("signatures/s reached", [len(took) / seconds], "/s", wanted=f"{RATE}/s, {failed} failed")


def _processor_ms(backend: Backend) -> float:
    """Of the server and its processes, so far: it tells what a machine that does nothing else would reach."""
    assert backend.process is not None
    found = 0.0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if backend.process.pid in (int(path.parent.name), int(fields[1])):
            found += (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
    return found


def _crowd(backend: Backend, count: int, offers: list[float]) -> list[Ready]:
    """Agents who each have a PC, a certificate, an offer and a code."""
    ids = [f"B{number:04d}" for number in range(count)]
    rows = [
        f"{who},Agent {who},fr,Casablanca,telecom_fr,,Latitude,PC-{who},B535,BX-{who},Jabra,HS-{who},{who}@example.ma,0612345678"
        for who in ids
    ]
    backend.people("\n".join([f"{CSV_HEAD},email,phone", *rows]) + "\n")
    database = Database(f"sqlite:///{backend.home / 'data' / 'backend.db'}")
    with database.write() as connection:
        codes = [agents.new_code(connection, who, 14, datetime.now(UTC)) for who in ids]
    database.close()
    backend.client = httpx.Client(timeout=60, trust_env=False, limits=httpx.Limits(max_connections=64))
    found = []
    for who, code in zip(ids, codes, strict=True):
        device = Device()
        device.token = read(backend.enrol(device.request(code)), Enrolment).token
        signer = Signer(backend, who, device, ec.generate_private_key(ec.SECP256R1()))
        signer.certify()
        began = time.monotonic()
        offer = signer.offer()
        offers.append(time.monotonic() - began)
        read(signer.post(f"/v1/addendum/{offer.document_id}/code"), ad.CodeSent)
        found.append(Ready(signer, offer, signer.request(offer, signer.last_code())))
    return found


def _signature(one: Ready) -> tuple[float, float]:
    """Seconds to prepared, and from there to sealed."""
    began = time.monotonic()
    prepared = one.signer.prepare(one.offer, one.request)
    request = one.signer.sign(prepared)
    half = time.monotonic()
    done = one.signer.finish(one.offer, request)
    if done.state != "signed":
        raise RuntimeError(done.state)
    return half - began, time.monotonic() - half


def _sustained(waiting: list[Ready]) -> tuple[list[float], float, int]:
    """Begin one every 1/RATE s, whatever became of those before. Latencies from when it should have begun; seconds in all; failures."""
    took: list[float] = []
    failed = 0
    lock = threading.Lock()
    first = time.monotonic() + 0.2

    def one(number: int, ready: Ready) -> None:
        nonlocal failed
        due = first + number / RATE
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            _signature(ready)
        except (RuntimeError, AssertionError, httpx.HTTPError):
            with lock:
                failed += 1
            return
        with lock:
            took.append(time.monotonic() - due)

    submit: Callable[[int, Ready], None] = one
    with ThreadPoolExecutor(64) as together:
        list(together.map(submit, range(len(waiting)), waiting))
    return took, time.monotonic() - first, failed

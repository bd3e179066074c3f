"""Reporting on loopback: from `record` to the helpdesk's stream, and how fast a full outbox drains."""

import asyncio
import queue
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import requests

from app.commands import demo
from app.contracts import events
from app.contracts.outcomes import Outcome
from tests.bench.figures import row
from tests.journeys.headless import HeadlessWizard

QUEUED = 500


def run(runs: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as directory, demo.backend(Path(directory)) as served:
        seen: queue.Queue[float] = queue.Queue()
        stop = threading.Event()
        listening = threading.Event()
        threading.Thread(target=_listen, args=(served.console_url, seen, stop, listening), daemon=True).start()
        listening.wait(10)
        code = served.command("agents", "code", "20417")
        latencies, baseline, drains = asyncio.run(_measure(Path(directory) / "profile", served, code, seen, runs))
        stop.set()
    yield row("recorded to visible in the console's stream", latencies, "ms", baseline=baseline, wanted="< 300 ms (baseline: one GET)")
    yield row(f"{QUEUED} queued events drained", drains, "s", wanted="< 3 s")


def _listen(console_url: str, seen: "queue.Queue[float]", stop: threading.Event, listening: threading.Event) -> None:
    session = requests.Session()
    session.get(console_url, timeout=10)
    base = console_url.partition("?")[0]
    with session.get(f"{base}/stream", stream=True, timeout=(5, 60)) as stream:
        listening.set()
        for line in stream.iter_lines(chunk_size=1):
            if line.startswith(b"data"):
                seen.put(time.monotonic())
            if stop.is_set():
                return


async def _measure(
    profile: Path, served: demo.Served, code: str, seen: "queue.Queue[float]", runs: int
) -> tuple[list[float], list[float], list[float]]:
    wizard = HeadlessWizard(profile, served.url, served.journey_key)
    await wizard.enroller.enrol(code)
    task = asyncio.create_task(wizard.reporter.run())
    await wizard.reporter.drain(20)
    latencies, baseline = [], []
    for number in range(runs + 1):
        await asyncio.sleep(0.3)
        while not seen.empty():
            seen.get_nowait()
        began = time.monotonic()
        await asyncio.to_thread(wizard.api.alive)
        reached = time.monotonic()
        wizard.store.record(events.StepFinished("guidelines", Outcome.PASSED, "guidelines.passed", {"number": number}))
        arrived = await asyncio.to_thread(seen.get, True, 10)
        if number:
            latencies.append((arrived - reached) * 1000)
            baseline.append((reached - began) * 1000)
    drains = []
    for _ in range(max(1, min(5, runs))):
        task.cancel()
        await asyncio.wait([task])
        for number in range(QUEUED):
            wizard.store.record(events.StepFinished("guidelines", Outcome.PASSED, "guidelines.passed", {"number": number}))
        began = time.monotonic()
        task = asyncio.create_task(wizard.reporter.run())
        if not await wizard.reporter.drain(30):
            raise RuntimeError("the outbox did not drain in 30 s")
        drains.append(time.monotonic() - began)
    await wizard.close(task)
    return latencies, baseline, drains

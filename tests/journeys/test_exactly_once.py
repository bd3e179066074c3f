"""Exactly once, proved by power cuts: wizard and backend are killed at hundreds of random points."""

import asyncio
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.contracts import chain, events
from app.services.store import Store
from tests.journeys import headless
from tests.journeys.conftest import KillableBackend, wait_for
from tests.journeys.headless import HeadlessWizard

LEAST_WIZARD_KILLS, LEAST_BACKEND_KILLS = 180, 36
WIZARDS_A_BACKEND = 4
"""Wizards killed while one backend lives; while the next one starts, wizards with no backend at all live and die."""
BUDGET_S = 150.0


def _enrol(profile: Path, url: str, key: str, code: str) -> str:
    async def run() -> str:
        wizard = HeadlessWizard(profile, url, key)
        await wizard.enroller.enrol(code)
        device = wizard.store.device
        await wizard.close()
        return device

    return asyncio.run(run())


class Doomed:
    """Wizards that are killed at a random point after their first event."""

    def __init__(self, profile: Path, url: str, key: str, notes: Path, moment: random.Random) -> None:
        self.notes, self.moment, self.kills = notes, moment, 0
        notes.touch()
        command = [sys.executable, "-m", headless.__name__, str(profile), url, key, str(notes)]
        self._parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def one_life(self) -> None:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        noted = self.notes.stat().st_size
        self._parent.stdin.write("go\n")
        child = int(self._parent.stdout.readline())
        wait_for(lambda: self.notes.stat().st_size > noted, "the wizard's first event")
        time.sleep(self.moment.uniform(0, 0.12))  # the random point itself, not a wait for something
        os.kill(child, signal.SIGKILL)
        assert self._parent.stdout.readline() == f"{signal.SIGKILL.value}\n", "the wizard ended before it was killed"
        self.kills += 1

    def close(self) -> None:
        with self._parent as parent:
            parent.kill()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_lost_nothing_twice_whatever_is_killed(backend: KillableBackend, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    served = backend.start()
    key = served.journey_key
    device = _enrol(profile, served.url, key, served.command("agents", "code", "20417"))
    began = time.monotonic()
    doomed = Doomed(profile, served.url, key, tmp_path / "notes", random.Random(20261124))
    backend_kills = without_backend = 0
    try:
        while (doomed.kills < LEAST_WIZARD_KILLS or backend_kills < LEAST_BACKEND_KILLS) and time.monotonic() - began < BUDGET_S:
            for _ in range(WIZARDS_A_BACKEND):
                doomed.one_life()
            backend.kill()
            backend_kills += 1
            backend.launch()
            if not backend.answers:
                doomed.one_life()
                without_backend += 1
            wait_for(lambda: backend.answers, "the backend")
    finally:
        doomed.close()
    assert doomed.kills >= LEAST_WIZARD_KILLS, f"only {doomed.kills} wizards in {BUDGET_S:g} s"
    assert backend_kills >= LEAST_BACKEND_KILLS, f"only {backend_kills} backends in {BUDGET_S:g} s"
    assert without_backend >= LEAST_BACKEND_KILLS // 2, "nearly every wizard had a backend"
    said = doomed.notes.read_text().split()
    url = served.url

    async def drain() -> None:
        wizard = HeadlessWizard(profile, url, key)
        task = asyncio.create_task(wizard.reporter.run())
        assert await wizard.reporter.drain(60)
        await wizard.close(task)

    asyncio.run(drain())

    report = backend.report("20417")
    backend.kill()
    stored = sqlite3.connect(backend.data / "backend.db")
    rows = stored.execute("SELECT raw, event_id, sequence FROM events WHERE device_id=? ORDER BY sequence", (device,)).fetchall()
    stored.close()
    ids = [row[1] for row in rows]
    assert set(said) <= set(ids), "an event that was recorded is lost"
    assert len(set(ids)) == len(ids)
    assert [row[2] for row in rows] == list(range(1, len(rows) + 1))
    previous = events.ZERO_HASH
    for line, _id, _sequence in rows:
        assert chain.read(line).previoushash == previous
        previous = chain.line_hash(line)
    assert report["chain"] == "unbroken"
    assert report["quarantined"] == 0
    local = Store(profile / "journal.db")
    assert local.delivery().waiting == 0
    assert local.state.sequence == len(rows)
    local.close()
    kills = f"{doomed.kills} wizard kills ({without_backend} without a backend), {backend_kills} backend kills"
    print(f"\n{kills}, {len(rows)} events, {time.monotonic() - began:.0f} s")

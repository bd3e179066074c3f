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
from tests.journeys.conftest import KillableBackend
from tests.journeys.headless import HeadlessWizard

WIZARD_KILLS = 170
BACKEND_KILLS = 40
BUDGET_S = 110.0


def _enrol(profile: Path, url: str, key: str, code: str) -> str:
    async def run() -> str:
        wizard = HeadlessWizard(profile, url, key)
        await wizard.enroller.enrol(code)
        device = wizard.store.device
        await wizard.close()
        return device

    return asyncio.run(run())


def _one_life(profile: Path, url: str, key: str, moment: random.Random) -> list[str]:
    """Start the wizard, let it record, kill it at a random point after its first event; the ids it said it had recorded."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.headless", str(profile), url, key], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    first = process.stdout.readline().strip()
    time.sleep(moment.uniform(0, 0.12))  # the random point itself, not a wait for something
    os.killpg(process.pid, signal.SIGKILL)
    rest = process.stdout.read().split("\n")
    process.wait()
    process.stdout.close()
    assert first, "the wizard did not come up"
    # The last line may be cut in the middle of being printed.
    return [first, *(line for line in rest[:-1] if line)]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_lost_nothing_twice_whatever_is_killed(backend: KillableBackend, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    moment = random.Random(20261124)
    served = backend.start()
    key = served.journey_key
    device = _enrol(profile, served.url, key, served.command("agents", "code", "20417"))
    said: list[str] = []
    wizard_kills = backend_kills = 0
    began = time.monotonic()
    while wizard_kills < WIZARD_KILLS and time.monotonic() - began < BUDGET_S:
        said += _one_life(profile, served.url, key, moment)
        wizard_kills += 1
        if wizard_kills * BACKEND_KILLS // WIZARD_KILLS > backend_kills:
            backend.kill()
            backend_kills += 1
            if moment.random() < 0.5:
                # A wizard's life with no backend at all.
                said += _one_life(profile, served.url, key, moment)
                wizard_kills += 1
            served = backend.start()
    assert wizard_kills >= 60, "too slow a machine to have shown anything"

    async def drain() -> None:
        wizard = HeadlessWizard(profile, served.url, key)
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
    print(f"\n{wizard_kills} wizard kills, {backend_kills} backend kills, {len(rows)} events, {time.monotonic() - began:.0f} s")

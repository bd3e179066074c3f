"""kill -9 at hundreds of random points, a wire that loses posts and replies, restarts: nothing lost, nothing twice."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import chain
from app.services.backend_api import BackendApi
from app.services.reporter import Pace, Reporter
from app.services.store import Store
from tests.services import killed
from tests.services.rig import Reply, Seen, TinyBackend, check_chain, problem, serving

LEAST_KILLS, MOST_KILLS = 150, 300
TIME_S = 40.0
HANG_UP = Reply(wire=lambda handler: handler.connection.close())


def unreliable(backend: TinyBackend, dice: random.Random, counts: dict[str, int]) -> None:
    def usual(seen: Seen) -> Reply:
        fate = dice.random()
        if fate < 0.15:
            counts["lost before storing"] += 1
            return HANG_UP
        reply = backend.keep(seen)
        if fate < 0.30:
            counts["reply lost"] += 1
            return HANG_UP
        if fate < 0.35:
            counts["500 after storing"] += 1
            return problem(500, "backend.broken")
        counts["answered"] += 1
        return reply

    backend.usual = usual


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_nothing_is_lost_and_nothing_comes_twice(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    seed = random.randrange(1 << 32)
    print("seed", seed)
    dice = random.Random(seed)
    key = Ed25519PrivateKey.generate()
    (tmp_path / "key").write_bytes(key.private_bytes_raw())
    journal, notes = tmp_path / "journal.db", tmp_path / "notes"
    counts = dict.fromkeys(["lost before storing", "reply lost", "500 after storing", "answered"], 0)
    kills = 0
    with serving() as backend:
        unreliable(backend, random.Random(seed + 1), counts)
        command = [sys.executable, "-m", killed.__name__, str(journal), str(tmp_path / "key"), backend.url, str(notes)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as parent:
            assert parent.stdin is not None
            assert parent.stdout is not None
            deadline = time.monotonic() + TIME_S
            while kills < MOST_KILLS and time.monotonic() < deadline:
                parent.stdin.write("go\n")
                child = int(parent.stdout.readline())
                # The random point: from before the journal is open to some hundred events later.
                threading.Event().wait(dice.choice([dice.uniform(0, 0.02), dice.uniform(0, 0.12), dice.uniform(0, 0.4)]))
                os.kill(child, signal.SIGKILL)
                assert parent.stdout.readline() == f"{signal.SIGKILL.value}\n", "the child ended before it was killed"
                kills += 1
            parent.stdin.close()
        assert kills >= LEAST_KILLS

        noted = [line.split() for line in notes.read_text().splitlines()]
        before_drain = len(backend.kept)
        drain(journal, backend)
    lines = [backend.kept[place] for place in sorted(backend.kept, key=lambda place: place[1])]
    at_server = {chain.read(line).sequence: chain.read(line).id for line in lines}
    lost = [(sequence, event_id) for sequence, event_id in noted if at_server.get(int(sequence)) != event_id]
    figures = {"kills": kills, "noted": len(noted), "at server": len(lines), "before drain": before_drain, "posts": len(backend.seen)}
    print(figures | counts)
    for name, value in (figures | counts).items():
        record_property(name, value)

    assert lost == []
    assert sorted(at_server) == list(range(1, len(lines) + 1))
    assert len(set(at_server.values())) == len(lines)
    assert backend.twice == 0
    assert len(noted) <= len(lines) <= len(noted) + kills
    check_chain(lines, key)
    assert [path.name for path in tmp_path.glob("*damaged*")] == [], "a kill is no damage"
    assert all("marhaba-lost-through" not in seen.headers for seen in backend.seen)
    assert min(counts.values()) > 0, "every kind of loss happened"


def drain(journal: Path, backend: TinyBackend) -> None:
    """The last start, unharmed: what is left is sent; then journal and backend hold the same."""
    store = Store(journal)
    api = BackendApi(backend.url)

    async def story() -> None:
        reporter = Reporter(store, api, lambda: "token", pace=Pace(base_s=0.002, cap_s=0.01))
        task = asyncio.create_task(reporter.run())
        assert await reporter.drain(60)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(story())
    assert store.state.sequence == max(sequence for _device, sequence in backend.kept)
    api.close()
    store.close()

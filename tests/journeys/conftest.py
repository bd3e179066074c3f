"""The real backend in a process of its own, and somebody at the real wizard, for whole stories."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest

from app.commands import demo
from app.contracts import chain, events
from tests.journeys.person import Person
from tests.journeys.plain import PLAIN

CONTENT = Path(__file__).resolve().parents[2] / "resources" / "content"


class KillableBackend:
    """`marhaba backend serve` on a fixed port, so that it can be killed and started again at the same address.

    Its journeys are copies that may be changed, with no least time for reading and with the plain steps alone: the box's test of the
    line takes twenty seconds each time, and has stories of its own.
    """

    def __init__(self, directory: Path) -> None:
        self.data = directory / "backend"
        self.data.mkdir()
        self.journeys = directory / "journeys"
        self.journeys.mkdir()
        for file in (CONTENT / "journeys").glob("*.json"):
            journey = json.loads(file.read_text("utf-8"))
            journey["steps"] = [step for step in journey["steps"] if step["id"] in PLAIN]
            for step in journey["steps"]:
                if step["id"] == "guidelines":
                    step["limits"] = {**step.get("limits", {}), "read_seconds": 0}
            (self.journeys / file.name).write_text(json.dumps(journey), "utf-8")
        self._ready = directory / "ready.json"
        self._log = directory / "backend.log"
        self._port = "0"
        warm = [sys.executable, "-m", "tests.journeys.warm", str(self._log)]
        self._parent = subprocess.Popen(warm, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
        self._process = 0
        demo.backend_command(self.data, "agents", "import", str(CONTENT.parent / "demo" / "agents.csv"))

    def launch(self) -> None:
        """Start it without waiting until it answers."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._ready.unlink(missing_ok=True)
        command = ["backend", "serve", "--port", self._port, "--data", str(self.data)]
        command += ["--journeys", str(self.journeys), "--content", str(CONTENT), "--ready-file", str(self._ready)]
        self._parent.stdin.write(json.dumps(command) + "\n")
        self._process = int(self._parent.stdout.readline())

    @property
    def answers(self) -> bool:
        return self._ready.exists()

    def start(self) -> demo.Served:
        self.launch()
        wait_for(lambda: self.answers, "the backend to become ready", 30)
        served = demo.Served(self.data, msgspec.json.decode(self._ready.read_bytes()))
        self._port = served.url.rpartition(":")[2].strip("/")
        return served

    def kill(self) -> None:
        """As a power cut: SIGKILL."""
        if self._process:
            assert self._parent.stdout is not None
            os.kill(self._process, signal.SIGKILL)
            assert self._parent.stdout.readline() == f"{signal.SIGKILL.value}\n", f"it had ended: {self._log.read_text()}"
            self._process = 0

    def close(self) -> None:
        self.kill()
        with self._parent as parent:
            parent.kill()

    def report(self, employee: str) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.json.decode(demo.backend_command(self.data, "report", employee))
        return found

    def stored(self) -> list[events.Event]:
        """Every event the backend holds, in the order it took them."""
        database = sqlite3.connect(self.data / "backend.db")
        rows = database.execute("SELECT raw FROM events ORDER BY id").fetchall()
        database.close()
        return [chain.read(bytes(row[0])) for row in rows]

    def waits_for(self, sequence: int, seconds: float = 60) -> None:
        """Until it holds that many events."""
        wait_for(lambda: len(self.stored()) >= sequence, f"{sequence} events to reach the backend", seconds)


def wait_for(true: Callable[[], object], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"waited {seconds:g} s for {what}"
        time.sleep(0.01)


def in_french(source: str, count: int = 0) -> str:
    """The French words of an interface string, as the translators have them today."""
    for message in ElementTree.parse(CONTENT.parents[1] / "i18n" / "marhaba_fr.ts").iter("message"):
        translation = message.find("translation")
        if message.findtext("source") == source and translation is not None:
            forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
            return forms[min(count // 2, len(forms) - 1)].replace("%n", str(count))
    raise AssertionError(f"{source!r} is not translated")


def finished(of: list[events.Event]) -> list[str]:
    """The steps that ended, in order, one entry an end."""
    return [data.step for data in map(events.data_of, of) if isinstance(data, events.StepFinished)]


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[KillableBackend]:
    running = KillableBackend(tmp_path)
    yield running
    running.close()


@pytest.fixture
def sit_down(tmp_path: Path) -> Iterator[Callable[..., Person]]:
    """Start the wizard and put somebody at it: `sit_down(settings, profile, ...)`."""
    seated: list[Person] = []

    def sit(settings: Path, profile: Path, **more: Any) -> Person:
        seated.append(Person(settings, profile, tmp_path / "keyring.json", **more))
        return seated[-1]

    yield sit
    for person in seated:
        person.kill()

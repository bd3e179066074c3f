"""The real backend in a process of its own, for whole stories."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from app.commands import demo

CONTENT = Path(__file__).resolve().parents[2] / "resources" / "content"


class KillableBackend:
    """`marhaba backend serve` on a fixed port, so that it can be killed and started again at the same address."""

    def __init__(self, directory: Path) -> None:
        self.data = directory / "backend"
        self.data.mkdir()
        self._ready = directory / "ready.json"
        self._log = directory / "backend.log"
        self._port = "0"
        self.process: subprocess.Popen[bytes] | None = None
        demo.backend_command(self.data, "agents", "import", str(CONTENT.parent / "demo" / "agents.csv"))

    def start(self) -> demo.Served:
        self._ready.unlink(missing_ok=True)
        command = [sys.executable, "-m", "app", "backend", "serve", "--port", self._port, "--data", str(self.data)]
        command += ["--journeys", str(CONTENT / "journeys"), "--content", str(CONTENT), "--ready-file", str(self._ready)]
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 30
        while not self._ready.exists():
            assert self.process.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, "the backend did not become ready"
            time.sleep(0.01)
        served = demo.Served(self.data, msgspec.json.decode(self._ready.read_bytes()))
        self._port = served.url.rpartition(":")[2].strip("/")
        return served

    def kill(self) -> None:
        """As a power cut: SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def report(self, employee: str) -> dict[str, object]:
        return msgspec.json.decode(demo.backend_command(self.data, "report", employee))


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[KillableBackend]:
    running = KillableBackend(tmp_path)
    yield running
    running.kill()

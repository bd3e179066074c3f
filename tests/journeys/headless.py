"""A wizard without its window: real journal, real reporter, real API. As a program, one that forks wizards to be killed.

Imports are paid once, before the forks, so that hundreds of kills fit in a minute.
"""

import asyncio
import contextlib
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import __version__
from app.contracts import events, keys
from app.contracts.enrolment import MachineFacts
from app.contracts.outcomes import Outcome
from app.services.backend_api import BackendApi
from app.services.journeys import Journeys
from app.services.pairing import BackendEnroller
from app.services.reporter import Pace, Reporter
from app.services.secrets import Secrets
from app.services.store import Store

CONTENT = Path(__file__).resolve().parents[2] / "resources" / "content"


class PaperMachine:
    """A PC that says of itself what a test wants."""

    def facts(self) -> MachineFacts:
        return MachineFacts(machine_id="0" * 32, host_name="pc-test", serial="5CD3210XYZ", os="Test OS")


class MemorySecrets(Secrets):
    """A keyring that lives as long as the test, or in a file when the process is to be killed and started again."""

    def __init__(self, file: Path | None = None) -> None:
        super().__init__("test")
        self.in_memory = True
        self._file = file
        if file is not None and file.exists():
            self._memory.update((name, value) for name, _, value in (line.partition("=") for line in file.read_text().splitlines()))

    def set(self, name: str, value: str) -> None:
        super().set(name, value)
        if self._file is not None:
            self._file.write_text("\n".join(f"{key}={kept}" for key, kept in self._memory.items()))


class HeadlessWizard:
    def __init__(self, profile: Path, url: str, journey_key: str, pace: Pace | None = None) -> None:
        self.secrets = MemorySecrets(profile / "test-secrets")
        self.store = Store(profile / "journal.db")
        kept = self.secrets.get("test-key")
        self.key = Ed25519PrivateKey.from_private_bytes(keys.from_text(kept)) if kept else Ed25519PrivateKey.generate()
        self.secrets.set("test-key", keys.to_text(self.key.private_bytes_raw()))
        self.api = BackendApi(url)
        journeys = Journeys(profile / "content", journey_key, CONTENT / "journeys" / "start.json", CONTENT)
        self.enroller = BackendEnroller(self.store, self.secrets, journeys, PaperMachine(), lambda: self.api, lambda: self.key)
        self.enroller.load_token()
        self.reporter = Reporter(self.store, self.api, lambda: self.enroller.token, pace=pace or Pace(base_s=0.02, cap_s=0.3))
        self.store.subscribe(self.reporter.wake)
        self.store.use_key(self.key)
        if not self.store.state.session_code:
            self.store.record(events.SessionStarted(keys.public_text(self.key), "482913", "2026.11", "fr", __version__))

    async def close(self, task: "asyncio.Task[None] | None" = None) -> None:
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self.store.close()
        self.api.close()


async def record_until_killed(profile: Path, url: str, journey_key: str, notes: int) -> None:
    """Record and report as fast as it goes; each event that `record` returned is noted: that one must never be lost."""
    wizard = HeadlessWizard(profile, url, journey_key)
    task = asyncio.create_task(wizard.reporter.run())
    number = 0
    while not task.done():
        number += 1
        data = events.StepFinished("guidelines", Outcome.PASSED, "guidelines.passed", {"number": number})
        # One write, so that a kill leaves whole lines.
        os.write(notes, f"{wizard.store.record(data).id}\n".encode())
        await asyncio.sleep(0.001)
    task.result()


def main() -> None:
    """Arguments: profile, backend's address, journey key, the file to note recorded events in. Each line read is one wizard more."""
    profile, url, journey_key, notes_file = sys.argv[1:]
    for _request in sys.stdin:
        child = os.fork()
        if child == 0:
            notes = os.open(notes_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            asyncio.run(record_until_killed(Path(profile), url, journey_key, notes))
            os._exit(3)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print(status, flush=True)


if __name__ == "__main__":
    main()

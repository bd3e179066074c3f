"""Somebody at the wizard: the real program in a process of its own (`hands`), told what to press, asked what it shows."""

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.journeys import keyring_in_file

HANDS = "tests.journeys.hands"

ANSWER_S = 60.0


class Person:
    """`seen` is what was on screen after the last act. An act that gets stuck fails the test, with the page's title."""

    def __init__(
        self, settings: Path, profile: Path, keyring: Path, *, keyring_there: bool = True, environment: dict[str, str] | None = None
    ) -> None:
        kept = f"{keyring_in_file.__name__}.FileKeyring" if keyring_there else "keyring.backends.fail.Keyring"
        surroundings = {**os.environ, "PYTHON_KEYRING_BACKEND": kept, keyring_in_file.VARIABLE: str(keyring), **(environment or {})}
        self._log = profile.parent / "wizard.log"
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", HANDS, "--settings", str(settings), "--profile", str(profile)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                bufsize=1,
                env=surroundings,
            )
        self._said: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.seen = self._hear()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(line)
        self._said.put("")

    def _hear(self) -> dict[str, Any]:
        line = self._said.get(timeout=ANSWER_S)
        assert line, f"the wizard ended: {self.log()}"
        seen: dict[str, Any] = json.loads(line)
        assert "stuck" not in seen, f"{seen}\n{self.log()}"
        assert not seen["crashed"], f"{seen}\n{self.log()}"
        return seen

    def log(self) -> str:
        """What the wizard wrote to its standard error."""
        return self._log.read_text("utf-8", "replace")

    def do(self, act: str, *arguments: object) -> dict[str, Any]:
        self._tell(act, *arguments)
        self.seen = self._hear()
        return self.seen

    def _tell(self, act: str, *arguments: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([act, *arguments]) + "\n")
        self.process.stdin.flush()

    def look(self) -> dict[str, Any]:
        return self.do("look")

    def close(self) -> int:
        """As a person closes it: the window's own way out."""
        self._tell("close")
        code = self.process.wait(20)
        self._end()
        return code

    def kill(self) -> None:
        """As a power cut: SIGKILL."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self._end()

    def _end(self) -> None:
        self._listener.join(10)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

"""Secrets live in the system's keyring, or in memory for this session, never in a file. The only importer of keyring."""

import logging
import queue
import threading
from collections.abc import Callable
from typing import Any

from app.core.errors import SecretsError

log = logging.getLogger(__name__)

SERVICE = "Marhaba"
TIME_LIMIT_S = 8.0
# Where this package is installed and nothing better is, keyring takes its plain-text file without a word.
_FILES = "keyrings.alt"


class Secrets:
    """Get, set and forget by name. Where the keyring is missing, locked or silent, `in_memory` turns true and stays so."""

    def __init__(self, scope: str, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`scope` keeps two profiles of one user apart (the demo and the real one)."""
        self._service = f"{SERVICE} {scope}"
        self._limit = time_limit_s
        self._memory: dict[str, str] = {}
        self.in_memory = False

    def get(self, name: str) -> str | None:
        if name in self._memory or self.in_memory:
            return self._memory.get(name)
        try:
            value = self._call("get", lambda keyring: keyring.get_password(self._service, name))
        except SecretsError as error:
            self._fall_back(error)
            return None
        return value if isinstance(value, str) else None

    def set(self, name: str, value: str) -> None:
        self._memory[name] = value
        if self.in_memory:
            return
        try:
            self._call("set", lambda keyring: keyring.set_password(self._service, name, value))
            # Read back: some keyrings take a secret and forget it.
            if self._call("get", lambda keyring: keyring.get_password(self._service, name)) != value:
                raise SecretsError("secrets.unavailable", error="the keyring does not keep what it is given")
        except SecretsError as error:
            self._fall_back(error)

    def forget(self, name: str) -> None:
        self._memory.pop(name, None)
        if self.in_memory or self.get(name) is None:
            return
        self._memory.pop(name, None)
        try:
            self._call("delete", lambda keyring: keyring.delete_password(self._service, name))
        except SecretsError as error:
            self._fall_back(error)

    def _fall_back(self, error: SecretsError) -> None:
        log.warning("no usable keyring, secrets stay in memory: %s", error)
        self.in_memory = True

    def _call(self, what: str, work: Callable[[Any], object]) -> object:
        """Run in a daemon thread with a time limit: a locked keyring may wait for a prompt that nobody sees."""
        answer: queue.Queue[tuple[bool, object]] = queue.Queue(1)

        def run() -> None:
            try:
                import keyring
                import keyring.backends.fail

                chosen = keyring.get_keyring()
                if isinstance(chosen, keyring.backends.fail.Keyring):
                    raise SecretsError("secrets.unavailable", error="no keyring on this system")
                if any(type(one).__module__.startswith(_FILES) for one in (chosen, *getattr(chosen, "backends", ()))):
                    raise SecretsError("secrets.unavailable", error="the keyring is a file")
                answer.put((True, work(keyring)))
            except Exception as error:  # the keyring's backends raise anything; every one of them means: no keyring
                answer.put((False, error))

        threading.Thread(target=run, name=f"keyring-{what}", daemon=True).start()
        try:
            good, value = answer.get(timeout=self._limit)
        except queue.Empty:
            raise SecretsError("secrets.unavailable", error=f"the keyring did not answer in {self._limit:g} s") from None
        if good:
            return value
        if isinstance(value, SecretsError):
            raise value
        raise SecretsError("secrets.unavailable", error=f"{type(value).__name__}: {value}")

"""A keyring that outlives a killed process: `PYTHON_KEYRING_BACKEND=tests.journeys.keyring_in_file.FileKeyring`. For tests only."""

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

VARIABLE = "MARHABA_TEST_KEYRING"


class FileKeyring(KeyringBackend):
    """All of a secret or nothing, whatever is killed when."""

    priority = 1

    @property
    def _file(self) -> Path:
        return Path(os.environ[VARIABLE])

    def _all(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        found: dict[str, str] = json.loads(self._file.read_text("utf-8"))
        return found

    def _write(self, secrets: dict[str, str]) -> None:
        temporary = self._file.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(secrets), "utf-8")
        temporary.replace(self._file)

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._write({**self._all(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._all()
        if kept.pop(f"{service}/{username}", None) is None:
            raise PasswordDeleteError(username)
        self._write(kept)

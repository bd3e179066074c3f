"""Where one profile of the wizard keeps its things."""

from pathlib import Path
from typing import NamedTuple


class Places(NamedTuple):
    """Journal and caches, logs, and the agent's own documents."""

    data: Path
    logs: Path
    documents: Path

    @classmethod
    def of_user(cls) -> "Places":
        import platformdirs  # only where nobody said where

        return cls(
            Path(platformdirs.user_data_dir("Marhaba", appauthor=False)),
            Path(platformdirs.user_log_dir("Marhaba", appauthor=False)),
            Path(platformdirs.user_documents_dir()),
        )

    @classmethod
    def below(cls, directory: Path) -> "Places":
        return cls(directory / "data", directory / "logs", directory / "documents")

    @property
    def scope(self) -> str:
        """A name for this profile's secrets: two profiles of one user never share a key."""
        return str(self.data)

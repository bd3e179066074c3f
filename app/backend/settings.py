"""Where things are, and what a start was asked for."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

DATA_VARIABLE = "MARHABA_BACKEND_DATA"
DEFAULT_PORT = 8470
DEFAULT_PROBE_TESTS = 40
_RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "content"


@dataclass(frozen=True)
class Settings:
    data: Path
    database: str
    journeys: Path
    content: Path | None
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    """0 takes a free one."""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    ready_file: Path | None = None
    probe_port: int | None = None
    """UDP, for tests of the line. 0 takes a free one; None is the HTTP port + 1, or any free one where `port` is 0 and that is taken."""
    probe_tests: int = DEFAULT_PROBE_TESTS
    """How many lines may be tested at once."""
    console_codes: bool = False
    """One-time codes are printed: for a demo, on loopback only."""
    pki_passphrase_file: Path | None = None

    @property
    def tls(self) -> bool:
        return self.tls_cert is not None


def default_data() -> Path:
    """MARHABA_BACKEND_DATA, else the site's data directory for root, else ./backend-data."""
    if chosen := os.environ.get(DATA_VARIABLE):
        return Path(chosen)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return site_data()
    return Path("backend-data")


def site_data() -> Path:
    return Path(platformdirs.site_data_dir("marhaba-backend", appauthor=False))


def default_database(data: Path) -> str:
    return f"sqlite:///{(data / 'backend.db').resolve()}"


def default_journeys(data: Path) -> Path:
    """`DATA/journeys` where there is one, else those that ship with the program."""
    own = data / "journeys"
    return own if own.is_dir() or not _RESOURCES.is_dir() else _RESOURCES / "journeys"


def default_content(data: Path) -> Path | None:
    """`DATA/content` where there is one, else the texts that ship with the program, if they are there."""
    own = data / "content"
    if own.is_dir():
        return own
    return _RESOURCES if _RESOURCES.is_dir() else None

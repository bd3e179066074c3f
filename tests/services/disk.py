"""A disk in the hands of a test."""

import os
import threading
from pathlib import Path

import pytest


class Disk:
    """In the place of `os.fsync`: it lets go, fails or hangs as a test wants, and notes how far the -wal was when it was synced."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, journal: Path) -> None:
        self._real, self._wal = os.fsync, journal.with_name(journal.name + "-wal")
        self.lets_go = threading.Event()
        self.lets_go.set()
        self.asked = threading.Event()
        self.fails = False
        self.synced_bytes = 0
        self.threads: list[threading.Thread] = []
        """Who waited, in order."""
        monkeypatch.setattr(os, "fsync", self.fsync)

    def fsync(self, handle: int) -> None:
        length = self._wal.stat().st_size
        self.threads.append(threading.current_thread())
        self.asked.set()
        assert self.lets_go.wait(20), "a disk that a test forgot"
        if self.fails:
            raise OSError(5, "Input/output error")
        self._real(handle)
        self.synced_bytes = length

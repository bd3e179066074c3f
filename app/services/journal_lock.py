"""The file beside the journal: one wizard a journal, and a note of how far the journal came on the disk."""

import logging
import os
from pathlib import Path

from app.core.errors import JournalError, JournalUnwritable

log = logging.getLogger(__name__)

# Past the byte that Windows locks.
_MARK_AT = 16
_MARK_LENGTH = 20


class JournalLock:
    """Held from opening to `close`, or to the end of the process."""

    def __init__(self, journal: Path) -> None:
        """Errors: JournalError `journal.in_use`, JournalUnwritable."""
        try:
            journal.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(journal.with_name(journal.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise JournalUnwritable(error=str(error)) from error
        try:
            _lock_handle(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise JournalError("journal.in_use", file=str(journal)) from error

    def mark(self) -> int:
        """The newest row known to have reached the disk, 0 if nobody noted one."""
        try:
            os.lseek(self._handle, _MARK_AT, os.SEEK_SET)
            text = os.read(self._handle, _MARK_LENGTH)
        except OSError:
            return 0
        return int(text) if len(text) == _MARK_LENGTH and text.isdigit() else 0

    def set_mark(self, row_id: int) -> None:
        """Without fsync: after a power cut it may say too little, never too much."""
        try:
            os.lseek(self._handle, _MARK_AT, os.SEEK_SET)
            os.write(self._handle, b"%020d" % row_id)
        except OSError as error:
            log.warning("the journal's mark was not written: %s", error)

    def close(self) -> None:
        os.close(self._handle)


if os.name == "nt":
    import msvcrt

    def _lock_handle(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]

else:
    import fcntl

    def _lock_handle(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

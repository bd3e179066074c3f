"""Garbage is collected on the window's thread, and on no other.

Python's cycle collector runs on whichever thread allocates at the wrong moment. A Qt object that dies on a thread that is not its own
takes its timers and native handles with it badly: a warning at best, the end of the process at worst.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Sweeper(QObject):
    """While it lives (on the window's thread), it alone collects: by the interpreter's own thresholds, between two events."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(sweep)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()


def sweep() -> None:
    """The oldest generation whose count is past its threshold, as the interpreter itself would."""
    due = [number for number, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if count > most]
    if due:
        gc.collect(due[-1])

"""How long the event loop stands still, and over what: the watchdog that any run can switch on (`marhaba --watch-loop`)."""

import logging
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Qt, QTimer

if TYPE_CHECKING:
    from types import FrameType, TracebackType

log = logging.getLogger(__name__)

EVERY_MS = 5
WORTH_A_NAME_MS = 10.0
KEPT = 5

_ROOM = Path(__file__).parents[1]


@dataclass(frozen=True)
class Gap:
    """One time the loop did not turn."""

    ms: float
    processor_ms: float
    """Of it, processor time of the window's own thread: the rest it waited, for a disk, a lock, or a processor that others had."""
    at_s: float
    """Since the watch began."""
    doing: str
    """What was seen running, most often first; empty unless asked for."""

    def __str__(self) -> str:
        return f"{self.ms:.0f} ms ({self.processor_ms:.0f} ms of processor) at {self.at_s:.1f} s{': ' if self.doing else ''}{self.doing}"


class LoopWatch(QObject):
    """Keeps the longest gaps of the loop. `names`: a thread looks at what runs meanwhile, at the cost of a little of that time."""

    def __init__(self, parent: QObject | None = None, *, names: bool = False) -> None:
        super().__init__(parent)
        self.gaps: list[Gap] = []
        """Longest first, the worst few."""
        self._began = self._last = time.perf_counter()
        self._processor = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._tick)
        self._onlooker = _Onlooker(self) if names else None

    @property
    def longest_ms(self) -> float:
        return self.gaps[0].ms if self.gaps else 0.0

    def clear(self) -> None:
        self.gaps = []

    def start(self) -> None:
        self._began = time.perf_counter()
        self.resume()

    def pause(self) -> None:
        """What follows is not the program's own doing (a screenshot)."""
        self._tick()
        self._timer.stop()
        if self._onlooker is not None:
            self._onlooker.rest()

    def resume(self) -> None:
        self._last, self._processor = time.perf_counter(), time.thread_time()
        self._timer.start()
        if self._onlooker is not None:
            self._onlooker.look()

    def stop(self) -> float:
        self.pause()
        return self.longest_ms

    def overdue_ms(self) -> float:
        """How long the loop has not turned by now."""
        return (time.perf_counter() - self._last) * 1000 - EVERY_MS

    def _tick(self) -> None:
        if not self._timer.isActive():
            return
        late, processor = self.overdue_ms(), time.thread_time()
        if late > max(1.0, self.gaps[-1].ms if len(self.gaps) == KEPT else 0.0):
            doing = "" if self._onlooker is None else self._onlooker.seen() or "one call that kept the interpreter to itself"
            gap = Gap(late, (processor - self._processor) * 1000, self._last - self._began, doing)
            self.gaps = sorted([*self.gaps, gap], key=lambda one: -one.ms)[:KEPT]
        if self._onlooker is not None:
            self._onlooker.forget()
        self._last, self._processor = time.perf_counter(), processor

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: "type[BaseException] | None", error: BaseException | None, trace: "TracebackType | None") -> None:
        self.stop()


class _Onlooker:
    """A thread that looks at what the window's thread does while its loop is late."""

    _EVERY_S = 0.002

    def __init__(self, watch: LoopWatch) -> None:
        self._watch = watch
        self._watched = threading.get_ident()
        # A list: what one thread adds to, another may copy at any moment.
        self._seen: list[str] = []
        self._resting = threading.Event()
        self._resting.set()

    def look(self) -> None:
        if self._resting.is_set():
            self._resting.clear()
            threading.Thread(target=self._run, name="loop watch", daemon=True).start()

    def rest(self) -> None:
        self._resting.set()

    def forget(self) -> None:
        self._seen = []

    def seen(self) -> str:
        return "; ".join(f"{what} x{times}" for what, times in Counter(self._seen.copy()).most_common(3))

    def _run(self) -> None:
        while not self._resting.wait(self._EVERY_S):
            if self._watch.overdue_ms() > WORTH_A_NAME_MS and (frame := sys._current_frames().get(self._watched)) is not None:
                self._seen.append(_place(frame))


def _place(frame: "FrameType | None") -> str:
    """The innermost place of the program itself, who called it there, and what of others it was in."""
    own: list[str] = []
    inside = ""
    while frame is not None and len(own) < 3:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_ROOM) and path != Path(__file__):
            own.append(f"{path.relative_to(_ROOM)}:{frame.f_lineno} {frame.f_code.co_name}")
        elif not own and not inside:
            inside = f" in {path.name}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
    return " < ".join(own) + inside

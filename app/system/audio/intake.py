"""One take as it comes in: bytes with the time they came at, the level, and whether the stream is sane. No Qt, no clock of its own."""

import math

import numpy as np
from numpy.typing import NDArray

from app.core.acoustics.recording import Pcm, Recording
from app.core.errors import HeadsetError
from app.core.headset import QUIET_DBFS, Level, Take
from app.system.audio.pace import lasted, origin
from app.system.audio.pcm import WIDTHS

SETTLE_S = 0.5
"""Of data, before a take counts: opening a microphone clicks."""
START_LIMIT_S = 5.0
"""Without any data. An idle sound server takes up to two seconds."""
STALL_S = 1.0
"""Without data in the middle of a take."""
AHEAD_S = 1.5
"""More sound than time, beyond what a server keeps ready: no microphone gives that."""
LATE_S = 4.0
"""Less sound than time: the device does not keep up."""
LEVEL_S = 0.04


def db(power: float) -> float:
    return max(QUIET_DBFS, 10.0 * math.log10(power)) if power > 0 else QUIET_DBFS


class Intake:
    """`begin(now)`, then `add(data, now)` as it comes and `check(now)` now and then, until `full`; `take()` hands it over once.

    A take that `waits` keeps nothing before `go()`.
    """

    def __init__(self, seconds: float, rate_hz: int, channels: int, kind: Pcm, waits: bool = False) -> None:
        self.rate_hz, self.channels, self.kind = rate_hz, channels, kind
        self._settle = round(SETTLE_S * rate_hz)
        self._start: int | None = None if waits else self._settle
        """The frame of the stream that is the take's first."""
        self._wanted = round(seconds * rate_hz)
        # All of a take in one block that can be overwritten; it never grows, so no copy of a voice is left behind.
        self._room = np.zeros((self._wanted, channels), np.float32)
        self._rest = b""
        self._came = 0
        self._began = 0.0
        self._first: tuple[float, int] | None = None
        self._last = (0.0, 0)
        self._arrivals: list[tuple[float, int]] = []
        """When, and how many frames had come by then."""
        self._told = 0

    def begin(self, now: float) -> None:
        self._began = now

    @property
    def settled(self) -> bool:
        return self._came >= self._settle

    @property
    def kept(self) -> int:
        """Frames of the take so far."""
        return 0 if self._start is None else min(self._wanted, max(0, self._came - self._start))

    @property
    def full(self) -> bool:
        return self._start is not None and self._came >= self._start + self._wanted

    def go(self) -> None:
        """What comes from now on is the take."""
        self._start = self._came

    def add(self, data: bytes, now: float) -> None:
        if not data or self.full:
            return
        data = self._rest + data
        frame = WIDTHS[self.kind] * self.channels
        whole = len(data) // frame * frame
        self._rest = data[whole:]
        if whole:
            self._keep(Recording.from_pcm(data[:whole], self.kind, self.channels, self.rate_hz).samples)
        self._last = (now, self._came)
        if self._first is None and self._came >= self._settle // 2:
            self._first = self._last  # not the very first: a server may hand over what it had kept ready
        if self._first is not None:
            self._arrivals.append(self._last)

    def _keep(self, frames: NDArray[np.float32]) -> None:
        if self._start is not None:
            skip = max(0, self._start - self._came)
            at = max(0, self._came - self._start)
            part = frames[skip : skip + max(0, self._wanted - at)]
            self._room[at : at + len(part)] = part
        self._came += len(frames)

    def frame_at(self, time: float) -> int | None:
        """The frame of the take that reached this program at `time`, had nothing held it up; None where it is not known."""
        began = origin([(when, came / self.rate_hz) for when, came in self._arrivals], time)
        if began is None or self._start is None:
            return None
        return min(self.kept, max(0, round((time - began) * self.rate_hz) - self._start))

    def level(self) -> Level | None:
        """Of the newest forty milliseconds, each told once; None while there is nothing new."""
        size = max(1, round(LEVEL_S * self.rate_hz))
        if self.kept - self._told < size:
            return None
        self._told = max(self._told + size, self.kept - 2 * size)
        newest = self._room[self.kept - size : self.kept]
        newest = newest - newest.mean(axis=0)
        power = float(np.max(np.mean(np.square(newest, dtype=np.float64), axis=0)))
        peak = float(np.max(np.abs(newest)))
        return Level(db(power), db(peak * peak), self.kept / self.rate_hz)

    def check(self, now: float) -> None:
        """Errors: HeadsetError `headset.stalled` (facts `waited_s`), `headset.dropouts` (facts `flood` or `late`)."""
        if self._first is None:
            if now - max(self._began, self._last[0]) > (STALL_S if self._came else START_LIMIT_S):
                raise HeadsetError("headset.stalled", waited_s=round(now - self._began, 1), captured_s=0.0)
            return
        captured = (self._came - self._first[1]) / self.rate_hz
        passed = now - self._first[0]
        if now - self._last[0] > STALL_S:
            raise HeadsetError("headset.stalled", waited_s=round(now - self._last[0], 1), captured_s=round(captured, 2))
        if captured > passed + AHEAD_S or self._came / self.rate_hz > (now - self._began) + AHEAD_S + START_LIMIT_S:
            raise HeadsetError("headset.dropouts", flood=True, captured_s=round(captured, 2), passed_s=round(passed, 2))
        if passed > captured + LATE_S:
            raise HeadsetError("headset.dropouts", late=True, captured_s=round(captured, 2), passed_s=round(passed, 2))

    def take(self, played_at: int | None = None) -> Take:
        """Hand over what came; afterwards there is nothing here."""
        captured_s = lasted(self._arrivals, self.rate_hz, self.kept)
        made = Take(Recording(self._room[: self.kept], self.rate_hz, captured_s), played_at)
        self._room = np.zeros((0, self.channels), np.float32)
        return made

    def erase(self) -> None:
        self._room[:] = 0
        self._rest = b""

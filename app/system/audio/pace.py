"""A stream against the clock, by when its data passed: how long a take lasted, and when a moment of it was.

Data may be late on a busy PC, never early: of everything that passed, the least late tells.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

WINDOW_S = 1.0
END_S = 0.25
"""The last piece of a sound, by which its end is timed. The sweep is above 4 kHz there: a hole in it costs nothing that is judged."""
LEAD_S = 0.3
"""Of silence taken: the sink runs, and the server has set its buffers."""
RETUNED_S = 0.12
"""One step of the delay up to this is a server that changed its buffers (another program began to play), and no loss."""


def lasted(arrivals: Sequence[tuple[float, int]], rate_hz: int, frames: int) -> float | None:
    """Seconds that `frames` of this stream took; None where it was too short to say.

    `arrivals`: (time, frames that had come by then). Each second is judged by its least late arrival. What is missing shows as a delay
    that grows for ever.
    """
    windows: dict[int, list[tuple[float, float]]] = {}
    for time, came in arrivals:
        windows.setdefault(int((time - arrivals[0][0]) / WINDOW_S), []).append((time, time - came / rate_hz))
    # A second with few arrivals (the last, cut off) may hold none that was punctual.
    most = max(map(len, windows.values()), default=0)
    punctual = [min(window, key=lambda one: one[1]) for window in windows.values() if len(window) * 2 > most]
    if most < 4 or len(punctual) < 2:
        return None
    steps = [(later[0] - sooner[0], later[1] - sooner[1]) for sooner, later in pairwise(punctual)]
    if len(steps) >= 3:
        largest = max(steps, key=lambda step: abs(step[1]))
        if abs(largest[1]) <= RETUNED_S:
            steps.remove(largest)
    passed, grown = sum(step[0] for step in steps), sum(step[1] for step in steps)
    if passed <= grown:
        return None
    return frames / rate_hz * passed / (passed - grown)


def origin(passed: Sequence[tuple[float, float]], since: float) -> float | None:
    """When the stream's own second 0 was, by what passed in the second from `since` on; None where nothing did.

    `passed`: (time, seconds of the stream that had passed by then). What was lost before `since` has moved everything after it: older
    points are not asked.
    """
    return min((time - seconds for time, seconds in passed if since <= time <= since + WINDOW_S), default=None)


@dataclass
class Lead:
    """Silence before a sound, so that its beginning is timed in a stream that runs: a sink may take long to start, on a slow PC or with
    Bluetooth, and that is no delay of the headset. `taken` is what the device has taken of the stream, as Qt counts it
    (`processedUSecs`): the device asks at its own pace, whatever the rest of the PC does.
    """

    ready: Callable[[], bool]
    """Whether the sound may begin."""
    began: Callable[[], None]
    """Told before the sound's first sample is handed over."""
    silent_s: float | None = None
    """Seconds of silence that went before the sound; None until it begins."""
    taken: list[tuple[float, float]] = field(default_factory=list)
    """(time, seconds of the stream that the device had taken by then)."""

    def runs(self) -> bool:
        return bool(self.taken) and self.taken[-1][1] >= LEAD_S

    def left_at(self) -> float | None:
        """When the device took the sound's first sample; None where it has not."""
        if self.silent_s is None:
            return None
        began = origin(self.taken, self._since(self.silent_s))
        return began + self.silent_s if began is not None else None

    def held_up_s(self, seconds: float) -> float:
        """How much later the end of a sound of `seconds` was taken than its beginning says: holes, where the PC was too busy."""
        if self.silent_s is None:
            return 0.0
        began = origin(self.taken, self._since(self.silent_s))
        ended = origin(self.taken, self._since(self.silent_s + max(0.0, seconds - END_S)))
        return max(0.0, ended - began) if began is not None and ended is not None else 0.0

    def _since(self, seconds: float) -> float:
        """When the stream was first seen past this second of it."""
        return next((time for time, taken in self.taken if taken > seconds), math.inf)

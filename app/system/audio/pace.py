"""How long a take lasted by the clock, from when its data arrived. Against the samples that came, it tells how many are missing."""

from collections.abc import Sequence
from itertools import pairwise

WINDOW_S = 1.0
RETUNED_S = 0.12
"""One step of the delay up to this is a server that changed its buffers (another program began to play), and no loss."""


def lasted(arrivals: Sequence[tuple[float, int]], rate_hz: int, frames: int) -> float | None:
    """Seconds that `frames` of this stream took; None where it was too short to say.

    `arrivals`: (time, frames that had come by then). Data may be late on a busy PC, never early: each second is judged by its least late
    arrival. What is missing shows as a delay that grows for ever.
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

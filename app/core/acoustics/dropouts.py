"""What got lost on the way from the microphone: against the clock, as holes of zeros, as blocks played twice.

Clicks of a splice are not looked for: clean speech has as many.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.core.acoustics.recording import Samples
from app.core.acoustics.spectrum import frame_powers, runs_of

HOLE_S = 0.004
"""The shortest run of zeros inside a voice that is a hole."""
EDGE_S = 0.003
LOUD = 10.0 ** (-54 / 20)
"""RMS on both sides of a hole: a voice, which a gate or a pause would have let fade first."""
_SOFT_PERCENT = 5.0
_CUT = (1.0, 2.0)
"""Jump into the zeros over the steps just before, on the gentler and on the harder side."""
BLOCKS_S = (0.005, 0.010, 0.020)
"""Lengths of the blocks that drivers repeat."""
AUDIBLE_STEPS = 8.0


class Dropouts(NamedTuple):
    clock_error_percent: float | None
    """Samples that came, against rate times time: -1 means that one in a hundred is missing. None: the time is not known."""
    zero_runs: int
    repeated_blocks: int
    dropped_percent: float
    """All of it: samples the clock misses, holes and repeats, over the take."""


def measure(x: Samples, rate_hz: int, captured_s: float | None = None, step: float = 2.0**-15) -> Dropouts:
    """`step`: the quantisation's. Coarse steps write zeros and repeat themselves by their nature: what is no louder is not judged."""
    step = max(step, 2.0**-15)
    holes = _holes(x, rate_hz, max(LOUD, 3.0 * step))
    repeats = _repeats(x, rate_hz, AUDIBLE_STEPS * step)
    lost = float(holes.sum() + repeats.sum())
    expected = float(len(x))
    clock_error = None
    if captured_s is not None and captured_s > 0.0:
        clock_error = 100.0 * (len(x) / (captured_s * rate_hz) - 1.0)
        missing = max(0.0, captured_s * rate_hz - len(x))
        lost += missing
        expected += missing
    return Dropouts(clock_error, len(holes), len(repeats), 100.0 * lost / expected if expected else 0.0)


def _holes(x: Samples, rate_hz: int, least: float) -> NDArray[np.int64]:
    """Lengths of the runs of zeros with a voice on both sides.

    Where silence itself is zeros (a noise gate, a synthesiser), only a run that cuts through the wave, on both sides, is a hole.
    """
    starts, ends = runs_of(x == 0.0, max(2, int(HOLE_S * rate_hz)))
    edge = max(4, int(EDGE_S * rate_hz))
    inside = (starts >= edge) & (ends <= len(x) - edge)
    starts, ends = starts[inside], ends[inside]
    if not len(starts):
        return starts
    before, after = x[starts[:, np.newaxis] + np.arange(-edge, 0)], x[ends[:, np.newaxis] + np.arange(edge)]
    loud = np.minimum(np.mean(before**2, axis=1), np.mean(after**2, axis=1)) > least**2
    lengths = ends - starts
    gated = float(np.percentile(frame_powers(x, rate_hz, 20.0), _SOFT_PERCENT)) == 0.0 or lengths[~loud].sum() > lengths[loud].sum()
    if gated:
        jumps = np.sort([_jump(before, before[:, -1]), _jump(after, after[:, 0])], axis=0)
        loud &= (jumps[0] >= _CUT[0]) & (jumps[1] >= _CUT[1])
    return np.asarray(lengths[loud])


def _jump(side: Samples, last: Samples) -> Samples:
    return np.asarray(np.abs(last) / np.maximum(np.sqrt(np.mean(np.diff(side, axis=1) ** 2, axis=1)), 1e-9))


def _repeats(x: Samples, rate_hz: int, audible_span: float) -> NDArray[np.int64]:
    """Lengths of what equals, sample by sample, what stood one block before it."""
    found: list[NDArray[np.int64]] = []
    for seconds in BLOCKS_S:
        block = max(8, int(seconds * rate_hz))
        if len(x) < 2 * block:
            continue
        starts, ends = runs_of(x[block:] == x[:-block], block)
        audible = [bool(np.ptp(x[block + a : block + b]) > audible_span) for a, b in zip(starts, ends, strict=True)]
        lengths = (ends - starts)[np.asarray(audible, dtype=bool)]
        if 2 * int(lengths.sum()) < len(x):  # a take that repeats all through is a tone, not a fault
            found.append(lengths)
    return max(found, key=lambda lengths: int(lengths.sum()), default=np.zeros(0, np.int64))

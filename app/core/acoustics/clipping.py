"""Whether the voice was cut off at the top, at full scale or before."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.core.acoustics.recording import Samples
from app.core.acoustics.spectrum import runs_of

SHORTEST_RUN = 3
"""Samples in a row at the extreme."""
FULL_SCALE = 32766.0 / 32768.0
QUIET_PEAK = 0.05
"""Nothing this small was cut off."""
PLATEAU = 0.9985
"""What counts as the extreme when the cut came before full scale."""
_PLATEAU_S = 62.5e-6
"""The shortest plateau, at any rate: three samples at 48 kHz. A round top of a low voice is as flat as that at most once in a take."""
_COARSE = 2.0**-12
"""Past this step a plateau is the quantisation's, not the microphone's."""


class Clipping(NamedTuple):
    runs_per_s: float
    percent: float
    """Of all samples."""
    kind: str
    """none, full_scale, or plateau (an amplifier before the converter cut it)."""


def measure(x: Samples, rate_hz: int, step: float = 2.0**-15) -> Clipping:
    peak = float(np.abs(x).max()) if len(x) else 0.0
    full_scale = min(FULL_SCALE, 1.0 - 1.5 * step)
    if peak < QUIET_PEAK:
        return Clipping(0.0, 0.0, "none")
    if peak >= full_scale:
        lengths = _runs(x, full_scale)
        lengths = lengths[lengths >= SHORTEST_RUN]
        kind = "full_scale"
    elif step <= _COARSE:
        lengths = _runs(x, PLATEAU * peak)
        lengths = lengths[lengths >= max(SHORTEST_RUN, int(np.ceil(_PLATEAU_S * rate_hz)))]
        kind = "plateau"
        if len(lengths) < 2:
            lengths = lengths[:0]
    else:
        return Clipping(0.0, 0.0, "none")
    if not len(lengths):
        return Clipping(0.0, 0.0, "none")
    return Clipping(len(lengths) * rate_hz / len(x), 100.0 * float(lengths.sum()) / len(x), kind)


def _runs(x: Samples, extreme: float) -> NDArray[np.int64]:
    """Lengths of the runs at the extreme, above and below: a square wave jumps from one to the other."""
    sides = (runs_of(hot, 1) for hot in (x >= extreme, x <= -extreme))
    return np.concatenate([ends - starts for starts, ends in sides])

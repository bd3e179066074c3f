"""How loud the voice is while it speaks, and how much of the time it does: ITU-T P.56 (12/2011), method B."""

from typing import NamedTuple

import numpy as np

from app.core.acoustics.recording import Samples

TIME_CONSTANT_S = 0.03
"""T, clause 6.2 (smoothing of the rectified signal, applied twice)."""
HANGOVER_S = 0.2
"""H, clause 6.2."""
MARGIN_DB = 15.9
"""M, clause 6.2: what lies within it below the active level counts as speech."""
THRESHOLDS = 15
"""c_j = 2^-15 ... 2^-1 of full scale (16-bit samples, clause 6.2)."""


class SpeechLevel(NamedTuple):
    active_dbov: float | None
    """Level of the active speech. None: nothing there reaches the lowest threshold."""
    activity: float | None
    """Share of the time that speech is active, 0..1."""
    mean_dbov: float | None
    """Level of the whole take, pauses included. None: zeros."""


def measure(x: Samples, rate_hz: int) -> SpeechLevel:
    """`x`: one channel without a constant part (the method has none of its own to take it off)."""
    energy = float(np.dot(x, x))
    if len(x) == 0 or energy <= 0.0:
        return SpeechLevel(None, None, None)
    mean = 10.0 * float(np.log10(energy / len(x)))
    envelope = _envelope(x, rate_hz)
    # Floating-point takes may go past full scale: as many thresholds more as it takes, in the same factor of two.
    above = max(0, int(np.ceil(np.log2(max(float(envelope.max()), 0.5)))))
    thresholds = np.asarray(2.0 ** np.arange(-THRESHOLDS, above), dtype=np.float64)
    counts = _active_counts(envelope, thresholds, round(HANGOVER_S * rate_hz))
    reached = counts > 0
    levels = 10.0 * np.log10(energy / counts[reached])
    distances = levels - 20.0 * np.log10(thresholds[reached]) - MARGIN_DB
    if not len(distances) or distances[0] <= 0.0 or distances[-1] > 0.0:
        return SpeechLevel(None, None, mean)
    j = int(np.argmax(distances <= 0.0))
    part = distances[j - 1] / (distances[j - 1] - distances[j])
    active = float(levels[j - 1] + part * (levels[j] - levels[j - 1]))
    return SpeechLevel(active, float(10.0 ** ((mean - active) / 10.0)), mean)


def _envelope(x: Samples, rate_hz: int) -> Samples:
    """p_i = g p_{i-1} + (1-g)|x_i| and q the same of p, with g = e^{-1/(f T)}."""
    g = float(np.exp(-1.0 / (rate_hz * TIME_CONSTANT_S)))
    return _smoothed(_smoothed(np.abs(x), g), g)


def _smoothed(x: Samples, g: float) -> Samples:
    """The recursion y_i = g y_{i-1} + (1-g) x_i, a block at a time: within a block y_k = g^k ((1-g) sum of x_j g^-j + y before it).

    A block is one time constant, so that g^-j stays below e.
    """
    block = max(1, int(-1.0 / np.log(g)))
    rows = -(-len(x) // block)
    y = np.zeros((rows, block))
    y.ravel()[: len(x)] = x
    decay = g ** np.arange(1, block + 1)
    y /= decay
    np.cumsum(y, axis=1, out=y)
    y *= (1.0 - g) * decay
    before, last = np.zeros(rows), float(decay[-1])
    for row in range(1, rows):
        before[row] = y[row - 1, -1] + last * before[row - 1]
    y += before[:, np.newaxis] * decay
    return np.asarray(y.ravel()[: len(x)])


def _active_counts(envelope: Samples, thresholds: Samples, hangover: int) -> Samples:
    """a_j: samples at or above c_j, and up to `hangover` after each of them (clause 6.2, the loop written as lengths of gaps)."""
    counts = np.zeros(len(thresholds))
    for j, threshold in enumerate(thresholds):
        above = envelope >= threshold
        active = int(np.count_nonzero(above))
        if not active:
            break  # thresholds rise: none is above the next one either
        changes = np.flatnonzero(above[1:] != above[:-1]) + 1
        lengths = np.diff(np.concatenate(([0], changes, [len(above)])))
        gaps = lengths[1::2] if above[0] else lengths[2::2]  # what comes before the first activity has nothing to hang over from
        counts[j] = active + float(np.minimum(gaps, hangover).sum())
    return counts

"""How much noise is there when nobody speaks, and whether it is the mains."""

from typing import NamedTuple

import numpy as np

from app.core.acoustics.recording import Samples
from app.core.acoustics.spectrum import Spectra, db, frame_powers

FRAME_MS = 100.0
MAINS_HZ = 50.0
MAINS_LINES = 4
"""50, 100, 150 and 200 Hz."""
_NOTHING = 1e-15
"""Below it (-150 dB) is rounding, not noise."""


class NoiseLevel(NamedTuple):
    dbafs: float | None
    """A-weighted. None: digital zeros."""
    dbfs: float | None
    """Unweighted."""


class Hum(NamedTuple):
    share_db: float | None
    """Power of the mains lines over the whole power. None: nothing to share."""
    dbfs: float | None
    """Level of the mains lines together."""


def a_weighting(hz: Samples) -> Samples:
    """Power gain at `hz`: IEC 61672-1:2013, annex E (equation E.6), 1 at 1 kHz."""
    squared = np.asarray(hz, dtype=np.float64) ** 2
    f1, f2, f3, f4 = 20.598997**2, 107.65265**2, 737.86223**2, 12194.217**2
    amplitude = f4 * squared**2 / ((squared + f1) * np.sqrt((squared + f2) * (squared + f3)) * (squared + f4))
    return np.asarray(amplitude**2 * 10.0 ** (2.000 / 10.0))


def measure(x: Samples, rate_hz: int) -> NoiseLevel:
    """Level of a silent take: the median of its 100 ms frames, which one cough does not move."""
    if len(x) == 0:
        return NoiseLevel(None, None)
    x = x - x.mean()
    spectra = Spectra(x, rate_hz, FRAME_MS)
    return _level(float(np.median(spectra.power @ a_weighting(spectra.hz))), float(np.median(frame_powers(x, rate_hz, FRAME_MS))))


def in_pauses(x: Samples, rate_hz: int) -> NoiseLevel:
    """Level between the words of a spoken take: the mean of the 20 ms frames within 3 dB of its quietest twentieth. A guess: a voice
    that never pauses is taken for noise.
    """
    if len(x) == 0:
        return NoiseLevel(None, None)
    spectra = Spectra(x - x.mean(), rate_hz, 20.0)
    power = spectra.power.sum(axis=1)
    quiet = power <= 2.0 * np.quantile(power, 0.05)
    weighted = spectra.power[quiet] @ a_weighting(spectra.hz)
    return _level(float(weighted.mean()), float(power[quiet].mean()))


def _level(weighted: float, plain: float) -> NoiseLevel:
    return NoiseLevel(float(db(weighted)) if weighted > _NOTHING else None, float(db(plain)) if plain > _NOTHING else None)


def hum(x: Samples, rate_hz: int) -> Hum:
    """The mains' part in a silent take. Lines are as wide as the take's length allows, 1 Hz at least (the grid wanders by 0.2 Hz)."""
    if len(x) < rate_hz // 2:
        return Hum(None, None)
    x = x - x.mean()
    spectra = Spectra(x, rate_hz, 1000.0 * len(x) / rate_hz)
    total = float(spectra.power.sum())
    if total <= _NOTHING:
        return Hum(None, None)
    width = max(2.0 * rate_hz / len(x), 1.0)
    lines = sum(float(spectra.band(k * MAINS_HZ - width, k * MAINS_HZ + width).sum()) for k in range(1, MAINS_LINES + 1))
    return Hum(float(db(lines / total)), float(db(lines)))


def signal_to_noise_db(active_dbov: float, noise_dbfs: float) -> float | None:
    """The voice without the noise under it, over the noise; both unweighted. None: the noise is all there is."""
    voice = 10.0 ** (active_dbov / 10.0) - 10.0 ** (noise_dbfs / 10.0)
    return float(db(voice)) - noise_dbfs if voice > 0.0 else None

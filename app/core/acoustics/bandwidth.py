"""Telephone sound or wideband: whether the voice still lives above 4 kHz."""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from app.core.acoustics.recording import Samples
from app.core.acoustics.spectrum import Spectra, db

LOW_HZ = (300.0, 3400.0)
"""The telephone band, ITU-T G.712."""
HIGH_HZ = (4300.0, 7000.0)
"""What only a wideband path (ITU-T G.722, HFP with mSBC: 50 to 7000 Hz) carries, clear of the telephone band's filter."""
_FRAME_MS = 32.0
_ACTIVE = 10.0 ** (-35 / 10)
"""A frame is speech down to 35 dB below the loudest."""
WIDE_DB = 10.0
NARROW_DB = 6.0
_EMPTY_DB = -45.0
"""High band under low band: nothing there, at any noise."""
_MASKED_DB = -30.0
"""Noise this close under the voice hides what the high band holds."""


class Bandwidth(StrEnum):
    NARROWBAND = "narrowband"
    WIDEBAND = "wideband"
    UNCERTAIN = "uncertain"
    """Noise hides it, or the voice has too few sharp sounds to say."""


class BandwidthMeasure(NamedTuple):
    kind: Bandwidth | None
    """None: no voice to judge."""
    high_over_noise_db: float | None
    high_over_low_db: float | None


def measure(x: Samples, rate_hz: int, silence: Samples | None = None, silence_rate_hz: int = 0) -> BandwidthMeasure:
    """The high band of the loudest twentieth of the speech frames, over the same band of a silent take (or of the take's own pauses).

    The ratio of the two bands alone fails as soon as a device has broadband noise of its own; the silent take tells them apart.
    """
    high = (HIGH_HZ[0], min(HIGH_HZ[1], 0.46 * rate_hz))
    if not len(x) or not np.any(x):
        return BandwidthMeasure(None, None, None)
    if high[1] - high[0] < 300.0:
        return BandwidthMeasure(Bandwidth.NARROWBAND, None, None)
    spectra = Spectra(x - x.mean(), rate_hz, _FRAME_MS)
    power = spectra.power.sum(axis=1)
    active = power > power.max() * _ACTIVE
    voice_high = float(np.percentile(db(spectra.band(*high)[active]), 95))
    voice_low = float(np.percentile(db(spectra.band(*LOW_HZ)[active]), 95))
    if silence is not None and len(silence) and silence_rate_hz >= rate_hz:
        quiet = Spectra(silence - silence.mean(), silence_rate_hz, _FRAME_MS).band(*high)
        noise_high = float(np.median(db(quiet)))
    else:
        quiet = spectra.band(*high)[power <= 2.0 * np.quantile(power, 0.1)]
        noise_high = float(np.median(db(quiet)))
    over_noise, over_low, noise_under = voice_high - noise_high, voice_high - voice_low, noise_high - voice_low
    return BandwidthMeasure(_class(over_noise, over_low, noise_under), over_noise, over_low)


def _class(over_noise: float, over_low: float, noise_under: float) -> Bandwidth:
    if over_low < _EMPTY_DB:
        return Bandwidth.NARROWBAND
    if over_noise >= WIDE_DB:
        return Bandwidth.WIDEBAND
    if over_noise < NARROW_DB and noise_under < _MASKED_DB:
        return Bandwidth.NARROWBAND
    return Bandwidth.UNCERTAIN

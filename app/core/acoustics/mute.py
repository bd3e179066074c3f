"""Whether the microphone is alive: a switch on the cable, a switch in the system, or a refused permission all look like silence."""

from enum import StrEnum

import numpy as np

from app.core.acoustics.recording import Samples
from app.core.acoustics.spectrum import db, frame_powers

DEAD_DBFS = -75.0
"""Nineteen of twenty 20 ms frames below it: only the converter's own noise. The quietest live microphones are 5 dB above."""


class Mute(StrEnum):
    NONE = "none"
    DIGITAL = "digital"
    """Zeros, or one step about them: the system, the driver or a digital switch."""
    HARDWARE = "hardware"
    """Electronics, and no sound: a switch on the cable or in the ear cup, or a broken wire."""


def measure(x: Samples, rate_hz: int, step: float = 2.0**-15) -> Mute:
    """A take without samples is digitally silent. `step`: the quantisation's, never taken finer than 16 bits."""
    least = 1.01 * max(step, 2.0**-15)
    if not len(x) or (float(np.ptp(x)) <= 2.0 * least and float(np.max(np.abs(x - np.median(x)))) <= least):
        return Mute.DIGITAL
    if float(np.percentile(db(frame_powers(x - x.mean(), rate_hz, 20.0)), 95)) < DEAD_DBFS:
        return Mute.HARDWARE
    return Mute.NONE

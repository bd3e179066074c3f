"""What the two sides of a stereo take hold."""

from typing import NamedTuple

import numpy as np

from app.core.acoustics.recording import Recording
from app.core.acoustics.spectrum import SILENT, db

SAME = 2.0**-16
"""Two channels that differ by less everywhere are one (half a 16-bit step)."""
MISSING_DB = 60.0
"""A side this far below the other carries nothing."""


class Channels(NamedTuple):
    channels: int
    mono: bool
    """One channel, or two that are the same."""
    left_dbfs: float | None
    right_dbfs: float | None
    """None: zeros, or no such channel."""
    missing: str
    """left, right, both, or empty."""


def measure(recording: Recording) -> Channels:
    """Left and right are the first two channels; of mono, left."""
    samples = recording.samples
    if recording.frames == 0:
        return Channels(recording.channels, recording.channels == 1, None, None, "both")
    levels = [float(db(power)) if power > SILENT else None for power in recording.powers()[:2]]
    left, right = levels[0], levels[1] if len(levels) > 1 else None
    if recording.channels == 1:
        return Channels(1, True, left, None, "both" if left is None else "")
    mono = recording.channels == 2 and bool(np.max(np.abs(samples[:, 0] - samples[:, 1])) < SAME)
    return Channels(recording.channels, mono, left, right, _missing(left, right))


def _missing(left: float | None, right: float | None) -> str:
    if left is None and right is None:
        return "both"
    if left is None or (right is not None and left < right - MISSING_DB):
        return "left"
    if right is None or right < left - MISSING_DB:
        return "right"
    return ""

"""Somebody who speaks where nobody does: the spoken digits one after another, as loud as a voice close to a microphone."""

from pathlib import Path

import numpy as np

from app.core.acoustics import wav
from app.core.acoustics.recording import Recording

RATE_HZ = 48_000
LEVEL_DBFS = -25.0
PAUSE_S = 0.12
ORDER = (3, 0, 7, 4, 9, 1, 5, 8, 2, 6)


def phrase(folder: Path) -> Recording:
    """About seven seconds of 0.wav to 9.wav, to be said over and over. Errors: OSError, AudioError."""
    pieces = []
    for digit in ORDER:
        said = wav.decode((folder / f"{digit}.wav").read_bytes()).resampled(RATE_HZ).voice_channel()
        loud = np.flatnonzero(np.abs(said) > 0.02 * np.abs(said).max())
        pieces += [said[loud[0] : loud[-1]], np.zeros(round(PAUSE_S * RATE_HZ))]
    whole = np.concatenate(pieces)
    whole *= 10.0 ** (LEVEL_DBFS / 20.0) / np.sqrt(np.mean(np.square(whole)))
    return Recording(np.clip(whole, -1.0, 1.0).astype(np.float32), RATE_HZ)

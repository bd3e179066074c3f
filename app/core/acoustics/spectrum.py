"""Frames and power spectra, the ground of the other measures."""

import numpy as np
from numpy.typing import NDArray

from app.core.acoustics.recording import Samples

SILENT = 1e-20
"""A power that stands for none, so that a logarithm exists: -200 dB."""


def db(power: float | Samples) -> Samples:
    """10 lg, never below -200."""
    return np.asarray(10.0 * np.log10(np.maximum(power, SILENT)))


def frames_of(x: Samples, length: int, hop: int) -> Samples:
    """A view of shape (frames, length); a take shorter than one frame is one frame."""
    if len(x) <= length:
        return x[np.newaxis, :]
    return np.lib.stride_tricks.sliding_window_view(x, length)[::hop]


def runs_of(true: NDArray[np.bool_], shortest: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First, and last plus one, of each run of True that is long enough."""
    if not len(true):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    changes = np.flatnonzero(true[1:] != true[:-1]) + 1
    edges = np.concatenate(([0] if true[0] else [], changes, [len(true)] if true[-1] else [])).astype(np.int64)
    starts, ends = edges[::2], edges[1::2]
    long = ends - starts >= shortest
    return starts[long], ends[long]


def frame_powers(x: Samples, rate_hz: int, ms: float) -> Samples:
    """Mean square of consecutive frames of `ms`."""
    frames = frames_of(x, max(1, int(rate_hz * ms / 1000)), max(1, int(rate_hz * ms / 1000)))
    return np.asarray(np.einsum("ij,ij->i", frames, frames) / frames.shape[1])


class Spectra:
    """Power spectra of half-overlapping Hann frames of `ms`, each without its own mean.

    `power`: shape (frames, bins), scaled so that the sum over the bins is the frame's mean square (Parseval); `hz`: the bins.
    """

    def __init__(self, x: Samples, rate_hz: int, ms: float) -> None:
        length = min(len(x), max(16, int(rate_hz * ms / 1000)))
        frames = frames_of(x, length, max(1, length // 2))
        window = np.hanning(length + 2)[1:-1]
        frames = (frames - frames.mean(axis=1, keepdims=True)) * window
        self.power: NDArray[np.float64] = np.abs(np.fft.rfft(frames, axis=1)) ** 2
        self.power *= 1.0 / (float(np.sum(window**2)) * length)
        self.power[:, 1 : (length + 1) // 2] *= 2.0
        self.hz: NDArray[np.float64] = np.asarray(np.fft.rfftfreq(length, 1.0 / rate_hz), dtype=np.float64)

    def band(self, low_hz: float, high_hz: float) -> Samples:
        """Power of each frame within [low, high)."""
        first, last = np.searchsorted(self.hz, (low_hz, high_hz))
        return np.asarray(self.power[:, first:last].sum(axis=1))

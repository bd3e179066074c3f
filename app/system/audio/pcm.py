"""From samples of full scale 1.0 to the bytes a device takes. The other way is `Recording.from_pcm`."""

import numpy as np
from numpy.typing import NDArray

from app.core.acoustics.recording import Pcm

WIDTHS = {Pcm.UINT8: 1, Pcm.INT16: 2, Pcm.INT32: 4, Pcm.FLOAT32: 4}
_INTEGERS: dict[Pcm, tuple[str, float, float]] = {
    Pcm.UINT8: ("u1", 128.0, 128.0),
    Pcm.INT16: ("<i2", 0.0, 32_768.0),
    Pcm.INT32: ("<i4", 0.0, 2_147_483_648.0),
}


def encode(samples: NDArray[np.float32], kind: Pcm) -> bytes:
    kept = np.clip(samples, -1.0, 1.0)
    if kind is Pcm.FLOAT32:
        return kept.astype("<f4").tobytes()
    numpy_type, middle, full = _INTEGERS[kind]
    return np.clip(np.rint(kept.astype(np.float64) * full + middle), middle - full, middle + full - 1).astype(numpy_type).tobytes()


def silence(size: int, kind: Pcm) -> bytes:
    return (b"\x80" if kind is Pcm.UINT8 else b"\0") * size


def as_channels(samples: NDArray[np.float32], channels: int) -> NDArray[np.float32]:
    """Frames by `channels`: one is given to left and right; two into one are added at half each; further ones stay silent."""
    have = samples.shape[1]
    if have == channels:
        return samples
    if channels == 1:
        return np.asarray(samples.mean(axis=1, keepdims=True), np.float32)
    if have == 1:
        samples, have = np.repeat(samples, 2, axis=1), 2
    return np.pad(samples, ((0, 0), (0, channels - have))) if have < channels else np.ascontiguousarray(samples[:, :channels])

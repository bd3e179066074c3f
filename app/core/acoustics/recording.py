"""A piece of sound in memory, whatever the device called its format."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.core.errors import AudioError

Samples: TypeAlias = NDArray[np.float64]
"""One channel, full scale -1..1."""

RATES_HZ = (1_000, 384_000)
"""What a sample rate may be; beyond it a format block is broken."""


class Pcm(StrEnum):
    """How a sample is coded, little endian. `UINT8` is offset binary (128 is zero), as WAV has it."""

    UINT8 = "uint8"
    INT16 = "int16"
    INT24 = "int24"
    INT32 = "int32"
    FLOAT32 = "float32"
    FLOAT64 = "float64"

    @property
    def width(self) -> int:
        """Bytes a sample."""
        return _WIDTHS[self]


_WIDTHS = {Pcm.UINT8: 1, Pcm.INT16: 2, Pcm.INT24: 3, Pcm.INT32: 4, Pcm.FLOAT32: 4, Pcm.FLOAT64: 8}
_STEPS = {Pcm.UINT8: 2.0**-7, Pcm.INT16: 2.0**-15, Pcm.INT24: 2.0**-23, Pcm.INT32: 2.0**-31}


@dataclass(frozen=True, eq=False)
class Recording:
    """Sound of one take.

    `samples`: float32, full scale -1..1, shape (frames, channels); one dimension given means mono. `captured_s`: what the monotonic
    clock said the take lasted, from the first block of samples to the last, where it is known. `step`: the size of one quantisation
    step. Samples that are no numbers (NaN, infinite) become silence and are counted in `invalid_samples`.

    Errors: AudioError `audio.format` (no channel, a rate outside 1 to 384 kHz).
    """

    samples: NDArray[np.float32]
    rate_hz: int
    captured_s: float | None = None
    step: float = 2.0**-15
    invalid_samples: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        given = np.asarray(self.samples, dtype=np.float32)
        if given.ndim == 1:
            given = given[:, np.newaxis]
        if given.ndim != 2 or given.shape[1] < 1 or not RATES_HZ[0] <= self.rate_hz <= RATES_HZ[1]:
            raise AudioError("audio.format", shape=list(given.shape), rate_hz=self.rate_hz)
        usable = np.isfinite(given)
        invalid = int(given.size - np.count_nonzero(usable))
        if invalid:
            given = np.where(usable, given, np.float32(0.0))
        object.__setattr__(self, "samples", given)
        object.__setattr__(self, "invalid_samples", invalid)

    @classmethod
    def from_pcm(
        cls, data: bytes | bytearray | memoryview, kind: Pcm, channels: int, rate_hz: int, captured_s: float | None = None
    ) -> "Recording":
        """Interleaved samples as a device or a file gives them. An unfinished frame at the end is left out.

        Errors: AudioError `audio.format`.
        """
        if not 1 <= channels <= 64:
            raise AudioError("audio.format", channels=channels, rate_hz=rate_hz)
        frame = kind.width * channels
        whole = memoryview(data).cast("B")[: len(memoryview(data).cast("B")) // frame * frame]
        return cls(_floats(whole, kind).reshape(-1, channels), rate_hz, captured_s, _STEPS.get(kind, 2.0**-15))

    @property
    def frames(self) -> int:
        return int(self.samples.shape[0])

    @property
    def channels(self) -> int:
        return int(self.samples.shape[1])

    @property
    def seconds(self) -> float:
        return self.frames / self.rate_hz

    def powers(self) -> NDArray[np.float64]:
        """Mean square of each channel. Without its constant part: that is not heard, and a bad converter's is stronger than a voice."""
        if not self.frames:
            return np.zeros(self.channels)
        # By einsum: it needs no copy of five minutes in double precision.
        squares = np.einsum("ij,ij->j", self.samples, self.samples, dtype=np.float64) / self.frames
        return np.asarray(np.maximum(0.0, squares - self.samples.mean(axis=0, dtype=np.float64) ** 2))

    def voice_channel(self) -> Samples:
        """The channel where most is heard: a headset's microphone often comes as two channels of which one is empty."""
        if self.channels == 1:
            return self.samples[:, 0].astype(np.float64)
        return self.samples[:, int(np.argmax(self.powers()))].astype(np.float64)

    def resampled(self, rate_hz: int) -> "Recording":
        """The same sound at another rate, by the discrete Fourier transform (band-limited; the whole take is one period)."""
        if rate_hz == self.rate_hz or self.frames == 0:
            return Recording(self.samples, rate_hz, self.captured_s, self.step)
        frames = max(1, round(self.frames * rate_hz / self.rate_hz))
        spectrum = np.fft.rfft(self.samples.astype(np.float64), axis=0)
        kept = np.zeros((frames // 2 + 1, self.channels), complex)
        common = min(len(spectrum), len(kept))
        kept[:common] = spectrum[:common]
        samples = np.fft.irfft(kept, frames, axis=0) * (frames / self.frames)
        return Recording(samples.astype(np.float32), rate_hz, self.captured_s, self.step)

    def erase(self) -> None:
        """Overwrite the sound with silence: nobody hears it again. What was given as an array of one's own is overwritten too."""
        if self.samples.flags.writeable:
            self.samples.fill(0.0)


def _floats(data: memoryview, kind: Pcm) -> NDArray[np.float32]:
    """A new, writable array."""
    match kind:
        case Pcm.UINT8:
            return (np.frombuffer(data, np.uint8).astype(np.float32) - np.float32(128.0)) / np.float32(128.0)
        case Pcm.INT16:
            return np.frombuffer(data, "<i2").astype(np.float32) / np.float32(2.0**15)
        case Pcm.INT24:
            threes = np.frombuffer(data, np.uint8).reshape(-1, 3)
            fours = np.zeros((len(threes), 4), np.uint8)
            fours[:, 1:] = threes  # the three bytes on top of a 32-bit word carry their own sign
            return fours.view("<i4").ravel().astype(np.float32) / np.float32(2.0**31)
        case Pcm.INT32:
            return np.frombuffer(data, "<i4").astype(np.float32) / np.float32(2.0**31)
        case Pcm.FLOAT32:
            return np.frombuffer(data, "<f4").astype(np.float32)
        case Pcm.FLOAT64:
            with np.errstate(over="ignore"):  # what no float32 can hold becomes infinite, and is counted as invalid
                return np.frombuffer(data, "<f8").astype(np.float32)

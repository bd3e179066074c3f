"""How much of the ear piece's sound the microphone hears, and how late: an exponential sweep, played and recorded.

A. Farina, « Simultaneous measurement of impulse response and distortion with a swept-sine technique », AES 108 (2000), preprint 5093.
"""

from typing import NamedTuple

import numpy as np

from app.core.acoustics.recording import Recording, Samples

SWEEP_S = 1.5
SWEEP_HZ = (100.0, 7500.0)
SWEEP_DBFS = -26.0
"""RMS of the sweep: 20 dB below what hurts anybody, and no louder than the voice of a call (ITU-T P.56 levels of -26 dBov)."""
FADE_S = 0.05
FOUND_DB = 20.5
"""Peak of the impulse response over its rest. Noise alone stays below 14.1, somebody talking over the sweep below 19.4 (504 takes)."""
LONGEST_DELAY_S = 1.0
_BAND_HZ = (150.0, 7000.0)
_WEIGHTED_HZ = (300.0, 3400.0)
_POINTS = 22
"""Sixth octaves from 300 to 3400 Hz."""
_BEFORE_S, _AFTER_S, _TAPER_S = 0.002, 0.032, 0.008
"""What of the impulse response is the echo: a longer piece adds noise, which makes a weak echo look strong."""

_GUARD_S = 0.003
_APART_S = 0.010
"""Arrivals nearer than this to another's window are its ringing."""
_MOST_PIECES = 4
_PIECE = 10.0 ** (-30 / 20)
"""A later arrival weaker than this beside the strongest adds nothing."""


class Echo(NamedTuple):
    found: bool
    delay_ms: float | None
    """From the start of playing to its arrival in the recording. None: not found."""
    psr_db: float
    """Peak to rest of the impulse response."""
    coupling_loss_db: float | None
    """Weighted terminal coupling loss, digital to digital. Where the echo was not found, the loss is at least this."""


def sweep(rate_hz: int, dbfs: float = SWEEP_DBFS, seconds: float = SWEEP_S) -> Recording:
    """Mono; as high as the rate allows."""
    low, high = SWEEP_HZ[0], min(SWEEP_HZ[1], 0.45 * rate_hz)
    t = np.arange(int(seconds * rate_hz)) / rate_hz
    slope = seconds / np.log(high / low)
    x = np.sin(2.0 * np.pi * low * slope * np.expm1(t / slope))
    fade = max(2, int(FADE_S * rate_hz))
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(fade) / fade)
    x[:fade] *= ramp
    x[-fade:] *= ramp[::-1]
    x *= 10.0 ** (dbfs / 20.0) / np.sqrt(np.mean(x * x))
    return Recording(x.astype(np.float32), rate_hz)


def measure(played: Samples, recorded: Samples, rate_hz: int, longest_s: float = LONGEST_DELAY_S) -> Echo:
    """Both at one rate; the first sample of `recorded` was taken when the first of `played` was handed over.

    A sweep that was held up on its way arrives in pieces, each with its part of the band and its own delay: their powers are added, and
    the delay is the first one's.
    """
    if len(played) < rate_hz // 10 or len(recorded) < rate_hz // 10 or not np.any(played) or not np.any(recorded):
        return Echo(False, None, 0.0, None)
    response = _impulse_response(played, recorded, rate_hz)[: max(2, int(longest_s * rate_hz))]
    size = np.abs(response)
    strongest = int(size.argmax())
    psr_db = _over_rest_db(size, strongest, int(_GUARD_S * rate_hz))
    found = psr_db >= FOUND_DB
    arrivals = _arrivals(size, strongest, rate_hz) if found else [strongest]
    first = min(arrivals)
    loss = _weighted_loss_db(response, arrivals, rate_hz)
    return Echo(found, 1000.0 * (first + _between(size, first)) / rate_hz if found else None, psr_db, loss)


def _over_rest_db(size: Samples, peak: int, guard: int) -> float:
    rest = np.ones(len(size), bool)
    rest[max(0, peak - guard) : peak + guard] = False
    return 20.0 * float(np.log10(size[peak] / max(float(np.sqrt(np.mean(size[rest] ** 2))), 1e-12)))


def _arrivals(size: Samples, strongest: int, rate_hz: int) -> list[int]:
    """The strongest peak, and the others that stand out of what is left as clearly as it does."""
    found, left = [strongest], size.copy()
    before, after = int(_APART_S * rate_hz), int((_AFTER_S + _APART_S) * rate_hz)
    for _ in range(_MOST_PIECES - 1):
        left[max(0, found[-1] - before) : found[-1] + after] = 0.0
        peak = int(left.argmax())
        if left[peak] < _PIECE * size[strongest] or _over_rest_db(left, peak, int(_GUARD_S * rate_hz)) < FOUND_DB:
            break
        found.append(peak)
    return found


def _impulse_response(played: Samples, recorded: Samples, rate_hz: int) -> Samples:
    """H = R P* / (|P|^2 + eps), within the sweep's band."""
    size = 1 << int(np.ceil(np.log2(len(played) + len(recorded))))
    p, r = np.fft.rfft(played, size), np.fft.rfft(recorded, size)
    hz = np.fft.rfftfreq(size, 1.0 / rate_hz)
    power = np.abs(p) ** 2
    r *= np.conj(p) / (power + 1e-6 * float(power.max()))
    r[(hz < _BAND_HZ[0]) | (hz > min(_BAND_HZ[1], 0.44 * rate_hz))] = 0.0
    return np.asarray(np.fft.irfft(r, size))


def _between(size: Samples, peak: int) -> float:
    """The peak's place between samples, by a parabola through three of them."""
    if not 0 < peak < len(size) - 1:
        return 0.0
    bend = float(size[peak - 1] - 2.0 * size[peak] + size[peak + 1])
    return 0.5 * float(size[peak - 1] - size[peak + 1]) / bend if bend else 0.0


def _weighted_loss_db(response: Samples, arrivals: list[int], rate_hz: int) -> float:
    """ITU-T G.122 (1993) clause 4.2, trapezoidal rule: 3.24 - 10 lg sum (A_i + A_{i-1})(lg f_i - lg f_{i-1}), 300 to 3400 Hz, A the
    power of the echo path in sixth octaves.
    """
    before, after, taper = (int(seconds * rate_hz) for seconds in (_BEFORE_S, _AFTER_S, _TAPER_S))
    bins = 1 << int(np.ceil(np.log2(max(before + after, rate_hz / 3.0))))
    power = np.zeros(bins // 2 + 1)
    for peak in arrivals:
        piece = response[max(0, peak - before) : peak + after].copy()
        ramp = min(len(piece), taper)
        piece[-ramp:] *= np.linspace(1.0, 0.0, ramp)
        power += np.abs(np.fft.rfft(piece, bins)) ** 2
    hz = np.fft.rfftfreq(bins, 1.0 / rate_hz)
    centres = np.geomspace(_WEIGHTED_HZ[0], min(_WEIGHTED_HZ[1], 0.42 * rate_hz), _POINTS)
    half = 2.0 ** (1.0 / 12.0)
    a = np.array([power[(hz >= f / half) & (hz < f * half)].mean() for f in centres])
    area = float(np.sum((a[1:] + a[:-1]) * np.diff(np.log10(centres))))
    return 3.24 - 10.0 * float(np.log10(max(area, 1e-20)))

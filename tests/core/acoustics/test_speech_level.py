"""ITU-T P.56 method B against its own words, sample by sample, and against signals whose level is known."""

from math import exp, log10

import numpy as np
import pytest

from app.core.acoustics import speech_level
from app.core.acoustics.recording import Samples
from app.core.acoustics.speech_level import SpeechLevel

RATE = 16_000


def by_the_letter(x: Samples, rate_hz: int) -> SpeechLevel:
    """P.56 clause 6.2 as it is written: one sample after another, two smoothings, fifteen counters with a hang-over each."""
    g = exp(-1.0 / (rate_hz * 0.03))
    hang = round(0.2 * rate_hz)
    thresholds = [2.0**-k for k in range(15, 0, -1)]
    active, since = [0] * 15, [hang] * 15
    p = q = total = 0.0
    for sample in x.tolist():
        total += sample * sample
        p = g * p + (1 - g) * abs(sample)
        q = g * q + (1 - g) * p
        for j in range(15):
            if q >= thresholds[j]:
                active[j] += 1
                since[j] = 0
            elif since[j] < hang:
                active[j] += 1
                since[j] += 1
    if total == 0.0:
        return SpeechLevel(None, None, None)
    mean = 10 * log10(total / len(x))
    before: tuple[float, float] | None = None
    for j in range(15):
        if not active[j]:
            break
        level = 10 * log10(total / active[j])
        distance = level - 20 * log10(thresholds[j]) - 15.9
        if distance <= 0:
            if before is None:
                break
            low_level, low_distance = before
            found = low_level + low_distance / (low_distance - distance) * (level - low_level)
            return SpeechLevel(found, 10 ** ((mean - found) / 10), mean)
        before = (level, distance)
    return SpeechLevel(None, None, mean)


def sine(seconds: float = 10.0, on_ms: int = 1, off_ms: int = 0) -> Samples:
    t = np.arange(int(seconds * RATE))
    period = (on_ms + off_ms) * RATE // 1000
    return np.asarray(np.sin(2 * np.pi * 1000 * t / RATE) * (t % period < on_ms * RATE // 1000))


@pytest.mark.parametrize(
    ("signal", "level", "activity"),
    [(sine(), -3.00, 0.998), (sine(on_ms=1000, off_ms=1000), -4.07, 0.638), (sine(on_ms=200, off_ms=100), -4.74, 0.998)],
    ids=["full-scale sine", "one second on, one off", "200 ms on, 100 off"],
)
def test_reference_signals(signal: Samples, level: float, activity: float) -> None:
    found = speech_level.measure(signal, RATE)
    assert found.active_dbov == pytest.approx(level, abs=0.02)
    assert found.activity == pytest.approx(activity, abs=0.001)


def test_silence_has_no_level() -> None:
    assert speech_level.measure(np.zeros(RATE), RATE) == (None, None, None)
    assert speech_level.measure(np.zeros(0), RATE) == (None, None, None)


@pytest.mark.parametrize("halvings", [1, 3, 6, 9])
def test_halving_moves_the_level_by_that_much_and_nothing_else(halvings: int) -> None:
    loud = speech_level.measure(sine(on_ms=1000, off_ms=1000), RATE)
    soft = speech_level.measure(sine(on_ms=1000, off_ms=1000) * 2.0**-halvings, RATE)
    assert loud.active_dbov is not None
    assert soft.active_dbov == pytest.approx(loud.active_dbov - 20 * halvings * log10(2), abs=0.001)
    assert soft.activity == pytest.approx(loud.activity, abs=1e-6)


def test_past_full_scale_the_method_goes_on() -> None:
    loud = speech_level.measure(sine(on_ms=1000, off_ms=1000), RATE)
    assert loud.active_dbov is not None
    assert speech_level.measure(sine(on_ms=1000, off_ms=1000) * 64, RATE).active_dbov == pytest.approx(loud.active_dbov + 36.12, abs=0.01)


def test_too_faint_for_the_lowest_threshold_is_no_speech() -> None:
    found = speech_level.measure(sine() * 1e-5, RATE)
    assert found.active_dbov is None
    assert found.mean_dbov == pytest.approx(-103.01, abs=0.01)


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000])
def test_like_the_method_sample_by_sample(rate_hz: int) -> None:
    """Bursts of noise of random length and level over faint noise, 6 s: the shape of speech, in a test that needs no speech."""
    chance = np.random.default_rng(rate_hz)
    x = chance.normal(0, 10 ** (-62 / 20), 6 * rate_hz)
    at = 0
    while at < len(x):
        length = int(chance.uniform(0.03, 0.6) * rate_hz)
        x[at : at + length] += chance.normal(0, 10 ** (chance.uniform(-45, -18) / 20), len(x[at : at + length]))
        at += length + int(chance.uniform(0.02, 0.9) * rate_hz)
    expected, found = by_the_letter(x, rate_hz), speech_level.measure(x, rate_hz)
    assert found.active_dbov == pytest.approx(expected.active_dbov, abs=0.001)
    assert found.activity == pytest.approx(expected.activity, abs=0.0002)
    assert found.mean_dbov == pytest.approx(expected.mean_dbov, abs=1e-6)

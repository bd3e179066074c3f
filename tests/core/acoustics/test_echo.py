"""The echo's delay and loss against echoes of known delay and loss, in noise, with somebody talking, and in pieces."""

import numpy as np
import pytest

from app.core.acoustics import echo
from app.core.acoustics.analysis import EchoMeasures, analyse_echo
from app.core.acoustics.recording import Recording
from tests.audio.rig import Samples, needs_speech, noise, sounding, speech

RATES = [16_000, 44_100, 48_000]


def heard(rate_hz: int, loss_db: float, delay_ms: float, noise_dbfs: float | None = -75, seed: int = 1) -> Samples:
    """What a microphone takes while the sweep plays, 2.5 s."""
    sweep = echo.sweep(rate_hz).voice_channel()
    x = np.zeros(int(2.5 * rate_hz)) if noise_dbfs is None else noise(noise_dbfs, 2.5, rate_hz, seed)
    at = round(delay_ms * rate_hz / 1000)
    x[at : at + len(sweep)] += sweep * 10 ** (-loss_db / 20)
    return x


def measured(x: Samples, rate_hz: int, played_hz: int = 0) -> EchoMeasures:
    return analyse_echo(echo.sweep(played_hz or rate_hz), sounding(x, rate_hz))


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 48_000, 96_000])
def test_the_stimulus_is_as_loud_as_it_says(rate_hz: int) -> None:
    sweep = echo.sweep(rate_hz)
    x = sweep.voice_channel()
    assert sweep.seconds == pytest.approx(1.5, abs=0.001)
    assert 10 * np.log10(np.mean(x**2)) == pytest.approx(-26, abs=0.01)
    assert 20 * np.log10(np.max(np.abs(x))) < -20
    assert abs(x[0]) < 1e-6
    assert abs(x[-1]) < 1e-4


@pytest.mark.parametrize("rate_hz", RATES)
@pytest.mark.parametrize(("loss_db", "within_db"), [(0, 0.3), (20, 0.3), (35, 0.4), (45, 0.6), (55, 2.5)])
def test_loss_and_delay(rate_hz: int, loss_db: float, within_db: float) -> None:
    found = measured(heard(rate_hz, loss_db, 62.5), rate_hz)
    assert found.found
    assert found.coupling_loss_db == pytest.approx(loss_db, abs=within_db)
    assert found.delay_ms == pytest.approx(62.5, abs=0.05)


def test_narrow_rates_are_measured_as_far_as_they_go() -> None:
    found = measured(heard(8_000, 30, 180), 8_000)
    assert (found.found, found.coupling_loss_db, found.delay_ms) == (True, pytest.approx(30, abs=1), pytest.approx(180, abs=0.2))


def test_played_at_another_rate_than_recorded() -> None:
    x = Recording(heard(48_000, 30, 40).astype("f4"), 48_000).resampled(16_000).voice_channel()
    found = measured(x, 16_000, played_hz=48_000)
    assert (found.found, found.coupling_loss_db) == (True, pytest.approx(30, abs=0.5))
    assert found.delay_ms == pytest.approx(40, abs=0.3)


@pytest.mark.parametrize("noise_dbfs", [-80, -50, -30])
def test_no_echo_is_never_found_in_noise(noise_dbfs: float) -> None:
    for seed in range(12):
        found = measured(noise(noise_dbfs, 2.5, 16_000, seed), 16_000)
        assert (found.found, found.delay_ms) == (False, None)
        assert found.coupling_loss_db is not None


def test_not_found_says_at_least_how_much() -> None:
    quiet, loud = measured(noise(-80, 2.5, 16_000), 16_000), measured(noise(-40, 2.5, 16_000), 16_000)
    assert quiet.coupling_loss_db is not None
    assert loud.coupling_loss_db is not None
    assert 50 < quiet.coupling_loss_db < 75
    assert quiet.coupling_loss_db - loud.coupling_loss_db == pytest.approx(40, abs=3)


@needs_speech
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_somebody_talking_is_no_echo(language: str) -> None:
    x = speech(language, 16_000, 12, -26)
    for start in range(9):
        assert not measured(x[start * 16_000 :][: int(2.5 * 16_000)] + noise(-70, 2.5, 16_000), 16_000).found


def test_a_sweep_held_up_on_its_way_is_measured_whole() -> None:
    """An underrun in the middle: the rest comes 60 ms later."""
    rate_hz = 48_000
    x = heard(rate_hz, 20, 30)
    for at in (0.7, 1.0):
        cut = int(at * rate_hz)
        y = np.concatenate((x[:cut], noise(-75, 0.06, rate_hz), x[cut:]))
        found = measured(y, rate_hz)
        assert found.found
        assert found.coupling_loss_db == pytest.approx(20, abs=1.5)
        assert found.delay_ms == pytest.approx(30, abs=2)


@pytest.mark.parametrize("frames", [0, 1, 100, 1599, 4000])
def test_too_little_is_nothing_found(frames: int) -> None:
    assert not analyse_echo(echo.sweep(16_000), Recording(np.ones(frames, np.float32) * 0.1, 16_000)).found
    assert not analyse_echo(Recording(np.zeros(frames, np.float32), 16_000), Recording(noise(-40, 1, 16_000).astype("f4"), 16_000)).found

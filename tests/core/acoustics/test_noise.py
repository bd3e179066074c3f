"""Noise, hum and mute against signals of known level."""

import numpy as np
import pytest

from app.core.acoustics import mute, noise
from app.core.acoustics.mute import Mute
from tests.audio import rig

RATE = 16_000


@pytest.mark.parametrize(
    ("hz", "gain_db"),
    # IEC 61672-1:2013, table 3, the design goals of frequency weighting A
    [(20, -50.5), (50, -30.2), (100, -19.1), (200, -10.9), (500, -3.2), (1000, 0.0), (2000, 1.2), (4000, 1.0), (8000, -1.1), (16000, -6.6)],
)
def test_a_weighting_is_the_standards(hz: float, gain_db: float) -> None:
    exact = 1000.0 * 10 ** (round(10 * np.log10(hz / 1000.0)) / 10)  # the table's nominal frequencies stand for exact thirds of octaves
    assert 10 * np.log10(noise.a_weighting(np.array([exact]))[0]) == pytest.approx(gain_db, abs=0.06)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000, 96_000])
def test_tones_through_the_weighting(rate_hz: int) -> None:
    assert noise.measure(rig.tone(1000, 3, rate_hz), rate_hz).dbafs == pytest.approx(-3.01, abs=0.05)
    assert noise.measure(rig.tone(100, 3, rate_hz), rate_hz).dbafs == pytest.approx(-22.16, abs=0.1)
    assert noise.measure(rig.tone(100, 3, rate_hz), rate_hz).dbfs == pytest.approx(-3.01, abs=0.05)


@pytest.mark.parametrize("dbfs", [-30, -50, -70, -85])
def test_noise_level_and_its_offset(dbfs: float) -> None:
    found = noise.measure(rig.noise(dbfs, 3, RATE) + 0.01, RATE)
    assert found.dbfs == pytest.approx(dbfs, abs=0.3)


def test_one_cough_does_not_move_it() -> None:
    x = rig.noise(-60, 3, RATE)
    x[RATE : RATE + RATE // 2] += rig.noise(-20, 0.5, RATE, seed=2)
    assert noise.measure(x, RATE).dbfs == pytest.approx(-60, abs=0.6)


def test_nothing_has_no_noise() -> None:
    assert noise.measure(np.zeros(RATE), RATE) == (None, None)
    assert noise.measure(np.zeros(0), RATE) == (None, None)
    assert noise.hum(np.zeros(RATE), RATE) == (None, None)
    assert noise.hum(np.ones(10), RATE) == (None, None)


@pytest.mark.parametrize(("language", "dbfs"), [("fr", -60), ("ar", -60), ("en", -50)])
def test_between_the_words_it_is_guessed_within_a_decibel(language: str, dbfs: float) -> None:
    if not rig.SPEAKS:
        pytest.skip("no espeak-ng")
    found = noise.in_pauses(rig.speech(language, RATE) + rig.noise(dbfs, 12, RATE), RATE)
    assert found.dbfs == pytest.approx(dbfs, abs=0.8)


def test_pauses_of_zeros_have_no_noise_whatever_the_constant_part() -> None:
    x = np.zeros(3 * RATE)
    x[RATE : 2 * RATE] = rig.noise(-26, 1, RATE) + 0.01
    for offset in (0.0, x.mean()):
        assert noise.in_pauses(x - offset, RATE) == (None, None)


@pytest.mark.parametrize(("hum_dbfs", "share_db"), [(None, -30), (-70, -5.5), (-60, -1.0), (-50, -0.1)])
@pytest.mark.parametrize("rate_hz", [8_000, 48_000])
def test_hum_is_the_share_of_the_mains(hum_dbfs: float | None, share_db: float, rate_hz: int) -> None:
    x = rig.noise(-65, 3, rate_hz)
    if hum_dbfs is not None:
        x += rig.tone(50, 3, rate_hz, 10 ** ((hum_dbfs + 1.25) / 20)) + rig.tone(150, 3, rate_hz, 10 ** ((hum_dbfs - 3) / 20))
    found = noise.hum(x, rate_hz)
    assert found.share_db is not None
    if hum_dbfs is None:
        assert found.share_db < -15
    else:
        assert found.share_db == pytest.approx(share_db, abs=1.2)
        assert found.dbfs == pytest.approx(hum_dbfs, abs=0.6)


def test_signal_to_noise_takes_the_noise_off() -> None:
    assert noise.signal_to_noise_db(-26, -66) == pytest.approx(40, abs=0.01)
    assert noise.signal_to_noise_db(10 * np.log10(10**-2.6 + 10**-3.1), -31) == pytest.approx(5, abs=0.01)
    assert noise.signal_to_noise_db(-50, -50) is None


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (np.zeros(RATE), Mute.DIGITAL),
        (np.zeros(0), Mute.DIGITAL),
        (np.full(RATE, 0.02), Mute.DIGITAL),
        (np.random.default_rng(1).integers(-1, 2, RATE) / 32768, Mute.DIGITAL),
        (rig.noise(-85, 1, RATE), Mute.HARDWARE),
        (rig.noise(-85, 1, RATE) + 0.01, Mute.HARDWARE),
        (rig.noise(-70, 1, RATE), Mute.NONE),
    ],
    ids=["zeros", "no sample", "a constant", "one step", "electronics", "electronics on a constant", "a quiet room"],
)
def test_mute(x: rig.Samples, expected: Mute) -> None:
    assert mute.measure(x, RATE) is expected


def test_eight_bits_of_silence_are_silence() -> None:
    assert mute.measure(rig.sounding(rig.noise(-60, 1, RATE), RATE, 8).voice_channel(), RATE, 2.0**-7) is Mute.DIGITAL

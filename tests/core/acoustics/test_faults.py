"""Clipping, sides, dropouts: none on clean speech, and as many as were made."""

import numpy as np
import pytest

from app.core.acoustics import channels, clipping, dropouts
from app.core.acoustics.recording import Recording
from tests.audio import rig
from tests.audio.rig import needs_speech, noise, sounding, speech, tone

pytestmark = needs_speech


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 48_000])
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_clean_speech_has_no_fault(language: str, rate_hz: int) -> None:
    x = speech(language, rate_hz, 12, -26) + noise(-70, 12, rate_hz)
    take = sounding(x, rate_hz)
    assert clipping.measure(take.voice_channel(), rate_hz).runs_per_s == 0.0
    assert dropouts.measure(take.voice_channel(), rate_hz, 12.0) == (0.0, 0, 0, 0.0)


@pytest.mark.parametrize("language", ["fr", "ar"])
@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
def test_more_gain_more_clipping(language: str, rate_hz: int) -> None:
    x = speech(language, rate_hz, 12, -26)
    x = x / np.max(np.abs(x))
    found = [clipping.measure(sounding(gain * x, rate_hz).voice_channel(), rate_hz).runs_per_s for gain in (0.95, 1.5, 2.0, 4.0)]
    assert found[0] == 0.0
    assert 0.5 < found[1] < found[2] < found[3]
    assert found[3] > 20


def test_cut_off_before_the_converter() -> None:
    x = speech("fr", 48_000, 12, -26)
    peak = np.max(np.abs(x))
    found = clipping.measure(sounding(np.clip(x, -0.5 * peak, 0.5 * peak), 48_000).voice_channel(), 48_000)
    assert (found.kind, found.runs_per_s > 2) == ("plateau", True)


@pytest.mark.parametrize("rate_hz", [8_000, 48_000, 96_000])
def test_a_full_scale_sine_is_not_clipped_and_a_square_is(rate_hz: int) -> None:
    sine = tone(440, 2, rate_hz, 32767 / 32768)
    assert clipping.measure(sounding(sine, rate_hz).voice_channel(), rate_hz).runs_per_s == 0.0
    square = clipping.measure(sounding(np.sign(sine + 1e-9), rate_hz).voice_channel(), rate_hz)
    assert square.runs_per_s == pytest.approx(880, rel=0.02)
    assert square.percent > 95


def test_eight_bits_are_cut_at_their_own_full_scale() -> None:
    x = speech("fr", 8_000, 6, -26)
    x = x / np.max(np.abs(x))
    assert clipping.measure(sounding(0.9 * x, 8_000, 8).voice_channel(), 8_000, 2.0**-7) == (0.0, 0.0, "none")
    assert clipping.measure(sounding(3 * x, 8_000, 8).voice_channel(), 8_000, 2.0**-7).kind == "full_scale"


def test_sides() -> None:
    left, right = noise(-30, 1, 16_000), noise(-40, 1, 16_000, seed=2)

    def sides(*columns: rig.Samples) -> channels.Channels:
        return channels.measure(Recording(np.column_stack(columns).astype(np.float32), 16_000))

    both = sides(left, right)
    assert (both.channels, both.mono, both.missing) == (2, False, "")
    assert (both.left_dbfs, both.right_dbfs) == (pytest.approx(-30, abs=0.2), pytest.approx(-40, abs=0.2))
    assert sides(left, left).mono
    assert sides(left, 0 * left).missing == "right"
    assert sides(1e-4 * left, 3 * left).missing == "left"
    assert sides(0 * left, 0 * left).missing == "both"
    assert sides(left).mono
    assert sides(0 * left + 0.5, left).missing == "left", "a constant part is not heard"
    assert channels.measure(Recording(np.zeros((0, 2), np.float32), 16_000)).missing == "both"


def test_the_channel_with_the_voice_is_taken() -> None:
    voice = noise(-30, 1, 16_000)
    take = Recording(np.column_stack((1e-4 * voice, voice)).astype(np.float32), 16_000)
    assert np.allclose(take.voice_channel(), voice, atol=1e-6)
    empty = Recording(np.column_stack((np.full(16_000, 0.1), voice)).astype(np.float32), 16_000)
    assert np.allclose(empty.voice_channel(), voice, atol=1e-6), "a constant part is no voice, however large"


def voiced(x: rig.Samples, rate_hz: int, count: int) -> list[int]:
    """Where 20 ms of loud voice begin that go on after them, in order, half a second apart."""
    short = rate_hz // 250
    power = np.convolve(x**2, np.ones(short) / short, "same")
    found: list[int] = []
    for at in range(rate_hz // 2, len(x) - rate_hz, rate_hz // 100):
        around = power[at - 2 * short : at + rate_hz // 50 + 2 * short]
        if around.min() > 10**-4.5 and (not found or at - found[-1] > rate_hz // 2):
            found.append(at)
    return found[:count]


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 48_000])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_holes_are_counted(language: str, rate_hz: int) -> None:
    x = speech(language, rate_hz, 12, -26) + noise(-70, 12, rate_hz)
    places = voiced(x, rate_hz, 5)
    for place in places:
        x[place : place + rate_hz // 50] = 0.0
    found = dropouts.measure(sounding(x, rate_hz).voice_channel(), rate_hz)
    assert (len(places), found.zero_runs) == (5, 5)
    assert found.dropped_percent == pytest.approx(100 * 0.1 / 12, rel=0.1)


@pytest.mark.parametrize("block_ms", [5, 10, 20])
def test_repeated_blocks_are_counted(block_ms: int) -> None:
    rate_hz = 16_000
    x = speech("ar", rate_hz, 12, -26) + noise(-70, 12, rate_hz)
    block = block_ms * rate_hz // 1000
    for place in voiced(x, rate_hz, 5):
        x[place + block : place + 2 * block] = x[place : place + block]
    assert dropouts.measure(sounding(x, rate_hz).voice_channel(), rate_hz).repeated_blocks == 5


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_silence_made_of_zeros_is_no_hole(language: str) -> None:
    """A synthesiser and a noise gate write zeros between the words."""
    found = dropouts.measure(sounding(rig.spoken(language, 22_050), 22_050).voice_channel(), 22_050)
    assert found.zero_runs <= 1
    assert found.dropped_percent < 0.5


def test_a_tone_repeats_and_loses_nothing() -> None:
    assert dropouts.measure(tone(1000, 3, 16_000, 0.5), 16_000).repeated_blocks == 0


@pytest.mark.parametrize(("captured_s", "error", "dropped"), [(10.0, 0.0, 0.0), (10.1, -0.99, 0.99), (9.95, 0.5, 0.0)])
def test_samples_against_the_clock(captured_s: float, error: float, dropped: float) -> None:
    found = dropouts.measure(noise(-40, 10, 16_000), 16_000, captured_s)
    assert found.clock_error_percent == pytest.approx(error, abs=0.01)
    assert found.dropped_percent == pytest.approx(dropped, abs=0.01)

"""The spoken digits: all there, as loud as a call's voice and no louder, no clicks, none like another, and made again the same."""

import itertools

import numpy as np
import pytest

from app.commands import make_voices
from app.commands.make_voices import LEVEL_DBFS, PAD_S, PEAK_DBFS, RATE_HZ, WORDS
from app.core.acoustics.recording import Samples
from app.core.acoustics.wav import decode
from app.ui.resources import resource
from tests.audio.rig import needs_speech

ALL = [(language, digit) for language in ("fr", "ar", "en") for digit in range(10)]


def kept(language: str, digit: int) -> Samples:
    take = decode(resource(f"voice/{language}/{digit}.wav").read_bytes())
    assert (take.rate_hz, take.channels) == (RATE_HZ, 1)
    return take.voice_channel()


@pytest.mark.parametrize(("language", "digit"), ALL)
def test_each_digit_is_soft_whole_and_clean(language: str, digit: int) -> None:
    x = kept(language, digit)
    assert 0.35 < len(x) / RATE_HZ < 1.3
    assert make_voices.level_dbfs(x) == pytest.approx(LEVEL_DBFS, abs=0.1)
    assert 20 * np.log10(np.max(np.abs(x))) <= PEAK_DBFS
    assert abs(x.mean()) < 0.001
    silence, end = x[: round(0.5 * PAD_S * RATE_HZ)], x[-round(0.005 * RATE_HZ) :]
    assert np.max(np.abs(silence)) < 2 / 32768
    assert np.max(np.abs(end)) < 0.005


@pytest.mark.parametrize("language", WORDS)
def test_no_two_digits_sound_the_same(language: str) -> None:
    """The spectra of their halves differ by 3 dB at least, in third octaves."""
    edges = np.geomspace(200, 6400, 16)

    def shape(x: Samples) -> Samples:
        halves = [np.abs(np.fft.rfft(half, 16_384)) ** 2 for half in np.array_split(x[round(PAD_S * RATE_HZ) :], 2)]
        hz = np.fft.rfftfreq(16_384, 1 / RATE_HZ)
        return np.array([10 * np.log10(half[(hz >= a) & (hz < b)].sum() + 1e-6) for half in halves for a, b in itertools.pairwise(edges)])

    shapes = [shape(kept(language, digit)) for digit in range(10)]
    assert min(np.sqrt(np.mean((a - b) ** 2)) for a, b in itertools.combinations(shapes, 2)) > 3


@needs_speech
def test_made_again_at_the_same_level() -> None:
    """Another version of the synthesiser may say it a little differently; the level and the limits are ours."""
    x = make_voices.spoken("fr", 3)
    assert make_voices.level_dbfs(x) == pytest.approx(LEVEL_DBFS, abs=0.01)
    again = decode(make_voices.wav(x)).voice_channel()
    assert np.max(np.abs(again - x)) < 1.6 / 32768

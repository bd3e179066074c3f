"""Synthetic speech in three languages at known levels, in known noise, through known faults: each figure against what was made."""

import json
import resource
import time

import numpy as np
import pytest

from app.core.acoustics import speech_level
from app.core.acoustics.analysis import VoiceMeasures, analyse_echo, analyse_voice
from app.core.acoustics.bandwidth import Bandwidth
from app.core.acoustics.mute import Mute
from app.core.acoustics.recording import Pcm, Recording, Samples
from tests.audio.rig import needs_speech, noise, sounding, speech, spoken, through, tone
from tests.audio.wav import coded
from tests.core.acoustics.test_speech_level import by_the_letter

pytestmark = needs_speech
LANGUAGES = ["fr", "ar", "en"]


def measured(voice: Samples, rate_hz: int, noise_dbfs: float = -70.0, *, bits: int = 16) -> VoiceMeasures:
    """The voice in white noise, and three seconds of the same noise alone."""
    take = sounding(voice + noise(noise_dbfs, len(voice) / rate_hz, rate_hz, 5), rate_hz, bits)
    return analyse_voice(take, sounding(noise(noise_dbfs, 3, rate_hz, 6), rate_hz, bits))


@pytest.mark.parametrize(("language", "gain_db"), [("fr", 0), ("ar", -17), ("en", -33)])
def test_level_and_activity_like_the_method_sample_by_sample(language: str, gain_db: float) -> None:
    x = spoken(language, 16_000) * 10 ** (gain_db / 20)
    expected, found = by_the_letter(x, 16_000), speech_level.measure(x, 16_000)
    assert found.active_dbov == pytest.approx(expected.active_dbov, abs=0.01)
    assert found.activity == pytest.approx(expected.activity, abs=0.001)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 48_000])
def test_levels(language: str, rate_hz: int) -> None:
    for dbov in (-16, -26, -36, -45) if rate_hz < 48_000 else (-26, -45):
        found = measured(speech(language, rate_hz, 10, dbov), rate_hz, -85)
        assert found.active_speech_level_dbov == pytest.approx(dbov, abs=0.15)
        assert found.activity_percent is not None
        assert 60 < found.activity_percent < 99


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("snr_db", [40, 30, 25, 20, 15])
def test_signal_to_noise(language: str, snr_db: float) -> None:
    found = measured(speech(language, 16_000, 12, -26), 16_000, -26 - snr_db)
    assert found.noise_dbfs == pytest.approx(-26 - snr_db, abs=0.3)
    assert found.snr_db == pytest.approx(snr_db, abs=0.5)
    assert found.noise_from == "silence"


@pytest.mark.parametrize("rate_hz", [16_000, 48_000])
def test_a_constant_part_does_not_move_the_level(rate_hz: int) -> None:
    found = measured(speech("fr", rate_hz, 10, -30) + 0.03, rate_hz)
    assert found.active_speech_level_dbov == pytest.approx(-30, abs=0.15)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("rate_hz", "noise_dbfs"), [(16_000, -75), (16_000, -60), (48_000, -60)])
def test_wide_and_narrow(language: str, rate_hz: int, noise_dbfs: float) -> None:
    voice = speech(language, rate_hz, 10, -26)
    narrow = through(voice, rate_hz, 8_000)
    assert measured(voice, rate_hz, noise_dbfs).bandwidth is Bandwidth.WIDEBAND
    assert measured(narrow, rate_hz, noise_dbfs).bandwidth is Bandwidth.NARROWBAND
    assert analyse_voice(sounding(narrow, rate_hz)).bandwidth is Bandwidth.NARROWBAND


@pytest.mark.parametrize("language", LANGUAGES)
def test_eight_kilohertz_is_narrow_and_noise_hides_the_rest(language: str) -> None:
    assert measured(speech(language, 8_000, 10, -26), 8_000).bandwidth is Bandwidth.NARROWBAND
    assert measured(through(speech(language, 16_000, 10, -30), 16_000, 8_000), 16_000, -42).bandwidth is Bandwidth.UNCERTAIN


def test_hum_in_the_silent_take() -> None:
    voice = sounding(speech("ar", 16_000, 10, -26), 16_000)
    quiet = noise(-65, 3, 16_000)
    found = analyse_voice(voice, sounding(quiet + tone(50, 3, 16_000, 0.003), 16_000))
    assert (found.hum, found.hum_dbfs) == (True, pytest.approx(-53.5, abs=0.5))
    assert analyse_voice(voice, sounding(quiet, 16_000)).hum is False
    assert analyse_voice(voice).hum is None


@pytest.mark.parametrize(
    ("x", "mute"), [(np.zeros(48_000), Mute.DIGITAL), (noise(-85, 3, 16_000), Mute.HARDWARE)], ids=["switched off", "switch on the cable"]
)
def test_muted(x: Samples, mute: Mute) -> None:
    found = analyse_voice(sounding(x, 16_000))
    assert (found.muted, found.mute, found.bandwidth) == (True, mute, None)


@pytest.mark.parametrize("kind", [Pcm.INT16, Pcm.INT24, Pcm.INT32, Pcm.FLOAT32])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, 96_000])
def test_any_format_gives_the_same_figures(kind: Pcm, channels: int, rate_hz: int) -> None:
    x = speech("fr", rate_hz, 4, -26) + noise(-70, 4, rate_hz)
    data = coded(np.column_stack([x] * channels), int(kind.value.strip("intfloa")), floating=kind is Pcm.FLOAT32)
    found = analyse_voice(Recording.from_pcm(data, kind, channels, rate_hz, 4.0))
    assert found.active_speech_level_dbov == pytest.approx(-26, abs=0.1)
    assert (found.muted, found.clipped_runs_per_s, found.dropped_percent, found.mono) == (False, 0.0, 0.0, True)


def test_eight_bits_too() -> None:
    x = speech("fr", 16_000, 6, -26) + noise(-70, 6, 16_000)
    found = analyse_voice(Recording.from_pcm(coded(x, 8), Pcm.UINT8, 1, 16_000))
    assert found.active_speech_level_dbov == pytest.approx(-26, abs=0.2)
    assert (found.muted, found.clipped_runs_per_s, found.dropped_percent) == (False, 0.0, 0.0)


def test_figures_are_json() -> None:
    facts = measured(speech("fr", 16_000, 4, -26), 16_000).facts()
    assert json.loads(json.dumps(facts)) == facts
    assert facts["bandwidth"] == "wideband"
    assert facts["too_short"] is False
    assert analyse_voice(Recording(np.zeros(0, np.float32), 16_000)).facts()["active_speech_level_dbov"] is None


def test_a_minute_of_stereo_at_96_kilohertz_is_bounded() -> None:
    """Six times the samples of the headset's own take: in time and in memory."""
    x = np.resize(speech("ar", 16_000, 10, -26), 60 * 96_000) + noise(-70, 60, 96_000)
    take = Recording(np.column_stack((x, x)).astype(np.float32), 96_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    found = analyse_voice(take)
    assert time.process_time() - began < 8.0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 700 * 1024
    assert found.active_speech_level_dbov is not None


def test_an_echo_of_a_minute_is_bounded() -> None:
    take = Recording(noise(-60, 60, 48_000).astype(np.float32), 48_000)
    began = time.process_time()
    assert not analyse_echo(Recording(noise(-26, 1.5, 48_000, 3).astype(np.float32), 48_000), take).found
    assert time.process_time() - began < 8.0

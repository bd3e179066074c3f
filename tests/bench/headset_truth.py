"""`python -m tests.bench.headset_truth`: the table of docs/headset.md, measured against true values. Needs espeak-ng.

The true level is a second, slow implementation of ITU-T P.56 that reads sample by sample; the other true values are what the signal was
made with. Speech at 16 kHz unless said, 12 s, 16 bits, in white noise, with three seconds of the same noise alone.
"""

from collections.abc import Callable

import numpy as np

from app.core.acoustics import clipping, dropouts, echo, noise
from app.core.acoustics.analysis import VoiceMeasures, analyse_echo, analyse_voice
from app.core.acoustics.recording import Samples
from tests.audio import rig
from tests.core.acoustics.test_faults import voiced
from tests.core.acoustics.test_speech_level import by_the_letter

LANGUAGES = ("fr", "ar", "en")
RATE_HZ = 16_000


def take(voice: Samples, noise_dbfs: float = -70.0, rate_hz: int = RATE_HZ) -> VoiceMeasures:
    spoken = rig.sounding(voice + rig.noise(noise_dbfs, len(voice) / rate_hz, rate_hz, 5), rate_hz)
    return analyse_voice(spoken, rig.sounding(rig.noise(noise_dbfs, 3, rate_hz, 6), rate_hz))


def level(voice: Samples) -> float:
    return take(voice, -90).active_speech_level_dbov or 0.0


def line(name: str, true: str, measure: Callable[[str], object]) -> None:
    print(f"| {name} | {true} | {' | '.join(str(measure(language)) for language in LANGUAGES)} |", flush=True)


def main() -> None:
    print("| figure | true | French | Arabic | English |\n| --- | --- | --- | --- | --- |")
    voices = {language: rig.speech(language, RATE_HZ) for language in LANGUAGES}
    letters = {language: by_the_letter(voices[language], RATE_HZ) for language in LANGUAGES}
    true = [letters[language] for language in LANGUAGES]
    levels = ", ".join(f"{t.active_dbov:.2f}" for t in true)
    line("active speech level, dBov", levels, lambda k: f"{level(voices[k]):.2f}")
    activities = ", ".join(f"{100 * (t.activity or 0):.1f}" for t in true)
    line("activity, %", activities, lambda k: f"{take(voices[k], -90).activity_percent:.1f}")
    for gain_db in (10, -10, -19):
        line(f"the same, {gain_db:+} dB", f"{-26 + gain_db:.2f}", lambda k, g=gain_db: f"{level(voices[k] * 10 ** (g / 20)):.2f}")
    line("the same, on a constant part of 0.03", "-26.00", lambda k: f"{level(voices[k] + 0.03):.2f}")
    weights = noise.a_weighting(np.linspace(0, RATE_HZ / 2, 10_001)).mean()
    for dbfs in (-75, -60, -45):
        weighted = dbfs + 10 * np.log10(weights)
        line(f"white noise of {dbfs} dBFS, dBFS(A)", f"{weighted:.2f}", lambda k, d=dbfs: f"{take(voices[k], d).noise_dbafs:.2f}")
    for snr in (40, 30, 20, 15, 10, 5):
        line("signal to noise, dB", str(snr), lambda k, s=snr: f"{take(voices[k], -26 - s).snr_db:.2f}")
    for language in LANGUAGES:
        voices[language] = voices[language] / np.max(np.abs(voices[language]))
    for gain in (0.95, 1.2, 1.5, 2.0, 4.0):
        past = [100 * np.mean(np.abs(gain * voices[k]) > 1) for k in LANGUAGES]
        line(
            f"peak at {gain:g} of full scale: samples cut, %",
            ", ".join(f"{p:.2f}" for p in past),
            lambda k, g=gain: "{0.percent:.2f} ({0.runs_per_s:.1f} runs/s)".format(
                clipping.measure(rig.sounding(g * voices[k], RATE_HZ).voice_channel(), RATE_HZ)
            ),
        )
    for rate_hz, through_hz in ((8_000, 8_000), (16_000, 16_000), (16_000, 8_000), (48_000, 16_000), (48_000, 8_000), (48_000, 48_000)):
        line(
            f"recorded at {rate_hz // 1000} kHz through {through_hz // 1000} kHz",
            "narrowband" if through_hz == 8_000 else "wideband",
            lambda k, r=rate_hz, t=through_hz: take(rig.through(rig.speech(k, r), r, t), -65, r).bandwidth,
        )
    line("hum of -60 dBFS in noise of -65, share in dB", "-1.2", lambda _: f"{_hum(-60).share_db:.2f}")
    line("hum of -75 dBFS in noise of -65, share in dB", "-10.4", lambda _: f"{_hum(-75).share_db:.2f}")
    line("holes of 20 ms", "5", lambda k: _holes(k).zero_runs)
    line("dropped, %", "0.83", lambda k: f"{_holes(k).dropped_percent:.2f}")
    for rate_hz in (16_000, 48_000):
        for loss in (20, 35, 45, 55):
            found = analyse_echo(echo.sweep(rate_hz), rig.sounding(_leak(rate_hz, loss), rate_hz))
            name = f"echo at {rate_hz // 1000} kHz in noise of -75 dBFS"
            print(f"| {name} | {loss} dB, 62.5 ms | {found.coupling_loss_db:.2f} dB, {found.delay_ms:.2f} ms | | |")


def _hum(dbfs: float) -> noise.Hum:
    x = rig.noise(-65, 3, RATE_HZ) + rig.tone(50, 3, RATE_HZ, 10 ** ((dbfs + 3.01) / 20))
    return noise.hum(x, RATE_HZ)


def _holes(language: str) -> dropouts.Dropouts:
    x = rig.speech(language, RATE_HZ) + rig.noise(-70, 12, RATE_HZ)
    for place in voiced(x, RATE_HZ, 5):
        x[place : place + RATE_HZ // 50] = 0.0
    return dropouts.measure(rig.sounding(x, RATE_HZ).voice_channel(), RATE_HZ)


def _leak(rate_hz: int, loss_db: float) -> Samples:
    sweep = echo.sweep(rate_hz).voice_channel()
    x = rig.noise(-75, 2.5, rate_hz)
    at = round(0.0625 * rate_hz)
    x[at : at + len(sweep)] += sweep * 10 ** (-loss_db / 20)
    return x


if __name__ == "__main__":
    main()

"""`python -m app.commands.make_voices`: speak the digits of the headset's ear test into `resources/voice/<language>/<digit>.wav`.

The words are ours, the voice is espeak-ng's formant synthesis (`+Annie`: of eight voices tried the one whose ten digits are furthest
apart, by the distance of their mel cepstra, in all three languages together). The files are committed: a PC needs no synthesiser.
"""

import io
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np

from app.core.acoustics.recording import Recording, Samples
from app.core.acoustics.spectrum import frame_powers
from app.core.acoustics.wav import decode
from app.ui.resources import resource

RATE_HZ = 16_000
LEVEL_DBFS = -26.0
"""RMS of the word: an active speech level of a call. No louder, so that nobody is hurt whatever the volume was set to."""
PEAK_DBFS = -14.0
"""Speech peaks 12 to 16 dB above its RMS; the gentle compressor below holds it to 12. Less would not sound like a voice."""
PAD_S = 0.06
"""Silence before the word: the fade lies in it, and no first consonant is lost."""
FADE_S = 0.05
WORDS = {
    "fr": ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    # Spelt for the synthesiser, which leaves out vowels that are not written and says a final « t » nobody says. Nobody reads these.
    "ar": ("صِفْر", "وَاحِد", "إِثْنَان", "ثَلَاثَه", "أَرْبَعَه", "خَمْسَه", "سِتْتَه", "سَبْعَه", "ثَمَانِيَه", "تِسْعَه"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
VOICES = {"fr": ("fr+Annie", 95), "ar": ("ar+Annie", 120), "en": ("en+Annie", 105)}
"""Voice, and words a minute: slow."""
_ACTIVE = 10.0 ** (-35 / 10)
_RATIO = 8.0


def spoken(language: str, digit: int) -> Samples:
    """One word at 16 kHz, at its level. Errors: OSError (no espeak-ng), subprocess.CalledProcessError."""
    voice, speed = VOICES[language]
    words = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", "45", "--stdout", WORDS[language][digit]]
    raw = decode(subprocess.run(words, capture_output=True, check=True, timeout=30).stdout)
    x = raw.resampled(RATE_HZ).voice_channel()
    loud = np.flatnonzero(np.abs(x) > 0.006 * np.abs(x).max())
    x = x[loud[0] : loud[-1] + 1]
    x = _compressed(x - x.mean())
    x = np.concatenate((np.zeros(round(PAD_S * RATE_HZ)), x, np.zeros(round(FADE_S / 2 * RATE_HZ))))
    fade = round(FADE_S * RATE_HZ)
    ramp = 0.5 - 0.5 * np.cos(np.pi * np.arange(fade) / fade)
    x[:fade] *= ramp
    x[-fade:] *= ramp[::-1]
    return _levelled(x)


def level_dbfs(x: Samples) -> float:
    """RMS of a word without the silence about it: of its 20 ms frames within 35 dB of the loudest."""
    power = frame_powers(x, RATE_HZ, 20.0)
    return 10.0 * float(np.log10(power[power > power.max() * _ACTIVE].mean()))


def _levelled(x: Samples) -> Samples:
    return np.asarray(x * 10.0 ** ((LEVEL_DBFS - level_dbfs(x)) / 20.0))


def _compressed(x: Samples) -> Samples:
    """Peaks down until the word fits under its limit: 8:1 above a threshold, the gain following the 10 ms about each sample."""
    reach = round(0.005 * RATE_HZ)
    window = np.hanning(2 * reach + 1)
    padded = np.pad(np.abs(x), 2 * reach)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1).max(axis=1)
    envelope = np.convolve(around, window / window.sum(), "valid")
    threshold = float(envelope.max())
    y = x
    while 20.0 * np.log10(np.max(np.abs(_levelled(y)))) > PEAK_DBFS - 0.3:
        threshold *= 0.95
        y = x * np.minimum(1.0, (threshold / np.maximum(envelope, 1e-9)) ** (1.0 - 1.0 / _RATIO))
        if threshold < 0.02 * float(envelope.max()):
            raise ValueError("a word that cannot be held under its peak")
    return y


def wav(x: Samples) -> bytes:
    """Mono, 16 bits, with the rounding's error spread (triangular dither): a soft end does not crackle."""
    chance = np.random.default_rng(0)
    dither = np.where(x == 0.0, 0.0, chance.random(len(x)) - chance.random(len(x)))
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        writer.writeframes(np.round(x * 32768.0 + dither).astype("<i2").tobytes())
    return file.getvalue()


def main(target: Path | None = None) -> int:
    folder = target or resource("voice")
    for language, words in WORDS.items():
        (folder / language).mkdir(parents=True, exist_ok=True)
        for digit, word in enumerate(words):
            x = spoken(language, digit)
            (folder / language / f"{digit}.wav").write_bytes(wav(x))
            peak = 20.0 * np.log10(np.max(np.abs(x)))
            take = Recording(x.astype(np.float32), RATE_HZ)
            print(f"{language} {digit} {word:<10} {take.seconds:.2f} s  {level_dbfs(x):.1f} dBFS  peak {peak:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

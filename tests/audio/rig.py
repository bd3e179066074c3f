"""Sound for tests: a PulseAudio of their own with a virtual headset, speech made on the spot, and noise of a known level."""

import functools
import shutil
import subprocess
from collections.abc import Iterator

import numpy as np
import pytest

from app.commands.virtual_headset import VirtualHeadset, missing
from app.core.acoustics import speech_level
from app.core.acoustics.recording import Pcm, Recording, Samples

SENTENCES = {
    "fr": "Bonjour, vous êtes bien au service client. Je m'appelle Salma et je vais vous aider. Puis-je avoir votre numéro de dossier, "
    "s'il vous plaît ? Merci. Votre commande est partie hier soir et arrivera demain avant midi.",
    "ar": "مرحبا بكم في خدمة الزبناء. اسمي سلمى وسأساعدكم اليوم. هل يمكن أن تعطوني رقم الملف من فضلكم؟ شكرا لكم. "
    "خرجت طلبيتكم مساء أمس وستصل غدا قبل الظهر.",
    "en": "Hello, you have reached customer service. My name is Salma and I will help you today. Could you give me your file number, "
    "please? Thank you. Your order left yesterday evening and arrives tomorrow before noon.",
}
VOICES = {"fr": "fr-fr", "ar": "ar", "en": "en-gb"}

needs_sound = pytest.mark.skipif(bool(missing()), reason=missing() or "sound")
SPEAKS = shutil.which("espeak-ng") is not None
needs_speech = pytest.mark.skipif(not SPEAKS, reason="no espeak-ng")


def virtual_headset() -> Iterator[VirtualHeadset]:
    """For a fixture: `sound = pytest.fixture(scope="module")(rig.virtual_headset)`."""
    if why := missing():
        pytest.skip(why)
    with VirtualHeadset() as headset:
        yield headset


@functools.cache
def spoken(language: str, rate_hz: int) -> Samples:
    words = ["espeak-ng", "-v", VOICES[language], "-s", "155", "--stdout", SENTENCES[language]]
    wav = subprocess.run(words, capture_output=True, check=True, timeout=30).stdout
    return Recording.from_pcm(wav[44:], Pcm.INT16, 1, 22_050).resampled(rate_hz).voice_channel()


def speech(language: str, rate_hz: int, seconds: float = 12.0, dbov: float = -26.0) -> Samples:
    """A synthesiser reading an agent's sentences, over and over, at an active speech level of `dbov`. Its pauses are all but silent."""
    return _speech(language, rate_hz, seconds, dbov).copy()


@functools.lru_cache(maxsize=32)
def _speech(language: str, rate_hz: int, seconds: float, dbov: float) -> Samples:
    x = np.resize(spoken(language, rate_hz), int(seconds * rate_hz))
    for _ in range(4):  # the method's grid of thresholds moves a level by up to a tenth of a decibel
        level = speech_level.measure(x, rate_hz).active_dbov
        assert level is not None
        if abs(dbov - level) < 0.005:
            break
        x = x * 10.0 ** ((dbov - level) / 20.0)
    return x


def noise(dbfs: float, seconds: float, rate_hz: int, seed: int = 1) -> Samples:
    """White noise."""
    return np.random.default_rng(seed).normal(0.0, 10.0 ** (dbfs / 20.0), int(seconds * rate_hz))


def tone(hz: float, seconds: float, rate_hz: int, amplitude: float = 1.0) -> Samples:
    return np.asarray(amplitude * np.sin(2.0 * np.pi * hz * np.arange(int(seconds * rate_hz)) / rate_hz))


def through(x: Samples, rate_hz: int, narrow_hz: int) -> Samples:
    """What is left after a path that samples at `narrow_hz`, as Bluetooth's hands-free profile does at 8 kHz."""
    narrow = Recording(x.astype(np.float32), rate_hz).resampled(narrow_hz)
    return np.resize(narrow.resampled(rate_hz).voice_channel(), len(x))


def sounding(x: Samples, rate_hz: int, bits: int = 16) -> Recording:
    """Through a converter of so many bits, cut off at full scale."""
    steps = 2.0 ** (bits - 1)
    whole = np.clip(np.round(x * steps), -steps, steps - 1)
    return Recording((whole / steps).astype(np.float32), rate_hz, step=1.0 / steps)


def floats(x: Samples) -> bytes:
    """As the rig takes them."""
    return x.astype("<f4").tobytes()

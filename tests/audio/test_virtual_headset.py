"""The rig itself: what is fed in comes out of the microphone, what is played comes out of the ear piece, and nothing stays behind."""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from app.commands.virtual_headset import RATE_HZ, VirtualHeadset
from app.core.acoustics import echo
from app.core.acoustics.analysis import analyse_echo, analyse_voice
from app.core.acoustics.bandwidth import Bandwidth
from app.core.acoustics.recording import Pcm, Recording
from tests.audio import rig
from tests.audio.rig import floats, needs_sound, needs_speech, noise, speech

pytestmark = needs_sound
sound = pytest.fixture(scope="module")(rig.virtual_headset)


@contextlib.contextmanager
def microphone(sound: VirtualHeadset, name: str = "headset_mic") -> Iterator[Callable[[float], Recording]]:
    """`take(seconds)` of what the microphone gives, from now on."""
    words = ["parec", "--raw", f"--device={name}", "--format=float32le", f"--rate={RATE_HZ}", "--channels=1", "--latency-msec=20"]
    program = subprocess.Popen(words, env=sound.environment, stdout=subprocess.PIPE)
    assert program.stdout is not None
    pipe = program.stdout

    def take(seconds: float) -> Recording:
        return Recording.from_pcm(pipe.read(int(seconds * RATE_HZ) * 4), Pcm.FLOAT32, 1, RATE_HZ)

    try:
        take(0.05)
        yield take
    finally:
        program.kill()
        program.wait()
        pipe.close()


def play(sound: VirtualHeadset, samples: np.typing.NDArray[np.float32]) -> None:
    """To the ear piece, to the end."""
    channels = 1 if samples.ndim == 1 else samples.shape[1]
    words = ["pacat", "--raw", "--device=headset", "--format=float32le", f"--rate={RATE_HZ}", f"--channels={channels}"]
    subprocess.run([*words, "--latency-msec=200"], env=sound.environment, input=samples.astype("<f4").tobytes(), check=True, timeout=20)


def test_starts_quickly_and_leaves_nothing() -> None:
    began = time.monotonic()
    with VirtualHeadset() as headset:
        took = time.monotonic() - began
        socket = headset.environment["PULSE_SERVER"].removeprefix("unix:")
        server = headset._server
        assert server is not None
        headset.listen()
        headset.speak(floats(noise(-40, 1, RATE_HZ)), again=True)
        assert os.path.exists(socket)
    assert took < 2.0 * max(1.0, os.getloadavg()[0])  # two seconds, on a machine that has them
    assert server.poll() is not None
    assert not os.path.exists(os.path.dirname(socket))
    headset.stop()


def test_what_is_spoken_is_recorded(sound: VirtualHeadset) -> None:
    with sound.speaking(floats(noise(-50, 2, RATE_HZ)), again=True), microphone(sound) as take:
        take(0.5)
        heard = take(1.0).voice_channel()
    assert 10 * np.log10(np.mean(heard**2)) == pytest.approx(-50, abs=0.5)


def test_left_and_right_are_told_apart(sound: VirtualHeadset) -> None:
    ear = sound.listen()
    while not ear.listening():
        time.sleep(0.01)
    stereo = np.zeros((RATE_HZ // 2, 2), np.float32)
    stereo[:, 0] = 0.1 * np.sin(np.arange(len(stereo)) * 0.1)
    play(sound, stereo)
    heard = Recording.from_pcm(ear.stop(), Pcm.FLOAT32, 2, RATE_HZ).samples
    assert np.max(np.abs(heard[:, 0])) == pytest.approx(0.1, abs=0.001)
    assert np.max(np.abs(heard[:, 1])) == 0.0


@pytest.mark.parametrize("loss_db", [20.0, 45.0])
def test_the_ear_piece_leaks_as_much_as_it_is_told(sound: VirtualHeadset, loss_db: float) -> None:
    sweep = echo.sweep(RATE_HZ)
    sound.couple(loss_db)
    try:
        with microphone(sound) as take:
            play(sound, sweep.samples[:, 0])
            found = analyse_echo(sweep, take(2.5))
    finally:
        sound.couple(None)
    assert found.found
    assert found.coupling_loss_db == pytest.approx(loss_db, abs=0.3)


def test_mute_is_digital_silence(sound: VirtualHeadset) -> None:
    with sound.speaking(floats(noise(-30, 2, RATE_HZ)), again=True), microphone(sound) as take:
        sound.mute(True)
        try:
            take(0.5)
            assert not np.any(take(0.3).samples)
        finally:
            sound.mute(False)


def test_a_stalled_microphone_gives_nothing_until_it_goes_on(sound: VirtualHeadset) -> None:
    with sound.speaking(floats(noise(-30, 2, RATE_HZ)), again=True):
        words = ["parec", "--raw", "--device=headset_mic", "--format=s16le", "--rate=8000", "--channels=1", "--latency-msec=20"]
        program = subprocess.Popen(words, env=sound.environment, stdout=subprocess.PIPE)
        assert program.stdout is not None
        try:
            assert program.stdout.read(800)
            sound.stall(True)
            os.set_blocking(program.stdout.fileno(), False)
            silent_since = time.monotonic()
            while time.monotonic() - silent_since < 0.3:  # what was on its way comes first
                if program.stdout.read():
                    silent_since = time.monotonic()
                time.sleep(0.01)
            sound.stall(False)
            os.set_blocking(program.stdout.fileno(), True)
            assert program.stdout.read(800)
        finally:
            program.kill()
            program.wait()
            program.stdout.close()


def test_unplugged_and_plugged_again(sound: VirtualHeadset) -> None:
    sound.unplug()
    assert "headset" not in sound.control("list", "short", "sources")
    assert sound.control("get-default-source") == "builtin_mic"
    sound.plug("Casque", mic_rate_hz=8_000, bus="bluetooth")
    assert "headset_mic\tmodule-remap-source.c\tfloat32le 2ch 8000Hz" in sound.control("list", "short", "sources")
    assert sound.control("get-default-source") == "headset_mic"
    assert 'device.bus = "bluetooth"' in sound.control("list", "sources")
    sound.unplug()
    sound.plug()


@needs_speech
@pytest.mark.parametrize(
    ("language", "dbov", "rate_hz", "bandwidth"), [("fr", -26.0, 48_000, Bandwidth.WIDEBAND), ("ar", -38.0, 8_000, Bandwidth.NARROWBAND)]
)
def test_speech_through_the_sound_server(sound: VirtualHeadset, language: str, dbov: float, rate_hz: int, bandwidth: Bandwidth) -> None:
    """Spoken in a room with noise, heard by a USB headset and by Bluetooth's hands-free profile, measured as it was spoken."""
    sound.unplug()
    sound.plug(mic_rate_hz=rate_hz, bus="usb" if rate_hz == RATE_HZ else "bluetooth")
    try:
        with sound.speaking(floats(noise(-66, 4, RATE_HZ)), again=True), microphone(sound) as take:
            take(0.5)
            room = take(1)
            with sound.speaking(floats(speech(language, RATE_HZ, 4, dbov)), again=True):
                take(0.5)
                found = analyse_voice(take(3), room)
    finally:
        sound.unplug()
        sound.plug()
    assert found.active_speech_level_dbov == pytest.approx(dbov, abs=1.0)
    # Of 24 kHz of noise the narrow microphone hears 3 to 4, as the server's resampler rolls off.
    assert found.noise_dbfs == pytest.approx(-66 if rate_hz == RATE_HZ else -74.5, abs=1.0)
    assert found.bandwidth is bandwidth
    assert (found.muted, found.clipped_runs_per_s) == (False, 0.0)


def test_no_pulseaudio_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.commands import virtual_headset

    monkeypatch.setenv("PATH", "/nowhere")
    assert virtual_headset.missing() == "no pulseaudio, pactl, pacat, parec"

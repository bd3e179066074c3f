"""The signal as a sound: what a real sound server was given follows the signal, and where there is none the page says so."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.core.tones import pitch_hz
from tests.steps.box.heard import SPOTS

RATE = 48_000


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A PulseAudio of the test's own with one output; the environment that leads to it."""
    if not all(shutil.which(tool) for tool in ("pulseaudio", "parec", "pactl")):
        pytest.skip("needs pulseaudio and pulseaudio-utils")
    run = tmp_path / "run"
    (run / "pulse").mkdir(parents=True, mode=0o700)
    run.chmod(0o700)
    home = tmp_path / "home"
    home.mkdir()
    server = f"unix:{run}/native"
    there = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(run), "PULSE_SERVER": server}
    words = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--realtime=no", "--high-priority=no"]
    words += ["-L", f"module-native-protocol-unix socket={run}/native auth-anonymous=1"]
    words += ["-L", f"module-null-sink sink_name=speakers rate={RATE}"]
    with (tmp_path / "pulse.log").open("wb") as log:
        process = subprocess.Popen(words, env=there, stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 20
        while subprocess.run(["pactl", "info"], env=there, capture_output=True, check=False).returncode != 0:
            assert process.poll() is None
            assert time.monotonic() < deadline, (tmp_path / "pulse.log").read_text("utf-8")
            time.sleep(0.05)
        yield there
    finally:
        process.terminate()
        process.wait(10)


def walk(environment: dict[str, str]) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.steps.box.heard"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def pitches(samples: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> list[float]:
    """The pitch of each sound between silences, in Hz."""
    loud = np.flatnonzero(np.abs(samples) > 0.003)
    found = []
    for part in np.split(loud, np.flatnonzero(np.diff(loud) > RATE // 20) + 1):
        piece = samples[part[0] : part[-1] + 1]
        if len(piece) > RATE // 20:
            spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 1 << 17))
            found.append(float(np.argmax(spectrum)) * RATE / (1 << 17))
    return found


def test_what_is_heard_follows_the_signal_and_ends_with_the_page(sound: dict[str, str], tmp_path: Path) -> None:
    heard = tmp_path / "heard.raw"
    words = ["parec", "--raw", "--latency-msec=20", "--format=s16le", f"--rate={RATE}", "--channels=1", "-d", "speakers.monitor"]
    with heard.open("wb") as into:
        recorder = subprocess.Popen(words, env=sound, stdout=into)
    try:
        assert walk(sound) == [str(dbm) for dbm in SPOTS]
    finally:
        recorder.terminate()
        recorder.wait(10)
    samples = np.frombuffer(heard.read_bytes(), dtype="<i2").astype(float) / 32768
    found = pitches(samples)
    wanted = [pitch_hz(dbm, -110, -95) for dbm in SPOTS]
    # The median of three looks is sounded: between two spots it may be either, never anything else.
    nearest = [min(range(len(wanted)), key=lambda at: abs(wanted[at] - hz)) for hz in found]
    assert all(abs(wanted[at] - hz) < 0.02 * wanted[at] for at, hz in zip(nearest, found, strict=True)), found
    assert nearest == sorted(nearest), "higher and higher, as the signal"
    assert set(nearest) == set(range(len(SPOTS)))
    assert 20 * np.log10(np.abs(samples).max()) == pytest.approx(-26, abs=0.3)


def test_without_an_output_the_toggle_says_so(tmp_path: Path) -> None:
    nowhere = {**os.environ, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path), "PULSE_SERVER": f"unix:{tmp_path}/none"}
    assert walk(nowhere) == ["mute True This PC has no sound output: watch the curve."]

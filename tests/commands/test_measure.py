"""`marhaba measure` as it is typed: figures of good files, one line and code 2 for all others."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.audio.rig import needs_speech, noise, speech
from tests.audio.wav import wav
from tests.commands.test_command_line import marhaba

KEYS = {
    "active_speech_level_dbov", "activity_percent", "noise_dbafs", "snr_db", "clipped_runs_per_s", "bandwidth", "muted", "hum",
    "dropped_percent", "mono",
}  # fmt: skip


@needs_speech
def test_a_voice_and_its_room(tmp_path: Path) -> None:
    voice, room = tmp_path / "voix.wav", tmp_path / "غرفة.wav"
    voice.write_bytes(wav(speech("ar", 48_000, 10, -26) + noise(-60, 10, 48_000), 48_000, 24, extensible=True))
    room.write_bytes(wav(np.column_stack([noise(-60, 3, 16_000)] * 2), 16_000, 32, floating=True))
    done = marhaba("measure", voice, "--silence", room, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found.keys() >= KEYS
    assert found["active_speech_level_dbov"] == pytest.approx(-26, abs=0.1)
    assert found["snr_db"] == pytest.approx(34, abs=0.4)
    assert found["noise_dbafs"] == pytest.approx(-60.4, abs=0.6)
    assert (found["bandwidth"], found["muted"], found["hum"], found["clipped_runs_per_s"]) == ("wideband", False, False, 0.0)

    table = marhaba("measure", voice)
    assert (table.returncode, table.stderr) == (0, "")
    assert "active speech level     -26" in table.stdout
    assert "hum                     -" in table.stdout


def test_silence_has_figures_too_and_short_is_said(tmp_path: Path) -> None:
    path = tmp_path / "short.wav"
    path.write_bytes(wav(np.zeros(16_000), 16_000))
    done = marhaba("measure", path, "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, found["active_speech_level_dbov"], found["snr_db"], found["bandwidth"]) == (0, None, None, None)
    assert (found["muted"], found["too_short"]) == (True, True)
    assert done.stderr == f"marhaba measure: {path}: 1.0 s is too short for a sure level, 3 s at least\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a WAV file"),
        (b"ceci n'est pas du son", "not a WAV file"),
        (wav(np.zeros(100), 16_000)[:80], "cut short: the file holds less than its header says"),
        (wav(np.zeros(0), 16_000), "no sound in it"),
        (wav(np.zeros(10), 16_000).replace(b"fmt \x10\0\0\0\1", b"fmt \x10\0\0\0\6"), "not PCM"),
        (None, "No such file or directory"),
    ],
    ids=["empty", "text", "truncated", "no sample", "A-law", "missing"],
)
def test_what_is_no_recording(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path, good = tmp_path / "bad.wav", tmp_path / "good.wav"
    good.write_bytes(wav(noise(-30, 3, 16_000), 16_000))
    if content is not None:
        path.write_bytes(content)
    for arguments in ((path, "--json"), (good, "--silence", path)):
        done = marhaba("measure", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"marhaba measure: {path}: {reason}")
        assert done.stderr.count("\n") == 1


def test_a_folder_an_endless_file_and_a_huge_one(tmp_path: Path) -> None:
    assert marhaba("measure", "/").returncode == 2
    done = marhaba("measure", "/dev/zero")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "marhaba measure: /dev/zero: not a WAV file\n")
    path = tmp_path / "huge.wav"
    with path.open("wb") as file:
        file.write(wav(np.zeros(0), 48_000, data_size=2**31 - 2**16))
        file.truncate(2**31)  # sparse: it takes no room
    done = marhaba("measure", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "too big" in done.stderr


def test_names_that_are_no_text_and_readers_that_leave(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"voix-\xff.wav")
    with open(path, "wb") as file:
        file.write(wav(noise(-30, 3, 16_000), 16_000))
    command = f"{sys.executable} -m app measure '{os.fsdecode(path)}'"
    done = subprocess.run(["sh", "-c", f"{command} && {command} --json | true"], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "voix-\\udcff.wav: 3 s" in done.stdout


def test_no_file_is_a_usage_error() -> None:
    assert marhaba("measure").returncode == 2

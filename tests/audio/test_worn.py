"""The headset step on a real sound system: PulseAudio, a virtual headset, a voice made on the spot, cables pulled out."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.commands.virtual_headset import VirtualHeadset
from tests.audio import rig

pytestmark = rig.needs_sound
RATE = 48_000
LOSS_DB = 50.0
LIMITS = {
    "silence_s": 1, "voice_s": 4, "level_dbov_min": -45, "level_dbov_good_min": -36, "level_dbov_good_max": -16, "level_dbov_max": -10,
    "activity_percent_min": 35, "noise_dbafs_good": -60, "noise_dbafs_max": -50, "snr_db_good": 25, "snr_db_min": 15,
    "clipped_runs_per_s_good": 0.5, "clipped_runs_per_s_max": 2, "coupling_loss_db_good": 45, "coupling_loss_db_min": 35,
    "latency_ms_max": 250, "narrowband_allowed": True,
}  # fmt: skip


class Agent:
    """Who wears the headset: acts on the page in the other process, and sees what it shows."""

    def __init__(self, headset: VirtualHeadset, folder: Path) -> None:
        sound = {name: value for name, value in headset.environment.items() if name.startswith("PULSE_")}
        self._program = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.audio.wearer", str(folder), json.dumps(LIMITS)],
            env={**os.environ, **sound}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def do(self, *act: Any) -> dict[str, Any]:
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write(json.dumps(act) + "\n")
        self._program.stdin.flush()
        seen: dict[str, Any] = json.loads(self._program.stdout.readline())
        assert "error" not in seen, seen
        return seen

    def close(self) -> int:
        assert self._program.stdin is not None
        self._program.stdin.close()
        try:
            return self._program.wait(20)
        finally:
            self._program.kill()
            if self._program.stdout is not None:
                self._program.stdout.close()


@pytest.fixture(scope="module")
def headset() -> Iterator[VirtualHeadset]:
    with VirtualHeadset(plugged=False) as made:
        made.couple(LOSS_DB)
        made.plug("Jabra Evolve2 40 USB")
        yield made


@pytest.fixture
def agent(headset: VirtualHeadset, tmp_path: Path) -> Iterator[Agent]:
    headset.plug("Jabra Evolve2 40 USB")
    made = Agent(headset, tmp_path)
    made.do("enter")
    yield made
    assert made.close() == 0


def spoken(dbov: float = -26.0, language: str = "fr", seconds: float = 8.0) -> bytes:
    return rig.speech(language, RATE, seconds, dbov).astype("<f4").tobytes()


def room(dbfs: float) -> bytes:
    return rig.noise(dbfs, 6.0, RATE).astype("<f4").tobytes()


def skip_ears(agent: Agent) -> None:
    """They were heard an hour ago, the draft says."""
    agent.do("heard")


@rig.needs_speech
def test_the_whole_step_digits_and_all(agent: Agent, headset: VirtualHeadset) -> None:
    ear = headset.listen()
    agent.do("ear")
    seen = agent.do("ear")
    assert seen["found"]["ears"]["facts"] == {"left_heard": True, "right_heard": True, "ear_tries": 2}
    heard = np.frombuffer(ear.stop(), "<f4").reshape(-1, 2)
    assert 20 * np.log10(np.abs(heard).max()) < -13.9, "no louder than a voice of a call"
    left, right = np.flatnonzero(np.abs(heard[:, 0]) > 0.001), np.flatnonzero(np.abs(heard[:, 1]) > 0.001)
    assert left[-1] < right[0], "left, then right, never both"
    with headset.speaking(room(-70.0), again=True):
        agent.do("begin")
        agent.do("end")
        with headset.speaking(spoken(), again=True):
            agent.do("begin")
            seen = agent.do("end")
        voice = seen["found"]["voice"]
        assert voice["wrong"] == []
        assert voice["facts"]["active_speech_level_dbov"] == pytest.approx(-26, abs=1.5)
        assert voice["facts"]["noise_dbfs"] == pytest.approx(-70, abs=0.5)
        assert abs(voice["facts"]["clock_error_percent"]) < 1.0
        assert seen["levels"] >= 0.8 * 25 * 4, "the meter moves 25 times a second"
        agent.do("press")
        seen = agent.do("end")
        assert seen["heard_back"]
        agent.do("press")
        headset.lay_anew()
        agent.do("begin")
        seen = agent.do("end")
    assert seen["result"] == ["passed", "headset.passed", True]
    assert seen["found"]["echo"]["facts"]["coupling_loss_db"] == pytest.approx(LOSS_DB, abs=1.0)
    assert 20 < seen["found"]["echo"]["facts"]["echo_delay_ms"] < 250
    seen = agent.do("leave")
    assert seen["result"] is not None


@rig.needs_speech
@pytest.mark.parametrize(
    ("dbov", "noise_dbfs", "code"),
    [(-49.0, -80.0, "headset.too_quiet"), (-2.0, -70.0, "headset.clipping"), (-26.0, -40.0, "headset.noisy")],
)
def test_voices_and_rooms(dbov: float, noise_dbfs: float, code: str, agent: Agent, headset: VirtualHeadset) -> None:
    skip_ears(agent)
    with headset.speaking(room(noise_dbfs), again=True):
        agent.do("begin")
        seen = agent.do("end")
        if code != "headset.noisy":
            with headset.speaking(spoken(dbov, "ar"), again=True):
                agent.do("begin")
                seen = agent.do("end")
    assert seen["result"][:2] == ["failed", code], seen["found"]


def test_a_muted_microphone(agent: Agent, headset: VirtualHeadset) -> None:
    skip_ears(agent)
    headset.mute(True)
    try:
        with headset.speaking(room(-30.0), again=True):
            for _ in range(2):
                agent.do("begin")
                seen = agent.do("end")
    finally:
        headset.mute(False)
    assert seen["result"][:2] == ["failed", "headset.muted"]


@rig.needs_speech
def test_a_mute_button_touched_while_reading(agent: Agent, headset: VirtualHeadset) -> None:
    skip_ears(agent)
    with headset.speaking(room(-70.0), again=True):
        agent.do("begin")
        agent.do("end")
        with headset.speaking(spoken(), again=True):
            agent.do("begin")
            headset.mute(True)
            try:
                agent.do("wait", 1.2)
            finally:
                headset.mute(False)
            seen = agent.do("end")
    voice = seen["found"]["voice"]
    assert voice["wrong"] == [["headset.muted_part", "warning"]]
    assert 0.5 <= voice["facts"]["muted_s"] < 3.0


def test_a_microphone_that_stalls_is_given_up_and_tried_again(agent: Agent, headset: VirtualHeadset) -> None:
    skip_ears(agent)
    with headset.speaking(room(-70.0), again=True):
        headset.stall(True)
        try:
            agent.do("press")
            seen = agent.do("end")
        finally:
            headset.stall(False)
        assert seen["result"][:2] == ["could_not_check", "headset.stalled"]
        assert seen["took_s"] < 10
        agent.do("begin")
        seen = agent.do("end")
    assert seen["found"]["silence"]["wrong"] == []


def test_leaving_in_the_middle_of_a_take_and_coming_back(agent: Agent, headset: VirtualHeadset) -> None:
    skip_ears(agent)
    with headset.speaking(room(-70.0), again=True):
        agent.do("begin")
        agent.do("leave")
        seen = agent.do("enter")
        assert seen["found"] == {}, "nothing was finished, nothing is kept"
        skip_ears(agent)
        agent.do("begin")
        seen = agent.do("end")
    assert seen["found"]["silence"]["wrong"] == []


def test_a_headset_pulled_out_in_the_middle_and_put_back(agent: Agent, headset: VirtualHeadset) -> None:
    skip_ears(agent)
    with headset.speaking(room(-70.0), again=True):
        agent.do("begin")
        agent.do("end")
        agent.do("begin")
        headset.unplug()
        seen = agent.do("end")
        assert seen["took_s"] < 5
        assert seen["found"]["voice"]["wrong"] == [["headset.vanished", "could_not_check"]]
        seen = agent.do("sees", "headset.vanished")
        assert seen["result"][:2] == ["could_not_check", "headset.vanished"]
        assert seen["microphone"].startswith("Jabra"), "nobody is moved to the built-in microphone"
        assert all("Jabra" not in name for name in seen["inputs"] + seen["outputs"])
        headset.plug("Jabra Evolve2 40 USB")
        seen = agent.do("sees", "")
    assert set(seen["found"]) >= {"ears", "silence"}, "what was done is kept"
    assert any("Jabra" in name for name in seen["inputs"])


def test_the_last_microphone_pulled_out_is_gone_though_qt_lists_it(headset: VirtualHeadset, tmp_path: Path) -> None:
    for module in headset.control("list", "short", "modules").splitlines():
        number, *_ = module.split("\t")
        if "source_name=builtin_mic" in module:
            headset.control("unload-module", number)
    headset.plug("Jabra Evolve2 40 USB")
    agent = Agent(headset, tmp_path)
    try:
        seen = agent.do("enter")
        assert [name for name in seen["inputs"] if "Jabra" not in name] == []
        headset.unplug()
        seen = agent.do("sees", "headset.vanished")
        assert seen["inputs"] == []
        headset.plug("Jabra Evolve2 40 USB")
        assert agent.do("sees", "")["microphone"].startswith("Jabra")
    finally:
        assert agent.close() == 0

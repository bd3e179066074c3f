"""Which headset the demo wears."""

import os

import pytest

from app.commands import demo_headset
from tests.audio.rig import needs_sound


def test_without_pulseaudio_it_is_one_in_memory(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(demo_headset, "missing", lambda: "no pulseaudio")
    with demo_headset.worn_headset("fr", somebody_is_there=False) as worn:
        assert worn.setting == "memory"
        worn.begin_to_speak()
        worn.be_ready_for_echo()
        worn.be_silent()
    assert "no pulseaudio" in capsys.readouterr().out


@needs_sound
def test_with_it_programs_find_a_virtual_one_and_nothing_stays() -> None:
    before = dict(os.environ)
    with demo_headset.worn_headset("ar", somebody_is_there=False) as worn:
        assert worn.setting == "system"
        assert os.environ["PULSE_SERVER"].startswith("unix:")
        assert os.environ.get("HOME") == before.get("HOME"), "the program's own home stays"
        worn.begin_to_speak()
        worn.be_silent()
        worn.be_ready_for_echo()
    assert dict(os.environ) == before


@needs_sound
@pytest.mark.parametrize(("plugged", "setting"), [(True, ""), (False, "memory")])
def test_a_person_at_the_screen_wears_their_own(plugged: bool, setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The virtual PC has a built-in microphone in any case: no headset, and the step would fail with it."""
    with demo_headset.VirtualHeadset(plugged=plugged) as headset:
        for name, value in headset.environment.items():
            if name.startswith("PULSE_"):
                monkeypatch.setenv(name, value)
        with demo_headset.worn_headset("fr", somebody_is_there=True) as worn:
            assert worn.setting == setting


def test_a_person_whose_pc_has_no_sound_gets_one_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent/socket")
    with demo_headset.worn_headset("fr", somebody_is_there=True) as worn:
        assert worn.setting == "memory"

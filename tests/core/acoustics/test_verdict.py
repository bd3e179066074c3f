"""Figures to words: every code at its limit, nothing without a limit, and limits that make no sense refused by name."""

import json
from dataclasses import fields, replace
from typing import Any

import pytest

from app.core.acoustics.analysis import EchoMeasures, VoiceMeasures, analyse_voice
from app.core.acoustics.bandwidth import Bandwidth
from app.core.acoustics.mute import Mute
from app.core.acoustics.recording import Recording
from app.core.acoustics.verdict import Finding, Limits, Severity, judge
from app.core.errors import ContentError
from app.ui.resources import resource
from tests.audio.rig import noise

LIMITS = Limits.of(
    {
        "level_dbov_min": -45, "level_dbov_good_min": -36, "level_dbov_good_max": -16, "level_dbov_max": -10, "activity_percent_min": 35,
        "noise_dbafs_good": -60, "noise_dbafs_max": -50, "snr_db_good": 25, "snr_db_min": 15,
        "clipped_runs_per_s_good": 0.5, "clipped_runs_per_s_max": 2, "dropped_percent_good": 0.2, "dropped_percent_max": 0.5,
        "coupling_loss_db_good": 45, "coupling_loss_db_min": 35, "latency_ms_good": 100, "latency_ms_max": 250,
        "narrowband_allowed": True,
    }
)  # fmt: skip
GOOD = replace(
    analyse_voice(Recording(noise(-30, 4, 16_000).astype("f4"), 16_000)),
    active_speech_level_dbov=-26.0, activity_percent=75.0, noise_dbafs=-66.0, noise_dbfs=-64.0, snr_db=38.0, bandwidth=Bandwidth.WIDEBAND,
    clipped_runs_per_s=0.0, dropped_percent=0.0, muted=False, mute=Mute.NONE, hum=False,
)  # fmt: skip
ECHO = EchoMeasures(True, 40.0, 50.0, 52.0)


def said(measures: VoiceMeasures | EchoMeasures, limits: Limits = LIMITS) -> list[tuple[str, str]]:
    return [(finding.code.removeprefix("headset."), finding.severity.value) for finding in judge(measures, limits)]


def test_a_good_take_has_no_finding() -> None:
    assert said(GOOD) == []
    assert said(ECHO) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"muted": True, "mute": Mute.HARDWARE}, [("muted", "failed")]),
        ({"active_speech_level_dbov": None}, [("no_speech", "failed")]),
        ({"activity_percent": 20.0}, [("no_speech", "failed")]),
        ({"snr_db": 2.0}, [("no_speech", "failed")]),
        ({"snr_db": None}, [("no_speech", "failed")]),
        ({"active_speech_level_dbov": -36.0}, []),
        ({"active_speech_level_dbov": -36.1}, [("too_quiet", "warning")]),
        ({"active_speech_level_dbov": -45.1}, [("too_quiet", "failed")]),
        ({"active_speech_level_dbov": -15.9}, [("too_loud", "warning")]),
        ({"active_speech_level_dbov": -9.9}, [("too_loud", "failed")]),
        ({"noise_dbafs": -59.0}, [("noisy", "warning")]),
        ({"noise_dbafs": -49.0}, [("noisy", "failed")]),
        ({"snr_db": 24.0}, [("low_snr", "warning")]),
        ({"snr_db": 14.0}, [("low_snr", "failed")]),
        ({"clipped_runs_per_s": 0.5}, []),
        ({"clipped_runs_per_s": 1.0}, [("clipping", "warning")]),
        ({"clipped_runs_per_s": 2.5}, [("clipping", "failed")]),
        ({"dropped_percent": 0.3}, [("dropouts", "warning")]),
        ({"dropped_percent": 0.6}, [("dropouts", "failed")]),
        ({"hum": True}, [("hum", "warning")]),
        ({"bandwidth": Bandwidth.NARROWBAND}, [("narrowband", "warning")]),
        ({"bandwidth": Bandwidth.UNCERTAIN}, []),
        ({"noise_dbafs": None, "noise_dbfs": None, "snr_db": None, "hum": None}, []),
        ({"noise_dbafs": -59.0, "snr_db": 14.0}, [("low_snr", "failed"), ("noisy", "warning")]),
        ({"clipped_runs_per_s": 3.0, "snr_db": 14.0}, [("clipping", "failed"), ("low_snr", "failed")]),
    ],
)  # fmt: skip
def test_voice(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(replace(GOOD, **change)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"coupling_loss_db": 44.0}, [("echo", "warning")]),
        ({"coupling_loss_db": 34.0}, [("echo", "failed")]),
        ({"delay_ms": 120.0}, [("high_latency", "warning")]),
        ({"delay_ms": 251.0, "coupling_loss_db": 40.0}, [("high_latency", "failed"), ("echo", "warning")]),
        ({"found": False, "delay_ms": None, "coupling_loss_db": 12.0}, []),
    ],
)
def test_echo(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(replace(ECHO, **change)) == expected


def test_a_finding_names_its_figure() -> None:
    assert judge(replace(GOOD, snr_db=14.0), LIMITS) == [Finding("headset.low_snr", Severity.FAILED, "snr_db")]


def test_narrowband_may_be_refused() -> None:
    narrow = replace(GOOD, bandwidth=Bandwidth.NARROWBAND)
    assert said(narrow, replace(LIMITS, narrowband_allowed=False)) == [("narrowband", "failed")]
    assert said(narrow, Limits()) == []


def test_without_limits_only_a_dead_microphone_and_silence_are_faults() -> None:
    awful = replace(GOOD, active_speech_level_dbov=-60.0, noise_dbafs=-30.0, snr_db=4.0, clipped_runs_per_s=90.0, dropped_percent=50.0)
    assert said(awful, Limits()) == []
    assert said(replace(awful, muted=True), Limits()) == [("muted", "failed")]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"levle_dbov_min": -45}, "content.limit_unknown"),
        ({"level_dbov_min": "-45"}, "content.limit_invalid"),
        ({"level_dbov_min": True}, "content.limit_invalid"),
        ({"level_dbov_min": float("nan")}, "content.limit_invalid"),
        ({"level_dbov_min": float("inf")}, "content.limit_invalid"),
        ({"level_dbov_min": [1]}, "content.limit_invalid"),
        ({"narrowband_allowed": 1}, "content.limit_invalid"),
        ({"snr_db_good": 10, "snr_db_min": 20}, "content.limits_crossed"),
        ({"level_dbov_min": -20, "level_dbov_good_min": -30}, "content.limits_crossed"),
    ],
)
def test_limits_that_make_no_sense(given: dict[str, Any], code: str) -> None:
    with pytest.raises(ContentError) as caught:
        Limits.of(given)
    assert caught.value.code == code
    assert next(iter(caught.value.facts.values()))


def test_the_steps_own_values_are_let_by() -> None:
    assert Limits.of({"voice_s": 10, "snr_db_min": None}, others=("voice_s",)) == Limits()


@pytest.mark.parametrize("name", ["start", "telecom-fr", "banque-fr"])
def test_the_journeys_that_come_along_set_every_limit(name: str) -> None:
    steps = json.loads(resource(f"content/journeys/{name}.json").read_text("utf-8"))["steps"]
    given = next((step.get("limits", {}) for step in steps if step["id"] == "headset"), None)
    if given is None:
        pytest.skip("this journey has no headset step")
    known = {f.name for f in fields(Limits)}
    limits = Limits.of(given, others=given.keys() - known)
    assert [f.name for f in fields(Limits) if getattr(limits, f.name) is None] == []

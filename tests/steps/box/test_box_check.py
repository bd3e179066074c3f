"""The verdict, the coach and what is written down: pure, so every case is one line."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.contracts.outcomes import Outcome
from app.core.errors import BoxError, ProbeError
from app.core.line import BoxReading, Gateway, Sim, VoiceReport
from app.core.step import Result
from app.steps.box import check
from app.steps.box.coach import Hint, Trail, band_of, hint, percent
from app.steps.box.look import Look, Watcher
from tests.steps.box.fakes import GOOD, READING, WIFI, FakeBox, FakeBoxes, FakeProbe
from tests.steps.fakes import FakeContext

BOUNDS = check.Limits()
STRICT = check.Limits(required_box=True)


def look(reading: BoxReading | None = READING, code: str = "", **changes: Any) -> Look:
    return Look(WIFI, FakeBox(), replace(reading, **changes) if reading is not None else None, code)


def end(at: Look, voice: VoiceReport | str | None = GOOD, bounds: check.Limits = BOUNDS) -> tuple[str, str]:
    result = check.verdict(at, voice, bounds)
    assert result is not None
    assert result.code in check.STEP.codes
    return result.code, result.outcome.value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sim": Sim.NONE}, "box.no_sim"),
        ({"sim": Sim.PUK}, "box.puk"),
        ({"sim": Sim.PIN, "pin_tries": 3}, "box.pin"),
        ({"sim": Sim.PIN, "pin_tries": None}, "box.pin"),
        ({"sim": Sim.PIN, "pin_tries": 1}, "box.pin_last_try"),
        ({"sim": Sim.PIN, "pin_tries": 0}, "box.pin_last_try"),
        ({"registered": False}, "box.no_registration"),
        ({"roaming": True}, "box.roaming"),
    ],
)
def test_what_the_box_says_ends_the_step_before_any_test(changes: dict[str, Any], code: str) -> None:
    assert end(look(**changes), None) == (code, "failed")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"loss_percent": 2.1}, "box.loss_high"),
        ({"loaded_rtt_ms": 401.0}, "box.latency_loaded"),
        ({"down_mbit": 0.9}, "box.too_slow"),
        ({"up_mbit": 0.4}, "box.too_slow"),
        ({"mos": 3.5, "loss_percent": 1.0}, "box.loss_high"),
        ({"mos": 3.5, "loss_percent": 0.0}, "box.latency_loaded"),
        ({"mos": 3.5, "loss_percent": None}, "box.latency_loaded"),
    ],
)
def test_a_bad_line_is_named_by_what_is_bad_and_a_bad_signal_explains_it_first(changes: dict[str, Any], code: str) -> None:
    voice = replace(GOOD, **changes)
    assert end(look(), voice) == (code, "failed")
    assert end(look(rsrp_dbm=-111.0), voice) == ("box.rsrp_weak", "failed")
    assert end(look(sinr_db=-0.1), voice) == ("box.sinr_poor", "failed")
    assert end(look(None, "box.unreachable"), voice) == (code, "failed")


@pytest.mark.parametrize(
    ("at", "voice", "expected"),
    [
        (look(), GOOD, ("box.passed", "passed")),
        (look(rsrp_dbm=-95.0, sinr_db=10.0), replace(GOOD, mos=4.0, loss_percent=2.0, loaded_rtt_ms=400.0), ("box.passed", "passed")),
        (look(rsrp_dbm=None, sinr_db=None), replace(GOOD, transport="tls", loss_percent=None), ("box.passed", "passed")),
        (look(rsrp_dbm=-95.1), GOOD, ("box.passed_weak", "warning")),
        (look(rsrp_dbm=-119.0), GOOD, ("box.passed_weak", "warning")),
        (look(sinr_db=9.9), GOOD, ("box.passed_weak", "warning")),
        (look(), replace(GOOD, mos=3.6), ("box.passed_weak", "warning")),
        (Look(WIFI, code="box.wrong_wifi"), GOOD, ("box.passed_no_box", "warning")),
        (look(None, "box.login_required"), GOOD, ("box.passed_no_box", "warning")),
        (Look(None, code="box.not_found"), GOOD, ("box.passed_no_box", "warning")),
    ],
)
def test_a_line_that_carries_a_call_lets_on(at: Look, voice: VoiceReport, expected: tuple[str, str]) -> None:
    assert end(at, voice) == expected


def test_where_a_box_is_required_its_silence_is_not_a_bad_line() -> None:
    assert end(Look(WIFI, code="box.wrong_wifi"), GOOD, STRICT) == ("box.wrong_wifi", "failed")
    assert end(Look(WIFI, code="box.not_found"), None, STRICT) == ("box.not_found", "failed")
    for code in ("box.unreachable", "box.login_required", "box.locked_out", "box.busy", "box.unintelligible"):
        assert end(look(None, code), GOOD, STRICT) == (code, "could_not_check")
    assert end(Look(Gateway(), code="box.no_route"), GOOD) == ("box.no_route", "failed")


@pytest.mark.parametrize("rsrp", [-80.0, -100.0, -118.0, None])
@pytest.mark.parametrize("code", ["box.probe_unreachable", "box.probe_busy"])
def test_a_probe_that_reached_nobody_never_calls_the_line_bad(rsrp: float | None, code: str) -> None:
    assert end(look(rsrp_dbm=rsrp, sinr_db=-5.0), code) == (code, "could_not_check")
    nothing = VoiceReport("tls", None, None, None, None, None, None, None, None, 0.0, 25.0)
    assert end(look(rsrp_dbm=rsrp), nothing) == ("box.probe_unreachable", "could_not_check")


def test_a_portal_fails_and_an_untested_line_says_nothing() -> None:
    assert end(look(), "box.portal") == ("box.portal", "failed")
    assert check.verdict(look(), None, BOUNDS) is None
    assert check.verdict(Look(WIFI, searching=True), GOOD, BOUNDS) is None


def test_an_allowance_that_runs_out_is_a_warning_on_a_good_line_only() -> None:
    bounds = check.Limits(allowance_mb=10_000)
    assert end(look(month_mb=9_001.0), GOOD, bounds) == ("box.allowance_low", "warning")
    assert end(look(month_mb=9_000.0), GOOD, bounds) == ("box.passed", "passed")
    assert end(look(month_mb=None), GOOD, bounds) == ("box.passed", "passed")
    assert end(look(month_mb=9_999.0), replace(GOOD, loss_percent=5.0), bounds)[0] == "box.loss_high"


def test_the_facts_carry_units_and_nothing_private() -> None:
    kit = [{"kind": "box", "serial": "86753001 2344417"}]
    trail = Trail().add(-100.0).add(-84.0)
    result = check.verdict(look(), GOOD, BOUNDS, kit, trail)
    assert result is not None
    assert result.simulated
    facts = result.facts
    assert facts["imei_last4"] == "4417"
    assert READING.imei not in str(facts)
    assert WIFI.wifi_name not in str(facts)
    assert facts["box_matches_kit"] == "yes"
    assert (facts["rsrp_dbm"], facts["best_rsrp_dbm"], facts["start_rsrp_dbm"]) == (-84.0, -92.0, -100.0)
    assert (facts["mos"], facts["spent_mb"], facts["transport"], facts["codec"]) == (4.2, 6.1, "udp", "g711")


@pytest.mark.parametrize(
    ("kit", "imei", "match"),
    [
        ([{"kind": "box", "serial": "867530012344417"}], "867530012344417", "yes"),
        ([{"kind": "box", "serial": "867530012344417"}], "867530099999999", "no"),
        ([{"kind": "box", "serial": "SN-42"}], "867530012344417", "unknown"),
        ([{"kind": "box", "serial": "867530012344417"}], "", "unknown"),
        ([{"kind": "headset", "serial": "867530012344417"}], "867530012344417", "unknown"),
        ([], "867530012344417", "unknown"),
    ],
)
def test_the_box_of_the_sheet_is_known_by_its_imei(kit: list[dict[str, str]], imei: str, match: str) -> None:
    assert check.kit_match(kit, replace(READING, imei=imei)) == match


def test_limits_of_the_journey_and_values_of_the_wrong_kind() -> None:
    given = {"mos_min": 3, "codec": "opus", "required_box": True, "budget_mb": "a lot", "rsrp_dbm_weak": True, "unknown": 1}
    assert check.limits(given) == check.Limits(mos_min=3, codec="opus", required_box=True)
    assert check.limits({}) == check.Limits()


def test_the_gauge_and_its_bands() -> None:
    assert [percent(v) for v in (-140.0, -120.0, -84.0, -74.0, -44.0)] == [0, 0, 78, 100, 100]
    assert [band_of(v) for v in (-95.0, -95.1, -110.0, -110.1)] == ["good", "fair", "fair", "weak"]


def trail(*values: float | None) -> Trail:
    made = Trail()
    for value in values:
        made = made.add(value)
    return made


def test_the_coach_speaks_of_the_last_minute() -> None:
    assert hint(trail()) == Hint("place")
    assert hint(trail(-100.0, -100.0, -100.0)) == Hint("place")
    assert hint(trail(-104.0, -104.0, *[-100.0] * 3)) == Hint("better", 4)
    assert hint(trail(-104.0, *[-90.0] * 3)) == Hint("best", 14)
    assert hint(trail(-90.0, *[-98.0] * 3)) == Hint("worse", 8)
    assert hint(trail(*[-85.0] * 3)) == Hint("keep")
    assert hint(trail(*[-85.0] * 3), sinr_db=-1.0) == Hint("noisy")
    assert hint(trail(-100.0, -100.0, -60.0)) == Hint("place"), "one stray value moves nothing"
    long = trail(*[-90.0] * 70, None)
    assert len(long.samples) == 60
    assert long.now_dbm == -90.0


# Looking


def test_a_kept_password_has_one_try_and_a_changed_one_is_asked_for() -> None:
    boxes = FakeBoxes()
    assert boxes.box is not None
    boxes.box.open, boxes.box.password = False, "new"
    watcher = Watcher(boxes, WIFI, lambda: "old")
    assert [watcher.look().code for _ in range(3)] == ["box.login_required"] * 3
    assert boxes.box.passwords == ["old"]
    assert Watcher(boxes, WIFI, lambda: "new").look().reading == READING


def test_a_box_that_is_silent_thrice_is_looked_for_anew() -> None:
    boxes = FakeBoxes()
    watcher = Watcher(boxes, WIFI)
    assert watcher.look().reading == READING
    assert boxes.box is not None
    boxes.box.error = BoxError("box.unreachable")
    assert [watcher.look().code for _ in range(3)] == ["box.unreachable"] * 3
    boxes.box = None
    assert watcher.look().code == "box.unreachable" or watcher.look().box is None


# The whole step without a page


def test_the_step_can_be_checked_without_a_window(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)

    def ran() -> Result:
        return asyncio.run(check.check(fake.context))

    assert (ran().code, ran().outcome) == ("box.probe_unreachable", Outcome.COULD_NOT_CHECK)
    boxes, probe = FakeBoxes(), FakeProbe()
    fake.context.boxes, fake.context.voice = boxes, probe
    assert ran().code == "box.passed"
    probe.error = ProbeError("box.probe_busy")
    assert ran().code == "box.probe_busy"
    boxes.way = Gateway()
    assert ran().code == "box.no_route"
    assert probe.runs == 2, "a line that is not there is not tested"

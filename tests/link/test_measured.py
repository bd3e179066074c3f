"""What is measured over a simulated line against what the line was given. Short, so the tolerances are those of a few hundred packets."""

import dataclasses
from typing import Any

import pytest

from app.core import emodel
from tests.link.rig import SHAPES, Link, expected_loss

BUDGET_MB = 7.0
SHORT = {"idle": 2.0, "load": 4.0, "budget": BUDGET_MB}
LENGTH = {"poor": {"budget": BUDGET_MB}}
"""The slowest line gets the full length, which must keep to 25 s there; the others a short listen."""


def near(measured: float, wanted: float, less: float, more: float) -> bool:
    return wanted * (1 - less) <= measured <= wanted * (1 + more)


def carried_within_budget(found: dict[str, Any]) -> None:
    assert found["line_mb"] <= BUDGET_MB
    assert found["spent_mb"] <= BUDGET_MB * 1.01
    assert found["spent_mb"] == pytest.approx(found["line_mb"], rel=0.15, abs=0.15)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHAPES)
def test_a_line_is_measured_as_it_is(served: Link, name: str) -> None:
    shape = SHAPES[name]
    served.shape(shape)
    found = served.measure(**LENGTH.get(name, SHORT))
    told = {key: value for key, value in found.items() if key != "parts"}
    assert found["transport"] == "udp", told
    assert abs(found["rtt_ms"] - shape.rtt_ms) <= 0.15 * shape.rtt_ms + 5, told
    assert abs(found["loss_percent"] - expected_loss(shape)) <= 3, told
    assert 0.5 * shape.jitter_ms <= found["jitter_ms"] <= 2.5 * shape.jitter_ms + 3, told
    assert near(found["down_mbit"], shape.down_mbit, 0.25, 0.10), told
    # A lost packet holds back what came after it, which then comes at once: on the slowest line that is a tenth of the whole.
    assert near(found["up_mbit"], shape.up_mbit, 0.25, 0.15), told
    assert found["loaded_rtt_ms"] > found["rtt_ms"] + 30, told
    if name == "bloated":  # a full queue shows under load only
        assert found["rtt_ms"] < 60
        assert found["loaded_rtt_ms"] > 3 * found["rtt_ms"]
    assert found["mos"] == pytest.approx(emodel.mos(found["r_factor"]))
    carried_within_budget(found)
    assert found["took_s"] <= 25
    assert found["longest_silence_s"] <= 0.5, told  # four a second, and room for a machine that is busy with other tests
    assert len(found["parts"]) >= 4 * found["took_s"] * 0.8, told
    assert found["parts"] == sorted(found["parts"])
    assert found["parts"][-1] == 1.0
    assert found["phases"] == ["portal", "idle", "download", "upload"]


@pytest.mark.slow
def test_udp_blocked(served: Link) -> None:
    shape = dataclasses.replace(SHAPES["average"], udp=False)
    served.shape(shape)
    found = served.measure(**SHORT)
    assert (found["transport"], found["loss_percent"], found["r_factor"], found["mos"]) == ("tls", None, None, None)
    assert abs(found["rtt_ms"] - shape.rtt_ms) <= 0.15 * shape.rtt_ms + 5
    assert near(found["down_mbit"], shape.down_mbit, 0.25, 0.10)
    assert near(found["up_mbit"], shape.up_mbit, 0.25, 0.15)  # seen by a request a round trip, not by 50 packets a second
    carried_within_budget(found)


def test_a_small_budget_is_kept_and_still_answers(served: Link) -> None:
    served.shape(SHAPES["good"])
    found = served.measure(idle=2, load=2, budget=0.5)
    assert found["line_mb"] <= 0.5
    assert found["rtt_ms"] is not None


def test_a_dead_line_is_told_in_time(served: Link) -> None:
    served.shape(dataclasses.replace(SHAPES["poor"], loss_percent=100))
    found = served.measure(idle=2, load=2, limit=5)
    assert found["code"] == "box.probe_unreachable"
    assert found["took_s"] <= 5.5

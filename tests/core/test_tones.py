"""The tones: pitch by equal steps to the ear, soft, and without a click."""

import itertools
import math

import pytest

from app.core.tones import HIGHEST_HZ, LEVEL_DBFS, LOWEST_HZ, pitch_hz, rendered


@pytest.mark.parametrize(("rsrp", "hz"), [(-140, 220), (-110, 220), (-102.5, 440), (-95, 880), (-60, 880), (-106.25, 220 * math.sqrt(2))])
def test_the_pitch_rises_from_the_weak_limit_to_the_good_one(rsrp: float, hz: float) -> None:
    assert pitch_hz(rsrp, -110, -95) == pytest.approx(hz)


def test_limits_that_leave_no_room_are_good_or_nothing() -> None:
    assert pitch_hz(-100, -95, -95) == HIGHEST_HZ
    assert pitch_hz(-100, -90, -95) == HIGHEST_HZ


@pytest.mark.parametrize("hz", [LOWEST_HZ, HIGHEST_HZ])
def test_a_tone_is_soft_and_has_no_edge(hz: float) -> None:
    samples = rendered(hz, 48_000)
    assert len(samples) == 7200
    assert 20 * math.log10(max(abs(value) for value in samples)) == pytest.approx(LEVEL_DBFS, abs=0.05)
    assert samples[0] == samples[-1] == 0.0
    steepest = 2 * math.pi * hz / 48_000 * 10 ** (LEVEL_DBFS / 20)
    assert max(abs(b - a) for a, b in itertools.pairwise(samples)) < 1.2 * steepest
    crossings = sum(1 for a, b in itertools.pairwise(samples) if a < 0 <= b)
    assert crossings / 0.15 == pytest.approx(hz, rel=0.05)

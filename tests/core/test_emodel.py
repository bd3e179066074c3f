"""Against a table of the same clause, worked out independently (G.107 default parameters give 93.2: G.107 clause 7.7)."""

import pytest

from app.core import emodel

DELAYS = {
    0: (93.21, 4.41),
    50: (91.76, 4.38),
    100: (90.66, 4.35),
    150: (89.54, 4.33),
    177.3: (88.05, 4.29),
    200: (85.80, 4.22),
    250: (79.18, 3.99),
    300: (72.67, 3.72),
    400: (62.25, 3.22),
    500: (54.80, 2.83),
}
LOSSES = {
    0: ((93.21, 4.41), (93.21, 4.41), (82.21, 4.10)),
    0.5: ((91.35, 4.37), (83.31, 4.14), (80.05, 4.03)),
    1: ((89.57, 4.33), (75.28, 3.83), (78.01, 3.95)),
    2: ((86.20, 4.24), (63.05, 3.26), (74.21, 3.79)),
    3: ((83.06, 4.13), (54.17, 2.79), (70.75, 3.63)),
    5: ((77.43, 3.92), (42.13, 2.17), (64.71, 3.34)),
    10: ((66.14, 3.41), (26.77, 1.48), (53.24, 2.75)),
}


def test_defaults() -> None:
    r = emodel.rating(emodel.Planning())
    assert r == pytest.approx(93.21, abs=0.01)
    assert emodel.mos(r) == pytest.approx(4.409, abs=0.001)


@pytest.mark.parametrize("delay", DELAYS)
def test_delay(delay: float) -> None:
    r = emodel.r_factor(delay, 0, "g711")
    assert (r, emodel.mos(r)) == (pytest.approx(DELAYS[delay][0], abs=0.01), pytest.approx(DELAYS[delay][1], abs=0.01))


@pytest.mark.parametrize("loss", LOSSES)
def test_loss(loss: float) -> None:
    for codec, (wanted, score) in zip(("g711", "g711_no_plc", "g729a"), LOSSES[loss], strict=True):
        r = emodel.r_factor(0, loss, codec)
        assert (r, emodel.mos(r)) == (pytest.approx(wanted, abs=0.01), pytest.approx(score, abs=0.01))


@pytest.mark.parametrize(
    ("r", "wanted"), [(-5, 1), (0, 1), (3, 1), (50, 2.58), (60, 3.1), (70, 3.6), (80, 4.02), (90, 4.34), (100, 4.5), (120, 4.5)]
)
def test_mos(r: float, wanted: float) -> None:
    assert emodel.mos(r) == pytest.approx(wanted, abs=0.01)


def test_worse_is_never_better() -> None:
    scores = [emodel.mos(emodel.r_factor(delay, loss, "g711")) for delay in range(0, 800, 20) for loss in (0, 1, 5, 20, 100)]
    assert all(1 <= score <= 4.5 for score in scores)
    by_delay = [emodel.r_factor(delay, 1, "g729a") for delay in range(0, 800, 10)]
    assert by_delay == sorted(by_delay, reverse=True)
    assert emodel.r_factor(-10, -1, "g711") == emodel.r_factor(0, 0, "g711")


def test_an_unknown_codec_is_refused() -> None:
    with pytest.raises(KeyError):
        emodel.r_factor(0, 0, "g722")

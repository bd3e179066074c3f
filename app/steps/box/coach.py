"""Finding the best spot for the box: what the received power is worth, and what the last minute says. Pure."""

from dataclasses import dataclass
from statistics import median
from typing import Literal

Band = Literal["good", "fair", "weak"]

FLOOR_DBM, CEILING_DBM = -120.0, -74.0
"""RSRP at 0 and at 100 on the gauge."""
KEPT = 60
"""Samples on the curve, one a second."""
_NOTABLE_DB = 3.0
"""Less than this is noise, not another spot."""

Advice = Literal["place", "better", "worse", "best", "keep", "noisy"]


def band_of(rsrp_dbm: float, good_dbm: float = -95.0, weak_dbm: float = -110.0) -> Band:
    return "good" if rsrp_dbm >= good_dbm else "fair" if rsrp_dbm >= weak_dbm else "weak"


def percent(rsrp_dbm: float) -> int:
    """The gauge, 0 to 100."""
    return round(min(1.0, max(0.0, (rsrp_dbm - FLOOR_DBM) / (CEILING_DBM - FLOOR_DBM))) * 100)


@dataclass(frozen=True)
class Trail:
    """The signal since the page was opened. A sample is None where the box said nothing."""

    samples: tuple[float | None, ...] = ()
    start_dbm: float | None = None
    best_dbm: float | None = None

    @property
    def now_dbm(self) -> float | None:
        """The median of the last three, so that one stray value moves nothing."""
        last = [value for value in self.samples[-3:] if value is not None]
        return median(last) if last else None

    def add(self, rsrp_dbm: float | None) -> "Trail":
        grown = Trail((*self.samples, rsrp_dbm)[-KEPT:], self.start_dbm, self.best_dbm)
        now = grown.now_dbm
        if now is None or rsrp_dbm is None:
            return grown
        start = now if self.start_dbm is None else self.start_dbm
        return Trail(grown.samples, start, now if self.best_dbm is None else max(self.best_dbm, now))


@dataclass(frozen=True)
class Hint:
    """What to tell, and by how many dB."""

    advice: Advice
    by_db: int = 0


def hint(trail: Trail, sinr_db: float | None = None, good_dbm: float = -95.0, weak_dbm: float = -110.0, sinr_poor_db: float = 0.0) -> Hint:
    now, start, best = trail.now_dbm, trail.start_dbm, trail.best_dbm
    if now is None or start is None or best is None:
        return Hint("place")
    band = band_of(now, good_dbm, weak_dbm)
    if best - now >= _NOTABLE_DB:
        return Hint("worse", round(best - now))
    if band == "good" and sinr_db is not None and sinr_db < sinr_poor_db:
        return Hint("noisy")
    if now - start >= _NOTABLE_DB:
        return Hint("better" if band != "good" else "best", round(now - start))
    return Hint("keep" if band == "good" else "place")

"""What the figures mean for a call, by the limits of the journey."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, NamedTuple

from app.core.acoustics.analysis import EchoMeasures, VoiceMeasures
from app.core.acoustics.bandwidth import Bandwidth
from app.core.errors import ContentError

SPEECH_OVER_NOISE_DB = 3.0
"""Below it ITU-T P.56 measures the noise: nobody spoke."""


class Severity(StrEnum):
    WARNING = "warning"
    FAILED = "failed"


class Finding(NamedTuple):
    code: str
    severity: Severity
    fact: str
    """The measure that said it."""


@dataclass(frozen=True)
class Limits:
    """The journey's limits of the step `headset`. What a journey does not name is measured and not judged.

    `..._good` is where a warning begins, `..._min` and `..._max` where failing begins. In brackets: what the journeys that come with
    Marhaba say, and where it is from.
    """

    level_dbov_min: float | None = None
    """Active speech level (-45; the aim is -26, ITU-T G.115 and P.56 practice)."""
    level_dbov_good_min: float | None = None
    """(-36)"""
    level_dbov_good_max: float | None = None
    """(-16)"""
    level_dbov_max: float | None = None
    """(-10)"""
    activity_percent_min: float | None = None
    """Less is no reading aloud (35). There is no upper limit: without pauses somebody reads for 93 % of the time, and noise that is
    taken for speech (ITU-T P.56 does under 15 dB) is `snr_db_min`'s."""
    noise_dbafs_good: float | None = None
    """(-60)"""
    noise_dbafs_max: float | None = None
    """(-50)"""
    snr_db_good: float | None = None
    """(25)"""
    snr_db_min: float | None = None
    """(15)"""
    clipped_runs_per_s_good: float | None = None
    """(0.5)"""
    clipped_runs_per_s_max: float | None = None
    """(2)"""
    dropped_percent_good: float | None = None
    """Samples lost, by the clock or as holes and repeats (0.2)."""
    dropped_percent_max: float | None = None
    """(0.5)"""
    coupling_loss_db_good: float | None = None
    """Echo, weighted terminal coupling loss (45; ITU-T P.340 class and P.381 headsets ask 46 to 50)."""
    coupling_loss_db_min: float | None = None
    """(35; ITU-T P.342, hands-free)"""
    latency_ms_good: float | None = None
    """Ear piece and microphone together (100; ITU-T G.114 leaves 150 to a whole call's way)."""
    latency_ms_max: float | None = None
    """(250)"""
    narrowband_allowed: bool | None = None
    """Telephone sound is a warning (true) or fails (false)."""

    @classmethod
    def of(cls, given: Mapping[str, Any], others: Collection[str] = ()) -> "Limits":
        """The limits among a journey's values; `others` are names the step takes for itself.

        Errors: ContentError `content.limit_unknown` (a name nobody reads is a misspelt limit), `content.limit_invalid` (not a finite
        number, or not a boolean), `content.limits_crossed` (the good one is worse than the failing one).
        """
        taken: dict[str, Any] = {}
        known = {f.name for f in fields(cls)}
        for name, value in given.items():
            if name in others:
                continue
            if name not in known:
                raise ContentError("content.limit_unknown", limit=name)
            boolean = name == "narrowband_allowed"
            number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e6
            if value is not None and not (isinstance(value, bool) if boolean else number):
                raise ContentError("content.limit_invalid", limit=name, value=repr(value))
            taken[name] = value
        limits = cls(**taken)
        for lower, upper in _ORDER:
            low, high = getattr(limits, lower), getattr(limits, upper)
            if low is not None and high is not None and low > high:
                raise ContentError("content.limits_crossed", lower=lower, upper=upper)
        return limits


_ORDER = (
    ("level_dbov_min", "level_dbov_good_min"),
    ("level_dbov_good_min", "level_dbov_good_max"),
    ("level_dbov_good_max", "level_dbov_max"),
    ("noise_dbafs_good", "noise_dbafs_max"),
    ("snr_db_min", "snr_db_good"),
    ("clipped_runs_per_s_good", "clipped_runs_per_s_max"),
    ("dropped_percent_good", "dropped_percent_max"),
    ("coupling_loss_db_min", "coupling_loss_db_good"),
    ("latency_ms_good", "latency_ms_max"),
)


def judge(measures: VoiceMeasures | EchoMeasures, limits: Limits) -> list[Finding]:
    """What is wrong, the worst first and causes before their effects; nothing when all is well. Only what was measured is judged."""
    found = _voice(measures, limits) if isinstance(measures, VoiceMeasures) else _echo(measures, limits)
    return sorted(found, key=lambda finding: finding.severity is not Severity.FAILED)


def _voice(m: VoiceMeasures, limits: Limits) -> list[Finding]:
    if m.muted:
        return [Finding("headset.muted", Severity.FAILED, "mute")]
    if nobody_spoke(m, limits):
        return [Finding("headset.no_speech", Severity.FAILED, "activity_percent")]
    level, clipped, lost = m.active_speech_level_dbov, m.clipped_runs_per_s, m.dropped_percent
    found = [
        _above("headset.dropouts", "dropped_percent", lost, limits.dropped_percent_good, limits.dropped_percent_max),
        _above("headset.clipping", "clipped_runs_per_s", clipped, limits.clipped_runs_per_s_good, limits.clipped_runs_per_s_max),
        _above("headset.too_loud", "active_speech_level_dbov", level, limits.level_dbov_good_max, limits.level_dbov_max),
        _below("headset.too_quiet", "active_speech_level_dbov", level, limits.level_dbov_good_min, limits.level_dbov_min),
        Finding("headset.hum", Severity.WARNING, "hum_share_db") if m.hum else None,
        _above("headset.noisy", "noise_dbafs", m.noise_dbafs, limits.noise_dbafs_good, limits.noise_dbafs_max),
        _below("headset.low_snr", "snr_db", m.snr_db, limits.snr_db_good, limits.snr_db_min),
    ]
    if m.bandwidth is Bandwidth.NARROWBAND and limits.narrowband_allowed is not None:
        found.append(Finding("headset.narrowband", Severity.WARNING if limits.narrowband_allowed else Severity.FAILED, "bandwidth"))
    return [finding for finding in found if finding is not None]


def nobody_spoke(m: VoiceMeasures, limits: Limits) -> bool:
    """Whether the take holds no voice: no level, too little of it, or a level that is the noise's own."""
    if m.active_speech_level_dbov is None or m.activity_percent is None:
        return True
    if limits.activity_percent_min is not None and m.activity_percent < limits.activity_percent_min:
        return True
    return m.noise_dbfs is not None and (m.snr_db is None or m.snr_db < SPEECH_OVER_NOISE_DB)


def _echo(m: EchoMeasures, limits: Limits) -> list[Finding]:
    """A sweep that was not heard is an echo too weak to find, or a room too loud to find it in: neither is held against anybody."""
    if not m.found:
        return []
    found = (
        _below("headset.echo", "coupling_loss_db", m.coupling_loss_db, limits.coupling_loss_db_good, limits.coupling_loss_db_min),
        _above("headset.high_latency", "delay_ms", m.delay_ms, limits.latency_ms_good, limits.latency_ms_max),
    )
    return [finding for finding in found if finding is not None]


def _above(code: str, fact: str, value: float | None, good: float | None, worst: float | None) -> Finding | None:
    return _past(code, fact, value, good, worst, lambda a, b: a > b)


def _below(code: str, fact: str, value: float | None, good: float | None, worst: float | None) -> Finding | None:
    return _past(code, fact, value, good, worst, lambda a, b: a < b)


def _past(
    code: str, fact: str, value: float | None, good: float | None, worst: float | None, past: Callable[[float, float], bool]
) -> Finding | None:
    if value is None:
        return None
    if worst is not None and past(value, worst):
        return Finding(code, Severity.FAILED, fact)
    return Finding(code, Severity.WARNING, fact) if good is not None and past(value, good) else None

"""Welcome: the language is chosen and the law 09-08 notice accepted. Nothing is collected before.

Limits: `minutes` (about how long the journey takes; default 25).
"""

from collections.abc import Sequence
from typing import Any

from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState
from app.core.journey import lets_on
from app.core.step import Result, Step

STEP = Step(
    id="welcome",
    codes={
        "welcome.passed": (Outcome.PASSED,),
    },
    anchors=("welcome.language", "welcome.notice", "welcome.accept"),
)

DEFAULT_MINUTES = 25


def minutes(limits: dict[str, Any]) -> int:
    value = limits.get("minutes")
    return value if isinstance(value, int) and value > 0 else DEFAULT_MINUTES


def accepted(state: SessionState, notice_version: str) -> bool:
    """Whether this very notice was accepted: a new version is asked again."""
    return bool(notice_version) and state.notice_version == notice_version


def under_way(state: SessionState) -> bool:
    """Whether somebody comes back to a journey already begun."""
    return bool(state.notice_version) and bool(state.steps)


def remaining(state: SessionState, steps: Sequence[str]) -> list[str]:
    """The journey's steps that do not let on yet, in order; `welcome` itself is never something that remains."""
    return [step for step in steps if step != STEP.id and not lets_on(state, step)]


def result(notice_version: str, language: str, about_minutes: int) -> Result:
    return Result(
        Outcome.PASSED,
        "welcome.passed",
        {"notice_version": notice_version, "language": language, "minutes": about_minutes},
    )

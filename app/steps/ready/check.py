"""Ready: every step of the journey is proved, so the workstation may take calls and a certificate is due.

Nothing is measured here: the step answers from the journal alone. A step the journey asks for and nobody proved is missing,
also when this build does not have it: a certificate must not promise more than was checked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.contracts.journey import Journey
from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState, StepState
from app.core.step import Result, Step

STEP = Step(
    id="ready",
    codes={
        "ready.passed": (Outcome.PASSED,),
        "ready.passed_with_warnings": (Outcome.WARNING,),
        "ready.incomplete": (Outcome.FAILED,),
        "ready.certificate_unsaved": (),
    },
    anchors=("ready.summary", "ready.certificate"),
    needs=("guidelines",),
)


@dataclass(frozen=True)
class Line:
    """One step of the journey: what the journal says of it, or None where it says nothing."""

    step: str
    done: StepState | None

    @property
    def lets_on(self) -> bool:
        return self.done is not None and self.done.outcome.lets_on


def lines(state: SessionState, journey: Journey) -> list[Line]:
    return [Line(step.id, state.steps.get(step.id)) for step in journey.steps if step.id != STEP.id]


def missing(found: Sequence[Line]) -> list[Line]:
    return [line for line in found if not line.lets_on]


def remarks(found: Sequence[Line]) -> list[Line]:
    """What lets on with a word beside it. A simulated step is a remark: it proves nothing of this PC."""
    return [line for line in found if line.done and (line.done.outcome in (Outcome.WARNING, Outcome.WAIVED) or line.done.simulated)]


def result(found: Sequence[Line], first_call: str = "") -> Result:
    """How the journey ends."""
    facts = {
        "steps": {line.step: str(line.done.outcome) if line.done else "not_done" for line in found},
        "missing": [line.step for line in missing(found)],
        "first_call": first_call,
    }
    if missing(found):
        return Result(Outcome.FAILED, "ready.incomplete", facts)
    if noted := remarks(found):
        return Result(Outcome.WARNING, "ready.passed_with_warnings", {**facts, "remarks": [line.step for line in noted]})
    return Result(Outcome.PASSED, "ready.passed", facts)

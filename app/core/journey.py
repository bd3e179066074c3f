"""Order and resume: where somebody may go, and where they take up again. Pure."""

from collections.abc import Container, Iterable, Sequence

from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState


def known_steps(wanted: Iterable[str], built: Container[str]) -> list[str]:
    """The journey's steps that this build has, in the journey's order. A step nobody built is not shown."""
    return [step for step in wanted if step in built]


def outcome_of(state: SessionState, step: str) -> Outcome | None:
    done = state.steps.get(step)
    return done.outcome if done else None


def lets_on(state: SessionState, step: str) -> bool:
    outcome = outcome_of(state, step)
    return outcome is not None and outcome.lets_on


def resume_at(state: SessionState, steps: Sequence[str]) -> str:
    """The step to open at start: the one last entered if it may be entered, else the first that does not let on yet."""
    first_open = next((step for step in steps if not lets_on(state, step)), steps[-1])
    if state.current in steps and steps.index(state.current) <= steps.index(first_open):
        return state.current if not lets_on(state, state.current) or state.current == steps[-1] else first_open
    return first_open


def may_enter(state: SessionState, steps: Sequence[str], step: str) -> bool:
    """A step may be entered when everything before it lets on (so one may always go back)."""
    return step in steps and all(lets_on(state, earlier) for earlier in steps[: steps.index(step)])

"""Where somebody stands: what `contracts.fold` makes of the events. Plain data, so that the first page need not know events."""

from dataclasses import dataclass, field
from typing import Any

from app.contracts.outcomes import Outcome


@dataclass(frozen=True)
class StepState:
    """What the last finished event of a step says."""

    id: str
    outcome: Outcome
    code: str
    facts: dict[str, Any]
    simulated: bool
    time: str
    event_id: str
    sequence: int


@dataclass(frozen=True)
class SessionState:
    """Where somebody stands. Always derived, never stored as truth."""

    session_code: str = ""
    language: str = ""
    notice_version: str = ""
    started: str = ""
    employee_id: str = ""
    name: str = ""
    site: str = ""
    activity: str = ""
    kit: tuple[dict[str, str], ...] = ()
    first_call: str = ""
    journey_id: str = ""
    journey_version: int = 0
    journey_steps: tuple[str, ...] = ()
    current: str = ""
    """The step last entered."""
    entered: str = ""
    """When (device time, RFC 3339)."""
    steps: dict[str, StepState] = field(default_factory=dict)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    help_code: str | None = None
    """Set while help is asked for; the next finished step clears it."""
    sequence: int = 0

    @property
    def ready(self) -> bool:
        """Whether the last step, `ready`, let on."""
        step = self.steps.get("ready")
        return step is not None and step.outcome.lets_on

"""What the frame needs from the rest of the wizard. Wiring implements it; tests write it by hand."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from app.contracts.outcomes import Outcome

if TYPE_CHECKING:
    from app.contracts.session import StepState
    from app.core.content import Advice
    from app.core.step import Result
    from app.ui.page import StepPage

ReportState = Literal["never", "online", "offline", "blocked"]


class StepEntry(NamedTuple):
    """One line of the rail."""

    id: str
    title: str
    outcome: Outcome | None = None
    code: str = ""
    reachable: bool = False


class Reported(NamedTuple):
    """What reached the IT service: finished steps acknowledged, rows still waiting, how the line is, and what was refused for good."""

    delivered_steps: int = 0
    waiting: int = 0
    state: ReportState = "never"
    refused: int = 0


def beside(steps: Sequence[StepEntry], step: str) -> tuple[str, str]:
    """The steps before and after this one, empty at the ends and for a step that is not there."""
    ids = ["", *(entry.id for entry in steps), ""]
    at = ids.index(step) if step in ids else 0
    return (ids[at - 1], ids[at + 1]) if at else ("", "")


class Driver(Protocol):
    """The wizard behind the frame. Everything is read anew at each refresh; the frame keeps no truth of its own."""

    def steps(self) -> list[StepEntry]: ...

    def current(self) -> str: ...

    def page(self, step: str) -> "StepPage":
        """The step's page, built on first call and kept."""
        ...

    def page_to_be(self, step: str) -> "StepPage":
        """The same page, not built to its end if nobody needed it yet."""
        ...

    def advice(self, code: str) -> "Advice":
        """The texts of a code in the language chosen now; never raises for an unknown code."""
        ...

    def step_state(self, step: str) -> "StepState | None": ...

    def may_enter(self, step: str) -> bool: ...

    async def finish(self, step: str, result: "Result") -> "Advice | None":
        """Record the result; the advice to show, if there is any. Errors: JournalUnwritable."""
        ...

    def enter(self, step: str) -> None:
        """Record that the step is entered. Errors: JournalUnwritable."""
        ...

    def reported(self) -> Reported: ...

    def session_code(self) -> str:
        """Empty before the notice is accepted."""
        ...

    def helpdesk_phone(self) -> str: ...

    def set_language(self, lang: str) -> None: ...

    def set_display(self, theme: str, text_scale: float) -> None: ...

    async def ask_help(self, step: str, code: str) -> None:
        """Record that help is asked for. Errors: JournalUnwritable."""
        ...

    def remarks(self) -> list[str]:
        """Codes of what must be said beside the page, oldest first, until dismissed."""
        ...

    def dismiss(self, code: str) -> None:
        """The person has understood a remark."""
        ...

    def diagnostic(self) -> str: ...

    def logs_dir(self) -> Path: ...

    async def close(self) -> None: ...

"""The steps this build has, one word each. `app/steps/<id>/check.py` and `page.py` are imported when the step is first wanted:
a step that nobody opened costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from app.core.step import Step, StepContext

if TYPE_CHECKING:
    from app.ui.page import StepPage

STEPS = ["welcome", "box", "identity", "vpn", "headset", "addendum", "guidelines", "ready"]


def page_module(step_id: str) -> str:
    """The module whose `Page` shows the step; importing it may be done in a thread, ahead of need."""
    return f"app.steps.{step_id}.page"


def step(step_id: str) -> Step:
    """What the step promises."""
    promised: Step = import_module(f"app.steps.{step_id}.check").STEP
    return promised


def build_page(step_id: str, context: StepContext, *, whole: bool = True) -> "StepPage":
    """Not `whole`: it is built a piece at a time, by whoever asks for it so (`StepPage.build_on`)."""
    page: StepPage = import_module(page_module(step_id)).Page(context, whole=whole)
    return page

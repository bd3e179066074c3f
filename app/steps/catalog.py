"""The steps this build has, one line each. A page's module is imported only when its page is built: start-up stays short."""

from dataclasses import dataclass
from importlib import import_module

from app.core.step import Step, StepContext
from app.steps.addendum.check import STEP as ADDENDUM
from app.steps.box.check import STEP as BOX
from app.steps.guidelines.check import STEP as GUIDELINES
from app.steps.identity.check import STEP as IDENTITY
from app.steps.ready.check import STEP as READY
from app.steps.vpn.check import STEP as VPN
from app.steps.welcome.check import STEP as WELCOME
from app.ui.page import StepPage


@dataclass(frozen=True)
class StepEntry:
    step: Step
    page: str
    """The module whose `Page` shows the step."""


CATALOG: dict[str, StepEntry] = {
    "welcome": StepEntry(WELCOME, "app.steps.welcome.page"),
    "box": StepEntry(BOX, "app.steps.box.page"),
    "identity": StepEntry(IDENTITY, "app.steps.identity.page"),
    "vpn": StepEntry(VPN, "app.steps.vpn.page"),
    "addendum": StepEntry(ADDENDUM, "app.steps.addendum.page"),
    "guidelines": StepEntry(GUIDELINES, "app.steps.guidelines.page"),
    "ready": StepEntry(READY, "app.steps.ready.page"),
}

STEPS: dict[str, Step] = {step_id: entry.step for step_id, entry in CATALOG.items()}


def build_page(step_id: str, context: StepContext) -> StepPage:
    page: StepPage = import_module(CATALOG[step_id].page).Page(context)
    return page

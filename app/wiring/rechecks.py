"""What may stop being true after a step was recorded: asked after while the wizard is open, recorded when it changed."""

import asyncio
import logging
from typing import TYPE_CHECKING

from app.contracts.events import StepFinished
from app.core.errors import JournalError
from app.steps.addendum import check as addendum

if TYPE_CHECKING:
    from app.wiring.wizard import Wizard

log = logging.getLogger(__name__)
LEAST_S = 1.0


async def follow_addendum(wizard: "Wizard") -> None:
    """Once at start for a signature that stands; then as often as the journey says while its time stamp is awaited. Never ends."""
    due = addendum.recorded(wizard.state) is not None
    while True:
        if due and wizard.store.has_key:
            await _recheck(wizard)
        await asyncio.sleep(max(LEAST_S, addendum.limits(wizard.context.limits("addendum")).recheck_seconds))
        due = addendum.pending(wizard.state)


async def _recheck(wizard: "Wizard") -> None:
    from app.steps.addendum.desk import Desk  # with the contract's shapes: only where there is something to ask after

    result = await Desk(wizard.context).recheck()
    if result is None:
        return
    try:
        await wizard.store.record_durably(StepFinished("addendum", result.outcome, result.code, dict(result.facts)))
    except JournalError as error:
        log.warning("the addendum's new standing is not recorded: %s", error)

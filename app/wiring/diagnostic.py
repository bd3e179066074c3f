"""What the agent may read out or paste to the helpdesk."""

import sys
from typing import TYPE_CHECKING

from app import __version__
from app.services import logs

if TYPE_CHECKING:
    from app.wiring.wizard import Wizard


def diagnostic_of(wizard: "Wizard") -> str:
    """No secret, no evidence beyond codes."""
    state, delivery, reported, journey = wizard.state, wizard.store.delivery(), wizard.reported(), wizard.journeys.current
    lines = [
        f"Marhaba {__version__} · {sys.platform} · session {wizard.session_code()} · device {wizard.store.device or '-'}",
        f"journey {state.journey_id or journey.id} v{journey.version} · step {wizard.current()}",
        f"reporting {reported.state}: {delivery.steps_delivered} steps delivered,"
        f" {delivery.waiting} events waiting, {delivery.refused} refused",
        *(f"{step.id}: {step.outcome} {step.code} {step.time} #{step.sequence}" for step in state.steps.values()),
        *(f"notice: {code}" for code in wizard.notices),
        "",
        logs.tail(wizard.places.logs),
    ]
    return logs.hide_secrets("\n".join(lines))

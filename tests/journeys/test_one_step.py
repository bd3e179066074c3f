"""`marhaba --only STEP` on a PC where the notice was never accepted: the step is shown and judged, and nothing is written."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome
from app.core.step import Result
from app.services.places import Places
from app.services.settings import Settings
from app.wiring import Wizard

Run = Callable[[Coroutine[Any, Any, Any]], Any]


def test_a_verdict_is_told_and_not_recorded(app: QApplication, tmp_path: Path, run_async: Run) -> None:
    wizard = Wizard(Settings(), Places.below(tmp_path), app, only="box")

    async def story() -> None:
        advice = await wizard.finish("box", Result(Outcome.FAILED, "box.puk", {"sim": "puk"}))
        assert advice is not None
        assert advice.code == "box.puk"
        assert await wizard.finish("box", Result(Outcome.PASSED, "box.passed")) is None
        assert wizard.state.sequence == 0
        assert wizard.state.steps == {}

    try:
        run_async(story())
    finally:
        run_async(wizard.close())

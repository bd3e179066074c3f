"""A newer journey that arrives while a page is open: the page says what it asks for now, and keeps what was done on it."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from app.contracts.journey import Journey
from app.services.places import Places
from app.services.settings import Settings
from app.steps.welcome.page import Page
from app.wiring import Wizard

Run = Callable[[Coroutine[Any, Any, Any]], Any]


def test_the_page_on_screen_follows(app: QApplication, tmp_path: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = Wizard(Settings(language="en"), Places.below(tmp_path), app)

    async def story() -> None:
        await wizard.start()
        page = wizard.page("welcome")
        assert isinstance(page, Page)
        page._accept.setChecked(True)
        assert page._card_titles[1].text() == "Sign"

        async def refresh() -> Journey:
            steps = [step for step in wizard.journeys.current.steps if step.id != "addendum"]
            wizard.journeys.current = msgspec.structs.replace(wizard.journeys.current, steps=steps)
            return wizard.journeys.current

        monkeypatch.setattr(wizard.services.enroller, "refresh", refresh)
        await wizard.services._refresh_journey()
        assert page._card_titles[1].text() == "Confirm"
        assert page._accept.isChecked()
        await wizard.close()

    run_async(story())

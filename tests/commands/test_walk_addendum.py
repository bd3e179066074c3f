"""A demo walked twice: what was signed the first time is not signed again, and the walk goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.commands.walk.addendum import addendum
from app.commands.walk.walker import Walker
from app.core.step import Result
from app.ui.loop_watch import LoopWatch
from tests.steps.addendum.test_addendum_page import Stand


class Eyes(Walker):
    """A walker with one page instead of a window; its hand presses what the frame's button would."""

    def __init__(self, stand: Stand) -> None:
        pages: Any = SimpleNamespace(page=lambda _step: stand.page)
        nothing: Any = None
        super().__init__(pages, nothing, Path(), "", {}, LoopWatch())
        self.stand = stand
        self.result: Result | None = None

    async def shot(self, step: str) -> None:
        assert step == "addendum"

    async def read_remarks(self) -> None:
        """None here."""

    def primary_ready(self) -> bool:
        return self.stand.page.valid

    async def press_primary(self, step: str) -> None:
        self.result = await self.stand.page.advance()


@pytest.fixture
def stand(app: QApplication, tmp_path: Path) -> Iterator[Stand]:
    made = Stand(tmp_path)
    yield made
    made.close()


def test_signed_on_an_earlier_walk(stand: Stand, run_async: Callable[[Any], Any]) -> None:
    async def story() -> None:
        stand.addenda.sign_here()
        await stand.open()
        eyes = Eyes(stand)
        await addendum(eyes)
        assert eyes.result is not None
        assert eyes.result.code == "addendum.signed"

    run_async(stand.play(story()))

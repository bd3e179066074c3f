"""A page on its ground, in a context written by hand: what the tests of a page start from."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QScrollArea

from app.core.step import Result
from app.ui import theme
from app.ui.page import StepPage
from app.ui.widgets import scroll
from tests.steps.fakes import FakeContext

Run = Callable[[Coroutine[Any, Any, Any]], Any]
P = TypeVar("P", bound=StepPage)


class PageStand(Generic[P]):
    """`ids` is the step's place in the journey and its id. Below it: the ports, and `open`, which ends with `on_ground`."""

    page: P
    HIGH = 480

    def __init__(self, folder: Path, ids: tuple[int, str]) -> None:
        self.fake = FakeContext(folder)
        self.fake.pair()
        step = self.fake.journey.steps[ids[0]]
        step.id = ids[1]
        self.limits = step.limits
        self.said: list[str] = []
        self.area: QScrollArea | None = None

    def on_ground(self, page: P) -> P:
        """Shown and entered, as wide as the wizard makes it."""
        self.page = page
        page.said.connect(self.said.append)
        self.area = scroll(page)
        self.area.resize(788 if theme.current().scale == 1 else 610, self.HIGH)
        self.area.show()
        page.enter()
        return page

    async def play(self, story: Coroutine[Any, Any, None]) -> None:
        """The story, then a quiet end: qasync drops the first step of a task that starts as its loop stops."""
        try:
            await story
        finally:
            self.page.leave()
            await asyncio.sleep(0.1)

    def close(self) -> None:
        if self.area is not None:
            self.page.leave()
            self.area.close()
            self.area = None


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - any condition, not an event
            await asyncio.sleep(0.005)


async def result_of(page: StepPage) -> Result:
    result = await page.advance()
    assert result is not None
    return result

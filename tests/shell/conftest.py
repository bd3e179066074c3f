"""A window on a fake driver, shown and active."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.shell.window import Window
from tests.shell.fake import FakeDriver

Story = Callable[[Window, FakeDriver], Awaitable[None]]


async def settle(times: int = 6) -> None:
    for _ in range(times):
        await asyncio.sleep(0.005)


@pytest.fixture
def story(run_async: Callable[[Coroutine[Any, Any, Any]], Any], app: QApplication) -> Callable[..., None]:
    """`story(async def (window, driver))` plays on a shown window; steps named in `done` are passed, `at` is the first shown."""

    def play(act: Story, *, at: str = "welcome", done: tuple[str, ...] = ()) -> None:
        async def main() -> None:
            driver = FakeDriver()
            for step in done:
                driver.done(step)
            driver.at = at
            window = Window(driver)
            driver.window = window
            window.show()
            window.activateWindow()
            await settle()
            assert window.isActiveWindow()
            try:
                await act(window, driver)
            finally:
                window.hide()
                window.deleteLater()
                for page in driver.pages.values():
                    page.deleteLater()
                for part in (window.advice, window.crash_page):
                    part.deleteLater()
                app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

        run_async(main())

    return play

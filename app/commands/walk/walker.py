"""The hands and eyes of a walk: they press the real buttons of the real window by mouse and keyboard, and wait for what must follow."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QWidget

from app.commands.demo_headset import Worn
from app.commands.wizard import stand
from app.shell.window import Window
from app.ui import aio
from app.ui.loop_watch import LoopWatch
from app.wiring import Wizard

WAIT_S = 30.0
"""How long a page may take over one thing before the walk gives up and says on what."""


WALK_S = 240.0
"""How long the whole walk may take."""

SETTLE_S = 0.08
"""How long a page may settle (layout, scroll bars) before its picture is taken."""


class Stuck(Exception):
    """The page did not do in time what it should."""


class Walker:
    """Hands and eyes. `parts` is what a person does on each step's page; what it shows lands in `screens`."""

    def __init__(
        self,
        wizard: Wizard,
        window: Window,
        screens: Path,
        code: str,
        parts: "Mapping[str, Callable[[Walker], Awaitable[None]]]",
        watch: LoopWatch,
        worn: Worn | None = None,
    ) -> None:
        self.wizard = wizard
        self.window = window
        self.screens = screens
        self.code = code
        self.parts = parts
        self.worn = worn
        self.watch = watch
        self._shots: dict[str, int] = {}
        self.codes: Path | None = None
        """Where the backend's one-time codes are laid down, in a demo."""
        self.crash = ""
        self._end = time.monotonic() + WALK_S

    async def run(self, drain_limit_s: float) -> str:
        """What went wrong, empty if nothing did."""
        self.screens.mkdir(parents=True, exist_ok=True)
        window = self.window
        aio.on_crash(self.crashed)
        try:
            with self.watch:
                await stand(window, self.wizard)
                await self._journey()
            if self.wizard.reporter is None or not await self.wizard.reporter.drain(drain_limit_s):
                return f"{self.wizard.store.delivery().waiting} events were still waiting after {drain_limit_s:g} s"
        except Stuck as error:
            await self.shot("stuck")
            return str(error)
        finally:
            window.close()
            await aio.wait_signal(window.closed)
        return ""

    def crashed(self, error: BaseException, name: str) -> None:
        self.crash = f"{name}: {type(error).__name__}: {error}"
        self.wizard.crash(error, name)

    async def _journey(self) -> None:
        while True:
            step = self.wizard.current()
            if step not in self.parts:
                raise Stuck(f"nobody taught the walk the step {step}")
            await self.parts[step](self)
            if step == "ready":
                return
            await self.let_on(step)

    # --- hands and eyes ---------------------------------------------------------------------------------------------

    def recorded_since(self, sequence: int) -> bool:
        return self.wizard.state.sequence > sequence

    async def let_on(self, step: str) -> None:
        """Wait for the next step. A warning with a Continue button is read (a screenshot), then passed."""
        window = self.shown()
        await self.until(lambda: self.wizard.current() != step or (window.advice.isVisible() and self.primary_ready()), f"{step} to let on")
        if self.wizard.current() == step:
            await self.shot(step)
            self.press(window.foot.primary)
            await self.until(lambda: self.wizard.current() != step, f"{step} to be left")

    async def lets_on(self, step: str) -> bool:
        """Whether the result just recorded lets on; advice is on screen where it does not."""
        window = self.shown()
        await self.until(lambda: self.wizard.current() != step or window.advice.isVisible(), f"{step} to be recorded")
        state = self.wizard.step_state(step)
        return state is not None and state.outcome.lets_on

    async def close_advice(self, step: str) -> None:
        """The button of the advice: try again."""
        window = self.shown()
        await self.shot(step)
        self.press(window.advice.retry_button)
        await self.until(window.advice.isHidden, "the advice to be closed")

    def shown(self) -> Window:
        return self.window

    def anchor(self, name: str) -> QWidget:
        return self.wizard.page(name.partition(".")[0]).anchors[name]

    def primary_ready(self) -> bool:
        return self.shown().foot.primary.isVisible() and self.shown().foot.primary.isEnabled()

    async def press_primary(self, step: str) -> None:
        await self.until(self.primary_ready, f"{step}: the primary button")
        self.press(self.shown().foot.primary)
        await asyncio.sleep(0)

    @staticmethod
    def press(widget: QWidget) -> None:
        """A click in the middle; on a check box, on its sign (its middle may be empty ground)."""
        at = widget.rect().center()
        if isinstance(widget, QCheckBox):
            at.setX(widget.width() - 10 if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft else 10)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    async def read_remarks(self) -> None:
        """No keyring here, for one: read, and understood."""
        remarks = self.shown().remarks
        while remarks.isVisible():
            self.press(remarks.close_button)
            await asyncio.sleep(SETTLE_S)

    async def until(self, true: Callable[[], bool], what: str, limit_s: float = WAIT_S) -> None:
        deadline = time.monotonic() + limit_s
        while not true():
            self.check_crash()
            if time.monotonic() > deadline:
                raise Stuck(f"waited {limit_s:g} s for {what} (page « {self.shown().stage.title.text()} »)")
            await asyncio.sleep(0.01)

    def check_crash(self) -> None:
        if self.crash:
            raise Stuck(f"the wizard crashed: {self.crash}")
        if time.monotonic() > self._end:
            raise Stuck(f"not done after {WALK_S:g} s (page « {self.shown().stage.title.text()} »)")

    async def shot(self, step: str) -> None:
        """`screens/<step>-<n>.png`; the watch rests meanwhile: a person's wizard takes no pictures."""
        self._shots[step] = self._shots.get(step, 0) + 1
        await asyncio.sleep(SETTLE_S)
        self.watch.pause()
        self.shown().grab().save(str(self.screens / f"{step}-{self._shots[step]}.png"))
        self.watch.resume()

"""A walk through the journey as a person would: the real window, the real pages, the real buttons, pressed by mouse and keyboard."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QWidget

from app.commands.wizard import first_paint, make_app, open_window, settle
from app.services import logs, settings
from app.services.places import Places
from app.shell.window import Window
from app.ui import aio, i18n, theme
from app.ui.widgets import ChoiceCard, QuietButton
from app.wiring import Wizard

WAIT_S = 30.0
"""How long a page may take over one thing before the walk gives up and says on what."""


WALK_S = 240.0
"""How long the whole walk may take."""


BOX_S = 60.0
"""How long the box may take to be found, read and tested (the test itself takes 25 s at most)."""
LOOK_S = 9.0
"""How long the signal is watched before its picture is taken."""
SETTLE_S = 0.08
"""How long a page may settle (layout, scroll bars) before its picture is taken."""


@dataclass
class Walked:
    problem: str
    """Empty when the walk came to its end."""
    longest_gap_ms: float
    seconds: float


def walk(
    settings_file: Path, profile: Path, output: Path, language: str, code: str, *, theme_name: str = "light", drain_limit_s: float = 30.0
) -> Walked:
    """Walk from a fresh profile to the last step, leave screenshots and documents in `output`."""
    places = Places.below(profile)
    places.documents.mkdir(parents=True, exist_ok=True)
    logs.start(places.logs)
    app = make_app()
    i18n.set_language(app, language)
    theme.apply(app, theme_name, 1.0)
    began = time.monotonic()
    walker = Walker(Wizard(settings.load(settings_file), places, app), app, output / "screens", code)
    problem = aio.run(walker.run(language, drain_limit_s))
    seconds = time.monotonic() - began
    documents = output / "documents"
    documents.mkdir(exist_ok=True)
    for document in places.documents.iterdir():
        shutil.copy2(document, documents / document.name)
    return Walked("it was interrupted" if problem is None else problem, walker.watch.longest_ms, seconds)


class Stuck(Exception):
    """The page did not do in time what it should."""


class Walker:
    def __init__(self, wizard: Wizard, app: QApplication, screens: Path, code: str) -> None:
        self.wizard = wizard
        self.app = app
        self.screens = screens
        self.code = code
        self.window: Window | None = None
        self.watch = aio.LoopWatch()
        self._shots: dict[str, int] = {}
        self._crash = ""
        self._end = time.monotonic() + WALK_S

    async def run(self, language: str, drain_limit_s: float) -> str:
        """What went wrong, empty if nothing did."""
        self.screens.mkdir(parents=True, exist_ok=True)
        window = self.window = open_window(self.app, self.wizard, language)
        aio.on_crash(self._crashed)
        await first_paint(window)
        settle(window, self.wizard)
        await self.wizard.start()
        try:
            with self.watch:
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

    def _crashed(self, error: BaseException, name: str) -> None:
        self._crash = f"{name}: {type(error).__name__}: {error}"
        self.wizard.crash(error, name)

    async def _journey(self) -> None:
        parts: dict[str, Callable[[], Awaitable[None]]] = {
            "welcome": self._welcome,
            "box": self._box,
            "identity": self._identity,
            "guidelines": self._guidelines,
            "ready": self._ready,
        }
        while True:
            step = self.wizard.current()
            if step not in parts:
                raise Stuck(f"nobody taught the walk the step {step}")
            await parts[step]()
            if step == "ready":
                return
            await self._leave(step)

    # --- the steps --------------------------------------------------------------------------------------------------

    async def _welcome(self) -> None:
        await self.shot("welcome")
        self._press(self._anchor("welcome.accept"))
        await self._primary("welcome")

    async def _box(self) -> None:
        """The signal is watched for a while; the test of the line starts by itself."""
        await self._read_remarks()
        await self.shot("box")
        await self._until(lambda: self._anchor("box.figures").isVisible(), "the box to be read")
        await asyncio.sleep(LOOK_S)
        await self._read_remarks()
        await self.shot("box")
        await self._until(self._primary_ready, "the test of the line", limit_s=BOX_S)
        await self.shot("box")
        await self._primary("box")

    async def _identity(self) -> None:
        await self.shot("identity")
        await self._read_remarks()
        field = self._anchor("identity.code")
        field.setFocus()
        for character in self.code.lower().replace("-", ""):
            QTest.keyClicks(field, character)
            await asyncio.sleep(0)
        await self.shot("identity")
        await self._primary("identity")
        kit = self._anchor("identity.kit")
        await self._until(kit.isVisible, "the code to be accepted")
        await self._until(lambda: not self.wizard.page("identity").busy, "the kit")
        await self.shot("identity")
        while not self._primary_ready():
            before = self.wizard.state.sequence
            # The first answer offered; the links (« change my answer ») are for second thoughts.
            button = next((b for b in kit.findChildren(QuietButton) if b.isVisible() and b.isEnabled()), None)
            self._check_crash()
            if button is None:
                await asyncio.sleep(0.02)
                continue
            self._press(button)
            await self._until(partial(self._recorded_since, before), "the answer to be kept")
        await self.shot("identity")
        await self._primary("identity")

    async def _guidelines(self) -> None:
        page = self.wizard.page("guidelines")
        questions = {question.id: question for question in self.wizard.content().questions}
        right = {choice.text: choice.id == q.right for q in questions.values() for choice in q.choices}
        shown = ""
        while self.wizard.current() == "guidelines" and self.wizard.state.steps.get("guidelines") is None:
            attest = self._anchor("guidelines.attest")
            cards = [card for card in self._anchor("guidelines.question").findChildren(ChoiceCard) if card.isVisible() and card.isEnabled()]
            if isinstance(attest, QAbstractButton) and attest.isVisible() and not attest.isChecked():
                self._press(attest)
                await self.shot("guidelines")
            elif cards and not self._primary_ready():
                chosen = next((card for card in cards if right.get(card.words.text(), False)), cards[0])
                self._press(chosen)
                await self._until(self._primary_ready, "the answer to be taken")
                await self.shot("guidelines")
            elif self._primary_ready():
                before, shown = self.wizard.state.sequence, page.title()
                await self._primary("guidelines")
                await self._until(partial(self._recorded_since, before), "the act to be kept")
                if page.title() == shown:
                    await self.shot("guidelines")  # the verdict on an answer
            else:
                if page.title() != shown:
                    shown = page.title()
                    await self.shot("guidelines")
                await asyncio.sleep(0.02)
            self._check_crash()

    async def _ready(self) -> None:
        await self.shot("ready")
        await self._primary("ready")
        window = self._window()
        await self._until(lambda: "ready" in self.wizard.state.steps, "the last step to be recorded")
        await self._until(lambda: self._primary_ready() or not window.advice.isVisible(), "the result")
        if window.advice.isVisible():  # simulated evidence is a remark, said on a page of its own
            await self.shot("ready")
            self._press(window.foot.primary)
        await self._until(lambda: any(self.wizard.places.documents.glob("*.pdf")), "the certificate to be saved")
        await self.shot("ready")

    # --- hands and eyes ---------------------------------------------------------------------------------------------

    def _recorded_since(self, sequence: int) -> bool:
        return self.wizard.state.sequence > sequence

    async def _leave(self, step: str) -> None:
        """Wait for the next step. A warning with a Continue button is read (a screenshot), then passed."""
        window = self._window()
        await self._until(
            lambda: self.wizard.current() != step or (window.advice.isVisible() and self._primary_ready()), f"{step} to let on"
        )
        if self.wizard.current() == step:
            await self.shot(step)
            self._press(window.foot.primary)
            await self._until(lambda: self.wizard.current() != step, f"{step} to be left")

    def _window(self) -> Window:
        if self.window is None:
            raise Stuck("there is no window")
        return self.window

    def _anchor(self, name: str) -> QWidget:
        return self.wizard.page(name.partition(".")[0]).anchors[name]

    def _primary_ready(self) -> bool:
        return self._window().foot.primary.isVisible() and self._window().foot.primary.isEnabled()

    async def _primary(self, step: str) -> None:
        await self._until(self._primary_ready, f"{step}: the primary button")
        self._press(self._window().foot.primary)
        await asyncio.sleep(0)

    @staticmethod
    def _press(widget: QWidget) -> None:
        """A click in the middle; on a check box, on its sign (its middle may be empty ground)."""
        at = widget.rect().center()
        if isinstance(widget, QCheckBox):
            at.setX(widget.width() - 10 if widget.layoutDirection() == Qt.LayoutDirection.RightToLeft else 10)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    async def _read_remarks(self) -> None:
        """No keyring here, for one: read, and understood."""
        remarks = self._window().remarks
        while remarks.isVisible():
            self._press(remarks.close_button)
            await asyncio.sleep(SETTLE_S)

    async def _until(self, true: Callable[[], bool], what: str, limit_s: float = WAIT_S) -> None:
        deadline = time.monotonic() + limit_s
        while not true():
            self._check_crash()
            if time.monotonic() > deadline:
                raise Stuck(f"waited {limit_s:g} s for {what} (page « {self._window().stage.title.text()} »)")
            await asyncio.sleep(0.01)

    def _check_crash(self) -> None:
        if self._crash:
            raise Stuck(f"the wizard crashed: {self._crash}")
        if time.monotonic() > self._end:
            raise Stuck(f"not done after {WALK_S:g} s (page « {self._window().stage.title.text()} »)")

    async def shot(self, step: str) -> None:
        """`screens/<step>-<n>.png`; the watch rests meanwhile: a person's wizard takes no pictures."""
        self._shots[step] = self._shots.get(step, 0) + 1
        await asyncio.sleep(SETTLE_S)
        self.watch.pause()
        self._window().grab().save(str(self.screens / f"{step}-{self._shots[step]}.png"))
        self.watch.resume()

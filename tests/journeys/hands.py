"""The real program with hands inside: `python -m tests.journeys.hands --settings … --profile …` is `python -m app …`, same arguments.

Each line read is an act as JSON (`["read", 3]`); each line written says what a person sees afterwards, and what only a test may know.
The acts press the buttons of the real pages (`app.commands.walk.walker.Walker`), off screen.
"""

import asyncio
import json
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app import __main__
from app.commands.walk import parts
from app.commands.walk.walker import Stuck, Walker
from app.commands.wizard import make_app
from app.shell.window import Window
from app.steps.guidelines import check
from app.steps.guidelines import page as guidelines
from app.steps.identity import page as identity
from app.ui import aio, i18n
from app.ui.loop_watch import LoopWatch
from app.ui.widgets import ChoiceCard, QuietButton, Row
from app.wiring import Wizard
from tests.journeys.plain import only_plain_steps

only_plain_steps()


class Hands(Walker):
    """The walk in single acts, without pictures."""

    def __init__(self, wizard: Wizard, window: Window) -> None:
        super().__init__(wizard, window, Path(), "", parts.PARTS, LoopWatch())

    async def shot(self, step: str) -> None:
        """No pictures here."""

    # --- acts -------------------------------------------------------------------------------------------------------

    async def welcome(self) -> None:
        await parts.welcome(self)
        await self.let_on("welcome")

    async def pair(self, code: str) -> None:
        """Type the code and wait for the kit."""
        self.code = code
        field = self.anchor("identity.code")
        field.setFocus()
        QTest.keyClicks(field, code)
        await self.press_primary("identity")
        await self.until(self.anchor("identity.kit").isVisible, "the code to be accepted")
        page = self.wizard.page("identity")
        assert isinstance(page, identity.Page)
        await self.until(lambda: not page.busy and not page._reading, "the kit")

    async def kit(self, count: int) -> None:
        """Answer the next lines: « this is the one »."""
        for _ in range(count):
            await self.until(lambda: bool(self._kit_buttons()), "a line of the kit to be asked")
            await self._recorded(lambda: self.press(self._kit_buttons()[0]))

    def _kit_buttons(self) -> list[QuietButton]:
        buttons = self.anchor("identity.kit").findChildren(QuietButton)
        return [b for b in buttons if b.objectName() == "confirm" and b.isVisible() and b.isEnabled()]

    async def leave(self, step: str) -> None:
        """The primary button, then the next step."""
        await self.press_primary(step)
        await self.let_on(step)

    async def read(self, count: int) -> None:
        for _ in range(count):
            await self.until(self.primary_ready, "the topic to be read")
            await self._recorded(lambda: self.press(self.shown().foot.primary))

    async def answer(self, wrong: bool = False) -> None:
        """Answer the question on screen; the verdict stays on screen."""
        question = check.question_of(self.wizard.content(), self._guidelines_page()._question)
        good = {choice.text: (choice.id == question.right) is not wrong for choice in question.choices}
        cards = [card for card in self._cards() if good[card.words.text()]]
        self.press(cards[0])
        await self.until(self.primary_ready, "the answer to be taken")
        await self._recorded(lambda: self.press(self.shown().foot.primary))

    async def onward(self) -> None:
        """From the verdict to what follows."""
        await self.until(self.primary_ready, "the way on")
        await self._recorded(lambda: self.press(self.shown().foot.primary))

    async def quiz(self) -> None:
        """Every question that is left, to the promise."""
        while self._guidelines_page()._at.phase == "quiz":
            if not self._guidelines_page()._answer:
                await self.answer()
            await self.onward()

    async def attest(self) -> None:
        box = self.anchor("guidelines.attest")
        if isinstance(box, QAbstractButton) and not box.isChecked():
            self.press(box)
        await self.leave("guidelines")

    async def enter(self, step: str) -> None:
        """Press a step in the rail."""
        self.shown().rail.asked.emit(step)
        await self.until(lambda: self.wizard.current() == step, f"{step} to open")

    async def ready(self) -> None:
        await parts.ready(self)

    async def primary(self) -> None:
        await self.press_primary(self.wizard.current())

    async def press_until_advice(self) -> None:
        """The primary button; then advice is on screen."""
        await self.primary()
        await self.until(self.shown().advice.isVisible, "advice")

    async def try_again(self) -> None:
        """The button of the advice; then the advice is gone, or stands there anew."""
        self.press(self.shown().advice.retry_button)
        await self.until(lambda: self.shown().advice.isHidden() or not self.shown()._advancing, "another try")

    async def language(self, code: str) -> None:
        self.press(self.shown().top.languages.buttons[code])
        await self.until(lambda: i18n.language() == code, "the language")

    async def look(self) -> None:
        """Nothing but a look."""

    async def close(self) -> None:
        self.shown().close()

    async def _recorded(self, act: Callable[[], None]) -> None:
        before = self.wizard.state.sequence
        act()
        await self.until(partial(self.recorded_since, before), "the act to be kept")
        await self.until(lambda: not self.shown()._advancing, "the act to end")

    # --- eyes -------------------------------------------------------------------------------------------------------

    def _guidelines_page(self) -> guidelines.Page:
        page = self.wizard.page("guidelines")
        assert isinstance(page, guidelines.Page)
        return page

    def _cards(self) -> list[ChoiceCard]:
        cards = self.anchor("guidelines.question").findChildren(ChoiceCard)
        return [card for card in cards if card.isVisible()]

    def seen(self) -> dict[str, Any]:
        window, wizard, state = self.shown(), self.wizard, self.wizard.state
        step = wizard.current()
        advice = window.advice
        delivery = wizard.store.delivery()
        seen: dict[str, Any] = {
            "step": step,
            "title": window.stage.title.text() or wizard.page(step).title(),
            "why": window.stage.why.text(),
            "primary": window.foot.primary.text(),
            "primary_ready": self.primary_ready(),
            "indicator": window.top.indicator.words.text(),
            "advice": advice.advice.code if advice.isVisible() and advice.advice is not None else "",
            "advice_words": [row.title.text() for row in advice.rows.findChildren(Row) if row.isVisible()],
            "advice_button": advice.retry_button.text() if advice.isVisible() else "",
            "crashed": self.crash or (window.crash_page.isVisible() and "crash page"),
            "notices": list(wizard.notices),
            "done": {entry.id: entry.outcome for entry in wizard.steps() if entry.outcome is not None},
            "draft": state.drafts.get(step),
            "sequence": state.sequence,
            "device": wizard.store.device,
            "journey": [wizard.journeys.current.id, wizard.journeys.current.version],
            "newer_journey": wizard.services.newer_journey,
            "waiting": delivery.waiting,
            "delivered": delivery.steps_delivered,
            "link": wizard.reporter.link if wizard.reporter is not None else "",
            "key_kept": wizard.secrets.get("device-key") is not None,
        }
        if step == "guidelines":
            seen["cards"] = [[card.words.text(), card.isChecked(), card.accessibleName()] for card in self._cards()]
        if step == "identity":
            seen["kit_asked"] = len(self._kit_buttons())
        return seen


async def obey(lines: "asyncio.Queue[str]", window: Window) -> None:
    wizard = window._driver
    assert isinstance(wizard, Wizard)
    hands = Hands(wizard, window)
    aio.on_crash(hands.crashed)
    try:
        await hands.until(lambda: wizard.reporter is not None, "the wizard to be up")
    except Stuck as error:
        tell({"stuck": str(error)})
    tell(hands.seen())
    while True:
        name, *arguments = json.loads(await lines.get())
        act: Callable[..., Awaitable[None]] = getattr(hands, name)
        try:
            await act(*arguments)
            if name == "close":
                return
            tell(hands.seen())
        except Stuck as error:
            tell({**hands.seen(), "stuck": str(error)})
        except Exception as error:
            tell({"stuck": f"{type(error).__name__}: {error}"})


def tell(seen: dict[str, Any]) -> None:
    os.write(1, json.dumps(seen, ensure_ascii=True).encode() + b"\n")


def begin(app: QApplication) -> None:
    windows = [widget for widget in app.topLevelWidgets() if isinstance(widget, Window)]
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None  # the first picture is drawn before it runs
    if not windows or loop is None:
        QTimer.singleShot(5, lambda: begin(app))
        return
    lines: asyncio.Queue[str] = asyncio.Queue()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)

    threading.Thread(target=listen, daemon=True).start()
    keep.append(loop.create_task(obey(lines, windows[0])))


keep: list[Any] = []

if __name__ == "__main__":
    application = make_app()
    QTimer.singleShot(0, lambda: begin(application))
    code = __main__.main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)

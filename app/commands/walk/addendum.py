"""The addendum on a walk: every page is read, a question begun, the code taken from the demo's console, the signature drawn by mouse."""

import asyncio
import json
import math
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from app.commands.walk.walker import Stuck, Walker
from app.steps.addendum.desk import SIGNED_PDF
from app.steps.addendum.page import Page

FETCH_S = 60.0
SIGN_S = 60.0
_QUESTION = {
    "fr": "Puis-je travailler une semaine chez mes parents ?",
    "ar": "هل يمكنني العمل أسبوعا من بيت والدي؟",
    "en": "May I work from my parents’ home for a week?",
}


async def addendum(walker: Walker) -> None:
    page = walker.wizard.page("addendum")
    if not isinstance(page, Page):
        raise Stuck("the addendum's page is another one")
    await walker.read_remarks()
    drawn = partial(_is_drawn, page)
    await walker.until(lambda: drawn() or (walker.primary_ready() and not page.reader.isVisible()), "the document", limit_s=FETCH_S)
    await walker.shot("addendum")
    if drawn():
        await _read_and_sign(walker, page)
    # else it is signed since an earlier walk on this backend, or the page says why it cannot be
    await walker.press_primary("addendum")


def _is_drawn(page: Page) -> bool:
    return page.reader.isVisible() and page.reader.paper.sheet.drawn


async def _read_and_sign(walker: Walker, page: Page) -> None:
    await _ask(walker, page)

    def read() -> bool:
        return page.phase != "read"

    while not read():
        await walker.until(lambda: read() or walker.primary_ready(), "the page to be read")
        if read():  # the last press took some turns
            break
        before = walker.wizard.state.sequence
        walker.press(walker.shown().foot.primary)
        await walker.until(partial(walker.recorded_since, before), "the reading to be kept")
    await walker.until(lambda: page.reader.paper.sheet.drawn, "the last page")
    await _code(walker)
    await walker.shot("addendum")
    before = walker.wizard.state.sequence
    consent = walker.anchor("addendum.consent")
    see(walker, consent)
    walker.press(consent)
    await walker.until(partial(walker.recorded_since, before), "the consent to be kept")
    pad = walker.anchor("addendum.signature")
    see(walker, pad)
    await draw(pad)
    await walker.shot("addendum")
    await walker.press_primary("addendum")
    copy = walker.wizard.places.documents / SIGNED_PDF
    await walker.until(
        lambda: page.views.done.isVisible() or walker.shown().advice.isVisible(), "the signature to be taken", limit_s=SIGN_S
    )
    await walker.until(lambda: copy.exists() and page.views.done.open.isVisible(), "the copy to be saved", limit_s=SIGN_S)
    await walker.shot("addendum")


def see(walker: Walker, widget: QWidget) -> None:
    walker.shown().stage.area.ensureWidgetVisible(widget, 8, 24)


async def _ask(walker: Walker, page: Page) -> None:
    """A question is begun, and thought better of: back to the document."""
    walker.press(walker.anchor("addendum.question"))
    field = page.views.forms.question.text
    await walker.until(field.isVisible, "the question's form")
    QTest.keyClicks(field, "?")  # keys carry no Arabic; the words come as from an input method
    field.setPlainText(_QUESTION[walker.wizard.state.language])
    await walker.shot("addendum")
    field.clear()
    walker.press(walker.shown().foot.back)
    await walker.until(page.reader.isVisible, "the document again")


async def _code(walker: Walker) -> None:
    row = walker.anchor("addendum.code")
    ask = next(button for button in row.findChildren(QAbstractButton) if button.isVisible())
    see(walker, row)
    walker.press(ask)
    field = row.findChildren(QLineEdit)[0]
    await walker.until(field.isVisible, "a code to be sent")
    await walker.shot("addendum")
    code = await asyncio.to_thread(one_time_code, walker.codes, walker.wizard.state.employee_id)
    for digit in code:
        QTest.keyClicks(field, digit)
        await asyncio.sleep(0)


def one_time_code(file: Path | None, employee_id: str) -> str:
    """The last code of this agent on the demo's console. Errors: Stuck."""
    try:
        lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file is not None else []
    except (OSError, ValueError) as error:
        raise Stuck(f"no one-time code can be read: {error}") from error
    found = [line["code"] for line in lines if line.get("employee_id") == employee_id]
    if not found:
        raise Stuck("the console shows no one-time code")
    return str(found[-1])


async def draw(pad: QWidget) -> None:
    """Three waves, by real moves of the mouse."""
    wide, tall = pad.width(), pad.height()
    at = [
        QPoint(round(wide * (0.1 + 0.8 * i / 70)), round(tall * (0.5 - 0.28 * math.sin(i * 0.32) * math.exp(-i / 90)))) for i in range(71)
    ]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=at[0])
    for point in at[1:]:
        QTest.mouseMove(pad, point)
        await asyncio.sleep(0)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=at[-1])

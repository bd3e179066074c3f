"""The wizard's window: rail, top bar, page, foot bar, and the one way a step goes from its button to the journal."""

from collections.abc import Mapping
from contextlib import nullcontext, suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QShowEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import JournalUnwritable, MarhabaError
from app.core.step import Result
from app.shell.driver import Driver, beside
from app.shell.focus import move_on
from app.shell.foot import FootBar
from app.shell.rail import Rail
from app.shell.stage import Stage
from app.shell.topbar import TopBar
from app.ui import aio
from app.ui.announce import announce
from app.ui.page import StepPage

if TYPE_CHECKING:
    from app.core.content import Advice
    from app.shell.crash import CrashPage
    from app.shell.display import DisplayPanel
    from app.shell.remarks import RemarkStrip
    from app.ui.advice_view import AdviceView

BUSY_AFTER_MS = 300
CLOSE_WITHIN_S = 3.0


class Window(QWidget):
    """Knows pages through `Driver`. `refresh()` reads everything anew; `closed` fires once when it is gone."""

    closed = Signal()
    finished = Signal()
    """The last step was recorded and lets on."""
    restart = Signal()
    """Asked for on the crash page."""

    def __init__(self, driver: Driver) -> None:
        super().__init__()
        self._driver = driver
        self._step = ""
        self._page: StepPage | None = None
        self._known: set[StepPage] = set()
        self._advancing = self._closing = self._crashed = self._passing = False
        self._failure: Advice | None = None
        self._unrecorded: tuple[str, Result] | None = None
        self.rail, self.top, self.stage, self.foot = Rail(driver), TopBar(driver), Stage(), FootBar()
        self._build()
        self._busy_timer = QTimer(self, singleShot=True, interval=BUSY_AFTER_MS)
        self._busy_timer.timeout.connect(self._show_busy)
        self.setMinimumSize(1024, 640)
        self.resize(1120, 720)

    def _build(self) -> None:
        right = self._right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top)
        right.addWidget(self.stage, 1)
        right.addWidget(self.foot)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(right, 1)
        self.stage.fitted.connect(self.top.set_side)
        self.stage.fitted.connect(self.foot.set_side)
        self.rail.asked.connect(self.go)
        self.top.language_chosen.connect(self._driver.set_language)
        self.top.display.toggled.connect(self._show_panel)
        self.foot.back.clicked.connect(self.back)
        self.foot.primary.clicked.connect(self.primary)

    # What the first page does without: imported and built when it is first wanted

    @cached_property
    def advice(self) -> "AdviceView":
        from app.ui.advice_view import AdviceView

        made = AdviceView()
        made.retry.connect(self.retry)
        made.help.connect(self.ask_help)
        # Shown at once: the details open below what fits in the window.
        details = partial(self.stage.area.ensureWidgetVisible, made.copy, 8, 32)
        made.toggle.toggled.connect(lambda on: QTimer.singleShot(0, details) if on else None)
        return made

    @cached_property
    def remarks(self) -> "RemarkStrip":
        from app.shell.remarks import RemarkStrip

        made = RemarkStrip(self.stage)
        made.understood.connect(self._driver.dismiss)
        self._right.insertWidget(self._right.indexOf(self.stage), made)
        return made

    @cached_property
    def crash_page(self) -> "CrashPage":
        from app.shell.crash import CrashPage

        made = CrashPage(self._driver.diagnostic)
        made.restart.connect(self.restart)
        return made

    @cached_property
    def panel(self) -> "DisplayPanel":
        from app.shell.display import DisplayPanel

        made = DisplayPanel(self.top.display, self)
        made.chosen.connect(self._driver.set_display)
        return made

    # What is shown

    def begin(self) -> None:
        """Open at the driver's current step."""
        self.go(self._driver.current())

    def go(self, step: str) -> None:
        """Enter a step that may be entered."""
        if self._advancing or self._crashed or self._closing or not self._driver.may_enter(step):
            return
        if step == self._step and self._page is not None and self._failure is None:
            return
        if self._page is not None:
            self._page.leave()
        self._step, self._page = step, self._driver.page(step)
        self._failure, self._unrecorded = None, None
        if self._page not in self._known:
            self._known.add(self._page)
            self._page.changed.connect(self._page_changed)
            self._page.said.connect(partial(announce, self))
        trouble: JournalUnwritable | None = None
        try:
            self._driver.enter(step)
        except JournalUnwritable as error:
            trouble = error
        self.stage.show_widget(self._page)
        self._page.enter()
        self.refresh()
        self._arrive()
        if trouble is not None:
            self._show_advice(self._driver.advice(trouble.code), trouble.facts)

    def refresh(self) -> None:
        """Read everything anew from the driver."""
        # What brought the crash page may stand in the way of every reading after it: the page is shown all the same.
        with suppress(Exception) if self._crashed else nullcontext():
            self._read_anew()
        self._words()

    def _read_anew(self) -> None:
        if self._failure is not None:
            self._failure = self._driver.advice(self._failure.code)
            self.advice.set_advice(self._failure, lets_on=self._passing)
        self.rail.refresh(self._step)
        self.top.refresh()
        remark = next(iter(self._driver.remarks()), None)
        if remark or "remarks" in self.__dict__:
            self.remarks.show_remark(self._driver.advice(remark) if remark else None)

    def _words(self) -> None:
        page = self._page
        self.foot.retranslate()
        if self._crashed:
            self.stage.set_words(self.crash_page.title(), self.crash_page.why(), wide=False, own=False)
        elif self._failure is not None:
            self.stage.set_words(self._failure.title, self._failure.meaning, wide=False, own=False)
        elif page is not None:
            self.stage.set_words(page.title(), page.why(), wide=page.wide_title(), own=page.owns_title())
        own_page = page is not None and self._failure is None and not self._crashed
        self.foot.set_secondary(page.secondary() if page is not None and own_page else [])
        words = page.primary() if page is not None and own_page else self.tr("Continue")
        self.foot.set_primary(words, bool(words) and not self._crashed)
        self.foot.back.setEnabled(not self._advancing and not self._crashed and self._may_go_back())
        self.setWindowTitle(f"{self.stage.title.text()} – {self.tr('Marhaba')}" if self.stage.title.text() else self.tr("Marhaba"))
        self._readiness()

    def _readiness(self) -> None:
        page = self._page
        busy = self._advancing or (page is not None and page.busy)
        if self._failure is not None or self._crashed or page is None:
            ready = self._passing and self._failure is not None and not self._advancing
        else:
            ready = page.valid and not busy
        # A button that rests hands the keyboard on, and the next stop would be far away, in the rail: the foot bar keeps it.
        if not ready and self.foot.primary.hasFocus():
            self.foot.setFocus(Qt.FocusReason.OtherFocusReason)
        self.foot.primary.setEnabled(ready)
        if ready and self.foot.hasFocus():
            self.foot.primary.setFocus(Qt.FocusReason.OtherFocusReason)
        if busy and not self._crashed:
            if not self._busy_timer.isActive() and not self.foot.spinner.isVisible():
                self._busy_timer.start()
        else:
            self._busy_timer.stop()
            self.foot.show_busy(False)

    def _show_busy(self) -> None:
        self.foot.show_busy(True)
        announce(self, self.foot.busy_words.text())

    def _page_changed(self) -> None:
        if self.sender() is self._page or self.sender() is None:
            self._words()

    def _arrive(self) -> None:
        """Say where one is now, and put the keyboard at the title: the next Tab is the page's first control."""
        title, why = self.stage.title, self.stage.why
        if title.isVisibleTo(self.stage):
            title.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._page is not None:
            self._page.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, " ".join(text for text in (title.text(), why.text()) if text))

    # The way of a step

    def primary(self) -> None:
        """The primary button: advance the page, or go on past a warning."""
        if self._advancing or not self.foot.primary.isEnabled() or self._page is None:
            return
        if self._failure is not None:
            self._next()
            return
        self._run(self._advance(self._page), "advance")

    def _run(self, work: Any, name: str) -> None:
        self._advancing = True
        self._words()
        aio.spawn(work, f"{name} {self._step}")

    async def _advance(self, page: StepPage) -> None:
        step = self._step
        try:
            result = await page.advance()
            if result is not None:
                await self._record(step, result)
        except MarhabaError as error:
            self._show_advice(self._driver.advice(error.code), error.facts)
        finally:
            self._advancing = False
            if not self._closing:
                self._words()

    async def _record(self, step: str, result: Result) -> None:
        """Write the result down, then show what it means. Without the journal the step is not done, and nothing says it is."""
        try:
            advice = await self._driver.finish(step, result)
        except JournalUnwritable as error:
            self._unrecorded = (step, result)
            self._show_advice(self._driver.advice(error.code), error.facts)
            return
        self._unrecorded = None
        await aio.turn()
        if (after := self._beside()[1]) and self._driver.may_enter(after):
            # Where it was not made ahead: in turns of its own, not in the one that shows it.
            await self.stage.bring(self._driver.page_to_be(after))
        self._advancing = False
        if not result.outcome.lets_on:
            self._show_advice(advice or self._driver.advice(result.code), result.facts)
        elif advice is not None and result.outcome.value == "warning" and not (self._page and self._page.tells_remarks()):
            self._show_advice(advice, result.facts, passing=True)
        else:
            self._next()

    def _beside(self) -> tuple[str, str]:
        return beside(self._driver.steps(), self._step)

    def _next(self) -> None:
        _, after = self._beside()
        if after and self._driver.may_enter(after):
            self.go(after)
            return
        self._close_failure()
        if not after:
            self.finished.emit()

    def _show_advice(self, advice: "Advice", facts: Mapping[str, Any], *, passing: bool = False) -> None:
        self._failure, self._passing = advice, passing
        state = self._driver.step_state(self._step)
        recorded = state is not None and state.code == advice.code
        self.advice.set_advice(advice, lets_on=passing)
        self.advice.set_asked(False)
        self.advice.set_details(facts, state.time if state and recorded else "", state.event_id if state and recorded else "")
        self.stage.show_widget(self.advice)
        self.refresh()
        self._arrive()

    def _close_failure(self) -> None:
        self._failure, self._passing = None, False
        if self._page is not None:
            self.stage.show_widget(self._page)
            self._page.failure_closed()
        self.refresh()
        self._arrive()

    def retry(self) -> None:
        """Try again: write down what could not be written, or go back to the page for another go."""
        if self._advancing or self._failure is None:
            return
        if self._unrecorded is not None:
            self._run(self._record_again(*self._unrecorded), "record")
        else:
            self._close_failure()

    async def _record_again(self, step: str, result: Result) -> None:
        try:
            await self._record(step, result)
        finally:
            self._advancing = False
            if not self._closing:
                self.refresh()

    def ask_help(self) -> None:
        if self._failure is not None and not self._advancing:
            aio.spawn(self._ask_help(self._step, self._failure.code), f"help {self._step}")

    async def _ask_help(self, step: str, code: str) -> None:
        self.advice.set_asked(True)
        try:
            await self._driver.ask_help(step, code)
        except JournalUnwritable as error:
            self.advice.set_asked(False)
            self._show_advice(self._driver.advice(error.code), error.facts)
            return
        announce(self, self.tr("The helpdesk is told. Stay on this page or call them."))
        self.refresh()

    def _may_go_back(self) -> bool:
        return self._failure is not None or bool(self._beside()[0]) or (self._page is not None and self._page.can_go_back())

    def back(self) -> None:
        """Out of a failure, else to the page's earlier part, else to the step before."""
        if self._advancing or self._page is None or self._crashed:
            return
        if self._failure is not None:
            self._unrecorded = None
            self._close_failure()
            return
        if self._page.back():
            self.refresh()
            self._arrive()
        elif before := self._beside()[0]:
            self.go(before)

    def show_crash(self, reference: str) -> None:
        """The wizard itself went wrong; `reference` finds the log line."""
        self._crashed = True
        self._advancing = False
        self.crash_page.set_reference(reference)
        self.stage.show_widget(self.crash_page)
        self.refresh()
        self._arrive()

    # The display panel, keyboard, language, closing

    def _show_panel(self, shown: bool) -> None:
        if shown:
            self.panel.open()
        else:
            self.panel.hide()
            self.top.display.setFocus(Qt.FocusReason.PopupFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.top.display.setChecked(False)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.top.display.isChecked():
            self.top.display.setChecked(False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.top.display.isChecked():
            self.primary()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes page, foot bar, rail, top bar, whatever the order in which pages were built."""
        regions: list[QWidget] = (
            [self.panel] if self.top.display.isChecked() else [self.stage, self.foot, *self.rail.rows, self.rail.help_card, self.top]
        )
        return move_on(self, regions, [self.stage.area, self.rail.area], forward) or bool(super().focusNextPrevChild(forward))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._page is None:
            self.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the driver close what is open, for a moment at most; then go."""
        if self._closing:
            event.ignore()
            return
        self._closing = True
        event.ignore()
        self.hide()
        aio.spawn(self._close(), "close")

    async def _close(self) -> None:
        if self._page is not None:
            self._page.leave()
        try:
            await aio.within(self._driver.close(), CLOSE_WITHIN_S)
        finally:
            self.closed.emit()

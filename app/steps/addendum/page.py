"""The telework addendum: read page by page, then confirmed and signed beside the document; a question or a refusal is as easy."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.contracts.outcomes import Owner
from app.core.content import Advice
from app.core.errors import JournalError, JournalUnwritable, MarhabaError
from app.core.step import Result, StepContext
from app.steps.addendum import check
from app.steps.addendum.desk import Desk
from app.steps.addendum.reader import Reader
from app.steps.addendum.sign_side import SignSide, Standing
from app.steps.addendum.views import Views
from app.steps.addendum.waiting import WaitingCard
from app.steps.addendum.words import Phase, Words
from app.ui import aio, i18n
from app.ui.page import StepPage
from app.ui.widgets import Columns, Notice, QuietButton

LINE_S = 10.0
"""How often it is looked whether the line is back."""
_INLINE = ("addendum.code_wrong", "addendum.code_expired", "addendum.code_locked", "addendum.rate_limited", "addendum.code_not_sent")
"""Said beside the code: there is something to do right there."""


class Page(StepPage):
    def __init__(self, context: StepContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._desk, self._words = Desk(context), Words(self)
        self._phase: Phase = "loading"
        self._entered = self._acting = self._fetching = self._reconsidered = False
        self._trouble: Result | None = None
        """What stands in the way of signing, said beside the code; the primary button then tells what to do."""
        self._note = ""
        self._text_since = 0.0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.strip = Notice("", "warn")
        self.waiting, self.reader, self.side = WaitingCard(), Reader(), SignSide()
        self.question = QuietButton()
        self.work = Columns(self.reader, self.side, (3, 2))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(self.strip)
        down.addWidget(self.waiting, 1)
        down.addWidget(self.work, 1)
        self.views = Views(self._desk, down, str(context.documents), self)
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.timeout.connect(self._validate)
        self._connect()
        self.anchors = {
            "addendum.document": self.reader, "addendum.code": self.side.before.identity, "addendum.consent": self.side.before.consent,
            "addendum.signature": self.side.signature.pad, "addendum.question": self.question, "addendum.refuse": self.side.refuse,
        }  # fmt: skip
        self.retranslate()

    def _connect(self) -> None:
        before, signature = self.side.before, self.side.signature
        self.question.clicked.connect(lambda: self._open_form("question"))
        self.side.refuse_wanted.connect(lambda: self._open_form("refuse"))
        self.views.refuse_wanted.connect(lambda: self._open_form("refuse"))
        self.views.written.connect(self._validate)
        self.views.not_kept.connect(self._tell)
        self.views.copies_wanted.connect(self._fetch_copies)
        self.waiting.again.connect(self._reload)
        self.reader.next_wanted.connect(self._next_page)
        self.reader.previous_wanted.connect(self._previous_page)
        self.reader.mode_changed.connect(self._mode_changed)
        self.reader.text_ended.connect(self._validate)
        self.reader.wide_wanted.connect(lambda on: self.side.setVisible(not on))
        before.consented.connect(self._agree)
        before.code.wanted.connect(lambda: self._spawn("code", self._send_code()))
        before.code.changed.connect(self._code_changed)
        signature.changed.connect(self._validate)

    # What the frame asks

    def title(self) -> str:
        return self._words.title(self._phase)

    def why(self) -> str:
        signed = self._desk.signed
        return self._words.why(self._phase, pending=signed is not None and check.waits_for_time(signed))

    def primary(self) -> str:
        result, at = self._desk.result, self._desk.progress
        last, lets_on = len(at.read | {at.page}) >= self.reader.pages, result is not None and result.outcome.lets_on
        trouble = self._trouble is not None
        return self._words.primary(self._phase, in_text=self.reader.in_text, last=last, trouble=trouble, lets_on=lets_on)

    def secondary(self) -> list[QPushButton]:
        return [self.question] if self._phase in ("read", "sign") else []

    def enter(self) -> None:
        self._entered = True
        self._reload()

    def leave(self) -> None:
        self._entered = False
        self.views.keep()
        self._desk.look_at(0)
        self._desk.leave()
        self._dwell.stop()
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._acting = self._fetching = False
        self.side.before.code.stop()
        self.side.signature.forget()

    def failure_closed(self) -> None:
        self._trouble = None
        self._reload()

    def back(self) -> bool:
        if self._phase in ("question", "refuse"):
            self.views.keep()
            self._settle()
            return True
        if self._phase == "read" and not self.reader.in_text and self._desk.progress.page > 1:
            self._previous_page()
            return True
        return False

    async def advance(self) -> Result | None:
        match self._phase:
            case "problem" | "done":
                return self._desk.result
            case "refused":
                self._reconsidered = True
                self._settle()
            case "read":
                if self.reader.in_text:
                    self._desk.text_is_read(time.monotonic() - self._text_since)
                else:
                    self._desk.turn()
                self._settle()
            case "sign":
                return self._trouble or await self._sign()
            case "question":
                result = self._desk.ask(self.views.forms.question.chosen(), self.views.forms.question.question())
                self.views.take_up()
                return result
            case "refuse":
                self._reconsidered = False
                return self._desk.refuse(self.views.forms.refusal.reason())
        return None

    # Open

    def _reload(self) -> None:
        self._go("loading")
        self._spawn("open", self._open())

    async def _open(self) -> None:
        desk = self._desk
        self._reconsidered = self._reconsidered or not check.refusal(self.context.state())
        await desk.open()
        self.side.signature.set_bounds(desk.bounds)
        offer = desk.offer
        if offer is not None and desk.result is None and not (self.reader.load(offer, desk.document) and self.reader.pages == offer.pages):
            desk.unreadable()
        await asyncio.sleep(0)  # one thing a turn: the page is laid out in the next
        self.views.take_up()
        self._settle()
        if desk.signed is not None:
            self._fetch_copies()
        elif desk.kept and desk.result is None:
            self._spawn("line", self._wait_for_line())

    def _settle(self) -> None:
        """To the phase that the desk's state means."""
        desk = self._desk
        if desk.signed is not None:
            self._go("done")
        elif desk.result is not None:
            self._go("problem")
        elif not self._reconsidered:
            self._go("refused")
        else:
            self._go("sign" if desk.progress.complete else "read")

    def _go(self, phase: Phase) -> None:
        before, self._phase = self._phase, phase
        self.views.open(phase)
        self._show()
        if before != phase and phase != "loading" and self._entered and before != "loading":
            self.said.emit(f"{self.title()} {self.why()}")
        self._place_focus(before != phase)

    def _place_focus(self, fresh: bool) -> None:
        """The keyboard goes to what is new, never to the rail because what had it is gone."""
        if not self.isVisible() or self._phase == "loading":
            return
        if self._phase == "read":
            (self.reader.clauses.text if self.reader.in_text else self.reader.paper).setFocus()
        elif self._phase in ("question", "refuse"):
            self.views.focus(self._phase)
        elif fresh:
            self.setFocus()

    async def _wait_for_line(self) -> None:
        replaced = await self._desk.wait_for_line(LINE_S)
        if self._phase in ("read", "sign"):
            await self._open()
            self._note = "changed" if replaced else ""
            self._show()

    # Reading

    def _next_page(self) -> None:
        at = self._desk.progress
        if at.page in at.read and at.page < self.reader.pages:
            self._desk.look_at(at.page + 1)
            self._show()
        elif self._phase == "read" and self.valid and not self.reader.in_text:
            try:
                self._desk.turn()
            except JournalError as error:
                self._tell(error.code)
                return
            self._settle()

    def _previous_page(self) -> None:
        if self._desk.progress.page > 1:
            self._desk.look_at(self._desk.progress.page - 1)
            self._show()

    def _mode_changed(self) -> None:
        self._text_since = time.monotonic()
        self._desk.look_at(0 if self.reader.in_text else self._desk.progress.page)
        self._show()

    # Before signing

    def _agree(self, on: bool) -> None:
        try:
            self._desk.agree(on)
        except JournalError as error:
            self._tell(error.code)
        self._show()

    async def _send_code(self) -> None:
        form = self.side.before.code
        form.set_busy(True)
        self._trouble, self._note = None, ""
        try:
            sent = await self._desk.send_code()
            form.set_busy(False)
            form.show_sent(sent)
            self._desk.kept = False
            self.said.emit(self.side.before.identity.detail.text())
        except MarhabaError as error:
            self._code_problem(error)
        finally:
            form.set_busy(False)
        self._show()

    def _code_problem(self, error: MarhabaError) -> None:
        code = check.code_of(error)
        advice = self._advice(code)
        over = code in ("addendum.code_expired", "addendum.code_locked")
        self.side.before.code.show_error(advice.title, check.tries_left(error), check.retry_after(error), over=over)
        self._trouble = None if code in _INLINE else check.result_of_error(error)
        self.said.emit(advice.title)

    def _code_changed(self) -> None:
        if self.side.before.code.code:
            self._trouble = None
        self._show()

    async def _sign(self) -> Result | None:
        appearance, code = self.side.signature.appearance(), self.side.before.code.code
        if appearance is None or not code:
            return None
        self._acting = True
        self._show()
        try:
            await self._desk.sign(code, appearance, i18n.language())
        except MarhabaError as error:
            return await self._not_signed(error)
        except OSError as error:
            raise JournalUnwritable(error=str(error)) from error  # the half-done act could not be kept: nothing was signed
        finally:
            self._acting = False
        self.side.before.code.stop()
        self.side.signature.forget()
        self._settle()
        self._fetch_copies()
        return None

    async def _not_signed(self, error: MarhabaError) -> Result | None:
        if check.code_of(error) in _INLINE:
            self._code_problem(error)
            self._acting = False
            self._show()
            return None
        if await self._desk.reopen_if_changed(error):
            self._note = "changed"
            await self._open()
            return None
        return check.result_of_error(error)

    def _fetch_copies(self) -> None:
        if self._desk.signed is not None and not check.waits_for_time(self._desk.signed) and not self._desk.copies:
            self._fetching = True
            self._spawn("copies", self._copies())
        self._show()

    async def _copies(self) -> None:
        await self._desk.fetch_copies()
        self._fetching = False
        self._show()
        self.said.emit(self.views.done.copy.title.text())

    # Question and refusal

    def _open_form(self, phase: Phase) -> None:
        if not self._acting:
            self._go(phase)

    # Showing

    def _spawn(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        if (running := self._tasks.get(name)) is not None:
            running.cancel()
        self._tasks[name] = aio.spawn(work, f"addendum.{name}")

    def _advice(self, code: str) -> Advice:
        return self.context.content().advice.get(code) or Advice(code, Owner.HELPDESK, code, "")

    def _tell(self, code: str) -> None:
        self._note = code
        self._show()
        self.said.emit(self.strip.text.text())

    def _show(self) -> None:
        desk, phase = self._desk, self._phase
        reading = phase in ("read", "sign")
        self.waiting.setVisible(phase in ("loading", "problem", "refused"))
        self.side.setVisible(phase == "sign" and not self.reader.wide.isChecked())
        self.views.show(phase)
        self.work.setVisible(reading)
        if reading:
            at = desk.progress
            if not self.reader.in_text:
                desk.look_at(at.page)
            self.reader.show_page(at.page, may_turn=at.page in at.read)
            self.reader.set_narrow(phase == "sign")
            self.side.before.show_standing(Standing(desk.offer, at.complete, desk.agreed, self._acting))
            self.side.signature.set_busy(self._acting)
        else:
            desk.look_at(0)
        if phase == "done":
            problem = self._advice(desk.copies_code) if desk.copies_code else None
            self.views.done.show_signed(desk.facts(), desk.copies, problem, fetching=self._fetching)
        self.waiting.show_phase(phase, desk.result, self._advice)
        self._write_strip()
        self.question.setEnabled(not self._acting)
        self._validate()
        self.changed.emit()

    def _write_strip(self) -> None:
        desk, note = self._desk, self._note
        problem = self._advice(note).title if note not in ("", "changed") else ""
        newer = desk.offer is not None and desk.offer.state == "to_sign_again"
        told = self._words.strip(problem, replaced=note == "changed", no_line=desk.kept, newer=newer, asked=bool(desk.progress.questions))
        text, kind = told if self._phase in ("read", "sign") else ("", "info")
        self.strip.set_text(text, kind)
        self.strip.setVisible(bool(text))

    def _validate(self) -> None:
        self._dwell.stop()
        match self._phase:
            case "problem" | "refused" | "done":
                self.set_valid(True)
            case "read":
                wait = self._desk.wait_s(self._text_since if self.reader.in_text else None)
                if wait > 0:
                    self._dwell.start(round(wait * 1000) + 10)
                self.set_valid(wait <= 0 and (not self.reader.in_text or self.reader.clauses.at_end()))
            case "sign":
                ready = self._desk.agreed and bool(self.side.before.code.code) and self.side.signature.appearance() is not None
                self.set_valid(self._trouble is not None or (ready and not self._acting))
            case "question" | "refuse":
                self.set_valid(self.views.valid(self._phase))
            case _:
                self.set_valid(False)

    def retranslate(self) -> None:
        self.question.setText(self._words.ask())
        if self._entered:
            self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._desk.look_at(0)  # what nobody sees is not read

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._entered:
            self._show()

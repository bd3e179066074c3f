"""The telework addendum: read page by page, then confirmed and signed; a question or a refusal is as easy."""

import asyncio
from collections.abc import Coroutine, Iterator
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from app.contracts.outcomes import Owner
from app.core.content import Advice
from app.core.step import Result
from app.steps.addendum import check
from app.steps.addendum.desk import Desk
from app.steps.addendum.reader import Reader
from app.steps.addendum.reading import Reading
from app.steps.addendum.sign_side import SignSide
from app.steps.addendum.signing import Signing
from app.steps.addendum.views import Views
from app.steps.addendum.waiting import WaitingCard
from app.steps.addendum.words import Phase, Words
from app.steps.addendum.work import COLUMN, Work
from app.ui import aio
from app.ui.page import StepPage
from app.ui.widgets import Notice, QuietButton

LINE_S = 10.0
"""How often it is looked whether the line is back."""


class Page(StepPage):
    def build(self) -> Iterator[None]:
        self._desk, self._words = Desk(self.context), Words(self)
        self._phase: Phase = "loading"
        self._entered = self._fetching = self._reconsidered = False
        self._note = ""
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.strip = Notice("", "warn")
        self.waiting, self.work = WaitingCard(), Work()
        self.question = QuietButton()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        down.addWidget(self.strip)
        down.addWidget(self.waiting, 1, Qt.AlignmentFlag.AlignTop)
        down.addWidget(self.work, 1)
        yield
        self.reading = Reading(self._desk, self.work, self)
        self.signing = Signing(self._desk, self.work, self._advice, self)
        self.views = Views(self._desk, down, str(self.context.documents), self)
        self._dwell = QTimer(self)
        self._dwell.setSingleShot(True)
        self._dwell.timeout.connect(self._validate)
        self._connect()
        yield
        self.anchors = {"addendum.document": self.work.document, "addendum.question": self.question}
        # Until there is something to sign, the place where it will be signed stands for its parts.
        self.anchors |= dict.fromkeys(("addendum.code", "addendum.consent", "addendum.signature", "addendum.refuse"), self.work.signing)
        self.retranslate()

    def _connect(self) -> None:
        self.question.clicked.connect(lambda: self._open_form("question"))
        for refused in (self.signing.refuse_wanted, self.views.refuse_wanted):
            refused.connect(lambda: self._open_form("refuse"))
        for not_kept in (self.reading.not_kept, self.signing.not_kept, self.views.not_kept):
            not_kept.connect(self._tell)
        self.views.written.connect(self._validate)
        self.views.copies_wanted.connect(self._fetch_copies)
        self.waiting.again.connect(self._reload)
        self.work.divided.connect(self._show)
        self.work.looked.connect(self._looked)
        self.reading.moved.connect(self._show)
        self.reading.turned.connect(self._settle)
        self.reading.ended.connect(self._validate)
        self.signing.built.connect(self._anchor)
        self.signing.changed.connect(self._show)
        self.signing.touched.connect(self._validate)
        self.signing.said.connect(self.said)
        self.signing.code_wanted.connect(self._send_code)

    def _anchor(self) -> None:
        side = self.side
        self.anchors |= {
            "addendum.code": side.before.identity, "addendum.consent": side.before.consent,
            "addendum.signature": side.signature.pad, "addendum.refuse": side.refuse,
        }  # fmt: skip

    @property
    def reader(self) -> Reader:
        return self.reading.reader

    @property
    def side(self) -> SignSide:
        return self.signing.side

    @property
    def phase(self) -> Phase:
        return self._phase

    # What the frame asks

    def title(self) -> str:
        return self._words.title(self._phase)

    def column(self) -> int:
        return COLUMN if self._phase == "sign" else super().column()

    def why(self) -> str:
        signed = self._desk.signed
        return self._words.why(self._phase, pending=signed is not None and check.waits_for_time(signed))

    def primary(self) -> str:
        result, reading = self._desk.result, self.reading
        lets_on, trouble = result is not None and result.outcome.lets_on, self.signing.trouble is not None
        return self._words.primary(self._phase, in_text=reading.in_text, last=reading.last, trouble=trouble, lets_on=lets_on)

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
        self._fetching = False
        self.signing.leave()

    def failure_closed(self) -> None:
        self.signing.trouble = None
        self._reload()

    def back(self) -> bool:
        if self._phase in ("question", "refuse"):
            self.views.keep()
            self._settle()
            return True
        if self.work.looking:
            self.work.look_again(False)
            return True
        return self._phase == "read" and not self.reading.in_text and self.reading.previous_page()

    async def advance(self) -> Result | None:
        match self._phase:
            case "problem" | "done":
                return self._desk.result
            case "refused":
                self._reconsidered = True
                self._settle()
            case "read":
                self.reading.read()
                if self._desk.progress.complete:
                    self.signing.build()
                    await aio.turn()
                self._settle()
            case "sign":
                return self.signing.trouble or await self._sign()
            case "question":
                result = await self._desk.ask(self.views.forms.question.chosen(), self.views.forms.question.question())
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
        self.signing.open()
        if desk.offer is not None and desk.result is None:
            _ = self.reading.reader  # one thing a turn: built in this one, filled in the next
            await aio.turn()
            if not self.reading.load():
                desk.unreadable()
        await aio.turn()  # and laid out in one more
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
            self.reading.focus()
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

    # Sign

    def _send_code(self) -> None:
        self._note = ""
        self._spawn("code", self.signing.send_code())

    async def _sign(self) -> Result | None:
        if not self.signing.ready:
            return None
        error = await self.signing.sign()
        if error is None:
            await aio.turn()
            _ = self.views.done  # one thing a turn: built in this one, shown in the next
            await aio.turn()
            self._settle()
            self._fetch_copies()
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

    # Showing

    def _open_form(self, phase: Phase) -> None:
        if not self.signing.acting:
            self._go(phase)

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

    def _looked(self) -> None:
        """The keyboard follows to the document, and back."""
        self._show()
        if self.work.looking:
            self.reading.focus()
        elif not self.work.beside:
            self.side.before.document.setFocus()

    def _show(self) -> None:
        desk, phase = self._desk, self._phase
        at_work = phase in ("read", "sign")
        self.waiting.setVisible(phase in ("loading", "problem", "refused"))
        self.views.show(phase)
        self.reading.turning = phase == "read"
        self.work.setVisible(at_work)
        if at_work:
            self.work.show_signing(phase == "sign")
            self.reading.show()
            if phase == "sign":
                self.signing.show()
        else:
            desk.look_at(0)
        if phase == "done":
            problem = self._advice(desk.copies_code) if desk.copies_code else None
            self.views.done.show_signed(desk.facts(), desk.copies, problem, fetching=self._fetching)
        self.waiting.show_phase(phase, desk.result, self._advice)
        self._write_strip()
        self.question.setEnabled(not self.signing.acting)
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
                if (wait := self.reading.wait_s()) > 0:
                    self._dwell.start(round(wait * 1000) + 10)
                self.set_valid(self.reading.enough)
            case "sign":
                self.set_valid(self.signing.trouble is not None or (self.signing.ready and not self.signing.acting))
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

"""Signing: the code asked for and typed, the consent, the signature, and what went wrong said where it can be mended."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from app.core.content import Advice
from app.core.errors import JournalError, JournalUnwritable, MarhabaError
from app.core.step import Result
from app.steps.addendum import check
from app.steps.addendum.desk import Desk
from app.steps.addendum.sign_side import SignSide, Standing
from app.steps.addendum.work import Work
from app.ui import i18n

_INLINE = ("addendum.code_wrong", "addendum.code_expired", "addendum.code_locked", "addendum.rate_limited", "addendum.code_not_sent")
"""Said beside the code: there is something to do right there."""


class Signing(QObject):
    changed = Signal()
    touched = Signal()
    """Something was drawn or typed: whether it can be signed is to be looked at again."""
    said = Signal(str)
    not_kept = Signal(str)
    """The code of why the consent could not be kept."""
    code_wanted = Signal()
    refuse_wanted = Signal()
    built = Signal()
    """The side is there now: it is made when there is first something to sign."""

    def __init__(self, desk: Desk, work: Work, advice: Callable[[str], Advice], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._work, self._advice = desk, work, advice
        self.acting = False
        """The signature is on its way."""
        self.trouble: Result | None = None
        """What stands in the way of signing, said beside the code; the primary button then tells what to do."""

    @cached_property
    def side(self) -> SignSide:
        made = SignSide()
        made.signature.set_bounds(self._desk.bounds)  # before anybody hears of it: who hears asks for this very side
        made.refuse_wanted.connect(self.refuse_wanted)
        made.before.consented.connect(self._agree)
        made.before.code.wanted.connect(self.code_wanted)
        made.before.code.changed.connect(self._code_changed)
        made.before.document.clicked.connect(lambda: self._work.look_again(True))
        made.signature.changed.connect(self.touched)
        self._work.lay(self._work.signing, made)
        return made

    @property
    def _there(self) -> bool:
        return "side" in self.__dict__

    def open(self) -> None:
        """The desk was opened: what may be signed with may have changed."""
        if self._there:
            self.side.signature.set_bounds(self._desk.bounds)

    def leave(self) -> None:
        """Nothing of code or signature stays behind on the page."""
        self.acting = False
        if self._there:
            self.side.before.code.stop()
            self.side.signature.forget()

    def build(self) -> None:
        """Make the side, unless it is there: work of its own, best done a turn before it is shown."""
        if not self._there:
            _ = self.side
            self.built.emit()

    def show(self) -> None:
        self.build()
        desk = self._desk
        self.side.before.show_standing(Standing(desk.offer, desk.progress.complete, desk.agreed, self.acting, self._work.beside))
        self.side.signature.set_busy(self.acting)

    @property
    def ready(self) -> bool:
        return self._desk.agreed and bool(self.side.before.code.code) and self.side.signature.appearance() is not None

    def _agree(self, on: bool) -> None:
        try:
            self._desk.agree(on)
        except JournalError as error:
            self.not_kept.emit(error.code)
        self.changed.emit()

    async def send_code(self) -> None:
        form = self.side.before.code
        form.set_busy(True)
        self.trouble = None
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
        self.changed.emit()

    def _code_problem(self, error: MarhabaError) -> None:
        code = check.code_of(error)
        advice = self._advice(code)
        over = code in ("addendum.code_expired", "addendum.code_locked")
        self.side.before.code.show_error(advice.title, check.tries_left(error), check.retry_after(error), over=over)
        self.trouble = None if code in _INLINE else check.result_of_error(error)
        self.said.emit(advice.title)

    def _code_changed(self) -> None:
        if self.side.before.code.code:
            self.trouble = None
        self.changed.emit()

    async def sign(self) -> MarhabaError | None:
        """The act; what stands in its way, unless it could be said beside the code. Errors: JournalUnwritable."""
        appearance, code = self.side.signature.appearance(), self.side.before.code.code
        assert appearance is not None  # noqa: S101 - asked for when `ready`
        self.acting = True
        self.changed.emit()
        try:
            await self._desk.sign(code, appearance, i18n.language())
        except MarhabaError as error:
            if check.code_of(error) not in _INLINE:
                return error
            self._code_problem(error)
            return None
        except OSError as error:
            raise JournalUnwritable(error=str(error)) from error  # the half-done act could not be kept: nothing was signed
        finally:
            self.acting = False
        self.leave()
        return None

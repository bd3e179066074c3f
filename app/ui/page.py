"""What a page owes the frame. The frame owns Back and the primary button; a page says what is true of it."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.core.step import Result, StepContext
from app.ui.layouts import COLUMN


class StepPage(QWidget):
    """Base of every step's page.

    Life: built lazily on first entry, or ahead of it a piece a turn; `enter()` each time it is shown; `leave()` when left;
    `retranslate()` after a change of language (state kept). The frame reads `title()`, `why()`, `primary()`, `valid`, `busy` whenever
    `changed` fires.
    Only content below the title belongs to the page: the frame draws title, why and foot bar.
    """

    changed = Signal()
    said = Signal(str)
    """Something for assistive technology, spoken politely (a result, a new question)."""

    def __init__(self, context: StepContext, parent: QWidget | None = None, *, whole: bool = True) -> None:
        """Not `whole`: nothing is built before `build_on` or `complete` is called."""
        super().__init__(parent)
        self.context = context
        self.anchors: dict[str, QWidget] = {}
        self._valid = False
        self._busy = False
        self._pieces = self.build()
        if whole:
            self.complete()

    def build(self) -> Iterator[None]:
        """Make what the page is made of, its words included. A `yield` ends what one turn of the loop may take, some 15 ms.

        From the outside in: what is put into something else is dressed anew, with all that is in it.
        """
        yield from ()

    def build_on(self) -> bool:
        """Build the next piece; whether there may be more."""
        return next(self._pieces, self) is None

    def complete(self) -> None:
        """Build what is not built yet."""
        while self.build_on():
            pass

    def title(self) -> str:
        """What to do or what is true now."""
        raise NotImplementedError

    def why(self) -> str:
        """One sentence: why it matters to this person."""
        return ""

    def primary(self) -> str:
        """The primary button's words; empty hides the button."""
        return self.tr("Continue")

    def wide_title(self) -> bool:
        """True on the welcome page only: the title larger and lower, as a greeting."""
        return False

    def owns_title(self) -> bool:
        """True where the page draws its own title inside (the last page)."""
        return False

    def column(self) -> int:
        """How wide the page becomes at most, in pixels at 100 %."""
        return COLUMN

    def tells_remarks(self) -> bool:
        """True where the page itself says what a result with a remark means: no advice comes between."""
        return False

    def secondary(self) -> list[QPushButton]:
        """More buttons for the foot bar, before the primary one. The page keeps them and connects them."""
        return []

    async def advance(self) -> Result | None:
        """The primary button was pressed. A Result ends the step and is recorded; None stays on the page."""
        raise NotImplementedError

    def back(self) -> bool:
        """True if the page had an earlier part to go back to (the frame then stays)."""
        return False

    def can_go_back(self) -> bool:
        """Whether `back()` has an earlier part now. Asked on the first step only: everywhere else Back leads somewhere anyway."""
        return False

    def enter(self) -> None:
        """The page is shown now."""

    def leave(self) -> None:
        """The page is hidden now: stop what runs, forget what is private."""

    def failure_closed(self) -> None:
        """The agent pressed « try again » on this step's failure view: make the page ready for another go."""

    def retranslate(self) -> None:
        """Set every word anew."""

    @property
    def valid(self) -> bool:
        return self._valid

    @property
    def busy(self) -> bool:
        return self._busy

    def set_valid(self, valid: bool) -> None:
        if valid != self._valid:
            self._valid = valid
            self.changed.emit()

    def set_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.complete()  # a page without a parent hears of it too
            self.retranslate()
            self.changed.emit()
        super().changeEvent(event)

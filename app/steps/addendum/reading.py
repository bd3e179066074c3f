"""Reading: the page on screen, the turning of pages, the text instead of them; each page looked at for as long as the journey asks."""

import time
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from app.core.errors import JournalError
from app.steps.addendum.desk import Desk
from app.steps.addendum.reader import Reader
from app.steps.addendum.work import Work


class Reading(QObject):
    moved = Signal()
    """Another page, or the text, is on screen."""
    turned = Signal()
    """A page was read."""
    ended = Signal()
    """The end of the text was on screen."""
    not_kept = Signal(str)
    """The code of why what was read could not be kept."""

    def __init__(self, desk: Desk, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._work = desk, work
        self._text_since = 0.0
        self.turning = False
        """Whether pages are being read: when they are signed they are only looked at."""

    @cached_property
    def reader(self) -> Reader:
        made = Reader()
        made.next_wanted.connect(self.next_page)
        made.previous_wanted.connect(self.previous_page)
        made.mode_changed.connect(self._mode_changed)
        made.text_ended.connect(self.ended)
        made.close_wanted.connect(lambda: self._work.look_again(False))
        self._work.lay(self._work.document, made)
        return made

    @property
    def in_text(self) -> bool:
        return "reader" in self.__dict__ and self.reader.in_text

    @property
    def last(self) -> bool:
        """Whether the page on screen is the last that is to be read."""
        at = self._desk.progress
        return "reader" in self.__dict__ and len(at.read | {at.page}) >= self.reader.pages

    def load(self) -> bool:
        """Whether the offered document can be shown, whole."""
        offer = self._desk.offer
        return offer is not None and self.reader.load(offer, self._desk.document) and self.reader.pages == offer.pages

    def show(self) -> None:
        at = self._desk.progress
        if not self.in_text:
            self._desk.look_at(at.page if self._work.shows_document else 0)
        self.reader.show_page(at.page, may_turn=at.page in at.read)
        self.reader.set_closable(self._work.looking)

    def focus(self) -> None:
        (self.reader.clauses.text if self.in_text else self.reader.paper).setFocus()

    def wait_s(self) -> float:
        """How long what is on screen must still be looked at."""
        return self._desk.wait_s(self._text_since if self.in_text else None)

    @property
    def enough(self) -> bool:
        """Whether what is on screen counts as read."""
        return self.wait_s() <= 0 and (not self.in_text or self.reader.clauses.at_end())

    def read(self) -> None:
        """The person says that what is on screen is read. Errors: JournalError."""
        if self.in_text:
            self._desk.text_is_read(time.monotonic() - self._text_since)
        else:
            self._desk.turn()

    def next_page(self) -> None:
        at = self._desk.progress
        if at.page in at.read and at.page < self.reader.pages:
            self._desk.look_at(at.page + 1)
            self.moved.emit()
        elif self.turning and not self.in_text and self.enough:
            try:
                self._desk.turn()
            except JournalError as error:
                self.not_kept.emit(error.code)
                return
            self.turned.emit()

    def previous_page(self) -> bool:
        """Whether there was one."""
        if self._desk.progress.page <= 1:
            return False
        self._desk.look_at(self._desk.progress.page - 1)
        self.moved.emit()
        return True

    def _mode_changed(self) -> None:
        self._text_since = time.monotonic()
        self._desk.look_at(0 if self.in_text else self._desk.progress.page)
        self.moved.emit()

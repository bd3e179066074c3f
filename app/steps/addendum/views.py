"""What may stand where the document stands: the forms, the end. Each is built when it is first wanted."""

from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from app.steps.addendum.desk import Desk
from app.steps.addendum.done_view import DoneView
from app.steps.addendum.word_forms import Forms
from app.steps.addendum.words import Phase


class Views(QObject):
    """Lays the views below `down`, one under the other; one is shown at a time."""

    refuse_wanted = Signal()
    written = Signal()
    not_kept = Signal(str)
    """The code of why what was written could not be kept."""
    copies_wanted = Signal()

    def __init__(self, desk: Desk, down: QVBoxLayout, documents: str, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._down, self._documents = desk, down, documents

    @cached_property
    def forms(self) -> Forms:
        made = Forms(self._desk, self)
        made.take_up()  # before anybody hears of it: who hears asks for this very form
        made.refuse_wanted.connect(self.refuse_wanted)
        made.changed.connect(self.written)
        made.not_kept.connect(self.not_kept)
        for part in (made.question, made.refusal):
            self._down.addWidget(part, 1)
        return made

    @cached_property
    def done(self) -> DoneView:
        made = DoneView(self._documents)
        made.again.connect(self.copies_wanted)
        self._down.addWidget(made, 1)
        return made

    def _has(self, name: str) -> bool:
        return name in self.__dict__

    def take_up(self) -> None:
        """The desk was opened: give back what was half written."""
        if self._has("forms"):
            self.forms.take_up()

    def keep(self) -> None:
        """Keep what is half written."""
        if self._has("forms"):
            self.forms.keep()

    def open(self, phase: Phase) -> None:
        if phase in ("question", "refuse") or self._has("forms"):
            self.forms.open(phase)

    def show(self, phase: Phase) -> None:
        if phase in ("question", "refuse") or self._has("forms"):
            self.forms.question.setVisible(phase == "question")
            self.forms.refusal.setVisible(phase == "refuse")
        if phase == "done" or self._has("done"):
            self.done.setVisible(phase == "done")

    def valid(self, phase: Phase) -> bool:
        """Whether the form of this phase may be sent."""
        return self.forms.question.valid if phase == "question" else self.forms.refusal.valid

    def focus(self, phase: Phase) -> None:
        (self.forms.question if phase == "question" else self.forms.refusal).text.setFocus()

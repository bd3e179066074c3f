"""What stands where the document would: it is being fetched, or why there is none."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.content import Advice
from app.core.step import Result
from app.steps.addendum.words import Phase
from app.ui.widgets import ButtonRow, Card, QuietButton, Row


class WaitingCard(Card):
    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._loading = True
        self.row = Row("busy")
        self.retry = QuietButton()
        self.row.texts.addSpacing(10)
        self._buttons = ButtonRow(self.retry)
        self.row.add(self._buttons)
        self.body.addWidget(self.row, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addStretch(1)
        self.retry.clicked.connect(self.again)
        self.show_loading()

    def show_phase(self, phase: Phase, result: Result | None, advice: Callable[[str], Advice]) -> None:
        """What `phase` means where there is no document; any other phase leaves the card as it is."""
        if phase == "loading":
            self.show_loading()
        elif phase == "refused":
            self.show_advice(advice("addendum.refused"), "info", again=False)
        elif result is not None:
            self.show_advice(advice(result.code), "ok" if result.outcome.lets_on else "warn", again=not result.outcome.lets_on)

    def show_loading(self) -> None:
        self._loading = True
        self._write()

    def show_advice(self, advice: Advice, kind: str, *, again: bool) -> None:
        """`kind` is a mark; `again` shows « try again »."""
        self._loading = False
        self.row.set_mark(kind)
        self.row.set_texts(advice.title, advice.meaning)
        self.row.setAccessibleName(f"{advice.title}. {advice.meaning}")
        self._buttons.setVisible(again)
        self._write()

    def _write(self) -> None:
        self.retry.setText(self.tr("Try again"))
        self.retry.setAccessibleName(self.retry.text())
        if self._loading:
            self.row.set_mark("busy")
            self.row.set_texts(self.tr("Your addendum is being fetched"), self.tr("A few seconds; a minute at most on a slow line."))
            self._buttons.setVisible(False)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

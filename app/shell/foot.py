"""The foot bar: Back at the start; what runs, the page's own buttons and the primary button at the end."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui import theme
from app.ui.buttons import BackButton, PrimaryButton
from app.ui.cards import Panel
from app.ui.layouts import SIDE, ButtonRow
from app.ui.marks import Spinner
from app.ui.text import label

GAP = 12
LARGE = 1.4
"""From this text size on, the bar's own margins are small: the page needs the height."""


class FootBar(Panel):
    """The frame's buttons. Where all of them do not fit side by side, Back is an arrow and the page's own buttons wrap their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", radius=0, parent=parent)
        self.back, self.primary = BackButton(), PrimaryButton()
        self.spinner, self.busy_words = Spinner(), label("", "secondary")
        self.busy_words.setWordWrap(False)
        self.end = ButtonRow(end=True, gap=GAP, squeeze=True)
        self._across = QHBoxLayout(self)
        self._across.setSpacing(GAP)
        self._across.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        self._across.addStretch(1)
        self._across.addWidget(self.spinner)
        self._across.addWidget(self.busy_words)
        self._across.addWidget(self.end, 100)
        self._secondary: list[QPushButton] = []
        self._busy, self._side = False, SIDE
        self.end.set_widgets([self.primary])
        self.show_busy(False)

    def set_secondary(self, buttons: Sequence[QPushButton]) -> None:
        """The page's own buttons, before the primary one. The page keeps them when they leave."""
        if list(buttons) != self._secondary:
            self._secondary = list(buttons)
            self.end.set_widgets([*self._secondary, self.primary])

    def set_primary(self, words: str, shown: bool) -> None:
        """The last of the words of a page: what has room is settled here."""
        self.primary.setText(words)
        self.primary.setVisible(shown)
        self._fit()

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy_words.setText(self.tr("Checking…"))
        self.spinner.setVisible(busy)
        self._fit()

    def retranslate(self) -> None:
        self.back.setText(self.tr("Back"))
        self.busy_words.setText(self.tr("Checking…"))

    def set_side(self, side: int) -> None:
        """The page's own margin."""
        self._side = side
        self._fit()

    def _fit(self) -> None:
        """What is secondary gives way first: the words beside the spinner, then those of Back."""
        large = theme.current().scale >= LARGE
        at = self._side
        self._across.setContentsMargins(at, 8 if large else 14, at, 8 if large else 18)
        room = self.width() - 2 * at - GAP - self.end.sizeHint().width() - (self.spinner.width() + GAP if self._busy else 0)
        full = self.back.full_width()
        self.busy_words.setVisible(self._busy and room >= full + GAP + self.busy_words.sizeHint().width())
        self.back.shorten(room < full)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.current().color("line"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

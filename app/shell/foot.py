"""The foot bar: Back at the start; what runs, the page's own buttons and the primary button at the end."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.ui import theme
from app.ui.buttons import PlainButton, PrimaryButton
from app.ui.cards import Panel
from app.ui.layouts import ButtonRow
from app.ui.marks import Spinner
from app.ui.text import label


class FootBar(Panel):
    """The frame's buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", radius=0, parent=parent)
        self.back, self.primary = PlainButton(), PrimaryButton()
        self.spinner, self.busy_words = Spinner(), label("", "secondary")
        self.busy_words.setWordWrap(False)
        self.end = ButtonRow(end=True, gap=12)
        across = QHBoxLayout(self)
        across.setContentsMargins(28, 14, 28, 18)
        across.setSpacing(12)
        across.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        across.addWidget(self.spinner)
        across.addWidget(self.busy_words)
        across.addWidget(self.end, 100)
        self._secondary: list[QPushButton] = []
        self.end.set_widgets([self.primary])
        self.show_busy(False)

    def set_secondary(self, buttons: Sequence[QPushButton]) -> None:
        """The page's own buttons, before the primary one. The page keeps them when they leave."""
        if list(buttons) != self._secondary:
            self._secondary = list(buttons)
            self.end.set_widgets([*self._secondary, self.primary])

    def show_busy(self, busy: bool) -> None:
        self.busy_words.setText(self.tr("Checking…"))
        self.spinner.setVisible(busy)
        self.busy_words.setVisible(busy)

    def retranslate(self) -> None:
        self.back.setText(self.tr("Back"))
        self.busy_words.setText(self.tr("Checking…"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.current().color("line"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

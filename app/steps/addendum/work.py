"""Where the document lies and where it is signed: one after the other, each over the whole width; beside each other on a wide screen."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui import theme

SIDE = 430
BESIDE = 1190
"""Pixels at 100 %: from this width on a page of two columns can be read and its signature be set side by side."""
COLUMN = 1240
"""As wide as both become together."""
_ANY = 16_777_215


class Work(QWidget):
    """Two places, filled when they are first wanted."""

    divided = Signal()
    """Both are beside each other now, or no longer."""
    looked = Signal()
    """The document was opened again from where it is signed, or closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document, self.signing = QWidget(), QWidget()
        self._sign = self._look = self._beside = False
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        for place in (self.document, self.signing):
            down = QVBoxLayout(place)
            down.setContentsMargins(0, 0, 0, 0)
            across.addWidget(place, 1)
        self._divide()

    @staticmethod
    def lay(place: QWidget, part: QWidget) -> None:
        """Fill one of the two places."""
        layout = place.layout()
        assert layout is not None  # noqa: S101 (narrows for mypy; each was given one)
        layout.addWidget(part)
        part.show()  # at once: a layout would do so only in the next turn

    @property
    def beside(self) -> bool:
        return self._beside

    @property
    def shows_document(self) -> bool:
        return not self._sign or self._beside or self._look

    @property
    def looking(self) -> bool:
        """The document was opened again from where it is signed."""
        return self._sign and self._look and not self._beside

    def show_signing(self, on: bool) -> None:
        """The time to sign has come; `on` False: to read."""
        if on != self._sign:
            self._sign, self._look = on, False
            self._divide()

    def look_again(self, on: bool) -> None:
        """The document in the place of the signature, or back."""
        self._look = on
        self._divide()
        self.looked.emit()

    def _divide(self) -> None:
        t = theme.current()
        before, self._beside = self._beside, self.width() >= t.px(BESIDE)
        wide = t.px(SIDE)
        self.signing.setMinimumWidth(wide if self._beside else 0)
        self.signing.setMaximumWidth(wide if self._beside else _ANY)
        self.document.setVisible(self.shows_document)
        self.signing.setVisible(self._sign and (self._beside or not self._look))
        if before != self._beside:
            self.divided.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._divide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._divide()
        super().changeEvent(event)

"""Numbers with their units, and the quiet blocks that show one each."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.ui import i18n, theme
from app.ui.text import SizedText
from app.ui.widgets import label


def with_unit(value: float, unit: str, decimals: int = 0) -> str:
    """ "−84 dBm": left to right everywhere, with a true minus sign."""
    number = i18n.plain(i18n.digits(value, decimals)).replace("-", "−")
    return i18n.ltr(f"{number} {unit}")


class Tile(QFrame):
    """One number and what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.figure, self.caption = SizedText("figure", 20, bold=True), label("", "secondary")
        down = QVBoxLayout(self)
        down.setContentsMargins(12, 10, 12, 12)
        down.setSpacing(2)
        down.addWidget(self.figure)
        down.addWidget(self.caption)
        down.addStretch(1)

    def show_figure(self, figure: str, caption: str) -> None:
        if figure != self.figure.text():
            self.figure.setText(figure)
        if caption != self.caption.text():
            self.caption.setText(caption)
        self.setAccessibleName(f"{caption}: {i18n.plain(figure)}")


class Tiles(QWidget):
    """Tiles in one row, in two or one below the other, as the room allows."""

    NARROW = 96

    def __init__(self, tiles: list[Tile], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._turn(len(tiles))

    def _turn(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for number, tile in enumerate(self._tiles):
            self._grid.removeWidget(tile)
            self._grid.addWidget(tile, number // across, number % across)
        for column in range(len(self._tiles)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self.updateGeometry()

    def _fit(self) -> None:
        wide = theme.current().px(self.NARROW) + 12
        count = len(self._tiles)
        self._turn(next((n for n in (count, count // 2) if n and self.width() + 12 >= wide * n), 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

"""Numbers with their units, and the quiet blocks that show one each."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import i18n, theme
from app.ui.painted import Painted
from app.ui.widgets import label


def with_unit(value: float, unit: str, decimals: int = 0) -> str:
    """ "−84 dBm": left to right everywhere, with a true minus sign."""
    number = i18n.plain(i18n.digits(value, decimals)).replace("-", "−")
    return i18n.ltr(f"{number} {unit}")


class Figure(Painted):
    """A number in large and its unit in small letters, on one line, at the start edge. Left to right in every language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._unit = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        return f"{self._number} {self._unit}".rstrip()

    def set_text(self, text: str) -> None:
        number, apart, unit = i18n.plain(text).replace("\u00a0", " ").rpartition(" ")
        if not apart:
            number, unit = unit, ""
        if (number, unit) != (self._number, self._unit):
            self._number, self._unit = number, unit
            self.updateGeometry()
            self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        t = theme.current()
        large = t.font("title", bold=True)
        large.setPixelSize(t.px(20))
        return large, t.font("secondary", bold=True)

    def sizeHint(self) -> QSize:
        large, small = (QFontMetrics(font) for font in self._fonts())
        wide = large.horizontalAdvance(self._number) + (theme.current().px(4) + small.horizontalAdvance(self._unit) if self._unit else 0)
        return QSize(wide + 2, large.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # or the minus sign would stand on the other side
        large, small = self._fonts()
        left = self.width() - self.sizeHint().width() if self.isRightToLeft() else 0
        base = QFontMetrics(large).ascent()
        painter.setFont(large)
        painter.setPen(t.color("ink"))
        painter.drawText(left, base, self._number)
        left += QFontMetrics(large).horizontalAdvance(self._number) + t.px(4)
        painter.setFont(small)
        painter.setPen(t.color("ink_2"))
        painter.drawText(left, base, self._unit)
        painter.end()


class Tile(QFrame):
    """One number and what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.figure, self.caption = Figure(), label("", "secondary")
        down = QVBoxLayout(self)
        down.setContentsMargins(11, 10, 11, 12)
        down.setSpacing(2)
        down.addWidget(self.figure)
        down.addWidget(self.caption)
        down.addStretch(1)

    def show_figure(self, figure: str, caption: str) -> None:
        self.figure.set_text(figure)
        if caption != self.caption.text():
            self.caption.setText(caption)
        self.setAccessibleName(f"{caption}: {i18n.plain(figure)}")


class Tiles(QWidget):
    """Tiles in one row, in two or one below the other, as the room allows."""

    NARROW = 104
    """Pixels at 100 %: room for « −104 dBm »."""

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

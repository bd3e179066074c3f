"""The way of a call in four signs: this PC, the 4G box, the gateway, the applications. Each is lit by what was proved."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.ui import theme
from app.ui.painted import Painted
from app.ui.widgets import Card, Mark, Text, label

NARROW = 460
"""Pixels at 100 %: narrower than this, two signs stand above two."""


class _Sign(Mark):
    SIZE = 54


class _Way(Painted):
    """The line between two signs: green once what is behind it was reached."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lit = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def light(self, lit: bool) -> None:
        if lit != self.lit:
            self.lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(50), theme.current().px(_Sign.SIZE))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(16), theme.current().px(_Sign.SIZE))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color("ok" if self.lit else "line"))
        width = min(self.width(), t.px(50))
        painter.drawRoundedRect(QRectF((self.width() - width) / 2, self.height() / 2 - 1.5, width, 3), 1.5, 1.5)
        painter.end()


class Hop(QWidget):
    """What one sign stands for. The widget itself only carries the name for assistive technology."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sign = _Sign("todo")
        self.name: Text = label("", "row").centre()
        self.detail: Text = label("", "secondary").centre()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.sign, 0, 0, Qt.AlignmentFlag.AlignHCenter)
        grid.setRowMinimumHeight(1, 8)
        grid.addWidget(self.name, 2, 0)
        grid.addWidget(self.detail, 3, 0)
        grid.setRowStretch(4, 1)

    def show_hop(self, mark: str, name: str, detail: str) -> None:
        if mark != self.sign.kind:
            self.sign.set(mark)
        if (name, detail) != (self.name.text(), self.detail.text()):
            self.name.setText(name)
            self.detail.setText(detail)
            self.setAccessibleName(f"{name}: {detail}" if detail else name)


class HopsCard(Card):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.hops = [Hop() for _ in range(4)]
        self.ways = [_Way() for _ in range(3)]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 8, 0, 8)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(14)
        self._across = 0
        self.body.addStretch(1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._lay(len(self.hops))

    def _lay(self, across: int) -> None:
        """So many in a row; between rows there is no line."""
        if across == self._across:
            return
        self._across = across
        for widget in (*self.hops, *self.ways):
            self._grid.removeWidget(widget)
        for number, hop in enumerate(self.hops):
            self._grid.addWidget(hop, number // across, number % across * 2)
        for number, way in enumerate(self.ways):
            between = (number + 1) % across != 0
            way.setVisible(between)
            if between:
                self._grid.addWidget(way, number // across, number % across * 2 + 1, Qt.AlignmentFlag.AlignTop)
        for column in range(2 * len(self.hops) - 1):
            used = column < 2 * across - 1
            self._grid.setColumnStretch(column, (1 if column % 2 else 3) if used else 0)
        self.updateGeometry()

    def _fit(self) -> None:
        self._lay(len(self.hops) // 2 if self.width() < theme.current().px(NARROW) else len(self.hops))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def show_hops(self, hops: list[tuple[str, str, str]]) -> None:
        """(mark, name, detail) of each, in order."""
        for hop, (mark, name, detail) in zip(self.hops, hops, strict=True):
            hop.show_hop(mark, name, detail)
        for number, way in enumerate(self.ways):
            way.light(hops[number + 1][0] in ("ok", "warn"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

"""The signal as a half ring with a number and a word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.steps.box.coach import Band
from app.ui import theme
from app.ui.painted import Painted

TOKEN: dict[Band, str] = {"good": "ok", "fair": "warn", "weak": "bad"}
WIDE, TALL = 154, 104


class Gauge(Painted):
    """`show_value(78, "good", "Good")`; None while there is no signal to show. `name` is set by whoever knows the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value: int | None = None
        self.band: Band = "good"
        self.word = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_value(self, value: int | None, band: Band, word: str, name: str) -> None:
        self.value, self.band, self.word = value, band, word
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        t = theme.current()
        return QSize(t.px(WIDE), t.px(TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thick = t.px(14)
        radius = t.px(68)
        middle = self.width() / 2
        ring = QRectF(middle - radius, thick / 2 + 1, radius * 2, radius * 2)
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(t.color("line"), thick, Qt.PenStyle.SolidLine, cap))
        painter.drawArc(ring, 0, 180 * 16)
        if self.value is not None:
            painter.setPen(QPen(t.color(TOKEN[self.band]), thick, Qt.PenStyle.SolidLine, cap))
            painter.drawArc(ring, 180 * 16, -round(180 * 16 * max(0.01, self.value / 100)))
        font = t.font("title", bold=True)
        painter.setFont(font)
        painter.setPen(t.color("ink"))
        base = ring.center().y() - t.px(6)
        number = QRectF(0, base - t.px(34), self.width(), t.px(34))
        painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), "–" if self.value is None else str(self.value))
        painter.setFont(t.font("caption"))
        painter.drawText(QRectF(0, base, self.width(), t.px(20)), int(Qt.AlignmentFlag.AlignCenter), self.word)
        painter.end()

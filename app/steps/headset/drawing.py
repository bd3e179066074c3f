"""A headset as its wearer has it on, left cup on the left: the side that speaks is lit. Never mirrored: left is left in every language."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme
from app.ui.marks import draw_sign
from app.ui.painted import Painted

Lit = Literal["", "left", "right", "none", "done"]
"""Which cup speaks; `none`: no headset is there; `done`: it is checked."""
WIDE, HIGH = 260.0, 150.0
"""The drawing's own measures."""
MOST = 1.45
"""How much larger than at 100 % it is drawn where there is room."""


class HeadsetDrawing(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lit: Lit = ""
        self._left, self._right = "", ""
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lit(self, lit: Lit, left: str, right: str) -> None:
        """`left` and `right` are the words below the cups."""
        if (lit, left, right) != (self.lit, self._left, self._right):
            self.lit, self._left, self._right = lit, left, right
            self.update()

    def sizeHint(self) -> QSize:
        t = theme.current()
        return QSize(t.px(WIDE), t.px(HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, theme.current().px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(self.width() / WIDE, self.height() / HIGH, t.px(100) * MOST / 100)
        painter.translate((self.width() - WIDE * scale) / 2, (self.height() - HIGH * scale) / 2)
        painter.scale(scale, scale)
        idle, lit = t.color("ink_3" if self.lit != "none" else "off"), t.color("brand")
        self._band(painter, idle)
        for side, x in (("left", 66.0), ("right", WIDE - 66.0)):
            self._cup(painter, x, lit if self.lit in (side, "done") else idle, on=self.lit in (side, "done"))
            if self.lit == side:
                self._waves(painter, x, -1 if side == "left" else 1, lit)
        if self.lit == "done":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("ok_soft"))
            painter.drawEllipse(QPointF(WIDE / 2, 78), 24, 24)
            draw_sign(painter, "ok", QRectF(WIDE / 2 - 24, 54, 48, 48), t.color("ok"))
        self._words(painter)
        painter.end()

    @staticmethod
    def _band(painter: QPainter, ink: QColor) -> None:
        painter.setPen(QPen(ink, 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        band = QPainterPath(QPointF(66, 70))
        band.cubicTo(QPointF(66, -10), QPointF(WIDE - 66, -10), QPointF(WIDE - 66, 70))
        painter.drawPath(band)
        boom = QPainterPath(QPointF(70, 104))
        boom.cubicTo(QPointF(72, 124), QPointF(88, 128), QPointF(108, 127))
        painter.setPen(QPen(ink, 3.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(boom)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(QRectF(104, 121, 18, 11), 5.5, 5.5)

    @staticmethod
    def _cup(painter: QPainter, x: float, ink: QColor, *, on: bool) -> None:
        box = QRectF(x - 15, 64, 30, 48)
        painter.setPen(QPen(ink, 3))
        painter.setBrush(ink if on else theme.current().color("surface"))
        painter.drawRoundedRect(box, 13, 13)

    @staticmethod
    def _waves(painter: QPainter, x: float, way: int, ink: QColor) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number in range(3):
            painter.setPen(QPen(ink, 3 - 0.6 * number, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            radius = 13.0 + 9 * number
            middle = x + way * 14
            start = -42 if way > 0 else 138
            painter.drawArc(QRectF(middle - radius, 88 - radius, 2 * radius, 2 * radius), start * 16, 84 * 16)

    def _words(self, painter: QPainter) -> None:
        t = theme.current()
        painter.setFont(t.font("caption", bold=True))
        placed = painter.transform()
        painter.resetTransform()  # the words keep their size, however large the drawing is
        for side, x, words in (("left", 66.0, self._left), ("right", WIDE - 66.0, self._right)):
            painter.setPen(t.color("brand" if self.lit == side else "ink_3"))
            down = 116 if side == "right" else 132
            painter.drawText(placed.mapRect(QRectF(x - 60, down, 120, 18)), int(Qt.AlignmentFlag.AlignCenter), words)

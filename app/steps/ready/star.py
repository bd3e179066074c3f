"""The eight-pointed star that says « ready »; while something is missing it is paler and carries another sign."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import theme


class Star(QWidget):
    SIDE = 150

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_done(self, done: bool) -> None:
        self.done = done
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.SIDE, self.SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.setPen(QPen(t.color("brand" if self.done else "field"), 3.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(t.color("brand_soft" if self.done else "surface_2"))
        square = QRectF(-52, -52, 104, 104)
        for _ in range(2):
            painter.drawRoundedRect(square, 9, 9)
            painter.rotate(45)
        painter.rotate(-90)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.done:
            painter.setPen(QPen(t.color("brand"), 11, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline([QPointF(-27, 3), QPointF(-8, 22), QPointF(29, -20)])
        else:
            painter.setPen(QPen(t.color("ink_2"), 9, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for x in (-26, 0, 26):
                painter.drawPoint(QPointF(x, 0))
        painter.end()

"""A check box whose words may wrap: a promise is read in full at every text size."""

from typing import cast

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLayout, QSizePolicy, QWidget

from app.ui import theme
from app.ui.widgets import label

BOX = 22


class _Space(QWidget):
    """Keeps the place of the painted box."""

    def sizeHint(self) -> QSize:
        side = theme.current().px(BOX)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Consent(QCheckBox):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = label("")
        self._space = _Space()
        self._space.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for part in (self.words, self._space):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        across = QHBoxLayout(self)
        across.setContentsMargins(6, 6, 6, 6)
        across.setSpacing(12)
        across.addWidget(self._space, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.words, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, text: str) -> None:
        self.words.setText(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return cast(QLayout, self.layout()).sizeHint()

    def minimumSizeHint(self) -> QSize:
        return cast(QLayout, self.layout()).minimumSize()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self._space.geometry()).adjusted(1, 1, -1, -1)
        on = self.isChecked()
        painter.setPen(QPen(t.color("brand" if on else "field"), 1.6))
        painter.setBrush(t.color("brand" if on else "surface"))
        painter.drawRoundedRect(box, 5, 5)
        if on:
            s, c = box.width() / 20, box.center()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.color("on_brand"), 2.4 * s, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline([QPointF(c.x() + x * s, c.y() + y * s) for x, y in ((-5, 0.4), (-1.5, 4), (5.2, -4))])
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(t.color("brand"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.RADIUS["field"], theme.RADIUS["field"])
        painter.end()

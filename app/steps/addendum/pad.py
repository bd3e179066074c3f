"""The signature pad: drawn by mouse, pen or touch, or the name typed. It holds the strokes; it never stores or sends them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QInputDevice, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.contracts.addendum import MAX_POINTS, MAX_STROKES
from app.core.addendum import Point, Stroke
from app.ui import fonts, i18n, theme
from app.ui.painted import Painted

ASPECT = 80 / 32
"""Width to height of the field in the document (mm): what is drawn here keeps its shape there."""
MOST = 350
"""Pixels at 100 %: as wide as the pad gets; a signature is no larger."""
LEAST_TRAVEL = 0.12
"""How far the pen must travel in all, in widths of the pad, before it is a signature and not a slip of the hand."""
_STEP = 0.004
"""Points nearer than this to the last one are the trembling of a sensor."""

Pointer = Literal["mouse", "pen", "touch"]


class SignaturePad(Painted):
    """`strokes` are lists of (x, y), both 0 to 1 from the top left corner of the field, never mirrored."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[Point]] = []
        self._drawing = False
        self._typed = ""
        self.hint = ""
        """What stands in the empty field."""
        self.pointers: set[Pointer] = set()
        """What it was drawn with."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)

    # What is on it

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return tuple(tuple(stroke) for stroke in self._strokes)

    @property
    def signed(self) -> bool:
        """Whether enough was drawn to call it a signature."""
        return travel(self._strokes) >= LEAST_TRAVEL

    @property
    def empty(self) -> bool:
        return not self._strokes

    def undo(self) -> None:
        """Take the last stroke back."""
        if self._strokes and not self._drawing:
            self._strokes.pop()
            self._tell()

    def clear(self) -> None:
        self._strokes.clear()
        self._drawing = False
        self.pointers.clear()
        self._tell()

    def set_typed(self, name: str | None) -> None:
        """Show a typed name instead of the drawing; None: draw."""
        self._typed = name or ""
        self.setCursor(Qt.CursorShape.CrossCursor if name is None else Qt.CursorShape.ArrowCursor)
        self.update()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # Drawing

    def _field(self) -> QRectF:
        """The part of the widget that is the field: centred, of the document's shape."""
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        wide = max(ASPECT, min(room.width(), room.height() * ASPECT))  # before it is laid out there is no room at all
        tall = wide / ASPECT
        return QRectF(room.center().x() - wide / 2, room.center().y() - tall / 2, wide, tall)

    def _at(self, position: QPointF) -> Point:
        field = self._field()
        x, y = (position.x() - field.x()) / field.width(), (position.y() - field.y()) / field.height()
        return (round(min(1.0, max(0.0, x)), 4), round(min(1.0, max(0.0, y)), 4))

    def _begin(self, position: QPointF, pointer: Pointer) -> None:
        if self._count() < MAX_POINTS and len(self._strokes) < MAX_STROKES:
            self._drawing = True
            self.pointers.add(pointer)
            self._strokes.append([self._at(position)])
            self.update()

    def _move(self, position: QPointF) -> None:
        if not self._drawing or self._count() >= MAX_POINTS:
            return
        at, last = self._at(position), self._strokes[-1][-1]
        if abs(at[0] - last[0]) + abs(at[1] - last[1]) >= _STEP:
            self._strokes[-1].append(at)
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self._tell()

    def _count(self) -> int:
        return sum(len(stroke) for stroke in self._strokes)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._typed or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        kind = event.device().type() if event.device() is not None else QInputDevice.DeviceType.Mouse
        self._begin(event.position(), "touch" if kind == QInputDevice.DeviceType.TouchScreen else "mouse")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        # A pen reports ten times as many points as the mouse events it would be turned into.
        match event.type():
            case QEvent.Type.TabletPress if not self._typed:
                self._begin(event.position(), "pen")
            case QEvent.Type.TabletMove:
                self._move(event.position())
            case QEvent.Type.TabletRelease:
                self._end()
        event.accept()

    # Painting

    def sizeHint(self) -> QSize:
        wide = theme.current().px(MOST)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, self.heightForWidth(180))

    def heightForWidth(self, width: int) -> int:
        return round(min(width, theme.current().px(MOST)) / ASPECT) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self._field()
        painter.setPen(QPen(t.color("field"), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(t.color("surface"))
        painter.drawRoundedRect(field, theme.RADIUS["field"], theme.RADIUS["field"])
        baseline = field.top() + field.height() * 0.74
        painter.setPen(QPen(t.color("line"), 1))
        painter.drawLine(QPointF(field.left() + 16, baseline), QPointF(field.right() - 16, baseline))
        if self._typed:
            draw_name(painter, field, self._typed, t.color("ink"))
        elif self._strokes:
            pen = QPen(t.color("ink"), max(2.0, field.width() / 120), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for stroke in self._strokes:
                painter.drawPath(smooth(stroke, field))
        elif self.hint:
            painter.setPen(t.color("ink_3"))
            painter.setFont(t.font("secondary"))
            painter.drawText(field.adjusted(12, 8, -12, -field.height() * 0.3), int(Qt.AlignmentFlag.AlignCenter), self.hint)
        painter.end()


def travel(strokes: Sequence[Sequence[Point]]) -> float:
    """The length of all strokes together, in widths of the field."""
    total = 0.0
    for stroke in strokes:
        for (x0, y0), (x1, y1) in pairwise(stroke):
            total += float(((x1 - x0) ** 2 + ((y1 - y0) / ASPECT) ** 2) ** 0.5)
    return total


def smooth(stroke: Sequence[Point], field: QRectF) -> QPainterPath:
    """A stroke as a curve through the middles of its points; a single point is a dot."""
    points = [QPointF(field.x() + x * field.width(), field.y() + y * field.height()) for x, y in stroke]
    path = QPainterPath(points[0])
    if len(points) == 1:
        path.lineTo(points[0] + QPointF(0.1, 0))
        return path
    for one, after in pairwise(points[1:]):
        path.quadTo(one, (one + after) / 2)
    path.lineTo(points[-1])
    return path


def draw_name(painter: QPainter, field: QRectF, name: str, ink: QColor) -> None:
    """A typed name as if by hand: slanted (Arabic has no slant), on the line, as large as it fits."""
    arabic = any("\u0600" <= c <= "\u06ff" for c in name)
    font = QFont(fonts.families())
    font.setItalic(not arabic)
    font.setWeight(QFont.Weight.Light)
    size = field.height() * 0.4
    font.setPixelSize(max(8, round(size)))
    wide = QFontMetricsF(font).horizontalAdvance(name)
    room = field.width() - 40
    if wide > room:
        font.setPixelSize(max(8, round(size * room / wide)))
    painter.setFont(font)
    painter.setPen(ink)
    metrics = QFontMetricsF(font)
    baseline = field.top() + field.height() * 0.74 - metrics.descent() * (1.0 if arabic else 0.3)
    wide = metrics.horizontalAdvance(name)
    left = field.right() - 20 - wide if i18n.rtl() or arabic else field.left() + 20
    painter.drawText(QPointF(left, baseline), name)

"""Small painted signs: verdict marks, the spinner, pills. Always a shape, never colour alone."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPainterPath, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui import theme
from app.ui.painted import Painted

MARKS = ("ok", "warn", "bad", "todo", "busy", "number", "letter", "chosen", "info", "lock", "phone")


def draw_sign(painter: QPainter, kind: str, box: QRectF, ink: QColor) -> None:
    """Draw the sign of a kind centred in `box` (about half as large as it)."""
    c, s = box.center(), box.width() / 26
    pen = QPen(ink, 2.2 * s, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)

    def at(x: float, y: float) -> QPointF:
        return QPointF(c.x() + x * s, c.y() + y * s)

    if kind == "ok":
        painter.drawPolyline([at(-4.6, 0.4), at(-1.4, 3.8), at(4.8, -3.8)])
    elif kind in ("warn", "bad", "info"):
        way = -1 if kind == "info" else 1
        painter.drawLine(at(0, -5 * way), at(0, 1.2 * way))
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(at(0, 5 * way), 1.5 * s, 1.5 * s)
    elif kind == "skip":
        painter.drawLine(at(-4, 0), at(4, 0))
    elif kind == "lock":
        arch = QPainterPath(at(-2.6, -0.6))
        arch.lineTo(at(-2.6, -2.6))
        arch.arcTo(QRectF(at(-2.6, -5.2), at(2.6, 0)), 180, -180)
        arch.lineTo(at(2.6, -0.6))
        painter.drawPath(arch)
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(QRectF(at(-4.4, -1), at(4.4, 5.4)), 1.4 * s, 1.4 * s)
    elif kind == "phone":
        painter.save()
        painter.translate(c)
        painter.rotate(-45)
        painter.setPen(QPen(ink, 2.4 * s, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(QRectF(-5.4 * s, -2.6 * s, 10.8 * s, 9 * s), 10 * 16, 160 * 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for x in (-6.6, 3.0):
            painter.drawRoundedRect(QRectF(x * s, -0.4 * s, 3.6 * s, 4 * s), s, s)
        painter.restore()
    elif kind == "todo":
        painter.setBrush(ink)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(c, 1.6 * s, 1.6 * s)


class Mark(Painted):
    """A round sign. `Mark("ok", name="Passed")`, `Mark("number", "1")`, `Mark("letter", "A")`.

    Kinds: ok, warn, bad, todo, busy (turns), number, letter, chosen (a letter, filled), info, lock, phone. A mark whose meaning
    is said by the text beside it needs no name.
    """

    SIZE = 26

    def __init__(self, kind: str = "todo", value: str | int = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self.value = kind, str(value)
        self._angle = 0
        self._timer: QTimer | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set(self, kind: str, value: str | int = "", name: str = "") -> None:
        if (kind, str(value), name) == (self.kind, self.value, self.accessibleName()):
            return
        self.kind, self.value = kind, str(value)
        self.setAccessibleName(name)
        self._pace()
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(self.SIZE)
        return QSize(side, side)

    def _pace(self) -> None:
        if self.kind == "busy" and self.isVisible() and not theme.reduced_motion():
            if self._timer is None:
                self._timer = QTimer(self, interval=40)
                self._timer.timeout.connect(self._turn)
            self._timer.start()
        elif self._timer is not None:
            self._timer.stop()

    def turning(self) -> bool:
        return self._timer is not None and self._timer.isActive()

    def _turn(self) -> None:
        self._angle = (self._angle + 12) % 360
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        self._pace()

    def hideEvent(self, event: QHideEvent) -> None:
        if self._timer is not None:
            self._timer.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        if self.kind == "busy":
            inner = box.adjusted(side * 0.09, side * 0.09, -side * 0.09, -side * 0.09)
            painter.setPen(QPen(t.color("brand_soft"), side * 0.11))
            painter.drawEllipse(inner)
            painter.setPen(QPen(t.color("brand"), side * 0.11, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(inner, (135 - self._angle) * 16, -90 * 16)
            painter.end()
            return
        tone = {"lock": "ok", "phone": "ok", "info": "brand"}.get(self.kind, self.kind)
        tinted = tone in ("ok", "warn", "bad", "brand")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color(f"{tone}_soft" if tinted else "brand" if self.kind == "chosen" else "surface_2"))
        painter.drawEllipse(box)
        ink = t.color(tone) if tinted else t.color("ink_2" if self.kind != "todo" else "ink_3")
        if self.kind == "chosen":
            ink = t.color("on_brand")
        if self.kind in ("number", "letter", "chosen"):
            font = t.font("secondary", bold=True)
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter.value), self.value)
        else:
            draw_sign(painter, self.kind, box, ink)
        painter.end()


class Spinner(Mark):
    """A turning arc; still where movement is not wanted."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__("busy", name=name, parent=parent)


class Pill(QLabel):
    """A short verdict in a rounded box. Kinds ok, warn, bad, brand, plain."""

    def __init__(self, text: str = "", kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.kind = kind
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(10, 3, 10, 3)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._look()

    def set(self, text: str, kind: str) -> None:
        self.kind = kind
        self.setText(text)
        self._look()

    def _look(self) -> None:
        t = theme.current()
        tinted = self.kind in ("ok", "warn", "bad", "brand")
        font = t.font("caption", bold=True)
        ink = t.hex(self.kind if tinted else "ink_2")
        wanted = f"color: {ink}; font-size: {font.pixelSize()}px; font-weight: 700;"
        if wanted != self.styleSheet():
            self.setStyleSheet(wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._look()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color(f"{self.kind}_soft") if self.kind in ("ok", "warn", "bad", "brand") else t.color("surface_2"))
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)
        painter.end()
        super().paintEvent(event)

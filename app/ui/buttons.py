"""Buttons, painted by hand so that their words may wrap at 200 % and the focus ring is the same everywhere."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.ui import theme
from app.ui.measure import extent, line_height, widest_word
from app.ui.text import draw_wrapped


def _mixed(a: QColor, b: QColor, part: float) -> QColor:
    def mix(x: int, y: int) -> int:
        return round(x * (1 - part) + y * part)

    return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()))


class Button(QPushButton):
    """Base of the buttons; `kind` is primary, quiet, plain or link."""

    kind: ClassVar[str] = "quiet"
    pad_x: ClassVar[int] = 16
    pad_y: ClassVar[int] = 8
    role: ClassVar[str] = "body"
    bold: ClassVar[bool] = True

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)  # with words, PySide would look whether they are an icon, and build all of QIcon for that
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text_font(self) -> QFont:
        font = theme.current().font(self.role, self.bold)
        font.setUnderline(self.kind == "link")
        return font

    def words(self) -> str:
        return self.text()

    def _wanted(self, width: int) -> QSize:
        box = extent(self.words(), self.role, self.bold, width)
        return QSize(box.width() + 2, max(box.height(), line_height(self.role, self.bold)))

    def _pads(self) -> tuple[int, int]:
        # Room around the words grows half as fast as they do: at 200 % it would cost what the words need.
        grown = (1 + theme.current().scale) / 2
        return round(self.pad_x * grown) if self.pad_x > 4 else self.pad_x, round(self.pad_y * grown) if self.pad_y > 4 else self.pad_y

    def sizeHint(self) -> QSize:
        x, y = self._pads()
        size = self._wanted(10_000)
        return QSize(size.width() + 2 * x, size.height() + 2 * y)

    def minimumSizeHint(self) -> QSize:
        x, y = self._pads()
        return QSize(widest_word(self.words(), self.role, self.bold) + 2 + 2 * x, line_height(self.role, self.bold) + 2 * y)

    def heightForWidth(self, width: int) -> int:
        x, y = self._pads()
        return self._wanted(width - 2 * x).height() + 2 * y

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Ground, border, ink."""
        t = theme.current()
        hover = 0.16 if self.isDown() else 0.08 if self.underMouse() and self.isEnabled() else 0.0
        if self.kind == "primary":
            if not self.isEnabled():
                return t.color("off"), None, t.color("on_off")
            return _mixed(t.color("brand"), t.color("ink"), hover * 1.5), None, t.color("on_brand")
        ink = t.color("brand") if self.kind == "link" else t.color("ink_2") if self.kind == "plain" else t.color("ink")
        if not self.isEnabled():
            ink = t.color("ink_3")
        if self.kind == "quiet":
            return _mixed(t.color("surface"), t.color("brand"), hover), t.color("line"), ink
        return (_mixed(t.color("surface"), t.color("brand"), hover) if hover and self.kind == "plain" else None), None, ink

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, border, ink = self.colours()
        radius = theme.RADIUS["button"] if self.kind != "link" else 4
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if ground is not None or border is not None:
            painter.setPen(QPen(border, 1) if border is not None else Qt.PenStyle.NoPen)
            painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # On the filled button a brand ring would vanish: the ring is drawn inside, in the colour of its words.
            inside = self.kind == "primary" and self.isEnabled()
            painter.setPen(QPen(self.ring(), 2))
            by = 3.5 if inside else 1
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(by, by, -by, -by), radius - 2, radius - 2)
        painter.setPen(ink)
        painter.setFont(self.text_font())
        x, _ = self._pads()
        align = Qt.AlignmentFlag.AlignHCenter
        if self.kind == "link":
            right = self.isRightToLeft()
            align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        draw_wrapped(painter, self.rect().adjusted(x, 0, -x, 0), self.words(), align)
        painter.end()

    def ring(self) -> QColor:
        return theme.current().color("on_brand" if self.kind == "primary" and self.isEnabled() else "brand")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Outside a dialog Qt's buttons answer to Space only.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)


class PrimaryButton(Button):
    """The one filled button."""

    kind = "primary"
    pad_x = 20
    pad_y = 11


class QuietButton(Button):
    """An outlined button."""

    role = "row"


class PlainButton(Button):
    """Words only, such as Back."""

    kind = "plain"
    pad_x = 20
    pad_y = 11


class BackButton(PlainButton):
    """Words, or an arrow alone (towards where one came from) where there is no room for them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.short = False

    def shorten(self, short: bool) -> None:
        if short != self.short:
            self.short = short
            self.updateGeometry()
            self.update()

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self.setToolTip(text)

    def full_width(self) -> int:
        """Pixels with its words."""
        return extent(self.text(), self.role, self.bold).width() + 2 + 2 * self._pads()[0]

    def words(self) -> str:
        return ("→" if self.isRightToLeft() else "←") if self.short else self.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.update()
        super().changeEvent(event)


class LinkButton(Button):
    """Underlined words; acts like a button."""

    kind = "link"
    pad_x = 1
    pad_y = 3
    role = "secondary"
    bold = False

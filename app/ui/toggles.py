"""Check boxes and radio buttons whose words wrap and whose signs follow the theme."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy

from app.ui import theme
from app.ui.marks import draw_sign
from app.ui.measure import extent, line_height, widest_word
from app.ui.text import draw_wrapped

_GAP, _PAD = 10, 5


def _side() -> int:
    return theme.current().px(18)


def _size(button: QAbstractButton, width: int) -> QSize:
    box = extent(button.text(), width=width - _side() - _GAP - 2 * _PAD)
    return QSize(box.width() + _side() + _GAP + 2 * _PAD + 1, max(box.height(), _side()) + 2 * _PAD)


def _least(button: QAbstractButton) -> QSize:
    return QSize(widest_word(button.text()) + _side() + _GAP + 2 * _PAD + 1, max(line_height(), _side()) + 2 * _PAD)


def _prepare(button: QAbstractButton) -> None:
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)


def _paint(button: QAbstractButton, round_: bool) -> None:
    t = theme.current()
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    mirrored = button.isRightToLeft()
    side, rect = _side(), button.rect()
    line = line_height()
    one = rect.height() < 2 * line + 2 * _PAD
    # With several lines the sign stands at the first one.
    top = (rect.height() - side) / 2 if one else _PAD + max(0, (line - side) / 2)
    box = QRectF(rect.width() - _PAD - side if mirrored else _PAD, top, side, side).adjusted(1, 1, -1, -1)
    on, enabled = button.isChecked(), button.isEnabled()
    brand = t.color("brand" if enabled else "off")
    painter.setPen(QPen(brand if on else t.color("field" if enabled else "off"), 1.6))
    painter.setBrush(brand if on and not round_ else t.color("surface"))
    radius = box.width() / 2 if round_ else 4
    painter.drawRoundedRect(box, radius, radius)
    if on and round_:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brand)
        inset = box.width() * 0.24
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
    elif on:
        draw_sign(painter, "ok", box.adjusted(-3, -3, 3, 3), t.color("on_brand" if enabled else "on_off"))
    if button.hasFocus():
        painter.setPen(QPen(t.color("brand"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), theme.RADIUS["field"], theme.RADIUS["field"])
    painter.setPen(t.color("ink" if enabled else "ink_3"))
    painter.setFont(t.font("body"))
    edge = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    words = rect.adjusted(_PAD, 0, -(_PAD + side + _GAP), 0) if mirrored else rect.adjusted(_PAD + side + _GAP, 0, -_PAD, 0)
    draw_wrapped(painter, words, button.text(), edge)
    painter.end()


if TYPE_CHECKING:
    _Beside = QAbstractButton
else:
    _Beside = object  # two Qt classes side by side would be two buttons


class _Wrapping(_Beside):
    """Words beside a sign, for a Qt button to be mixed with: what is checked, and with which others, is that one's."""

    ROUND = False

    def sizeHint(self) -> QSize:
        return _size(self, 10_000)

    def minimumSizeHint(self) -> QSize:
        return _least(self)

    def heightForWidth(self, width: int) -> int:
        return _size(self, width).height()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        _paint(self, self.ROUND)


class CheckBox(_Wrapping, QCheckBox):
    """A check box; use it instead of QCheckBox, which cannot wrap its words."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        _prepare(self)


class RadioButton(_Wrapping, QRadioButton):
    """A radio button that wraps."""

    ROUND = True

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        _prepare(self)

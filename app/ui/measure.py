"""How much room words take, and their lines. Layouts ask for the same words many times over: each answer is worked out once."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from app.ui import theme

_WRAP = int(Qt.TextFlag.TextWordWrap.value)
_ENDLESS = 10_000


def extent(text: str, role: str = "body", bold: bool = False, width: int = _ENDLESS) -> QSize:
    """Width and height of `text` wrapped at `width` pixels, in a font of the type scale."""
    return QSize(*_extent(text, role, bold, width, theme.current().scale))


def widest_word(text: str, role: str = "body", bold: bool = False) -> int:
    """The room that cannot be wrapped away."""
    return _widest_word(text, role, bold, theme.current().scale)


def line_height(role: str = "body", bold: bool = False) -> int:
    return _line_height(role, bold, theme.current().scale)


@lru_cache(maxsize=4096)
def _extent(text: str, role: str, bold: bool, width: int, _scale: float) -> tuple[int, int]:
    box = QFontMetrics(theme.current().font(role, bold)).boundingRect(QRect(0, 0, max(1, width), _ENDLESS), _WRAP, text)
    return box.width(), box.height()


@lru_cache(maxsize=4096)
def _widest_word(text: str, role: str, bold: bool, _scale: float) -> int:
    metrics = QFontMetrics(theme.current().font(role, bold))
    return max((metrics.horizontalAdvance(word) for word in text.split()), default=0)


@lru_cache(maxsize=64)
def _line_height(role: str, bold: bool, _scale: float) -> int:
    return QFontMetrics(theme.current().font(role, bold)).lineSpacing()


# Words in any font, in lines. Shaping them, Arabic above all, is most of what showing a page costs; QFontMetrics, QLabel and
# QPainter.drawText do it anew for each width they try and each time they draw.


class Lines(NamedTuple):
    """Words broken into lines, to be drawn as often as one likes; `height` in pixels."""

    layout: QTextLayout
    height: float


@lru_cache(maxsize=512)
def lines(text: str, font: QFont, width: int, edge: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft, *, wrap: bool = True) -> Lines:
    """`text` in lines of `width` pixels at the horizontal edge `edge` (absolute), in the direction of its script.

    QPainter.drawText lets the space at a wrapped line's end push Arabic lines away from the right edge; a text layout does not.
    """
    option = QTextOption(edge | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WordWrap if wrap else QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if arabic(text) else Qt.LayoutDirection.LeftToRight)
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    layout.setCacheEnabled(True)  # else the words are shaped once more to be drawn
    layout.setTextOption(option)
    layout.beginLayout()
    high = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, high))
        high += line.height()
    layout.endLayout()
    return Lines(layout, high)


@lru_cache(maxsize=4096)
def height(text: str, font: QFont, width: int, *, wrap: bool = True) -> int:
    """Pixels that `text` is high where it may be `width` pixels wide, as QLabel reckons it."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, _ENDLESS), _WRAP if wrap else 0, text).height()


def arabic(text: str) -> bool:
    return max(text, default="") >= "\u0590" and any("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in text)

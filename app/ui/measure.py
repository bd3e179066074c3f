"""How much room words take. Layouts ask for the same words many times over: each answer is worked out once."""

from functools import lru_cache

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics

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

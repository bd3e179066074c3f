"""Drawings of ours, in the colours of the theme in force: one, or several in a row."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui import theme
from app.ui.cards import empty
from app.ui.resources import resource

if TYPE_CHECKING:
    from app.core import content

FOLDER = "pictures"


class Picture(QWidget):
    """An SVG on a soft panel, in the colours of the theme in force. `text` is what it shows, for who cannot see it.

    It is `height` high, or higher where there is room and it `grows`.
    """

    def __init__(self, svg: str = "", text: str = "", height: int = 184, parent: QWidget | None = None, *, grows: bool = False) -> None:
        super().__init__(parent)
        from PySide6.QtSvg import QSvgRenderer  # a library of its own: not before there is a picture

        self._height = height
        self._renderer = QSvgRenderer(self)
        self._source = ""
        self._painted = ""
        self._mirrors = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed)
        self.set(svg, text)

    def set(self, svg: str, text: str) -> None:
        """`svg` is a path below `resources/`, such as "pictures/desk.svg". One marked `data-mirror="rtl"` follows the reading direction."""
        self._source = drawing(svg) if svg else ""
        self._painted = ""
        self._mirrors = 'data-mirror="rtl"' in self._source
        self.setAccessibleName(text)
        self.setToolTip("")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(t.color("brand_soft"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS["button"], theme.RADIUS["button"])
        if self._source:
            if self._painted != t.name:
                self._renderer.load(QByteArray(recoloured(self._source, t.name).encode()))
                self._renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
                self._painted = t.name
            if self._mirrors and self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                painter.translate(self.width(), 0)
                painter.scale(-1, 1)
            self._renderer.render(painter, QRectF(self.rect()).adjusted(8, 8, -8, -8))
        painter.end()


@cache
def drawing(svg: str) -> str:
    """The text of an SVG below `resources/`, empty where there is none to read: a page does without, rather than not be there."""
    try:
        return resource(svg).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def read_ahead() -> None:
    """Read every drawing, so that no page waits for the disk. Blocks."""
    for path in resource(FOLDER).rglob("*.svg"):
        drawing(f"{FOLDER}/{path.relative_to(resource(FOLDER)).as_posix()}")


def recoloured(svg: str, name: str) -> str:
    """The SVG with every colour of the light theme replaced by the same token's colour in theme `name`."""
    if name == "light":
        return svg
    table = {"#6B7F7D": theme.TOKENS[name]["ink_3"], "#1B7F4B": theme.TOKENS[name]["ok"]}
    for token, colour in theme.TOKENS["light"].items():
        # Of tokens that share a light colour the first in the table wins (white is "surface").
        table.setdefault(colour.upper(), theme.TOKENS[name][token])
    out, rest = "", svg
    while (at := rest.find("#")) >= 0:
        out, found, rest = out + rest[:at], rest[at : at + 7], rest[at + 7 :]
        out += table.get(found.upper(), found)
    return out + rest


class PictureRow(QWidget):
    """The pictures of a procedure, in reading order. What this build has no drawing of is left out; with none, it hides."""

    def __init__(self, height: int = 124, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._shown: tuple[content.Picture, ...] = ()
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(14)
        self.hide()

    def show_pictures(self, pictures: "Sequence[content.Picture]") -> None:
        if tuple(pictures) == self._shown:
            return
        self._shown = tuple(pictures)
        empty(self._across)
        for picture in self._shown:
            if drawing(picture.path):
                self._across.addWidget(Picture(picture.path, picture.text, self._height))
        self.setVisible(self._across.count() > 0)

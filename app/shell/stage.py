"""The middle of the window: title, why, and one page (or failure) at a time, scrolling when it must."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QVBoxLayout, QWidget

from app.ui import aio, theme
from app.ui.cards import scroll
from app.ui.layouts import COLUMN, side
from app.ui.page import StepPage
from app.ui.text import label


class Holder(QWidget):
    """Shows one child at a time. Unlike QStackedWidget a tall page that is hidden does not make the others scroll."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: QWidget | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)

    def current(self) -> QWidget | None:
        return self._shown

    def prepare(self, widget: QWidget) -> None:
        """Put it where it will be shown, out of sight yet, and let it take its looks."""
        widget.hide()
        self._body.addWidget(widget)
        for part in (widget, *widget.findChildren(QWidget)):
            part.ensurePolished()

    def lay(self, widget: QWidget) -> None:
        """Measure it, out of sight yet."""
        widget.resize(self.size())
        if (layout := widget.layout()) is not None:
            layout.activate()

    def show_only(self, widget: QWidget) -> None:
        if widget is self._shown:
            return
        if self._shown is not None:
            self._shown.hide()
        if widget.parentWidget() is not self:
            self._body.addWidget(widget)
        self._shown = widget
        widget.show()


def _blocks(page: QWidget) -> list[QWidget]:
    """What the page is made of, side by side or below each other: parts that take a turn each to be drawn."""
    parts = [page]
    while len(parts) == 1:
        inner = [part for part in parts[0].findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly) if not part.isHidden()]
        if not inner:
            break
        parts = inner
    return parts


class Stage(QWidget):
    """Title, why, strip, content, in a column of their own where the window is wide."""

    fitted = Signal(int)
    """The margin at both sides; what lies above and below keeps to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.why = label("", "title"), label("", "why")
        # So that a screen reader can be put on it when the page changes, without making it a Tab stop.
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.holder = Holder()
        self._wide = False
        self._told: tuple[str, str, bool, bool] | None = None
        inner = QWidget()
        self.area = scroll(inner)  # while it is empty: it would measure and style all that is in it
        self._down = QVBoxLayout(inner)
        self._down.setSpacing(0)
        self._down.addStretch(0)
        self._down.addWidget(self.title)
        self._gap_title = QSpacerItem(0, 0)
        self._down.addItem(self._gap_title)
        self._across = QHBoxLayout()
        self._across.addWidget(self.why, 100)
        self._across.addStretch(1)
        self._down.addLayout(self._across)
        self._gap = QSpacerItem(0, 0)
        self._down.addItem(self._gap)
        self._down.addWidget(self.holder, 1)
        self._down.addStretch(0)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.area)
        self.side = 0
        self._fit()
        self.set_words("", "", wide=False, own=False)

    def _fit(self) -> None:
        shown = self.holder.current()
        at = side(self.width(), shown.column() if isinstance(shown, StepPage) else COLUMN)
        if at != self.side:
            self.side = at
            self._down.setContentsMargins(at, 16, at, 14)
            self.fitted.emit(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def set_words(self, title: str, why: str, *, wide: bool, own: bool) -> None:
        """`wide`: larger, as a greeting, with the page in the middle; `own`: the page draws its own title."""
        self._fit()  # a page may take another column with the same words
        if (title, why, wide, own) == self._told:
            return  # asked for with every word of the page: what is the same is not measured again
        self._told = title, why, wide, own
        if wide != self._wide:
            self._wide = wide
            self.title.set_role("greeting" if wide else "title")
            self.why.set_role("lead" if wide else "why")
            for index in (0, self._down.count() - 1):
                self._down.setStretch(index, 1 if wide else 0)
            self._down.setStretch(self._down.indexOf(self.holder), 0 if wide else 1)
        self._gap.changeSize(0, 0 if own else 34 if wide else 14)
        self._gap_title.changeSize(0, 18 if wide and not own else 0)
        self._down.invalidate()
        self._measure()
        self.title.setText(title)
        self.why.setText(why)
        if own and self.title.hasFocus() and (page := self.holder.current()) is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # or Qt would look for the next place along everything there is
        self.title.setVisible(bool(title) and not own)
        self.why.setVisible(bool(why) and not own)

    async def bring(self, page: StepPage) -> None:
        """Build a page and make it ready out of sight, a piece a turn: showing it is then a short moment."""
        while page.build_on():
            await aio.turn()
        if not self.holder.isVisible() or page.parentWidget() is self.holder:
            return
        pieces: list[Callable[[], object]] = [partial(self.holder.prepare, page), partial(self.holder.lay, page)]
        pieces += [partial(QWidget.grab, block) for block in _blocks(page)]
        for piece in pieces:
            await aio.turn()
            if self.holder.current() is page:
                return  # somebody entered it meanwhile
            piece()
        await aio.turn()

    def show_widget(self, widget: QWidget) -> None:
        self.holder.show_only(widget)
        self._fit()
        self.area.verticalScrollBar().setValue(0)

    def _measure(self) -> None:
        # About 75 characters a line, whatever the text size.
        self.why.setMaximumWidth(theme.current().px(720 if not self._wide else 730))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
            self._fit()
        super().changeEvent(event)

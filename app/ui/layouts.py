"""Layouts: items that flow on to the next line, so that nothing is cut at 200 %, and a block that takes the height there is."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget

from app.ui import theme


class Flow(QLayout):
    """Items side by side at the start edge (or the end edge), wrapped where the line is full; mirrored in Arabic."""

    def __init__(self, parent: QWidget, *, end: bool = False, gap: int = 12, squeeze: bool = False) -> None:
        """`squeeze`: before a second line is begun, the words of all items but the last are wrapped."""
        super().__init__(parent)
        self._squeeze = squeeze
        self._items: list[QLayoutItem] = []
        self._end = end
        self._gap = gap
        self._heights: dict[int, int] = {}
        self._hint: QSize | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        self._heights.clear()
        self._hint = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        if self._hint is None:
            hints = [item.sizeHint() for item in self._shown()]
            width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
            self._hint = QSize(width, max((hint.height() for hint in hints), default=0))
        return self._hint

    def minimumSize(self) -> QSize:
        shown = self._shown()
        return QSize(
            max((item.minimumSize().width() for item in shown), default=0), max((item.sizeHint().height() for item in shown), default=0)
        )

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, move: bool) -> int:
        lines: list[list[tuple[QLayoutItem, int]]] = [[]]
        used = 0
        shown = self._shown()
        squeezed = self._squeeze and sum(item.sizeHint().width() for item in shown) + self._gap * (len(shown) - 1) > rect.width()
        for item, width in zip(shown, self._widths(shown, rect.width()), strict=True):
            if width > rect.width():
                width = min(width, max(rect.width(), item.minimumSize().width()))
            if lines[-1] and used + self._gap + width > rect.width():
                lines.append([])
                used = 0
            used += width + (self._gap if lines[-1] else 0)
            lines[-1].append((item, width))
        widget = self.parentWidget()
        mirrored = widget is not None and widget.isRightToLeft()
        y = rect.y()
        for number, line in enumerate(lines):
            height = max((self._height(item, width) for item, width in line), default=0)
            total = sum(width for _, width in line) + self._gap * max(0, len(line) - 1)
            x = rect.width() - total if self._end else 0
            for item, width in line:
                if move:
                    # Buttons of one line are equally high, unless some have their words wrapped; other things keep their own height.
                    own = height if isinstance(item.widget(), QPushButton) and not squeezed else self._height(item, width)
                    left = rect.right() + 1 - x - width if mirrored else rect.x() + x
                    item.setGeometry(QRect(QPoint(left, y + (height - own) // 2), QSize(width, own)))
                x += width + self._gap
            y += height + (8 if number + 1 < len(lines) else 0)
        return y - rect.y()

    def _widths(self, shown: list[QLayoutItem], room: int) -> list[int]:
        widths = [item.sizeHint().width() for item in shown]
        lacking = sum(widths) + self._gap * (len(widths) - 1) - room
        if not self._squeeze or lacking <= 0:
            return widths
        least = [item.minimumSize().width() for item in shown[:-1]]
        spare = sum(widths[:-1]) - sum(least)
        if lacking > spare:
            return widths
        for number, low in enumerate(least):
            widths[number] -= -(-(widths[number] - low) * lacking // spare)
        return widths

    @staticmethod
    def _height(item: QLayoutItem, width: int) -> int:
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


COLUMN = 960
"""Pixels at 100 % that a page is wide at most: a line of text in half of it has some 75 letters."""


SIDE = 28
"""Pixels at both sides of the page where there is no more room."""


def side(width: int, column: int = COLUMN) -> int:
    """The margin at both sides that keeps what lies in `width` pixels to a column in its middle."""
    return max(SIDE, (width - theme.current().px(column)) // 2)


class Grown(QWidget):
    """One widget as high as there is room, up to `limit` pixels at 100 %, and never lower than it needs; what is left stays below it."""

    def __init__(self, widget: QWidget, limit: int = 500) -> None:
        super().__init__()
        # The layout of a widget of its own, never one inside another: PySide would make the other one the parent of what is laid out
        # here, and forget the item, with this program, when it forgets that parent. So for every layout that Python is asked about.
        self.within = _Growing(self, limit)
        self.within.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class _Growing(QLayout):
    def __init__(self, parent: QWidget, limit: int) -> None:
        super().__init__(parent)
        self._limit = limit
        self._item: QLayoutItem | None = None
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._item = item

    def count(self) -> int:
        return int(self._item is not None)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._item if index == 0 else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        taken, self._item = self.itemAt(index), None if index == 0 else self._item
        return taken

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Vertical

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        item = self._item
        if item is None or item.isEmpty():
            return 0
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()

    def minimumHeightForWidth(self, width: int) -> int:
        item = self._item
        if item is None or item.isEmpty():
            return 0
        return item.minimumHeightForWidth(width) if item.hasHeightForWidth() else item.minimumSize().height()

    def sizeHint(self) -> QSize:
        return self._item.sizeHint() if self._item is not None else QSize()

    def minimumSize(self) -> QSize:
        return self._item.minimumSize() if self._item is not None else QSize()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        if self._item is not None:
            most = max(theme.current().px(self._limit), self.heightForWidth(rect.width()))
            self._item.setGeometry(QRect(rect.topLeft(), QSize(rect.width(), min(rect.height(), most))))


class ButtonRow(QWidget):
    """Buttons (or any small widgets) that wrap."""

    def __init__(self, *widgets: QWidget, end: bool = False, gap: int = 10, squeeze: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = Flow(self, end=end, gap=gap, squeeze=squeeze)
        for widget in widgets:
            self.flow.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_widgets(self, widgets: list[QWidget]) -> None:
        """Show these in this order; those left out are hidden, not destroyed."""
        while (item := self.flow.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None and gone not in widgets:
                gone.hide()
                gone.setParent(None)
        for widget in widgets:
            self.flow.addWidget(widget)
            widget.show()
        self.flow.invalidate()
        self.updateGeometry()

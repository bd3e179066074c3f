"""A layout whose items flow on to the next line, so that nothing is cut at 200 %."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QPushButton, QSizePolicy, QWidget


class Flow(QLayout):
    """Items side by side at the start edge (or the end edge), wrapped where the line is full; mirrored in Arabic."""

    def __init__(self, parent: QWidget | None = None, *, end: bool = False, gap: int = 12) -> None:
        super().__init__(parent)
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
        for item in self._shown():
            width = item.sizeHint().width()
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
                    # Buttons of one line are equally high; other things keep their own height.
                    own = height if isinstance(item.widget(), QPushButton) else self._height(item, width)
                    left = rect.right() + 1 - x - width if mirrored else rect.x() + x
                    item.setGeometry(QRect(QPoint(left, y + (height - own) // 2), QSize(width, own)))
                x += width + self._gap
            y += height + (8 if number + 1 < len(lines) else 0)
        return y - rect.y()

    @staticmethod
    def _height(item: QLayoutItem, width: int) -> int:
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


class ButtonRow(QWidget):
    """Buttons (or any small widgets) that wrap."""

    def __init__(self, *widgets: QWidget, end: bool = False, gap: int = 10, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = Flow(self, end=end, gap=gap)
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

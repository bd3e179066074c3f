"""Walks a window: every control has a name and can be reached, no text is cut."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from app.ui.buttons import Button


def visible(root: QWidget) -> list[QWidget]:
    return [w for w in (root, *root.findChildren(QWidget)) if w.isVisibleTo(root)]


def describe(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} {widget.objectName()!r} {text[:60]!r} {widget.width()}x{widget.height()}"


def unnamed(root: QWidget) -> list[str]:
    """Focusable controls without an accessible name."""
    out = []
    for widget in visible(root):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            name = interface.text(QAccessible.Text.Name) if interface is not None else ""
            if not name.strip():
                out.append(describe(widget))
    return out


def _lines(text: str, width: int, metrics: QFontMetrics, wrap: bool) -> QRect:
    flags = Qt.TextFlag.TextWordWrap if wrap else Qt.TextFlag.TextSingleLine
    return metrics.boundingRect(QRect(0, 0, width, 100_000), int(flags.value), text)


def clipped(root: QWidget) -> list[str]:
    """Labels and buttons that have less room than their words need."""
    out = []
    for widget in visible(root):
        if isinstance(widget, QLabel) and widget.text():
            if widget.hasHeightForWidth() or widget.wordWrap():
                if widget.heightForWidth(widget.width()) > widget.height() + 1:
                    out.append(f"too low: {describe(widget)} needs {widget.heightForWidth(widget.width())}")
                if widget.textFormat() != Qt.TextFormat.RichText:
                    longest = max(widget.text().replace("-", "- ").split(" "), key=widget.fontMetrics().horizontalAdvance)
                    if widget.fontMetrics().horizontalAdvance(longest) > widget.contentsRect().width() + 1:
                        out.append(f"too narrow: {describe(widget)} for {longest!r}")
            elif widget.sizeHint().width() > widget.width() + 1:
                out.append(f"too narrow: {describe(widget)} needs {widget.sizeHint().width()}")
        elif isinstance(widget, Button):
            if widget.heightForWidth(widget.width()) > widget.height() + 1:
                out.append(f"too low: {describe(widget)} needs {widget.heightForWidth(widget.width())}")
            if widget.minimumSizeHint().width() > widget.width() + 1:
                out.append(f"too narrow: {describe(widget)} needs {widget.minimumSizeHint().width()}")
        elif isinstance(widget, QAbstractButton) and widget.text():
            need = widget.minimumSizeHint()
            if need.width() > widget.width() + 1 or need.height() > widget.height() + 1:
                out.append(f"cut: {describe(widget)} needs {need.width()}x{need.height()}")
    return out


def sideways(root: QWidget) -> list[str]:
    """Scroll areas whose content is wider than what is seen."""
    return [
        describe(area) + f" content {area.widget().width()} view {area.viewport().width()}"
        for area in root.findChildren(QScrollArea)
        if area.isVisibleTo(root) and area.widget() is not None and area.widget().width() > area.viewport().width() + 1
    ]


def overlapping(root: QWidget) -> list[str]:
    """Sibling controls that lie over each other."""
    out = []
    for parent in visible(root):
        shown = [c for c in parent.children() if isinstance(c, QWidget) and c.isVisibleTo(root) and not c.isWindow()]
        shown = [c for c in shown if c.objectName() not in ("popover", "qt_scrollarea_viewport")]
        if parent.layout() is None:
            continue
        laid = [c for c in shown if parent.layout().indexOf(c) >= 0]
        for i, a in enumerate(laid):
            for b in laid[i + 1 :]:
                common = a.geometry().intersected(b.geometry())
                if common.width() > 1 and common.height() > 1:
                    out.append(f"{describe(a)} over {describe(b)}")
    return out

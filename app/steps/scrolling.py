"""A page that shows another part of itself begins at its top, also where large text makes it scroll."""

from PySide6.QtWidgets import QScrollArea, QWidget


def to_top(page: QWidget) -> None:
    """Scroll whatever holds the page to its beginning; nothing happens where nothing scrolls."""
    above = page.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.verticalScrollBar().setValue(0)
            return
        above = above.parentWidget()

"""A widget that paints itself, in sizes of the theme."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QWidget


class Painted(QWidget):
    """Below it: `sizeHint` by `theme.current().px`, asked again when the text size changes, and `paintEvent`."""

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

"""Blocks side by side, one under the other where the page is too narrow for its text size."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from app.ui import theme


class Columns(QWidget):
    def __init__(self, *blocks: tuple[QWidget, int], narrow: int = 560, gap: int = 16, parent: QWidget | None = None) -> None:
        """`blocks`: widget and stretch. `narrow`: below this width (at 100 % text) they stack."""
        super().__init__(parent)
        self._narrow = narrow
        self._blocks = blocks
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(gap)
        for widget, stretch in blocks:
            self._body.addWidget(widget, stretch)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)

    @property
    def stacked(self) -> bool:
        return self._body.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stack = event.size().width() < theme.current().px(self._narrow)
        if stack != self.stacked:
            self._body.setDirection(QBoxLayout.Direction.TopToBottom if stack else QBoxLayout.Direction.LeftToRight)
            for widget, stretch in self._blocks:
                self._body.setStretchFactor(widget, 0 if stack else stretch)

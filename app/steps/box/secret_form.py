"""A short form inside a row: one private field (the SIM's PIN, the box's password), one button. Return presses the button."""

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.ui.fields import LineEdit
from app.ui.widgets import ButtonRow, QuietButton, label


class SecretForm(QWidget):
    """`given(text)` once a press; the field is emptied at once, and nothing keeps what was typed."""

    given = Signal(str)

    def __init__(self, pattern: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption, self.error = label("", "secondary"), label("", "error")
        self.edit, self.button = LineEdit(), QuietButton()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.edit.setMaxLength(64)
        if pattern:
            self.edit.setValidator(QRegularExpressionValidator(QRegularExpression(pattern), self.edit))
            self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 6, 0, 4)
        down.setSpacing(8)
        for part in (self.caption, self.edit, self.error, ButtonRow(self.button)):
            down.addWidget(part)
        self._busy = False
        self.edit.textChanged.connect(lambda _: self._enable())
        self.edit.returnPressed.connect(self._give)
        self.button.clicked.connect(self._give)
        self._enable()

    def set_words(self, caption: str, button: str, error: str, name: str = "") -> None:
        """`name` is the field's, where the caption says something else."""
        self.caption.setText(caption)
        self.button.setText(button)
        self.error.setText(error)
        self.error.setVisible(bool(error))
        self.edit.setAccessibleName(name or caption)
        self.edit.setAccessibleDescription(error or (caption if name else ""))

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.edit.setEnabled(not busy)
        self._enable()

    def _enable(self) -> None:
        self.button.setEnabled(bool(self.edit.text()) and self.edit.hasAcceptableInput() and not self._busy)

    def _give(self) -> None:
        if self.button.isEnabled():
            text = self.edit.text()
            self.edit.clear()
            self.given.emit(text)

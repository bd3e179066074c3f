"""The one-time code: asked for, waited for, typed. Arabic digits, spaces and a pasted message are all understood."""

import re
import time
import unicodedata

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contracts.addendum import CodeSent
from app.ui.fields import LineEdit
from app.ui.widgets import ButtonRow, LinkButton, QuietButton, label

LENGTH = 6
_TICK_MS = 1000
_RUN = re.compile(rf"(?<!\d)\d{{{LENGTH}}}(?!\d)")


def digits(text: str) -> str:
    """The code in what was typed or pasted: 0-9 only, whatever digits they were; of a whole message, its run of six."""
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    found = _RUN.search(plain)
    return found.group() if found else "".join(c for c in plain if c.isdigit())[:LENGTH]


class CodeEdit(LineEdit):
    """Six digits, left to right. Return does not press the page's primary button."""

    def __init__(self) -> None:
        super().__init__()
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setMaxLength(200)  # a pasted message
        self.textEdited.connect(self._tidy)

    def _tidy(self, text: str) -> None:
        code = digits(text)
        if code != text:
            before = len(digits(text[: self.cursorPosition()]))
            self.setText(code)
            self.setCursorPosition(min(before, len(code)))


class CodeForm(QWidget):
    """`wanted` asks for a code. It counts down to when another may be asked for, and shows how many tries are left."""

    wanted = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sent: CodeSent | None = None
        self._again_at = self._ends_at = 0.0
        self._tries = 0
        self._busy = False
        self._error = ""
        self.ask, self.again = QuietButton(), LinkButton()
        self.caption, self.error, self.wait = label("", "caption"), label("", "error"), label("", "caption")
        self.edit = CodeEdit()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 6, 0, 2)
        down.setSpacing(6)
        for part in (ButtonRow(self.ask), self.edit, self.error, self.caption, self.wait):
            down.addWidget(part)
        down.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeading)
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._tick)
        self.ask.clicked.connect(self.wanted)
        self.again.clicked.connect(self.wanted)
        self.edit.textChanged.connect(lambda _text: self._typed())
        self.retranslate()

    @property
    def code(self) -> str:
        """Six digits, or empty."""
        text = digits(self.edit.text())
        return text if self._sent is not None and len(text) == LENGTH else ""

    @property
    def sent(self) -> CodeSent | None:
        return self._sent

    def show_sent(self, sent: CodeSent) -> None:
        """A code is on its way."""
        now = time.monotonic()
        self._sent, self._tries, self._error = sent, sent.tries_left, ""
        self._again_at, self._ends_at = now + sent.resend_after_s, now + sent.expires_in_s
        self.edit.clear()
        self._clock.start()
        self.retranslate()
        self.edit.setFocus()
        self.changed.emit()

    def show_error(self, words: str, tries_left: int | None = None, wait_s: int | None = None, *, over: bool = False) -> None:
        """What was wrong with the code. `over`: this one can no longer be used; `wait_s`: no other before."""
        self._error = words
        if tries_left is not None:
            self._tries = tries_left
        if over:
            self._sent = None
            self._again_at = time.monotonic() + (wait_s or 0)
        elif wait_s:
            self._again_at = time.monotonic() + wait_s
        self.edit.clear()
        if wait_s:
            self._clock.start()
        self.retranslate()
        self.changed.emit()

    def set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._enable()

    def stop(self) -> None:
        """The page is left: nothing counts on screen, and the code is not kept."""
        self._clock.stop()
        self.edit.clear()

    def resume(self) -> None:
        if self._sent is not None:
            self._clock.start()
            self._tick()

    def _typed(self) -> None:
        if self.edit.text():
            self._error = ""
        self.retranslate()
        self.changed.emit()

    def _tick(self) -> None:
        now = time.monotonic()
        if self._sent is not None and now >= self._ends_at:
            self.show_error(self.tr("This code is too old now. Ask for another one."), over=True)
        if self._sent is None and now >= self._again_at:
            self._clock.stop()
        self._write_wait()
        self._enable()

    def _seconds(self) -> int:
        return max(0, round(self._again_at - time.monotonic()))

    def _enable(self) -> None:
        may = not self._busy and self._seconds() == 0
        self.ask.setEnabled(may)
        self.again.setEnabled(may)
        self.edit.setEnabled(not self._busy)

    def _write_wait(self) -> None:
        left = self._seconds()
        self.wait.setText(self.tr("Another code in %n second(s)", "", left) if left else "")
        self.wait.setVisible(bool(left) and not self.code)
        self.again.setVisible(self._sent is not None and not left and not self.code)

    def retranslate(self) -> None:
        waiting = self._sent is None
        self.ask.setText(self.tr("Send me the code"))
        self.ask.setAccessibleName(self.ask.text())
        self.ask.setVisible(waiting)
        self.edit.setVisible(not waiting)
        self.edit.setAccessibleName(self.tr("The code, six digits"))
        self.edit.setPlaceholderText(self.tr("Six digits"))
        self.edit.setAccessibleDescription(self._error)
        self.edit.setProperty("state", "bad" if self._error else "")
        self.error.setText(self._error)
        self.error.setVisible(bool(self._error))
        minutes = max(1, round((self._ends_at - time.monotonic()) / 60))
        if self._tries < 5 and not waiting:
            self.caption.setText(self.tr("%n try(ies) left", "", self._tries))
        else:
            self.caption.setText(self.tr("It works for %n minute(s).", "", minutes))
        self.caption.setVisible(not waiting and not self.code)
        self.again.setText(self.tr("Send another code"))
        self.again.setAccessibleName(self.again.text())
        self._write_wait()
        self._enable()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

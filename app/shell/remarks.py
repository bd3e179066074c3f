"""What must be said beside the page: a repaired journal, a missing keyring, a refused journey. One strip, one remark at a time."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.content import Advice
from app.ui.announce import announce
from app.ui.widgets import LinkButton, Notice


class RemarkStrip(QWidget):
    """Hidden while there is nothing to say. Stays until the person says it was understood: nothing vanishes by itself."""

    understood = Signal(str)
    """The code of the remark that may go."""

    def __init__(self) -> None:
        super().__init__()
        self._code = ""
        self.notice = Notice("", "warn")
        self.close_button = LinkButton()
        self.close_button.clicked.connect(lambda: self.understood.emit(self._code))
        self.notice.body.addWidget(self.close_button)
        down = QVBoxLayout(self)
        down.setContentsMargins(28, 8, 28, 8)
        down.addWidget(self.notice)
        self.hide()

    def show_remark(self, advice: Advice | None) -> None:
        """The remark to show now, or None for none."""
        self.setVisible(advice is not None)
        if advice is None:
            self._code = ""
            return
        words = f"{advice.title}. {advice.meaning}"
        self.notice.set_text(words)
        self.setAccessibleName(words)
        self._write()
        if advice.code != self._code:
            self._code = advice.code
            announce(self, words)

    def _write(self) -> None:
        self.close_button.setText(self.tr("Understood"))
        self.close_button.setAccessibleName(self.close_button.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

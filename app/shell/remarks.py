"""What must be said beside the page: a repaired journal, a missing keyring, a refused journey. One strip, one remark at a time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.widgets import LinkButton, Notice, label

if TYPE_CHECKING:
    from app.core.content import Advice
    from app.shell.stage import Stage


class RemarkStrip(QWidget):
    """Hidden while there is nothing to say. Stays until the person says it was understood: nothing vanishes by itself.

    One low line, so that the page below keeps its room; what it means and what to do opens under it.
    """

    understood = Signal(str)
    """The code of the remark that may go."""

    def __init__(self, stage: "Stage") -> None:
        """`stage` is the page's: the strip keeps to its column."""
        super().__init__()
        self._code = ""
        self.notice = Notice(label("", "row"), "warn")
        self.more = label("", "secondary")
        self.more.hide()
        self.more_button, self.close_button = LinkButton(), LinkButton()
        self.more_button.setCheckable(True)
        self.more_button.toggled.connect(self._open)
        self.close_button.clicked.connect(lambda: self.understood.emit(self._code))
        body = self.notice.body
        body.setContentsMargins(19, 7, 19, 7)
        words = QVBoxLayout()
        words.setSpacing(4)
        body.removeWidget(self.notice.text)
        words.addWidget(self.notice.text)
        words.addWidget(self.more)
        body.addLayout(words, 1)
        body.addWidget(self.more_button)
        body.addWidget(self.close_button)
        down = QVBoxLayout(self)
        stage.fitted.connect(lambda side: down.setContentsMargins(side, 10, side, 0))
        down.setContentsMargins(stage.side, 10, stage.side, 0)
        down.addWidget(self.notice)
        self.hide()

    def show_remark(self, advice: "Advice | None") -> None:
        """The remark to show now, or None for none."""
        self.setVisible(advice is not None)
        if advice is None:
            self._code = ""
            return
        words = f"{advice.title}. {advice.meaning}"
        self.notice.set_text(advice.title)
        actions = " ".join(f"{action.title.rstrip('.')}. {action.detail}" for action in advice.actions)
        self.more.setText(f"{advice.meaning} {actions}".strip())
        self.setAccessibleName(words)
        self._write()
        if advice.code != self._code:
            self._code = advice.code
            self.more_button.setChecked(False)
            announce(self, words)

    def _open(self, on: bool) -> None:
        self.more.setVisible(on)
        self._write()

    def _write(self) -> None:
        self.more_button.setText(self.tr("Less") if self.more_button.isChecked() else self.tr("What to do"))
        self.close_button.setText(self.tr("Understood"))
        for button in (self.more_button, self.close_button):
            button.setAccessibleName(button.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

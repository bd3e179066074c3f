"""What is shown when the wizard itself went wrong: in the window, in plain words, with a way on."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.announce import announce
from app.ui.buttons import PrimaryButton, QuietButton
from app.ui.cards import Card
from app.ui.i18n import plain
from app.ui.layouts import ButtonRow
from app.ui.text import label


class CrashPage(QWidget):
    """`restart` is the way on. The frame draws `title()` and `why()`."""

    restart = Signal()

    def __init__(self, diagnostic: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagnostic = diagnostic
        self.reference = ""
        self.card = Card()
        self.story, self.caption, self.code = label("", "body"), label("", "secondary"), label("", "code")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.restart_button, self.copy = PrimaryButton(), QuietButton()
        self.restart_button.clicked.connect(self.restart)
        self.copy.clicked.connect(self._copy)
        for part in (self.story, self.caption, self.code):
            self.card.body.addWidget(part)
        self.card.body.addSpacing(8)
        self.card.body.addWidget(ButtonRow(self.restart_button, self.copy))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(self.card)
        down.addStretch(1)
        self.retranslate()

    def set_reference(self, reference: str) -> None:
        self.reference = reference
        self.retranslate()

    def title(self) -> str:
        return self.tr("Marhaba met a problem of its own")

    def why(self) -> str:
        return self.tr("It is not something you did. Everything you finished is kept.")

    def retranslate(self) -> None:
        self.card.set_title(self.tr("What to do now"))
        self.story.setText(
            self.tr("Restart Marhaba: it opens again where you were. If this page comes back, call the helpdesk and read the reference.")
        )
        self.caption.setText(self.tr("Reference to give on the phone"))
        self.code.setText(self.reference)
        self.restart_button.setText(self.tr("Restart Marhaba"))
        self.copy.setText(self.tr("Copy diagnostic"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(plain(f"{self.reference}\n{self._diagnostic()}"))
        announce(self, self.tr("Diagnostic copied"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

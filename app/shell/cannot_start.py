"""What is shown when the wizard cannot open at all: somebody who starts a program from an icon reads no terminal."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.shell.topbar import LanguageSwitch
from app.ui.advice_view import AdviceView
from app.ui.announce import announce
from app.ui.buttons import QuietButton
from app.ui.cards import scroll
from app.ui.i18n import ltr
from app.ui.text import label

if TYPE_CHECKING:
    from app.core.content import Advice


class CannotStart(QWidget):
    """`again` is « try again », `closed` fires once when it is gone. `advice()` reads the words in the language of that moment."""

    closed = Signal()
    again = Signal()
    language_chosen = Signal(str)

    def __init__(self, advice: "Callable[[], Advice]", facts: Mapping[str, Any], helpdesk_phone: str) -> None:
        super().__init__()
        self._advice, self._helpdesk_phone = advice, helpdesk_phone
        self.languages = LanguageSwitch()
        self.languages.chosen.connect(self.language_chosen)
        self.title, self.why, self.phone = label("", "title"), label("", "why"), label("", "row")
        self.view = AdviceView()
        # Nothing can be recorded, so no help can be asked for from here: the telephone is the way.
        self.view.help_button.hide()
        self.view.set_details(facts)
        self.view.retry.connect(self.again)
        self.close_button = QuietButton()
        self.close_button.clicked.connect(self.close)
        inner = QWidget()
        area = scroll(inner)
        page = QVBoxLayout(inner)
        page.setContentsMargins(28, 16, 28, 14)
        page.setSpacing(14)
        for part in (self.title, self.why, self.phone, self.view):
            page.addWidget(part)
        page.addStretch(1)
        above = QHBoxLayout()
        above.setContentsMargins(28, 14, 28, 0)
        above.addStretch(1)
        above.addWidget(self.languages)
        below = QHBoxLayout()
        below.setContentsMargins(28, 0, 28, 14)
        below.addStretch(1)
        below.addWidget(self.close_button)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addLayout(above)
        down.addWidget(area, 1)
        down.addLayout(below)
        self.setMinimumSize(720, 480)
        self.resize(880, 600)
        self.retranslate()

    def retranslate(self) -> None:
        advice = self._advice()
        self.languages.refresh()
        self.title.setText(advice.title)
        self.why.setText(advice.meaning)
        self.view.set_advice(advice)
        self.phone.setText(self.tr("Helpdesk %1").replace("%1", ltr(self._helpdesk_phone.replace(" ", "\u00a0"))))
        self.phone.setVisible(bool(self._helpdesk_phone))
        self.close_button.setText(self.tr("Close"))
        self.setWindowTitle(f"{advice.title} – {self.tr('Marhaba')}")

    def tell(self) -> None:
        """Show it, and say what it says."""
        self.show()
        self.title.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{self.title.text()} {self.why.text()}")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

"""What every failure looks like: what to do now, who fixes it, and a code for the telephone."""

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.contracts.outcomes import Owner
from app.contracts.spoken_code import spoken_code
from app.core.content import Advice
from app.ui.announce import announce
from app.ui.buttons import LinkButton, PrimaryButton, QuietButton
from app.ui.cards import Card, Columns, Row, RowList, line
from app.ui.i18n import plain
from app.ui.layouts import ButtonRow
from app.ui.pictures import PictureRow
from app.ui.text import label


class AdviceView(QWidget):
    """Draws an Advice. `retry` and `help` are the two buttons; `set_details` feeds the technical details."""

    retry = Signal()
    help = Signal()

    def __init__(self, advice: Advice | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.advice: Advice | None = None
        self._asked = False
        self._lets_on = False
        self._facts: Mapping[str, Any] = {}
        self._time, self._event_id = "", ""
        self.pictures = PictureRow()
        self.todo = Card()
        self.rows = RowList()
        self.retry_button, self.help_button = PrimaryButton(), QuietButton()
        self.retry_button.clicked.connect(self.retry)
        self.help_button.clicked.connect(self.help)
        self.todo.body.addWidget(self.rows)
        self._rule = line()
        self.todo.body.addWidget(self._rule)
        self.todo.body.addSpacing(2)
        self.todo.body.addWidget(ButtonRow(self.retry_button, self.help_button))
        self.todo.body.addStretch(1)

        self.who = Card()
        self.owner = Row("phone")
        self.code_caption, self.code = label("", "secondary"), label("", "code")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.toggle = LinkButton()
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._toggled)
        for part in (self.owner, line(), self.code_caption, self.code):
            self.who.body.addWidget(part)
        self.who.body.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeading)
        self.who.body.addStretch(1)

        self.technical = Card()
        self.raw = QPlainTextEdit()
        self.raw.setReadOnly(True)
        self.raw.setTabChangesFocus(True)
        self.raw.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.raw.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.copy = QuietButton()
        self.copy.clicked.connect(self._copy)
        self.technical.body.addWidget(self.raw)
        self.technical.body.addWidget(ButtonRow(self.copy))
        self.technical.hide()

        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(14)
        down.addWidget(self.pictures)
        down.addWidget(Columns(self.todo, self.who, (8, 5)))
        down.addWidget(self.technical)
        down.addStretch(1)
        self.retranslate()
        if advice is not None:
            self.set_advice(advice)

    def set_advice(self, advice: Advice, *, lets_on: bool = False) -> None:
        """Show this one. `lets_on`: a warning, so there is nothing to try again before going on."""
        if (advice, lets_on) == (self.advice, self._lets_on):
            return
        if self.advice is None or advice.code != self.advice.code:
            self._asked = False
            self.toggle.setChecked(False)
        self.advice, self._lets_on = advice, lets_on
        for number, (row, action) in enumerate(zip(self.rows.kept(len(advice.actions)), advice.actions, strict=True), 1):
            row.set_mark("number", number)
            row.set_texts(action.title, action.detail)
        self.pictures.show_pictures(advice.pictures)
        self.todo.setAccessibleName(advice.title)
        self.retranslate()

    def set_details(self, facts: Mapping[str, Any], time: str = "", event_id: str = "") -> None:
        self._facts, self._time, self._event_id = dict(facts), time, event_id
        self._write()

    def set_asked(self, asked: bool) -> None:
        """Whether help was asked for: the button says so and rests."""
        self._asked = asked
        self.retranslate()

    def details(self) -> str:
        """The technical details as text, for the clipboard."""
        if self.advice is None:
            return ""
        lines = [self.advice.code, f"code: {spoken_code(self.advice.code)}"]
        lines += [f"time: {self._time}"] if self._time else []
        lines += [f"event: {self._event_id}"] if self._event_id else []
        lines += [f"{key}: {json.dumps(value, ensure_ascii=False, default=str)}" for key, value in self._facts.items()]
        return "\n".join(lines)

    def retranslate(self) -> None:
        self.todo.set_title(self.tr("What to do now"))
        self.who.set_title(self.tr("Who fixes it?"))
        self.retry_button.setText(self.tr("Try again"))
        self.retry_button.setVisible(not self._lets_on)
        self.help_button.setText(self.tr("Help is on its way") if self._asked else self.tr("Ask for help"))
        self.help_button.setEnabled(not self._asked)
        self.code_caption.setText(self.tr("Code to give on the phone"))
        self.toggle.setText(self.tr("Technical details"))
        self.technical.set_title(self.tr("Technical details"))
        self.copy.setText(self.tr("Copy the details"))
        self.raw.setAccessibleName(self.tr("Technical details"))
        if self.advice is not None:
            self.code.setText(spoken_code(self.advice.code))
            title, detail = self._owner_words(self.advice.owner)
            self.owner.set_texts(title, detail)
        self._write()

    def _owner_words(self, owner: Owner) -> tuple[str, str]:
        return {
            Owner.AGENT: (self.tr("You, in a minute"), self.tr("The helpdesk stays at your side if it does not work.")),
            Owner.HELPDESK: (self.tr("The helpdesk"), self.tr("Call and read the code below; they see where you stopped.")),
            Owner.IT: (self.tr("The IT department"), self.tr("You cannot mend this yourself. Ask for help and they are told at once.")),
            Owner.OPERATOR: (self.tr("The telecom operator"), self.tr("The helpdesk calls the operator for you.")),
            Owner.HR: (self.tr("Human resources"), self.tr("They hold your file. The helpdesk can put you through.")),
        }[owner]

    def _write(self) -> None:
        text = self.details()
        if text != self.raw.toPlainText():
            self.raw.setPlainText(text)
        lines = min(10, max(3, text.count("\n") + 1))
        self.raw.setFixedHeight(lines * self.raw.fontMetrics().lineSpacing() + 44)

    def _toggled(self, shown: bool) -> None:
        self.technical.setVisible(shown)
        if shown:
            self.raw.setFocus(Qt.FocusReason.OtherFocusReason)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(plain(self.details()))
        announce(self, self.tr("Details copied"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._write()
        super().changeEvent(event)

"""What the gateway asks the person: user name, password, one-time code. Nothing typed is kept here once it was given."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from app.contracts.readable_code import western_digits
from app.core.tunnel import Answer, Asked, Question
from app.ui.fields import LineEdit
from app.ui.widgets import ButtonRow, Card, PrimaryButton, Row, Text, label

LONGEST = 256


class _Field(QWidget):
    def __init__(self, *, private: bool = False) -> None:
        super().__init__()
        self.caption: Text = label("", "secondary")
        self.edit = LineEdit()
        self.edit.setMaxLength(LONGEST)
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if private:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(4)
        down.addWidget(self.caption)
        down.addWidget(self.edit)

    def set_caption(self, words: str) -> None:
        self.caption.setText(words)
        self.edit.setAccessibleName(words)


class QuestionForm(Card):
    given = Signal(object)
    """Answer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._question: Question | None = None
        self.turn = Row("warn")
        self.error: Text = label("", "error")
        self.user, self.password, self.code = _Field(), _Field(private=True), _Field(private=True)
        self.code.edit.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.button = PrimaryButton()
        self._act = ButtonRow(self.button)
        self._fields = fields = QGridLayout()
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(8)
        for number, field in enumerate((self.user, self.password, self.code)):
            fields.addWidget(field, number // 2, number % 2)
        for column in (0, 1):
            fields.setColumnStretch(column, 1)
        self.body.addWidget(self.turn)
        self.body.addWidget(self.error)
        self.body.addLayout(fields)
        self._lay_button()
        for field in (self.user, self.password, self.code):
            field.edit.textChanged.connect(lambda _: self._enable())
            field.edit.returnPressed.connect(self._next)
        self.button.clicked.connect(self._give)
        self.hide()

    def ask(self, question: Question | None, user: str, error: str) -> None:
        """Show a question, or put the form away. `user` is who most likely sits here; `error` why it is asked again."""
        if question is self._question:
            self._say(error)
            return
        self._question = question
        self.forget()
        if question is None:
            self.hide()
            return
        kind = question.kind
        self.user.setVisible(kind in (Asked.PASSWORD, Asked.STATIC))
        self.password.setVisible(kind in (Asked.PASSWORD, Asked.STATIC, Asked.KEY))
        self.code.setVisible(kind in (Asked.STATIC, Asked.DYNAMIC, Asked.PENDING))
        self._lay_button()
        self.code.edit.setEchoMode(QLineEdit.EchoMode.Normal if question.echo else QLineEdit.EchoMode.Password)
        self.user.edit.setText(question.user or user)
        self._say(error)
        self.show()
        first = next((f for f in (self.user, self.password, self.code) if not f.isHidden() and not f.edit.text()), self.password)
        first.edit.setFocus()
        self._enable()

    def _lay_button(self) -> None:
        """Beside the code where there is one, else below the first field: the whole form is seen in a small window too."""
        self._fields.removeWidget(self._act)
        self._fields.addWidget(self._act, 1, 0 if self.code.isHidden() else 1, Qt.AlignmentFlag.AlignBottom)

    def _say(self, error: str) -> None:
        question = self._question
        if question is None:
            return
        self.user.set_caption(self.tr("User name"))
        self.password.set_caption(
            self.tr("Passphrase of this PC’s key") if question.kind is Asked.KEY else self.tr("Password of your company session")
        )
        own = question.text.strip()
        self.code.set_caption(own or self.tr("One-time code"))
        web = question.kind is Asked.WEB
        words = self.tr("Sign in on the page that opens in the browser, then come back here.")
        if not web:
            words = self.tr("The gateway answers; it wants to know who you are.") if question.kind is not Asked.KEY else ""
        if question.kind in _CODES:
            words = self.tr("Your password is accepted. One more thing: the code.")
        self.turn.set_texts(self.tr("Your turn"), words)
        self.error.setText(error)
        self.error.setVisible(bool(error))
        self.button.setText(self.tr("Open the page") if web else self.tr("Send") if question.kind in _CODES else self.tr("Sign in"))

    def forget(self) -> None:
        for field in (self.user, self.password, self.code):
            field.edit.clear()

    def _shown(self) -> list[QLineEdit]:
        return [field.edit for field in (self.user, self.password, self.code) if not field.isHidden()]

    def _enable(self) -> None:
        self.button.setEnabled(all(edit.text() for edit in self._shown()))

    def _next(self) -> None:
        """Return goes to the first field that is empty, and gives when none is."""
        empty = next((edit for edit in self._shown() if not edit.text()), None)
        if empty is not None:
            empty.setFocus()
        else:
            self._give()

    def _give(self) -> None:
        if not self.button.isEnabled() or self._question is None:
            return
        answer = Answer(self.user.edit.text().strip(), self.password.edit.text(), western_digits(self.code.edit.text().strip()))
        self.forget()
        self.given.emit(answer)


_CODES = (Asked.DYNAMIC, Asked.PENDING)

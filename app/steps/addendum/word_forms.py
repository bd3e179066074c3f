"""Two short forms: a question about a clause, and a refusal with its reason. Half-written words are given back after a kill."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QTextCursor
from PySide6.QtWidgets import QComboBox, QTextEdit, QWidget

from app.contracts.addendum import Clause
from app.core.errors import JournalError
from app.steps.addendum.check import MAX_QUESTION
from app.steps.addendum.clauses import document_language, words
from app.steps.addendum.desk import Desk
from app.ui import theme
from app.ui.widgets import Card, CheckBox, LinkButton, Notice, label

KEEP_AFTER_MS = 1200
"""How long a pause in writing is before the words are kept."""
LEAST = 3
"""Characters before words are words."""


class _Choice(QComboBox):
    """A list to choose from, with its sign in the theme's ink."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 20.0 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - 20.0
        y = self.height() / 2
        painter.setPen(QPen(theme.current().color("ink_2"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([QPointF(x - 5, y - 2.5), QPointF(x, y + 2.5), QPointF(x + 5, y - 2.5)])
        painter.end()


class _Writing(QTextEdit):
    """Some lines to write on, each at the edge where its script begins; Tab goes on, and no more than the limit is taken."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._bound)

    def _bound(self) -> None:
        text = self.toPlainText()
        if len(text) > MAX_QUESTION:
            self.setPlainText(text[:MAX_QUESTION])
            self.moveCursor(QTextCursor.MoveOperation.End)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()

    def measure(self, lines: int) -> None:
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + theme.current().px(26))


class QuestionForm(Card):
    """Which clause, and the question in one's own words. `changed` at each key."""

    changed = Signal()
    refuse_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._clauses: Sequence[Clause] = ()
        self._asked: Sequence[str] = ()
        self.clause_caption, self.text_caption = label("", "row"), label("", "row")
        self.clause, self.text = _Choice(), _Writing()
        self.note = Notice("", "info")
        self.earlier = label("", "secondary")
        self.refuse = LinkButton()
        for part in (self.clause_caption, self.clause, self.text_caption, self.text, self.earlier, self.note):
            self.body.addWidget(part)
        self.body.addWidget(self.refuse, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addStretch(1)
        self.clause.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.text.textChanged.connect(self.changed)
        self.refuse.clicked.connect(self.refuse_wanted)
        self.retranslate()

    def show_clauses(self, clauses: Sequence[Clause], asked: Sequence[str]) -> None:
        """`asked`: the questions that human resources have already."""
        self._clauses, self._asked = list(clauses), list(asked)
        self.retranslate()

    def chosen(self) -> str:
        """The clause's id; empty for the whole document."""
        value = self.clause.currentData()
        return value if isinstance(value, str) else ""

    def question(self) -> str:
        return self.text.toPlainText().strip()

    @property
    def valid(self) -> bool:
        return len(self.question()) >= LEAST

    def write(self, clause: str, text: str) -> None:
        """Take up what was half written."""
        index = self.clause.findData(clause)
        self.clause.setCurrentIndex(max(0, index))
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
            self.text.moveCursor(QTextCursor.MoveOperation.End)

    def retranslate(self) -> None:
        chosen = self.chosen()
        self.clause.blockSignals(True)
        self.clause.clear()
        self.clause.addItem(self.tr("The whole addendum"), "")
        language = document_language()
        for clause in self._clauses:
            self.clause.addItem(words(clause.title, language), clause.id)
        self.clause.setCurrentIndex(max(0, self.clause.findData(chosen)))
        self.clause.blockSignals(False)
        self.clause_caption.setText(self.tr("What is it about?"))
        self.text_caption.setText(self.tr("Your question"))
        self.clause.setAccessibleName(self.clause_caption.text())
        self.text.setAccessibleName(self.text_caption.text())
        self.text.setPlaceholderText(self.tr("In your own words, in French or in Arabic"))
        self.note.set_text(self.tr("Human resources answer you. You may go on meanwhile and sign later: nothing is signed for you."))
        told = "\n".join(f"« {text} »" for text in self._asked)
        already = self.tr("Asked already:")
        self.earlier.setText(f"{already}\n{told}" if told else "")
        self.earlier.setVisible(bool(told))
        self.refuse.setText(self.tr("I do not want to sign"))
        self.refuse.setAccessibleName(self.refuse.text())
        self.text.measure(5)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.retranslate()
        super().changeEvent(event)


class RefusalForm(Card):
    """Why, if one likes to say; and a box to tick, so that nobody refuses by a slip."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.caption = label("", "row")
        self.text = _Writing()
        self.note = Notice("", "info")
        self.sure = CheckBox()
        for part in (self.caption, self.text, self.note, self.sure):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.text.textChanged.connect(self.changed)
        self.sure.toggled.connect(lambda _on: self.changed.emit())
        self.retranslate()

    def reason(self) -> str:
        return self.text.toPlainText().strip()

    @property
    def valid(self) -> bool:
        return self.sure.isChecked()

    def write(self, text: str) -> None:
        if text != self.text.toPlainText():
            self.text.setPlainText(text)
            self.text.moveCursor(QTextCursor.MoveOperation.End)

    def retranslate(self) -> None:
        self.caption.setText(self.tr("Why? (only if you wish to say)"))
        self.text.setAccessibleName(self.caption.text())
        self.text.setPlaceholderText(self.tr("In your own words, in French or in Arabic"))
        self.note.set_text(
            self.tr("Signing is voluntary. Human resources are told and call you; you can still change your mind afterwards.")
        )
        self.sure.setText(self.tr("I do not sign this addendum"))
        self.sure.setAccessibleName(self.sure.text())
        self.text.measure(4)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.retranslate()
        super().changeEvent(event)


class Forms(QObject):
    """Both forms, and what is half written in them: kept at each pause, so that a kill loses a sentence at most."""

    changed = Signal()
    refuse_wanted = Signal()
    not_kept = Signal(str)
    """The code of why the words could not be kept."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._open = ""
        self.question, self.refusal = QuestionForm(), RefusalForm()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(KEEP_AFTER_MS)
        self._pause.timeout.connect(self.keep)
        self.question.refuse_wanted.connect(self.refuse_wanted)
        self.question.changed.connect(self._written)
        self.refusal.changed.connect(self._written)

    def open(self, phase: str) -> None:
        """`phase` of the page; words are kept only while their form is open."""
        if self._open and phase != self._open:
            self.keep()
        self._open = phase if phase in ("question", "refuse") else ""

    def take_up(self) -> None:
        """Give back what was half written."""
        at, offer = self._desk.progress, self._desk.offer
        asking = at.asking
        self.question.show_clauses(offer.clauses if offer else [], [asked.get("question", "") for asked in at.questions])
        self.question.write(asking.get("clause", ""), asking.get("text", "") if asking.get("what") == "question" else "")
        self.refusal.write(asking.get("text", "") if asking.get("what") == "refuse" else "")
        self.refusal.sure.setChecked(False)

    def keep(self) -> None:
        self._pause.stop()
        if not self._open or self._desk.result is not None:
            return
        if self._open == "question":
            clause, text = self.question.chosen(), self.question.question()
        else:
            clause, text = "", self.refusal.reason()
        try:
            self._desk.keep_writing(self._open, clause, text)
        except JournalError as error:
            self.not_kept.emit(error.code)

    def _written(self) -> None:
        if self._open:
            self._pause.start()
        self.changed.emit()

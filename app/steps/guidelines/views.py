"""The three things the guidelines page shows: a topic to read, a question, the attestation. They draw; the page decides."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.core.content import Question, Topic
from app.ui.widgets import Card, CheckBox, ChoiceCard, LinkButton, Notice, Picture, Row, RowList

LETTERS = {"ar": ("أ", "ب", "ج", "د", "ه", "و")}
_LATIN = ("A", "B", "C", "D", "E", "F")


LOW = 72
"""Pixels: a topic's picture in a window where all its points must be seen too; it takes what they leave in a taller one."""


class TopicView(Card):
    """A picture and the points of one topic."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = Picture(height=LOW, grows=True)
        self.points = RowList()
        self.body.addWidget(self.picture, 1)
        self.body.addWidget(self.points)

    def show_topic(self, topic: Topic) -> None:
        self.picture.set(f"pictures/guidelines/{topic.id}.svg", topic.picture_text)
        for row, point in zip(self.points.kept(len(topic.points)), topic.points, strict=True):
            row.show_state("ok", point.title, point.text)
            row.setAccessibleName(f"{point.title}. {point.text}")


class QuestionView(QWidget):
    """One question's answers; after the answer, what was right and why."""

    chosen = Signal()
    reread = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cards: dict[str, ChoiceCard] = {}
        self._group = QButtonGroup(self)
        self._question = ""
        self._order: tuple[str, ...] = ()
        self.list = QWidget()
        self._down = QVBoxLayout(self.list)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(14)
        self.explanation = Notice("", "info")
        self.link = LinkButton()
        self.link.clicked.connect(self.reread)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(14)
        outer.addWidget(self.list)
        outer.addWidget(self.explanation)
        outer.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeading)
        outer.addStretch(1)

    @property
    def choice(self) -> str:
        """The id of what is chosen now, or empty."""
        return next((choice for choice, card in self._cards.items() if card.isChecked()), "")

    def show_question(self, question: Question, order: Sequence[str], answer: str, language: str) -> None:
        """Draw the question; what was chosen stays chosen, also in another language."""
        order = tuple(order) or tuple(choice.id for choice in question.choices)
        if (question.id, order) != (self._question, self._order):
            self._build(question.id, order)
        letters = LETTERS.get(language, _LATIN)
        words = {choice.id: choice for choice in question.choices}
        for number, (choice_id, card) in enumerate(self._cards.items()):
            choice = words.get(choice_id)
            card.set_texts(
                letters[number % len(letters)], choice.text if choice else "", choice.reply if choice and answer == choice_id else ""
            )
            settled = bool(answer)
            card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, settled)
            card.setFocusPolicy(Qt.FocusPolicy.NoFocus if settled else Qt.FocusPolicy.StrongFocus)
            if settled:
                card.setChecked(choice_id == answer)
                card.set_state("right" if choice_id == question.right else "wrong" if choice_id == answer else "idle")
        if answer and any(card.hasFocus() for card in self._cards.values()):
            self.link.setFocus()  # the answers are no longer a stop
        self.explanation.set_text(question.explanation, "ok" if answer == question.right else "info")
        self.explanation.setVisible(bool(answer))

    def _build(self, question: str, order: tuple[str, ...]) -> None:
        """Cards for the choices: those that are there, if they are so many. Making them takes longer than writing on them."""
        cards = list(self._cards.values())
        self._group.setExclusive(False)  # or the one that is chosen could not be let go
        for card in cards:
            card.blockSignals(True)
            card.setChecked(False)
            card.blockSignals(False)
            card.set_state("idle")
        self._group.setExclusive(True)
        for card in cards[len(order) :]:
            self._group.removeButton(card)
            card.hide()
            card.deleteLater()
        cards += [self._new_card() for _ in order[len(cards) :]]
        self._question, self._order, self._cards = question, order, dict(zip(order, cards, strict=False))

    def _new_card(self) -> ChoiceCard:
        card = ChoiceCard()
        card.toggled.connect(lambda _on: self.chosen.emit())
        self._group.addButton(card)
        self._down.addWidget(card)
        return card

    def focus_first(self) -> None:
        card = next((c for c in self._cards.values() if c.isChecked()), next(iter(self._cards.values()), None))
        if card is not None:
            card.setFocus()


class AttestView(Card):
    """The quiz is passed: what was reached, and the promise to apply the rules."""

    def __init__(self) -> None:
        super().__init__()
        self.score = Row("ok")
        self.version = Row("ok")
        self.box = CheckBox()
        self.body.addWidget(RowList(self.score, self.version))
        self.body.addSpacing(8)
        self.body.addWidget(self.box)
        self.body.addStretch(1)

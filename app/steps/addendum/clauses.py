"""The document as text, clause by clause, in French or Arabic: for screen readers, for large letters, for copying a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from app.contracts.addendum import Clause
from app.ui import i18n, theme
from app.ui.widgets import RadioButton

LANGUAGES = ("fr", "ar")
"""The languages of the document itself; the interface may speak another."""


def words(texts: dict[str, str], language: str) -> str:
    """A text in `language`, or in whichever there is."""
    return texts.get(language) or next(iter(texts.values()), "")


def document_language() -> str:
    """The document's language that suits the interface's."""
    return "ar" if i18n.rtl() else "fr"


class _Reading(QTextEdit):
    """Read only, with a caret that arrow keys move: that is how a screen reader goes through it."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(220)

    def sizeHint(self) -> QSize:
        return QSize(320, self.minimumHeight())


class ClausesView(QWidget):
    """`ended` fires when the end of the text was on screen."""

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clauses: Sequence[Clause] = ()
        self._language = document_language()
        self.text = _Reading()
        self.french, self.arabic = RadioButton("Français"), RadioButton("العربية")
        self._group = QButtonGroup(self)
        across = QHBoxLayout()
        across.setSpacing(12)
        for button, language in ((self.french, "fr"), (self.arabic, "ar")):
            button.setAccessibleName(button.text())
            self._group.addButton(button)
            across.addWidget(button)
            button.toggled.connect(lambda on, chosen=language: self._choose(chosen) if on else None)
        across.addStretch(1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addLayout(across)
        down.addWidget(self.text, 1)
        (self.arabic if self._language == "ar" else self.french).setChecked(True)
        self.text.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_end())

    @property
    def language(self) -> str:
        return self._language

    def show_clauses(self, clauses: Sequence[Clause]) -> None:
        if list(clauses) != list(self._clauses):
            self._clauses = list(clauses)
            self._write()

    def at_end(self) -> bool:
        bar = self.text.verticalScrollBar()
        return bool(self._clauses) and self.isVisible() and bar.value() >= bar.maximum() - 4

    def _tell_end(self) -> None:
        if self.at_end():
            self.ended.emit()

    def _choose(self, language: str) -> None:
        if language != self._language:
            self._language = language
            self._write()

    def _write(self) -> None:
        arabic = self._language == "ar"
        document = self.text.document()
        document.clear()
        option = QTextOption()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if arabic else Qt.LayoutDirection.LeftToRight)
        document.setDefaultTextOption(option)
        cursor = QTextCursor(document)
        for number, clause in enumerate(self._clauses):
            title, body = words(clause.title, self._language), words(clause.text, self._language)
            self._paragraph(cursor, title, arabic, heading=True, first=number == 0)
            for paragraph in body.split("\n"):
                if paragraph.strip():
                    self._paragraph(cursor, paragraph.strip(), arabic)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    @staticmethod
    def _paragraph(cursor: QTextCursor, text: str, arabic: bool, *, heading: bool = False, first: bool = False) -> None:
        block = QTextBlockFormat()
        block.setLayoutDirection(Qt.LayoutDirection.RightToLeft if arabic else Qt.LayoutDirection.LeftToRight)
        block.setTopMargin(14 if heading and not first else 2)
        block.setBottomMargin(4)
        block.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if heading:
            block.setHeadingLevel(3)
        letters = QTextCharFormat()
        letters.setFontWeight(QFont.Weight.DemiBold if heading else QFont.Weight.Normal)
        letters.setFont(theme.current().font("row" if heading else "body", heading))
        if not first:
            cursor.insertBlock()
        cursor.setBlockFormat(block)
        cursor.setCharFormat(letters)
        cursor.insertText(text)

    def retranslate(self, name: str) -> None:
        """`name` is the text's accessible name."""
        self.text.setAccessibleName(name)

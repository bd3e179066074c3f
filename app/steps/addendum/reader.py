"""The document to read: its pages as they are signed, or its clauses as text; page, zoom and hash in one line above."""

from functools import cached_property

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.contracts.addendum import AddendumOffer
from app.steps.addendum.clauses import ClausesView
from app.steps.addendum.paper import Document, Paper
from app.ui import i18n
from app.ui.buttons import Button
from app.ui.widgets import ButtonRow, Card, label


class ToolButton(Button):
    """A small outlined button of the line above the page."""

    role = "secondary"
    pad_x = 9
    pad_y = 4


class Reader(QWidget):
    next_wanted = Signal()
    previous_wanted = Signal()
    text_ended = Signal()
    """The end of the text was on screen."""
    mode_changed = Signal()
    close_wanted = Signal()
    """Back to the signature."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = Document()
        self.paper = Paper(self.document)
        self._offer: AddendumOffer | None = None
        self._page, self._pages = 1, 0
        self.where, self.hash = label("", "row"), label("", "caption")
        self.where.setWordWrap(False)
        self.previous, self.next = ToolButton(), ToolButton()
        self.smaller, self.larger = ToolButton("−"), ToolButton("+")
        self.percent = label("", "caption")
        self.percent.setWordWrap(False)
        self.as_text, self.close_document = ToolButton(), ToolButton()
        self.as_text.setCheckable(True)
        self.close_document.hide()
        tools = QHBoxLayout()  # both wrap where large letters leave no room
        tools.setSpacing(6)
        tools.addWidget(ButtonRow(self.where, self.previous, self.next, gap=6))
        tools.addWidget(ButtonRow(self.smaller, self.percent, self.larger, self.as_text, self.close_document, end=True, gap=6), 1)
        self._card = card = Card(kind="quiet")
        card.body.setContentsMargins(12, 10, 12, 10)
        card.body.addLayout(tools)
        card.body.addWidget(self.paper, 1)
        card.body.addWidget(self.hash)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card, 1)
        self.previous.clicked.connect(self.previous_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.paper.previous_wanted.connect(self.previous_wanted)
        self.paper.next_wanted.connect(self.next_wanted)
        self.smaller.clicked.connect(lambda: self.paper.zoom(-1))
        self.larger.clicked.connect(lambda: self.paper.zoom(1))
        self.paper.zoomed.connect(self._write)
        self.paper.sheet.drawn_anew.connect(self._describe)
        self.as_text.toggled.connect(self._toggle_text)
        self.close_document.clicked.connect(self.close_wanted)
        self.retranslate()

    @cached_property
    def clauses(self) -> ClausesView:
        """The text: made when it is first asked for."""
        made = ClausesView()
        made.hide()
        made.ended.connect(self.text_ended)
        made.retranslate(self.tr("The text of the addendum"))
        self._card.body.insertWidget(self._card.body.indexOf(self.paper) + 1, made, 1)
        return made

    @property
    def in_text(self) -> bool:
        return self.as_text.isChecked()

    def load(self, offer: AddendumOffer, data: bytes) -> bool:
        """Whether it can be shown."""
        same = self._offer is not None and self._offer.sha256 == offer.sha256
        self._offer = offer
        if same and self._pages:
            self._write()
            return True
        self.paper.sheet.forget()
        good = self.document.load(data)
        self._pages = self.document.pages if good else 0
        if self.in_text:
            self.clauses.show_clauses(offer.clauses)
        self._write()
        return good

    @property
    def pages(self) -> int:
        return self._pages

    def show_page(self, page: int, *, may_turn: bool) -> None:
        """`may_turn`: the next page may be asked for here too (it was read before)."""
        self._page = page
        self.paper.show_page(page)
        self.next.setEnabled(may_turn and page < self._pages)
        self.previous.setEnabled(page > 1)
        self._write()

    def set_closable(self, on: bool) -> None:
        """Whether the document stands where the signature was, and makes room for it again."""
        self.close_document.setVisible(on)

    def _toggle_text(self, on: bool) -> None:
        if on and self._offer is not None:
            self.clauses.show_clauses(self._offer.clauses)
        self.paper.setVisible(not on)
        self.clauses.setVisible(on)
        self._show_tools()
        self._write()
        (self.clauses.text if on else self.paper).setFocus()
        self.mode_changed.emit()

    def _show_tools(self) -> None:
        for tool in (self.previous, self.next, self.smaller, self.percent, self.larger):
            tool.setVisible(not self.in_text)

    def _describe(self) -> None:
        """The words of the page, for who cannot see it: after it is drawn, for taking them out takes as long."""
        self.paper.setAccessibleDescription(self.document.text(self._page))

    def retranslate(self) -> None:
        self._write()

    def _write(self) -> None:
        page, pages = i18n.ltr(str(self._page)), i18n.ltr(str(self._pages))
        where = self.tr("Page %1 of %2").replace("%1", page).replace("%2", pages) if not self.in_text else self.tr("The whole text")
        self.where.setText(where)
        self.where.setVisible(bool(self._pages))
        back, on = ("›", "‹") if i18n.rtl() else ("‹", "›")
        for button, sign, name in (
            (self.previous, back, self.tr("Previous page")),
            (self.next, on, self.tr("Next page")),
            (self.smaller, "−", self.tr("Smaller")),
            (self.larger, "+", self.tr("Larger")),
        ):
            button.setText(sign)
            button.setAccessibleName(name)
            button.setToolTip(name)
        self.smaller.setEnabled(self.paper.can_zoom(-1))
        self.larger.setEnabled(self.paper.can_zoom(1))
        self.percent.setText(i18n.ltr(f"{self.paper.percent} %"))
        self.as_text.setText(self.tr("See the pages") if self.in_text else self.tr("Read as text"))
        self.close_document.setText(self.tr("Back to the signature"))
        for button in (self.as_text, self.close_document):
            button.setAccessibleName(button.text())
        self.paper.setAccessibleName(where)
        if "clauses" in self.__dict__:
            self.clauses.retranslate(self.tr("The text of the addendum"))
        short = f"{self._offer.sha256[:8]}…{self._offer.sha256[-8:]}" if self._offer is not None else ""
        words = self.tr("Document %1, fingerprint %2: what you read is exactly what you sign.")
        name = i18n.ltr(self._offer.template_version) if self._offer is not None else ""
        self.hash.setText(words.replace("%1", name).replace("%2", i18n.ltr(short)))
        self.hash.setVisible(bool(short))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

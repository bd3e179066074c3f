"""What must be done before signing, and the signature: the right side of the picture."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contracts.addendum import MAX_NAME, AddendumOffer, Appearance
from app.steps.addendum.check import Limits
from app.steps.addendum.clauses import words
from app.steps.addendum.code_form import CodeForm
from app.steps.addendum.pad import ASPECT, SignaturePad
from app.ui import i18n
from app.ui.fields import LineEdit
from app.ui.widgets import ButtonRow, Card, CheckBox, Columns, LinkButton, Row, RowList, label, line

NARROW = 600
"""Pixels at 100 %: below this the cards lie one above the other."""


@dataclass(frozen=True)
class Standing:
    """What the side shows of the rest of the page."""

    offer: AddendumOffer | None = None
    read: bool = False
    consent: bool = False
    busy: bool = False
    beside: bool = False
    """The document is on screen too."""


class BeforeCard(Card):
    """Read, identity, consent: three things, each with its sign."""

    consented = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.read, self.identity = Row("todo"), Row("todo")
        self.code = CodeForm()
        self.document = LinkButton()
        self._to_document = ButtonRow(self.document)
        self.read.add(self._to_document)
        self.identity.add(self.code)
        self.consent, self.terms = CheckBox(), label("", "caption")
        self.body.addWidget(RowList(self.read, self.identity))
        self.body.addWidget(line())
        self.body.addWidget(self.consent)
        self.body.addWidget(self.terms)
        self._standing = Standing()
        self.consent.toggled.connect(self.consented)
        self.code.changed.connect(self._write)
        self._write()

    def show_standing(self, standing: Standing) -> None:
        self._standing = standing
        self._write()

    def _write(self) -> None:
        at = self._standing
        offer = at.offer
        self.set_title(self.tr("Before signing"))
        pages = i18n.ltr(str(offer.pages if offer else 0))
        self.read.set_mark("ok" if at.read else "todo", name=self.tr("done") if at.read else self.tr("to do"))
        self.read.set_texts((self.tr("Read to page %1") if at.read else self.tr("To be read to page %1")).replace("%1", pages))
        self.document.setText(self.tr("See the document"))
        self.document.setAccessibleName(self.document.text())
        self._to_document.setVisible(not at.beside)
        self._write_identity(offer)
        self.consent.blockSignals(True)
        self.consent.setChecked(at.consent)
        self.consent.blockSignals(False)
        self.consent.setEnabled(not at.busy)
        consent = offer.consent if offer else None
        self.consent.setText(self.tr("I agree to sign electronically"))
        self.consent.setAccessibleName(self.consent.text())
        self.terms.setText(words(consent.texts, i18n.language()) if consent else "")
        self.terms.setVisible(bool(self.terms.text()))
        self.consent.setAccessibleDescription(self.terms.text())
        self.code.set_busy(at.busy)

    def _write_identity(self, offer: AddendumOffer | None) -> None:
        channel = self.code.sent.channel if self.code.sent else offer.channel if offer else None
        ready = bool(self.code.code)
        self.identity.set_mark("ok" if ready else "todo", name=self.tr("done") if ready else self.tr("to do"))
        title = self.tr("Code typed") if ready else self.tr("Confirm that it is you")
        where = i18n.ltr(channel.masked) if channel else ""
        if channel is not None and channel.kind == "console":
            detail = self.tr("Demonstration: the code is shown on the server’s console.")
        elif self.code.sent is not None:
            detail = self.tr("Code sent to %1").replace("%1", where)
        elif channel is None:
            detail = self.tr("The company knows no telephone number or e-mail address of yours.")
        elif channel.kind == "sms":
            detail = self.tr("A code comes by SMS to %1").replace("%1", where)
        else:
            detail = self.tr("A code comes to %1").replace("%1", where)
        self.identity.set_texts(title, detail)
        self.code.setVisible(channel is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)


class SignatureCard(Card):
    """Drawn or typed. `appearance()` is None while there is no signature."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._bounds = Limits()
        self._typing = False
        self.pad = SignaturePad()
        self.name = LineEdit()
        self.name.setMaxLength(MAX_NAME)
        self.undo, self.clear, self.switch = LinkButton(), LinkButton(), LinkButton()
        self.body.addWidget(self.pad)
        self.body.addWidget(self.name)
        self.body.addWidget(ButtonRow(self.switch, self.undo, self.clear, gap=16))
        self.pad.changed.connect(self._changed)
        self.name.textChanged.connect(lambda _text: self._changed())
        self.undo.clicked.connect(self.pad.undo)
        self.clear.clicked.connect(self.pad.clear)
        self.switch.clicked.connect(lambda: self.set_typing(not self._typing))
        self._write()

    @property
    def typing(self) -> bool:
        return self._typing

    def set_bounds(self, bounds: Limits) -> None:
        self._bounds = bounds
        self.set_typing(not bounds.drawn or (self._typing and bounds.typed))

    def set_typing(self, typing: bool) -> None:
        self._typing = typing
        self._write()
        if typing and self.isVisible():
            self.name.setFocus()
        self.changed.emit()

    def appearance(self) -> Appearance | None:
        """The signature as it will be seen, in the language of its writer."""
        language = i18n.language()
        if self._typing:
            name = " ".join(self.name.text().split())
            return Appearance("typed", language, name=name) if sum(c.isalpha() for c in name) >= 2 else None
        if not self.pad.signed:
            return None
        strokes = [[(float(x), float(y)) for x, y in stroke] for stroke in self.pad.strokes]
        return Appearance("drawn", language, strokes=strokes, aspect=ASPECT)

    def forget(self) -> None:
        """Nothing of a signature stays behind on the page."""
        self.pad.clear()
        self.name.clear()

    def set_busy(self, busy: bool) -> None:
        for part in (self.pad, self.name, self.switch):
            part.setEnabled(not busy)
        self._write()

    def _changed(self) -> None:
        self._write()
        self.changed.emit()

    def _write(self) -> None:
        self.set_title(self.tr("Your signature"))
        self.pad.hint = self.tr("Draw it with the mouse, a pen or a finger") if not self._typing else ""
        self.pad.set_typed(self.name.text() if self._typing else None)
        self.name.setVisible(self._typing)
        self.name.setAccessibleName(self.tr("Your name, as you sign it"))
        self.name.setPlaceholderText(self.tr("First name and last name"))
        both = self._bounds.drawn and self._bounds.typed
        self.switch.setVisible(both)
        self.switch.setText(self.tr("Draw instead") if self._typing else self.tr("Type my name"))
        self.undo.setText(self.tr("Undo"))
        self.clear.setText(self.tr("Clear"))
        for button in (self.switch, self.undo, self.clear):
            button.setAccessibleName(button.text())
        self.undo.setVisible(not self._typing)
        self.clear.setVisible(not self._typing)
        enabled = self.pad.isEnabled() and not self.pad.empty
        self.undo.setEnabled(enabled)
        self.clear.setEnabled(enabled)
        told = self.tr("Signature drawn") if self.pad.signed else self.tr("No signature yet; with the keyboard, type your name instead.")
        self.pad.setAccessibleName(self.tr("Signature"))
        self.pad.setAccessibleDescription(told)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)


class SignSide(QWidget):
    """Both cards, and the way out for who does not want to sign."""

    refuse_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before, self.signature = BeforeCard(), SignatureCard()
        self.refuse = LinkButton()
        self.level = label("", "caption")
        self.refuse.clicked.connect(self.refuse_wanted)
        second = QWidget()
        for whole, parts in ((second, (self.signature, self.refuse)), (self, (Columns(self.before, second, narrow=NARROW),))):
            down = QVBoxLayout(whole)
            down.setContentsMargins(0, 0, 0, 0)
            down.setSpacing(14)
            for part in parts:
                down.addWidget(part)
            down.addStretch(1)
        self.signature.body.addWidget(line())
        self.signature.body.addWidget(self.level)
        self.retranslate()

    def retranslate(self) -> None:
        self.refuse.setText(self.tr("I do not want to sign"))
        self.refuse.setAccessibleName(self.refuse.text())
        self.level.setText(self.tr("Simple electronic signature with a certificate of the company (law 43-20)."))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

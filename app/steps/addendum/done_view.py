"""Signed: what was sealed, when, and where the agent's own copies are."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.content import Advice
from app.ui import i18n
from app.ui.widgets import ButtonRow, Card, Notice, QuietButton, Row, RowList, label


class DoneView(QWidget):
    """Shows facts as `check.signed` records them. `again` asks for the copies once more."""

    again = Signal()

    def __init__(self, documents: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = documents
        self._facts: Mapping[str, Any] = {}
        self._copies: list[str] = []
        self._problem: Advice | None = None
        self._fetching = False
        self.agent, self.time, self.seal, self.copy = Row("ok"), Row("ok"), Row("ok"), Row("busy")
        self.open, self.folder, self.retry = QuietButton(), QuietButton(), QuietButton()
        self.copy.texts.addSpacing(8)
        self.copy.add(ButtonRow(self.open, self.folder, self.retry))
        self.card = Card()
        self.card.add_rows(RowList(self.agent, self.time, self.seal, self.copy))
        self.proof = Notice("", "lock")
        self.hashes = label("", "caption")
        self.hashes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(14)
        down.addWidget(self.card)
        down.addWidget(self.proof)
        down.addWidget(self.hashes)
        down.addStretch(1)
        self.open.clicked.connect(lambda: self._show_file(self._copies[0] if self._copies else ""))
        self.folder.clicked.connect(lambda: self._show_file(""))
        self.retry.clicked.connect(self.again)

    def show_signed(self, facts: Mapping[str, Any], copies: list[str], problem: Advice | None, *, fetching: bool) -> None:
        """`problem`: why the copies are not saved."""
        self._facts, self._copies, self._problem, self._fetching = dict(facts), list(copies), problem, fetching
        self.retranslate()

    def _show_file(self, name: str) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(f"{self._folder}/{name}" if name else self._folder))

    def retranslate(self) -> None:
        facts = self._facts
        stamped = bool(facts.get("timestamp_serial")) or bool(facts.get("final_sha256"))
        done, waits = self.tr("done"), self.tr("awaited")
        signed_at = str(facts.get("signed_at", ""))
        self.agent.set_mark("ok", name=done)
        self.agent.set_texts(self.tr("Signed by you"), i18n.moment(signed_at) if signed_at else "")
        self.time.set_mark("ok" if stamped else "warn", name=done if stamped else waits)
        self.seal.set_mark("ok" if stamped else "warn", name=done if stamped else waits)
        if stamped:
            serial = str(facts.get("timestamp_serial", ""))
            words = self.tr("Time stamp number %1").replace("%1", i18n.ltr(_short(serial))) if serial else ""
            self.time.set_texts(self.tr("Dated by a time-stamp authority"), words)
            self.seal.set_texts(self.tr("Sealed by the company"), self.tr("Nobody can change a word of it any more without it showing."))
        else:
            self.time.set_texts(
                self.tr("Signed, time stamp awaited"),
                self.tr("The time-stamp authority does not answer now. It follows by itself; you have nothing more to do."),
            )
            self.seal.set_texts(self.tr("Seal of the company awaited"), self.tr("It is set as soon as the time stamp has come."))
        self._write_copy(stamped)
        demonstration = facts.get("channel") == "console"
        masked = str(facts.get("channel_masked", ""))
        told = self.tr("Simple electronic signature with a certificate of the company (law 43-20).")
        code = (
            self.tr("Your identity was confirmed by a code sent to %1.").replace("%1", i18n.ltr(masked))
            if masked and not demonstration
            else ""
        )
        self.proof.set_text(" ".join(part for part in (told, code) if part))
        self._write_hashes()

    def _write_copy(self, stamped: bool) -> None:
        if self._copies:
            self.copy.set_mark("ok", name=self.tr("done"))
            names = self.tr("In Documents: %1 and its proof %2")
            names = names.replace("%1", i18n.ltr(self._copies[0])).replace("%2", i18n.ltr(self._copies[1]))
            self.copy.set_texts(self.tr("Your copy is saved"), names)
        elif self._problem is not None:
            self.copy.set_mark("warn", name=self.tr("awaited"))
            self.copy.set_texts(self._problem.title, self._problem.meaning)
        elif not stamped:
            self.copy.set_mark("warn", name=self.tr("awaited"))
            self.copy.set_texts(self.tr("Your copy follows"), self.tr("It is saved in Documents when the time stamp has come."))
        else:
            self.copy.set_mark("busy" if self._fetching else "todo", name=self.tr("awaited"))
            self.copy.set_texts(self.tr("Your copy is being saved"), "")
        self.open.setText(self.tr("Open my copy"))
        self.folder.setText(self.tr("Show the folder"))
        self.retry.setText(self.tr("Save my copy again"))
        for button in (self.open, self.folder, self.retry):
            button.setAccessibleName(button.text())
        self.open.setVisible(bool(self._copies))
        self.folder.setVisible(bool(self._copies))
        self.retry.setVisible(self._problem is not None)
        self.retry.setEnabled(not self._fetching)

    def _write_hashes(self) -> None:
        facts = self._facts
        parts = []
        if value := str(facts.get("final_sha256", "")):
            parts.append(self.tr("Fingerprint of your copy (SHA-256): %1").replace("%1", i18n.ltr(_grouped(value))))
        if value := str(facts.get("certificate_sha256", "")):
            parts.append(self.tr("Your certificate: %1").replace("%1", i18n.ltr(_short(value))))
        self.hashes.setText("\n".join(parts))
        self.hashes.setVisible(bool(parts))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:8]}…{text[-8:]}"


def _grouped(text: str) -> str:
    """In pieces, so that it can be broken over lines and read aloud."""
    return " ".join(text[at : at + 16] for at in range(0, len(text), 16))

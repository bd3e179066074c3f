"""One item of the kit: what the sheet says, what the PC reads, or what the agent answers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.steps.identity import check
from app.ui import i18n
from app.ui.fields import LineEdit
from app.ui.widgets import ButtonRow, LinkButton, QuietButton, Row, label


class KitRow(QWidget):
    """Emits `answered(answer, found_serial)`; the page keeps the truth and gives the line back with `show_line`."""

    answered = Signal(str, str)

    def __init__(self, line: check.KitLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = line
        self._reading = False
        self._naming = False
        """The small field for another number is open."""
        self.row = Row("todo")
        self.right, self.missing, self.other = QuietButton(), QuietButton(), QuietButton()
        self.right.setObjectName("confirm")
        self.buttons = ButtonRow(self.right, self.missing, self.other)
        self.serial_label, self.serial = label("", "secondary"), LineEdit()
        self.serial.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.serial.setMaxLength(64)
        self.note, self.cancel = QuietButton(), LinkButton()
        self.naming = QWidget()
        inner = QVBoxLayout(self.naming)
        inner.setContentsMargins(0, 4, 0, 4)
        inner.setSpacing(8)
        inner.addWidget(self.serial_label)
        inner.addWidget(self.serial)
        inner.addWidget(ButtonRow(self.note, self.cancel))
        self.change = LinkButton()
        self.row.texts.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeading)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self.row)
        down.addWidget(self.buttons)
        down.addWidget(self.naming)
        self._space = QWidget()
        self._space.setFixedHeight(8)
        down.addWidget(self._space)
        self.right.clicked.connect(lambda: self.answered.emit("confirmed", ""))
        self.missing.clicked.connect(lambda: self.answered.emit("missing", ""))
        self.other.clicked.connect(self._ask_serial)
        self.note.clicked.connect(self._give_serial)
        self.serial.returnPressed.connect(self._give_serial)
        self.serial.textChanged.connect(lambda text: self.note.setEnabled(bool(text.strip())))
        self.cancel.clicked.connect(self._stop_naming)
        self.change.clicked.connect(lambda: self.answered.emit("", ""))
        self.retranslate()

    def show_line(self, line: check.KitLine, reading: bool = False) -> None:
        """Draw this state. `reading`: the PC is still asked for its number. What is the same already is left alone, half typed too."""
        if (line, reading) == (self.line, self._reading):
            return
        had_focus = self.isAncestorOf(focused) if (focused := self.window().focusWidget()) is not None else False
        self.line, self._reading, self._naming = line, reading, False
        self.retranslate()
        if had_focus:
            (self.right if not self.change.isVisibleTo(self) else self.change).setFocus()

    def retranslate(self) -> None:
        line = self.line
        kinds = {"pc": self.tr("Laptop"), "box": self.tr("4G box"), "headset": self.tr("Headset")}
        name = " ".join(part for part in (kinds.get(line.kind, ""), i18n.ltr(line.model)) if part)
        mark, detail = self._verdict()
        self.row.set_texts(name, detail)
        self.row.set_mark(mark)
        asked = not line.answered and not self._reading
        self.buttons.setVisible(asked and not self._naming)
        self.naming.setVisible(asked and self._naming)
        self.change.setVisible(line.answered and not line.by_machine)
        self._space.setVisible(asked)
        self.right.setText(self.tr("This is the one"))
        self.missing.setText(self.tr("I do not have it"))
        self.other.setText(self.tr("Other number"))
        self.serial_label.setText(self.tr("Number written on the item"))
        self.note.setText(self.tr("Note this number"))
        self.note.setEnabled(bool(self.serial.text().strip()))
        self.cancel.setText(self.tr("Cancel"))
        self.change.setText(self.tr("Change my answer"))
        for button in (self.right, self.missing, self.other, self.note, self.cancel, self.change):
            button.setAccessibleName(f"{name}: {button.text()}")
        self.serial.setAccessibleName(f"{name}: {self.serial_label.text()}")

    def _verdict(self) -> tuple[str, str]:
        line = self.line
        sheet, found = i18n.ltr(line.serial), i18n.ltr(line.found_serial)
        if self._reading:
            return "busy", self.tr("Reading the serial number of this PC…")
        match line.answer:
            case "identical" if line.kind == "box":
                return "ok", self.tr("The box’s own number ends in %1, as on your sheet").replace("%1", found)
            case "other" if line.kind == "box" and line.read:
                words = self.tr("Sheet: %1. The box you placed says: %2. Noted, the helpdesk puts it right.")
                return "warn", words.replace("%1", sheet).replace("%2", found)
            case "identical":
                return "ok", self.tr("Serial number %1 read on this PC: identical").replace("%1", found)
            case "confirmed":
                return "ok", self.tr("Confirmed by you")
            case "missing":
                return "warn", self.tr("You do not have it. The helpdesk is told.")
            case "other" if line.by_machine:
                words = self.tr("Sheet: %1. This PC says: %2. Noted, the helpdesk corrects the sheet.")
                return "warn", words.replace("%1", sheet).replace("%2", found)
            case "other":
                words = self.tr("Sheet: %1. Yours: %2. Noted, the helpdesk corrects the sheet.")
                return "warn", words.replace("%1", sheet).replace("%2", found)
        if not line.serial:
            return "warn", self.tr("Do you have it with you?")
        if line.kind == "pc":
            return "warn", self.tr("Sheet: no. %1. This PC does not show its number: look under it.").replace("%1", sheet)
        return "warn", self.tr("Sheet: no. %1. Is yours different?").replace("%1", sheet)

    def _ask_serial(self) -> None:
        self._naming = True
        self.retranslate()
        self.serial.setFocus()

    def _stop_naming(self) -> None:
        self._naming = False
        self.retranslate()
        self.other.setFocus()

    def _give_serial(self) -> None:
        if self.serial.text().strip():
            self.answered.emit("other", self.serial.text().strip())

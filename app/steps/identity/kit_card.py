"""The kit, a row an item: the page keeps the truth and shows it here."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.steps.identity import check
from app.steps.identity.kit_row import KitRow
from app.ui.widgets import Card, RowList


class KitCard(Card):
    """Emits `answered(item, answer, found_serial)`."""

    answered = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.rows: dict[str, KitRow] = {}
        self._list = RowList()
        self.body.addWidget(self._list)
        self.body.addStretch(1)

    def make(self, lines: Sequence[check.KitLine]) -> Iterator[None]:
        """A row for each line, one a piece of work: making them takes longer than all that is written on them."""
        if list(self.rows) != [line.id for line in lines][: len(self.rows)]:
            self._list.clear()
            self.rows = {}
        for line in lines:
            if line.id not in self.rows:
                self.rows[line.id] = self._new_row(line)
                yield

    def _new_row(self, line: check.KitLine) -> KitRow:
        row = KitRow(line)
        row.answered.connect(lambda given, serial: self.answered.emit(line.id, given, serial))
        self._list.add(row)
        return row

    def show_lines(self, lines: Sequence[check.KitLine], *, reading: bool) -> None:
        """`reading`: the PC is still asked for its number."""
        for _ in self.make(lines):
            pass
        for line in lines:
            self.rows[line.id].show_line(line, reading=reading and line.kind == "pc" and not line.answered)

    def first_asked(self) -> KitRow | None:
        """The first row that waits for an answer."""
        return next((row for row in self.rows.values() if row.right.isVisibleTo(self)), None)

    def retranslate(self) -> None:
        for row in self.rows.values():
            row.retranslate()

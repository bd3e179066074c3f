"""Cards, list rows, notices and the quiz's choices."""

from functools import cached_property
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QRadioButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui import theme
from app.ui.marks import Mark
from app.ui.text import Text, label


class Panel(QFrame):
    """A block on a ground of its own. `ground` and `border` are tokens of the theme; no border if empty."""

    def __init__(self, ground: str, border: str = "", radius: int = theme.RADIUS["card"], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground, self._border, self._radius = ground, border, radius

    def set_ground(self, ground: str, border: str = "") -> None:
        self._ground, self._border = ground, border
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setPen(QPen(t.color(self._border), 1) if self._border else Qt.PenStyle.NoPen)
        painter.setBrush(t.color(self._ground))
        if self._radius:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            by = 0.5 if self._border else 0
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(by, by, -by, -by), self._radius, self._radius)
        else:
            painter.drawRect(self.rect())
        painter.end()


class Card(Panel):
    """A white block with an optional title; content goes to `.body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None, *, kind: str = "card") -> None:
        """`kind` is card or quiet (a tinted ground without border)."""
        super().__init__(*(("surface_2", "") if kind == "quiet" else ("surface", "line")), parent=parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(19, 19, 19, 19)
        self.body.setSpacing(8)
        if title:
            self.set_title(title)

    @cached_property
    def title(self) -> Text:
        made = label("", "card_title", self)
        self.body.insertWidget(0, made)
        return made

    def add_rows(self, rows: "RowList", *, spread: int = 0) -> None:
        """Rows that begin and end the card: they have room of their own above and below.

        `spread`: they share the card's height as if so many rows stood in it: what is missing to that number stays free below, and two
        cards side by side have their rows in line.
        """
        self.body.setContentsMargins(19, 11, 19, 11)
        if spread:
            rows.spread()
            self.body.addWidget(rows, len(rows.rows))
            if spread > len(rows.rows):
                self.body.addStretch(spread - len(rows.rows))
        else:
            self.body.addWidget(rows)

    def set_title(self, title: str) -> None:
        if title or "title" in self.__dict__:
            self.title.setText(title)
            self.title.setVisible(bool(title))


def line() -> QFrame:
    """A separator."""
    made = Panel("line", radius=0)
    made.setFixedHeight(1)
    return made


class Columns(QWidget):
    """Two blocks side by side, one above the other where the room (in text sizes) is too small for both."""

    def __init__(
        self,
        first: QWidget | None,
        second: QWidget | None,
        shares: tuple[int, int] = (1, 1),
        narrow: int = 560,
        parent: QWidget | None = None,
    ) -> None:
        """Without a block its place is filled by `lay`, later: in turns of their own, and from the outside in."""
        super().__init__(parent)
        self._narrow, self._shares = narrow, shares
        self.box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(16)
        for block in (first, second):
            if block is not None:
                self.lay(block)

    def lay(self, block: QWidget) -> None:
        """The first block, then the second."""
        self.box.addWidget(block, self._shares[self.box.count()])

    def _turn(self) -> None:
        down = self.width() < theme.current().px(self._narrow)
        wanted = QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        if wanted != self.box.direction():
            self.box.setDirection(wanted)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._turn()
        super().changeEvent(event)


class Row(QWidget):
    """Mark, title, detail below it, something short at the end: one thing that is checked or told."""

    def __init__(
        self,
        mark: Mark | str | None = None,
        title: str = "",
        detail: str = "",
        trailing: str = "",
        parent: QWidget | None = None,
        *,
        pad: int = 10,
    ) -> None:
        super().__init__(parent)
        self.mark = mark if isinstance(mark, Mark) else Mark(mark or "todo")
        self.title, self.detail, self.trailing = label("", "row"), label("", "secondary"), label("", "trailing")
        self.trailing.setWordWrap(False)
        self.texts = QVBoxLayout()
        self.texts.setSpacing(0)
        self.texts.addWidget(self.title)
        self.texts.addWidget(self.detail)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, pad, 0, pad)
        across.setSpacing(12)
        across.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(self.texts, 1)
        across.addWidget(self.trailing, 0, Qt.AlignmentFlag.AlignTop)
        self.mark.setVisible(mark is not None)
        self.set_texts(title, detail, trailing)

    def set_texts(self, title: str, detail: str = "", trailing: str = "") -> None:
        for part, text in ((self.title, title), (self.detail, detail), (self.trailing, trailing)):
            part.setText(text)
            part.setVisible(bool(text))

    def show_state(self, mark: str, title: str, detail: str = "", trailing: str = "") -> None:
        """Mark and texts at once; what is the same already is left alone, for rows that are drawn anew with every reading."""
        if mark != self.mark.kind:
            self.set_mark(mark)
        if (title, detail, trailing) != (self.title.text(), self.detail.text(), self.trailing.text()):
            self.set_texts(title, detail, trailing)

    def set_mark(self, kind: str, value: str | int = "", name: str = "") -> None:
        self.mark.set(kind, value, name)
        self.mark.show()

    def add(self, widget: QWidget) -> None:
        """Something more below the detail, such as a button."""
        self.texts.addWidget(widget)


class RowList(QWidget):
    """Rows with lines between them."""

    def __init__(self, *rows: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QWidget] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(0)
        for row in rows:
            self.add(row)

    def add(self, row: QWidget) -> QWidget:
        """Append a Row (or any widget, such as a ButtonRow) after a line."""
        if self.rows:
            self._body.addWidget(line())
        self.rows.append(row)
        self._body.addWidget(row)
        return row

    def spread(self) -> None:
        """The rows there are share the height that is left, each in the middle of its part."""
        for row in self.rows:
            self._body.setStretch(self._body.indexOf(row), 1)
            self._body.setAlignment(row, Qt.AlignmentFlag.AlignVCenter)

    def kept(self, count: int, pad: int = 10) -> list[Row]:
        """`count` rows to write on: those that are there, if they are so many. Making rows takes longer than writing them."""
        if len(self.rows) != count:
            self.clear()
            for _ in range(count):
                self.add(Row("todo", pad=pad))
        return [row for row in self.rows if isinstance(row, Row)]

    def clear(self) -> None:
        """Remove and delete all rows."""
        self.rows.clear()
        empty(self._body)


def empty(layout: QLayout) -> None:
    """Delete everything a layout holds."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


class Notice(Panel):
    """A strip with a sign and a sentence. Kinds info, lock, phone (plain ground), ok, warn, bad (tinted)."""

    def __init__(self, text: str | Text = "", kind: str = "info", parent: QWidget | None = None) -> None:
        super().__init__("surface", "line", parent=parent)
        self.text = text if isinstance(text, Text) else label(text, "secondary")
        self.mark = Mark(kind)
        self.body = QHBoxLayout(self)
        self.body.setContentsMargins(19, 15, 19, 15)
        self.body.setSpacing(14)
        self.body.addWidget(self.mark, 0)
        self.body.addWidget(self.text, 1)
        self.set_kind(kind)

    def set_kind(self, kind: str) -> None:
        self.mark.set(kind)
        tinted = kind in ("ok", "warn", "bad")
        self.set_ground(f"{kind}_soft" if tinted else "surface", kind if tinted else "line")

    def set_text(self, text: str, kind: str | None = None) -> None:
        self.text.setText(text)
        if kind is not None:
            self.set_kind(kind)


class ChoiceCard(QRadioButton):
    """One answer of a question: letter, words and, once answered, a reply. Siblings form a radio group (arrow keys)."""

    def __init__(self, letter: str = "", text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.letter = letter
        self.state = "idle"
        self.mark = Mark("letter", letter)
        self.words, self.reply = label(text, "row"), label("", "secondary")
        self.reply.hide()
        for part in (self.mark, self.words, self.reply):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.words)
        texts.addWidget(self.reply)
        texts.addStretch(1)
        across = QHBoxLayout(self)
        across.setContentsMargins(18, 16, 18, 16)
        across.setSpacing(14)
        across.addWidget(self.mark)
        across.addLayout(texts, 1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.toggled.connect(self._toggled)
        self._name()

    def set_texts(self, letter: str, text: str, reply: str = "") -> None:
        self.letter = letter
        self.words.setText(text)
        self.set_reply(reply)
        self.set_state(self.state)

    def set_reply(self, text: str) -> None:
        self.reply.setText(text)
        self.reply.setVisible(bool(text))
        self._name()
        self.updateGeometry()

    def set_state(self, state: str) -> None:
        """idle, chosen, right or wrong."""
        self.state = state
        if state in ("right", "wrong"):
            self.mark.set("ok" if state == "right" else "bad")
        else:
            self.mark.set("chosen" if state == "chosen" else "letter", self.letter)
        self._name()
        self.update()

    def _name(self) -> None:
        verdict = {"right": self.tr("Right answer"), "wrong": self.tr("Wrong answer")}.get(self.state, "")
        parts = [self.letter, self.words.text(), verdict, self.reply.text()]
        self.setAccessibleName(". ".join(part.rstrip(".") for part in parts if part))

    def _toggled(self, on: bool) -> None:
        if self.state in ("idle", "chosen"):
            self.set_state("chosen" if on else "idle")

    def sizeHint(self) -> QSize:
        return cast(QLayout, self.layout()).sizeHint()

    def minimumSizeHint(self) -> QSize:
        return cast(QLayout, self.layout()).minimumSize()

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        border = {"chosen": "brand", "right": "ok", "wrong": "bad"}.get(self.state, "line")
        thick = 1 if self.state == "idle" else 2
        painter.setPen(QPen(t.color(border), thick))
        painter.setBrush(t.color("brand_soft" if self.state == "chosen" or (self.underMouse() and self.isEnabled()) else "surface"))
        by = thick / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(by, by, -by, -by), theme.RADIUS["card"], theme.RADIUS["card"])
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # Broken, so that an answer the keyboard is on never looks like one that was chosen.
            painter.setPen(QPen(t.color("brand"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 5, -5, -5), theme.RADIUS["field"], theme.RADIUS["field"])
        painter.end()


def scroll(widget: QWidget) -> QScrollArea:
    """`widget` in a frameless area that scrolls only when it must, on the page's ground."""
    area, ground = QScrollArea(), QWidget()
    # A view port of our own: asking Qt for its own makes PySide look through every kind of widget for what it is (15 ms).
    area.setViewport(ground)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    widget.setObjectName(widget.objectName() or "scrolled")
    area.setWidget(widget)
    # Tab reaches the controls inside; the area itself need not be a stop.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    ground.setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    return area

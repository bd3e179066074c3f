"""The rail: brand, the steps with how each one ended, and the help card."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.contracts.outcomes import Outcome
from app.shell.driver import Driver, StepEntry
from app.ui import i18n, theme
from app.ui.announce import announce
from app.ui.buttons import Button, LinkButton
from app.ui.cards import Panel, scroll
from app.ui.i18n import ltr, plain
from app.ui.layouts import ButtonRow
from app.ui.marks import draw_sign
from app.ui.measure import extent, widest_word
from app.ui.text import draw_wrapped, label

_SIGNS = {
    Outcome.PASSED: ("ok", "rail_done"),
    Outcome.WARNING: ("warn", "rail_warn"),
    Outcome.FAILED: ("bad", "rail_bad"),
    Outcome.COULD_NOT_CHECK: ("bad", "rail_warn"),
    Outcome.WAIVED: ("skip", "rail_done"),
    Outcome.NOT_APPLICABLE: ("skip", "rail_done"),
}


class Star(QWidget):
    """The eight-point star of the brand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(36, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QPointF(self.width() / 2, self.height() / 2))
        colour = theme.current().color("star")
        painter.setPen(QPen(colour, 2))
        for _ in range(2):
            painter.drawRoundedRect(QRectF(-9.5, -9.5, 19, 19), 2, 2)
            painter.rotate(45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(0, 0), 4, 4)
        painter.end()


class StepRow(Button):
    """One step in the rail: number or sign, title, and a word where it did not simply pass."""

    role = "body"
    bold = False

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.number = number
        self.entry = StepEntry("", "")
        self.current = False
        self.word = ""
        self._shows: tuple[StepEntry, bool, str] | None = None
        self._heights: dict[tuple[int, float], int] = {}

    def show_entry(self, entry: StepEntry, current: bool) -> None:
        shows = entry, current, i18n.language()
        if shows == self._shows:
            return  # the rail is refreshed with every word of the page; a row that is drawn anew costs the whole rail its layout
        self._shows = shows
        self.entry, self.current = entry, current
        self._heights.clear()
        said = self._outcome_word(entry.outcome)
        self.word = said if entry.outcome not in (None, Outcome.PASSED) else ""
        self.setText(entry.title)
        self.setEnabled(entry.reachable or current)
        self.setCursor(Qt.CursorShape.PointingHandCursor if entry.reachable and not current else Qt.CursorShape.ArrowCursor)
        parts = [entry.title, said or self.tr("to do")]
        if current:
            parts.append(self.tr("current step"))
        # The comma is part of the translation: Arabic writes another one.
        self.setAccessibleName(self.tr(", ", "between the parts of a spoken list").join(parts))
        self.updateGeometry()
        self.update()

    def _outcome_word(self, outcome: Outcome | None) -> str:
        words = {
            Outcome.PASSED: self.tr("passed"),
            Outcome.FAILED: self.tr("not passed"),
            Outcome.WARNING: self.tr("passed, with a warning"),
            Outcome.WAIVED: self.tr("waived by IT"),
            Outcome.NOT_APPLICABLE: self.tr("not needed"),
            Outcome.COULD_NOT_CHECK: self.tr("could not be checked"),
        }
        return words[outcome] if outcome is not None else ""

    def _fonts(self) -> tuple[QFont, QFont]:
        return theme.current().font("rail", self.current), theme.current().font("caption")

    def _disc(self) -> int:
        return theme.current().px(24)

    def _text_height(self, width: int) -> tuple[int, int]:
        inner = max(20, width - self._disc() - 32)
        high = extent(self.text(), "rail", self.current, inner).height()
        return high, extent(self.word, "caption", width=inner).height() if self.word else 0

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(244))

    def minimumSizeHint(self) -> QSize:
        return QSize(widest_word(self.text(), "rail", self.current) + self._disc() + 32, self._disc() + 18)

    def heightForWidth(self, width: int) -> int:
        key = width, theme.current().scale
        if key not in self._heights:
            self._heights[key] = max(42, self._disc() + 18, sum(self._text_height(width)) + 14)
        return self._heights[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = self.underMouse() and self.isEnabled()
        if self.current or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color("rail_on" if self.current else "rail_card"))
            painter.drawRoundedRect(QRectF(self.rect()), 10, 10)
        if self.hasFocus():
            painter.setPen(QPen(t.color("rail_ink"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
        mirrored = self.isRightToLeft()
        side = self._disc()
        left = self.width() - 10 - side if mirrored else 10
        self._draw_disc(painter, QRectF(left, (self.height() - side) / 2, side, side))
        x = 10 if mirrored else side + 22
        high, low = self._text_height(self.width())
        top = (self.height() - high - low) // 2
        align = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        title, caption = self._fonts()
        width = self.width() - side - 32
        painter.setFont(title)
        painter.setPen(t.color("rail_ink" if self.current or self.entry.outcome is not None else "rail_ink_2"))
        draw_wrapped(painter, QRect(x, top, width, high), self.text(), align)
        if self.word:
            painter.setFont(caption)
            painter.setPen(t.color("rail_ink_2"))
            draw_wrapped(painter, QRect(x, top + high, width, low), self.word, align)
        painter.end()

    def _draw_disc(self, painter: QPainter, box: QRectF) -> None:
        t = theme.current()
        if self.entry.outcome is not None and not (self.current and self.entry.outcome.lets_on):
            sign, token = _SIGNS[self.entry.outcome]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(t.color(token))
            painter.drawEllipse(box)
            if self.entry.outcome is Outcome.COULD_NOT_CHECK:
                self._draw_text(painter, box, "?", t.color("rail_sign"))
            else:
                draw_sign(painter, sign, box.adjusted(2, 2, -2, -2), t.color("rail_sign"))
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ink = t.color("rail_ink" if self.current else "rail_ink_2")
        painter.setPen(QPen(ink if self.current else t.color("rail_line"), 2 if self.current else 1))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        self._draw_text(painter, box, str(self.number), ink)

    def _draw_text(self, painter: QPainter, box: QRectF, text: str, ink: QColor) -> None:
        painter.setFont(theme.current().font("disc", self.current))
        painter.setPen(ink)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter.value), text)


class RailLink(LinkButton):
    """A link on the rail's dark ground."""

    role = "caption"

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        return None, None, theme.current().color("rail_ink")

    def ring(self) -> QColor:
        return theme.current().color("rail_ink")


class HelpCard(Panel):
    """Whom to call, the code that finds this session, and what to hand over."""

    def __init__(self, driver: Driver, parent: QWidget | None = None) -> None:
        super().__init__("rail_card", parent=parent)
        self._driver = driver
        self.title, self.phone = label("", "row", ink="rail_ink"), label("", "caption", ink="rail_ink_2")
        self.caption, self.code = label("", "caption", ink="rail_ink_2"), label("", "code", ink="rail_ink")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy, self.logs = RailLink(), RailLink()
        self.copy.clicked.connect(self._copy)
        self.logs.clicked.connect(self._open)
        down = QVBoxLayout(self)
        down.setContentsMargins(14, 10, 14, 8)
        down.setSpacing(1)
        for part in (self.title, self.phone, self.caption, self.code):
            down.addWidget(part)
        down.addWidget(ButtonRow(self.copy, self.logs, gap=12))

    def refresh(self) -> None:
        phone, code = self._driver.helpdesk_phone(), self._driver.session_code()
        self.title.setText(self.tr("Need help?"))
        self.phone.setText(self.tr("Helpdesk %1").replace("%1", ltr(phone.replace(" ", "\u00a0"))))
        self.phone.setVisible(bool(phone))
        self.caption.setText(self.tr("Give this code to the adviser:"))
        self.code.setText(grouped(code))
        self.caption.setVisible(bool(code))
        self.code.setVisible(bool(code))
        self.copy.setText(self.tr("Copy diagnostic"))
        self.logs.setText(self.tr("Open logs"))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(plain(self._driver.diagnostic()))
        self.copy.setText(self.tr("Copied"))
        announce(self, self.tr("Diagnostic copied"))

    def _open(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        directory = str(self._driver.logs_dir())
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(directory)):
            # A locked-down PC opens no folders: the helpdesk is told the place instead.
            QGuiApplication.clipboard().setText(directory)
            self.logs.setText(self.tr("Place copied"))
            announce(self, self.tr("The folder cannot be opened on this PC. Its place is copied."))


def grouped(code: str) -> str:
    """`482913` as `482 913` (no-break space); anything else as it is."""
    return f"{code[:3]}\u00a0{code[3:]}" if len(code) == 6 and code.isdigit() else code


class Rail(Panel):
    """Asks for a step by `asked(step)`; scrolls where the text is large."""

    asked = Signal(str)

    def __init__(self, driver: Driver, parent: QWidget | None = None) -> None:
        super().__init__("rail", radius=0, parent=parent)
        self.setObjectName("rail")
        self._driver = driver
        self.rows: list[StepRow] = []
        self.name, self.motto = label("", "brand"), label("", "caption", ink="rail_ink_2")
        self.help_card = HelpCard(driver)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.motto)
        words.addStretch(1)
        brand = QHBoxLayout()
        brand.setContentsMargins(9, 0, 9, 0)
        brand.setSpacing(13)
        brand.addWidget(Star())
        brand.addLayout(words, 1)
        self._steps = QVBoxLayout()
        self._steps.setSpacing(2)
        inner = QWidget()
        self.area = scroll(inner)  # while it is empty: it would measure and style all that is in it
        down = QVBoxLayout(inner)
        down.setContentsMargins(16, 26, 16, 16)
        down.setSpacing(0)
        down.addLayout(brand)
        down.addSpacing(18)
        down.addLayout(self._steps)
        down.addSpacing(16)
        down.addStretch(1)
        down.addWidget(self.help_card)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.addWidget(self.area)
        self._width()

    def _width(self) -> None:
        # Words wrap in the rail: at 200 % it takes a quarter more, not double, so that the page keeps its room.
        self.setFixedWidth(round(276 * (1 + 0.25 * (theme.current().scale - 1))))

    def refresh(self, current: str) -> None:
        self.setAccessibleName(self.tr("Steps"))
        self.name.setText(self.tr("Marhaba"))
        self.motto.setText(self.tr("Telework set-up"))
        entries = self._driver.steps()
        while len(self.rows) < len(entries):
            row = StepRow(len(self.rows) + 1)
            row.clicked.connect(lambda _=False, row=row: self.asked.emit(row.entry.id))
            self._steps.addWidget(row)
            self.rows.append(row)
        for row in self.rows[len(entries) :]:
            row.hide()
        for row, entry in zip(self.rows, entries, strict=False):
            row.show_entry(entry, entry.id == current)
            row.show()
        self.help_card.refresh()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._width()
        super().changeEvent(event)

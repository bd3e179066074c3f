"""The activation code as twelve cells: one real line edit (for the keyboard, the clipboard and screen readers), drawn as cells."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.contracts import readable_code
from app.steps.identity import check
from app.ui import fonts, theme

CELLS = readable_code.LENGTH
GROUP = 4
GAP, DASH, WIDE, TALL = 6, 18, 44, 52
SMALL_WIDE, SMALL_TALL = 30, 36


class CodeField(QLineEdit):
    """Typed or pasted in any case, with Arabic digits, spaces or hyphens; always left to right."""

    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setInputMethodHints(Qt.InputMethodHint.ImhUppercaseOnly | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setFrame(False)
        self.overflow = False
        """More than twelve characters were typed or pasted; only the first twelve are kept."""
        self._wide, self._tall = WIDE, TALL
        self.textEdited.connect(self._tidy)

    def state(self) -> tuple[check.CodeState, str]:
        found = check.code_state(self.text())
        return ("too_long", "") if self.overflow and found[0] != "valid" else found

    def set_small(self, small: bool) -> None:
        """Low cells, for a code that is only a reminder."""
        wanted = (SMALL_WIDE, SMALL_TALL) if small else (WIDE, TALL)
        if wanted != (self._wide, self._tall):
            self._wide, self._tall = wanted
            self.updateGeometry()
            self.update()

    def set_code(self, code: str) -> None:
        self._tidy(code)

    def _tidy(self, text: str) -> None:
        before = len(readable_code.normalise(text[: self.cursorPosition()]))
        code = check.find_code(text)
        self.overflow = len(code) > CELLS
        code = code[:CELLS]
        if code != self.text():
            self.setText(code)
            self.setCursorPosition(min(before, len(code)))
        self.update()
        self.typed.emit()

    def sizeHint(self) -> QSize:
        t = theme.current()
        return QSize(CELLS * t.px(self._wide) + self._between(), t.px(self._tall) + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(CELLS * 22 + self._between(), theme.current().px(self._tall) + 4)

    @staticmethod
    def _between() -> int:
        groups = CELLS // GROUP
        return GAP * (CELLS - groups) + (DASH + 2) * (groups - 1)

    def cells(self) -> list[QRectF]:
        t = theme.current()
        wide = min(float(t.px(self._wide)), (self.width() - self._between() - 4) / CELLS)
        x = (self.width() - (wide * CELLS + self._between())) / 2
        tall = min(float(t.px(self._tall)), wide * 1.6)
        out = []
        for index in range(CELLS):
            out.append(QRectF(x, (self.height() - tall) / 2, wide, tall))
            x += wide + (DASH + 2 if (index + 1) % GROUP == 0 else GAP)
        return out

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = event.position().x()
        index = sum(1 for cell in self.cells() if cell.right() < at)
        self.setCursorPosition(min(index, len(self.text())))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.selectAll()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        code = self.text()
        stray = self.state()[0] == "stray"
        chosen = range(self.selectionStart(), self.selectionEnd()) if self.hasSelectedText() else range(0)
        here = min(self.cursorPosition(), CELLS - 1) if self.hasFocus() and self.isEnabled() and not self.isReadOnly() else -1
        cells = self.cells()
        font = QFont(fonts.families())
        font.setPixelSize(round(min(t.px(22), cells[0].width() * 0.62)))
        font.setBold(True)
        painter.setFont(font)
        for index, cell in enumerate(cells):
            character = code[index] if index < len(code) else ""
            bad = stray and character != "" and readable_code.first_stray(character) is not None
            border, thick = ("bad", 2.0) if bad else ("brand", 2.0) if index == here else ("field", 1.0)
            painter.setPen(QPen(t.color(border), thick))
            painter.setBrush(t.color("bad_soft" if bad else "brand_soft" if index in chosen else "surface"))
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), theme.RADIUS["field"], theme.RADIUS["field"])
            painter.setPen(t.color("bad" if bad else "ink"))
            if character:
                painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), character)
            elif index == here:
                middle = cell.center()
                painter.drawLine(
                    round(middle.x()), round(middle.y() - cell.height() * 0.2), round(middle.x()), round(middle.y() + cell.height() * 0.2)
                )
            if (index + 1) % GROUP == 0 and index + 1 < CELLS:
                painter.setPen(QPen(t.color("ink_3"), 1.5))
                y = round(cell.center().y())
                painter.drawLine(round(cell.right() + 7), y, round(cell.right() + DASH - 5), y)
        painter.end()

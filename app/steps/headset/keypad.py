"""Ten large keys for what was heard, and the row of places they fill. The keyboard's own digits do the same."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import i18n, theme
from app.ui.painted import Painted
from app.ui.widgets import QuietButton


class _Key(QuietButton):
    role = "lead"
    pad_x = 12
    pad_y = 7

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(max(size.width(), theme.current().px(62)), size.height())


class Places(Painted):
    """The digits so far, large; the rest are empty places."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self.digits = count, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_digits(self, digits: str, name: str) -> None:
        self.digits = digits
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        t = theme.current()
        return QSize(t.px(52) * self._count, t.px(54))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(t.font("title", bold=True))
        step = self.width() / self._count
        for number in range(self._count):
            box = QRectF(number * step + 3, 3, step - 10, self.height() - 6)
            at = len(self.digits) == number
            painter.setPen(QPen(t.color("brand" if at else "line"), 2 if at else 1))
            painter.setBrush(t.color("surface_2"))
            painter.drawRoundedRect(box, theme.RADIUS["field"], theme.RADIUS["field"])
            painter.setPen(t.color("ink"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self.digits[number : number + 1])
        painter.end()


class Keypad(QWidget):
    """`given("472")` once all places are filled; then it is empty again."""

    given = Signal(str)

    def __init__(self, count: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = count
        self._digits = ""
        self.places = Places(count)
        self.keys = [_Key(str(digit)) for digit in range(10)]
        self.back = _Key("⌫")
        grid = QGridLayout()
        grid.setSpacing(8)
        for number in range(10):
            row, column = divmod(number - 1, 5) if number else (1, 4)
            grid.addWidget(self.keys[number], row, column)
            self.keys[number].clicked.connect(lambda _=False, digit=number: self.press(str(digit)))
        grid.addWidget(self.back, 0, 5)
        self.back.clicked.connect(self.rub_out)
        # Telephones count from left to right in Arabic as well.
        self.pad = QWidget()
        self.pad.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self.pad.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        for part in (self.places, self.pad):
            across = QHBoxLayout()  # an alignment would follow the part's own direction
            across.addWidget(part)
            across.addStretch(1)
            down.addLayout(across)
        self.places.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.retranslate()

    def retranslate(self) -> None:
        for digit, key in enumerate(self.keys):
            key.setAccessibleName(self.tr("Digit %1").replace("%1", str(digit)))
        self.back.setAccessibleName(self.tr("Delete the last digit"))
        self._show()

    def _show(self) -> None:
        typed = " ".join(self._digits)
        self.places.show_digits(self._digits, self.tr("Heard so far: %1").replace("%1", typed or i18n.plain(self.tr("nothing yet"))))

    def clear(self) -> None:
        self._digits = ""
        self._show()

    def press(self, digit: str) -> None:
        if not self.isEnabled() or len(self._digits) >= self._count:
            return
        self._digits += digit
        self._show()
        if len(self._digits) == self._count:
            whole, self._digits = self._digits, ""
            self.given.emit(whole)

    def rub_out(self) -> None:
        self._digits = self._digits[:-1]
        self._show()

    def take_key(self, event: QKeyEvent) -> bool:
        """Whether this key was meant for the pad."""
        if not self.isVisible() or not self.isEnabled():
            return False
        text = event.text()
        if len(text) == 1 and text in "0123456789":
            self.press(text)
        elif event.key() == Qt.Key.Key_Backspace:
            self.rub_out()
        else:
            return False
        return True

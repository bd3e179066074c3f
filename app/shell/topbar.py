"""Above the page: what reached IT, how things look, and the language."""

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from app.shell.driver import Driver, Reported
from app.ui import i18n, theme
from app.ui.buttons import Button
from app.ui.layouts import SIDE
from app.ui.marks import draw_sign
from app.ui.measure import extent
from app.ui.painted import Painted
from app.ui.text import label


class Dot(Painted):
    """The indicator's colour; its words stand beside it. A tick, not a lamp, where all is sent: a green lamp would say « online »."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tone = "ink_3"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().px(14)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 14, self.height() / 14)
        if self.tone == "ok":
            draw_sign(painter, "ok", QRectF(-5, -5, 24, 24), theme.current().color(self.tone))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color(self.tone))
            painter.drawEllipse(QRectF(3, 3, 8, 8))
        painter.end()


class Indicator(QWidget):
    """Says how much of the evidence IT has, and nothing of the line: what was sent stays sent when the line goes down, and nobody asks
    the line how it is while there is nothing to send.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.dot, self.words = Dot(), label("", "caption")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(7)
        across.addWidget(self.dot)
        across.addWidget(self.words, 1)

    def show_report(self, report: Reported, complete: bool) -> None:
        """`complete`: every step lets on, so "nothing waiting" is worth saying."""
        self.dot.tone = self._tone(report)
        self.dot.update()
        text = self._words(report, complete)
        self.words.setText(text)
        self.setAccessibleName(text)

    @staticmethod
    def _tone(report: Reported) -> str:
        if report.state == "blocked":
            return "bad"
        if report.refused or (report.waiting and report.state == "offline"):
            return "warn"
        return "ok" if report.delivered_steps and not report.waiting else "ink_3"

    def _words(self, report: Reported, complete: bool) -> str:
        parts = [self.tr("%n step(s) sent to IT", "", report.delivered_steps)] if report.delivered_steps else []
        if report.state == "blocked":
            parts.append(self.tr("IT refuses the report, call the helpdesk"))
        elif report.waiting and report.state == "offline":
            parts.append(self.tr("waiting for connection"))
        elif not parts and not report.waiting:
            parts.append(self.tr("nothing to send yet"))
        if report.waiting:
            parts.append(self.tr("%n to send", "", report.waiting))
        elif complete and report.delivered_steps and not report.refused:
            parts.append(self.tr("nothing waiting"))
        if report.refused:
            parts.append(self.tr("%n refused by IT, call the helpdesk", "", report.refused))
        text = self.tr(", ", "between the parts of the report line").join(parts)
        return text[:1].upper() + text[1:]


class Segment(QRadioButton):
    """One part of the language switch. Its words are in its own language whatever the page's is."""

    def sizeHint(self) -> QSize:
        return QSize(extent(self.text(), "caption", bold=True).width() + 24, theme.current().px(29))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
        super().changeEvent(event)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(t.font("caption", self.isChecked()))
        painter.setPen(t.color("brand" if self.isChecked() else "ink_2"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter.value), self.text())
        if self.hasFocus():
            painter.setPen(QPen(t.color("brand"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 10, 10)
        painter.end()


class LanguageSwitch(QWidget):
    """Three radio buttons in one capsule."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.group = QButtonGroup(self)
        self.buttons: dict[str, Segment] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        for code in i18n.LANGUAGES:
            button = Segment(i18n.NAMES[code])
            button.setAccessibleName(i18n.NAMES[code])
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, code=code: self.chosen.emit(code))
            self.group.addButton(button)
            self.buttons[code] = button
            across.addWidget(button)
        self.refresh()

    def refresh(self) -> None:
        self.setAccessibleName(self.tr("Language"))
        chosen = self.buttons[i18n.language()]
        if not chosen.isChecked():
            chosen.setChecked(True)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = min(14.5, box.height() / 2)
        capsule = QPainterPath()
        capsule.addRoundedRect(box, radius, radius)
        painter.fillPath(capsule, t.color("surface"))
        for button in self.buttons.values():
            if button.isChecked():
                part = QPainterPath()
                part.addRect(QRectF(button.geometry()))
                painter.fillPath(capsule.intersected(part), t.color("brand_soft"))
        painter.setPen(QPen(t.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(capsule)
        painter.end()


class DisplayButton(Button):
    """Opens the display choices; small and quiet."""

    kind = "plain"
    pad_x = 10
    pad_y = 5
    role = "caption"
    bold = False

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        ground, border, ink = super().colours()
        return (theme.current().color("brand_soft") if self.isChecked() else ground), border, ink


class TopBar(QWidget):
    """Indicator at the start; display and language at the end."""

    language_chosen = Signal(str)

    def __init__(self, driver: Driver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._driver = driver
        self.indicator, self.languages = Indicator(), LanguageSwitch()
        self.languages.chosen.connect(self.language_chosen)
        self.display = DisplayButton()
        self.display.setCheckable(True)
        controls = QHBoxLayout()
        controls.setSpacing(8)
        controls.addStretch(1)
        controls.addWidget(self.display)
        controls.addWidget(self.languages)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setSpacing(8)
        self._box.addWidget(self.indicator, 1)
        self._box.addLayout(controls)
        self._side = SIDE
        self._turn()
        self.refresh()

    def refresh(self) -> None:
        self.display.setText(self.tr("Display"))
        self.display.setAccessibleName(self.tr("Display: colours and text size"))
        self.languages.refresh()
        steps = self._driver.steps()
        complete = bool(steps) and all(entry.outcome is not None and entry.outcome.lets_on for entry in steps)
        self.indicator.show_report(self._driver.reported(), complete)

    def set_side(self, side: int) -> None:
        """The page's own margin."""
        self._side = side
        self._turn()

    def _turn(self) -> None:
        # At 200 % the indicator takes a line of its own, below the switches.
        down = self.width() < theme.current().px(420)
        self._box.setContentsMargins(self._side, 14, self._side, 0)
        self._box.setDirection(QBoxLayout.Direction.BottomToTop if down else QBoxLayout.Direction.LeftToRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._turn()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._turn()
            self.updateGeometry()
        super().changeEvent(event)

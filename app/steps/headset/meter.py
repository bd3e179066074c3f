"""The microphone as bars, one after another over the length of a take. Time runs left to right in every language."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.headset import Level
from app.ui import theme
from app.ui.painted import Painted

BARS = 41
FLOOR_DBFS, CEILING_DBFS = -62.0, -6.0
"""Levels at the lowest and the highest bar."""
RECENT_S = 1.2


class Meter(Painted):
    """`begin(seconds)`, then `add(level)` 25 times a second. `spoken_dbfs` is what the words beside it go by."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: list[float | None] = [None] * BARS
        self.running = False
        self._seconds = 1.0
        self._recent: list[Level] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def begin(self, seconds: float) -> None:
        self.bars = [None] * BARS
        self.running, self._seconds = True, max(0.1, seconds)
        self._recent = []
        self.update()

    def end(self) -> None:
        self.running = False
        self.update()

    def clear(self) -> None:
        self.begin(1.0)
        self.end()

    def add(self, level: Level) -> None:
        at = min(BARS - 1, max(0, int(level.at_s / self._seconds * BARS)))
        before = self.bars[at]
        self.bars[at] = level.rms_dbfs if before is None else max(before, level.rms_dbfs)
        self._recent = [one for one in self._recent if one.at_s > level.at_s - RECENT_S]
        self._recent.append(level)
        self.update()

    def spoken_dbfs(self) -> float | None:
        """About the level of the speech of the last second: three quarters up its frames, so that pauses do not count."""
        levels = sorted(one.rms_dbfs for one in self._recent)
        return levels[int(len(levels) * 0.75)] if levels else None

    def at_s(self) -> float:
        """How far the take is."""
        return self._recent[-1].at_s if self._recent else 0.0

    def set_name(self, name: str) -> None:
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        t = theme.current()
        return QSize(t.px(360), t.px(72))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, theme.current().px(72))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        step = self.width() / BARS
        wide = min(step * 0.55, t.px(6))
        room = self.height() - 6
        for number, level in enumerate(self.bars):
            part = 0.0 if level is None else min(1.0, max(0.0, (level - FLOOR_DBFS) / (CEILING_DBFS - FLOOR_DBFS)))
            high = max(wide, part * room)
            painter.setBrush(t.color("brand" if level is not None and part > 0.12 else "off"))
            box = QRectF(number * step + (step - wide) / 2, (self.height() - high) / 2, wide, high)
            painter.drawRoundedRect(box, wide / 2, wide / 2)
        painter.end()

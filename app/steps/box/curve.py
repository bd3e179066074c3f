"""The last minute of the signal on its three bands; the newest sample is the dot at the end. Time runs left to right in every language."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.steps.box.coach import CEILING_DBM, FLOOR_DBM, KEPT
from app.ui import theme
from app.ui.painted import Painted


class Curve(Painted):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.samples: Sequence[float | None] = ()
        self.good_dbm, self.weak_dbm = -95.0, -110.0
        self.best_dbm: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_samples(self, samples: Sequence[float | None], best_dbm: float | None, bounds: tuple[float, float], name: str) -> None:
        self.samples, self.best_dbm = tuple(samples), best_dbm
        self.good_dbm, self.weak_dbm = bounds
        if name != self.accessibleName():
            self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        t = theme.current()
        return QSize(t.px(220), t.px(84))

    def minimumSizeHint(self) -> QSize:
        t = theme.current()
        return QSize(120, t.px(84))

    def _y(self, dbm: float) -> float:
        part = (min(CEILING_DBM, max(FLOOR_DBM, dbm)) - FLOOR_DBM) / (CEILING_DBM - FLOOR_DBM)
        return self.height() - 4 - part * (self.height() - 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        good, weak = self._y(self.good_dbm), self._y(self.weak_dbm)
        for top, bottom, token in ((0.0, good, "ok_soft"), (good, weak, "warn_soft"), (weak, float(self.height()), "bad_soft")):
            painter.fillRect(QRectF(0, top, self.width(), bottom - top), t.color(token))
        step = (self.width() - 14) / (KEPT - 1)
        first = KEPT - len(self.samples)
        if self.best_dbm is not None:
            painter.setPen(QPen(t.color("ink_3"), 1, Qt.PenStyle.DashLine))
            y = self._y(self.best_dbm)
            painter.drawLine(QPointF(0, y), QPointF(self.width(), y))
        pen = QPen(t.color("brand"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        run: list[QPointF] = []
        last: QPointF | None = None
        for index, value in enumerate((*self.samples, None)):
            if value is not None:
                last = QPointF(5 + (first + index) * step, self._y(value))
                run.append(last)
                continue
            if len(run) > 1:
                painter.drawPolyline(QPolygonF(run))
            elif run:
                painter.drawPoint(run[0])
            run = []
        if last is not None and self.samples and self.samples[-1] is not None:
            painter.setPen(QPen(t.color("surface"), 1.5))
            painter.setBrush(t.color("brand"))
            painter.drawEllipse(last, 4.5, 4.5)
        painter.end()

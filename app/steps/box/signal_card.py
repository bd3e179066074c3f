"""The right side: the live signal, one hint, and four numbers."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.content import Advice
from app.core.line import BoxReading
from app.steps.box.check import Limits
from app.steps.box.coach import Band, Hint, Trail, band_of, hint, percent
from app.steps.box.curve import Curve
from app.steps.box.figures import Tile, Tiles, with_unit
from app.steps.box.gauge import Gauge
from app.ui import i18n
from app.ui.widgets import Card, CheckBox, Columns, PictureRow, label

NONE = "–"


class SignalSide(QWidget):
    """`show_signal(...)` draws it; `band_words()` is what is said aloud when the band changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gauge, self.curve = Gauge(), Curve()
        self.curve_title, self.hint = label("", "card_title"), label("", "secondary")
        live = QWidget()
        inner = QVBoxLayout(live)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self.curve_title)
        inner.addWidget(self.curve, 1)
        self.card = Card()
        self.card.body.addWidget(Columns(self.gauge, live, (2, 3), narrow=340), 1)
        self.card.body.addSpacing(4)
        self.card.body.addWidget(self.hint)
        self.listen, self.mute_why = CheckBox(), label("", "secondary")
        self.card.body.addWidget(self.listen)
        self.card.body.addWidget(self.mute_why)
        self.mute_why.hide()
        self.rsrp, self.sinr, self.network, self.latency = (Tile() for _ in range(4))
        self.tiles = Tiles([self.rsrp, self.sinr, self.network, self.latency])
        self.how, self.pictures = Card(), PictureRow()
        self.how.body.addWidget(self.pictures)
        self.how.hide()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.setSpacing(14)
        # The curve takes what the other side is taller: both end on one line.
        self._down.addWidget(self.card, 1)
        self._down.addWidget(self.tiles)
        self._down.addWidget(self.how)
        self._shown: tuple[Trail, BoxReading | None, float | None, Limits] = (Trail(), None, None, Limits())
        self.retranslate()

    def show_signal(self, trail: Trail, reading: BoxReading | None, rtt_ms: float | None, bounds: Limits) -> None:
        self._shown = (trail, reading, rtt_ms, bounds)
        self.retranslate()

    def band(self) -> Band | None:
        trail, _, _, bounds = self._shown
        return None if trail.now_dbm is None else band_of(trail.now_dbm, bounds.rsrp_dbm_good, bounds.rsrp_dbm_weak)

    def band_words(self) -> str:
        words: dict[Band | None, str] = {
            "good": self.tr("Good signal: leave the box here."),
            "fair": self.tr("Fair signal: look for a better spot."),
            "weak": self.tr("Weak signal: move the box."),
        }
        return words.get(self.band(), self.tr("The box shows no signal."))

    def show_how(self, advice: Advice | None, titled: bool = True) -> None:
        """The act in pictures, for what stands in the way now: first of all where there is no signal to look at, else below it.

        `titled`: the page's own title says something else.
        """
        drawn = advice is not None and bool(advice.pictures)
        if advice is not None and drawn:
            self.how.set_title(advice.title if titled else "")
            self.pictures.show_pictures(advice.pictures)
            at = 2 if self._shown[0].now_dbm is not None else 0
            if self._down.indexOf(self.how) != at:
                self._down.removeWidget(self.how)
                self._down.insertWidget(at, self.how)
        self.how.setVisible(drawn)

    def show_mute(self, mute: bool) -> None:
        """Whether this PC turned out to have nothing to play on."""
        self.mute_why.setVisible(mute)

    def retranslate(self) -> None:
        self.listen.setText(self.tr("Listen to the signal"))
        self.listen.setAccessibleDescription(self.tr("A short tone each second: the higher it is, the better the signal."))
        self.mute_why.setText(self.tr("This PC has no sound output: watch the curve."))
        trail, reading, rtt_ms, bounds = self._shown
        now, band = trail.now_dbm, self.band()
        words: dict[Band | None, str] = {"good": self.tr("Good"), "fair": self.tr("Fair"), "weak": self.tr("Weak")}
        word = words.get(band, self.tr("No signal"))
        value = None if now is None else percent(now)
        name = self.tr("Signal: %1 out of 100, %2").replace("%1", NONE if value is None else str(value)).replace("%2", word)
        self.gauge.show_value(value, band or "weak", word, name)
        self.curve_title.setText(self.tr("Live signal"))
        told = self.tr("Signal over the last minute: now %1, best %2")
        told = told.replace("%1", self._dbm(now)).replace("%2", self._dbm(trail.best_dbm))
        limits = (bounds.rsrp_dbm_good, bounds.rsrp_dbm_weak)
        self.curve.show_samples(trail.samples, trail.best_dbm, limits, i18n.plain(told))
        sinr = reading.sinr_db if reading is not None else None
        text = self._hint_words(hint(trail, sinr, *limits, bounds.sinr_db_poor))
        if text != self.hint.text():
            self.hint.setText(text)
        self.rsrp.show_figure(self._dbm(now), self.tr("Strength (RSRP)"))
        self.sinr.show_figure(NONE if sinr is None else with_unit(sinr, "dB"), self.tr("Clarity (SINR)"))
        band_name = reading.band.lstrip("Bb") if reading is not None else ""
        network = self.tr("Network, band %1").replace("%1", i18n.ltr(band_name)) if band_name else self.tr("Network")
        self.network.show_figure(i18n.ltr(reading.network) if reading is not None and reading.network else NONE, network)
        self.latency.show_figure(NONE if rtt_ms is None else i18n.milliseconds(rtt_ms), self.tr("Latency"))

    @staticmethod
    def _dbm(value: float | None) -> str:
        return NONE if value is None else with_unit(value, "dBm")

    def _hint_words(self, what: Hint) -> str:
        by = with_unit(what.by_db, "dB")
        return {
            "place": self.tr("Tip: near a window, up high, away from the microwave."),
            "better": self.tr("%1 better than at the start: keep going this way.").replace("%1", by),
            "worse": self.tr("%1 less than at the best spot: go back towards it.").replace("%1", by),
            "best": self.tr("%1 better than at the start: this is the best spot so far, leave the box here.").replace("%1", by),
            "keep": self.tr("A good spot: leave the box here, standing up and uncovered."),
            "noisy": self.tr("Strong but noisy: turn the box a little, away from screens and other devices."),
        }[what.advice]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

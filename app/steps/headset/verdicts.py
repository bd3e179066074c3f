"""The right side: what each act found, and a way to do it again."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.content import Advice
from app.steps.headset.acts import ORDER, Act, Acts, Found
from app.ui import i18n
from app.ui.widgets import Card, LinkButton, Row, RowList


def figure(value: float, unit: str, decimals: int = 0) -> str:
    """ "−23 dBFS": left to right everywhere, with a true minus sign."""
    number = i18n.plain(i18n.digits(value, decimals)).replace("-", "−")
    return i18n.ltr(f"{number}\u00a0{unit}")


class VerdictsCard(Card):
    """`again(act)`: the agent wants to do it anew."""

    again = Signal(str)

    def __init__(self, advice: Callable[[str], Advice], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._advice = advice
        self.rows = {act: Row("number") for act in ORDER}
        self.links: dict[Act, LinkButton] = {}
        for act, row in self.rows.items():
            link = LinkButton()
            link.clicked.connect(lambda _=False, which=act: self.again.emit(which.value))
            layout = row.layout()
            assert layout is not None  # noqa: S101 - a Row has one
            layout.addWidget(link)
            layout.setAlignment(link, Qt.AlignmentFlag.AlignTop)
            self.links[act] = link
        self.add_rows(RowList(*self.rows.values()), spread=len(self.rows) + 1)

    def show_acts(self, acts: Acts, now: Act | None, running: bool, blocked: bool) -> None:
        for number, (act, row) in enumerate(self.rows.items(), 1):
            found = acts.found.get(act)
            title, detail = self._words(act, found, acts)
            mark = self._mark(found, here=act is now and not blocked, running=running)
            if (row.mark.kind, row.mark.value) != (mark, str(number)):
                row.set_mark(mark, number)
            if (row.title.text(), row.detail.text()) != (title, detail):
                row.set_texts(title, detail)
            link = self.links[act]
            words = self.tr("Redo")
            if link.text() != words:
                link.setText(words)
            link.setAccessibleName(f"{words}: {i18n.plain(title)}")
            wanted = found is not None and not running and not blocked and act is not now
            if link.isHidden() == wanted:
                link.setVisible(wanted)

    @staticmethod
    def _mark(found: Found | None, *, here: bool, running: bool) -> str:
        """What comes is numbered, and the number of what is to be done now is filled."""
        if here and running:
            return "busy"
        if found is None:
            return "chosen" if here else "number"
        return "bad" if found.failed else "warn" if found.wrong else "ok"

    def _words(self, act: Act, found: Found | None, acts: Acts) -> tuple[str, str]:
        titles = {
            Act.EARS: self.tr("Left and right ear"),
            Act.SILENCE: self.tr("Room noise"),
            Act.VOICE: self.tr("Voice level"),
            Act.LISTEN: self.tr("Listening back"),
            Act.ECHO: self.tr("Echo"),
        }
        if found is None:
            return titles[act], ""
        figures = self._figures(act, {**found.facts, **self._beside(act, acts)}) if found.measured else ""
        if found.wrong:
            return titles[act], "\n".join(part for part in (self._advice(found.worst).title, figures) if part)
        return titles[act], figures

    @staticmethod
    def _beside(act: Act, acts: Acts) -> Mapping[str, Any]:
        """How far the voice is above the room is said of the room, once there is a voice."""
        voice = acts.found.get(Act.VOICE)
        return {"snr_db": voice.facts.get("snr_db")} if act is Act.SILENCE and voice is not None else {}

    def _figures(self, act: Act, facts: Mapping[str, Any]) -> str:
        def number(name: str) -> float | None:
            value = facts.get(name)
            return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

        if act is Act.EARS:
            return self.tr("Confirmed by you") if facts.get("left_heard") and facts.get("right_heard") else ""
        if act is Act.LISTEN:
            return self.tr("Clear, you said") if facts.get("clear_to_agent") else ""
        parts: list[str] = []
        if act is Act.SILENCE:
            noise, snr = number("noise_dbafs"), number("snr_db")
            parts.append(self.tr("Room at %1").replace("%1", figure(noise, "dBFS(A)")) if noise is not None else self.tr("Not a sound"))
            if snr is not None:
                parts.append(self.tr("SNR %1").replace("%1", figure(snr, "dB")))
        if act is Act.VOICE:
            level = number("active_speech_level_dbov")
            if level is not None:
                parts.append(self.tr("Active %1 (P.56)").replace("%1", figure(level, "dBFS")))
            if cut := number("muted_s"):
                parts.append(self.tr("silent for %1").replace("%1", figure(cut, "s", 1)))
        if act is Act.ECHO:
            loss, delay = number("coupling_loss_db"), number("echo_delay_ms")
            if not facts.get("echo_found"):
                return self.tr("None was heard")
            if loss is not None:
                parts.append(self.tr("Coupling %1").replace("%1", figure(-loss, "dB")))
            if delay is not None:
                parts.append(self.tr("delay %1").replace("%1", figure(delay, "ms")))
        return " · ".join(parts)

"""The left side: box, SIM card, Internet, call quality. It draws a `View` and emits what the agent does."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.contracts.outcomes import Outcome
from app.core.content import Advice
from app.core.line import BoxReading, Phase, Progress, Sim, VoiceReport
from app.core.step import Result
from app.steps.box import check
from app.steps.box.figures import with_unit
from app.steps.box.look import Look
from app.steps.box.secret_form import SecretForm
from app.ui import i18n
from app.ui.widgets import ButtonRow, Card, QuietButton, Row, RowList

_MARK = {Outcome.PASSED: "ok", Outcome.WARNING: "warn", Outcome.FAILED: "bad", Outcome.COULD_NOT_CHECK: "warn"}


@dataclass(frozen=True)
class View:
    """All the card shows. `result`: how the step would end now."""

    look: Look
    bounds: check.Limits = field(default_factory=check.Limits)
    kit: tuple[dict[str, str], ...] = ()
    running: bool = False
    progress: Progress | None = None
    voice: VoiceReport | str | None = None
    result: Result | None = None
    waits: bool = False
    """The test will start by itself when the signal stays good."""
    acting: bool = False
    pin_error: str = ""
    password_error: str = ""


class ChecksCard(Card):
    test = Signal()
    cancel = Signal()
    pin_given = Signal(str)
    password_given = Signal(str)

    def __init__(self, advice: Callable[[str], Advice], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._advice = advice
        self._view = View(Look(None, searching=True))
        self.box, self.sim, self.net, self.call = (Row("todo") for _ in range(4))
        self.password = SecretForm()
        self.pin = SecretForm("[0-9]{4,8}")
        self.test_button, self.cancel_button = QuietButton(), QuietButton()
        self.buttons = ButtonRow(self.test_button, self.cancel_button)
        self.box.add(self.password)
        self.sim.add(self.pin)
        self.call.texts.addSpacing(6)
        self.call.add(self.buttons)
        self.add_rows(RowList(self.box, self.sim, self.net, self.call), spread=6)
        self.test_button.clicked.connect(self.test)
        self.cancel_button.clicked.connect(self.cancel)
        self.pin.given.connect(self.pin_given)
        self.password.given.connect(self.password_given)
        self.show_view(self._view)

    def show_view(self, view: View) -> None:
        self._view = view
        self._box_row()
        self._sim_row()
        self._net_row()
        self._call_row()

    def retranslate(self) -> None:
        self.show_view(self._view)

    def _says(self, code: str) -> str:
        return self._advice(code).title

    # Rows

    def _box_row(self) -> None:
        look, bounds = self._view.look, self._view.bounds
        asked = look.box is not None and look.code in ("box.login_required", "box.password_wrong")
        self._show_form(self.password, asked)
        if asked:
            error = self._says(self._view.password_error) if self._view.password_error else ""
            self.password.set_words(self.tr("Password of the box (on the label under it)"), self.tr("Open the box"), error)
            self.password.set_busy(self._view.acting)
        bad = "bad" if bounds.required_box else "warn"
        if look.searching:
            self.box.show_state("busy", self.tr("Looking for the box"), self.tr("A few seconds"))
        elif look.code == "box.no_route":
            self.box.show_state("bad", self.tr("No connection"), self._says(look.code))
        elif look.reading is not None:
            self.box.show_state("ok", self.tr("Box detected"), self._box_detail(look.reading))
        elif look.box is not None:
            self.box.show_state("warn", self.tr("Box detected"), self._says(look.code))
        else:
            self.box.show_state(bad, self.tr("No known box"), self._says(look.code) if look.code else "")

    def _box_detail(self, reading: BoxReading) -> str:
        name = i18n.ltr(f"{reading.vendor} {reading.model}".strip())
        parts = [name] if reading.vendor or reading.model else []
        if reading.imei:
            parts.append(i18n.ltr(f"IMEI\u00a0…\u2060{reading.imei[-4:]}"))
        if check.kit_match(self._view.kit, reading) == "no":
            parts.append(self.tr("not the one on your sheet, the helpdesk is told"))
        return " · ".join(parts)

    def _sim_row(self) -> None:
        reading = self._view.look.reading
        code = check.sim_code(reading) if reading is not None else ""
        tries = reading.pin_tries if reading is not None else None
        self._show_form(self.pin, code == "box.pin")
        if code == "box.pin":
            name = self.tr("PIN of the SIM card")
            error = self.tr("This PIN is not the right one.") if self._view.pin_error == "box.pin_wrong" else ""
            error = error or (self._says(self._view.pin_error) if self._view.pin_error in check.STEP.codes else "")
            self.pin.set_words(name if tries is None else self._tries(tries), self.tr("Unlock the SIM card"), error, name)
            self.pin.set_busy(self._view.acting)
        if reading is None:
            told = self._view.look.box is not None and not self._view.look.searching
            self.sim.show_state("todo", self.tr("SIM card"), self.tr("The box does not say yet") if told else "")
        elif code:
            self.sim.show_state("warn" if code == "box.pin" else "bad", self.tr("SIM card"), self._says(code))
        elif reading.registered is False:
            self.sim.show_state("bad", self.tr("SIM card"), self._says("box.no_registration"))
        elif reading.roaming:
            self.sim.show_state("bad", self.tr("SIM card"), self._says("box.roaming"))
        else:
            pin = self.tr("no PIN asked for") if reading.sim is Sim.READY else ""
            parts = [part for part in (i18n.ltr(reading.operator) if reading.operator else "", pin) if part]
            self.sim.show_state("ok", self.tr("SIM card active"), " · ".join(parts))

    def _tries(self, tries: int) -> str:
        # One is always kept: the last try is never spent here.
        return self.tr("%n tries left, the last one is kept", "", tries)

    def _net_row(self) -> None:
        view = self._view
        title = self.tr("Internet reachable")
        started = view.running and view.progress is not None and view.progress.phase is not Phase.PORTAL
        if view.look.code == "box.no_route":
            self.net.show_state("todo", self.tr("Internet"), "")
        elif isinstance(view.voice, str):
            mark = "bad" if view.voice == "box.portal" else "warn"
            self.net.show_state(mark, self.tr("Internet"), self._says(view.voice))
        elif started or isinstance(view.voice, VoiceReport) or (view.result is not None and "transport" in view.result.facts):
            self.net.show_state("ok", title, self.tr("The company’s server answers"))
        elif view.running:
            self.net.show_state("busy", self.tr("Internet"), self.tr("Asking the company’s server"))
        else:
            self.net.show_state("todo", self.tr("Internet"), self.tr("Checked as the test begins"))

    def _call_row(self) -> None:
        view = self._view
        title, budget = self.tr("Call quality"), self._mb(view.bounds.budget_mb)
        blocked = view.look.searching or bool(check.trouble(view.look, view.bounds))
        done = view.voice is not None or (view.result is not None and "transport" in view.result.facts)
        words = self.tr("Test again (%1 at most)") if done else self.tr("Test the line (%1 at most)")
        self.test_button.setText(words.replace("%1", budget))
        self.cancel_button.setText(self.tr("Cancel the test"))
        self._swap(view.running, blocked)
        if view.running:
            spent = view.progress.spent_mb if view.progress is not None else 0.0
            unit = self.tr("MB")
            trailing = i18n.ltr(f"{i18n.plain(i18n.digits(spent, 1))} / {self._plain_mb(view.bounds.budget_mb)} {unit}")
            self.call.show_state("busy", title, self._phase_words(budget), trailing)
        elif done and view.result is not None and not blocked:
            self.call.show_state(_MARK.get(view.result.outcome, "warn"), title, self._verdict_words(view.result))
        else:
            wait = self.tr("The test starts when the signal stays good: %1 at most of your allowance.")
            button = self.tr("Find a good spot, then test: %1 at most of your allowance.")
            if view.look.reading is None:
                button = self.tr("Without the signal of the box, the call alone is measured: %1 at most of your allowance.")
            detail = self.tr("Possible once the points above are settled") if blocked else (wait if view.waits else button)
            self.call.show_state("todo", title, detail.replace("%1", budget))

    def _phase_words(self, budget: str) -> str:
        phase = self._view.progress.phase if self._view.progress is not None else Phase.PORTAL
        what = {
            Phase.PORTAL: self.tr("Opening the line"),
            Phase.IDLE: self.tr("Listening as in a call"),
            Phase.DOWNLOAD: self.tr("A call while receiving"),
            Phase.UPLOAD: self.tr("A call while sending"),
        }[phase]
        return self.tr("%1, %2 at most of your allowance").replace("%1", what).replace("%2", budget)

    def _verdict_words(self, result: Result) -> str:
        facts = result.facts
        told = self._says(result.code) if result.outcome is not Outcome.PASSED else ""
        parts: list[str] = []
        mos, loss, spent = facts.get("mos"), facts.get("loss_percent"), facts.get("spent_mb")
        if isinstance(mos, int | float):
            parts.append(self.tr("Voice %1 out of 5").replace("%1", i18n.digits(min(5.0, mos), 1)))
        if isinstance(loss, int | float):
            parts.append(self.tr("loss %1").replace("%1", with_unit(loss, "%", 1)))
        if isinstance(spent, int | float):
            parts.append(self.tr("%1 used").replace("%1", self._mb(spent, 1)))
        return "\n".join(line for line in (told, " · ".join(parts)) if line)

    @staticmethod
    def _plain_mb(value: float) -> str:
        return i18n.plain(i18n.digits(value, 0 if float(value).is_integer() else 1))

    def _mb(self, value: float, decimals: int | None = None) -> str:
        unit = self.tr("MB")
        number = self._plain_mb(value) if decimals is None else i18n.plain(i18n.digits(value, decimals))
        return i18n.ltr(f"{number}\u00a0{unit}")

    def _swap(self, running: bool, blocked: bool) -> None:
        """One of the two buttons is there; the keyboard stays on it."""
        focused = self.test_button.hasFocus() or self.cancel_button.hasFocus()
        self.test_button.setVisible(not running and not blocked)
        self.cancel_button.setVisible(running)
        self.buttons.setVisible(running or not blocked)
        if focused and not blocked:
            (self.cancel_button if running else self.test_button).setFocus()

    @staticmethod
    def _show_form(form: SecretForm, asked: bool) -> None:
        if not asked:
            form.edit.clear()
        form.setVisible(asked)

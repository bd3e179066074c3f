"""The 4G box: find it, place it, test the line. The signal is read once a second while the page is on screen, and only then."""

import asyncio
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from app.core.content import Advice
from app.core.errors import BoxError, MarhabaError
from app.core.line import Gateway, Progress, Sim, VoiceReport
from app.core.step import Result
from app.core.tones import pitch_hz
from app.steps.box import check
from app.steps.box.checks_card import ChecksCard, View
from app.steps.box.coach import Trail, band_of
from app.steps.box.look import Look, Watcher, same_way
from app.steps.box.signal_card import SignalSide
from app.ui import aio
from app.ui.page import StepPage
from app.ui.widgets import Columns, Grown

EVERY_S = 1.0
ACT_LIMIT_S = 20.0
GATEWAY_LIMIT_S = 2.0
AUTO_AFTER = 5
"""Good readings in a row before the test starts by itself, once. Later tests are asked for: each costs allowance."""
SPEAK_EVERY_S = 10.0
log = logging.getLogger(__name__)


class Page(StepPage):
    def build(self) -> Iterator[None]:
        self._bounds = check.limits(self.context.limits("box"))
        self._watcher: Watcher | None = None
        self._look = Look(None, searching=True)
        self._trail = Trail()
        self._voice: VoiceReport | str | None = None
        self._kept: Result | None = None
        """What an earlier test of this journey found, as the journal says."""
        self._progress: Progress | None = None
        self._good_looks = 0
        self._auto_done = False
        self._entered = self._acting = False
        self._pin_error = self._password_error = ""
        self._pin_kept = False
        """The box refused to spend the last try."""
        self._spoken_band = ""
        self._spoken_at = -SPEAK_EVERY_S
        self._spoken_trouble = ""
        self._plays = False
        """The tones were asked for and there is something to play them on."""
        self._frame: tuple[Any, ...] = ()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        columns = Columns(None, None, (2, 3))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(Grown(columns))
        self.checks = ChecksCard(self._advice)
        yield
        columns.lay(self.checks)
        yield
        self.side = SignalSide()
        yield
        columns.lay(self.side)
        self.checks.test.connect(self._start_test)
        self.checks.cancel.connect(self._cancel_test)
        self.checks.pin_given.connect(lambda pin: self._act(self._enter_pin(pin)))
        self.checks.password_given.connect(lambda password: self._act(self._log_in(password)))
        self.side.listen.setVisible(self.context.tones is not None)
        self.side.listen.toggled.connect(self._listen)
        self.anchors = {
            "box.checks": self.checks, "box.signal": self.side.card, "box.figures": self.side.tiles, "box.test": self.checks.call,
        }  # fmt: skip
        yield
        self.retranslate()

    # What the frame asks

    def title(self) -> str:
        if self._look.box is None and not self._look.searching:
            return self.tr("Connect this PC to your 4G box")
        if (asked := self._asked()) is not None:
            return asked.title
        return self.tr("Place the box where the signal is strongest")

    def why(self) -> str:
        if self._look.box is None and not self._look.searching:
            return self.tr("Your calls will go through it. Choose its Wi-Fi or plug in its cable: this page notices at once.")
        if (asked := self._asked()) is not None:
            return asked.meaning
        return self.tr(
            "A good signal keeps your calls from dropping. Move the box: the curve reacts at once; set it down when it stays in the green."
        )

    def _asked(self) -> Advice | None:
        """What the box or its card asks for before there can be a signal."""
        reading = self._look.reading
        code = self._look.code if reading is None and self._look.box is not None else check.sim_code(reading) if reading is not None else ""
        return self._advice(code) if code and not self._look.searching else None

    def primary(self) -> str:
        result = self._result()
        return self.tr("What to do") if result is not None and not result.outcome.lets_on else self.tr("Continue")

    async def advance(self) -> Result | None:
        return self._result()

    def enter(self) -> None:
        self._entered = True
        self._bounds = check.limits(self.context.limits("box"))
        self._trail, self._good_looks, self._spoken_band = Trail(), 0, ""
        if self._voice is None:
            self._kept = check.recorded(self.context.state())
        self._show()
        if self.isVisible():
            self._watch()

    def leave(self) -> None:
        self._entered = False
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._progress, self._acting = None, False
        self.side.listen.setChecked(False)
        for form in (self.checks.pin, self.checks.password):
            form.edit.clear()
        self._look = replace(self._look, searching=True)
        self._show()

    def failure_closed(self) -> None:
        self._voice = self._kept = None
        self._good_looks = 0
        self._pin_error = self._password_error = ""
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._entered:
            self._watch()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        for name in ("poll", "look"):
            self._stop(name)

    def retranslate(self) -> None:
        self._show()

    # Looking

    def _runs(self, name: str) -> bool:
        return name in self._tasks and not self._tasks[name].done()

    def _spawn(self, name: str, work: Any) -> None:
        self._tasks[name] = aio.spawn(work, f"box.{name}")

    def _stop(self, name: str) -> None:
        task = self._tasks.pop(name, None)
        if task is not None:
            task.cancel()

    def _watch(self) -> None:
        if not self._runs("poll"):
            self._spawn("poll", self._poll())

    async def _poll(self) -> None:
        """Once a second: which way out, and (unless a call to the box still runs) what the box says."""
        while True:
            began = time.monotonic()
            gateway = await self._gateway()
            if self._watcher is None or not same_way(gateway, self._watcher.gateway):
                self._new_way(gateway)
            if self._watcher is not None and not self._runs("look") and not self._acting:
                self._spawn("look", self._take_look(self._watcher))
            await asyncio.sleep(max(0.05, EVERY_S - (time.monotonic() - began)))

    async def _gateway(self) -> Gateway | None:
        if self.context.boxes is None:
            return None
        try:
            return await aio.in_thread(self.context.boxes.gateway, limit_s=GATEWAY_LIMIT_S)
        except TimeoutError:
            return self._watcher.gateway if self._watcher is not None else None

    def _new_way(self, gateway: Gateway | None) -> None:
        """Another line: what was measured on the one before says nothing of it."""
        self._stop("look")
        if self._watcher is not None:
            self._stop("test")
            self._progress, self._voice, self._kept = None, None, None
            self._trail, self._good_looks = Trail(), 0
        self._pin_error = self._password_error = ""
        self._pin_kept = False
        self._new_watcher(gateway)
        lost = gateway is not None and not gateway.address
        self._look = Look(gateway, code="box.no_route" if lost else "", searching=not lost)
        self._show()

    def _new_watcher(self, gateway: Gateway | None) -> None:
        kept = self.context.box_password
        self._watcher = Watcher(self.context.boxes, gateway, kept[0] if kept else None)

    async def _take_look(self, watcher: Watcher) -> None:
        try:
            look = await aio.in_thread(watcher.look, limit_s=check.LOOK_LIMIT_S)
        except TimeoutError:
            look = Look(watcher.gateway, code="box.unreachable")
            if watcher is self._watcher:
                self._new_watcher(watcher.gateway)  # the thread that hangs keeps the old one
        if look.reading is not None and look.reading.sim is not Sim.PIN:
            self._pin_kept, self._pin_error = False, ""
        elif look.reading is not None and self._pin_kept:
            look = replace(look, reading=replace(look.reading, pin_tries=1))
        self._look = look
        if look.box is not None or self._trail.samples:
            self._trail = self._trail.add(look.reading.rsrp_dbm if look.reading is not None else None)
        self._count_good()
        self._show()
        self._speak()
        self._sound()
        if self._waits and self._good_looks >= AUTO_AFTER:
            self._start_test()

    def _count_good(self) -> None:
        reading = self._look.reading
        good = reading is not None and not check.trouble(self._look, self._bounds)
        if good and reading is not None and reading.rsrp_dbm is not None:
            good = band_of(reading.rsrp_dbm, self._bounds.rsrp_dbm_good, self._bounds.rsrp_dbm_weak) == "good"
        self._good_looks = self._good_looks + 1 if good else 0

    @property
    def _waits(self) -> bool:
        """Whether the one test that starts by itself is still to come."""
        untested = self._voice is None and self._kept is None and not self._runs("test")
        return untested and not self._auto_done and self._look.reading is not None and not check.trouble(self._look, self._bounds)

    def _speak(self) -> None:
        """A new trouble at once, a new band calmly: never more often than every ten seconds."""
        trouble = check.trouble(self._look, self._bounds)
        if trouble != self._spoken_trouble:
            self._spoken_trouble = trouble
            if trouble:
                self.said.emit(self._advice(trouble).title)
        band, now = self.side.band(), time.monotonic()
        if band is not None and band != self._spoken_band and now - self._spoken_at >= SPEAK_EVERY_S:
            self._spoken_band, self._spoken_at = band, now
            self.said.emit(self.side.band_words())

    # The signal as a sound, for walking around with the box

    def _listen(self, on: bool) -> None:
        self._stop("tones")
        self._plays = False
        if self.context.tones is None:
            return
        if on:
            self._spawn("tones", self._open_tones())
        else:
            self.context.tones.close()

    async def _open_tones(self) -> None:
        assert self.context.tones is not None  # noqa: S101 - `_listen` looked
        self._plays = await self.context.tones.open()
        self._mute(not self._plays)
        self._sound()

    def _sound(self) -> None:
        """One tone a look: none where the box says nothing."""
        tones, now = self.context.tones, self._trail.samples[-1] if self._trail.samples else None
        if tones is None or not self._plays or now is None:
            return
        heard = self._trail.now_dbm or now
        self._plays = tones.play(pitch_hz(heard, self._bounds.rsrp_dbm_weak, self._bounds.rsrp_dbm_good))
        if not self._plays:
            self._mute(True)

    def _mute(self, mute: bool) -> None:
        self.side.show_mute(mute)
        if mute:
            self.side.listen.setChecked(False)
            self.said.emit(self.side.mute_why.text())

    # The SIM's PIN and the box's password

    def _act(self, work: Any) -> None:
        if self._acting or self._look.box is None:
            work.close()
            return
        self._acting = True
        self._stop("look")
        self._show()
        self._spawn("act", work)

    async def _enter_pin(self, pin: str) -> None:
        self._pin_error = await self._ask_box("enter_pin", pin)
        self._pin_kept = self._pin_kept or self._pin_error == "box.pin_last_try"
        self._acted(self.tr("The SIM card is unlocked."), self._pin_error, self.tr("This PIN is not the right one."))

    async def _log_in(self, password: str) -> None:
        self._password_error = await self._ask_box("log_in", password)
        kept = self.context.box_password
        if not self._password_error and kept is not None:
            try:
                await aio.in_thread(kept[1], password, limit_s=ACT_LIMIT_S)
            except (MarhabaError, TimeoutError):
                log.info("the box password is not kept: it will be asked again")
        self._acted(self.tr("The box is open."), self._password_error, "")

    async def _ask_box(self, call: str, secret: str) -> str:
        """One try; the code of what the box said, or empty."""
        try:
            await aio.in_thread(getattr(self._look.box, call), secret, limit_s=ACT_LIMIT_S)
        except BoxError as error:
            return error.code
        except TimeoutError:
            return "box.unreachable"
        return ""

    def _acted(self, done: str, error: str, wrong: str) -> None:
        self._acting = False
        self.said.emit(done if not error else wrong if error == "box.pin_wrong" else self._advice(error).title)
        if self._watcher is not None and not self._runs("look") and self._entered:
            self._spawn("look", self._take_look(self._watcher))
        self._show()

    # The test

    def _start_test(self) -> None:
        if self._runs("test") or self._look.searching or check.trouble(self._look, self._bounds):
            return
        self._auto_done = True
        self._voice = self._kept = self._progress = None
        self._spawn("test", self._test())
        self._show()
        self.said.emit(self.tr("The test of the line begins."))

    async def _test(self) -> None:
        voice = await check.measure(self.context, self._bounds, self._progressed)
        self._tasks.pop("test", None)
        self._voice, self._progress = voice, None
        self._show()
        result = self._result()
        if result is not None:
            self.said.emit(self._advice(result.code).title)

    def _progressed(self, at: Progress) -> None:
        if self._runs("test"):
            self._progress = at
            self._show()

    def _cancel_test(self) -> None:
        self._stop("test")
        self._progress = None
        self.said.emit(self.tr("The test is cancelled."))
        self._show()

    # Showing

    def _advice(self, code: str) -> Advice:
        return self.context.content().advice[code if code in check.STEP.codes else "box.unintelligible"]

    def _result(self) -> Result | None:
        if self._runs("test"):
            return None
        kit = self.context.state().kit
        return check.verdict(self._look, self._voice, self._bounds, kit, self._trail) or (self._kept if self._voice is None else None)

    def _show(self) -> None:
        running, result = self._runs("test"), self._result()
        kit = tuple(self.context.state().kit)
        self.checks.show_view(
            View(
                self._look, self._bounds, kit, running, self._progress, self._voice, result, self._waits,
                self._acting, self._pin_error, self._password_error,
            )
        )  # fmt: skip
        rtt = self._voice.rtt_ms if isinstance(self._voice, VoiceReport) else self._kept.facts.get("rtt_ms") if self._kept else None
        self.side.show_signal(self._trail, self._look.reading, rtt, self._bounds)
        stuck = check.trouble(self._look, self._bounds) or self._look.code
        code = stuck or (result.code if result is not None and not result.outcome.lets_on else "")
        self.side.show_how(self._advice(code) if code and not self._look.searching else None, self._asked() is None)
        self.set_valid(result is not None)
        frame = (self.title(), self.primary())
        if frame != self._frame:
            self._frame = frame
            self.changed.emit()

"""The headset, one act at a time. Sound is in memory while the page is open, and overwritten as it is left."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from app.contracts.outcomes import Outcome
from app.core.content import Advice
from app.core.errors import ContentError, HeadsetError, JournalError
from app.core.headset import Devices, Level
from app.core.step import Result
from app.steps.headset import check
from app.steps.headset.act_view import ActView
from app.steps.headset.acts import Act, Acts, Ears, Found
from app.steps.headset.device_bar import DeviceBar
from app.steps.headset.studio import Studio
from app.steps.headset.verdicts import VerdictsCard
from app.steps.headset.wording import At, Wording
from app.ui import aio, i18n
from app.ui.page import StepPage
from app.ui.resources import resource
from app.ui.widgets import Card, Columns, Grown

log = logging.getLogger(__name__)


class Page(StepPage):
    def build(self) -> Iterator[None]:
        self.studio = Studio(self.context.audio, check.limits(self.context.limits("headset")))
        self.acts, self.ears = Acts(), Ears()
        self._limits_wrong: ContentError | None = None
        self._opened = self._entered = False
        self._no_audio = ""
        self._devices = Devices()
        self._own_choice = False
        """The agent took these devices: no other is taken instead."""
        self._kept: Result | None = None
        """What an earlier visit of this journey found, as the journal says."""
        self._running: Act | None = None
        self._played = False
        """What the act plays was played, to its end or not."""
        self._ends_at = 0.0
        self._task: asyncio.Task[None] | None = None
        self._opening: asyncio.Task[None] | None = None
        self._unwatch: Callable[[], None] = lambda: None
        self._frame: tuple[str, str, str] = ("", "", "")
        self._wording = Wording()
        left, self.verdicts = Card(), VerdictsCard(self._advice)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(Grown(Columns(left, self.verdicts, (4, 3), narrow=600)))
        yield
        self.bar = DeviceBar()
        left.body.addWidget(self.bar)
        yield
        self.view = ActView()
        left.body.addWidget(self.view, 1)
        yield
        self.bar.chosen.connect(self._choose_own)
        self.verdicts.again.connect(lambda act: self._again(Act(act)))
        self.view.main.clicked.connect(self._main)
        self.view.other.clicked.connect(self._other)
        self.view.third.clicked.connect(self._third)
        self.view.keypad.given.connect(self._typed)
        self.anchors = {"headset.device": self.bar, "headset.act": self.view, "headset.verdicts": self.verdicts}
        yield
        self.retranslate()

    # What the frame asks

    def title(self) -> str:
        return self._wording.title(self._at())

    def why(self) -> str:
        return self._wording.why(self._at())

    def primary(self) -> str:
        result = self._result()
        return self.tr("What to do") if result is not None and not result.outcome.lets_on else self.tr("Continue")

    async def advance(self) -> Result | None:
        if self._limits_wrong is not None:
            raise ContentError("content.invalid", **self._limits_wrong.facts)
        return self._result()

    def enter(self) -> None:
        self._entered = True
        self.studio.bounds = check.limits(self.context.limits("headset"))
        self.acts = Acts.of_draft(self.context.state().drafts.get("headset"))
        chosen = self.studio.chosen
        if chosen.microphone is not None and chosen.ear is not None:
            self.acts = self.acts.on(chosen.microphone, chosen.ear)  # known from before; what is plugged in now is asked below
        self._kept = check.recorded(self.context.state())
        self._from_the_start()
        self._show()
        self._begin_opening()

    def leave(self) -> None:
        self._entered = False
        for task in (self._task, self._opening):
            if task is not None:
                task.cancel()
        self._task = self._opening = self._running = None
        self._unwatch()
        self._unwatch = lambda: None
        self.studio.erase()
        self.acts = Acts.of_draft(self.acts.draft())  # a voice that is gone has to be spoken again
        self._from_the_start()
        self._show()

    def failure_closed(self) -> None:
        self.acts = self.acts.without_failures()
        self._kept = None
        self._from_the_start()
        self._begin_opening()
        self._show()

    def retranslate(self) -> None:
        self.bar.retranslate()
        self.view.keypad.retranslate()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.view.keypad.take_key(event):
            super().keyPressEvent(event)

    @property
    def resting(self) -> bool:
        """Whether nothing is loaded, played, recorded or judged."""
        return self._opened and self._running is None

    @property
    def heard_back(self) -> bool:
        return self._played and self._act() is Act.LISTEN

    # Devices

    def _begin_opening(self) -> None:
        if self._opening is None or self._opening.done():
            self._no_audio = ""
            self._opening = aio.spawn(self._open(), "headset.open")

    async def _open(self) -> None:
        try:
            await self.studio.open()
        except HeadsetError as error:
            self._no_audio = error.code
        except ContentError as error:
            self._limits_wrong = error
            log.error("the journey's limits cannot be used: %s", error)
        else:
            self._opened, self._limits_wrong = True, None
            self._unwatch()
            self._unwatch = self.studio.audio.watch(self._plugged) if self.studio.audio is not None else self._unwatch
        self._plugged()

    def _plugged(self) -> None:
        now = self.studio.chosen
        if self._entered and self._opened and self.studio.audio is not None:
            self._devices = self.studio.audio.devices()
            sticky = self._own_choice or (now.microphone is not None and check.is_headset(now))
            wish = (now.microphone.key if now.microphone else "", now.ear.key if now.ear else "") if sticky else ("", "")
            self._use(check.choose(self._devices, check.kit_model(self.context.state().kit), wish), any(wish))
        self._show()

    def _choose_own(self, microphone: str, ear: str) -> None:
        self._own_choice = True
        self._use(check.choose(self._devices, "", (microphone, ear)), False)
        self._show()

    def _use(self, chosen: check.Chosen, wished: bool) -> None:
        before = self.studio.chosen
        if chosen.code and wished:
            # It stays wished for: back in its socket, it goes on where it was.
            chosen = check.Chosen(before.microphone, before.ear, chosen.code)
        self.studio.chosen = chosen
        if chosen.ready and chosen.microphone is not None and chosen.ear is not None:
            acts = self.acts.on(chosen.microphone, chosen.ear)
            if acts is not self.acts:
                self.acts = acts
                self._stop()
                self.studio.erase()
                self._from_the_start()
        elif chosen.code != before.code:
            self.said.emit(self._advice(chosen.code).title)

    # Acts

    def _act(self) -> Act:
        return self._running or check.next_act(self.acts)

    def _start(self, act: Act, work: Callable[[], Coroutine[Any, Any, Found | None]], seconds: float = 0.0) -> None:
        if self._running is not None or not self._opened or self._trouble():
            return
        self._kept = None
        self._running = act
        if act in self.acts.found and not self.acts.done(act):
            self.acts = self.acts.without(act)
        if seconds:
            self._ends_at = seconds
            self.view.meter.begin(seconds)
        self._task = aio.spawn(self._run(act, work), f"headset.{act}")
        self._show()

    async def _run(self, act: Act, work: Callable[[], Coroutine[Any, Any, Found | None]]) -> None:
        """One act to its end. What a device does wrong is what the act found."""
        found: Found | None = None
        try:
            found = await work()
        except HeadsetError as error:
            log.info("headset %s: %s", act, error)
            found = Found({"error": error.code}, ((error.code, check.severity_of(error.code)),))
        except TimeoutError:
            found = Found({}, (("headset.could_not_check", "could_not_check"),))
        finally:
            if self._task is asyncio.current_task():  # else another act has begun, or the page was left
                self._running = self._task = None
                self.view.meter.end()
        if found is not None:
            self._settle(act, found)
        self._show()

    def _settle(self, act: Act, found: Found) -> None:
        self._played = False
        if act is Act.EARS:
            self.ears = Ears()
        self.acts = self.acts.with_found(act, found)
        if act is not Act.VOICE:
            self.view.meter.clear()
        try:
            self.context.save("headset", self.acts.draft())
        except JournalError as error:
            log.warning("what was half done is not kept: %s", error)
        self.said.emit(self._advice(found.worst).title if found.wrong else self.title())

    def _again(self, act: Act) -> None:
        if self._running is None:
            self.acts = self.acts.without(act)
            self._kept = None
            self._from_the_start()
            self._show()

    def _stop(self) -> None:
        task, self._task, self._running = self._task, None, None
        if task is not None:
            task.cancel()
        self.view.meter.clear()

    def _from_the_start(self) -> None:
        """Nothing is half played, half typed or half drawn."""
        self.ears, self._played = Ears(), False
        self.view.keypad.clear()
        if self._running is None:
            self.view.meter.clear()

    def _level(self, level: Level) -> None:
        if self._running is not None:
            self.view.meter.add(level)
            words = self._wording.live(self._at())
            self.view.set_state(words)
            self.view.meter.set_name(words)

    # The ears, digit by digit

    async def _say(self) -> None:
        self._played = True
        self.ears.say(await self.studio.draw(self.ears.digits))
        self.view.keypad.clear()
        self._show()
        await self.studio.say(resource(f"voice/{i18n.language()}"), self.ears.digits, self.ears.side)

    def _typed(self, digits: str) -> None:
        if not self.ears.digits or self._act() is not Act.EARS:
            return
        if self.ears.typed(digits, self.studio.bounds.ear_tries):
            self._ear_settled()
            return
        self._stop()
        self.said.emit(self._wording.shown(self._at()).state)
        self._start(Act.EARS, self._say)

    def _ear_settled(self) -> None:
        self._stop()
        self._played = False
        found = self.ears.found(self.studio.bounds.both_ears_required)
        if found is not None:
            self._settle(Act.EARS, found)
        else:
            self.said.emit(self._wording.shown(self._at()).words)
        self._show()

    # Buttons

    async def _listen(self) -> None:
        await self.studio.listen()
        self._played = True

    def _begin(self, act: Act) -> None:
        bounds = self.studio.bounds
        if act is Act.EARS:
            self._start(act, self._say)
        elif act is Act.SILENCE:
            self._start(act, lambda: self.studio.silence(self._level), bounds.silence_s)
        elif act is Act.VOICE:
            self._start(act, lambda: self.studio.voice(self._level), bounds.voice_s)
        elif act is Act.LISTEN:
            self._start(act, self._listen)
        elif self._opened:
            self._start(act, lambda: self.studio.echo(self._level), self.studio.echo_seconds())

    def _main(self) -> None:
        if self._running is not None:
            return
        if self._act() is Act.LISTEN and self._played:
            self._settle(Act.LISTEN, Found({"listened_back": True, "clear_to_agent": True}))
            self._show()
        else:
            self._begin(self._act())

    def _other(self) -> None:
        if self._running is not None and self._running is not Act.EARS:
            self._stop()
            self._show()
        elif self._running is None:
            self._begin(self._act())

    def _third(self) -> None:
        if self._act() is Act.EARS:
            self.ears.settle(False)
            self._ear_settled()
        elif self._act() is Act.LISTEN and self._running is None:
            self.acts = self.acts.without(Act.VOICE)
            self._played = False
            self._begin(Act.VOICE)

    # Showing

    def _advice(self, code: str) -> Advice:
        return self.context.content().advice[code if code in check.STEP.codes else "headset.could_not_check"]

    def _trouble(self) -> str:
        return self._no_audio or self.studio.chosen.code

    def _result(self) -> Result | None:
        if self._running is not None:
            return None
        if self._no_audio:
            return Result(Outcome.COULD_NOT_CHECK, self._no_audio)
        if not self._opened:
            return self._kept
        kit = self.context.state().kit
        return check.verdict(self.studio.chosen, self.acts, self.studio.bounds, kit, self.studio.simulated) or self._kept

    def _at(self) -> At:
        act, trouble, meter = self._act(), self._trouble(), self.view.meter
        found = self.acts.found.get(act) if self._running is None else None
        return At(
            act=act, running=self._running is not None, played=self._played, side=self.ears.side, missed=self.ears.missed,
            left_s=max(0.0, self._ends_at - meter.at_s()), done=self.acts.next() is None, ready=self._opened and self.studio.chosen.ready,
            spoken_dbfs=meter.spoken_dbfs(), quiet_dbfs=self._limit("level_dbov_good_min", -36.0),
            loud_dbfs=self._limit("level_dbov_good_max", -16.0), digits=self.ears.digits if self.studio.simulated else (),
            trouble=self._advice(trouble) if trouble else None,
            told=self._advice(found.worst) if found is not None and not found.good else None,
        )  # fmt: skip

    def _limit(self, name: str, otherwise: float) -> float:
        value = getattr(self.studio.acoustic, name, None)
        return float(value) if isinstance(value, int | float) else otherwise

    def _show(self) -> None:
        at, result = self._at(), self._result()
        chosen, kit = self.studio.chosen, self.context.state().kit
        self.bar.show_devices(self._devices, chosen, check.kit_match(kit, chosen.microphone))
        self.bar.rest(at.running and at.act is not Act.EARS)
        self.view.show_act(self._wording.shown(at))
        if at.told is not None:
            self.view.tint("bad" if self.acts.found[at.act].failed else "warn")
        self.view.meter.set_name(self._wording.live(at))
        self.verdicts.show_acts(self.acts, at.act, at.running, at.trouble is not None or not at.ready)
        self.set_valid(result is not None or self._limits_wrong is not None)
        frame = (self.title(), self.why(), self.primary())
        if frame != self._frame:
            self._frame = frame
            self.changed.emit()

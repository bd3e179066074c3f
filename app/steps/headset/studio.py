"""The sound of the step, without a page: plays, records, judges in a thread, and forgets. No Qt."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import HeadsetError
from app.core.headset import Audio, Device, Level, Take
from app.core.threads import in_thread
from app.steps.headset.acts import Act, Found
from app.steps.headset.check import Chosen, Limits

if TYPE_CHECKING:
    from app.core.acoustics.recording import Recording
    from app.core.acoustics.verdict import Limits as Acoustic

LOAD_LIMIT_S = 20.0
ANALYSIS_LIMIT_S = 15.0
ECHO_TAKES = 3
"""A sweep that a busy PC cut apart is played again by itself: nobody has to do anything for it but stay silent."""


class Studio:
    """`chosen` is set by whoever knows the devices. Every act may raise HeadsetError, and TimeoutError where an analysis never ends."""

    def __init__(self, audio: Audio | None, bounds: Limits) -> None:
        self.audio, self.bounds = audio, bounds
        self.chosen = Chosen()
        self.acoustic: Acoustic | None = None
        self.takes: dict[Act, Take] = {}

    @property
    def simulated(self) -> bool:
        return self.audio is not None and self.audio.simulated

    async def open(self) -> None:
        """Load the sound system and the limits. Errors: HeadsetError `headset.no_audio`, ContentError `content.limit_...`."""
        if self.audio is None:
            raise HeadsetError("headset.no_audio")
        await self.audio.open()
        self.acoustic = await in_thread(self.bounds.acoustic, limit_s=LOAD_LIMIT_S)

    def _open_audio(self) -> Audio:
        if self.audio is None:
            raise HeadsetError("headset.no_audio")
        return self.audio

    def _ear(self) -> Device:
        if self.chosen.ear is None:
            raise HeadsetError("headset.no_output")
        return self.chosen.ear

    async def _record(self, act: Act, seconds: float, heard: Callable[[Level], None], sound: "Recording | None" = None) -> Take:
        if self.chosen.microphone is None:
            raise HeadsetError("headset.no_microphone")
        ear = self._ear() if sound is not None else None
        take = await self._open_audio().record(self.chosen.microphone, seconds, heard, sound, ear)
        self.takes[act] = take
        return take

    def _limits(self) -> "Acoustic":
        if self.acoustic is None:
            raise HeadsetError("headset.no_audio")
        return self.acoustic

    async def draw(self, before: tuple[int, ...]) -> tuple[int, ...]:
        def drawn() -> tuple[int, ...]:
            from app.steps.headset import sounds

            return sounds.draw_digits(before)

        return await in_thread(drawn, limit_s=LOAD_LIMIT_S)

    async def say(self, folder: Path, digits: tuple[int, ...], side: str) -> None:
        """The digits in one ear, by the voice in `folder`."""
        from app.steps.headset import sounds

        await self._open_audio().play(self._ear(), await in_thread(sounds.said_digits, folder, digits, side, limit_s=LOAD_LIMIT_S))

    async def silence(self, heard: Callable[[Level], None]) -> Found:
        from app.steps.headset import sounds

        self.erase(Act.SILENCE, Act.VOICE)
        take = await self._record(Act.SILENCE, self.bounds.silence_s, heard)
        return await in_thread(sounds.judge_silence, take, self._limits(), limit_s=ANALYSIS_LIMIT_S)

    async def voice(self, heard: Callable[[Level], None]) -> Found:
        from app.steps.headset import sounds

        self.erase(Act.VOICE)
        take = await self._record(Act.VOICE, self.bounds.voice_s, heard)
        return await in_thread(sounds.judge_voice, take, self.takes.get(Act.SILENCE), self._limits(), limit_s=ANALYSIS_LIMIT_S)

    async def listen(self) -> None:
        """The voice again, as it was recorded."""
        if Act.VOICE not in self.takes:
            raise HeadsetError("headset.could_not_check")
        await self._open_audio().play(self._ear(), self.takes[Act.VOICE].recording)

    async def echo(self, heard: Callable[[Level], None]) -> Found:
        from app.steps.headset import sounds

        sweep = sounds.swept()
        for left in reversed(range(ECHO_TAKES)):
            try:
                take = await self._record(Act.ECHO, sweep.seconds + sounds.SWEEP_TAIL_S, heard, sweep)
                break
            except HeadsetError as error:
                if error.code != "headset.pc_busy" or not left:
                    raise
        try:
            return await in_thread(sounds.judge_echo, take, self._limits(), limit_s=ANALYSIS_LIMIT_S)
        finally:
            self.erase(Act.ECHO)

    def echo_seconds(self) -> float:
        from app.steps.headset import sounds

        return float(sounds.SWEEP_S + sounds.SWEEP_TAIL_S)

    def erase(self, *acts: Act) -> None:
        """Overwrite these takes, or all."""
        for act in acts or tuple(self.takes):
            take = self.takes.pop(act, None)
            if take is not None:
                take.erase()

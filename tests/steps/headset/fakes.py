"""Sound devices written by hand: they give the sound, or the trouble, that a test sets."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from app.core.acoustics.recording import Recording
from app.core.errors import HeadsetError
from app.core.headset import Connection, Device, Devices, Form, Level, Take

RATE = 16_000
MIC = Device("mic", "Headset Microphone (Jabra Evolve2 40)", Form.HEADSET, Connection.USB, True)
EAR = Device("ear", "Headset Earphone (Jabra Evolve2 40)", Form.HEADSET, Connection.USB, True)
ARRAY = Device("array", "Microphone Array (Realtek(R) Audio)", Form.BUILT_IN, Connection.INTERNAL, False)
SPEAKERS = Device("speakers", "Speakers (Realtek(R) Audio)", Form.SPEAKERS, Connection.INTERNAL, False)


def db(value: float) -> float:
    return float(10.0 ** (value / 20.0))


def noise(seconds: float, dbfs: float, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, db(dbfs), round(seconds * RATE))


def voice(seconds: float = 10.0, dbov: float = -26.0) -> np.ndarray:
    """As busy as speech: half a second of wide noise, a quarter of nothing, again and again."""
    on = (np.arange(round(seconds * RATE)) % round(0.75 * RATE)) < 0.5 * RATE
    return noise(seconds, dbov, 5) * on


class FakeAudio:
    """`room`, `speech`: what the microphone gives; `loss_db`: the echo's. `errors`: raised by the next calls, oldest first."""

    def __init__(self) -> None:
        self.simulated = False
        self.found = Devices((MIC, ARRAY), (EAR, SPEAKERS))
        self.changed: list[Callable[[], None]] = []
        self.open_error: HeadsetError | None = None
        self.room = noise(10.0, -70.0)
        self.speech = voice()
        self.muted: tuple[float, float] | None = None
        """From when to when the button is pressed, in the voice's take."""
        self.loss_db = 55.0
        self.delay_s = 0.05
        self.lost_s = 0.0
        """What of each second gets lost on its way."""
        self.held_up_s = 0.0
        self.errors: dict[str, list[HeadsetError]] = {"record": [], "play": []}
        self.gate = asyncio.Event()
        self.gate.set()
        self.played: list[Recording] = []
        self.played_into: list[Device] = []
        self.recorded_from: list[Device] = []
        self.takes: list[Take] = []
        self.cancelled = 0

    async def open(self) -> None:
        await asyncio.sleep(0)
        if self.open_error is not None:
            raise self.open_error

    def devices(self) -> Devices:
        return self.found

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        self.changed.append(changed)
        return lambda: self.changed.remove(changed)

    def plug(self, devices: Devices) -> None:
        self.found = devices
        for changed in list(self.changed):
            changed()

    async def record(
        self,
        microphone: Device,
        seconds: float,
        heard: Callable[[Level], None] | None = None,
        sound: Recording | None = None,
        ear: Device | None = None,
    ) -> Take:
        self.recorded_from.append(microphone)
        try:
            for step in range(5):
                if heard is not None:
                    heard(Level(-30.0, -20.0, seconds * (step + 1) / 6))
                await asyncio.sleep(0)
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.errors["record"]:
            raise self.errors["record"].pop(0)
        frames = round(seconds * RATE)
        x = np.resize(self.room, frames).copy()
        if sound is not None:
            echo = sound.resampled(RATE).voice_channel() * db(-self.loss_db)
            at = round(self.delay_s * RATE)
            x[at : at + len(echo)] += echo[: frames - at]
        elif seconds > 5:
            x += np.resize(self.speech, frames)
            if self.muted is not None:
                x[round(self.muted[0] * RATE) : round(self.muted[1] * RATE)] = 0.0
        kept = np.clip(x, -1.0, 32767 / 32768)
        recording = Recording((np.round(kept * 32768) / 32768).astype(np.float32), RATE, seconds * (1.0 + self.lost_s))
        take = Take(recording, 0 if sound is not None else None, self.held_up_s)
        self.takes.append(take)
        return take

    async def play(self, ear: Device, sound: Recording) -> None:
        self.played_into.append(ear)
        self.played.append(replace(sound, samples=sound.samples.copy()))
        await asyncio.sleep(0)
        await self.gate.wait()
        if self.errors["play"]:
            raise self.errors["play"].pop(0)

"""A headset that exists in memory only: for demos where no sound system runs. Nothing is heard; evidence says `simulated`."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import HeadsetError
from app.core.headset import Connection, Device, Devices, Form, Level, Take

if TYPE_CHECKING:
    import numpy as np

    from app.core.acoustics.recording import Recording

RATE_HZ = 48_000
NAME = "Jabra Evolve2 40 (virtual)"
MICROPHONE = Device("memory:mic", NAME, Form.HEADSET, Connection.USB, True, RATE_HZ)
EAR = Device("memory:ear", NAME, Form.HEADSET, Connection.USB, True, RATE_HZ)
PIECE_S = 0.02
SPOKEN_TAKE_S = 5.0
"""The person of a demo reads aloud when a take is longer than this, and is silent otherwise."""


class MemoryAudio:
    """Its microphone hears the ear piece `coupling_db` down and `delay_s` late, a room at `noise_dbfs`, and in long takes
    somebody who says the digits in the folder `speech`."""

    simulated = True

    def __init__(self, speech: Path | None = None, coupling_db: float = -52.0, delay_s: float = 0.03, noise_dbfs: float = -72.0) -> None:
        self.speech, self.coupling_db, self.delay_s, self.noise_dbfs = speech, coupling_db, delay_s, noise_dbfs

    async def open(self) -> None:
        """Nothing to load."""

    def devices(self) -> Devices:
        return Devices((MICROPHONE,), (EAR,))

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        return lambda: None

    async def record(
        self,
        microphone: Device,
        seconds: float,
        heard: Callable[[Level], None] | None = None,
        sound: "Recording | None" = None,
        ear: Device | None = None,
    ) -> Take:
        from app.core.acoustics.recording import Pcm
        from app.system.audio.intake import SETTLE_S, Intake

        if microphone != MICROPHONE:
            raise HeadsetError("headset.vanished", device=microphone.name)
        intake = Intake(seconds, RATE_HZ, 1, Pcm.FLOAT32)
        whole = self._room(seconds + SETTLE_S, sound)
        began = time.monotonic()
        intake.begin(began)
        given = 0
        try:
            while not intake.full:
                await asyncio.sleep(PIECE_S)
                now = time.monotonic()
                due = min(len(whole), int((now - began) * RATE_HZ))
                intake.add(whole[given:due].tobytes(), now)
                given = due
                if heard is not None and (level := intake.level()) is not None:
                    heard(level)
            return intake.take(None if sound is None else 0)
        finally:
            intake.erase()
            whole[:] = 0

    def _room(self, seconds: float, sound: "Recording | None") -> "np.typing.NDArray[np.float32]":
        import numpy as np

        from app.system.audio.intake import SETTLE_S

        frames = int(seconds * RATE_HZ) + 1
        room = np.random.default_rng().normal(0.0, 10.0 ** (self.noise_dbfs / 20.0), frames)
        if sound is not None:
            played = sound.resampled(RATE_HZ).samples.mean(axis=1) * 10.0 ** (self.coupling_db / 20.0)
            start = int((SETTLE_S + self.delay_s) * RATE_HZ)
            piece = played[: frames - start]
            room[start : start + len(piece)] += piece
        elif self.speech is not None and seconds > SPOKEN_TAKE_S:
            from app.system.audio.speech import phrase

            room += np.resize(phrase(self.speech).voice_channel(), frames)
        return np.clip(room, -1.0, 1.0).astype(np.float32)

    async def play(self, ear: Device, sound: "Recording") -> None:
        if ear != EAR:
            raise HeadsetError("headset.vanished", device=ear.name)
        await asyncio.sleep(sound.seconds)

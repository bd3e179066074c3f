"""No sound at all: no QtMultimedia here, or none wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.errors import HeadsetError
from app.core.headset import Device, Devices, Level, Take

if TYPE_CHECKING:
    from app.core.acoustics.recording import Recording


class NullAudio:
    simulated = False

    async def open(self) -> None:
        raise HeadsetError("headset.no_audio")

    def devices(self) -> Devices:
        return Devices()

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
        raise HeadsetError("headset.no_audio")

    async def play(self, ear: Device, sound: "Recording") -> None:
        raise HeadsetError("headset.no_audio")

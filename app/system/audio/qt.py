"""The PC's sound devices through QtMultimedia. It is imported when it is opened, not before: it loads a sound system."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.errors import HeadsetError
from app.core.headset import BUSY_S, Connection, Device, Devices, Form, Level, Take, connection_of, form_of, is_hands_free, model_of
from app.core.threads import in_thread
from app.system.audio import permission
from app.system.audio.loading import load
from app.system.audio.pace import Lead

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QMediaDevices

    from app.core.acoustics.recording import Pcm, Recording

OPEN_LIMIT_S = 20.0
CAPTURE_BUFFER_S = 0.5
"""Measured: with 20 ms a busy PC loses 0.7 % of the samples at 48 kHz; with 200 ms it does whenever the loop stands still for 150 ms; with
500 ms none, even when it stands for 400."""
PLAY_BUFFER_S = 0.2
POLL_S = 0.02
SETTLED_MS = 250
"""A plug is told two or three times: once it is quiet, it counts."""
PLAY_MORE_S = 5.0
TAKE_MORE_S = 10.0
HOLE_S = 0.02
"""A sound that was held up by more was cut apart, and its echo says nothing: 37 ms of holes made 4 dB and 17 ms of error."""
RATES = (48_000, 44_100, 16_000, 8_000)


def _load() -> None:
    load()
    import app.system.audio.intake  # noqa: F401 - with numpy, which takes a tenth of a second


class QtAudio:
    """`simulated`: the devices are known to be virtual (a demo's), and evidence says so."""

    def __init__(self, simulated: bool = False) -> None:
        self.simulated = simulated
        self._media: QMediaDevices | None = None
        self._had_output: set[str] = set()
        self._plugged = 0
        """Counts changes, so that a take notices one."""

    async def open(self) -> None:
        if self._media is not None:
            return
        try:
            await in_thread(_load, limit_s=OPEN_LIMIT_S)
        except (ImportError, OSError, TimeoutError) as error:
            raise HeadsetError("headset.no_audio", reason=f"{type(error).__name__}: {error}") from error
        from PySide6.QtMultimedia import QMediaDevices

        self._media = QMediaDevices()
        self._media.audioInputsChanged.connect(self._count)
        self._media.audioOutputsChanged.connect(self._count)
        self.devices()

    def _count(self) -> None:
        self._plugged += 1

    # Devices

    def devices(self) -> Devices:
        if self._media is None:
            return Devices()
        outputs = tuple(_device(d) for d in self._media.audioOutputs())
        inputs = tuple(_device(d) for d in self._media.audioInputs() if d.id())
        self._had_output |= {model_of(d.name) for d in outputs if d.form is Form.HEADSET}
        return Devices(without_dead(inputs, outputs, self._had_output), outputs)

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        from PySide6.QtCore import QTimer

        media = self._media
        if media is None:
            return lambda: None
        quiet = QTimer(media)
        quiet.setSingleShot(True)
        quiet.setInterval(SETTLED_MS)
        quiet.timeout.connect(changed)
        media.audioInputsChanged.connect(quiet.start)
        media.audioOutputsChanged.connect(quiet.start)

        def end() -> None:
            quiet.stop()
            media.audioInputsChanged.disconnect(quiet.start)
            media.audioOutputsChanged.disconnect(quiet.start)
            quiet.deleteLater()

        return end

    def _find(self, wanted: Device, found: "Iterable[QAudioDevice]") -> "QAudioDevice":
        for device in found:
            if _key(device) == wanted.key:
                return device
        raise HeadsetError("headset.vanished", device=wanted.name)

    def _input(self, wanted: Device) -> "QAudioDevice":
        if self._media is None or wanted.key not in {d.key for d in self.devices().inputs}:
            raise HeadsetError("headset.vanished", device=wanted.name)
        return self._find(wanted, self._media.audioInputs())

    def _output(self, wanted: Device) -> "QAudioDevice":
        return self._find(wanted, self._media.audioOutputs() if self._media is not None else ())

    # Recording

    async def record(
        self,
        microphone: Device,
        seconds: float,
        heard: Callable[[Level], None] | None = None,
        sound: "Recording | None" = None,
        ear: Device | None = None,
    ) -> Take:
        from PySide6.QtMultimedia import QAudioSource, QtAudio

        from app.system.audio.intake import Intake

        if permission.microphone_refused():
            raise HeadsetError("headset.permission_refused")
        device = self._input(microphone)
        chosen = _format(device, 1)
        intake = Intake(seconds, chosen.sampleRate(), chosen.channelCount(), _pcm(chosen), waits=sound is not None)
        source = QAudioSource(device, chosen)
        source.setBufferSize(chosen.bytesForDuration(round(CAPTURE_BUFFER_S * 1e6)))
        playing: asyncio.Task[None] | None = None
        lead = Lead(lambda: intake.settled and lead.runs(), intake.go)
        plugged, held_up_s = self._plugged, 0.0
        intake.begin(time.monotonic())
        stream = source.start()

        # A source that could not be opened has no stream, or one that never says anything; both end below.
        def read() -> None:
            if stream is not None:
                intake.add(bytes(stream.readAll().data()), time.monotonic())

        if stream is not None:
            stream.readyRead.connect(read)
        try:
            async with asyncio.timeout(seconds + TAKE_MORE_S):
                while not intake.full:
                    if source.error() is QtAudio.Error.OpenError or stream is None:
                        raise HeadsetError("headset.busy", device=microphone.name)
                    if source.error() in (QtAudio.Error.FatalError, QtAudio.Error.IOError):
                        raise HeadsetError("headset.vanished", device=microphone.name)
                    if plugged != self._plugged:
                        plugged = self._plugged
                        self._input(microphone)  # a server may go on from another microphone, silently
                    intake.check(time.monotonic())
                    if sound is not None and ear is not None and playing is None:
                        playing = asyncio.get_running_loop().create_task(self._play(ear, sound, lead), name="headset.sweep")
                    if playing is not None and playing.done():
                        playing.result()
                    if heard is not None and (level := intake.level()) is not None:
                        heard(level)
                    slept = time.monotonic()
                    await asyncio.sleep(POLL_S)
                    held_up_s = max(held_up_s, time.monotonic() - slept - POLL_S)
                    read()  # what waited while this program did is there, and not late
            if sound is None or ear is None:
                return replace(intake.take(), held_up_s=held_up_s)
            if (hole_s := lead.held_up_s(sound.seconds)) > HOLE_S:
                # A radio link may stop by itself; a cable waits for nobody but the PC.
                by_itself = ear.connection is Connection.BLUETOOTH and held_up_s < BUSY_S
                raise HeadsetError("headset.dropouts" if by_itself else "headset.pc_busy", held_up_ms=round(1000 * hole_s), playing=True)
            left_at = lead.left_at()
            played_at = intake.frame_at(left_at) if left_at is not None else None
            if played_at is None:
                raise HeadsetError("headset.stalled", device=ear.name, playing=True)
            return replace(intake.take(played_at), held_up_s=held_up_s)
        except TimeoutError as error:
            raise HeadsetError("headset.stalled", device=microphone.name) from error
        except HeadsetError as error:
            if error.code == "headset.stalled":
                self._input(microphone)  # « vanished » says more
            if error.code == "headset.dropouts" and held_up_s >= BUSY_S:
                raise HeadsetError("headset.pc_busy", **error.facts, held_up_ms=round(1000 * held_up_s)) from error
            raise
        finally:
            if playing is not None and not playing.done():
                playing.cancel()
            source.stop()
            source.deleteLater()
            intake.erase()

    # Playing

    async def play(self, ear: Device, sound: "Recording") -> None:
        await self._play(ear, sound)

    async def _play(self, ear: Device, sound: "Recording", lead: Lead | None = None) -> None:
        from PySide6.QtMultimedia import QAudioSink, QtAudio

        from app.system.audio.pcm import silence

        device = self._output(ear)
        chosen = _format(device, 2, sound.rate_hz)
        data = await in_thread(_bytes_of, sound, chosen.sampleRate(), chosen.channelCount(), _pcm(chosen), limit_s=OPEN_LIMIT_S)
        sink = QAudioSink(device, chosen)
        sink.setBufferSize(chosen.bytesForDuration(round(PLAY_BUFFER_S * 1e6)))
        plugged, given, silent, silent_s = self._plugged, 0, 0, 0.0
        clock = asyncio.get_running_loop().time
        # Handed over piece by piece: given a whole buffer to read, Qt 6.11 still reads it after the sink is gone.
        stream = sink.start()
        try:
            async with asyncio.timeout(TAKE_MORE_S if lead else sound.seconds + PLAY_MORE_S) as limit:
                while given < len(data) or (
                    sink.state() is not QtAudio.State.IdleState and sink.processedUSecs() < (silent_s + sound.seconds) * 1e6
                ):
                    if stream is None or sink.error() is QtAudio.Error.OpenError:
                        raise HeadsetError("headset.busy", device=ear.name)
                    if sink.error() in (QtAudio.Error.FatalError, QtAudio.Error.IOError):
                        raise HeadsetError("headset.vanished", device=ear.name)
                    if plugged != self._plugged:
                        plugged = self._plugged
                        self._output(ear)
                    if lead is not None:
                        taken_s = sink.processedUSecs() / 1e6
                        lead.taken.append((time.monotonic(), taken_s))
                    if lead is not None and lead.silent_s is None:
                        if lead.ready() and silent % chosen.bytesPerFrame() == 0:
                            lead.silent_s = silent_s = chosen.durationForBytes(silent) / 1e6
                            lead.began()
                            limit.reschedule(clock() + sound.seconds + PLAY_MORE_S)
                        else:
                            silent += max(0, stream.write(silence(sink.bytesFree(), _pcm(chosen))))
                    else:
                        given += max(0, stream.write(bytes(data[given : given + sink.bytesFree()])))
                    await asyncio.sleep(POLL_S)
                await asyncio.sleep(PLAY_BUFFER_S)  # what the server still holds
        except TimeoutError as error:
            self._output(ear)
            raise HeadsetError("headset.stalled", device=ear.name, playing=True) from error
        finally:
            sink.reset()
            sink.deleteLater()
            data[:] = bytes(len(data))  # it may be a voice


def _bytes_of(sound: "Recording", rate_hz: int, channels: int, kind: "Pcm") -> bytearray:
    """`sound` as the device takes it. Twenty seconds of it take 40 ms."""
    from app.system.audio.pcm import as_channels, encode

    return bytearray(encode(as_channels(sound.resampled(rate_hz).samples, channels), kind))


_KINDS = {"UInt8": "uint8", "Int16": "int16", "Int32": "int32", "Float": "float32"}


def _pcm(chosen: "QAudioFormat") -> "Pcm":
    from app.core.acoustics.recording import Pcm

    return Pcm(_KINDS[chosen.sampleFormat().name])


def _key(device: "QAudioDevice") -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")


def _device(device: "QAudioDevice") -> Device:
    name, key = device.description(), _key(device)
    known = f"{key} {windows_hint(key)}"
    rate = device.preferredFormat().sampleRate()
    return Device(key, name, form_of(name, known), connection_of(name, known), device.isDefault(), rate, is_hands_free(name, known))


def windows_hint(key: str) -> str:
    """What Windows knows of an endpoint besides its name (« USB », « BTHHFENUM »); empty elsewhere."""
    if sys.platform == "win32":
        from app.system.audio.windows import bus_of

        return bus_of(key)
    return ""


def _format(device: "QAudioDevice", channels: int, rate_hz: int = 0) -> "QAudioFormat":
    """The plainest format the device takes: 16 bits, `channels`, the wanted or the usual rates; else its own favourite."""
    from PySide6.QtMultimedia import QAudioFormat

    favourite = device.preferredFormat()
    for rate in (rate_hz, *RATES):
        wanted = QAudioFormat()
        wanted.setSampleRate(rate)
        wanted.setChannelCount(channels)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if rate and device.isFormatSupported(wanted):
            return wanted
    if favourite.sampleFormat().name not in _KINDS or favourite.sampleRate() <= 0:
        raise HeadsetError("headset.busy", device=device.description(), format="none")
    return favourite


def without_dead(inputs: tuple[Device, ...], outputs: tuple[Device, ...], had_output: set[str]) -> tuple[Device, ...]:
    """Qt never says that the last microphone was unplugged and goes on listing it (6.11, 6.12, PulseAudio): its earpiece tells.

    A single headset microphone whose earpiece was there before and is gone now is gone as well.
    """
    if len(inputs) != 1 or inputs[0].form is not Form.HEADSET:
        return inputs
    model = model_of(inputs[0].name)
    gone = model in had_output and model not in {model_of(d.name) for d in outputs}
    return () if gone else inputs

"""Tones on the PC's default output through QtMultimedia, which is imported when the first one is wanted: it loads a sound system."""

import logging
from array import array
from typing import TYPE_CHECKING

from app.core import tones
from app.core.threads import in_thread
from app.system.audio.loading import load

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSink

OPEN_LIMIT_S = 10.0
BUFFER_S = 0.25
"""What one tone and the silence behind it fill: sound servers begin to play when their buffer is full."""
RATES = (48_000, 44_100)
log = logging.getLogger(__name__)


class QtTones:
    def __init__(self) -> None:
        self._sink: QAudioSink | None = None
        self._stream: QIODevice | None = None

    async def open(self) -> bool:
        self.close()
        try:
            await in_thread(load, limit_s=OPEN_LIMIT_S)
        except (ImportError, OSError, TimeoutError) as error:
            log.info("no sound: %s", type(error).__name__)
            return False
        from PySide6.QtMultimedia import QAudioSink, QMediaDevices, QtAudio

        device = QMediaDevices.defaultAudioOutput()
        chosen = None if device.isNull() else _format(device)
        if chosen is None:
            return False
        sink = QAudioSink(device, chosen)
        sink.setBufferSize(chosen.bytesForDuration(round(BUFFER_S * 1e6)))
        stream = sink.start()
        if stream is None or sink.error() is not QtAudio.Error.NoError:
            sink.stop()
            return False
        self._sink, self._stream = sink, stream
        return True

    def play(self, hz: float) -> bool:
        from PySide6.QtMultimedia import QtAudio

        sink, stream = self._sink, self._stream
        if sink is None or stream is None:
            return False
        if sink.error() in (QtAudio.Error.OpenError, QtAudio.Error.IOError, QtAudio.Error.FatalError):
            self.close()
            return False
        sound = _bytes(hz, sink.format(), sink.bufferSize())
        if sink.bytesFree() >= len(sound):
            stream.write(sound)
        return True

    def close(self) -> None:
        sink, self._sink, self._stream = self._sink, None, None
        if sink is not None:
            sink.reset()  # at once: `stop` would play to the end
            sink.deleteLater()


def _format(device: "QAudioDevice") -> "QAudioFormat | None":
    """One the device takes and `_bytes` writes."""
    from PySide6.QtMultimedia import QAudioFormat

    for rate in RATES:
        wanted = QAudioFormat()
        wanted.setSampleRate(rate)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        if device.isFormatSupported(wanted):
            return wanted
    own = device.preferredFormat()
    return own if own.sampleFormat() in (QAudioFormat.SampleFormat.Int16, QAudioFormat.SampleFormat.Float) else None


def _bytes(hz: float, chosen: "QAudioFormat", size: int) -> bytes:
    """A tone on every channel, and silence up to `size` bytes."""
    from PySide6.QtMultimedia import QAudioFormat

    sound, across = tones.rendered(hz, chosen.sampleRate()), chosen.channelCount()
    if chosen.sampleFormat() is QAudioFormat.SampleFormat.Float:
        samples = array("f", (value for value in sound for _ in range(across))).tobytes()
    else:
        samples = array("h", (round(32767 * value) for value in sound for _ in range(across))).tobytes()
    return samples.ljust(size - size % max(1, chosen.bytesPerFrame()), b"\0")

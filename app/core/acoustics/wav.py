"""A WAV file's bytes as a Recording: PCM of 8 to 32 bits and floats, plain or WAVE_FORMAT_EXTENSIBLE.

The format: Microsoft/IBM « Multimedia Programming Interface and Data Specifications 1.0 » (1991) and « Multiple channel audio data and
WAVE files » (2001). The standard library's `wave` refuses floats and, before Python 3.12, extensible headers.
"""

import struct

from app.core.acoustics.recording import RATES_HZ, Pcm, Recording
from app.core.errors import AudioError

MOST_FRAMES = 15_000_000
"""Five minutes at 48 kHz: past it a recording is no headset test, and its analysis takes more than the gigabyte a desktop has to spare."""
MOST_CHANNELS = 8
_STREAMED = 0x7FFF_F000
"""From this length on, a data chunk was written by a program that could not know it (espeak-ng, sox, ffmpeg in a pipe)."""
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_GUID_TAIL = bytes.fromhex("000000001000800000aa00389b71")
_INTEGERS = {1: Pcm.UINT8, 2: Pcm.INT16, 3: Pcm.INT24, 4: Pcm.INT32}
_FLOATS = {4: Pcm.FLOAT32, 8: Pcm.FLOAT64}
_NAMES = {2: "ADPCM", 6: "A-law", 7: "µ-law", 17: "IMA ADPCM", 49: "GSM", 80: "MPEG", 85: "MP3"}


def decode(data: bytes) -> Recording:
    """Errors: AudioError `audio.not_wav`, `audio.truncated` (fewer bytes than the file says), `audio.format` (a header that contradicts
    itself), `audio.unsupported` (compressed, big endian, 64-bit), `audio.empty`, `audio.too_big`.
    """
    if data[:4] in (b"RIFX", b"RF64", b"BW64"):
        raise AudioError("audio.unsupported", format=data[:4].decode())
    if data[:4] != b"RIFF" or data[8:12] not in (b"WAVE", b""):
        raise AudioError("audio.not_wav")
    kind: tuple[Pcm, int, int] | None = None
    at = 12
    while at + 8 <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = at + 8
        if name == b"fmt ":
            kind = _format(data[body : body + size], size)
        elif name == b"data":
            return _samples(memoryview(data)[body:], size, kind)
        at = body + size + size % 2
    raise AudioError("audio.truncated")


def _format(block: bytes, size: int) -> tuple[Pcm, int, int]:
    """Coding, channels, rate."""
    if len(block) < min(size, 16):
        raise AudioError("audio.truncated")
    if size < 16:
        raise AudioError("audio.format", format_block=size)
    tag, channels, rate_hz, _bytes_a_second, frame, bits = struct.unpack("<HHIIHH", block[:16])
    if tag == _EXTENSIBLE:
        if len(block) < 40:
            raise AudioError("audio.truncated" if size >= 40 else "audio.format", format_block=len(block))
        tag = int.from_bytes(block[24:26], "little")
        if block[26:40] != _GUID_TAIL:
            raise AudioError("audio.unsupported", format="extensible")
    if tag not in (_PCM, _FLOAT):
        raise AudioError("audio.unsupported", format=_NAMES.get(tag, str(tag)))
    if not 1 <= channels <= MOST_CHANNELS or not RATES_HZ[0] <= rate_hz <= RATES_HZ[1] or frame % channels or not bits:
        raise AudioError("audio.format", channels=channels, rate_hz=rate_hz, bytes_a_frame=frame, bits=bits)
    width = frame // channels
    kind = (_INTEGERS if tag == _PCM else _FLOATS).get(width)
    if kind is None or (bits + 7) // 8 > width:
        raise AudioError("audio.unsupported", bits=bits, bytes_a_sample=width)
    return kind, channels, rate_hz


def _samples(rest: memoryview, size: int, kind: tuple[Pcm, int, int] | None) -> Recording:
    if kind is None:
        raise AudioError("audio.format", format_block=0)
    if size < _STREAMED and size > len(rest):
        raise AudioError("audio.truncated", missing_bytes=size - len(rest))
    taken = rest[: min(size, len(rest))] if size < _STREAMED else rest
    pcm, channels, rate_hz = kind
    frame = pcm.width * channels
    if len(taken) < frame:
        raise AudioError("audio.empty")
    if len(taken) // frame > MOST_FRAMES:
        raise AudioError("audio.too_big", seconds=round(len(taken) / frame / rate_hz))
    return Recording.from_pcm(taken, pcm, channels, rate_hz)

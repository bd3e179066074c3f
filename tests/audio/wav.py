"""WAV files for tests, well made and otherwise."""

import struct

import numpy as np

from app.core.acoustics.recording import Samples

EXTENSIBLE_TAIL = bytes.fromhex("000000001000800000aa00389b71")


def coded(x: Samples, bits: int, *, floating: bool = False) -> bytes:
    """Interleaved little-endian samples; `x` of shape (frames,) or (frames, channels)."""
    flat = np.ascontiguousarray(x).ravel()
    if floating:
        return flat.astype(f"<f{bits // 8}").tobytes()
    steps = 2.0 ** (bits - 1)
    whole = np.clip(np.round(flat * steps), -steps, steps - 1).astype("<i8")
    if bits == 8:
        return (whole + 128).astype(np.uint8).tobytes()
    return whole[:, np.newaxis].view(np.uint8)[:, : bits // 8].tobytes()


def chunk(name: bytes, body: bytes, size: int | None = None) -> bytes:
    return name + struct.pack("<I", len(body) if size is None else size) + body + b"\0" * (len(body) % 2)


def wav(
    x: Samples,
    rate_hz: int,
    bits: int = 16,
    *,
    floating: bool = False,
    extensible: bool = False,
    valid_bits: int | None = None,
    before: bytes = b"",
    data_size: int | None = None,
) -> bytes:
    channels = 1 if x.ndim == 1 else x.shape[1]
    frame = channels * bits // 8
    tag = 3 if floating else 1
    block = struct.pack("<HHIIHH", 0xFFFE if extensible else tag, channels, rate_hz, rate_hz * frame, frame, valid_bits or bits)
    if extensible:
        block = block[:14] + struct.pack("<HHHI", bits, 22, valid_bits or bits, 0) + struct.pack("<H", tag) + EXTENSIBLE_TAIL
    body = b"WAVE" + chunk(b"fmt ", block) + before + chunk(b"data", coded(x, bits, floating=floating), data_size)
    return b"RIFF" + struct.pack("<I", len(body)) + body

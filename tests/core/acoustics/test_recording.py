"""Samples of any coding, rate and number of channels; bytes of no meaning; files of every kind, good and bad."""

import contextlib
import struct
import wave
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.acoustics.analysis import analyse_echo, analyse_voice
from app.core.acoustics.recording import Pcm, Recording
from app.core.acoustics.wav import MOST_FRAMES, decode
from app.core.errors import AudioError
from tests.audio.rig import noise, tone
from tests.audio.wav import chunk, coded, wav

CODINGS = [(8, False), (16, False), (24, False), (32, False), (32, True), (64, True)]
KINDS = {(8, False): Pcm.UINT8, (16, False): Pcm.INT16, (24, False): Pcm.INT24, (32, False): Pcm.INT32, (32, True): Pcm.FLOAT32}
SOUND = tone(440, 0.25, 16_000, 0.5)


@pytest.mark.parametrize(("coding", "kind"), KINDS.items())
@pytest.mark.parametrize("channels", [1, 2])
def test_every_coding_holds_the_same_sound(coding: tuple[int, bool], kind: Pcm, channels: int) -> None:
    bits, floating = coding
    x = np.column_stack([SOUND / (k + 1) for k in range(channels)])
    take = Recording.from_pcm(coded(x, bits, floating=floating), kind, channels, 16_000, 0.25)
    assert (take.frames, take.channels, take.seconds, take.captured_s) == (4000, channels, 0.25, 0.25)
    assert np.max(np.abs(take.samples - x)) <= 2.0 ** -(24 if floating else min(bits, 25))
    assert take.step == (2.0**-15 if floating else 2.0 ** -(bits - 1))


def test_the_ends_of_the_scale() -> None:
    assert Recording.from_pcm(struct.pack("<3h", -32768, 0, 32767), Pcm.INT16, 1, 8_000).samples[:, 0].tolist() == [-1, 0, 32767 / 32768]
    assert Recording.from_pcm(bytes([0, 128, 255]), Pcm.UINT8, 1, 8_000).samples[:, 0].tolist() == [-1, 0, 127 / 128]
    assert Recording.from_pcm(b"\0\0\x80\xff\xff\xff", Pcm.INT24, 1, 8_000).samples[:, 0].tolist() == [-1, -(2.0**-23)]


def test_an_unfinished_frame_is_left_out() -> None:
    assert Recording.from_pcm(b"\1\2\3\4\5\6\7", Pcm.INT16, 2, 8_000).frames == 1
    assert Recording.from_pcm(b"", Pcm.FLOAT32, 2, 8_000).frames == 0


def test_no_number_becomes_silence_and_is_counted() -> None:
    data = np.array([0.1, np.nan, np.inf, -np.inf, 0.2], "<f4").tobytes()
    take = Recording.from_pcm(data, Pcm.FLOAT32, 1, 8_000)
    assert take.samples[:, 0].tolist() == pytest.approx([0.1, 0, 0, 0, 0.2])
    assert take.invalid_samples == 3
    assert Recording.from_pcm(np.array([1e300], "<f8").tobytes(), Pcm.FLOAT64, 1, 8_000).invalid_samples == 1


def test_erased_is_erased() -> None:
    take = Recording.from_pcm(coded(SOUND, 16), Pcm.INT16, 1, 16_000)
    take.erase()
    assert not np.any(take.samples)


@pytest.mark.parametrize(("channels", "rate_hz"), [(0, 8_000), (65, 8_000), (1, 0), (1, -1), (1, 10**7)])
def test_formats_that_cannot_be(channels: int, rate_hz: int) -> None:
    with pytest.raises(AudioError) as caught:
        Recording.from_pcm(b"\0" * 256, Pcm.INT16, channels, rate_hz)
    assert caught.value.code == "audio.format"


def test_three_dimensions_are_refused() -> None:
    with pytest.raises(AudioError):
        Recording(np.zeros((2, 2, 2), np.float32), 8_000)


@pytest.mark.parametrize(("from_hz", "to_hz"), [(48_000, 16_000), (16_000, 48_000), (22_050, 8_000), (44_100, 48_000)])
def test_resampling_keeps_a_tone(from_hz: int, to_hz: int) -> None:
    take = Recording(tone(1000, 1, from_hz, 0.5).astype(np.float32), from_hz).resampled(to_hz)
    assert take.frames == to_hz
    assert np.max(np.abs(take.voice_channel() - tone(1000, 1, to_hz, 0.5))) < 1e-5


@pytest.mark.parametrize(("bits", "floating"), CODINGS)
@pytest.mark.parametrize("extensible", [False, True])
@pytest.mark.parametrize("channels", [1, 2])
def test_files_of_every_coding(bits: int, floating: bool, extensible: bool, channels: int) -> None:
    x = np.column_stack([SOUND] * channels)
    take = decode(wav(x, 44_100, bits, floating=floating, extensible=extensible))
    assert (take.rate_hz, take.frames, take.channels) == (44_100, 4000, channels)
    assert np.max(np.abs(take.samples - x)) <= 2.0 ** -(24 if floating else min(bits, 25))


def test_like_the_standard_librarys_own_writer() -> None:
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((2, 2, 48_000, 0, "NONE", ""))
        writer.writeframes(coded(np.column_stack((SOUND, -SOUND)), 16))
    assert np.allclose(decode(file.getvalue()).samples[:, 1], -SOUND, atol=1e-4)


def test_other_blocks_are_skipped_and_odd_ones_padded() -> None:
    file = wav(SOUND, 16_000, before=chunk(b"LIST", b"odd") + chunk(b"fact", b"\0" * 4))
    assert decode(file + chunk(b"id3 ", b"after")).frames == 4000


@pytest.mark.parametrize("size", [0xFFFFFFFF, 0x7FFFF000])
def test_written_into_a_pipe(size: int) -> None:
    """espeak-ng, sox and ffmpeg cannot know the length before the end."""
    assert decode(wav(SOUND, 16_000, data_size=size)).frames == 4000


def test_twenty_bits_in_three_bytes() -> None:
    assert decode(wav(SOUND, 16_000, 24, extensible=True, valid_bits=20)).step == 2.0**-23


GOOD = wav(SOUND, 16_000)
BROKEN = {
    "no byte": (b"", "audio.not_wav"),
    "text": (b"Bonjour, ceci n'est pas du son." * 10, "audio.not_wav"),
    "another RIFF": (b"RIFF\x24\0\0\0AVI LIST" + b"\0" * 40, "audio.not_wav"),
    "only the first word": (GOOD[:8], "audio.truncated"),
    "half a header": (GOOD[:30], "audio.truncated"),
    "no data": (GOOD[:36], "audio.truncated"),
    "half the data": (GOOD[:4000], "audio.truncated"),
    "no sample": (wav(SOUND[:0], 16_000), "audio.empty"),
    "half a sample": (wav(np.zeros((1, 2)), 16_000)[:-4] + b"\0", "audio.truncated"),
    "big endian": (b"RIFX" + GOOD[4:], "audio.unsupported"),
    "RF64": (b"RF64" + GOOD[4:], "audio.unsupported"),
    "A-law": (GOOD[:20] + b"\x06" + GOOD[21:], "audio.unsupported"),
    "no channel": (GOOD[:22] + b"\0\0" + GOOD[24:], "audio.format"),
    "999 channels": (GOOD[:22] + struct.pack("<H", 999) + GOOD[24:], "audio.format"),
    "no rate": (GOOD[:24] + b"\0\0\0\0" + GOOD[28:], "audio.format"),
    "no width": (GOOD[:32] + b"\0\0" + GOOD[34:], "audio.unsupported"),
    "no bits": (GOOD[:34] + b"\0\0" + GOOD[36:], "audio.format"),
    "more bits than bytes": (GOOD[:34] + b"\x40\0" + GOOD[36:], "audio.unsupported"),
    "data before its format": (b"RIFF\0\0\0\0WAVE" + chunk(b"data", b"\0" * 100), "audio.format"),
    "short format": (b"RIFF\0\0\0\0WAVE" + chunk(b"fmt ", b"\1\0\1\0") + chunk(b"data", b"\0" * 100), "audio.format"),
    "extensible without its end": (GOOD[:20] + b"\xfe\xff" + GOOD[22:], "audio.format"),
    "a foreign extensible": (wav(SOUND, 16_000, extensible=True).replace(b"\x00\x38\x9b\x71", b"\x00\x38\x9b\x72"), "audio.unsupported"),
}


@pytest.mark.parametrize(("file", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_broken_files_are_named(file: bytes, code: str) -> None:
    with pytest.raises(AudioError) as caught:
        decode(file)
    assert caught.value.code == code


def test_too_long_is_refused_before_it_is_unpacked() -> None:
    header = wav(SOUND[:0], 48_000, 8)[:-4] + struct.pack("<I", MOST_FRAMES + 1)
    with pytest.raises(AudioError) as caught:
        decode(header + bytes(MOST_FRAMES + 1))
    assert caught.value.code == "audio.too_big"


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_are_a_recording_or_a_named_error(data: bytes) -> None:
    for file in (data, b"RIFF" + data, b"RIFF\0\0\0\0WAVE" + data, GOOD[:20] + data, GOOD[:36] + data):
        with contextlib.suppress(AudioError):
            assert decode(file).frames > 0


@given(st.integers(0, 43), st.binary(min_size=1, max_size=4))
@settings(max_examples=300)
def test_any_damage_to_the_header(at: int, damage: bytes) -> None:
    with contextlib.suppress(AudioError):
        assert np.all(np.isfinite(decode(GOOD[:at] + damage + GOOD[at + len(damage) :]).samples))


@given(
    st.binary(max_size=3000),
    st.sampled_from(list(Pcm)),
    st.integers(1, 4),
    st.sampled_from([8_000, 11_025, 48_000, 96_000]),
    st.sampled_from([None, 0.0, 0.01, 5.0]),
)
@settings(max_examples=200)
def test_any_samples_are_measured_without_a_word(data: bytes, kind: Pcm, channels: int, rate_hz: int, captured_s: float | None) -> None:
    """Warnings are errors here: no division by zero, no logarithm of nothing, no overflow."""
    take = Recording.from_pcm(data, kind, channels, rate_hz, captured_s)
    for silence in (None, take):
        for name, value in analyse_voice(take, silence).facts().items():
            assert value is None or isinstance(value, str) or np.isfinite(value), name
    for value in analyse_echo(take, take).facts().values():
        assert value is None or np.isfinite(value)


@given(st.sampled_from([0.0, 1.0, -1.0, 3e38, 1e-38, 1e-45]), st.floats(-1, 1, width=32), st.integers(0, 20_000))
@settings(max_examples=60)
def test_constants_impulses_and_extremes(base: float, other: float, at: int) -> None:
    x = np.full(20_001, base, np.float32)
    x[at] = other
    take = Recording(x, 16_000)
    for value in analyse_voice(take, Recording(noise(-60, 1, 8_000).astype(np.float32), 8_000)).facts().values():
        assert value is None or isinstance(value, str) or np.isfinite(value)

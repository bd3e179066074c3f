"""The headset in memory gives what the step must find: a voice, a quiet room, a weak echo; and it says that it is simulated."""

import asyncio

import pytest

from app.core.acoustics import echo
from app.core.acoustics.analysis import analyse_echo, analyse_voice
from app.core.errors import HeadsetError
from app.core.headset import Device, Level
from app.system import detect
from app.system.audio.memory import EAR, MICROPHONE, MemoryAudio
from app.ui.resources import resource


def test_a_voice_a_room_and_an_echo() -> None:
    audio = MemoryAudio(resource("voice/fr"))
    levels: list[Level] = []

    async def story() -> None:
        await audio.open()
        sweep = echo.sweep(48_000)
        room, voice, heard = await asyncio.gather(
            audio.record(MICROPHONE, 1.0),
            audio.record(MICROPHONE, 5.2, levels.append),
            audio.record(MICROPHONE, 2.3, sound=sweep, ear=EAR),
        )
        measured = analyse_voice(voice.recording, room.recording)
        assert measured.active_speech_level_dbov == pytest.approx(-25, abs=1.5)
        assert measured.noise_dbfs == pytest.approx(-72, abs=0.5)
        assert not measured.muted
        leak = analyse_echo(sweep, heard.since_played())
        assert leak.found
        assert leak.coupling_loss_db == pytest.approx(52, abs=1)
        assert leak.delay_ms == pytest.approx(30, abs=1)
        for take in (room, voice, heard):
            take.erase()
            assert not take.recording.samples.any()

    asyncio.run(story())
    assert len(levels) >= 60, "the meter moves"
    assert audio.simulated


def test_what_it_is_not() -> None:
    audio = MemoryAudio()
    other = Device("other", "Other")
    with pytest.raises(HeadsetError):
        asyncio.run(audio.record(other, 1.0))
    with pytest.raises(HeadsetError):
        asyncio.run(audio.play(other, echo.sweep(8_000)))


def test_which_sound_is_picked() -> None:
    assert isinstance(detect.audio("memory"), MemoryAudio)
    assert detect.audio("system").simulated
    assert not detect.audio().simulated

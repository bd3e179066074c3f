"""A take as it comes in: what is kept, and what is wrong with a stream, told within its time limit."""

import numpy as np
import pytest

from app.core.acoustics.recording import Pcm, Recording
from app.core.errors import HeadsetError
from app.system.audio.intake import AHEAD_S, LATE_S, SETTLE_S, STALL_S, START_LIMIT_S, Intake
from app.system.audio.pace import LEAD_S, Lead, lasted, origin
from app.system.audio.pcm import as_channels, encode

RATE = 8_000


def sound(seconds: float, channels: int = 1, rate: int = RATE) -> np.ndarray:
    t = np.arange(round(seconds * rate)) / rate
    return np.stack([0.25 * np.sin(2 * np.pi * (300 + 100 * c) * t) for c in range(channels)], axis=1).astype(np.float32)


def feed(intake: Intake, data: bytes, pieces: int = 50, pace: float = 1.0, start: float = 0.0, seconds: float = 2.0) -> float:
    """The data in `pieces`, in `seconds` of a made-up clock; returns the time after."""
    size = -(-len(data) // pieces)
    now = start
    for number in range(pieces):
        now = start + (number + 1) * seconds / pieces / pace
        intake.add(data[number * size : (number + 1) * size], now)
        intake.check(now)
    return now


@pytest.mark.parametrize("kind", [Pcm.UINT8, Pcm.INT16, Pcm.INT32, Pcm.FLOAT32])
@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (16_000, 2), (44_100, 1), (48_000, 2), (96_000, 1)])
def test_every_format_a_device_may_give_is_kept_as_it_was(kind: Pcm, rate: int, channels: int) -> None:
    given = sound(1.5, channels, rate)
    intake = Intake(0.5, rate, channels, kind)
    intake.begin(0.0)
    data = encode(given, kind)
    for at in range(0, len(data), 997):  # pieces that cut frames in two
        intake.add(data[at : at + 997], at / len(data) * 1.5)
    assert intake.full
    take = intake.take()
    settled = round(SETTLE_S * rate)
    kept = take.recording.samples
    assert kept.shape == (round(0.5 * rate), channels)
    assert np.abs(kept - given[settled : settled + len(kept)]).max() < (0.01 if kind is Pcm.UINT8 else 1e-4)


def test_the_beginning_is_left_out_and_the_clock_is_the_streams_own() -> None:
    intake = Intake(4.0, RATE, 1, Pcm.INT16)
    intake.begin(100.0)
    assert intake.level() is None
    feed(intake, encode(sound(4.5), Pcm.INT16), start=100.0, seconds=4.5, pieces=450)
    assert intake.full
    take = intake.take()
    assert take.recording.seconds == pytest.approx(4.0)
    assert take.recording.captured_s == pytest.approx(4.0, abs=0.002)
    slow = Intake(4.0, RATE, 1, Pcm.INT16)
    slow.begin(0.0)
    feed(slow, encode(sound(4.5), Pcm.INT16), seconds=4.5, pace=0.98, pieces=450)
    assert slow.take().recording.captured_s == pytest.approx(4.0 / 0.98, abs=0.005), "two in a hundred samples are missing"


@pytest.mark.parametrize(
    ("lost", "missing_s"),
    [
        ({}, 0.0),
        ({3.3: 0.05}, 0.0),  # once: a server that changed its buffers
        ({3.3: 0.4}, 0.4),  # that long is no buffer
        ({at / 2: 0.02 for at in range(1, 20)}, 0.4),  # again and again: lost
    ],
)
def test_what_is_missing_by_the_clock(lost: dict[float, float], missing_s: float) -> None:
    arrivals, late = [], np.random.default_rng(2).exponential(0.02, 1_001)
    for number in range(1_001):
        time = number / 100
        came = round((time - sum(length for at, length in lost.items() if at <= time)) * 48_000)
        arrivals.append((time + late[number], came))
    seconds = lasted(arrivals, 48_000, 480_000)
    assert seconds is not None
    assert seconds - 10.0 == pytest.approx(missing_s, abs=0.15 if missing_s else 0.01)


def test_too_short_to_say() -> None:
    assert lasted([], 48_000, 0) is None
    assert lasted([(0.0, 0), (0.5, 24_000)], 48_000, 24_000) is None


def test_a_busy_pc_that_delivers_late_loses_nothing() -> None:
    intake = Intake(5.0, RATE, 1, Pcm.INT16)
    intake.begin(0.0)
    data = encode(sound(5.5), Pcm.INT16)
    late = np.random.default_rng(1).exponential(0.03, 551)
    for number in range(551):  # ten milliseconds each, handed over up to a quarter of a second late
        intake.add(data[number * 160 : (number + 1) * 160], number * 0.01 + late[number])
    captured = intake.take().recording.captured_s
    assert captured == pytest.approx(5.0, abs=0.01), "two in a thousand would be a remark"


def test_a_moment_of_a_stream_is_told_by_the_least_late() -> None:
    assert origin([], 0.0) is None
    late = [(10.0 + at / 100 + (0.0 if at % 7 == 3 else 0.005 * (at % 5)), at / 100) for at in range(300)]
    assert origin(late, 10.0) == pytest.approx(10.0, abs=1e-6)
    lost = [(when, passed - (0.3 if passed > 1.0 else 0.0)) for when, passed in late]
    assert origin(lost, 11.1) == pytest.approx(10.3, abs=1e-6), "what was lost before has moved the rest"
    assert origin(late, 14.0) is None


@pytest.mark.parametrize("asleep_s", [0.0, 0.7, 4.0])
@pytest.mark.parametrize("late_s", [0.0, 0.05])
def test_a_sound_left_when_the_device_took_it_however_late_the_sink_began(asleep_s: float, late_s: float) -> None:
    told: list[float] = []
    now = 0.0
    lead = Lead(lambda: lead.runs(), lambda: told.append(now))
    assert lead.left_at() is None
    for poll in range(400):
        now = poll * 0.02 + late_s * (poll % 4)
        given = max(0.0, now - asleep_s)
        lead.taken.append((now, given - given % 0.005))
        if lead.silent_s is None and lead.ready():
            lead.began()
            lead.silent_s = given + 0.2  # what the sink holds ready
    assert len(told) == 1
    assert told[0] >= asleep_s + LEAD_S, "the sink runs first"
    assert lead.left_at() == pytest.approx(asleep_s + (lead.silent_s or 0.0), abs=0.006)


@pytest.mark.parametrize(("hole_s", "at_s"), [(0.0, 1.0), (0.04, 0.2), (0.04, 1.2)])
def test_a_sound_that_was_held_up_says_by_how_much(hole_s: float, at_s: float) -> None:
    lead = Lead(lambda: True, lambda: None, silent_s=0.5)
    assert lead.held_up_s(1.5) == 0.0
    for poll in range(150):
        now = poll * 0.0203
        taken = max(0.5, min(2.0, now - hole_s)) if now > 0.5 + at_s else now
        lead.taken.append((now, taken - taken % 0.02))  # blocks as long as the polls are apart: the worst
    assert lead.held_up_s(1.5) == pytest.approx(hole_s, abs=0.016)
    assert lead.left_at() == pytest.approx(0.5, abs=0.016), "its beginning is known all the same"


def test_a_take_that_waits_begins_when_it_is_told_and_knows_its_moments() -> None:
    intake = Intake(1.0, RATE, 1, Pcm.FLOAT32, waits=True)
    intake.begin(0.0)
    stream = np.arange(4 * RATE, dtype=np.float32) / (4 * RATE)
    for piece in range(400):
        now = (piece + 1) / 100 + 0.03 * (piece % 3 > 0)  # two of three are late
        intake.add(stream[piece * RATE // 100 : (piece + 1) * RATE // 100].tobytes(), now)
        if piece == 149:
            assert (intake.settled, intake.kept, intake.full, intake.level()) == (True, 0, False, None)
            intake.go()
    assert intake.full
    assert intake.frame_at(1.75) == RATE // 4
    assert intake.frame_at(99.0) is None
    take = intake.take(intake.frame_at(1.75))
    assert take.recording.samples[0, 0] == stream[round(1.5 * RATE)]
    assert take.since_played().samples[0, 0] == stream[round(1.75 * RATE)]


def test_levels_are_told_once_each_forty_milliseconds() -> None:
    intake = Intake(1.0, RATE, 1, Pcm.INT16)
    intake.begin(0.0)
    data = encode(sound(1.5), Pcm.INT16)
    levels = []
    for at in range(0, len(data), 160):  # ten milliseconds
        intake.add(data[at : at + 160], at / 16_000)
        if (level := intake.level()) is not None:
            levels.append(level)
    assert len(levels) == 25
    assert levels[5].rms_dbfs == pytest.approx(-15.05, abs=0.3)
    assert levels[5].peak_dbfs == pytest.approx(-12.04, abs=0.1)
    silent = Intake(0.1, RATE, 1, Pcm.INT16)
    silent.begin(0.0)
    silent.add(bytes(2 * RATE), 1.0)
    level = silent.level()
    assert level is not None
    assert level.rms_dbfs == -120.0


def code_of(error: pytest.ExceptionInfo[HeadsetError]) -> str:
    return error.value.code


def test_a_device_that_never_says_anything_is_given_up() -> None:
    intake = Intake(3.0, RATE, 1, Pcm.INT16)
    intake.begin(10.0)
    intake.check(9.9 + START_LIMIT_S)
    with pytest.raises(HeadsetError) as error:
        intake.check(10.1 + START_LIMIT_S)
    assert code_of(error) == "headset.stalled"


@pytest.mark.parametrize("seconds", [0.1, 1.2])
def test_a_device_that_stops_in_the_middle_is_given_up(seconds: float) -> None:
    intake = Intake(3.0, RATE, 1, Pcm.INT16)
    intake.begin(0.0)
    now = feed(intake, encode(sound(seconds), Pcm.INT16), seconds=seconds)
    intake.check(now + STALL_S - 0.1)
    with pytest.raises(HeadsetError) as error:
        intake.check(now + STALL_S + 0.1)
    assert code_of(error) == "headset.stalled"


def test_a_flood_and_a_trickle_are_no_microphone() -> None:
    flood = Intake(10.0, RATE, 1, Pcm.INT16)
    flood.begin(0.0)
    with pytest.raises(HeadsetError) as error:
        feed(flood, encode(sound(9.0), Pcm.INT16), seconds=9.0, pace=9.0 / (9.0 - AHEAD_S - START_LIMIT_S - 1.0))
    assert code_of(error) == "headset.dropouts"
    assert error.value.facts["flood"]
    trickle = Intake(10.0, RATE, 1, Pcm.INT16)
    trickle.begin(0.0)
    with pytest.raises(HeadsetError) as error:
        feed(trickle, encode(sound(8.0), Pcm.INT16), seconds=8.0, pace=0.5, pieces=100)
    assert code_of(error) == "headset.dropouts"
    assert error.value.facts["passed_s"] < error.value.facts["captured_s"] + LATE_S + 1.0


def test_numbers_that_are_none_become_silence() -> None:
    broken = sound(1.5)
    broken[9_000:9_010] = np.nan
    broken[9_010:9_020] = np.inf
    intake = Intake(1.0, RATE, 1, Pcm.FLOAT32)
    intake.begin(0.0)
    feed(intake, encode_raw(broken), seconds=1.5)
    assert np.isfinite(intake.take().recording.samples).all()


def encode_raw(samples: np.ndarray) -> bytes:
    return samples.astype("<f4").tobytes()


def test_what_was_taken_is_overwritten() -> None:
    intake = Intake(1.0, RATE, 1, Pcm.INT16)
    intake.begin(0.0)
    feed(intake, encode(sound(1.5), Pcm.INT16), seconds=1.5)
    take = intake.take()
    block = take.recording.samples
    since = take.since_played().samples
    assert np.abs(block).max() > 0.2
    intake.erase()
    assert np.abs(block).max() > 0.2, "it was handed over: whoever holds it erases it"
    take.erase()
    assert not block.any()
    assert not since.any()


@pytest.mark.parametrize(("have", "want"), [(1, 1), (1, 2), (2, 1), (1, 4), (2, 6), (4, 2)])
def test_channels_are_spread_and_joined(have: int, want: int) -> None:
    out = as_channels(sound(0.1, have), want)
    assert out.shape == (800, want)
    if have == 1 and want > 1:
        assert np.array_equal(out[:, 0], out[:, 1])
        assert not out[:, 2:].any()
    if (have, want) == (2, 6):
        assert np.array_equal(out[:, :2], sound(0.1, 2))
        assert not out[:, 2:].any()


def test_what_is_played_never_wraps_around() -> None:
    loud = np.full((10, 1), 3.0, np.float32)
    for kind in (Pcm.UINT8, Pcm.INT16, Pcm.INT32, Pcm.FLOAT32):
        back = Recording.from_pcm(encode(loud, kind), kind, 1, RATE).samples
        assert back.min() > 0.98
        back = Recording.from_pcm(encode(-loud, kind), kind, 1, RATE).samples
        assert back.max() <= -1.0

"""What is played, and what a take says: the only module of this step that needs numpy. It is imported off the loop, when it is wanted."""

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.acoustics import echo, noise, verdict, wav
from app.core.acoustics.analysis import VoiceMeasures, analyse_echo, analyse_voice
from app.core.acoustics.recording import Recording
from app.core.errors import AudioError, HeadsetError
from app.core.headset import Take
from app.steps.headset.acts import Found

RATE_HZ = 48_000
DIGITS = 3
GAP_S = 0.35
LEAD_S = 0.25
"""Silence before a sound: an ear piece that sleeps swallows the beginning."""
SWEEP_S, SWEEP_TAIL_S = echo.SWEEP_S, 1.2
"""What a sink holds ready before the sweep, and the longest delay after it."""
FADE_S = 0.05
STILL_S, MUTED_LEAST_S = 0.02, 0.5
_BY_A_BUSY_PC = frozenset({"headset.dropouts", "headset.high_latency"})
LEVEL_DBFS, PEAK_DBFS = -26.0, -14.0
"""No louder than the voice of a call, whose peaks stand 12 dB above it; another voice that peaks higher is made softer as a whole."""


def draw_digits(before: Sequence[int] = ()) -> tuple[int, ...]:
    """Three different digits, none where it stood the time before."""
    while True:
        drawn = tuple(random.SystemRandom().sample(range(10), DIGITS))
        if not any(a == b for a, b in zip(drawn, before, strict=False)):
            return drawn


def said_digits(folder: Path, digits: Sequence[int], side: str) -> Recording:
    """The digits of `folder` (0.wav to 9.wav) one after another, on one side. Errors: HeadsetError `headset.could_not_check`."""
    pieces: list[NDArray[np.float32]] = [_silence(LEAD_S)]
    for digit in digits:
        pieces += [_levelled(_read(folder / f"{digit}.wav")), _silence(GAP_S)]
    mono = np.concatenate(pieces)
    sides = np.zeros((len(mono), 2), np.float32)
    sides[:, 0 if side == "left" else 1] = mono
    return Recording(sides, RATE_HZ)


def swept() -> Recording:
    return echo.sweep(RATE_HZ)


def _silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def _read(path: Path) -> NDArray[np.float32]:
    try:
        found = wav.decode(path.read_bytes())
    except (OSError, AudioError) as error:
        raise HeadsetError("headset.could_not_check", file=path.name, reason=str(error)) from error
    return found.resampled(RATE_HZ).voice_channel().astype(np.float32)


def _levelled(x: NDArray[np.float32]) -> NDArray[np.float32]:
    power = float(np.sqrt(np.mean(np.square(x, dtype=np.float64)))) if len(x) else 0.0
    if power <= 0.0:
        return x
    x = x * np.float32(10.0 ** (LEVEL_DBFS / 20.0) / power)
    fade = min(len(x) // 4, round(FADE_S * RATE_HZ))
    ramp = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    x[:fade] *= ramp
    x[len(x) - fade :] *= ramp[::-1]
    over = float(np.max(np.abs(x))) / 10.0 ** (PEAK_DBFS / 20.0)
    return x / np.float32(over) if over > 1.0 else x


def judge_silence(take: Take, limits: verdict.Limits) -> Found:
    """A room without a voice. Blocking. Digital silence is no fault here: a headset that cuts noise gives it; the voice tells."""
    recording = take.recording
    x = recording.voice_channel()
    level = noise.measure(x, recording.rate_hz)
    facts = {"noise_dbafs": _rounded(level.dbafs), "noise_dbfs": _rounded(level.dbfs)}
    worst = limits.noise_dbafs_max
    too_loud = worst is not None and level.dbafs is not None and level.dbafs > worst
    return Found({k: v for k, v in facts.items() if v is not None}, (("headset.noisy", "failed"),) if too_loud else ())


def muted_s(take: Take, silence: Take | None) -> float:
    """The longest time, of half a second or more, in which the microphone gave nothing at all though it is one that hears its room."""
    if silence is None or not silence.recording.frames:
        return 0.0
    step = 1.01 * take.recording.step

    def still(recording: Recording) -> NDArray[np.bool_]:
        x, size = recording.voice_channel(), round(STILL_S * recording.rate_hz)
        frames = x[: len(x) // size * size].reshape(-1, size)
        return np.asarray(np.ptp(frames, axis=1) <= 2 * step)

    if np.any(still(silence.recording)):
        return 0.0  # a headset that cuts noise is silent between words as well
    edges = np.flatnonzero(np.diff(np.concatenate(([False], still(take.recording), [False])).astype(np.int8)))
    longest = float(np.max(edges[1::2] - edges[::2], initial=0)) * STILL_S
    return round(longest, 1) if longest >= MUTED_LEAST_S else 0.0


def judge_voice(take: Take, silence: Take | None, limits: verdict.Limits) -> Found:
    """Blocking, about a tenth of a second."""
    measures = analyse_voice(take.recording, silence.recording if silence is not None else None)
    findings = verdict.judge(measures, limits)
    wrong = _excused(findings, take)
    facts = _voice_facts(measures) | _held_up(take)
    cut = 0.0 if measures.muted else muted_s(take, silence)
    if cut:
        # What was cut off is missing, and shows as holes: the cause is said, not its effect.
        wrong = [pair for pair in wrong if pair[0] not in ("headset.dropouts", "headset.pc_busy")]
        wrong.append(("headset.muted_part", "warning"))
        facts["muted_s"] = cut
    return Found(facts, tuple(wrong))


def judge_echo(take: Take, limits: verdict.Limits) -> Found:
    """Blocking."""
    measures = analyse_echo(swept(), take.since_played())
    findings = verdict.judge(measures, limits)
    facts = {f"echo_{name}" if name in ("found", "delay_ms", "psr_db") else name: value for name, value in measures.facts().items()}
    return Found(facts | _held_up(take), tuple(_excused(findings, take)))


def _excused(findings: Sequence[verdict.Finding], take: Take) -> list[tuple[str, str]]:
    """What a busy PC does to a take by itself is not held against the headset: it is said, and the take is done once more."""
    return [
        ("headset.pc_busy", "could_not_check" if f.severity is verdict.Severity.FAILED else f.severity.value)
        if take.pc_was_busy and f.code in _BY_A_BUSY_PC
        else (f.code, f.severity.value)
        for f in findings
    ]


def _held_up(take: Take) -> dict[str, object]:
    return {"held_up_ms": round(1000 * take.held_up_s)} if take.pc_was_busy else {}


def _voice_facts(measures: VoiceMeasures) -> dict[str, object]:
    return {name: value for name, value in measures.facts().items() if value is not None and value != ""}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)

"""Every measure of a take at once. Blocking (about a tenth of a second for 15 s at 48 kHz): call it off the loop."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from app.core.acoustics import bandwidth, channels, clipping, dropouts, echo, mute, noise, speech_level
from app.core.acoustics.bandwidth import Bandwidth
from app.core.acoustics.mute import Mute
from app.core.acoustics.recording import Recording

SHORTEST_S = 3.0
"""A level of less speech than this says little (up to 2 dB off; 10 s: half a decibel)."""

_DIGITS = {"seconds": 3, "clipped_percent": 4, "clipped_runs_per_s": 2, "clock_error_percent": 3, "dropped_percent": 3}


@dataclass(frozen=True)
class VoiceMeasures:
    """Figures of a spoken take. None: cannot be known from what was given."""

    rate_hz: int
    channels: int
    seconds: float
    too_short: bool
    """Less than three seconds."""
    active_speech_level_dbov: float | None
    """ITU-T P.56, constant part taken off first."""
    activity_percent: float | None
    level_dbov: float | None
    """Of the whole take, pauses included."""
    peak_dbfs: float | None
    noise_dbafs: float | None
    """A-weighted (IEC 61672-1)."""
    noise_dbfs: float | None
    """Unweighted, as the signal-to-noise ratio takes it."""
    noise_from: str | None
    """silence (a take of its own), pauses (between the words: a guess), or None."""
    snr_db: float | None
    clipped_runs_per_s: float
    clipped_percent: float
    clipping: str
    """none, full_scale, plateau."""
    bandwidth: Bandwidth | None
    high_band_snr_db: float | None
    muted: bool
    mute: Mute
    hum: bool | None
    """Most of a silent take is mains, and loud enough to be heard. None: no silent take."""
    hum_share_db: float | None
    hum_dbfs: float | None
    mono: bool
    left_dbfs: float | None
    right_dbfs: float | None
    missing_side: str
    """left, right, both, or empty."""
    clock_error_percent: float | None
    zero_runs: int
    repeated_blocks: int
    dropped_percent: float
    invalid_samples: int

    def facts(self) -> dict[str, Any]:
        """The figures as JSON values, rounded to what they are worth."""
        return _facts(self)


@dataclass(frozen=True)
class EchoMeasures:
    """Figures of a sweep played and recorded."""

    found: bool
    """The sweep was heard. If not, the coupling loss is at least what is given."""
    delay_ms: float | None
    psr_db: float
    coupling_loss_db: float | None

    def facts(self) -> dict[str, Any]:
        return _facts(self)


HUM_SHARE_DB = -3.0
HUM_DBFS = -60.0
"""Hum is half of what is heard in silence, and above this."""


def analyse_voice(voice: Recording, silence: Recording | None = None) -> VoiceMeasures:
    """`voice`: somebody reading aloud; `silence`: the same microphone in the same room while nobody speaks."""
    x = voice.voice_channel()
    sides = channels.measure(voice)
    muted = mute.measure(x, voice.rate_hz, voice.step)
    lost = dropouts.measure(x, voice.rate_hz, voice.captured_s, voice.step)
    clipped = clipping.measure(x, voice.rate_hz, voice.step)
    peak = float(np.max(np.abs(x))) if len(x) else 0.0
    x = x - x.mean() if len(x) else x
    level = speech_level.measure(x, voice.rate_hz)
    quiet = silence.voice_channel() if silence is not None and silence.frames else None
    if silence is not None and quiet is not None:
        floor, noise_from = noise.measure(quiet, silence.rate_hz), "silence"
        mains = noise.hum(quiet, silence.rate_hz)
    else:
        floor, noise_from = noise.in_pauses(x, voice.rate_hz), "pauses"
        mains = noise.Hum(None, None)
    known = level.active_dbov is not None and floor.dbfs is not None
    band = bandwidth.measure(x, voice.rate_hz, quiet, silence.rate_hz if silence is not None else 0) if muted is Mute.NONE else None
    return VoiceMeasures(
        rate_hz=voice.rate_hz,
        channels=voice.channels,
        seconds=voice.seconds,
        too_short=voice.seconds < SHORTEST_S,
        active_speech_level_dbov=level.active_dbov,
        activity_percent=None if level.activity is None else 100.0 * level.activity,
        level_dbov=level.mean_dbov,
        peak_dbfs=20.0 * float(np.log10(peak)) if peak > 0.0 else None,
        noise_dbafs=floor.dbafs,
        noise_dbfs=floor.dbfs,
        noise_from=noise_from if floor.dbfs is not None else None,
        snr_db=noise.signal_to_noise_db(level.active_dbov or 0.0, floor.dbfs or 0.0) if known else None,
        clipped_runs_per_s=clipped.runs_per_s,
        clipped_percent=clipped.percent,
        clipping=clipped.kind,
        bandwidth=band.kind if band else None,
        high_band_snr_db=band.high_over_noise_db if band else None,
        muted=muted is not Mute.NONE,
        mute=muted,
        hum=None if mains.share_db is None or mains.dbfs is None else mains.share_db > HUM_SHARE_DB and mains.dbfs > HUM_DBFS,
        hum_share_db=mains.share_db,
        hum_dbfs=mains.dbfs,
        mono=sides.mono,
        left_dbfs=sides.left_dbfs,
        right_dbfs=sides.right_dbfs,
        missing_side=sides.missing,
        clock_error_percent=lost.clock_error_percent,
        zero_runs=lost.zero_runs,
        repeated_blocks=lost.repeated_blocks,
        dropped_percent=lost.dropped_percent,
        invalid_samples=voice.invalid_samples,
    )


def analyse_echo(played: Recording, recorded: Recording) -> EchoMeasures:
    """`played`: what was handed to the ear piece (`echo.sweep`); `recorded`: what the microphone took from that moment on, half a
    second longer than `played` at least. Another rate of `played` is brought to that of `recorded`.
    """
    heard = recorded.voice_channel()
    given = played.resampled(recorded.rate_hz).voice_channel()
    return EchoMeasures(*echo.measure(given, heard - heard.mean() if len(heard) else heard, recorded.rate_hz))


def _facts(measures: VoiceMeasures | EchoMeasures) -> dict[str, Any]:
    values = ((f.name, getattr(measures, f.name)) for f in fields(measures))
    return {name: _json(value, _DIGITS.get(name, 2)) for name, value in values}


def _json(value: Any, digits: int) -> Any:
    if isinstance(value, str):
        return str(value)
    # + 0.0: no figure is « -0.0 »
    return round(value, digits) + 0.0 if isinstance(value, float) else value

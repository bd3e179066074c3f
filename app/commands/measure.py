"""`marhaba measure SPEECH.wav [--silence ROOM.wav]`: the figures of the headset step, of a recording on disk. Nothing is kept or sent."""

import argparse
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

from app.core.errors import AudioError

MOST_BYTES = 256 * 2**20

_REASONS = {
    "audio.not_wav": "not a WAV file",
    "audio.truncated": "cut short: the file holds less than its header says",
    "audio.format": "its header makes no sense",
    "audio.unsupported": "not PCM: only 8, 16, 24 and 32 bits and floats are read",
    "audio.empty": "no sound in it",
    "audio.too_big": "too big: five minutes at 48 kHz are the most",
}
_ROWS = (
    ("active speech level", "active_speech_level_dbov", "dBov"),
    ("activity", "activity_percent", "%"),
    ("level, pauses included", "level_dbov", "dBov"),
    ("peak", "peak_dbfs", "dBFS"),
    ("noise", "noise_dbafs", "dBFS(A)"),
    ("noise, unweighted", "noise_dbfs", "dBFS"),
    ("noise taken from", "noise_from", ""),
    ("signal to noise", "snr_db", "dB"),
    ("clipped runs", "clipped_runs_per_s", "/s"),
    ("clipped samples", "clipped_percent", "%"),
    ("clipping", "clipping", ""),
    ("bandwidth", "bandwidth", ""),
    ("mute", "mute", ""),
    ("hum", "hum", ""),
    ("hum share", "hum_share_db", "dB"),
    ("left", "left_dbfs", "dBFS"),
    ("right", "right_dbfs", "dBFS"),
    ("holes", "zero_runs", ""),
    ("repeated blocks", "repeated_blocks", ""),
    ("dropped", "dropped_percent", "%"),
)


def main(argv: list[str]) -> int:
    """0 when it was measured, whatever the figures say; 2 when a file could not be read, with the reason on stderr."""
    parser = argparse.ArgumentParser(prog="marhaba measure", description="Print the measures of a recording of a headset.")
    parser.add_argument("speech", type=Path, metavar="SPEECH.wav", help="somebody reading aloud, ten seconds or more")
    parser.add_argument("--silence", type=Path, metavar="ROOM.wav", help="the same microphone while nobody speaks, three seconds")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file's name need not be text the terminal knows
    from app.core.acoustics.analysis import SHORTEST_S, analyse_voice
    from app.core.acoustics.recording import Recording
    from app.core.acoustics.wav import decode

    takes: list[Recording | None] = []
    for path in (options.speech, options.silence):
        try:
            takes.append(decode(_read(path)) if path is not None else None)
        except AudioError as error:
            return _refused(path, _REASONS.get(error.code, error.code), error.facts)
        except (OSError, ValueError, MemoryError) as error:  # ValueError: a name with a null in it
            return _refused(path, getattr(error, "strerror", None) or str(error) or "not enough memory", {})
    speech, silence = takes
    if speech is None:
        return 2
    measures = analyse_voice(speech, silence)
    if measures.too_short:
        print(
            f"marhaba measure: {options.speech}: {speech.seconds:.1f} s is too short for a sure level, {SHORTEST_S:g} s at least",
            file=sys.stderr,
        )
    facts = measures.facts()
    if options.json:
        named = {"file": str(options.speech), "silence": str(options.silence) if options.silence else None}
        _say(json.dumps({**named, **facts}, indent=2))
    else:
        _say(_table(options.speech, facts))
    return 0


def _say(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:  # whoever reads has read enough; Python would say so again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _read(path: Path) -> bytes:
    """Errors: OSError; AudioError `audio.too_big`."""
    with path.open("rb") as file:
        head = file.read(4)
        if head != b"RIFF":  # whatever it is, it need not be read to the end, if it has one
            return head
        size = os.fstat(file.fileno()).st_size  # 0: a pipe
        data = head if size > MOST_BYTES else head + file.read(MOST_BYTES)
    if max(size, len(data)) > MOST_BYTES:
        raise AudioError("audio.too_big", megabytes=f"over {MOST_BYTES // 2**20}")
    return data


def _refused(path: Path, reason: str, facts: dict[str, Any]) -> int:
    details = ", ".join(f"{name} {value}" for name, value in facts.items())
    print(f"marhaba measure: {path}: {reason}" + (f" ({details})" if details else ""), file=sys.stderr)
    return 2


def _table(path: Path, facts: dict[str, Any]) -> str:
    channels = {1: "mono", 2: "stereo"}.get(facts["channels"], f"{facts['channels']} channels")
    lines = [f"{path}: {facts['seconds']:g} s, {facts['rate_hz']} Hz, {channels}"]
    for label, name, unit in _ROWS:
        value = facts[name]
        shown = "-" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else f"{value} {unit}".strip()
        lines.append(f"  {label:<24}{shown}")
    return "\n".join(lines)

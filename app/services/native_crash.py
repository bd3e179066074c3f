"""What is left of a run that died inside C code (Qt, a driver): no crash page could tell of it, so the next run does."""

import faulthandler
import re
from contextlib import suppress
from pathlib import Path
from typing import TextIO

NAME = "native-crash.txt"
LAST = "native-crash-last.txt"
"""The newest trace is kept under this name, for whoever looks into it."""
PLACES = 5

# Windows also tells of errors that somebody then handles (COM does); those end no process.
_DEADLY = re.compile(r"^(Fatal Python error: .+|Windows fatal exception: (?:access violation|stack overflow|int divide by zero)).*$", re.M)
_PLACE = re.compile(r'^  File ".*?([^/\\"]+[/\\][^/\\"]+)", line (\d+) in (.+)$', re.M)
_file: TextIO | None = None


def take_up(directory: Path) -> str:
    """How the run before died: the error and the innermost places, "" if it did not. Watches this run from here on. Blocks.

    Not where the folder cannot be written, nor where whoever started the program watches it himself (PYTHONFAULTHANDLER).
    """
    global _file
    path = directory / NAME
    found = ""
    with suppress(OSError):
        found = _told(path.read_text("utf-8", "replace"))
        path.replace(directory / LAST)
    if not faulthandler.is_enabled():
        with suppress(OSError):
            directory.mkdir(parents=True, exist_ok=True)
            _file = path.open("w", encoding="utf-8")
            faulthandler.enable(_file)
    return found


def leave(directory: Path) -> None:
    """This run ends as it should."""
    global _file
    if _file is not None:
        faulthandler.disable()
        _file.close()
        _file = None
        with suppress(OSError):
            (directory / NAME).unlink()


def _told(trace: str) -> str:
    deadly = list(_DEADLY.finditer(trace))
    if not deadly:
        return ""
    current = trace.find("Current thread", deadly[-1].end())
    places = _PLACE.findall(trace, max(current, deadly[-1].end()))
    return " < ".join([deadly[-1][1], *(f"{path}:{line} {name}" for path, line, name in places[:PLACES])])

"""A run that dies inside C code leaves a trace, and the next one tells of it, once."""

import subprocess
import sys
from pathlib import Path

from app.services import native_crash

PROGRAM = """
import ctypes, sys
from pathlib import Path
from app.services import native_crash
assert native_crash.take_up(Path(sys.argv[1])) == ""
def draws_the_page():
    ctypes.string_at(0)
if sys.argv[2] == "dies":
    draws_the_page()
native_crash.leave(Path(sys.argv[1]))
"""


def ran(folder: Path, how: str) -> int:
    return subprocess.run([sys.executable, "-c", PROGRAM, str(folder), how], timeout=60, check=False, capture_output=True).returncode


def test_a_run_that_died_is_told_once_and_its_trace_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    assert ran(folder, "dies") < 0
    told = native_crash.take_up(folder)
    native_crash.leave(folder)
    assert told.startswith("Fatal Python error: Segmentation fault < ")
    assert "ctypes/__init__.py" in told
    assert str(Path.home()) not in told, "whose PC it is, is nobody's business"
    assert "draws_the_page" in (folder / native_crash.LAST).read_text("utf-8")
    assert native_crash.take_up(folder) == ""
    native_crash.leave(folder)


def test_a_run_that_ended_as_it_should_leaves_nothing(tmp_path: Path) -> None:
    assert ran(tmp_path, "ends") == 0
    assert list(tmp_path.iterdir()) == []


def test_what_windows_tells_and_somebody_handles_is_no_crash(tmp_path: Path) -> None:
    trace = 'Windows fatal exception: code 0x8001010d\n\nCurrent thread 0x1 (most recent call first):\n  File "a/b.py", line 3 in c\n'
    (tmp_path / native_crash.NAME).write_text(trace, encoding="utf-8")
    assert native_crash.take_up(tmp_path) == ""
    (tmp_path / native_crash.NAME).write_text(trace + trace.replace("code 0x8001010d", "access violation"), encoding="utf-8")
    assert native_crash.take_up(tmp_path) == "Windows fatal exception: access violation < a/b.py:3 c"
    native_crash.leave(tmp_path)


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file, where the folder should be")
    assert native_crash.take_up(tmp_path / "logs") == ""
    native_crash.leave(tmp_path / "logs")

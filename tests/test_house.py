"""Rules of the house that import-linter cannot see."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "app").rglob("*.py"))
LONGEST = 420
"""Lines. « About 400 »: past it a file is cut in two by what it is about."""


def _found(pattern: str, *, but: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        if path.relative_to(ROOT).as_posix() not in but
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if re.search(pattern, line.partition("#")[0])
    ]


def test_no_modal_dialog_is_run() -> None:
    # The first picture is drawn by Qt's own loop, before there is a task it could get in the way of.
    assert _found(r"\.exec\(", but=("app/ui/aio.py",)) == []


def test_nobody_turns_the_event_loop_by_hand() -> None:
    assert _found(r"processEvents") == []


def test_nobody_lets_other_threads_collect_garbage() -> None:
    assert _found(r"\bgc\.enable\(", but=("app/ui/garbage.py",)) == []


@pytest.mark.parametrize(("module", "door"), [("requests", "app/services/backend_api.py"), ("keyring", "app/services/secrets.py")])
def test_one_door_to_each_slow_library(module: str, door: str) -> None:
    # The self-test names the keyring it finds; it runs no step. huawei-lte-api takes a requests session and nothing else: the box's
    # client hands it one whose only adapter is our own bounded wire (app/system/box/wire.py).
    assert _found(rf"^\s*(import|from) {module}\b", but=(door, "app/commands/self_test.py", "app/system/box/hilink.py")) == []


def test_no_file_is_past_about_400_lines() -> None:
    long = {str(path.relative_to(ROOT)): count for path in SOURCES if (count := len(path.read_text("utf-8").splitlines())) > LONGEST}
    assert long == {}


def test_no_module_is_named_for_nothing() -> None:
    assert [
        str(path.relative_to(ROOT)) for path in SOURCES if path.stem in {"util", "utils", "common", "helper", "helpers", "manager"}
    ] == []


def test_nothing_is_left_to_do_in_the_code() -> None:
    assert [f"{path.relative_to(ROOT)}" for path in SOURCES if re.search(r"\b(TODO|FIXME|XXX)\b", path.read_text("utf-8"))] == []

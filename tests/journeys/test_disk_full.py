"""The profile's disk fills up: the step is not shown as done, the words say why, and once there is room it is recorded, once."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.commands import demo
from app.services.content import load_pack
from tests.journeys.conftest import CONTENT, KillableBackend, finished, in_french, wait_for
from tests.journeys.person import Person


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """To the last byte."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        while os.statvfs(disk).f_bavail:
            file.write(b"\0" * 4096)
    return ballast


@pytest.mark.slow
def test_a_full_disk_is_said_and_nothing_is_shown_as_done(
    backend: KillableBackend, sit_down: Callable[..., Person], tmp_path: Path, small_disk: Path
) -> None:
    served = backend.start()
    settings = demo.write_settings(served, tmp_path, "fr")
    person = sit_down(settings, small_disk / "profile")
    person.do("welcome")
    person.do("pair", served.command("agents", "code", "20417"))
    person.do("kit", person.seen["kit_asked"])
    wait_for(lambda: person.look()["waiting"] == 0, "what was done to be sent")
    ballast = fill(small_disk)
    before = person.look()
    advice = load_pack(CONTENT, "fr").advice["journal.unwritable"]
    assert advice.actions

    for _ in range(2):
        person.do("press_until_advice") if not person.seen["advice"] else person.do("try_again")
        assert person.seen["advice"] == "journal.unwritable"
        assert person.seen["title"] == advice.title
        assert person.seen["why"] == advice.meaning
        wait_for(lambda: person.look()["advice_words"] == [action.title for action in advice.actions], "what to do now")
        assert person.seen["advice_button"] == in_french("Try again")
        assert person.seen["step"] == "identity"
        assert list(person.seen["done"]) == ["welcome"]
        assert person.seen["sequence"] == before["sequence"]
    assert finished(backend.stored()) == ["welcome"]

    ballast.unlink()
    person.do("try_again")
    wait_for(lambda: person.look()["step"] == "guidelines", "the next step")
    assert person.seen["advice"] == ""
    assert list(person.seen["done"]) == ["welcome", "identity"]
    wait_for(lambda: person.look()["waiting"] == 0, "everything to be sent")
    assert person.close() == 0
    assert finished(backend.stored()) == ["welcome", "identity"]
    assert backend.report("20417")["chain"] == "unbroken"


@pytest.mark.slow
def test_a_disk_that_is_full_from_the_start_is_said_on_the_terminal(backend: KillableBackend, tmp_path: Path, small_disk: Path) -> None:
    served = backend.start()
    settings = demo.write_settings(served, tmp_path, "fr")
    fill(small_disk)
    command = [sys.executable, "-m", "app", "--settings", str(settings), "--profile", str(small_disk / "profile")]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert "marhaba: journal.unwritable" in done.stderr
    assert "Traceback" not in done.stderr

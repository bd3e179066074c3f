"""How somebody wants the program to look outlives the program."""

from pathlib import Path

import pytest

from app.services import look
from app.services.look import Look


def test_a_choice_is_there_at_the_next_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert look.read(data) == Look()
    look.write(data, Look("dark", 1.5))
    assert look.read(data) == Look("dark", 1.5)
    assert [path.name for path in data.iterdir()] == ["look.json"]


@pytest.mark.parametrize("broken", [b"", b"[]", b"{", b'{"theme":"dark"}', b'{"theme":"dark","text_scale":[]}', b"\xff\xfe"])
def test_a_broken_file_is_no_choice(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / "look.json").write_bytes(broken)
    assert look.read(tmp_path) == Look()


def test_a_disk_that_takes_nothing_costs_the_choice_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "data").touch()
    look.write(tmp_path / "data", Look("dark", 2.0))
    assert "not kept" in caplog.text

import errno
import io
import logging
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.contracts import readable_code
from app.services import logs
from app.services.logs import KEPT, MAX_BYTES, hide_secrets, start, tail

TOKEN = "mt1_q8Zf-abcDEF123.xyz~456+78/9=="
CODE = readable_code.new_code()


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, given back as it was."""
    logger = logging.getLogger()
    level, handlers, quiet = logger.level, list(logger.handlers), logging.getLogger("urllib3").level
    yield logger
    for handler in set(logger.handlers) - set(handlers):
        handler.close()
        logger.removeHandler(handler)
    logger.setLevel(level)
    logging.getLogger("urllib3").setLevel(quiet)


class FullDisk(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_does_not_fill_the_terminal(root: logging.Logger, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    start(tmp_path)
    handler = root.handlers[-1]
    assert isinstance(handler, logging.StreamHandler)
    handler.stream.close()
    handler.stream = FullDisk()
    handler.handle(logging.makeLogRecord({"msg": "lost"}))
    assert capsys.readouterr().err == ""
    handler.stream = io.StringIO()
    handler.handle(logging.makeLogRecord({"msg": "%d", "args": ("a mistake in the program",)}))
    assert "a mistake in the program" in capsys.readouterr().err, "this is no fault of the disk"


@pytest.mark.parametrize(
    "line",
    [
        f"Authorization: Bearer {TOKEN}",
        f"{{'Authorization': 'bearer  {TOKEN}'}}",
        f'{{"device_id": "d", "token": "{TOKEN}", "agent": {{}}}}',
        f'{{"token":"{TOKEN}"}}',
        f'body: "{{\\"token\\": \\"{TOKEN}\\"}}"',
        f"token={TOKEN}",
        f"Token: {TOKEN}",
        f"device-token = '{TOKEN}'",
        f"password: {TOKEN}",
        f"proof={TOKEN}",
        f"https://it.example/x?token={TOKEN}&y=1",
    ],
)
def test_a_token_is_hidden_wherever_it_stands(line: str) -> None:
    hidden = hide_secrets(line)
    assert TOKEN not in hidden
    assert TOKEN[:8] not in hidden
    assert "hidden" in hidden


@pytest.mark.parametrize("write", [str, str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " ")])
def test_an_activation_code_is_hidden_as_people_write_it(write: Callable[[str], str]) -> None:
    code = write(CODE)
    for line in (f"redeeming {code} at once", f'{{"code":"{code}"}}', f"code {code}", f"({code})"):
        assert code not in hide_secrets(line), line


def test_a_pin_is_hidden_though_it_is_short() -> None:
    assert "4711" not in hide_secrets('"pin": "4711"')


@pytest.mark.parametrize(
    "line",
    [
        "batch of 3 refused: event.gap {'status': 409, 'expected_sequence': 7}",
        "event 0197a3c2-1b2c-7d3e-8f4a-5b6c7d8e9f00 refused: event.kind_unknown",
        "journal damaged: set aside as journal.db.damaged-20260101T000000000000, 41 rows kept",
        "the line changed: down",
        "backend not reached: backend.unreachable {'error': 'ConnectionError'}",
    ],
)
def test_what_is_no_secret_stays_readable(line: str) -> None:
    assert hide_secrets(line) == line


def test_nothing_secret_reaches_the_file_not_even_by_an_exception(tmp_path: Path, root: logging.Logger) -> None:
    assert start(tmp_path / "logs")
    log = logging.getLogger("somewhere")
    log.info("sent %s with %r", {"Authorization": f"Bearer {TOKEN}"}, {"token": TOKEN})
    try:
        raise RuntimeError(f"no: Bearer {TOKEN} for {CODE}")
    except RuntimeError:
        log.exception("failed")
    log.debug("not written")
    text = (tmp_path / "logs" / "marhaba.log").read_text("utf-8")
    assert TOKEN not in text
    assert CODE not in text
    assert "RuntimeError: no: Bearer [hidden]" in text
    assert "not written" not in text
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO somewhere: sent", text)
    assert tail(tmp_path / "logs", 2) == "\n".join(text.splitlines()[-2:])


def test_the_log_stays_within_its_bounds(tmp_path: Path, root: logging.Logger) -> None:
    assert start(tmp_path)
    log = logging.getLogger("somewhere")
    for _ in range((KEPT + 3) * MAX_BYTES // 10_000):
        log.info("x" * 9_900)
    log.info("the last line")
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["marhaba.log", *(f"marhaba.log.{n}" for n in range(1, KEPT + 1))]
    assert all(path.stat().st_size <= MAX_BYTES for path in tmp_path.iterdir())
    assert tail(tmp_path, 1).endswith("the last line")


def test_where_no_log_can_be_written_the_wizard_goes_on(tmp_path: Path, root: logging.Logger) -> None:
    before = list(root.handlers)
    (tmp_path / "file").touch()
    assert not start(tmp_path / "file")
    (tmp_path / "logs" / "marhaba.log").mkdir(parents=True)
    assert not start(tmp_path / "logs")
    assert root.handlers == before
    assert tail(tmp_path / "nowhere") == ""


def test_a_directory_that_may_not_be_written_is_noticed_at_once() -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to become another user")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        program = f"""
import logging, os
from pathlib import Path
from app.services import logs
os.setgroups([]); os.setgid(65534); os.setuid(65534)
print(logs.start(Path({place!r})))
logging.getLogger().warning("x")
"""
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout.strip() == "False"
        assert "Traceback" not in done.stderr


def test_the_kept_size_is_modest() -> None:
    assert logs.MAX_BYTES * (logs.KEPT + 1) < 5 * 1024 * 1024

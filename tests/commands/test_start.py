"""The start: what it may bring in before the first picture, and what the picture is made from."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.contracts.journey import decode_journey
from app.contracts.languages import LANGUAGES
from app.services import cover
from app.steps import catalog
from app.ui.resources import resource
from tests.steps.fakes import pack

LATER = {
    "asyncio", "cryptography", "http.client", "keyring", "logging.handlers", "markdown_it", "msgspec", "numpy", "platformdirs", "qasync",
    "requests", "socket", "sqlite3", "ssl", "tomllib", "truststore",
    "PySide6.QtDBus", "PySide6.QtMultimedia", "PySide6.QtNetwork", "PySide6.QtPdf", "PySide6.QtSvg", "PySide6.QtTest",
    "app.backend", "app.contracts.events", "app.core.content", "app.services.store", "app.system", "app.wiring.services",
}  # fmt: skip

PROGRAM = """
import json, os, sys
from app import __main__
from app.ui import lean_qt
lean_qt.prepare()
from app.ui import aio, theme
first_picture = aio.first_picture
def looked(window):
    first_picture(window)
    page = window.stage.holder.current()
    print(json.dumps({
        "modules": list(sys.modules), "title": window.stage.title.text(), "page": type(page).__module__,
        "rail": [row.entry.title for row in window.rail.rows if not row.isHidden()], "primary": window.foot.primary.text(),
        "look": [theme.current().name, theme.current().scale],
    }), flush=True)
    os._exit(0)
aio.first_picture = looked
__main__.main(["--profile", sys.argv[1], "--lang", "en"])
"""


def begun(profile: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(profile)],
        capture_output=True, text=True, timeout=60, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_first_picture_of_a_fresh_pc_waits_for_nothing_it_does_not_show(tmp_path: Path) -> None:
    found = begun(tmp_path)
    assert LATER & set(found["modules"]) == set()
    steps = [name.split(".")[2] for name in found["modules"] if name.startswith("app.steps.") and name.split(".")[2] in catalog.STEPS]
    assert set(steps) == {"welcome"}, "a step that nobody opened was imported"


def test_the_first_picture_is_the_page_itself(tmp_path: Path) -> None:
    found = begun(tmp_path)
    assert found["page"] == "app.steps.welcome.page"
    assert found["title"]
    assert found["primary"]
    titles = pack("en").step_titles
    wanted = [step.id for step in decode_journey(resource("content/journeys/start.json").read_text("utf-8")).steps]
    assert found["rail"] == [titles[step] for step in wanted if step in catalog.STEPS]


def test_the_cover_says_what_journey_and_texts_say(tmp_path: Path) -> None:
    journey = decode_journey(resource("content/journeys/start.json").read_text("utf-8"))
    cover.write(tmp_path / "cover.json", journey, [pack(language) for language in LANGUAGES])
    found = cover.read(tmp_path / "cover.json")
    assert found is not None
    assert found.steps == [step.id for step in journey.steps]
    assert found.helpdesk_phone == journey.helpdesk_phone
    for language in LANGUAGES:
        assert found.titles[language] == pack(language).step_titles
    for step in journey.steps:
        assert found.limits.get(step.id, {}) == step.limits


def test_a_cover_that_is_missing_or_broken_is_no_cover(tmp_path: Path) -> None:
    path = tmp_path / "cover.json"
    assert cover.read(path) is None
    for broken in ("", "[]", '{"steps": 3}', '{"steps": [], "titles": {}, "limits": {}}', "null"):
        path.write_text(broken)
        assert cover.read(path) is None


def test_a_look_that_was_chosen_is_there_in_the_first_picture(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "look.json").write_text('{"theme": "contrast", "text_scale": 2.0}')
    found = begun(tmp_path)
    assert found["look"] == ["contrast", 2.0]
    assert LATER & set(found["modules"]) == set()
    assert begun(tmp_path / "another")["look"] == ["light", 1.0]

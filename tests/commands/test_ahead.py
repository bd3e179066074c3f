"""What is made ahead: the pages of a journey wait for no file and for no other thread when they are opened."""

import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.services.places import Places
from app.services.settings import Settings
from app.ui import pictures
from app.ui.aio import in_thread
from app.ui.resources import resource
from app.wiring import Wizard
from app.wiring.context import WizardContext, _Port

Run = Callable[[Coroutine[Any, Any, Any]], Any]
PORTS = {name for name, made in vars(WizardContext).items() if isinstance(made, _Port)}


def test_every_port_may_be_made_in_a_thread(app: QApplication, tmp_path: Path, run_async: Run, caplog: pytest.LogCaptureFixture) -> None:
    wizard = Wizard(Settings(backend_url="http://127.0.0.1:9"), Places.below(tmp_path), app)

    async def story() -> None:
        await wizard.start()
        await in_thread(wizard.context.make_ahead, limit_s=60.0)
        made = vars(wizard.context)
        assert PORTS
        assert set(made) >= PORTS
        # Who makes a Qt object in a thread has it live there: it would never be told anything.
        assert [name for name in PORTS if isinstance(made[name], QObject)] == []
        await wizard.close()

    run_async(story())
    assert not [record for record in caplog.records if "made ahead" in record.message]


def test_a_port_that_is_there_is_not_waited_for_behind_one_that_is_being_made(
    app: QApplication, tmp_path: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    making, go_on = threading.Event(), threading.Event()

    def slow(_wizard: Wizard) -> str:
        making.set()
        assert go_on.wait(20)
        return "a tunnel"

    monkeypatch.setattr(vars(WizardContext)["vpn"], "_make", slow)
    wizard = Wizard(Settings(), Places.below(tmp_path), app)

    async def story() -> None:
        await wizard.start()
        thread = threading.Thread(target=lambda: wizard.context.vpn)
        thread.start()
        assert making.wait(10)
        assert wizard.context.boxes is not None, "made here, though another is being made there"
        go_on.set()
        thread.join()
        assert wizard.context.vpn == "a tunnel"
        await wizard.close()

    run_async(story())


def test_drawings_are_read_once_and_one_that_cannot_be_read_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures.drawing.cache_clear()
    pictures.read_ahead()
    names = [path.relative_to(resource("")).as_posix() for path in resource(pictures.FOLDER).rglob("*.svg")]
    assert len(names) > 20

    def nowhere(_path: str) -> Path:
        return tmp_path

    monkeypatch.setattr(pictures, "resource", nowhere)
    assert all("<svg" in pictures.drawing(name) for name in names), "without the disk"
    assert pictures.drawing("pictures/none.svg") == ""
    pictures.drawing.cache_clear()

"""A disk that takes its time, or fails: the window goes on, what is on the disk is done, and what does not get there is said."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome
from app.core.errors import JournalUnwritable
from app.core.step import Result
from app.services.places import Places
from app.services.settings import Settings
from app.services.store import Store
from app.wiring import Wizard
from tests.services.disk import Disk
from tests.shell.conftest import settle

Run = Callable[[Coroutine[Any, Any, Any]], Any]
DONE = Result(Outcome.PASSED, "welcome.done")


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await settle(1)


def test_the_window_goes_on_while_the_disk_is_waited_for(
    app: QApplication, tmp_path: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = Wizard(Settings(), Places.below(tmp_path), app)

    async def story() -> None:
        await wizard.start()
        disk = Disk(monkeypatch, wizard.store.path)
        disk.lets_go.clear()
        wizard.accept_notice("2026-11")
        wizard.save("welcome", {"n": 1})
        assert wizard.state.drafts["welcome"] == {"n": 1}, "half done is true at once"
        finishing = asyncio.ensure_future(wizard.finish("welcome", DONE))
        await until(lambda: len(disk.threads) >= 1)
        await settle(5)
        assert not finishing.done()
        assert wizard.state.steps == {}, "not done before it is on the disk"
        disk.lets_go.set()
        assert await finishing is None
        assert wizard.state.steps["welcome"].outcome is Outcome.PASSED
        await until(lambda: not wizard.store.unsynced)
        wizard.save("identity", {"answers": {}})
        await until(lambda: not wizard.store.unsynced)
        assert threading.main_thread() not in disk.threads
        await wizard.close()

    run_async(story())


def test_a_disk_that_fails_behind_a_draft_is_said(
    app: QApplication, tmp_path: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    wizard = Wizard(Settings(), Places.below(tmp_path), app)

    async def story() -> None:
        await wizard.start()
        wizard.accept_notice("2026-11")
        await until(lambda: not wizard.store.unsynced)
        disk = Disk(monkeypatch, wizard.store.path)
        disk.fails = True
        wizard.save("welcome", {"n": 1})
        await until(lambda: "journal.unwritable" in wizard.remarks())
        with pytest.raises(JournalUnwritable):
            await wizard.finish("welcome", DONE)
        assert wizard.state.steps == {}
        disk.fails = False
        await wizard.finish("welcome", DONE)
        assert list(wizard.state.steps) == ["welcome"]
        await wizard.close()

    run_async(story())


def test_who_is_quicker_than_the_journals_opening_waits_for_it(
    app: QApplication, tmp_path: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """« Begin » is pressed while the journal is being opened in its thread: one journal, and not « in use » by itself."""
    wizard = Wizard(Settings(), Places.below(tmp_path), app)
    opening, go_on = threading.Event(), threading.Event()
    real = Store.__init__

    def slow(store: Store, path: Path) -> None:
        opening.set()
        assert go_on.wait(20)
        real(store, path)

    monkeypatch.setattr(Store, "__init__", slow)

    async def story() -> None:
        starting = asyncio.ensure_future(wizard.start())
        await until(opening.is_set)
        threading.Timer(0.1, go_on.set).start()
        wizard.accept_notice("2026-11")
        await starting
        assert wizard.state.session_code
        await wizard.close()

    run_async(story())

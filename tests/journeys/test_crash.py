"""What is broken for good while the program runs: told once, on a page that is whole, and the way on leads back to where one was."""

import sqlite3
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.commands import wizard as command
from app.contracts import chain, events
from app.core.errors import ContentError
from app.services import native_crash
from app.services.places import Places
from app.services.settings import Settings
from app.services.store import Store
from app.shell.window import Window
from app.ui import aio
from app.wiring import Wizard
from tests.shell.conftest import settle

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@contextmanager
def opened(app: QApplication, profile: Path) -> Iterator[tuple[Window, Wizard]]:
    hook = sys.excepthook
    wizard = Wizard(Settings(), Places.below(profile), app)
    window = command.open_window(wizard)
    try:
        yield window, wizard
    finally:
        sys.excepthook = hook
        aio.on_crash(None)
        window.hide()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def crashes(wizard: Wizard) -> list[events.WizardCrashed]:
    with closing(sqlite3.connect(wizard.store.path)) as journal:
        lines = journal.execute("SELECT line FROM journal ORDER BY id").fetchall()
    found = [events.data_of(chain.read(line)) for (line,) in lines]
    return [data for data in found if isinstance(data, events.WizardCrashed)]


def test_what_cannot_be_read_any_more_is_told_once(
    app: QApplication, tmp_path: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unreadable(_language: str) -> None:
        raise ContentError("content.unreadable", error="token: abcdefgh12345678")

    with opened(app, tmp_path) as (window, wizard):

        async def story() -> None:
            window.show()
            await wizard.start()
            wizard.accept_notice("2026-11")
            await settle()
            monkeypatch.setattr(wizard.journeys, "content", unreadable)
            # A step is recorded: everything is read anew, which nobody can any more.
            wizard.save("welcome", {})
            await settle(60)
            assert window.stage.title.text() == window.crash_page.title()
            assert window.stage.holder.current() is window.crash_page
            [crash] = crashes(wizard)
            assert window.crash_page.code.text() == crash.reference
            assert "abcdefgh" not in crash.error, "what a log would hide is not sent either"
            assert sum("crash " in record.message for record in caplog.records) == 1
            await wizard.close()

        run_async(story())


def test_a_run_that_died_inside_qt_is_reported_by_the_next(app: QApplication, tmp_path: Path, run_async: Run) -> None:
    async def first() -> None:
        wizard = Wizard(Settings(), Places.below(tmp_path), app)
        await wizard.start()
        wizard.accept_notice("2026-11")
        await wizard.close()

    async def second(reported: int) -> None:
        wizard = Wizard(Settings(), Places.below(tmp_path), app)
        await wizard.start()
        found = crashes(wizard)
        assert len(found) == reported
        assert all("Segmentation fault < shell/stage.py:41 show_only" in crash.error and crash.reference for crash in found)
        await wizard.close()

    run_async(first())
    run_async(second(0))
    trace = "Fatal Python error: Segmentation fault\n\nCurrent thread 0x1 (most recent call first):\n"
    trace += '  File "/opt/marhaba/app/shell/stage.py", line 41 in show_only\n'
    (tmp_path / "logs").mkdir(exist_ok=True)
    (tmp_path / "logs" / native_crash.NAME).write_text(trace, encoding="utf-8")
    run_async(second(1))
    run_async(second(1))


@pytest.mark.parametrize("frozen", [False, True])
def test_restart_repeats_the_command_as_it_was_typed(monkeypatch: pytest.MonkeyPatch, frozen: bool) -> None:
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    monkeypatch.setattr(sys, "argv", ["/opt/marhaba/marhaba", "--lang", "ar"])
    assert command.command_again() == [sys.executable, *([] if frozen else ["-m", "app"]), "--lang", "ar"]


def test_restart_comes_after_the_journal_is_closed(
    app: QApplication, tmp_path: Path, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new program opens the same journal: it must not be told that it is in use."""
    found: list[str] = []

    def start_anew() -> None:
        Store(tmp_path / "data" / "journal.db").close()
        found.append("free")

    monkeypatch.setattr(command, "start_anew", start_anew)
    with opened(app, tmp_path) as (window, wizard):

        async def story() -> None:
            window.show()
            await wizard.start()
            window.show_crash("7F3K")
            window.crash_page.restart_button.click()
            await aio.wait_signal(window.closed)

        run_async(story())
    assert found == ["free"]

"""A wizard that cannot open says so on the screen: nobody who started it from an icon reads a terminal."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from app.commands import wizard as command
from app.contracts.spoken_code import spoken_code
from app.core.errors import ContentError, JournalError, JournalUnwritable, MarhabaError, SettingsError
from app.shell.cannot_start import CannotStart
from app.ui import i18n, theme
from app.ui.announce import said
from tests.steps.fakes import pack
from tests.ui import a11y

Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SettingsError("settings.unreadable"), "settings.invalid"),
        (SettingsError("settings.backend_url"), "settings.invalid"),
        (JournalUnwritable(), "journal.unwritable"),
        (JournalError("journal.in_use"), "journal.in_use"),
        (JournalError("journal.newer"), "journal.newer"),
        (ContentError("content.unreadable"), "error.unexpected"),
    ],
)
def test_each_error_of_the_start_has_words(app: QApplication, error: MarhabaError, code: str) -> None:
    advice = command.advice_of(error)
    assert advice == pack("en").advice[code]
    assert advice.actions


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_page_says_what_whom_and_where_in_every_language(app: QApplication, run_async: Run, scale: float) -> None:
    theme.apply(app, "light", scale)
    page = CannotStart(lambda: pack(i18n.language()).advice["journal.in_use"], {"file": "/home/salma/journal.db"}, "05 22 00 00 00")
    page.language_chosen.connect(lambda language: i18n.set_language(app, language))
    gone: list[bool] = []
    page.closed.connect(lambda: gone.append(True))

    async def story() -> None:
        page.tell()
        assert pack("en").advice["journal.in_use"].title in said[-1]
        for language in ("ar", "fr", "en"):
            page.languages.buttons[language].click()
            await asyncio.sleep(0.05)
            advice = pack(language).advice["journal.in_use"]
            assert (page.title.text(), page.why.text()) == (advice.title, advice.meaning)
            assert "05\u00a022" in page.phone.text()
            assert page.view.code.text() == spoken_code("journal.in_use")
            assert "/home/salma/journal.db" in page.view.details()
            assert not page.view.help_button.isVisible(), "nothing can be sent from here"
            assert a11y.unnamed(page) == []
            assert a11y.clipped(page) == []
            assert a11y.sideways(page) == []
        page.close_button.click()
        assert gone == [True]

    run_async(story())
    page.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xwininfo")), reason="needs Xvfb and xwininfo")
def test_with_a_screen_the_window_stays_until_it_is_closed(tmp_path: Path) -> None:
    """As started from an icon: on a screen, with settings that cannot be used."""
    (tmp_path / "settings.toml").write_text("backend_url = 5\n")
    read, write = os.pipe()
    with subprocess.Popen(["Xvfb", "-displayfd", str(write), "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL) as screen:
        os.close(write)
        try:
            display = os.read(read, 16).decode().strip()
            environment = {
                **os.environ,
                "DISPLAY": f":{display}",
                "QT_QPA_PLATFORM": "xcb",
                "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            }
            line = [sys.executable, "-m", "app", "--settings", str(tmp_path / "settings.toml"), "--profile", str(tmp_path / "profile")]
            with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True) as program:
                assert program.stderr is not None
                assert program.stderr.readline().startswith("marhaba: settings.invalid: ")
                deadline = time.monotonic() + 30
                while b"Marhaba est mal" not in windows(display):
                    assert program.poll() is None, "it must not go before it was read"
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
                program.send_signal(signal.SIGTERM)
                assert program.wait(20) == 1
        finally:
            os.close(read)
            screen.terminate()


def windows(display: str) -> bytes:
    """The titles of the windows on a screen."""
    asked = ["xwininfo", "-display", f":{display}", "-root", "-tree"]
    return subprocess.run(asked, capture_output=True, check=True).stdout

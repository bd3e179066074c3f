"""Text at 200 % and high contrast, chosen once, are there when the program is opened again."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from app.services import look
from app.services.places import Places
from app.services.settings import Settings
from app.ui import theme
from app.wiring import Wizard
from tests.shell.conftest import settle

Run = Callable[[Coroutine[Any, Any, Any]], Any]


def test_what_is_chosen_in_the_panel_is_kept(app: QApplication, tmp_path: Path, run_async: Run) -> None:
    wizard = Wizard(Settings(), Places.below(tmp_path), app)

    async def story() -> None:
        assert wizard.logs_dir().is_dir(), "opened from the help card though nothing was logged yet"
        wizard.set_display("contrast", 2.0)
        while look.read(tmp_path / "data") == look.Look():
            await settle(1)
        await wizard.close()

    run_async(story())
    assert look.read(tmp_path / "data") == ("contrast", 2.0)
    assert (theme.current().name, theme.current().scale) == ("contrast", 2.0)

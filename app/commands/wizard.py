"""`marhaba`: the wizard."""

import argparse
import contextlib
import logging
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.core.errors import ContentError, JournalError, SettingsError
from app.services import logs, settings
from app.shell.window import Window
from app.ui import aio, fonts, i18n, theme
from app.ui.resources import resource
from app.wiring import Places, Wizard

log = logging.getLogger(__name__)


def make_app() -> QApplication:
    """The application object with the program's fonts."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a QApplication is needed")
    app.setApplicationName("Marhaba")
    app.setStyle("Fusion")
    fonts.load()
    return app


def main(options: argparse.Namespace) -> int:
    places = Places.below(options.profile) if options.profile else Places.of_user()
    logs.start(places.logs)
    app = make_app()
    try:
        managed = settings.load(options.settings, next(resource("flavour").glob("*.toml"), None))
        language = options.lang or ""
        # The language is set before anything is built, so that the first picture is the right one.
        i18n.set_language(app, language or managed.language)
        theme.apply(app, options.theme, min(2.0, max(1.0, options.text_scale)))
        wizard = Wizard(managed, places, app, only=options.only)
    except (SettingsError, JournalError, ContentError) as error:
        return cannot_start(error, places.logs)
    aio.run(show(app, wizard, language))
    return 0


async def show(app: QApplication, wizard: Wizard, language: str = "") -> None:
    """Open the window, take the journey up, and stay until it is closed."""
    i18n.set_language(app, language or wizard.state.language or wizard.settings.language)
    wizard.context.set_language(i18n.language())
    window = Window(wizard)
    wizard.on_change = window.refresh
    aio.on_crash(lambda error, name: window.show_crash(wizard.crash(error, name)))
    sys.excepthook = lambda _kind, error, _trace: aio.crashed(error, "slot")
    window.show()
    await aio.wait_signal(window.painted)
    await wizard.start()
    with contextlib.suppress(RuntimeError):
        await aio.wait_signal(window.closed)


def cannot_start(error: SettingsError | JournalError | ContentError, log_directory: Path) -> int:
    """A window cannot be trusted yet: say it on the terminal and in the log, in words that name the file."""
    log.error("the wizard cannot start: %s", error)
    print(f"marhaba: {error.code}: {', '.join(f'{key}: {value}' for key, value in error.facts.items())}", file=sys.stderr)
    print(f"The log is in {log_directory}.", file=sys.stderr)
    return 1

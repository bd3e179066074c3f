"""`marhaba`: the wizard."""

import argparse
import asyncio
import gc
import logging
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QProcess, Signal
from PySide6.QtWidgets import QApplication, QWidget

from app.core.errors import ContentError, JournalError, SettingsError
from app.services import logs, settings
from app.services.places import Places
from app.shell.window import Window
from app.ui import aio, fonts, i18n, theme
from app.ui.resources import resource
from app.wiring import Wizard

log = logging.getLogger(__name__)

AHEAD_PAUSE_S = 0.02


def make_app() -> QApplication:
    """The application object with the program's fonts."""
    # The style as an option: setStyle() answers with the style, and PySide would build all of QStyle for that answer (10 ms).
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    if not isinstance(app, QApplication):
        raise TypeError("a QApplication is needed")
    app.setApplicationName("Marhaba")
    app.setProperty("fusion", True)
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


class _FirstPaint(QObject):
    painted = Signal()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self.painted.emit()
        return False


async def first_paint(window: QWidget) -> None:
    """Return once the window has been drawn: what is slow to import comes only then."""
    watcher = _FirstPaint()
    window.installEventFilter(watcher)
    window.update()
    await aio.wait_signal(watcher.painted)
    await asyncio.sleep(0)


def settle(window: Window, wizard: Wizard) -> None:
    """After the first picture: what the next pages need is made while nobody waits for it.

    Garbage is collected from here on, among what is made from here on: short pauses instead of one through everything.
    """
    gc.freeze()
    gc.enable()
    aio.spawn(_build_ahead(window, wizard), "pages ahead")


async def _build_ahead(window: Window, wizard: Wizard) -> None:
    """One piece a turn, so that the loop never stands still for long."""
    for step in wizard.steps():
        await asyncio.sleep(AHEAD_PAUSE_S)
        wizard.page(step.id)
    await asyncio.sleep(AHEAD_PAUSE_S)
    # The first look along the Tab chain makes PySide find out what each of Qt's own widgets is.
    window.nextInFocusChain()


def open_window(app: QApplication, wizard: Wizard, language: str = "") -> Window:
    """The window on the journal's state, in the chosen language, crashes caught."""
    wizard.context.set_language(language or wizard.state.language or wizard.settings.language)
    window = Window(wizard)
    wizard.on_change = window.refresh
    aio.on_crash(lambda error, name: window.show_crash(wizard.crash(error, name)))
    sys.excepthook = lambda _kind, error, _trace: aio.crashed(error, "slot")
    window.begin()
    window.show()
    return window


async def show(app: QApplication, wizard: Wizard, language: str = "") -> None:
    """Open the window, take the journey up, and stay until it is closed."""
    window = open_window(app, wizard, language)
    window.restart.connect(lambda: restart(window))
    await first_paint(window)
    settle(window, wizard)
    await wizard.start()
    await aio.wait_signal(window.closed)


def restart(window: Window) -> None:
    """Start the program anew where the journal says it stood."""
    QProcess.startDetached(sys.executable, sys.argv if getattr(sys, "frozen", False) else ["-m", "app", *sys.argv[1:]])
    window.close()


def cannot_start(error: SettingsError | JournalError | ContentError, log_directory: Path) -> int:
    """A window cannot be trusted yet: say it on the terminal and in the log, in words that name the file."""
    log.error("the wizard cannot start: %s", error)
    print(f"marhaba: {error.code}: {', '.join(f'{key}: {value}' for key, value in error.facts.items())}", file=sys.stderr)
    print(f"The log is in {log_directory}.", file=sys.stderr)
    return 1

"""`marhaba`: the wizard. First the picture, by Qt alone; then the loop and the services behind it."""

import argparse
import gc
import importlib
import logging
import sys
from collections.abc import Coroutine
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Owner
from app.core.errors import ContentError, JournalError, MarhabaError, SettingsError
from app.services import cover, look, settings
from app.services.places import Places
from app.shell.focus import in_order
from app.shell.window import Window
from app.steps import catalog
from app.ui import aio, announce, fonts, i18n, theme
from app.ui.resources import resource
from app.wiring import Wizard

if TYPE_CHECKING:
    from app.core.content import Advice

log = logging.getLogger(__name__)

AHEAD_PAUSE_S = 0.02
UNSEEN = {"offscreen", "minimal"}
"""Qt platforms without a screen: nobody would ever close a window there."""


def main(options: argparse.Namespace) -> int:
    if options.only and options.only not in catalog.STEPS:
        print(f"marhaba: --only: there is no step {options.only!r}; there are {', '.join(catalog.STEPS)}", file=sys.stderr)
        return 2
    places = Places.below(options.profile) if options.profile else Places.of_user()
    logging.basicConfig(level=logging.INFO, handlers=[FirstLine(places.logs)])
    app = make_app()
    flavour = next(resource("flavour").glob("*.toml"), None)
    managed = settings.Settings()
    language = options.lang or ""
    try:
        managed = settings.load(options.settings, flavour)
        # The language is set before anything is built, so that the first picture is the right one.
        i18n.set_language(app, language or managed.language)
        chosen = look.read(places.data)
        theme.apply(app, options.theme or chosen.theme, options.text_scale or chosen.text_scale, controls=False)
        wizard = Wizard(managed, places, app, only=options.only)
        window = open_window(wizard, language)
        aio.first_picture(window)
        aio.run(watched(live(window, wizard)) if options.watch_loop else live(window, wizard))
    except (SettingsError, JournalError, ContentError) as error:
        print(f"marhaba: {error.code}: {', '.join(f'{key}: {value}' for key, value in error.facts.items())}", file=sys.stderr)
        print(f"The log is in {places.logs}.", file=sys.stderr)
        log.error("the wizard cannot start: %s", error)
        if isinstance(error, SettingsError) and flavour is not None:
            # What was laid on the PC cannot be read; what came with the program still says which language it speaks.
            with suppress(SettingsError):
                managed = settings.load(flavour)
        cannot_start(app, error, managed, language)
        return 1
    return 0


class FirstLine(logging.Handler):
    """Opens the log at the first line that is for it: what writes, rotates and hides is not imported before."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._directory = directory

    def emit(self, record: logging.LogRecord) -> None:
        from app.services import logs

        logging.getLogger().removeHandler(self)
        if logs.start(self._directory):
            logging.getLogger().handle(record)


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


def open_window(wizard: Wizard, language: str = "") -> Window:
    """The window at the page to begin with, in the chosen language, crashes caught. Not shown yet."""
    wizard.set_language(language or wizard.language)
    window = Window(wizard)
    wizard.on_change = window.refresh
    aio.on_crash(lambda error, name: window.show_crash(wizard.crash(error, name)))
    sys.excepthook = lambda _kind, error, _trace: aio.crashed(error, "slot")
    window.restart.connect(lambda: restart(window))
    if not wizard.fresh or theme.current().scale > 1:
        theme.dress_controls(wizard.app)  # the page may have fields, or scroll
    window.begin()
    return window


async def watched(life: Coroutine[Any, Any, None]) -> None:
    """`life`, and in the log what the event loop stood still over."""
    from app.ui.loop_watch import LoopWatch

    watch = LoopWatch(names=True)
    try:
        with watch:
            await life
    finally:
        log.info("the event loop's longest gaps:\n%s", "\n".join(str(gap) for gap in watch.gaps))


async def live(window: Window, wizard: Wizard) -> None:
    """Behind the picture: the services, then the next pages; until the window is closed. Errors: those of `Wizard.start`."""
    await stand(window, wizard)
    await aio.wait_signal(window.closed)


async def stand(window: Window, wizard: Wizard) -> None:
    """Start the services. What the next pages need is made after them, while nobody waits for it."""
    # Garbage is swept from here on (ui/garbage), among what is made from here on: short pauses instead of one through everything.
    gc.freeze()
    theme.dress_controls(wizard.app)
    # PySide learns what a class of Qt's and its enumerations are called when somebody first touches them, some 10 ms a time: now, not
    # in the turn that a press waits for.
    for touch in (theme.reduced_motion, announce.bring_in, partial(in_order, window, (window,))):
        await aio.turn()
        touch()
    await wizard.start()
    aio.spawn(_build_ahead(window, wizard), "pages ahead")


async def _build_ahead(window: Window, wizard: Wizard) -> None:
    """One piece a turn, so that the loop never stands still for long; imports in a thread, and not while a page is being built."""
    import asyncio

    from app.ui import pictures

    await aio.in_thread(wizard.context.make_ahead, limit_s=60.0)
    await aio.in_thread(pictures.read_ahead, limit_s=60.0)
    for step in wizard.steps():
        await aio.in_thread(importlib.import_module, catalog.page_module(step.id), limit_s=60.0)
        await window.stage.bring(wizard.page_to_be(step.id))
        await asyncio.sleep(AHEAD_PAUSE_S)
    in_order(window, (window,))
    # The pages are there to stay, too.
    gc.freeze()


def restart(window: Window) -> None:
    """Start the program anew where the journal says it stood; once it is closed, or the new one would find it in use."""
    window.closed.connect(start_anew)
    window.close()


def start_anew() -> None:
    """This program again, in a process of its own, as it was started."""
    from PySide6.QtCore import QProcess

    program, *arguments = command_again()
    QProcess.startDetached(program, arguments)


def command_again() -> list[str]:
    """A built program is its own executable; elsewhere Python runs the package."""
    return [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "app"]), *sys.argv[1:]]


def cannot_start(app: QApplication, error: MarhabaError, managed: settings.Settings, language: str = "") -> None:
    """Say it on the screen too, until that window is closed: who started the program from an icon reads no terminal."""
    if app.platformName() in UNSEEN:
        return
    from app.shell.cannot_start import CannotStart

    for window in app.topLevelWidgets():
        window.hide()  # the first picture of a fresh PC: it promised more than there is
    i18n.set_language(app, language or managed.language)
    theme.apply(app, theme.current().name, theme.current().scale)
    start = cover.read(resource("compiled/cover.json"))
    page = CannotStart(lambda: advice_of(error), error.facts, managed.helpdesk_phone or (start.helpdesk_phone if start else ""))
    page.language_chosen.connect(lambda chosen: i18n.set_language(app, chosen))
    page.again.connect(lambda: (page.closed.connect(start_anew), page.close()))

    async def told() -> None:
        page.tell()
        await aio.wait_signal(page.closed)

    aio.run(told())


def advice_of(error: MarhabaError) -> "Advice":
    """What an error at start means, from the texts that came with the build; without even those, its bare code."""
    from app.core.content import Advice
    from app.services.content import load_pack

    code = "settings.invalid" if isinstance(error, SettingsError) else error.code
    try:
        advice = load_pack(resource("content"), i18n.language()).advice
    except ContentError:
        advice = {}
    return advice.get(code) or advice.get("error.unexpected") or Advice(code, Owner.HELPDESK, code, "")

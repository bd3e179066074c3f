"""A walk through the journey as a person would: the real window, the real pages, the real buttons, pressed by mouse and keyboard."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from app.commands.demo_headset import Worn
from app.commands.walk.parts import PARTS
from app.commands.walk.walker import Walker
from app.commands.wizard import make_app, open_window
from app.services import logs, settings
from app.services.places import Places
from app.ui import aio, i18n, theme
from app.ui.loop_watch import Gap, LoopWatch
from app.wiring import Wizard


@dataclass
class Walked:
    problem: str
    """Empty when the walk came to its end."""
    gaps: list[Gap]
    """The longest of the event loop, longest first."""
    seconds: float


def walk(
    settings_file: Path,
    profile: Path,
    output: Path,
    language: str,
    code: str,
    *,
    theme_name: str = "light",
    drain_limit_s: float = 30.0,
    worn: Worn | None = None,
    codes: Path | None = None,
    name_gaps: bool = False,
) -> Walked:
    """Walk from a fresh profile to the last step, leave screenshots and documents in `output`.

    `worn`: who wears the headset; `codes`: where the backend lays down one-time codes (`serve --console-codes`); `name_gaps`: look at what
    runs while the event loop stands still.
    """
    places = Places.below(profile)
    places.documents.mkdir(parents=True, exist_ok=True)
    logs.start(places.logs)
    app = make_app()
    i18n.set_language(app, language)
    theme.apply(app, theme_name, 1.0)
    began = time.monotonic()
    wizard = Wizard(settings.load(settings_file), places, app)
    window = open_window(wizard, language)
    aio.first_picture(window)
    walker = Walker(wizard, window, output / "screens", code, PARTS, LoopWatch(names=name_gaps), worn)
    walker.codes = codes
    problem = aio.run(walker.run(drain_limit_s))
    seconds = time.monotonic() - began
    documents = output / "documents"
    documents.mkdir(exist_ok=True)
    for document in places.documents.iterdir():
        shutil.copy2(document, documents / document.name)
    return Walked("it was interrupted" if problem is None else problem, walker.watch.gaps, seconds)

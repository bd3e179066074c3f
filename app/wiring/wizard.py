"""The wizard itself: what the window asks, answered from the journal, the journey and the texts.

Order at start matters. On a fresh PC the first picture needs none of the services: it is drawn from the cover, and they are opened
after it. Where a journal is there, it is read first: the right page before the quick one.
"""

import logging
import os
import random
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome, Owner
from app.contracts.session import SessionState, StepState
from app.core import journey as order
from app.core.errors import ContentError, JournalError
from app.core.step import Result
from app.services import cover, look, native_crash
from app.services.places import Places
from app.services.settings import Settings
from app.shell.driver import Reported, ReportState, StepEntry
from app.steps import catalog
from app.ui import aio, i18n, theme
from app.ui.page import StepPage
from app.ui.resources import resource
from app.wiring.context import WizardContext

if TYPE_CHECKING:
    from app.core.content import Advice, Content
    from app.services.journeys import Journeys
    from app.services.reporter import Pace, Reporter
    from app.services.secrets import Secrets
    from app.services.store import Store
    from app.wiring.services import Services

log = logging.getLogger(__name__)


class Wizard:
    """Drives the window (`shell.driver.Driver`). One a process."""

    def __init__(self, settings: Settings, places: Places, app: QApplication, only: str = "", pace: "Pace | None" = None) -> None:
        """`only`: show this one step alone. Errors: JournalUnwritable, JournalError, ContentError."""
        self.settings: Settings = settings
        self.places = places
        self.app = app
        self.only = only
        self.notices: list[str] = []
        """Codes of things that were to be said (repaired journal, no keyring, refused journey), oldest first."""
        self.dismissed: set[str] = set()
        self.on_change: Callable[[], None] = lambda: None
        """Set by whoever shows the window: read everything anew."""
        self.pending_enter = ""
        """A step that was shown before it could be written down."""
        self.language = settings.language
        self._pace = pace
        self._telling = self._closed = False
        self._opening = RLock()
        self._store: Store | None = None
        self._crashes: dict[str, str] = {}
        """The errors met so far, each with its reference."""
        self._pages: dict[str, StepPage] = {}
        self._entered_at = time.monotonic()
        self._code = f"{random.SystemRandom().randrange(1_000_000):06d}"
        self._cover = None if only or any_left_behind(places) else cover.read(resource("compiled/cover.json"))
        self.context = WizardContext(self)
        if self._cover is None:
            _ = self.services
        steps = self._step_ids()
        self._current = steps[0] if not self.state.session_code else order.resume_at(self.state, steps)

    # --- the services -------------------------------------------------------------------------------------------------

    @cached_property
    def services(self) -> "Services":
        """Opened when first asked for; from then on the cover counts no more. Errors: JournalUnwritable, JournalError, ContentError."""
        from app.wiring.services import Services

        made = Services(self)
        self._cover = None
        self.language = made.store.state.language or self.language
        return made

    def open_store(self) -> "Store":
        """The journal, opened by whoever comes first; in a thread, so that the window answers meanwhile, where nobody was in a hurry.

        Errors: JournalUnwritable, JournalError.
        """
        from app.services.store import Store

        with self._opening:
            if self._store is None:
                self._store = Store(self.places.data / "journal.db")
            return self._store

    def _bring_in(self) -> None:
        """What the services need: their modules and the journal."""
        import app.wiring.services  # noqa: F401

        self.open_store()

    async def start(self) -> None:
        """After the first picture. Never raises for a keyring or a network that is not there. Errors: those of `services`."""
        await aio.in_thread(self._bring_in, limit_s=60.0)
        died = await aio.in_thread(native_crash.take_up, self.places.logs, limit_s=20.0)
        await self.services.start()
        if died:
            self._record_crash(died, "the run before")
        self.changed()

    async def close(self) -> None:
        """Stop the tasks and close the journal; what waits is sent next time."""
        await aio.cancel_all()
        self._closed = True
        if "services" in self.__dict__:
            self.services.close()
        if self._store is not None:
            self._store.close()
        native_crash.leave(self.places.logs)

    @property
    def fresh(self) -> bool:
        """Whether nothing was begun on this PC, and the services are not open yet."""
        return self._cover is not None

    @property
    def store(self) -> "Store":
        return self.services.store

    @property
    def secrets(self) -> "Secrets":
        return self.services.secrets

    @property
    def journeys(self) -> "Journeys":
        return self.services.journeys

    @property
    def reporter(self) -> "Reporter | None":
        return self.services.reporter if "services" in self.__dict__ else None

    def pace(self) -> "Pace":
        from app.services.reporter import Pace

        return self._pace or Pace()

    def ask_to_pair_again(self) -> None:
        if self._current == "identity":
            self.page("identity").enter()  # it was opened before the keyring had said so
        else:
            self.say("identity.pair_again")

    # --- what the pages may do --------------------------------------------------------------------------------------

    @property
    def state(self) -> SessionState:
        return SessionState() if self._cover is not None else self.store.state

    def content(self) -> "Content":
        try:
            return self.journeys.content(self.language)
        except ContentError as error:
            log.error("texts not usable: %s", error)
            raise

    def limits(self, step: str) -> dict[str, Any]:
        return self._cover.limits.get(step, {}) if self._cover is not None else self.journeys.current.limits(step)

    def journey_steps(self) -> list[str]:
        return self._cover.steps if self._cover is not None else [step.id for step in self.journeys.current.steps]

    def accept_notice(self, version: str) -> None:
        self.services.accept_notice(version)

    def save(self, step: str, draft: dict[str, Any]) -> None:
        self.services.save(step, draft)

    # --- shell.driver.Driver ----------------------------------------------------------------------------------------

    def _step_ids(self) -> list[str]:
        return [self.only] if self.only else order.known_steps(self.journey_steps(), catalog.STEPS)

    def steps(self) -> list[StepEntry]:
        titles = self._cover.titles.get(self.language, {}) if self._cover is not None else self.content().step_titles
        state = self.state
        return [
            StepEntry(
                id=step,
                title=titles.get(step, step),
                outcome=order.outcome_of(state, step),
                code=state.steps[step].code if step in state.steps else "",
                reachable=self.may_enter(step),
            )
            for step in self._step_ids()
        ]

    def current(self) -> str:
        return self._current

    def page(self, step: str) -> StepPage:
        page = self.page_to_be(step)
        page.complete()
        return page

    def page_to_be(self, step: str) -> StepPage:
        if step not in self._pages:
            self._pages[step] = catalog.build_page(step, self.context, whole=False)
        return self._pages[step]

    def advice(self, code: str) -> "Advice":
        found = self.content().advice
        if known := found.get(code) or found.get("error.unexpected"):
            return known
        from app.core.content import Advice

        return Advice(code, Owner.HELPDESK, code, "")

    def step_state(self, step: str) -> StepState | None:
        return self.state.steps.get(step)

    def may_enter(self, step: str) -> bool:
        return bool(self.only) or order.may_enter(self.state, self._step_ids(), step)

    async def finish(self, step: str, result: Result) -> "Advice | None":
        """Record a result. Returns its advice unless it simply passed. Errors: JournalUnwritable."""
        if (
            not self.only or self.services.recording
        ):  # one step looked at alone, on a PC where nobody accepted the notice: nothing is written
            await self.services.finish(step, result, int((time.monotonic() - self._entered_at) * 1000))
        self._entered_at = time.monotonic()
        return None if result.outcome is Outcome.PASSED else self.advice(result.code)

    def enter(self, step: str) -> None:
        """A step is shown. Nothing is written before the notice is accepted."""
        self._current = step
        self._entered_at = time.monotonic()
        if not self.state.session_code:
            return
        if not self.store.has_key:
            self.pending_enter = step
            return
        try:
            self.services.entered(step)
        except JournalError as error:
            log.warning("entry not recorded: %s", error)
            self.say("journal.unwritable")

    def reported(self) -> Reported:
        if self._cover is not None:
            return Reported()
        delivery = self.store.delivery()
        state: ReportState = self.reporter.link.value if self.reporter is not None else "never"
        return Reported(delivery.steps_delivered, delivery.waiting, state, delivery.refused)

    def session_code(self) -> str:
        return self.state.session_code or self._code

    def helpdesk_phone(self) -> str:
        return (self._cover or self.journeys.current).helpdesk_phone or self.settings.helpdesk_phone

    def set_language(self, language: str) -> None:
        changed, self.language = language != self.language, language
        i18n.set_language(self.app, language)
        if changed and self._recording():
            try:
                self.services.language_chosen(language)
            except JournalError as error:
                log.warning("language not recorded: %s", error)
        self.changed()

    def set_display(self, theme_name: str, text_scale: float) -> None:
        theme.apply(self.app, theme_name, text_scale)
        aio.spawn(aio.in_thread(look.write, self.places.data, look.Look(theme_name, text_scale), limit_s=20.0), "look")
        self.changed()

    async def ask_help(self, step: str, code: str) -> None:
        if self._recording():
            await self.services.help_asked(step, code)

    def remarks(self) -> list[str]:
        return [code for code in self.notices if code not in self.dismissed]

    def dismiss(self, code: str) -> None:
        self.dismissed.add(code)
        self.changed()

    def diagnostic(self) -> str:
        from app.wiring.diagnostic import diagnostic_of

        return diagnostic_of(self)

    def logs_dir(self) -> Path:
        """There even where nothing was worth a line yet: an empty folder opens, a missing one does not."""
        with suppress(OSError):
            self.places.logs.mkdir(parents=True, exist_ok=True)
        return self.places.logs

    def crash(self, error: BaseException, name: str) -> str:
        """Log and report an unexpected error; returns the reference the crash page shows.

        Once: recording one makes the window read everything anew, and what is broken for good would be met, and recorded, without end.
        """
        what = f"{type(error).__name__}: {error}"
        if what not in self._crashes:
            self._crashes[what] = self._record_crash(what, name, error)
        return self._crashes[what]

    def _record_crash(self, what: str, where: str, error: BaseException | None = None) -> str:
        from app.contracts import readable_code

        reference = readable_code.new_code()[:9]
        log.error("crash %s in %s: %s", reference, where, what, exc_info=error)
        if self._recording():
            try:
                self.services.crashed(reference, what, self._current)
            except JournalError as failed:
                log.error("crash not recorded: %s", failed)
        return reference

    def _recording(self) -> bool:
        return self._cover is None and self.services.recording

    # --- what changes -------------------------------------------------------------------------------------------------

    def say(self, code: str) -> None:
        if code not in self.notices:
            self.notices.append(code)
        self.changed()

    def unsay(self, code: str) -> None:
        if code in self.notices:
            self.notices.remove(code)

    def journey_changed(self) -> None:
        """The page on screen says what the newer journey asks for, as after a change of language: what it holds stays."""
        if (page := self._pages.get(self._current)) is not None:
            page.retranslate()
        self.changed()

    def changed(self) -> None:
        """Wake the reporter now; tell the window once, however much changed in this turn of the loop."""
        if self.reporter is not None:
            self.reporter.wake()
        if not self._telling and aio.soon(self._tell):
            self._telling = True

    def _tell(self) -> None:
        self._telling = False
        if not self._closed:
            self.on_change()


def any_left_behind(places: Places) -> bool:
    """Whether an earlier run left a journal, a damaged one, or a journey. A folder that cannot be read counts: opening says why."""
    try:
        return any(name.startswith(("journal.db", "content")) and name != "journal.db.lock" for name in os.listdir(places.data))
    except FileNotFoundError:
        return False
    except OSError:
        return True

"""The wizard itself: it opens the journal, and drives the window.

Order at start matters: the window is painted from the journal alone; keyring and network are only then imported and asked.
"""

import asyncio
import logging
import secrets as random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QApplication

from app import __version__
from app.contracts import events, keys, readable_code
from app.contracts.outcomes import Outcome, Owner
from app.contracts.session import SessionState, StepState
from app.core import journey as order
from app.core.content import Advice, Content
from app.core.errors import ContentError, JournalError, MarhabaError
from app.core.step import Result
from app.services import device_key
from app.services.journeys import Journeys
from app.services.pairing import BackendEnroller
from app.services.places import Places
from app.services.reporter import Link, Pace, Reporter
from app.services.secrets import Secrets
from app.services.settings import Settings
from app.services.store import Store
from app.shell.driver import Reported, StepEntry
from app.steps import catalog
from app.system import detect
from app.system.network import line
from app.ui import aio, i18n, theme
from app.ui.page import StepPage
from app.ui.resources import resource
from app.wiring.context import context_of
from app.wiring.diagnostic import diagnostic_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from app.services.backend_api import BackendApi

log = logging.getLogger(__name__)

LINE_WATCH_S = 1.0


@dataclass
class Wizard:
    """Drives the window (`shell.driver.Driver`), and owns journal, reporter and secrets. One a process."""

    settings: Settings
    places: Places
    app: QApplication
    only: str = ""
    """Show this one step alone."""
    pace: Pace = field(default_factory=Pace)
    notices: list[str] = field(default_factory=list)
    """Codes of things that were to be said (repaired journal, no keyring, refused journey), oldest first."""
    dismissed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Errors: JournalUnwritable, JournalError, ContentError."""
        self.on_change: Callable[[], None] = lambda: None
        """Set by whoever shows the window: read everything anew."""
        self._telling = self._closed = False
        self.reporter: Reporter | None = None
        self.started = asyncio.Event()
        """Keyring and token were asked for."""
        self.store = Store(self.places.data / "journal.db")
        self.secrets = Secrets(self.places.scope)
        self.journeys = Journeys(
            self.places.data / "content",
            self.settings.journey_key,
            resource("content/journeys/start.json"),
            resource("content"),
            resource("compiled"),
        )
        self.machine = detect.machine()
        self.key: Ed25519PrivateKey | None = None
        self._api: BackendApi | None = None
        self.enroller = BackendEnroller(
            self.store, self.secrets, self.journeys, self.machine, self.backend, lambda: self.key, self.settings.enrolment_file
        )
        self.enroller.on_paired = self._paired
        self._session_code = self.store.state.session_code or f"{random.randbelow(1_000_000):06d}"
        self._pages: dict[str, StepPage] = {}
        self._entered_at = time.monotonic()
        self._newer_journey = False
        self._pending_enter = ""
        self.store.subscribe(self._changed)
        if self.store.repair is not None:
            self._say("journal.repaired")
        if self.journeys.problem:
            self._say("journey.signature_invalid" if self.journeys.problem.startswith("journey.") else "content.invalid")
        self._language = self.store.state.language or self.settings.language
        self.context = context_of(self)
        steps = self._step_ids()
        self._current = steps[0] if not self.state.session_code else order.resume_at(self.state, steps)

    # --- life -------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """After the first paint: keyring, key, token, reporter. Never raises for a keyring or a network that is not there."""
        self.key = await aio.in_thread(device_key.load, self.secrets, limit_s=20.0)
        if self.state.session_code:
            await aio.in_thread(self.enroller.load_token, limit_s=20.0)
            if self.enroller.must_pair_again():
                self._ask_to_pair_again()
            try:
                self._use_key()
                self.store.record(events.WizardOpened(__version__, sys.platform))
                if self._pending_enter:
                    self.store.record(events.StepEntered(self._pending_enter))
            except JournalError as error:
                log.warning("start not recorded: %s", error)
                self._say("journal.unwritable")
        self._pending_enter = ""
        self.started.set()
        if self.secrets.in_memory and self.state.session_code:
            self._say("secrets.unavailable")
        if self.settings.backend_url:
            # Imports requests, hence off the loop.
            api = await aio.in_thread(self.backend, limit_s=20.0)
            self.context.voice = await aio.in_thread(detect.voice, self.settings.backend_url, limit_s=20.0)
            self.reporter = Reporter(
                self.store, api, lambda: self.enroller.token, on_command=self._command, on_link=self._changed, pace=self.pace
            )
            aio.spawn(self.reporter.run(), "reporter")
            aio.spawn(self._watch_line(), "line watch")
            if self.journeys.problem:
                aio.spawn(self._refresh_journey(), "journey again")
        self._changed()

    def _ask_to_pair_again(self) -> None:
        if self._current == "identity":
            self.page("identity").enter()  # it was opened before the keyring had said so
        else:
            self._say("identity.pair_again")

    def _use_key(self) -> None:
        """Take the key that signs from here on; a key that was lost with the process is replaced, and says so in the chain."""
        fresh = self.key is None
        if self.key is None:
            self.key = device_key.new()
            self._keep_key()
        self.store.use_key(self.key)
        if fresh or self.store.device not in self.store.devices():
            self._start_chain(self.key, self.state.notice_version)

    def _start_chain(self, key: "Ed25519PrivateKey", notice_version: str) -> None:
        """The first event of a device's chain. Errors: JournalUnwritable."""
        language = i18n_language(self._language)
        self.store.record(events.SessionStarted(keys.public_text(key), self._session_code, notice_version, language, __version__))

    def _keep_key(self) -> None:
        key = self.key
        if key is not None:
            aio.spawn(aio.in_thread(device_key.keep, self.secrets, key, limit_s=30.0), "keep device key").add_done_callback(
                lambda _task: self._say("secrets.unavailable") if self.secrets.in_memory else None
            )

    async def _watch_line(self) -> None:
        known = line.source_address()
        while True:
            await asyncio.sleep(LINE_WATCH_S)
            address = line.source_address()
            if address != known:
                known = address
                log.info("the line changed: %s", "up" if address else "down")
                if address and self.reporter is not None:
                    self.reporter.line_is_back()

    def backend(self) -> "BackendApi":
        from app.services.backend_api import BackendApi

        if self._api is None:
            self._api = BackendApi(self.settings.backend_url)
        return self._api

    def _paired(self) -> None:
        if "identity.pair_again" in self.notices:
            self.notices.remove("identity.pair_again")
        if self.reporter is not None:
            self.reporter.unblock()
        if self.secrets.in_memory:
            self._say("secrets.unavailable")

    def _command(self, command: Any) -> None:
        if command.kind == "journey.changed":
            self._newer_journey = True

    async def close(self) -> None:
        """Stop the tasks and close the journal; what waits is sent next time."""
        await aio.cancel_all()
        self._closed = True
        self.store.close()
        if self._api is not None:
            self._api.close()

    # --- what the pages may do --------------------------------------------------------------------------------------

    @property
    def state(self) -> SessionState:
        return self.store.state

    def content(self) -> Content:
        try:
            return self.journeys.content(self._language)
        except ContentError as error:
            log.error("texts not usable: %s", error)
            raise

    def save(self, step: str, draft: dict[str, Any]) -> None:
        self.store.record(events.StepSaved(step, draft))

    def accept_notice(self, version: str) -> None:
        if self.state.session_code and self.state.notice_version == version:
            return
        if self.key is None or not self.store.devices():
            # A key that an earlier, deleted journal used must not start again at 1: the backend would see a fork.
            self.key = device_key.new()
            self._keep_key()
        self.store.use_key(self.key)
        self._start_chain(self.key, version)
        self.store.record(events.StepEntered(self._current))

    # --- shell.driver.Driver ----------------------------------------------------------------------------------------

    def _step_ids(self) -> list[str]:
        if self.only:
            return [self.only]
        return order.known_steps(self.journeys.current, list(catalog.STEPS))

    def steps(self) -> list[StepEntry]:
        titles = self.content().step_titles
        return [
            StepEntry(
                id=step,
                title=titles.get(step, step),
                outcome=order.outcome_of(self.state, step),
                code=self.state.steps[step].code if step in self.state.steps else "",
                reachable=self.may_enter(step),
            )
            for step in self._step_ids()
        ]

    def current(self) -> str:
        return self._current

    def page(self, step: str) -> StepPage:
        if step not in self._pages:
            self._pages[step] = catalog.build_page(step, self.context)
        return self._pages[step]

    def advice(self, code: str) -> Advice:
        found = self.content().advice
        return found.get(code) or found.get("error.unexpected") or Advice(code, Owner.HELPDESK, code, "")

    def step_state(self, step: str) -> StepState | None:
        return self.state.steps.get(step)

    def may_enter(self, step: str) -> bool:
        return bool(self.only) or order.may_enter(self.state, self._step_ids(), step)

    async def finish(self, step: str, result: Result) -> Advice | None:
        """Record a result. Returns its advice unless it simply passed. Errors: JournalUnwritable."""
        duration = int((time.monotonic() - self._entered_at) * 1000)
        self.store.record(
            events.StepFinished(
                step, Outcome(result.outcome), result.code, dict(result.facts), simulated=result.simulated, duration_ms=duration
            )
        )
        self._entered_at = time.monotonic()
        if self._newer_journey:
            self._newer_journey = False
            aio.spawn(self._refresh_journey(), "newer journey")
        return None if result.outcome is Outcome.PASSED else self.advice(result.code)

    async def _refresh_journey(self) -> None:
        try:
            await self.enroller.refresh()
        except ContentError as error:
            log.warning("newer journey refused: %s", error)
            self._say("journey.signature_invalid" if error.code.startswith("journey.") else "content.invalid")
        except MarhabaError as error:
            log.info("newer journey not fetched: %s", error)
            self._newer_journey = True

    def enter(self, step: str) -> None:
        """A step is shown. Nothing is written before the notice is accepted."""
        self._current = step
        self._entered_at = time.monotonic()
        if not self.state.session_code:
            return
        if not self.store.has_key:
            self._pending_enter = step
            return
        try:
            self.store.record(events.StepEntered(step))
        except JournalError as error:
            log.warning("entry not recorded: %s", error)
            self._say("journal.unwritable")

    def reported(self) -> Reported:
        delivery = self.store.delivery()
        link = self.reporter.link if self.reporter is not None else Link.NEVER
        return Reported(delivery.steps_delivered, delivery.waiting, link.value)

    def session_code(self) -> str:
        return self._session_code

    def helpdesk_phone(self) -> str:
        return self.journeys.current.helpdesk_phone or self.settings.helpdesk_phone

    def set_language(self, language: str) -> None:
        changed = language != self._language
        self._language = language
        i18n.set_language(self.app, language)
        if changed and self.store.has_key and self.state.session_code:
            try:
                self.store.record(events.LanguageChosen(i18n_language(language)))
            except JournalError as error:
                log.warning("language not recorded: %s", error)
        self._changed()

    def set_display(self, theme_name: str, text_scale: float) -> None:
        theme.apply(self.app, theme_name, text_scale)
        self._changed()

    async def ask_help(self, step: str, code: str) -> None:
        if self.store.has_key and self.state.session_code:
            self.store.record(events.HelpRequested(step, code))

    def remarks(self) -> list[str]:
        return [code for code in self.notices if code not in self.dismissed]

    def dismiss(self, code: str) -> None:
        self.dismissed.add(code)
        self._changed()

    def diagnostic(self) -> str:
        return diagnostic_of(self)

    def logs_dir(self) -> Path:
        return self.places.logs

    def crash(self, error: BaseException, name: str) -> str:
        """Log and report an unexpected error; returns the reference the crash page shows."""
        reference = readable_code.new_code()[:9]
        log.error("crash %s in %s", reference, name, exc_info=error)
        if self.store.has_key and self.state.session_code:
            try:
                self.store.record(events.WizardCrashed(reference, f"{type(error).__name__}: {error}"[:500], self._current))
            except JournalError as failed:
                log.error("crash not recorded: %s", failed)
        return reference

    def _say(self, code: str) -> None:
        if code not in self.notices:
            self.notices.append(code)
        self._changed()

    def _changed(self) -> None:
        """Wake the reporter now; tell the window once, however much changed in this turn of the loop."""
        if self.reporter is not None:
            self.reporter.wake()
        if self._telling:
            return
        try:
            asyncio.get_running_loop().call_soon(self._tell)
        except RuntimeError:
            return  # not running yet: the window reads everything when it opens
        self._telling = True

    def _tell(self) -> None:
        self._telling = False
        if not self._closed:
            self.on_change()


def i18n_language(language: str) -> events.Language:
    return next((known for known in events.LANGUAGES if known == language), "fr")

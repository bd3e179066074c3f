"""What stands behind the window: journal, keyring, journeys, reporter. Opened when something first needs it: on a fresh PC, after
the first picture.
"""

import asyncio
import logging
import sys
from typing import TYPE_CHECKING, Any

from app import __version__
from app.contracts import events, keys
from app.contracts.languages import LANGUAGES, Language
from app.core.errors import ContentError, JournalError, MarhabaError
from app.core.ports import Machine
from app.core.step import Result
from app.services import device_key
from app.services.journeys import Journeys
from app.services.logs import hide_secrets
from app.services.pairing import BackendEnroller
from app.services.reporter import Reporter
from app.services.secrets import Secrets
from app.steps import catalog
from app.system import detect
from app.system.network import line
from app.ui import aio
from app.ui.resources import resource
from app.wiring.rechecks import follow_addendum

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from app.services.backend_api import BackendApi
    from app.wiring.wizard import Wizard

log = logging.getLogger(__name__)

LINE_WATCH_S = 1.0


class Services:
    """One a wizard. What must be said goes through `wizard.say`; whatever changes, through `wizard.changed`."""

    def __init__(self, wizard: "Wizard") -> None:
        """Errors: JournalUnwritable, JournalError, ContentError."""
        self._wizard = wizard
        settings, places = wizard.settings, wizard.places
        self.reporter: Reporter | None = None
        self.started = asyncio.Event()
        """Keyring and token were asked for."""
        self.store = wizard.open_store()
        self.secrets = Secrets(places.scope)
        self.journeys = Journeys(
            places.data / "content",
            settings.journey_key,
            resource("content/journeys/start.json"),
            resource("content"),
            resource("compiled"),
            catalog.STEPS,
        )
        self.machine: Machine = detect.machine()
        self.key: Ed25519PrivateKey | None = None
        self._api: BackendApi | None = None
        self.enroller: BackendEnroller = BackendEnroller(
            self.store, self.secrets, self.journeys, self.machine, self.backend, lambda: self.key, settings.enrolment_file
        )
        self.enroller.on_paired = self._paired
        self.newer_journey = False
        self._to_disk: asyncio.Task[None] | None = None
        self.store.subscribe(self._recorded)
        if self.store.repair is not None:
            wizard.say("journal.repaired")
        if self.journeys.problem:
            wizard.say("journey.signature_invalid" if self.journeys.problem.startswith("journey.") else "content.invalid")

    # --- life -------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Keyring, key, token, reporter. Never raises for a keyring or a network that is not there."""
        wizard = self._wizard
        self.key = await aio.in_thread(device_key.load, self.secrets, limit_s=20.0)
        if self.store.state.session_code:
            await aio.in_thread(self.enroller.load_token, limit_s=20.0)
            if self.enroller.must_pair_again():
                wizard.ask_to_pair_again()
            try:
                self._use_key()
                self.store.record(events.WizardOpened(__version__, sys.platform))
                if wizard.pending_enter:
                    self.store.record(events.StepEntered(wizard.pending_enter))
            except JournalError as error:
                log.warning("start not recorded: %s", error)
                wizard.say("journal.unwritable")
        wizard.pending_enter = ""
        self.started.set()
        if self.secrets.in_memory and self.store.state.session_code:
            wizard.say("secrets.unavailable")
        if wizard.settings.backend_url:
            # Imports requests, hence off the loop.
            api = await aio.in_thread(self.backend, limit_s=20.0)
            wizard.context.voice = await aio.in_thread(detect.voice, wizard.settings.backend_url, limit_s=20.0)
            self.reporter = Reporter(
                self.store, api, lambda: self.enroller.token, on_command=self._command, on_link=wizard.changed, pace=wizard.pace()
            )
            aio.spawn(self.reporter.run(), "reporter")
            aio.spawn(self._watch_line(), "line watch")
            aio.spawn(follow_addendum(wizard), "addendum again")
            if self.journeys.problem:
                aio.spawn(self._refresh_journey(), "journey again")

    def _use_key(self) -> None:
        """Take the key that signs from here on; a key that was lost with the process is replaced, and says so in the chain."""
        fresh = self.key is None
        if self.key is None:
            self.key = device_key.new()
            self._keep_key()
        self.store.use_key(self.key)
        if fresh or self.store.device not in self.store.devices():
            self._start_chain(self.key, self.store.state.notice_version)

    def _start_chain(self, key: "Ed25519PrivateKey", notice_version: str) -> None:
        """The first event of a device's chain. Errors: JournalUnwritable."""
        code, language = self._wizard.session_code(), known_language(self._wizard.language)
        self.store.record(events.SessionStarted(keys.public_text(key), code, notice_version, language, __version__))

    def _keep_key(self) -> None:
        key = self.key
        if key is not None:
            aio.spawn(aio.in_thread(device_key.keep, self.secrets, key, limit_s=30.0), "keep device key").add_done_callback(
                lambda _task: self._wizard.say("secrets.unavailable") if self.secrets.in_memory else None
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
            self._api = BackendApi(self._wizard.settings.backend_url)
        return self._api

    def _paired(self) -> None:
        self._wizard.unsay("identity.pair_again")
        if self.reporter is not None:
            self.reporter.unblock()
        if self.secrets.in_memory:
            self._wizard.say("secrets.unavailable")

    def _command(self, command: Any) -> None:
        if command.kind == "journey.changed":
            self.newer_journey = True

    async def _refresh_journey(self) -> None:
        try:
            if await self.enroller.refresh() is not None:
                self._wizard.journey_changed()
        except ContentError as error:
            log.warning("newer journey refused: %s", error)
            self._wizard.say("journey.signature_invalid" if error.code.startswith("journey.") else "content.invalid")
        except MarhabaError as error:
            log.info("newer journey not fetched: %s", error)
            self.newer_journey = True

    def close(self) -> None:
        """What waits is sent next time."""
        if self._api is not None:
            self._api.close()

    def _recorded(self) -> None:
        if self.store.unsynced and (self._to_disk is None or self._to_disk.done()):
            self._to_disk = aio.spawn(self._sync(), "journal to the disk")
        self._wizard.changed()

    async def _sync(self) -> None:
        """The disk is waited for in a thread, and not twice at a time."""
        try:
            while self.store.unsynced:
                await self.store.synced()
        except JournalError as error:
            log.warning("the disk does not take the journal: %s", error)
            self._wizard.say("journal.unwritable")

    # --- what is written down -----------------------------------------------------------------------------------------

    @property
    def recording(self) -> bool:
        """Whether the notice was accepted and this process can sign: nothing is written before."""
        return self.store.has_key and bool(self.store.state.session_code)

    def accept_notice(self, version: str) -> None:
        """Start the chain. Errors: JournalUnwritable."""
        state = self.store.state
        if state.session_code and state.notice_version == version:
            return
        if self.key is None or not self.store.devices():
            # A key that an earlier, deleted journal used must not start again at 1: the backend would see a fork.
            self.key = device_key.new()
            self._keep_key()
        self.store.use_key(self.key)
        self._start_chain(self.key, version)
        self.store.record(events.StepEntered(self._wizard.current()))

    def save(self, step: str, draft: dict[str, Any]) -> None:
        """Errors: JournalUnwritable."""
        self.store.record(events.StepSaved(step, draft))

    async def finish(self, step: str, result: Result, duration_ms: int) -> None:
        """Errors: JournalUnwritable."""
        facts = dict(result.facts)
        await self.store.record_durably(
            events.StepFinished(step, result.outcome, result.code, facts, simulated=result.simulated, duration_ms=duration_ms)
        )
        if self.newer_journey:
            self.newer_journey = False
            aio.spawn(self._refresh_journey(), "newer journey")

    def entered(self, step: str) -> None:
        """Errors: JournalUnwritable."""
        self.store.record(events.StepEntered(step))

    def language_chosen(self, language: str) -> None:
        """Errors: JournalUnwritable."""
        self.store.record(events.LanguageChosen(known_language(language)))

    async def question_asked(self, step: str, clause: str, text: str, document_id: str) -> None:
        """Errors: JournalUnwritable."""
        await self.store.record_durably(events.QuestionAsked(step, clause, text, document_id))

    async def help_asked(self, step: str, code: str) -> None:
        """Errors: JournalUnwritable."""
        await self.store.record_durably(events.HelpRequested(step, code))

    def crashed(self, reference: str, what: str, step: str) -> None:
        """Errors: JournalUnwritable."""
        self.store.record(events.WizardCrashed(reference, hide_secrets(what)[:500], step))


def known_language(language: str) -> Language:
    return next((known for known in LANGUAGES if known == language), "fr")

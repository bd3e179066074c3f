"""The way of an addendum from offer to kept copies, without a face: what the page shows, and what it may ask for."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.contracts.addendum import AddendumOffer, Appearance, CodeSent, ConsentGiven
from app.core.addendum import Act, Addenda, AddendumError, Signed
from app.core.errors import BackendRefused, BackendUnreachable, JournalError, MarhabaError
from app.core.step import Result, StepContext
from app.core.threads import in_thread
from app.steps.addendum import check
from app.steps.addendum.progress import Progress, draft_of, reading_of, shown, take_up, text_read, turned

log = logging.getLogger(__name__)
FILE_LIMIT_S = 20.0
SIGNED_PDF, AUDIT_PDF, AUDIT_JSON = "addendum-signed.pdf", "addendum-audit.pdf", "addendum-audit.json"


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Desk:
    """One agent's addendum on this PC. Everything half done goes to the journal as it happens."""

    context: StepContext
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self.offer: AddendumOffer | None = None
        self.kept = False
        """The offer is an earlier one: nobody answers now."""
        self.document = b""
        self.progress = Progress()
        self.signed: Signed | None = None
        self.result: Result | None = None
        """How the step ends as things stand: signed, not asked for, or why it cannot go on."""
        self.copies: list[str] = []
        """Names of the files that were saved."""
        self.copies_code = ""
        """Why the copies are not there (yet)."""
        self._on_screen = 0
        self._since = 0.0

    @property
    def bounds(self) -> check.Limits:
        return check.limits(self.context.limits(check.STEP.id))

    @property
    def _addenda(self) -> Addenda:
        if self.context.addenda is None:
            raise AddendumError("addendum.not_paired")
        return self.context.addenda()

    # Open

    async def open(self) -> None:
        """Ask what there is to sign, bring to its end what was signed before, and have the document. Never raises for the line."""
        self.result, self.signed = None, None
        recorded = check.recorded(self.context.state())
        try:
            resumed = await self._resume()
            offered = await self._addenda.offer()
            self.offer, self.kept = offered.offer, offered.kept
            if self.offer.state == "none":
                self.result = check.not_asked()
                return
            self.progress = take_up(self.context.state(), self.offer, now())
            if (done := resumed or self._done(offered.offer)) is not None:
                self._is_signed(done)
                return
            self.document = await self._addenda.document(self.offer)
        except MarhabaError as error:
            log.info("addendum not opened: %s", error)
            self.result = recorded if recorded is not None and isinstance(error, BackendUnreachable) else check.result_of_error(error)
        except OSError as error:
            self.result = check.result_of_error(AddendumError("addendum.document_unreadable", error=str(error)))

    async def _resume(self) -> Signed | None:
        if not await in_thread(self._addenda.half_done, limit_s=FILE_LIMIT_S):
            return None
        try:
            return await self._addenda.resume()
        except BackendRefused as error:
            log.warning("a half-done signature was refused: %s", error)
            return None

    def _done(self, offer: AddendumOffer) -> Signed | None:
        recorded = check.recorded(self.context.state())
        certificate = str(recorded.facts.get("certificate_sha256", "")) if recorded is not None else ""
        return check.of_offer(offer, certificate)

    def _is_signed(self, done: Signed) -> None:
        assert self.offer is not None  # noqa: S101 - signed is what was offered
        self.signed = done
        result = check.signed(done, self.offer, self.progress)
        recorded = check.recorded(self.context.state())
        if recorded is not None and recorded.facts.get("document_sha256") == done.document_sha256:
            result = replace(result, facts={**recorded.facts, **result.facts})
        self.result = result

    def unreadable(self) -> None:
        """The bytes are those that were promised, but nothing can show them."""
        self.result = check.result_of_error(AddendumError("addendum.document_unreadable", error="not a document that can be shown"))

    # Read

    def look_at(self, page: int) -> None:
        """`page` is on screen from now on; 0: none is."""
        self._count()
        self._on_screen, self._since = page, self.clock()
        if page:
            self.progress = replace(self.progress, page=page)

    def _count(self) -> None:
        if self._on_screen:
            self.progress = shown(self.progress, self._on_screen, self.clock() - self._since)
            self._since = self.clock()

    def wait_s(self, text_since: float | None = None) -> float:
        """How long what is on screen must still be looked at; `text_since`: the clauses are, as text, since then."""
        bounds, at = self.bounds, self.progress
        if text_since is not None:
            return bounds.page_seconds * max(1, at.pages) - (self.clock() - text_since)
        fresh = self.clock() - self._since if self._on_screen == at.page else 0.0
        return 0.0 if at.page in at.read else bounds.page_seconds - at.seconds.get(at.page, 0.0) - fresh

    def turn(self) -> None:
        """The page on screen is read; the next one comes. Errors: JournalError."""
        self._count()
        self._keep(turned(self.progress, now()))
        self._on_screen, self._since = self.progress.page, self.clock()

    def text_is_read(self, seconds: float) -> None:
        """The clauses were read to their end as text. Errors: JournalError."""
        self._count()
        self._keep(text_read(self.progress, seconds, now()))

    def agree(self, on: bool) -> None:
        """Errors: JournalError."""
        consent = self.offer.consent if self.offer else None
        self._keep(replace(self.progress, consent=consent.version if on and consent else ""))

    @property
    def agreed(self) -> bool:
        consent = self.offer.consent if self.offer else None
        return bool(consent and self.progress.consent == consent.version)

    def keep_writing(self, what: str, clause: str, text: str) -> None:
        """A question or a refusal half written; without text it is dropped. Errors: JournalError."""
        asking = {"what": what, "clause": clause, "text": text} if what and text else {}
        if asking != dict(self.progress.asking):
            self._keep(replace(self.progress, asking=asking))

    def leave(self) -> None:
        """The page goes: the seconds of the page on screen are kept."""
        before = self.progress
        self._count()
        self._on_screen = 0
        if self.progress != before and self.result is None:
            try:
                self._keep(self.progress)
            except JournalError as error:
                log.warning("reading time not kept: %s", error)

    def _keep(self, progress: Progress) -> None:
        """Saved first, true then."""
        self.context.save(check.STEP.id, draft_of(progress))
        self.progress = progress

    # Sign

    async def send_code(self) -> CodeSent:
        """Errors: as the port."""
        assert self.offer is not None  # noqa: S101 - asked for from an offer on screen
        return await self._addenda.send_code(self.offer)

    async def sign(self, code: str, appearance: Appearance, language: str) -> None:
        """The act. What comes of it is `signed` and `result`. Errors: as the port; OSError."""
        offer = self.offer
        assert offer is not None and offer.consent is not None  # noqa: S101, PT018 - consent was ticked
        consent = ConsentGiven(self.progress.consent, language)
        act = Act(offer, self.document, reading_of(self.progress), consent, code, appearance)
        self._is_signed(await self._addenda.sign(act))

    async def reopen_if_changed(self, error: MarhabaError) -> bool:
        """After « another document is offered »: have that one. Whether there is another."""
        if check.code_of(error) != "addendum.document_changed":
            return False
        before = self.offer.sha256 if self.offer else ""
        await self.open()
        return self.offer is not None and self.offer.sha256 != before

    # Copies

    async def fetch_copies(self) -> None:
        """Both copies into Documents, each whole or not at all. Never raises: the signature stands without them."""
        done = self.signed
        if done is None or check.waits_for_time(done):
            return
        try:
            if not self.document and self.offer is not None and self.offer.sha256 == done.document_sha256:
                self.document = await self._addenda.document(self.offer)
            copies = await self._addenda.copies(done, self.document)
            # The signed document first: what comes after it may wait.
            files = {SIGNED_PDF: copies.signed_pdf, AUDIT_PDF: copies.audit_pdf, AUDIT_JSON: copies.audit_json}
            self.copies = [(await self._save(name, data)).name for name, data in files.items() if data]
            self.copies_code = ""
        except (OSError, TimeoutError) as error:
            log.warning("copies not saved: %s", error)
            self.copies_code = "addendum.copy_unsaved"
        except MarhabaError as error:
            log.warning("copies not fetched: %s", error)
            self.copies_code = "addendum.copy_differs" if error.code == "addendum.copy_differs" else "addendum.copy_unsaved"

    async def _save(self, name: str, data: bytes) -> Path:
        return await in_thread(self.context.keep_document, name, data, limit_s=FILE_LIMIT_S)

    async def wait_for_line(self, every_s: float) -> bool:
        """Wait until somebody answers again, after an offer that was only kept; whether another document is offered by then."""
        before = self.offer.sha256 if self.offer else ""
        while True:
            try:
                offered = await self._addenda.offer()
                if not offered.kept:
                    return offered.offer.sha256 != before
            except MarhabaError as error:
                log.info("still no line: %s", error)
            await asyncio.sleep(every_s)

    async def recheck(self) -> Result | None:
        """What is no longer as the journal says: the time stamp has come (the copies are saved then), or a newer text waits.

        None: nothing changed, or nobody answers now. Never raises for the line.
        """
        try:
            offered = await self._addenda.offer()
        except MarhabaError as error:
            log.info("addendum not rechecked: %s", error)
            return None
        result = None if offered.kept else check.recheck(offered.offer, self.context.state())
        if result is not None and result.code == "addendum.signed":
            self.offer, self.signed = offered.offer, check.of_offer(offered.offer)
            await self.fetch_copies()
        return result

    # Answers

    async def ask(self, clause: str, text: str) -> Result:
        """Tell human resources. Errors: JournalError."""
        assert self.offer is not None  # noqa: S101
        self._count()
        await self.context.ask_question(check.STEP.id, clause, text.strip()[: check.MAX_QUESTION], self.offer.document_id)
        result = check.asked(self.offer, self.progress, clause, text, self.bounds)
        # What was sent is no longer half written: leaving the page must not keep it a second time.
        self.progress = self.progress.with_questions(result.facts["questions"])
        return result

    def refuse(self, reason: str) -> Result:
        assert self.offer is not None  # noqa: S101
        self._count()
        self.progress = replace(self.progress, asking={})
        return check.refused(self.offer, self.progress, reason, self.bounds)

    def facts(self) -> dict[str, Any]:
        """What is known of the signature, for the page that shows it."""
        return dict(self.result.facts) if self.result is not None else {}


__all__ = ["AUDIT_JSON", "AUDIT_PDF", "SIGNED_PDF", "Desk"]

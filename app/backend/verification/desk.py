"""What the page and the API share: the verifying process, and what the employer keeps of its own documents."""

import asyncio
import contextlib
import threading
from pathlib import Path

from app.backend.documents.signing_keys import PkiError
from app.backend.documents.trust import trust_of
from app.backend.documents.verifier import Verifier
from app.backend.documents.verify import Known, with_known, with_note
from app.backend.rate import FailureLimit
from app.backend.store import retention
from app.backend.store.database import Database
from app.contracts.verdict import Verdict

TRIES = 60
"""Files an address may have verified in a quarter of an hour (`rate.WINDOW_S`)."""

_PROCESSES = 2


class NothingTrustedError(Exception):
    """There are no certificates yet: `marhaba backend pki init` was never run."""


class Desk:
    def __init__(self, data: Path, database: Database) -> None:
        self._data, self._database = data, database
        self._lock = threading.Lock()
        self._verifier: Verifier | None = None
        self._trusted: tuple[str, ...] = ()
        self.tries = FailureLimit(TRIES)

    async def judge(self, pdf: bytes) -> Verdict:
        """Errors: NothingTrustedError, verifier.VerifierBusyError, PkiError, OSError."""
        return await asyncio.to_thread(self._judge, pdf)

    async def warm(self) -> None:
        """The page was opened: a file will follow. Whatever is wrong is said when it does."""
        with contextlib.suppress(NothingTrustedError, PkiError, OSError):
            await asyncio.to_thread(lambda: self._ready().warm())

    def _judge(self, pdf: bytes) -> Verdict:
        verdict = self._ready().verify(pdf)
        if not verdict.signers:
            return verdict
        known = self._known(verdict)
        return with_known(verdict, known) if known is not None else with_note(verdict, "document.not_kept")

    def _ready(self) -> Verifier:
        """The verifier; a new one when other roots are trusted since (certificates made or replaced while the service runs)."""
        trust = trust_of(self._data)
        if not trust.roots:
            raise NothingTrustedError
        trusted = (*trust.roots, "", *trust.stamps)
        with self._lock:
            if self._verifier is None or trusted != self._trusted:
                if self._verifier is not None:
                    self._verifier.close()
                self._verifier, self._trusted = Verifier(trust, _PROCESSES), trusted
            return self._verifier

    def _known(self, verdict: Verdict) -> Known | None:
        """What is kept under the reference the document itself names: erased documents leave it behind (`store.retention`)."""
        with self._database.read() as connection:
            return retention.known(connection, verdict.reference, verdict.kind)

    def close(self) -> None:
        with self._lock:
            if self._verifier is not None:
                self._verifier.close()
                self._verifier = None

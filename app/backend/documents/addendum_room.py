"""Everything of the addendum, put together from the data directory, with its background task and its processes."""

import asyncio
import contextlib
import logging
from pathlib import Path

from app.backend.documents import codes, senders, setup
from app.backend.documents import pki as pki_room
from app.backend.documents.audit_paper import render_audit
from app.backend.documents.authority import Authority
from app.backend.documents.completion import Completion
from app.backend.documents.papers import Papers
from app.backend.documents.pool import Pool
from app.backend.documents.signing import Signing
from app.backend.documents.timestamps import OwnSource, RemoteSource, Source
from app.backend.journeys import Library
from app.backend.store.database import Database
from app.backend.store.writer import Writer

_log = logging.getLogger(__name__)


class AddendumRoom:
    def __init__(
        self,
        data: Path,
        database: Database,
        writer: Writer,
        library: Library,
        *,
        console: bool = False,
        passphrase_file: Path | None = None,
        processes: int | None = None,
    ) -> None:
        """Errors: PkiError, KeyFileError, OSError. Without `pki init` everything but signing works."""
        settings = setup.read(data)
        self.pki = pki_room.open_pki(data, passphrase_file) if pki_room.exists(data) else None
        self.authority = Authority.of(self.pki) if self.pki is not None else None
        if self.pki is None:
            _log.warning("there are no certificates yet: nobody can sign until `marhaba backend pki init` was run")
        self.pool = Pool(processes)
        self.papers = Papers(data, database, writer, library, self.pool)
        found = senders.senders(settings, data, console)
        if not found:
            _log.warning("%s names neither e-mail nor SMS: one-time codes cannot be sent", data / setup.FILE)
        self.signing = Signing(
            database=database,
            writer=writer,
            papers=self.papers,
            pool=self.pool,
            setup=settings,
            code_key=codes.open_key(data),
            senders=found,
            pki=self.pki,
        )
        self.completion = Completion(self.signing, self._source(settings, data), self._company, render_audit)
        self._task: asyncio.Task[None] | None = None
        self._warm = False

    def start(self) -> None:
        """Begin the background task, in the running loop."""
        self._task = asyncio.create_task(self.completion.run(), name="addendum completion")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def warm(self) -> None:
        """Somebody is about to sign: let the processes import what they need. Once, and without waiting."""
        if not self._warm:
            self._warm = True
            self.pool.warm()

    def close(self) -> None:
        self.pool.close()

    def _company(self) -> str:
        return self.papers.sources().company.employer.name

    def _source(self, settings: setup.Setup, data: Path) -> Source:
        if settings.time_stamp is not None:
            return RemoteSource(settings.time_stamp, data)
        return OwnSource(self.authority)

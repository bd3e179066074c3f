"""The one thread that writes. Requests hand it jobs and await their result; jobs that wait together share one commit.

A durable commit costs a disk flush whatever it holds, so group commit is what makes a morning's rush affordable. A job
is a plain function of a connection; it reports refusals by its return value. An exception means that it failed: the
group is rolled back and each job is run again alone, so that one bad job costs the others nothing.
"""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from app.backend.store.database import Database

T = TypeVar("T")
_MAX_GROUP = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    work: Callable[[Connection], Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]

    def settle(self, result: Any, error: Exception | None) -> None:
        try:
            self.loop.call_soon_threadsafe(self._set, result, error)
        except RuntimeError:  # the loop is closed: nobody waits any more
            _log.debug("a result came after the event loop had ended")

    def _set(self, result: Any, error: Exception | None) -> None:
        if self.future.done():
            return
        if error is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(error)


class Writer:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """The result of `work`, once what it wrote is durable. Errors: what `work` raised; sqlalchemy.exc.SQLAlchemyError."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, loop, future))
        return await future

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        self._jobs.put(None)
        self._thread.join(timeout=30)

    def _work(self) -> None:
        ended = False
        while not ended:
            group: list[_Job] = []
            job = self._jobs.get()
            while job is not None:
                group.append(job)
                if len(group) >= _MAX_GROUP:
                    break
                try:
                    job = self._jobs.get_nowait()
                except queue.Empty:
                    break
            ended = job is None
            if group:
                self._commit(group)

    def _commit(self, group: list[_Job]) -> None:
        try:
            with self._database.write() as connection:
                results = [job.work(connection) for job in group]
        except Exception as error:
            if len(group) == 1:
                group[0].settle(None, error)
                return
            _log.warning("a group of %d writes failed (%s); each is run alone", len(group), type(error).__name__)
            for job in group:
                self._commit([job])
            return
        for job, result in zip(group, results, strict=True):
            job.settle(result, None)

"""Worker processes for what costs processor time: typst and pyHanko hold the interpreter's lock. No keys and no network in there."""

import asyncio
import contextlib
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
LIMIT_S = 60
"""Longer than the queue of a morning's rush; a request gives up earlier by itself."""
_log = logging.getLogger(__name__)


class Pool:
    """Started with the first job, as the backend's start should not wait for it."""

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes or max(1, min(4, os.cpu_count() or 1))
        self._executor: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._running = 0
        self._quiet = asyncio.Event()
        self._quiet.set()

    async def quiet(self, limit_s: float) -> None:
        """Wait until nobody's job runs, or for `limit_s` seconds: what can wait does not stand in the way of people."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(limit_s):
                await self._quiet.wait()

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`work` must be a module's function. A worker that was killed costs one more try, not the signature.

        Errors: what `work` raises; TimeoutError; BrokenProcessPool when it dies twice.
        """
        self._running += 1
        self._quiet.clear()
        try:
            return await self._run(work, *args, **kwargs)
        finally:
            self._running -= 1
            if not self._running:
                self._quiet.set()

    async def _run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        for last in (False, True):
            executor = self._started()
            try:
                async with asyncio.timeout(LIMIT_S):
                    return await asyncio.wrap_future(executor.submit(work, *args, **kwargs))
            except BrokenProcessPool:
                _log.warning("a signing worker died; new ones are started")
                self._drop(executor)
                if last:
                    raise
        raise BrokenProcessPool

    def warm(self) -> None:
        """Start the workers and let them import, without waiting."""
        executor = self._started()
        for _ in range(self._processes):
            executor.submit(_imports)

    def close(self) -> None:
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._executor is None:
                context = multiprocessing.get_context("spawn")  # the server has threads: forking them would be undefined
                self._executor = ProcessPoolExecutor(self._processes, context, _begin)
            return self._executor

    def _drop(self, executor: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._executor is executor:
                self._executor = None
        executor.shutdown(wait=False)


def _begin() -> None:
    """A worker ends with its server, also when that is killed: its queue would never tell."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server decides
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: "multiprocessing.process.BaseProcess") -> None:
    parent.join()
    os._exit(1)


def _imports() -> None:
    import typst  # noqa: F401

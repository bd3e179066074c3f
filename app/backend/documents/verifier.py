"""Verifying in a process of its own, bounded in time and memory: a file that makes a parser loop ends that process, not the service.

One request is one line of JSON and the file's bytes on the worker's standard input; one verdict is one line of JSON on its output. The
worker stays for the next file, because starting Python and pyHanko takes longer than verifying.
"""

import contextlib
import hashlib
import logging
import queue
import subprocess
import sys
import threading
from datetime import UTC, datetime
from typing import BinaryIO

import msgspec

from app.backend.documents.signatures import Trust
from app.backend.documents.verify import stopped, verify
from app.contracts.verdict import MAX_BYTES, Verdict

LIMIT_S = 10.0
_START_S = 20.0
_MEMORY = 1024 * 1024 * 1024
_FILES_A_WORKER = 500  # then a new one: nothing a file left behind lasts


_log = logging.getLogger(__name__)


class VerifierBusyError(Exception):
    """All workers are taken and waiting for one took too long, or none starts: nothing is said about the file."""


class _Request(msgspec.Struct):
    size: int
    roots: list[str]
    stamps: list[str]
    employee_id: str = ""


class _Worker:
    def __init__(self) -> None:
        command = [sys.executable, "-I", "-c", _WORKER.format(path=sys.path)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.done = 0
        threading.Thread(target=self._read, name="verifier", daemon=True).start()
        self._started = False

    @property
    def usable(self) -> bool:
        return self._process.poll() is None and self.done < _FILES_A_WORKER

    def ask(self, request: _Request, pdf: bytes, limit_s: float) -> Verdict | None:
        """None when it died or did not answer in time; then it is of no more use. Errors: VerifierBusyError when it did not even start."""
        if not self._started:
            if self._next(_START_S) is None:
                self.close()
                _log.error("the verifying process did not start")
                raise VerifierBusyError
            self._started = True
        writing = threading.Thread(target=self._write, args=(msgspec.json.encode(request) + b"\n" + pdf,), daemon=True)
        writing.start()
        line = self._next(limit_s)
        if line is None:
            self.close()
            return None
        writing.join()
        self.done += 1
        return msgspec.json.decode(line, type=Verdict)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was still to be written has nowhere to go
                    pipe.close()

    def _read(self) -> None:
        pipe = self._process.stdout
        try:
            for line in iter(pipe.readline, b"") if pipe is not None else ():
                self._lines.put(line)
        except (OSError, ValueError):  # closed under it
            pass
        self._lines.put(b"")

    def _write(self, raw: bytes) -> None:
        pipe = self._process.stdin
        try:
            if pipe is not None:
                pipe.write(raw)
                pipe.flush()
        except (OSError, ValueError):  # it died: `ask` sees that
            pass

    def _next(self, limit_s: float) -> bytes | None:
        try:
            return self._lines.get(timeout=limit_s) or None
        except queue.Empty:
            return None


class Verifier:
    """Safe from many threads. Workers start at the first file and end with `close`."""

    def __init__(self, trust: Trust, workers: int = 1, limit_s: float = LIMIT_S) -> None:
        self._trust = trust
        self._limit_s = limit_s
        self._closed = False
        self._slots: queue.LifoQueue[_Worker | None] = queue.LifoQueue()  # the last one used again: the others need not start
        for _ in range(workers):
            self._slots.put(None)

    def verify(self, pdf: bytes, employee_id: str = "") -> Verdict:
        """A file too slow or too greedy gets the verdict `file.too_slow`. Errors: VerifierBusyError."""
        sha256 = hashlib.sha256(pdf).hexdigest()
        if len(pdf) > MAX_BYTES:
            return stopped(len(pdf), sha256, "file.too_large")
        try:
            worker = self._slots.get(timeout=self._limit_s)
        except queue.Empty as error:
            raise VerifierBusyError from error
        try:
            if worker is None or not worker.usable:
                if worker is not None:
                    worker.close()
                worker = _Worker()
            verdict = worker.ask(_Request(len(pdf), self._trust.roots, self._trust.stamps, employee_id), pdf, self._limit_s)
            if verdict is None:
                worker.close()
                worker = None
                return stopped(len(pdf), sha256, "file.too_slow")
            return verdict
        except VerifierBusyError:
            worker = None
            raise
        finally:
            if self._closed and worker is not None:
                worker.close()
                worker = None
            self._slots.put(worker)

    def warm(self) -> None:
        """Somebody is about to bring a file: start a process, unless one is there. Does not wait for it."""
        try:
            worker = self._slots.get_nowait()
        except queue.Empty:
            return
        if worker is not None and not worker.usable:
            worker.close()
            worker = None
        self._slots.put(worker or _Worker())

    def close(self) -> None:
        """Ends the idle workers; a busy one ends with its file."""
        self._closed = True
        while True:
            try:
                worker = self._slots.get_nowait()
            except queue.Empty:
                return
            if worker is not None:
                worker.close()


_WORKER = "import sys; sys.path[:] = {path!r}; from app.backend.documents.verifier import work; work()"


def work(source: BinaryIO | None = None, sink: BinaryIO | None = None) -> None:
    """The worker's life: a request, a verdict, until its input ends."""
    requests, answers = source or sys.stdin.buffer, sink or sys.stdout.buffer
    _bound_memory()
    _warm_up()
    answers.write(b"ready\n")
    answers.flush()
    while line := requests.readline(1_000_000):
        request = msgspec.json.decode(line, type=_Request)
        pdf = requests.read(request.size)
        try:
            verdict = verify(pdf, Trust(request.roots, request.stamps), employee_id=request.employee_id or None, now=datetime.now(UTC))
        except (MemoryError, RecursionError):
            verdict = stopped(len(pdf), hashlib.sha256(pdf).hexdigest(), "file.too_slow")
        answers.write(msgspec.json.encode(verdict) + b"\n")
        answers.flush()


def _bound_memory() -> None:
    if sys.platform != "win32":  # there is no such limit there; the time limit stays
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _warm_up() -> None:
    import pikepdf  # noqa: F401
    import pyhanko.sign.validation  # noqa: F401

"""The program that test_kill kills: forks a child on request; the child records as fast as it can and reports meanwhile.

Imports are paid once, before the fork, so that hundreds of kills fit in half a minute.
Arguments: the journal, the key file, the backend's address, the file to note recorded events in.
"""

import asyncio
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import events, keys
from app.services.backend_api import BackendApi
from app.services.reporter import Pace, Reporter
from app.services.store import Store


async def record_and_report(journal: Path, key: Ed25519PrivateKey, url: str, notes: int) -> None:
    store = Store(journal)
    store.use_key(key)
    if not store.state.session_code:
        note(notes, store.record(events.SessionStarted(keys.public_text(key), "123456", "1", "fr", "0.1.0")))
    reporter = Reporter(store, BackendApi(url), lambda: "token", pace=Pace(base_s=0.002, cap_s=0.01))
    store.subscribe(reporter.wake)
    task = asyncio.create_task(reporter.run())
    number = 0
    while not task.done():
        note(notes, store.record(events.StepSaved("guidelines", {"n": number})))
        number += 1
        await asyncio.sleep(0)
    task.result()


def note(notes: int, event: events.Event) -> None:
    """Said only once it is recorded; one write, so that a kill leaves whole lines."""
    os.write(notes, f"{event.sequence} {event.id}\n".encode())


def main() -> None:
    journal, key_file, url, notes_file = sys.argv[1:]
    key = Ed25519PrivateKey.from_private_bytes(Path(key_file).read_bytes())
    for _request in sys.stdin:
        child = os.fork()
        if child == 0:
            notes = os.open(notes_file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            asyncio.run(record_and_report(Path(journal), key, url, notes))
            os._exit(3)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print(status, flush=True)


if __name__ == "__main__":
    main()

"""A backend that is killed at a chosen point: `MARHABA_KILL=after:addenda.begin python -m tests.backend.documents.killed serve ...`.

`before` and `after` are those of the commit whose transaction called that function of the store.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from app.backend.cli import main
from app.backend.store import addenda, signers
from app.backend.store.database import Database

if __name__ == "__main__":
    moment, _, point = os.environ["MARHABA_KILL"].partition(":")
    module = {"addenda": addenda, "signers": signers}[point.partition(".")[0]]
    name = point.partition(".")[2]
    called, write = [], Database.write
    wanted: Callable[..., Any] = getattr(module, name)

    def marked(*args: Any, **kwargs: Any) -> Any:
        called.append(name)
        return wanted(*args, **kwargs)

    @contextmanager
    def killed(self: Database) -> Iterator[Connection]:
        with write(self) as connection:
            yield connection
            if called and moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
        if called:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, marked)
    Database.write = killed  # type: ignore[method-assign]
    sys.exit(main(sys.argv[1:]))

"""A process that has imported the backend and forks it on request: a start is then a fork, not a second of imports.

Each line read is the arguments of one `marhaba …` as JSON; its id is written at once, its end when it ends. Argument: the log.
"""

import json
import os
import sys

import app.backend.serve
from app import __main__


def main() -> None:
    assert app.backend.serve
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    for request in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(log, 1)
            os.dup2(log, 2)
            os._exit(__main__.main(json.loads(request)))
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print(status, flush=True)


if __name__ == "__main__":
    main()

"""The whole suite runs in two lanes, a process each: what hears, measures or waits in real time is one after the other in the first, as
ever; all the rest goes on beside it, and gives way to it."""

import os

import pytest
from xdist.scheduler import LoadScopeScheduling

REAL_TIME = "in real time"

IN_REAL_TIME = (
    "tests/audio/",
    "tests/commands/test_demo",
    "tests/journeys/test_exactly_once.py",
    "tests/journeys/test_one_step.py",
    "tests/journeys/test_walk.py",
    "tests/link/",
    "tests/services/test_kill.py",
    "tests/services/test_reporter.py",
    "tests/services/test_secrets.py",
    "tests/steps/box/",
    "tests/system/voice/",
    "tests/system/vpn/test_session.py",
    "tests/tunnel/",
    "tests/ui/test_aio.py",
    "tests/ui/test_loop_watch.py",
)
"""Files and folders with a line, sound, a tunnel, a desktop session, or bounds in milliseconds. None of these runs beside another."""

_YIELDS = 10


def lane(node_id: str) -> str:
    """What runs in one process and in order: everything in real time, or one file of the rest."""
    path = node_id.partition("::")[0]
    return REAL_TIME if path.startswith(IN_REAL_TIME) else path


def wanted(config: pytest.Config) -> int:
    """Processes: two for the whole suite; none but pytest's own for a choice of it, or where somebody looks at what tests print."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return 2 if whole and config.option.capture != "no" and (os.cpu_count() or 1) > 1 else 0


def in_order(items: list[pytest.Item]) -> None:
    """The lane in real time is the longest: it begins at once."""
    items.sort(key=lambda item: lane(item.nodeid) != REAL_TIME)


class Lanes(LoadScopeScheduling):
    """Gives a process that is free the next lane that nobody has taken."""

    def _split_scope(self, nodeid: str) -> str:
        return lane(nodeid)


class GivesWay:
    """A process that has left real time behind is served after the one that is still in it, with all that it starts."""

    def __init__(self) -> None:
        self._gave_way = not hasattr(os, "nice")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if not self._gave_way and lane(item.nodeid) != REAL_TIME:
            os.nice(_YIELDS)
            self._gave_way = True

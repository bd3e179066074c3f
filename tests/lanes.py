"""How the whole suite runs: first what must have the machine to itself, one after the other; then two lanes, a process each: what waits in
real time in the one, all the rest in the other, which gives way to the first."""

import os
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

ALONE, REAL_TIME = "alone", "in real time"

LANES = {
    ALONE: ("tests/audio/", "tests/link/", "tests/steps/box/test_box_sound.py", "tests/system/voice/", "tests/ui/test_loop_watch.py"),
    REAL_TIME: (
        "tests/commands/test_demo",
        "tests/journeys/test_exactly_once.py",
        "tests/journeys/test_one_step.py",
        "tests/journeys/test_walk.py",
        "tests/services/test_kill.py",
        "tests/services/test_reporter.py",
        "tests/services/test_secrets.py",
        "tests/steps/box/",
        "tests/system/vpn/test_session.py",
        "tests/tunnel/",
        "tests/ui/test_aio.py",
    ),
}
"""Files and folders. Alone: what is measured there to the millisecond, sound and lines, is measured wrong beside anything else. In real
time: tunnels, desktop sessions, kills within a limit, whole walks; none of these runs beside another."""

_YIELDS = 5


def lane(node_id: str) -> str:
    """What runs in one process and in order: a lane, or one file of the rest."""
    path = node_id.partition("::")[0]
    return next((name for name, places in LANES.items() if path.startswith(places)), path)


def wanted(config: pytest.Config) -> int:
    """Processes: two for the whole suite; none but pytest's own for a choice of it, or where somebody looks at what tests print."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return 2 if whole and config.option.capture != "no" and (os.cpu_count() or 1) > 1 else 0


def in_order(items: list[pytest.Item]) -> None:
    """Alone first; then the lane in real time, which is the longest, before the rest."""
    order = {name: number for number, name in enumerate(LANES)}
    items.sort(key=lambda item: order.get(lane(item.nodeid), len(order)))


class Lanes(LoadScopeScheduling):
    """Gives a process that is free the next lane that nobody has taken; none while another's must be alone."""

    def _split_scope(self, nodeid: str) -> str:
        return lane(nodeid)

    def _assign_work_unit(self, node: Any) -> None:
        if not any(False in units.get(ALONE, {}).values() for other, units in self.assigned_work.items() if other is not node):
            super()._assign_work_unit(node)

    def mark_test_complete(self, node: Any, item_index: int, duration: float = 0) -> None:
        super().mark_test_complete(node, item_index, duration)
        if lane(self.registered_collections[node][item_index]) == ALONE:
            for other in self.nodes:
                if other is not node and not self._pending_of(self.assigned_work[other]):
                    # Twice: a process begins a test only when it knows the next one.
                    self._reschedule(other)
                    self._reschedule(other)


class GivesWay:
    """A process that is at the rest is served after the one that is in real time, with all that it starts."""

    def __init__(self) -> None:
        self._gave_way = not hasattr(os, "nice")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        if not self._gave_way and lane(item.nodeid) not in LANES:
            os.nice(_YIELDS)
            self._gave_way = True

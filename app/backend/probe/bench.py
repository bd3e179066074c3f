"""Which tests of a line run now, how much each may take, and how fast an address may be echoed. In memory; one event loop."""

import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass

MAX_BYTES = 8_000_000
"""A download or an upload."""
TEST_BYTES = 16_000_000
"""All downloads and all uploads of one test, each. Sizes in bytes."""
BUSY_RETRY_S = 15
QUIET_S = 5.0
"""A test is over when nothing came of it for so long."""
LIFE_S = 60.0
"""A test has 25 s; a name given out ends after this, so that nobody can be echoed with an old one."""
_MAX_NAMES = 20_000
NAME_BYTES = 8


@dataclass
class LineTest:
    """One test, by the name it was given. `received` bytes of uploads; `given` bytes of downloads promised."""

    born: float
    touched: float = 0.0
    received: int = 0
    given: int = 0


class Bench:
    """At most `places` tests at once. A test takes its place with its first packet, not with its name."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.udp_port = 0
        self._tests: OrderedDict[bytes, LineTest] = OrderedDict()
        self._running: set[bytes] = set()
        self._swept = 0.0

    def name(self) -> bytes | None:
        """A name for a new test, or None when every place is taken."""
        now = time.monotonic()
        if self.running(now) >= self.places:
            return None
        while self._tests and (len(self._tests) >= _MAX_NAMES or now - next(iter(self._tests.values())).born > LIFE_S):
            old, _ = self._tests.popitem(last=False)
            self._running.discard(old)
        name = secrets.token_bytes(NAME_BYTES)
        self._tests[name] = LineTest(now)
        return name

    def running(self, now: float) -> int:
        if now - self._swept > 0.25:
            self._swept = now
            self._running = {name for name in self._running if name in self._tests and now - self._tests[name].touched <= QUIET_S}
        return len(self._running)

    def take(self, name: bytes) -> LineTest | None:
        """The test of that name, kept in its place. None: the name is unknown or too old, or no place is free."""
        now = time.monotonic()
        test = self._tests.get(name)
        if test is None or now - test.born > LIFE_S:
            return None
        if name not in self._running:
            if self.running(now) >= self.places:
                return None
            self._running.add(name)
        test.touched = now
        return test


class PacketRate:
    """A token bucket an address, and one for all of them together. Packets a second; a burst is one second's worth.

    Many agents may share an address (carrier-grade NAT): the figure is that of twenty tests at 50 packets a second.
    """

    def __init__(self, each: float = 1000.0, together: float = 10_000.0) -> None:
        self._each, self._together = each, together
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._all = (together, 0.0)

    def take(self, address: str, now: float | None = None) -> bool:
        now = time.monotonic() if now is None else now
        left = _refilled(*self._all, self._together, now)
        own = _refilled(*self._buckets.pop(address, (self._each, now)), self._each, now)
        allowed = left >= 1.0 and own >= 1.0
        self._buckets[address] = (own - allowed, now)
        self._all = (left - allowed, now)
        if len(self._buckets) > 10_000:
            self._buckets.popitem(last=False)
        return allowed


def _refilled(tokens: float, at: float, rate: float, now: float) -> float:
    return min(rate, tokens + (now - at) * rate)

"""Failures counted in a sliding window, in memory: a restart forgives, and one process is the rule."""

import threading
import time
from collections import deque

WINDOW_S = 15 * 60
_MAX_KEYS = 20_000


class FailureLimit:
    """At most `limit` failures a key in `window_s` seconds.

    An attempt counts as a failure from its start and is given back when it succeeds, so that many at once cannot all
    slip under the limit.
    """

    def __init__(self, limit: int, window_s: float = WINDOW_S) -> None:
        self._limit, self._window = limit, window_s
        self._failures: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def take(self, key: str) -> int:
        """Begin an attempt. Returns 0, or the whole seconds to wait before the next one may begin."""
        now = time.monotonic()
        with self._lock:
            times = self._failures.setdefault(key, deque())
            while times and now - times[0] >= self._window:
                times.popleft()
            if len(times) >= self._limit:
                return max(1, int(times[0] + self._window - now) + 1)
            times.append(now)
            if len(self._failures) > _MAX_KEYS:
                self._forget(now)
        return 0

    def give_back(self, key: str) -> None:
        """The attempt begun last succeeded."""
        with self._lock:
            times = self._failures.get(key)
            if times:
                times.pop()
            if not times:
                self._failures.pop(key, None)

    def _forget(self, now: float) -> None:
        stale = [key for key, times in self._failures.items() if not times or now - times[-1] >= self._window]
        for key in stale:
            del self._failures[key]
        while len(self._failures) > _MAX_KEYS:  # a flood of addresses: the oldest go first
            del self._failures[next(iter(self._failures))]

"""Figures from echoes. Pure. Times in seconds in, milliseconds out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median

_SHORTEST_S = 0.05
"""A rate over less is one of buffers."""
_WARM_UP = 16
"""RFC 3550 jitter starts at zero and gains a sixteenth a packet: the first values say little."""


@dataclass(frozen=True)
class Echo:
    """One packet that came back. `server` is the server's clock (s), whose zero is its own; None where it is not told."""

    sequence: int
    sent: float
    server: float | None
    back: float
    received: int = 0
    """Bytes of uploads that the server had by then."""

    @property
    def rtt(self) -> float:
        return self.back - self.sent


def jitter_ms(pairs: Iterable[tuple[float, float]]) -> float | None:
    """Interarrival jitter of RFC 3550 section 6.4.1 from (sent, arrived), in the order of arrival. The clocks need not agree.

    The running estimate swings by a quarter from packet to packet, so its mean past the warm-up is given. None: under two packets.
    """
    estimate = 0.0
    values: list[float] = []
    before: float | None = None
    for sent, arrived in pairs:
        transit = arrived - sent
        if before is not None:
            estimate += (abs(transit - before) - estimate) / 16.0
            values.append(estimate)
        before = transit
    if not values:
        return None
    return 1000.0 * fmean(values[_WARM_UP:] or values[-1:])


def worse_jitter_ms(echoes: Sequence[Echo]) -> float | None:
    """The worse of both directions, or that of the round trip where the server's clock is unknown."""
    by_arrival = sorted(echoes, key=lambda echo: echo.back)
    stamped = [(echo.sent, echo.server, echo.back) for echo in by_arrival if echo.server is not None]
    if not stamped:
        return jitter_ms((echo.sent, echo.back) for echo in by_arrival)
    up = jitter_ms((sent, server) for sent, server, _ in sorted(stamped, key=lambda three: three[1]))
    down = jitter_ms((server, back) for _, server, back in stamped)
    return max((value for value in (up, down) if value is not None), default=None)


def rtt_ms(echoes: Sequence[Echo]) -> float | None:
    return 1000.0 * median(echo.rtt for echo in echoes) if echoes else None


def p95_ms(echoes: Sequence[Echo]) -> float | None:
    """The 95th percentile (nearest rank)."""
    if not echoes:
        return None
    ordered = sorted(echo.rtt for echo in echoes)
    return 1000.0 * ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def echoes_mbit(echoes: Sequence[Echo], each: int) -> float:
    """Mbit/s that echoes of `each` bytes took of the line one way. 0: too few to say."""
    span = max((echo.sent for echo in echoes), default=0.0) - min((echo.sent for echo in echoes), default=0.0)
    return len(echoes) * each * 8.0 / span / 1e6 if span >= _SHORTEST_S else 0.0


def rate_mbit(points: Sequence[tuple[float, int]], stop_at: int | None = None) -> float | None:
    """Mbit/s from (seconds, bytes so far), slow start left out: the first 30 % of the time.

    `stop_at` bytes: nothing past it counts, since some of the connections had ended. None: nothing moved, or for too short a time to say.
    """
    moved = [point for point in points if point[1] > 0]
    if stop_at is not None:
        moved = [point for number, point in enumerate(moved) if number < 3 or point[1] <= stop_at]
    if len(moved) < 2:
        return None
    end, total = moved[-1]
    begin = moved[0][0] + 0.3 * (end - moved[0][0])
    steady = [point for point in moved if point[0] >= begin]
    first = steady[0] if len(steady) > 1 else moved[0]
    if end - first[0] < _SHORTEST_S or total <= first[1]:
        return None
    return (total - first[1]) * 8.0 / (end - first[0]) / 1e6

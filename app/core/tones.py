"""Short soft tones that tell something by their pitch."""

import math
from array import array
from typing import Protocol

LOWEST_HZ, HIGHEST_HZ = 220.0, 880.0
"""Two octaves that small loudspeakers carry."""
LEVEL_DBFS = -26.0
"""Of a full-scale sine (AES17): soft, and far under what a headset may reach."""
TONE_S = 0.15
FADE_S = 0.02


class Tones(Protocol):
    async def open(self) -> bool:
        """Make ready to play; may take a second the first time. False: there is nothing here to play on."""
        ...

    def play(self, hz: float) -> bool:
        """One tone, from now; quick, and one that still plays is not cut. False: the output is gone. Errors: none."""
        ...

    def close(self) -> None:
        """Silence, and the output is given back. Also when it was never opened."""
        ...


def pitch_hz(value: float, lowest: float, highest: float) -> float:
    """The pitch of `value` between two bounds: LOWEST_HZ at or below `lowest`, HIGHEST_HZ at or above `highest`, equal steps to the ear."""
    part = 1.0 if highest <= lowest else min(1.0, max(0.0, (value - lowest) / (highest - lowest)))
    return float(LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** part)


def rendered(hz: float, rate: int) -> "array[float]":
    """One tone as samples in -1 to 1 at `rate` a second; it begins and ends in silence (raised cosine), so that nothing clicks."""
    count, fade = round(TONE_S * rate), max(1, round(FADE_S * rate))
    peak, step = 10.0 ** (LEVEL_DBFS / 20.0), 2.0 * math.pi * hz / rate
    samples = array("d", bytes(8 * count))
    for number in range(count):
        edge = min(number, count - 1 - number)
        gain = peak if edge >= fade else peak * 0.5 * (1.0 - math.cos(math.pi * edge / fade))
        samples[number] = gain * math.sin(step * number)
    return samples

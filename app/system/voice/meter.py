"""What a test may take and has taken: bytes on the line and seconds."""

import time
from dataclasses import dataclass, field

TCP_OVERHEAD = 1.055
"""Bytes on the line for a byte of content: IP, TCP with time stamps and TLS on 1400-byte packets, and the acknowledgements."""
HANDSHAKE_BYTES = 7_000
"""TCP and TLS 1.3 with a chain of two or three certificates, both directions."""


@dataclass
class Meter:
    """Bytes counted both ways, headers included. One event loop only."""

    budget: float
    limit_s: float
    spent: float = 0.0
    began: float = field(default_factory=time.monotonic)

    def add(self, size: float) -> None:
        self.spent += size

    def content(self, size: int) -> None:
        """`size` bytes carried by TCP."""
        self.spent += size * TCP_OVERHEAD

    @property
    def left(self) -> float:
        return max(0.0, self.budget - self.spent)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    @property
    def seconds_left(self) -> float:
        return max(0.0, self.limit_s - self.seconds)

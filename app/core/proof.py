"""What proves a tunnel, apart from the word of its client: paths, names, applications, packet sizes. Shapes and port only.

A path is judged by the address this PC would speak from (the routing table's answer): no packet is sent for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol


@dataclass(frozen=True)
class LineNow:
    """The line before the tunnel. `clock_skew_s`: this PC's clock less the company server's, None where the server gave no time."""

    online: bool
    portal: bool = False
    clock_skew_s: float | None = None


@dataclass(frozen=True)
class AppCheck:
    """One application of the activity, as the journey names it.

    `tcp` opens a connection; `tls` also checks the certificate; `http` also asks `path` (over TLS with `secure`) and wants an answer
    below 400, or one of `status`. `ca` (PEM) replaces the system's trust for this application alone.
    """

    id: str
    name: Mapping[str, str]
    host: str
    port: int
    kind: Literal["tcp", "tls", "http"] = "tcp"
    path: str = "/"
    secure: bool = True
    status: tuple[int, ...] = ()
    ca: str = ""


@dataclass(frozen=True)
class AppAnswer:
    """`code`: empty when it answered, else `vpn.app_down`, `vpn.app_certificate`, `vpn.dns_not_applied` (its name is not known).

    `source`: the address this PC spoke from. `detail` is technical and short (an errno's name, an HTTP status).
    """

    app: AppCheck
    code: str = ""
    ms: float | None = None
    source: str = ""
    detail: str = ""


class Proof(Protocol):
    async def line(self) -> LineNow:
        """Within 6 s. Never raises: what cannot be known is left out."""
        ...

    def source_of(self, address: str) -> str:
        """The local address this PC would speak from to reach `address` (not a name); empty without a route. Quick, never raises."""
        ...

    def resolvers(self) -> tuple[str, ...]:
        """The name servers this PC asks, where the system tells (a local stub is followed). Empty: unknown. Quick, never raises."""
        ...

    async def resolve(self, name: str) -> tuple[str, ...]:
        """Addresses of a name by this PC's own way of asking, within 5 s. Empty: unknown name, or no answer."""
        ...

    async def app(self, app: AppCheck) -> AppAnswer:
        """Within 8 s. Never raises."""
        ...

    async def packet_bytes(self, probe_url: str, sizes: tuple[int, ...]) -> int | None:
        """The largest of `sizes` (bytes of a whole IP packet, not to be fragmented) that the probe echoes. None: it echoes none."""
        ...

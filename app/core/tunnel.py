"""The tunnel to the company or to its client, as the steps see it: profiles, questions, events and the port. Shapes only.

Times are seconds, sizes bytes, networks CIDR text. What goes wrong is a `TunnelError` (core.errors) whose code has texts.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self


class Kind(StrEnum):
    OPENVPN = "openvpn"
    IKEV2 = "ikev2"
    WIREGUARD = "wireguard"


@dataclass(frozen=True)
class Remote:
    """One way to the gateway. `host` is a name or an address; `transport` is udp or tcp."""

    host: str
    port: int
    transport: str = "udp"


@dataclass(frozen=True)
class TunnelProfile:
    """A checked profile: nothing in it can run a program or touch a file that IT did not mean.

    `remotes` stand in the order they are tried. `full`: whether all traffic goes through by the profile itself (a server may still
    say otherwise, see `Connected.full`). `sha256` is of the profile as IT laid it down. No secret is shown by `repr`.
    """

    name: str
    kind: Kind
    remotes: tuple[Remote, ...]
    asks_password: bool = False
    challenge: str = ""
    """The words of a static challenge (asked together with the password), or empty."""
    challenge_echo: bool = False
    full: bool = False
    routes: tuple[str, ...] = ()
    """Networks the profile itself routes into the tunnel; the server usually sends its own."""
    certificate_from: datetime | None = None
    certificate_until: datetime | None = None
    """The dates of the client certificate inside the profile (UTC), None without one."""
    certificate_name: str = ""
    sha256: str = ""
    text: str = field(default="", repr=False)
    """The profile rewritten from what was understood, and nothing else: what an adapter may hand on."""


class Asked(StrEnum):
    """What kind of answer is wanted."""

    PASSWORD = "password"  # noqa: S105
    """`user` and `password`."""
    STATIC = "static_challenge"
    """`user`, `password` and `code` together."""
    DYNAMIC = "dynamic_challenge"
    """`code`, after the password was accepted (CRV1)."""
    PENDING = "pending_text"
    """`code`, on the open connection (CR_TEXT): nothing reconnects."""
    WEB = "web_auth"
    """Sign in at `url` in the browser; any Answer means « opened »."""
    KEY = "key_passphrase"
    """`password`: the passphrase of the private key in the profile."""


@dataclass(frozen=True)
class Question:
    """What the server, or the profile, wants to know.

    `refused` is the code of the refusal that led here again (empty the first time), `said` the server's own words about it.
    `limit_s`: how long the server waits, where it says so.
    """

    kind: Asked
    text: str = ""
    """The server's own words, for a challenge."""
    echo: bool = False
    """Whether the code may be seen while it is typed."""
    user: str = ""
    url: str = ""
    refused: str = ""
    said: str = ""
    times: int = 1
    """1 the first time this kind is asked in this attempt."""
    limit_s: float | None = None


@dataclass(frozen=True)
class Answer:
    """Never logged, never shown."""

    user: str = ""
    password: str = field(default="", repr=False)
    code: str = field(default="", repr=False)


AnswerTo = Callable[[Question], Awaitable[Answer | None]]
"""Asks the person (or the keyring). None: they gave up, and the attempt ends with `vpn.cancelled`, or the code of the last refusal."""


@dataclass(frozen=True)
class Reaching:
    """A gateway is being tried. Errors of names are told as a TunnelError once every remote failed."""

    remote: Remote


@dataclass(frozen=True)
class Authenticating:
    """The gateway answered: keys, certificates and identity are being checked. `address` is the gateway's own."""

    address: str = ""
    port: int = 0
    transport: str = ""


@dataclass(frozen=True)
class Questioned:
    """A question was put to `answer`; for pages that show what is awaited."""

    question: Question


@dataclass(frozen=True)
class AssigningAddress:
    address: str


@dataclass(frozen=True)
class AddingRoutes:
    routes: tuple[str, ...]


@dataclass(frozen=True)
class Connected:
    """The tunnel says it is up. That is a claim: the step proves it.

    `routes` are networks sent through `device`; `conflicts` those that failed or clash with a network this PC is on.
    `dns_applied`: whether this PC now asks `dns` (None: not for this adapter to know). `expires_in_s`: when the server will end the
    session. `seconds`: since the attempt began, or since the cut where `again` is true; time spent waiting for a person is left out.
    """

    address: str
    gateway: str
    port: int
    transport: str
    device: str = ""
    routes: tuple[str, ...] = ()
    full: bool = False
    conflicts: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    dns_applied: bool | None = None
    mtu: int | None = None
    expires_in_s: float | None = None
    asks_again: bool | None = None
    """Whether a reconnect will ask the person again (no auth-token from the server); None: unknown."""
    seconds: float = 0.0
    again: bool = False


@dataclass(frozen=True)
class Reconnecting:
    """The tunnel is being built again. `cause` is the client's own word (ping-restart, tls-error ...); `wait_s` before the next try."""

    cause: str
    wait_s: float = 0.0


@dataclass(frozen=True)
class Carried:
    """Bytes through the tunnel since it was built."""

    received: int
    sent: int


@dataclass(frozen=True)
class ServerSays:
    """The server's own words, cleaned of control characters, 400 characters at most."""

    text: str


@dataclass(frozen=True)
class Disconnected:
    """The end, as asked for or as the server decided (`cause`: its word). The last event."""

    cause: str = ""


TunnelEvent = (
    Reaching
    | Authenticating
    | Questioned
    | AssigningAddress
    | AddingRoutes
    | Connected
    | Reconnecting
    | Carried
    | ServerSays
    | Disconnected
)


class State(StrEnum):
    IDLE = "idle"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    ENDED = "ended"


@dataclass(frozen=True)
class TunnelStatus:
    state: State
    connected: Connected | None = None
    received: int = 0
    sent: int = 0
    reconnects: int = 0


class Tunnel(Protocol):
    """One attempt. Enter it to start, iterate over its events, leave it to end; cancelling is leaving.

        async with vpn.connect(profile, answer) as tunnel:
            async for event in tunnel:
                ...

    Iteration goes on after `Connected` (cuts, bytes) and ends after `Disconnected`; a failure is raised as TunnelError out of it, once.
    One reader at a time. Leaving takes at most a few seconds, ends every program that was started, and leaves routes and DNS as before.
    """

    async def __aenter__(self) -> Self: ...
    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
    def __aiter__(self) -> AsyncIterator[TunnelEvent]: ...

    async def disconnect(self) -> None:
        """End it; the iterator then gives `Disconnected` and stops. Twice does no harm. Never raises TunnelError."""
        ...

    async def reconnect(self) -> None:
        """Build it again now (the line changed). Nothing while it is not connected."""
        ...

    def status(self) -> TunnelStatus:
        """Quick, at any time."""
        ...


class Vpn(Protocol):
    """The VPN client of this PC."""

    name: str
    """Of the adapter, for evidence: openvpn, openvpn-service, networkmanager, windows-ikev2, practice, none."""
    simulated: bool
    """True where the tunnel or its server is the demo's own: evidence is marked so."""

    async def profile(self, name: str) -> TunnelProfile:
        """The profile IT laid on this PC under that name, checked. Within 5 s.

        Errors: TunnelError `vpn.profile_missing`, `vpn.profile_broken` (facts: line, error), `vpn.profile_refused` (line, option),
        `vpn.not_installed` (what is missing, who installs it).
        """
        ...

    async def check(self) -> None:
        """Whether a tunnel can be built here at all, before anybody is asked anything. Within 5 s.

        Errors: TunnelError `vpn.not_installed`, `vpn.service_stopped`, `vpn.no_rights`, `vpn.no_tun`.
        """
        ...

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> Tunnel:
        """One attempt; `limit_s` counts until `Connected`, without the time a person takes to answer.

        Errors out of the iteration: TunnelError, any code of its docstring.
        """
        ...

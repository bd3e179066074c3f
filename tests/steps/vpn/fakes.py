"""A VPN client, a proof and a probe written by hand: they do what the story says, when it says so."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self

from app.core.errors import ProbeError, TunnelError
from app.core.line import Phase, Progress, VoiceReport
from app.core.proof import AppAnswer, AppCheck, LineNow
from app.core.tunnel import (
    Answer,
    AnswerTo,
    Asked,
    Authenticating,
    Connected,
    Disconnected,
    Kind,
    Question,
    Reaching,
    Remote,
    State,
    TunnelEvent,
    TunnelProfile,
    TunnelStatus,
)  # fmt: skip

INSIDE, HOME = "10.20.4.17", "192.168.8.100"
UP = Connected(
    INSIDE, "vpn-casa-2", 1194, "udp", "tun0", routes=("10.50.0.0/24",), dns=("10.50.0.53",), dns_applied=True, mtu=1500,
    expires_in_s=28800, asks_again=False, seconds=0.4,
)  # fmt: skip
PROFILE = TunnelProfile("telecom-fr", Kind.OPENVPN, (Remote("vpn-casa-2", 1194), Remote("vpn-casa-2", 443, "tcp")), sha256="ab" * 32)
GOOD = VoiceReport("udp", 41.0, 3.0, 0.0, 90.0, 8.0, 3.0, 89.0, 4.3, 2.4, 14.0)
APPS = [
    {"id": "crm", "name": {"fr": "CRM", "ar": "CRM", "en": "CRM"}, "host": "10.50.0.10", "port": 443, "kind": "tls"},
    {"id": "phone", "name": {"fr": "téléphonie", "ar": "الهاتف", "en": "telephony"}, "host": "10.50.0.10", "port": 5061},
    {"id": "intranet", "name": {"fr": "intranet", "ar": "الشبكة الداخلية", "en": "intranet"}, "host": "intranet.atlas.test", "port": 80},
]
LIMITS = {"profile": "telecom-fr", "apps": APPS, "names": ["intranet.atlas.test"], "probe_url": "http://10.50.0.10:8080"}


class FakeVpn:
    """`script` is what a connection does: events, questions to ask, errors to raise, futures to wait for. It then stays up."""

    name = "fake"
    simulated = True

    def __init__(self, *script: "TunnelEvent | Question | TunnelError | asyncio.Event") -> None:
        self.script = list(script) or [Reaching(PROFILE.remotes[0]), Authenticating("41.0.0.1", 1194, "udp"), UP]
        self.checked: TunnelError | None = None
        self.found: TunnelProfile | TunnelError = PROFILE
        self.answers: list[Answer | None] = []
        self.open = 0
        self.opened = 0
        self.more: asyncio.Queue[TunnelEvent | TunnelError] = asyncio.Queue()

    async def profile(self, name: str) -> TunnelProfile:
        if isinstance(self.found, TunnelError):
            raise self.found
        return replace(self.found, name=name)

    async def check(self) -> None:
        if self.checked is not None:
            raise self.checked

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> "FakeTunnel":
        return FakeTunnel(self, answer)


class FakeTunnel:
    def __init__(self, vpn: FakeVpn, answer: AnswerTo) -> None:
        self._vpn, self._answer = vpn, answer

    async def __aenter__(self) -> Self:
        self._vpn.open += 1
        self._vpn.opened += 1
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._vpn.open -= 1

    async def __aiter__(self) -> AsyncIterator[TunnelEvent]:
        for act in list(self._vpn.script):
            await asyncio.sleep(0)
            if isinstance(act, Question):
                self._vpn.answers.append(given := await self._answer(act))
                if given is None:
                    raise TunnelError("vpn.cancelled")
            elif isinstance(act, TunnelError):
                raise act
            elif isinstance(act, asyncio.Event):
                await act.wait()
            else:
                yield act
        while True:
            more = await self._vpn.more.get()
            if isinstance(more, Disconnected):
                yield more
                return
            if isinstance(more, TunnelError):
                raise more
            yield more

    async def disconnect(self) -> None:
        await self._vpn.more.put(Disconnected())

    async def reconnect(self) -> None: ...
    def status(self) -> TunnelStatus:
        return TunnelStatus(State.CONNECTED)


PASSWORD = Question(Asked.PASSWORD, user="")
STATIC = Question(Asked.STATIC, text="Code OTP")


@dataclass
class FakeProof:
    now: LineNow = field(default_factory=lambda: LineNow(online=True, clock_skew_s=0.4))
    outside: set[str] = field(default_factory=set)
    """Addresses that do not go through the tunnel."""
    public: str = HOME
    names: dict[str, tuple[str, ...]] = field(default_factory=lambda: {"intranet.atlas.test": ("10.50.0.10",)})
    servers: tuple[str, ...] = ("10.50.0.53",)
    down: dict[str, str] = field(default_factory=dict)
    """Application to the code of why it does not answer."""
    size: int | None = 1500
    hold: asyncio.Event | None = None
    """Applications answer once it is set."""

    async def line(self) -> LineNow:
        return self.now

    def source_of(self, address: str) -> str:
        if address in self.outside:
            return HOME
        return self.public if address.startswith("192.0.2.") else INSIDE

    def resolvers(self) -> tuple[str, ...]:
        return self.servers

    async def resolve(self, name: str) -> tuple[str, ...]:
        return self.names.get(name, ())

    async def app(self, app: AppCheck) -> AppAnswer:
        if self.hold is not None:
            await self.hold.wait()
        code = self.down.get(app.id, "")
        source = "" if code else self.source_of(app.host if app.host[0].isdigit() else self.names[app.host][0])
        return AppAnswer(app, code, None if code else 31.0, source, "ECONNREFUSED" if code else "")

    async def packet_bytes(self, probe_url: str, sizes: tuple[int, ...]) -> int | None:
        return self.size


@dataclass
class FakeVoice:
    report: VoiceReport | ProbeError = GOOD

    async def measure(self, budget_mb: float, codec: str, progress: "object") -> VoiceReport:
        assert callable(progress)
        progress(Progress(Phase.IDLE, 0.4, budget_mb, 0.3))
        await asyncio.sleep(0)
        if isinstance(self.report, ProbeError):
            raise self.report
        return self.report

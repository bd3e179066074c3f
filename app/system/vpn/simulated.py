"""A tunnel that is only played: for a demo or a drill on a PC where no practice gateway can be. Its evidence is marked simulated.

Everything a person meets is there (a question, hops that light up, applications, a voice test of the real line), nothing is encrypted.
"""

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self

from app.core.errors import TunnelError
from app.core.proof import AppAnswer, AppCheck, LineNow, Proof
from app.core.tunnel import (
    AnswerTo,
    Asked,
    AssigningAddress,
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

ADDRESS = "198.18.1.2"
_INSIDE = "198.18.3.0/24"
_PAUSE_S = 0.4


class SimulatedVpn:
    name = "simulated"
    simulated = True

    async def profile(self, name: str) -> TunnelProfile:
        return TunnelProfile(name, Kind.OPENVPN, (Remote("gateway.practice", 1194),), asks_password=True)

    async def check(self) -> None:
        return None

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> "SimulatedTunnel":
        return SimulatedTunnel(profile, answer)


class SimulatedTunnel:
    def __init__(self, profile: TunnelProfile, answer: AnswerTo) -> None:
        self._remote, self._answer = profile.remotes[0], answer
        self._over = asyncio.Event()
        self._status = TunnelStatus(State.IDLE)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()

    async def __aiter__(self) -> AsyncIterator[TunnelEvent]:
        remote = self._remote
        yield Reaching(remote)
        await asyncio.sleep(_PAUSE_S)
        yield Authenticating(remote.host, remote.port, remote.transport)
        if await self._answer(Question(Asked.PASSWORD)) is None:
            raise TunnelError("vpn.cancelled")
        yield AssigningAddress(ADDRESS)
        await asyncio.sleep(_PAUSE_S)
        up = Connected(ADDRESS, remote.host, remote.port, remote.transport, routes=(_INSIDE,), asks_again=False, seconds=2 * _PAUSE_S)
        self._status = TunnelStatus(State.CONNECTED, up)
        yield up
        await self._over.wait()
        self._status = TunnelStatus(State.ENDED)
        yield Disconnected()

    async def disconnect(self) -> None:
        self._over.set()

    async def reconnect(self) -> None:
        return None

    def status(self) -> TunnelStatus:
        return self._status


class SimulatedProof:
    """The line is the real one; what would be inside the tunnel is played."""

    def __init__(self, real: Proof) -> None:
        self._real = real

    async def line(self) -> LineNow:
        return await self._real.line()

    def source_of(self, address: str) -> str:
        return self._real.source_of(address) if address.startswith("192.0.2.") else ADDRESS

    def resolvers(self) -> tuple[str, ...]:
        return ()

    async def resolve(self, name: str) -> tuple[str, ...]:
        return ("198.18.3.10",)

    async def app(self, app: AppCheck) -> AppAnswer:
        await asyncio.sleep(_PAUSE_S)
        return AppAnswer(app, "", _PAUSE_S * 1000, ADDRESS)

    async def packet_bytes(self, probe_url: str, sizes: tuple[int, ...]) -> int | None:
        return await self._real.packet_bytes(probe_url, sizes)

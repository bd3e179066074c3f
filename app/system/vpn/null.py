"""Where this system has no VPN client that the wizard can drive: says what is missing and who installs it."""

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import NoReturn, Self

from app.core.errors import TunnelError
from app.core.tunnel import AnswerTo, State, TunnelEvent, TunnelProfile, TunnelStatus


class NullVpn:
    """`missing` names what IT has to install (OpenVPN, NetworkManager ...)."""

    name = "none"
    simulated = False

    def __init__(self, missing: str) -> None:
        self._missing = missing

    def _error(self) -> TunnelError:
        return TunnelError("vpn.not_installed", missing=self._missing)

    async def profile(self, name: str) -> TunnelProfile:
        raise self._error()

    async def check(self) -> None:
        raise self._error()

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> "NullTunnel":
        return NullTunnel(self._error())


class NullTunnel:
    def __init__(self, error: TunnelError) -> None:
        self._error = error

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        return None

    def __aiter__(self) -> AsyncIterator[TunnelEvent]:
        return self

    async def __anext__(self) -> NoReturn:
        await asyncio.sleep(0)
        raise self._error

    async def disconnect(self) -> None:
        return None

    async def reconnect(self) -> None:
        return None

    def status(self) -> TunnelStatus:
        return TunnelStatus(State.IDLE)

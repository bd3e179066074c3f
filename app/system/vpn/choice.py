"""A system with several clients: the profile's kind chooses. The profile `casa` is the file of the first client that has one.

A client that no profile asks for may be absent: a PC with IKEv2 alone needs no OpenVPN.
"""

from collections.abc import Mapping

from app.core.errors import TunnelError
from app.core.tunnel import AnswerTo, Kind, Tunnel, TunnelProfile, Vpn


class ByKind:
    """`clients` in the order in which their profiles are looked for."""

    simulated = False

    def __init__(self, clients: Mapping[Kind, Vpn]) -> None:
        self._clients = dict(clients)
        self.name = next(iter(self._clients.values())).name

    async def profile(self, name: str) -> TunnelProfile:
        """Errors: as the client's `profile`, and as its `check`: it is now that one knows which client is needed."""
        missing: TunnelError | None = None
        for client in self._clients.values():
            try:
                found = await client.profile(name)
            except TunnelError as error:
                if error.code != "vpn.profile_missing":
                    raise
                missing = missing or error
                continue
            self.name = client.name
            await client.check()
            return found
        raise missing or TunnelError("vpn.profile_missing", name=name[:60])

    async def check(self) -> None:
        """Whether any client could be used. Errors: what the first one lacks."""
        lacking: TunnelError | None = None
        for client in self._clients.values():
            try:
                await client.check()
            except TunnelError as error:
                lacking = lacking or error
            else:
                return
        if lacking is not None:
            raise lacking

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> Tunnel:
        return self._clients[profile.kind].connect(profile, answer, limit_s=limit_s)

"""A system with several clients: the profile's kind chooses. The profile `casa` is the file of the first client that has one."""

from collections.abc import Mapping

from app.core.errors import TunnelError
from app.core.tunnel import AnswerTo, Kind, Tunnel, TunnelProfile, Vpn


class ByKind:
    """`clients` in the order in which their profiles are looked for."""

    simulated = False

    def __init__(self, clients: Mapping[Kind, Vpn]) -> None:
        self._clients = dict(clients)
        self._chosen = next(iter(self._clients.values()))
        self.name = self._chosen.name

    async def profile(self, name: str) -> TunnelProfile:
        missing: TunnelError | None = None
        for client in self._clients.values():
            try:
                found = await client.profile(name)
            except TunnelError as error:
                if error.code != "vpn.profile_missing":
                    raise
                missing = missing or error
                continue
            self._chosen, self.name = client, client.name
            return found
        raise missing or TunnelError("vpn.profile_missing", name=name[:60])

    async def check(self) -> None:
        """Of the client of the last profile asked for; before any, of the first."""
        await self._chosen.check()

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> Tunnel:
        return self._clients[profile.kind].connect(profile, answer, limit_s=limit_s)

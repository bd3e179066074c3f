"""Windows has two clients: the profile's kind chooses. A profile named `casa` is casa.ovpn, or else casa.ikev2.toml."""

from app.core.errors import TunnelError
from app.core.tunnel import AnswerTo, Kind, Tunnel, TunnelProfile, Vpn


class WindowsVpn:
    simulated = False

    def __init__(self, openvpn: Vpn, ikev2: Vpn) -> None:
        self._clients = {Kind.OPENVPN: openvpn, Kind.IKEV2: ikev2}
        self._chosen = openvpn
        self.name = openvpn.name

    async def profile(self, name: str) -> TunnelProfile:
        try:
            found = await self._clients[Kind.OPENVPN].profile(name)
        except TunnelError as error:
            if error.code != "vpn.profile_missing":
                raise
            found = await self._clients[Kind.IKEV2].profile(name)
        self._chosen = self._clients[found.kind]
        self.name = self._chosen.name
        return found

    async def check(self) -> None:
        """Of the client of the last profile asked for; before any, of OpenVPN's."""
        await self._chosen.check()

    def connect(self, profile: TunnelProfile, answer: AnswerTo, *, limit_s: float = 30.0) -> Tunnel:
        return self._clients[profile.kind].connect(profile, answer, limit_s=limit_s)

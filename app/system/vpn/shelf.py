"""Where IT lays the profiles of this PC: one directory, files named for the profile."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.core.errors import TunnelError
from app.core.threads import in_thread
from app.core.tunnel import TunnelProfile
from app.system.vpn import ikev2, profile, wireguard

P = TypeVar("P", bound=TunnelProfile)
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
LIMIT_S = 5.0


class Shelf:
    def __init__(self, directory: Path) -> None:
        self.directory = directory

    async def fetch(self, read: Callable[[str], P], name: str) -> P:
        """A profile by one of the readers below, off the loop.

        Errors: TunnelError `vpn.profile_missing` (also where the disk does not answer), `vpn.profile_broken`, `vpn.profile_refused`.
        """
        try:
            return await in_thread(read, name, limit_s=LIMIT_S)
        except TimeoutError as error:
            raise TunnelError("vpn.profile_missing", name=name, error="the disk did not answer") from error

    def read_ikev2(self, name: str) -> ikev2.IkeProfile:
        """Blocking. Errors as `fetch`."""
        return ikev2.parse(name, self.read(name, ".ikev2.toml", ikev2.LARGEST))

    def read_wireguard(self, name: str) -> wireguard.WireGuardProfile:
        """Blocking. Errors as `fetch`."""
        return wireguard.parse(name, self.read(name, ".conf", wireguard.LARGEST))

    def read_openvpn(self, name: str) -> profile.OpenVpnProfile:
        """Blocking. Errors as `fetch`."""
        return profile.parse(name, self.read(name, ".ovpn", profile.LARGEST), lambda beside: self._read(self.directory / beside, 200_000))

    def path(self, name: str, suffix: str) -> Path:
        """Errors: TunnelError `vpn.profile_missing`, also for a name that is none."""
        if not self.has(name, suffix):
            raise TunnelError("vpn.profile_missing", name=name[:60], directory=str(self.directory))
        return self.directory / f"{name}{suffix}"

    def has(self, name: str, suffix: str) -> bool:
        return bool(_NAME.fullmatch(name)) and self._is_file(self.directory / f"{name}{suffix}")

    @staticmethod
    def _is_file(path: Path) -> bool:
        try:
            return path.is_file()
        except OSError:
            return False

    @staticmethod
    def _read(path: Path, most: int) -> bytes:
        try:
            with path.open("rb") as file:
                return file.read(most)
        except PermissionError as error:
            raise TunnelError("vpn.profile_broken", line=0, error=f"{path.name} may not be read by this user") from error

    def read(self, name: str, suffix: str, most: int) -> bytes:
        """A profile's bytes, one more than `most` where there are more. Blocking.

        Errors: TunnelError `vpn.profile_missing`, `vpn.profile_broken`.
        """
        path = self.path(name, suffix)
        try:
            return self._read(path, most + 1)
        except OSError as error:
            raise TunnelError("vpn.profile_broken", line=0, error=f"{path.name}: {error.strerror}") from error


def known(profile_given: TunnelProfile) -> profile.OpenVpnProfile:
    """Errors: TypeError for a profile of another adapter."""
    if not isinstance(profile_given, profile.OpenVpnProfile):
        raise TypeError(f"{profile_given.kind} is not OpenVPN")
    return profile_given

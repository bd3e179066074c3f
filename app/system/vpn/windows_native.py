"""Windows' own IKEv2: a connection of this user alone (no admin), dialled by its remote access service. Not tried on Windows.

Nothing of a profile or a person is ever part of a command: PowerShell's script is fixed and reads JSON, the password goes to RasDial in
memory (as an argument of rasdial.exe it would stand in the event log, event 4688).
"""

import asyncio
import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.core.threads import in_thread
from app.system.vpn import ikev2, shelf
from app.system.vpn.attempt import TRIES, Attempt

Run = Callable[[str, str], tuple[int, str]]
"""Runs a PowerShell script with a standard input; exit code and what it said. Blocking, within 20 s."""
_RUN_S = 25.0
_POLL_S = 2.0

ADD = """$ErrorActionPreference = 'Stop'
$p = [Console]::In.ReadToEnd() | ConvertFrom-Json
Get-VpnConnection -Name $p.name -ErrorAction SilentlyContinue | Remove-VpnConnection -Force
Add-VpnConnection -Name $p.name -ServerAddress $p.gateway -TunnelType Ikev2 -AuthenticationMethod Eap -EncryptionLevel Required `
  -SplitTunneling:(-not $p.full) -RememberCredential:$false -Force
foreach ($r in $p.routes) { Add-VpnConnectionRoute -ConnectionName $p.name -DestinationPrefix $r }
if ($p.domains) { Set-VpnConnection -Name $p.name -DnsSuffix $p.domains[0] -Force }
"""
FACTS = """$ErrorActionPreference = 'Stop'
$p = [Console]::In.ReadToEnd() | ConvertFrom-Json
$a = Get-NetIPAddress -InterfaceAlias $p.name -AddressFamily IPv4
$i = Get-NetIPInterface -InterfaceAlias $p.name -AddressFamily IPv4
@{ address = "$($a.IPAddress)"; mtu = [int]$i.NlMtu
   dns = @((Get-DnsClientServerAddress -InterfaceAlias $p.name -AddressFamily IPv4).ServerAddresses)
   routes = @((Get-NetRoute -InterfaceAlias $p.name -AddressFamily IPv4).DestinationPrefix) } | ConvertTo-Json -Compress
"""
REMOVE = """$p = [Console]::In.ReadToEnd() | ConvertFrom-Json
Get-VpnConnection -Name $p.name -ErrorAction SilentlyContinue | Remove-VpnConnection -Force
"""
# raserror.h and winerror.h (IKE): what RasDial answers.
_CODES = {
    646: "vpn.account_locked", 647: "vpn.account_locked", 648: "vpn.password_expired", 649: "vpn.auth_refused", 691: "vpn.auth_refused",
    812: "vpn.auth_refused", 800: "vpn.no_answer", 809: "vpn.no_answer", 868: "vpn.unreachable", 638: "vpn.timeout", 718: "vpn.timeout",
    789: "vpn.bad_ca", 13801: "vpn.bad_ca", 798: "vpn.certificate_refused", 13806: "vpn.certificate_refused", 5: "vpn.no_rights",
}  # fmt: skip


class RasApi(Protocol):
    """rasapi32; `windows_ras.WindowsRas` on Windows. Every call blocks."""

    def dial(self, entry: str, user: str, password: str) -> int:
        """0, or the error's number. As long as Windows takes; `hang_up` ends it."""
        ...

    def connected(self, entry: str) -> bool: ...

    def hang_up(self, entry: str) -> None:
        """Never raises; twice does no harm."""
        ...


def error_of(number: int) -> TunnelError:
    facts: dict[str, Any] = {"ras_error": number}
    if number == 868:
        facts["reason"] = "name"
    return TunnelError(_CODES.get(number, "vpn.client_failed"), **facts)


class NativeIkeVpn:
    name = "windows-ikev2"
    simulated = False

    def __init__(self, profiles: Path, run: Run, ras: RasApi) -> None:
        self._shelf = shelf.Shelf(profiles)
        self._run = run
        self._ras = ras

    async def profile(self, name: str) -> t.TunnelProfile:
        return await self._shelf.fetch(self._shelf.read_ikev2, name)

    async def check(self) -> None:
        """Windows has it since Vista: nothing to look for."""

    def connect(self, profile: t.TunnelProfile, answer: t.AnswerTo, *, limit_s: float = 30.0) -> "NativeTunnel":
        if not isinstance(profile, ikev2.IkeProfile):
            raise TypeError(f"{profile.kind} is not IKEv2")
        return NativeTunnel(profile, answer, limit_s, self._run, self._ras)


class NativeTunnel(Attempt):
    def __init__(self, profile: ikev2.IkeProfile, answer: t.AnswerTo, limit_s: float, run: Run, ras: RasApi) -> None:
        super().__init__(profile, answer, limit_s)
        self._profile = profile
        self._shell = run
        self._ras = ras
        self._entry = f"Marhaba {profile.name}"
        self._added = False

    async def _live(self) -> None:
        began = asyncio.get_running_loop().time()
        first = await self._question(t.Asked.PASSWORD)
        if first is None:
            raise TunnelError("vpn.cancelled")
        self._added = True
        profile = self._profile
        wanted = {"gateway": profile.gateway, "full": profile.full, "routes": list(profile.routes), "domains": list(profile.domains)}
        await self._powershell(ADD, **wanted)
        self._tell(t.Reaching(profile.remotes[0]))
        await self._dialled(first)
        connected = await self._facts(asyncio.get_running_loop().time() - began - self._paused)
        self._up(connected)
        still = True
        while still:
            await asyncio.sleep(_POLL_S)  # Windows tells nobody: it has to be asked
            still = await in_thread(self._ras.connected, self._entry, limit_s=_RUN_S)
        self._cause = "the connection was ended"

    async def _dialled(self, answer: t.Answer) -> None:
        while True:
            try:
                number = await in_thread(self._ras.dial, self._entry, answer.user, answer.password, limit_s=self._limit)
            except TimeoutError as error:
                raise TunnelError("vpn.no_answer", tried=[f"{self._profile.gateway}:500/udp"]) from error
            if number == 0:
                return
            refusal = error_of(number)
            again = None
            if refusal.code == "vpn.auth_refused" and self._asked < TRIES:
                again = await self._question(t.Asked.PASSWORD, refusal.code)
            if again is None:
                raise refusal
            answer = again

    async def _powershell(self, script: str, **more: Any) -> str:
        code, said = await in_thread(self._shell, script, json.dumps({"name": self._entry, **more}), limit_s=_RUN_S)
        if code != 0:
            raise TunnelError("vpn.client_failed", error=" ".join(said.split())[:200])
        return said

    async def _facts(self, seconds: float) -> t.Connected:
        found: dict[str, Any] = {}
        with contextlib.suppress(TunnelError, ValueError):
            read = json.loads(await self._powershell(FACTS))
            found = read if isinstance(read, dict) else {}
        routes = tuple(str(net) for net in found.get("routes") or ())
        mtu = found.get("mtu")
        return t.Connected(
            address=str(found.get("address") or ""),
            gateway=self._profile.gateway,
            port=500,
            transport="udp",
            device=self._entry,
            routes=routes,
            full="0.0.0.0/0" in routes,
            dns=tuple(str(address) for address in found.get("dns") or ()),
            domains=self._profile.domains,
            mtu=mtu if isinstance(mtu, int) else None,
            seconds=max(0.0, seconds),
        )

    async def _put_away(self) -> None:
        if not self._added:
            return
        with contextlib.suppress(TimeoutError, TunnelError, OSError):
            await in_thread(self._ras.hang_up, self._entry, limit_s=5.0)
            await self._powershell(REMOVE)

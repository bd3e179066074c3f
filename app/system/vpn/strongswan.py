"""IKEv2 by strongSwan's own daemon, started by this program where it may: a kiosk without NetworkManager.

Its plug-in kernel-libipsec enciphers in user space over a TUN device, which goes with the process, as do its routes. User and password
(EAP-MSCHAPv2, what Windows' gateways ask), the gateway by its certificate.
"""

import asyncio
import base64
import contextlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.core.threads import in_thread
from app.system.vpn import ikev2, links, names, pushed, shelf
from app.system.vpn.attempt import TRIES, Attempt
from app.system.vpn.management import clean
from app.system.vpn.openvpn import found, may_tunnel

_STEP_S = 5.0
_POLL_S = 1.5
# A packet is sent again after 0.8, 1.3 and 2.1 s and given up after 7.4 s; with a probe every 2 s a cut is seen in less than 10 s.
_DAEMON = """charon-systemd {{
  load_modular = no
  load = random nonce aes sha1 sha2 hmac kdf gcm curve25519 openssl pem pkcs1 pkcs8 x509 pubkey constraints revocation md4 kernel-libipsec \
kernel-netlink socket-default vici eap-identity eap-mschapv2 resolve
  port = 0
  port_nat_t = 0
  retransmit_tries = 3
  retransmit_timeout = 0.8
  retransmit_base = 1.6
  journal {{ default = -1 }}
  filelog {{ all {{ path = {home}/log
    default = 1
    flush_line = yes }} }}
  plugins {{
    vici {{ socket = unix://{home}/vici }}
    kernel-libipsec {{ load = yes }}
    resolve {{ file = {home}/names }} }}
}}
"""
_CONNECTION = """connections {{ tunnel {{
  version = 2
  remote_addrs = {gateway}
  encap = yes
  vips = 0.0.0.0
  dpd_delay = 2s
  keyingtries = 1
  local {{ auth = eap-mschapv2
    eap_id = "{user}" }}
  remote {{ auth = pubkey
    id = {identity}
    {authority} }}
  children {{ net {{ remote_ts = {networks}
    dpd_action = restart
    esp_proposals = aes256gcm16,aes128gcm16,aes256-sha256,default }} }} }} }}
secrets {{ eap-agent {{ id = "{user}"
  secret = 0s{secret} }} }}
"""
_VERDICTS = (
    (r"ERROR_PASSWD_EXPIRED", "vpn.password_expired"),
    (r"ERROR_ACCT_DISABLED|ERROR_RESTRICTED_LOGON_HOURS", "vpn.account_locked"),
    (r"EAP-MS-CHAPv2 failed|EAP method .* failed|EAP_FAILURE|received AUTHENTICATION_FAILED", "vpn.auth_refused"),
    (
        r"no trusted \S+ public key found|no issuer certificate found|certificate validation failed|certificate .* (?:invalid|expired)",
        "vpn.bad_ca",
    ),
    (r"unable to resolve|resolving .* failed", "vpn.unreachable"),
    (r"giving up after \d+ retransmits|peer not responding", "vpn.no_answer"),
    (r"NO_PROPOSAL_CHOSEN|no proposal", "vpn.client_failed"),
    (r"creating TUN device failed|failed to create TUN|kernel-libipsec.*failed to load", "vpn.no_tun"),
)


class StrongSwan:
    name = "strongswan"
    simulated = False

    def __init__(self, profiles: Path, *, launcher: Sequence[str] = (), dns: names.Names | None = None) -> None:
        self._shelf = shelf.Shelf(profiles)
        self._launcher = tuple(launcher)
        self._dns = dns if dns is not None else names.of_system()

    async def profile(self, name: str) -> t.TunnelProfile:
        return await self._shelf.fetch(self._shelf.read_ikev2, name)

    async def check(self) -> None:
        for program in ("charon-systemd", "swanctl"):
            if found(program) is None:
                raise TunnelError("vpn.not_installed", missing=f"strongSwan ({program})")
        if not may_tunnel():
            raise TunnelError("vpn.no_rights", needed="CAP_NET_ADMIN")

    def connect(self, profile: t.TunnelProfile, answer: t.AnswerTo, *, limit_s: float = 30.0) -> "StrongSwanTunnel":
        if not isinstance(profile, ikev2.IkeProfile):
            raise TypeError(f"{profile.kind} is not IKEv2")
        return StrongSwanTunnel(profile, answer, limit_s, self._launcher, self._dns)


class StrongSwanTunnel(Attempt):
    def __init__(self, profile: ikev2.IkeProfile, answer: t.AnswerTo, limit_s: float, launcher: tuple[str, ...], dns: names.Names) -> None:
        super().__init__(profile, answer, limit_s)
        self._profile = profile
        self._launcher = launcher
        self._dns = dns
        self._home: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._device = ""

    async def _live(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        answer = await self._question(t.Asked.PASSWORD)
        await self._started()
        while True:
            if answer is None:
                raise TunnelError("vpn.cancelled")
            await self._loaded(answer)
            self._tell(t.Reaching(self._profile.remotes[0]))
            left = max(1.0, self._limit - (loop.time() - began - self._paused))
            refusal = await self._initiated(left)
            if refusal is None:
                break
            if refusal.code != "vpn.auth_refused" or self._asked >= TRIES:
                raise refusal
            answer = await self._question(t.Asked.PASSWORD, refusal.code)
            if answer is None:
                raise refusal
        self._up(await self._facts(loop.time() - began - self._paused))
        await self._watch()

    async def _watch(self) -> None:
        loop = asyncio.get_running_loop()
        cut: float | None = None
        while self._process is not None and self._process.poll() is None:
            await asyncio.sleep(_POLL_S)
            sas = await self._swanctl("--list-sas")
            carried = [sum(int(one) for one in re.findall(rf"\b{way}\s+\S+,\s+(\d+) bytes", sas)) for way in ("in", "out")]
            established = "ESTABLISHED" in sas and "INSTALLED" in sas
            if not established and cut is None:
                cut = loop.time()
                self._tell(t.Reconnecting("dead-peer"))
            elif established and cut is not None:
                self._up(await self._facts(loop.time() - cut, again=True))
                cut = None
            elif established:
                self._counted(carried[0], carried[1])
        raise TunnelError("vpn.client_failed", error="strongSwan ended")

    async def _started(self) -> None:
        program = found("charon-systemd")
        if program is None or found("swanctl") is None:
            raise TunnelError("vpn.not_installed", missing="strongSwan (charon-systemd, swanctl)")
        home = self._home = Path(tempfile.mkdtemp(prefix="mv-", dir="/tmp"))
        (home / "strongswan.conf").write_text(_DAEMON.format(home=home), "utf-8")
        if self._profile.authority:
            (home / "ca.pem").write_text(self._profile.authority, "utf-8")
        end_with_us = ["setpriv", "--pdeathsig", "TERM"] if found("setpriv") else []
        words = [*end_with_us, *self._launcher, "env", f"STRONGSWAN_CONF={home}/strongswan.conf", program]
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet)  # noqa: ASYNC220 (the death signal follows this thread)
        for _ in range(round(_STEP_S / 0.02)):
            if (home / "vici").exists():
                return
            if self._process.poll() is not None:
                break
            await asyncio.sleep(0.02)
        raise self._verdict("strongSwan did not start")

    async def _loaded(self, answer: t.Answer) -> None:
        if not re.fullmatch(r"[^\x00-\x1f\"\\{}#$\x7f]{1,200}", answer.user):
            raise TunnelError("vpn.auth_refused", error="a user name that IKEv2 cannot carry")
        profile, home = self._profile, self._home or Path()
        text = _CONNECTION.format(
            gateway=profile.gateway,
            identity=profile.identity,
            user=answer.user,
            authority=f"cacerts = {home}/ca.pem" if profile.authority else "",
            networks="0.0.0.0/0" if profile.full or not profile.routes else ",".join(profile.routes),
            secret=base64.b64encode(answer.password.encode()).decode("ascii"),
        )
        file = home / "swanctl.conf"
        file.touch(0o600)
        file.write_text(text, "utf-8")
        (home / "log").write_bytes(b"")
        try:
            await self._swanctl("--load-all", "--clear", "--file", str(file))
        finally:
            file.unlink(missing_ok=True)

    async def _initiated(self, limit_s: float) -> TunnelError | None:
        """None once it stands; a refusal otherwise."""
        self._tell(t.Authenticating(self._profile.gateway, 500, "udp"))
        try:
            await self._swanctl("--initiate", "--child", "net", "--timeout", str(max(1, round(limit_s))), limit_s=limit_s + 1)
        except TunnelError as error:
            return self._verdict(str(error.facts.get("error", "")))
        return None

    def _verdict(self, said: str) -> TunnelError:
        with contextlib.suppress(OSError):
            said += "\n" + (self._home or Path()).joinpath("log").read_text("utf-8", "replace")[-20_000:]
        for pattern, code in _VERDICTS:
            if (seen := re.search(pattern, said)) is not None:
                facts = {"reason": "name"} if code == "vpn.unreachable" else {}
                return TunnelError(code, error=clean(seen[0]), **facts)
        return TunnelError("vpn.no_answer", tried=[f"{self._profile.gateway}:500/udp"])

    async def _swanctl(self, *words: str, limit_s: float = _STEP_S) -> str:
        line = [str(found("swanctl")), *words, "--uri", f"unix://{self._home}/vici"]

        def run() -> "subprocess.CompletedProcess[str]":
            return subprocess.run(line, capture_output=True, text=True, timeout=limit_s, check=False, errors="replace")

        try:
            done = await in_thread(run, limit_s=limit_s + 1)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise TunnelError("vpn.client_failed", error=f"{words[0]}: {type(error).__name__}") from error
        if done.returncode != 0:
            raise TunnelError("vpn.client_failed", error=(done.stdout + done.stderr)[-4000:])
        return done.stdout

    async def _facts(self, seconds: float, *, again: bool = False) -> t.Connected:
        sas = await self._swanctl("--list-sas")
        mine = re.search(r"local\s+'[^']*' @ \S+ \[([0-9a-fA-F.:]+)\]", sas)
        theirs = re.search(r"remote\s+'[^']*' @ ([0-9a-fA-F.:]+)\[(\d+)\]", sas)
        routes = tuple(net for line in re.findall(r"^ {4}remote +(.+)$", sas, re.MULTILINE) for net in line.split())
        address = mine[1] if mine else ""
        self._device, mtu = await in_thread(links.of_address, address, self._launcher, limit_s=_STEP_S)
        own = await in_thread(links.own_networks, self._device, self._launcher, limit_s=_STEP_S)
        dns: tuple[str, ...] = ()
        with contextlib.suppress(OSError):
            dns = tuple(re.findall(r"^nameserver (\S+)", (self._home or Path()).joinpath("names").read_text("utf-8"), re.MULTILINE))
        full = "0.0.0.0/0" in routes
        applied: bool | None = None
        if dns:
            applied = await in_thread(self._dns.apply, self._device, dns, self._profile.domains, full, limit_s=20.0)
        if address:
            self._tell(t.AssigningAddress(address))
        return t.Connected(
            address=address,
            gateway=theirs[1] if theirs else self._profile.gateway,
            port=int(theirs[2]) if theirs else 4500,
            transport="udp",
            device=self._device,
            routes=routes,
            full=full,
            conflicts=pushed.clashes(routes, own),
            dns=dns,
            domains=self._profile.domains,
            dns_applied=applied,
            mtu=mtu,
            asks_again=False,
            seconds=max(0.0, seconds),
            again=again,
        )

    async def _put_away(self) -> None:
        with contextlib.suppress(TimeoutError):
            await in_thread(self._end, limit_s=3 * _STEP_S)

    def _end(self) -> None:
        self._dns.revert(self._device)
        if self._process is not None:
            self._process.terminate()  # it tells the gateway, and puts routes and address back
            try:
                self._process.wait(4)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._home is not None:
            shutil.rmtree(self._home, ignore_errors=True)

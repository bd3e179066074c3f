"""One attempt, from the line to the voice in the tunnel. It holds what is known at each moment, for the page to show; no Qt here.

The word of the VPN client is a claim. Each hop is lit by something else: the routing table, the resolver, the applications, a packet
of the size that must fit, a call's worth of packets. The tunnel stays up after it was proved, and is watched: a cut is seen and timed.
"""

import asyncio
import ipaddress
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.core import tunnel as t
from app.core.errors import MarhabaError, ProbeError, TunnelError
from app.core.line import Progress, VoiceProbe, VoiceReport
from app.core.proof import AppAnswer, AppCheck, LineNow, Proof
from app.core.step import Result, StepContext
from app.steps.vpn import check

PACKETS = (1500, 1400, 1360, 1280, 1200, 1000)
VOICE_LIMIT_S = 40.0
_NOWHERE = "192.0.2.1"
"""RFC 5737: only the routing table is asked about it."""
log = logging.getLogger(__name__)


@dataclass
class Seen:
    """What is known now. None: not yet."""

    line: LineNow | None = None
    profile: t.TunnelProfile | None = None
    trying: str = ""
    """The gateway being tried, `host`."""
    reached: bool = False
    question: t.Question | None = None
    said: str = ""
    """The server's own words, latest."""
    connected: t.Connected | None = None
    down: bool = False
    """Connected before, being built again."""
    names: dict[str, tuple[str, ...]] | None = None
    answers: dict[str, AppAnswer] = field(default_factory=dict)
    proving_apps: bool = False
    packet_bytes: int | None = None
    packets_asked: bool = False
    progress: Progress | None = None
    voice: VoiceReport | str | None = None
    """A report, or the code of a probe that could not judge."""
    cuts_s: list[float] = field(default_factory=list)
    received: int = 0
    sent: int = 0
    result: Result | None = None
    """The end of the proof; the tunnel may go on."""
    given_up: bool = False
    """The proof failed, and the tunnel was ended for it: this PC is as it was before."""


class Proving:
    """`run` once. `changed` is called after every change of `seen`."""

    def __init__(self, context: StepContext, bounds: check.Limits, answer: t.AnswerTo, changed: Callable[[], None]) -> None:
        self._context, self._bounds = context, bounds
        self._answer, self._changed = answer, changed
        self.seen = Seen()
        self._times: dict[str, float] = {}
        self._began = time.monotonic()
        self._cut_at = 0.0
        self._cut_in_proof = False
        self._prover: asyncio.Task[None] | None = None

    # The way

    async def run(self) -> None:
        """Until the tunnel ends. The result is in `seen.result` as soon as it is known. Never raises a MarhabaError."""
        vpn, proof = self._context.vpn, self._context.proof
        if vpn is None or proof is None:
            self._end("vpn.not_installed")
            return
        try:
            self.seen.line = line = await proof.line()
            self._changed()
            if code := check.line_code(line.online, line.portal, line.clock_skew_s, self._bounds):
                self._end(code)
                return
            await vpn.check()
            self.seen.profile = profile = await vpn.profile(self._bounds.profile)
            self._changed()
            async with vpn.connect(profile, self._ask, limit_s=self._bounds.connect_s) as tunnel:
                await self._follow(tunnel, proof)
        except TunnelError as error:
            self.seen.said = str(error.facts.get("said", "")) or self.seen.said
            self._end(error.code, error.facts)
        except MarhabaError as error:
            log.warning("vpn: %s", error)
            self._end("vpn.could_not_check", error.facts)

    async def _ask(self, question: t.Question) -> t.Answer | None:
        self.seen.question = question
        self._changed()
        try:
            return await self._answer(question)
        finally:
            self.seen.question = None
            self._changed()

    async def _follow(self, tunnel: t.Tunnel, proof: Proof) -> None:
        try:
            async for event in tunnel:
                if isinstance(event, t.Connected):
                    self._came_up(event)
                    if self._prover is None or (self._prover.done() and self._to_prove_again()):
                        self._prover = asyncio.create_task(self._prove(event, tunnel, proof), name="vpn.prove")
                else:
                    self._take(event)
                self._changed()
            if not self.seen.given_up:
                self._went_down("ended")
            if self.seen.result is None:
                self._end("vpn.cut")
        finally:
            if self._prover is not None:
                self._prover.cancel()
                await asyncio.gather(self._prover, return_exceptions=True)

    def _to_prove_again(self) -> bool:
        """A cut spoilt the proof, and the tunnel is back: nobody has to ask for another."""
        if self.seen.result is None or self.seen.result.code != "vpn.cut":
            return False
        seen = self.seen
        seen.result = seen.names = seen.voice = seen.packet_bytes = None
        seen.proving_apps = seen.packets_asked = self._cut_in_proof = False
        seen.answers.clear()
        return True

    def _take(self, event: t.TunnelEvent) -> None:
        match event:
            case t.Reaching(remote):
                self.seen.trying = remote.host
            case t.Authenticating():
                self.seen.reached = True
                self._times.setdefault("gateway_s", self._age())
            case t.ServerSays(text):
                self.seen.said = text
            case t.Carried(received, sent):
                self.seen.received, self.seen.sent = received, sent
            case t.Reconnecting(cause):
                self._went_down(cause)
            case _:
                pass

    def _came_up(self, connected: t.Connected) -> None:
        self.seen.connected, self.seen.reached = connected, True
        if self.seen.down:
            self.seen.cuts_s.append(round(time.monotonic() - self._cut_at, 1))
            self.seen.down = False
        else:
            self._times["connect_s"] = round(connected.seconds, 2)

    def _went_down(self, cause: str) -> None:
        if self.seen.connected is None or self.seen.down:
            return
        log.info("the tunnel is down: %s", cause)
        self.seen.down, self._cut_at = True, time.monotonic()
        self._cut_in_proof = self._cut_in_proof or self.seen.result is None

    # The proof

    async def _prove(self, up: t.Connected, tunnel: t.Tunnel, proof: Proof) -> None:
        try:
            code = await self._paths(up, proof) or await self._names(up, proof) or await self._apps(up, proof)
            code = code or self._public(up, proof)
            if not code:
                await self._packets(proof)
                code = await self._voice()
            if self._cut_in_proof:
                code = "vpn.cut"
            self._end(code or "vpn.passed")
            if self.seen.result is not None and not self.seen.result.outcome.lets_on and code != "vpn.cut":
                self.seen.given_up = True
                await tunnel.disconnect()
        except Exception as error:
            log.exception("the proof stopped")
            self._end("vpn.could_not_check", {"error": type(error).__name__})
            raise

    async def _paths(self, up: t.Connected, proof: Proof) -> str:
        if up.conflicts:
            return "vpn.route_conflict"
        if not up.full and not up.routes:
            return "vpn.routes_missing"
        inside = next((address for route in up.routes if (address := _first_host(route))), "")
        if inside and proof.source_of(inside) != up.address:
            return "vpn.routes_missing"
        self._times["routes_s"] = self._age()
        return ""

    async def _names(self, up: t.Connected, proof: Proof) -> str:
        found = dict(zip(self._bounds.names, await asyncio.gather(*map(proof.resolve, self._bounds.names)), strict=True))
        self.seen.names = found
        self._changed()
        if any(not addresses for addresses in found.values()):
            return "vpn.dns_not_applied"
        outside = [a for addresses in found.values() for a in addresses if proof.source_of(a) != up.address]
        if outside or (found and self._asks_outside(up, proof)):
            return "vpn.dns_leak"
        if found:
            self._times["names_s"] = self._age()
        return ""

    def _asks_outside(self, up: t.Connected, proof: Proof) -> bool:
        """Whether every name of this PC, internal ones too, is asked of a server outside. With a split tunnel the system may ask
        internal names inside and the others outside, which no list tells: it is then judged by the answers alone."""
        servers = proof.resolvers()
        return bool(servers) and self._bounds.full is True and any(proof.source_of(server) != up.address for server in servers)

    async def _apps(self, up: t.Connected, proof: Proof) -> str:
        self.seen.proving_apps = True
        self._changed()

        async def one(app: AppCheck) -> AppAnswer:
            answer = await proof.app(app)
            if not answer.code and answer.source != up.address:
                answer = AppAnswer(app, "vpn.routes_missing", answer.ms, answer.source, "outside the tunnel")
            self.seen.answers[app.id] = answer
            self._changed()
            return answer

        answers = await asyncio.gather(*map(one, self._bounds.apps))
        codes = {answer.code for answer in answers if answer.code}
        self._times["apps_s"] = self._age()
        order = ("vpn.dns_not_applied", "vpn.routes_missing", "vpn.app_certificate", "vpn.app_down")
        return next((code for code in order if code in codes), "")

    def _public(self, up: t.Connected, proof: Proof) -> str:
        if self._bounds.full is None:
            return ""
        through = proof.source_of(_NOWHERE) == up.address
        return "" if through is self._bounds.full else "vpn.public_path"

    async def _packets(self, proof: Proof) -> None:
        """The size is a remark at most: it is judged at the end."""
        if self._bounds.probe_url:
            self.seen.packet_bytes = await proof.packet_bytes(self._bounds.probe_url, PACKETS)
            self.seen.packets_asked = True
            self._changed()

    async def _voice(self) -> str:
        if not self._bounds.probe_url or self._context.voice_at is None:
            return self._small()
        try:
            probe: VoiceProbe = self._context.voice_at(self._bounds.probe_url)
            async with asyncio.timeout(VOICE_LIMIT_S):
                voice = await probe.measure(self._bounds.budget_mb, self._bounds.codec, self._progressed)
        except (ProbeError, TimeoutError, ValueError, KeyError) as error:
            self.seen.voice = error.code if isinstance(error, ProbeError) else "box.probe_unreachable"
            return "vpn.passed_unmeasured"
        finally:
            self.seen.progress = None
        self.seen.voice = voice
        if voice.mos is None:
            return "vpn.passed_unmeasured"
        if voice.mos < self._bounds.mos_min:
            return "vpn.voice_poor"
        return self._small() or ("vpn.passed_fair" if voice.mos < self._bounds.mos_good else "")

    def _small(self) -> str:
        size = self.seen.packet_bytes
        return "vpn.mtu_small" if size is not None and size < self._bounds.packet_bytes_min else ""

    def _progressed(self, at: Progress) -> None:
        self.seen.progress = at
        self._changed()

    # The end

    def _age(self) -> float:
        return round(time.monotonic() - self._began, 2)

    def _end(self, code: str, more: dict[str, Any] | None = None) -> None:
        vpn = self._context.vpn
        simulated = vpn is not None and vpn.simulated
        self.seen.result = check.ended(code, self.facts() | _plain(more or {}), simulated=simulated)
        self._changed()

    def facts(self) -> dict[str, Any]:
        """What goes to IT. No secret, nothing of the home network."""
        seen, vpn = self.seen, self._context.vpn
        facts: dict[str, Any] = {"client": vpn.name if vpn is not None else "none", **self._times}
        if seen.line is not None and seen.line.clock_skew_s is not None:
            facts["clock_skew_s"] = seen.line.clock_skew_s
        if seen.profile is not None:
            facts |= {"profile": seen.profile.name, "profile_sha256": seen.profile.sha256, "kind": seen.profile.kind.value}
        if (up := seen.connected) is not None:
            facts |= {
                "gateway": up.gateway, "port": up.port, "transport": up.transport, "address": up.address, "routes": list(up.routes),
                "conflicts": list(up.conflicts), "dns": list(up.dns), "dns_applied": up.dns_applied, "full": up.full,
                "session_expires_s": up.expires_in_s, "asks_again": up.asks_again,
            }  # fmt: skip
        if seen.names is not None:
            facts["names"] = {name: bool(found) for name, found in seen.names.items()}
        if seen.answers:
            facts["apps"] = {
                key: {"code": a.code or "ok", "ms": a.ms, **({"detail": a.detail} if a.detail else {})} for key, a in seen.answers.items()
            }
        if seen.packets_asked:
            facts["packet_bytes"] = seen.packet_bytes
        if isinstance(seen.voice, str):
            facts["probe_error"] = seen.voice
        elif seen.voice is not None:
            v = seen.voice
            facts |= {
                "mos": v.mos, "r_factor": v.r_factor, "rtt_ms": v.rtt_ms, "jitter_ms": v.jitter_ms, "loss_percent": v.loss_percent,
                "loaded_rtt_ms": v.loaded_rtt_ms, "voice_transport": v.transport, "spent_mb": v.spent_mb,
            }  # fmt: skip
        facts |= {"bytes_received": seen.received, "bytes_sent": seen.sent, "cuts_s": list(seen.cuts_s)}
        return {name: value for name, value in facts.items() if value is not None and value != "" and value != []}


def _first_host(route: str) -> str:
    try:
        network = ipaddress.ip_network(route, strict=False)
    except ValueError:
        return ""
    return str(network[1] if network.num_addresses > 1 else network[0])


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """An error's facts as JSON values."""
    return {k: v if isinstance(v, str | int | float | bool) or v is None else str(v) for k, v in facts.items()}

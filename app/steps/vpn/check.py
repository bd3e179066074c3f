"""The tunnel to the company or its client: built, and proved hop by hop; then voice is judged through it.

Limits: `profile` (name of the profile IT laid on this PC), `connect_s` (30; time to connect, without the time a person takes),
`apps` (list of {id, name {fr, ar, en}, host, port, kind tcp|tls|http, path, secure, status, ca}), `names` (internal names that must
resolve into the tunnel), `full` (true: public traffic must go through it, false: must not; not judged by default), `probe_url` (the
probe behind the tunnel; voice and packet size are not judged without), `mos_min` (3.6), `mos_good` (4.0), `budget_mb` (4), `codec`
(g711), `packet_bytes_min` (1280; RFC 8200 section 5 asks for it), `clock_skew_s_max` (300), `keep_password` (false).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState
from app.core.proof import AppCheck
from app.core.step import Result, Step, StepContext

STEP = Step(
    id="vpn",
    codes={
        "vpn.passed": (Outcome.PASSED,),
        "vpn.passed_fair": (Outcome.WARNING,),
        "vpn.passed_unmeasured": (Outcome.WARNING,),
        "vpn.mtu_small": (Outcome.WARNING,),
        "vpn.offline": (Outcome.COULD_NOT_CHECK,),
        "vpn.portal": (Outcome.FAILED,),
        "vpn.clock_skew": (Outcome.FAILED,),
        "vpn.not_installed": (Outcome.FAILED,),
        "vpn.service_stopped": (Outcome.FAILED,),
        "vpn.no_rights": (Outcome.FAILED,),
        "vpn.no_tun": (Outcome.FAILED,),
        "vpn.profile_missing": (Outcome.FAILED,),
        "vpn.profile_refused": (Outcome.FAILED,),
        "vpn.profile_broken": (Outcome.FAILED,),
        "vpn.unreachable": (Outcome.FAILED,),
        "vpn.no_answer": (Outcome.FAILED,),
        "vpn.silent_server": (Outcome.FAILED,),
        "vpn.timeout": (Outcome.FAILED,),
        "vpn.bad_ca": (Outcome.FAILED,),
        "vpn.auth_refused": (Outcome.FAILED,),
        "vpn.code_refused": (Outcome.FAILED,),
        "vpn.password_expired": (Outcome.FAILED,),
        "vpn.account_locked": (Outcome.FAILED,),
        "vpn.certificate_expired": (Outcome.FAILED,),
        "vpn.certificate_refused": (Outcome.FAILED,),
        "vpn.session_expired": (Outcome.FAILED,),
        "vpn.route_conflict": (Outcome.FAILED,),
        "vpn.routes_missing": (Outcome.FAILED,),
        "vpn.dns_not_applied": (Outcome.FAILED,),
        "vpn.dns_leak": (Outcome.FAILED,),
        "vpn.public_path": (Outcome.FAILED,),
        "vpn.app_down": (Outcome.FAILED,),
        "vpn.app_certificate": (Outcome.FAILED,),
        "vpn.voice_poor": (Outcome.FAILED,),
        "vpn.cut": (Outcome.FAILED,),
        "vpn.client_failed": (Outcome.COULD_NOT_CHECK,),
        "vpn.could_not_check": (Outcome.COULD_NOT_CHECK,),
    },
    anchors=("vpn.hops", "vpn.identity", "vpn.tunnel", "vpn.names", "vpn.apps", "vpn.voice"),
    needs=("identity",),
)

ELSEWHERE = frozenset({"vpn.offline", "vpn.could_not_check", "vpn.client_failed"})
"""Nothing was proved about the tunnel: « could not check », never « failed »."""


@dataclass(frozen=True)
class Limits:
    profile: str = ""
    connect_s: float = 30.0
    names: tuple[str, ...] = ()
    apps: tuple[AppCheck, ...] = ()
    full: bool | None = None
    probe_url: str = ""
    mos_min: float = 3.6
    mos_good: float = 4.0
    budget_mb: float = 4.0
    codec: str = "g711"
    packet_bytes_min: int = 1280
    clock_skew_s_max: float = 300.0
    keep_password: bool = False


def limits(given: Mapping[str, Any]) -> Limits:
    """The journey's limits; a value of the wrong kind is the default, an application that is none is left out."""
    taken: dict[str, Any] = {}
    for f in fields(Limits):
        value = given.get(f.name)
        if f.name in ("names", "apps", "full"):
            continue
        if isinstance(f.default, bool | str):
            fits = isinstance(value, type(f.default))
        else:
            fits = isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        if fits:
            taken[f.name] = value
    if isinstance(given.get("full"), bool):
        taken["full"] = given["full"]
    names, apps = given.get("names"), given.get("apps")
    taken["names"] = tuple(n for n in names if isinstance(n, str) and n) if isinstance(names, list) else ()
    taken["apps"] = tuple(app for raw in apps if (app := _app(raw)) is not None) if isinstance(apps, list) else ()
    return Limits(**taken)


def _app(raw: Any) -> AppCheck | None:
    if not isinstance(raw, dict):
        return None
    host, port, kind, name = raw.get("host"), raw.get("port"), raw.get("kind", "tcp"), raw.get("name")
    if not isinstance(host, str) or not host or not isinstance(port, int) or not 0 < port < 65536 or kind not in ("tcp", "tls", "http"):
        return None
    named = {k: v for k, v in name.items() if isinstance(v, str)} if isinstance(name, dict) else {}
    path, status, ca = raw.get("path", "/"), raw.get("status"), raw.get("ca", "")
    plain = isinstance(path, str) and path.isascii() and path.isprintable() and " " not in path
    return AppCheck(
        id=str(raw.get("id") or host),
        name=named,
        host=host,
        port=port,
        kind=kind,
        path=path if plain else "/",
        secure=raw.get("secure", True) is not False,
        status=tuple(s for s in status if isinstance(s, int)) if isinstance(status, list) else (),
        ca=ca if isinstance(ca, str) else "",
    )


def ended(code: str, facts: Mapping[str, Any], *, simulated: bool = False) -> Result:
    """The result of a code: what it proves decides the outcome. A code nobody knows proves nothing."""
    if code not in STEP.codes:
        code = "vpn.could_not_check"
    if code == "vpn.passed":
        outcome = Outcome.PASSED
    elif code in ("vpn.passed_fair", "vpn.passed_unmeasured", "vpn.mtu_small"):
        outcome = Outcome.WARNING
    else:
        outcome = Outcome.COULD_NOT_CHECK if code in ELSEWHERE else Outcome.FAILED
    return Result(outcome, code, facts, simulated)


def operator_of(state: SessionState) -> str:
    """The operator of the 4G box, as the box step found it."""
    found = state.steps.get("box")
    return str(found.facts.get("operator", "")) if found is not None else ""


async def check(context: StepContext) -> Result:
    """What can be said without a person, for `marhaba doctor`: the line, the client, the profile. Nothing is connected."""
    from app.core.errors import TunnelError

    bounds = limits(context.limits(STEP.id))
    if context.vpn is None or context.proof is None:
        return ended("vpn.not_installed", {})
    facts: dict[str, Any] = {"client": context.vpn.name}
    line = await context.proof.line()
    facts |= {"online": line.online, "portal": line.portal}
    if line.clock_skew_s is not None:
        facts["clock_skew_s"] = line.clock_skew_s
    if code := line_code(line.online, line.portal, line.clock_skew_s, bounds):
        return ended(code, facts, simulated=context.vpn.simulated)
    try:
        await context.vpn.check()
        profile = await context.vpn.profile(bounds.profile)
    except TunnelError as error:
        return ended(error.code, facts | error.facts, simulated=context.vpn.simulated)
    facts |= {"profile": profile.name, "profile_sha256": profile.sha256, "kind": profile.kind.value}
    facts["gateways"] = [f"{r.host}:{r.port}/{r.transport}" for r in profile.remotes]
    return Result(Outcome.COULD_NOT_CHECK, "vpn.could_not_check", facts | {"connected": False}, context.vpn.simulated)


def line_code(online: bool, portal: bool, clock_skew_s: float | None, bounds: Limits) -> str:
    """What stands in the way before the tunnel. Empty: nothing."""
    if not online:
        return "vpn.offline"
    if portal:
        return "vpn.portal"
    return "vpn.clock_skew" if clock_skew_s is not None and abs(clock_skew_s) > bounds.clock_skew_s_max else ""

"""The 4G box and the line behind it: found, SIM active, a good spot, and good enough for a voice call.

Limits: `rsrp_dbm_good` (-95) and `rsrp_dbm_weak` (-110), `sinr_db_good` (10) and `sinr_db_poor` (0), `mos_min` (3.6) and `mos_good` (4.0),
`loss_percent_max` (2), `loaded_rtt_ms_max` (400), `down_mbit_min` (1.0), `up_mbit_min` (0.5), `budget_mb` (7; what one test may spend),
`codec` (g711), `allowance_mb` (the month's allowance; none by default), `required_box` (bool; a line without a box that can be read
fails the step; default false).

The call decides: a weak signal with a good call is a warning, a bad call with a weak signal is the signal's fault.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState
from app.core.errors import ProbeError
from app.core.kit import same_imei
from app.core.line import BoxReading, Progress, Sim, VoiceReport
from app.core.step import Result, Step, StepContext
from app.core.threads import in_thread
from app.steps.box.coach import Trail, band_of
from app.steps.box.look import Look, Watcher

STEP = Step(
    id="box",
    codes={
        "box.passed": (Outcome.PASSED,),
        "box.passed_weak": (Outcome.WARNING,),
        "box.passed_no_box": (Outcome.WARNING,),
        "box.no_route": (Outcome.FAILED,),
        "box.not_found": (Outcome.FAILED,),
        "box.wrong_wifi": (Outcome.FAILED,),
        "box.no_sim": (Outcome.FAILED,),
        "box.pin": (Outcome.FAILED,),
        "box.pin_last_try": (Outcome.FAILED,),
        "box.puk": (Outcome.FAILED,),
        "box.no_registration": (Outcome.FAILED,),
        "box.roaming": (Outcome.FAILED,),
        "box.rsrp_weak": (Outcome.FAILED,),
        "box.sinr_poor": (Outcome.FAILED,),
        "box.loss_high": (Outcome.FAILED,),
        "box.latency_loaded": (Outcome.FAILED,),
        "box.too_slow": (Outcome.FAILED,),
        "box.allowance_low": (Outcome.WARNING,),
        "box.probe_unreachable": (Outcome.COULD_NOT_CHECK,),
        "box.probe_busy": (Outcome.COULD_NOT_CHECK,),
        "box.portal": (Outcome.FAILED,),
        "box.unreachable": (Outcome.COULD_NOT_CHECK, Outcome.FAILED),
        "box.login_required": (Outcome.COULD_NOT_CHECK,),
        "box.password_wrong": (Outcome.COULD_NOT_CHECK,),
        "box.locked_out": (Outcome.COULD_NOT_CHECK,),
        "box.busy": (Outcome.COULD_NOT_CHECK,),
        "box.unintelligible": (Outcome.COULD_NOT_CHECK,),
    },
    anchors=("box.checks", "box.signal", "box.figures", "box.test"),
    needs=("welcome",),
)

LOOK_LIMIT_S = 15.0
TEST_LIMIT_S = 40.0
ALLOWANCE_LEFT = 0.1
"""The part of the month's allowance below which it is said to run out."""


@dataclass(frozen=True)
class Limits:
    rsrp_dbm_good: float = -95.0
    rsrp_dbm_weak: float = -110.0
    sinr_db_good: float = 10.0
    sinr_db_poor: float = 0.0
    mos_min: float = 3.6
    mos_good: float = 4.0
    loss_percent_max: float = 2.0
    loaded_rtt_ms_max: float = 400.0
    down_mbit_min: float = 1.0
    up_mbit_min: float = 0.5
    budget_mb: float = 7.0
    allowance_mb: float = 0.0
    """0: no allowance is known."""
    codec: str = "g711"
    required_box: bool = False


def limits(given: Mapping[str, Any]) -> Limits:
    """The journey's limits; a value of the wrong kind is the default."""
    taken: dict[str, Any] = {}
    for f in fields(Limits):
        value = given.get(f.name)
        fits = isinstance(value, type(f.default)) if isinstance(f.default, bool | str) else _is_number(value)
        if fits:
            taken[f.name] = value
    return Limits(**taken)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


KitMatch = Literal["yes", "no", "unknown"]


def kit_match(kit: Iterable[Mapping[str, str]], reading: BoxReading | None) -> KitMatch:
    """Whether this is the box of the agent's sheet, by its IMEI. A sheet with another kind of number says nothing."""
    for item in kit:
        same = same_imei(item.get("serial", ""), reading.imei if reading is not None else "")
        if item.get("kind") == "box" and same is not None:
            return "yes" if same else "no"
    return "unknown"


def sim_code(reading: BoxReading) -> str:
    """What the SIM card asks for before there can be a line. Empty: nothing."""
    match reading.sim:
        case Sim.NONE:
            return "box.no_sim"
        case Sim.PUK:
            return "box.puk"
        case Sim.PIN:
            return "box.pin_last_try" if reading.pin_tries is not None and reading.pin_tries <= 1 else "box.pin"
        case _:
            return ""


def trouble(look: Look, bounds: Limits) -> str:
    """What stands in the way of a test, as a code. Empty: the line may be tested."""
    if look.searching:
        return ""
    if look.code == "box.no_route":
        return look.code
    if look.reading is None:
        return look.code if bounds.required_box else ""
    if code := sim_code(look.reading):
        return code
    if look.reading.registered is False:
        return "box.no_registration"
    return "box.roaming" if look.reading.roaming else ""


def line_code(voice: VoiceReport, bounds: Limits) -> str:
    """The first thing that makes this line too bad for a call, or empty. What was not measured is not held against it."""
    if voice.loss_percent is not None and voice.loss_percent > bounds.loss_percent_max:
        return "box.loss_high"
    if voice.loaded_rtt_ms is not None and voice.loaded_rtt_ms > bounds.loaded_rtt_ms_max:
        return "box.latency_loaded"
    slow_down = voice.down_mbit is not None and voice.down_mbit < bounds.down_mbit_min
    if slow_down or (voice.up_mbit is not None and voice.up_mbit < bounds.up_mbit_min):
        return "box.too_slow"
    if voice.mos is not None and voice.mos < bounds.mos_min:
        lossy = voice.loss_percent is not None and voice.loss_percent >= bounds.loss_percent_max / 4
        return "box.loss_high" if lossy else "box.latency_loaded"
    return ""


def measured(voice: VoiceReport) -> bool:
    """Whether the probe brought anything a line can be judged by."""
    return any(v is not None for v in (voice.mos, voice.rtt_ms, voice.loss_percent, voice.loaded_rtt_ms))


def verdict(
    look: Look,
    voice: VoiceReport | str | None,
    bounds: Limits,
    kit: Iterable[Mapping[str, str]] = (),
    trail: Trail | None = None,
) -> Result | None:
    """How the step ends as things stand, or None while nothing may be said yet. `voice`: the report, or the code of a probe that failed."""
    facts = _facts(look, voice, bounds, kit, trail or Trail())

    def end(outcome: Outcome, code: str) -> Result:
        return Result(outcome, code, facts, look.simulated)

    if code := trouble(look, bounds):
        unread = look.reading is None and look.box is not None
        return end(Outcome.COULD_NOT_CHECK if unread else Outcome.FAILED, code)
    if voice is None or look.searching:
        return None
    if isinstance(voice, str):
        return end(Outcome.FAILED if voice == "box.portal" else Outcome.COULD_NOT_CHECK, voice)
    if not measured(voice):
        return end(Outcome.COULD_NOT_CHECK, "box.probe_unreachable")
    reading = look.reading or BoxReading()
    band = band_of(reading.rsrp_dbm, bounds.rsrp_dbm_good, bounds.rsrp_dbm_weak) if reading.rsrp_dbm is not None else "good"
    if code := line_code(voice, bounds):
        if band == "weak":
            return end(Outcome.FAILED, "box.rsrp_weak")
        if reading.sinr_db is not None and reading.sinr_db < bounds.sinr_db_poor:
            return end(Outcome.FAILED, "box.sinr_poor")
        return end(Outcome.FAILED, code)
    if running_out(reading, bounds):
        return end(Outcome.WARNING, "box.allowance_low")
    if look.reading is None:
        return end(Outcome.WARNING, "box.passed_no_box")
    noisy = reading.sinr_db is not None and reading.sinr_db < bounds.sinr_db_good
    if band != "good" or noisy or (voice.mos is not None and voice.mos < bounds.mos_good):
        return end(Outcome.WARNING, "box.passed_weak")
    return end(Outcome.PASSED, "box.passed")


def running_out(reading: BoxReading, bounds: Limits) -> bool:
    if bounds.allowance_mb <= 0 or reading.month_mb is None:
        return False
    return bounds.allowance_mb - reading.month_mb < bounds.allowance_mb * ALLOWANCE_LEFT


def _facts(look: Look, voice: VoiceReport | str | None, bounds: Limits, kit: Iterable[Mapping[str, str]], trail: Trail) -> dict[str, Any]:
    """What goes to IT. Never the whole IMEI, never the name of the Wi-Fi at home."""
    facts: dict[str, Any] = {
        "gateway_kind": look.gateway.kind if look.gateway is not None else "",
        "box": "read" if look.reading is not None else "silent" if look.box is not None else "none",
        "box_matches_kit": kit_match(kit, look.reading),
    }
    if look.code:
        facts["box_error"] = look.code
    if (reading := look.reading) is not None:
        facts |= {
            "vendor": reading.vendor, "model": reading.model, "firmware": reading.firmware, "imei_last4": reading.imei[-4:],
            "sim": reading.sim.value, "pin_tries": reading.pin_tries, "operator": reading.operator, "plmn": reading.plmn,
            "registered": reading.registered, "roaming": reading.roaming, "network": reading.network, "band": reading.band,
            "rsrp_dbm": reading.rsrp_dbm, "rsrq_db": reading.rsrq_db, "sinr_db": reading.sinr_db, "month_mb": reading.month_mb,
            "best_rsrp_dbm": trail.best_dbm, "start_rsrp_dbm": trail.start_dbm,
        }  # fmt: skip
    if isinstance(voice, str):
        facts["probe_error"] = voice
    elif voice is not None:
        facts |= {
            "transport": voice.transport, "rtt_ms": voice.rtt_ms, "jitter_ms": voice.jitter_ms, "loss_percent": voice.loss_percent,
            "loaded_rtt_ms": voice.loaded_rtt_ms, "down_mbit": voice.down_mbit, "up_mbit": voice.up_mbit,
            "r_factor": voice.r_factor, "mos": voice.mos, "spent_mb": voice.spent_mb, "test_s": voice.seconds,
            "codec": bounds.codec, "budget_mb": bounds.budget_mb,
        }  # fmt: skip
    return {name: value for name, value in facts.items() if value is not None and value != ""}


def recorded(state: SessionState) -> Result | None:
    """The last verdict, if it lets on: going through the page again must not cost another test."""
    done = state.steps.get(STEP.id)
    if done is None or not done.outcome.lets_on:
        return None
    return Result(done.outcome, done.code, done.facts, done.simulated)


async def check(context: StepContext) -> Result:
    """The whole step without a page, for `marhaba doctor`. Spends the journey's budget when there is a probe."""
    bounds = limits(context.limits(STEP.id))
    boxes = context.boxes
    gateway = await in_thread(boxes.gateway, limit_s=LOOK_LIMIT_S) if boxes is not None else None
    watcher = Watcher(boxes, gateway, context.box_password[0] if context.box_password else None)
    try:
        look = await in_thread(watcher.look, limit_s=LOOK_LIMIT_S)
    except TimeoutError:
        look = Look(gateway, code="box.not_found")
    voice = None if trouble(look, bounds) else await measure(context, bounds)
    trail = Trail().add(look.reading.rsrp_dbm if look.reading is not None else None)
    result = verdict(look, voice, bounds, context.state().kit, trail)
    assert result is not None  # noqa: S101 - there is trouble, or the probe answered
    return result


async def measure(context: StepContext, bounds: Limits, progress: Callable[[Progress], None] = lambda _: None) -> VoiceReport | str:
    """The voice test: its report, or the code of why the line could not be judged. One that never ends could not reach its server."""
    if context.voice is None:
        return "box.probe_unreachable"
    try:
        async with asyncio.timeout(TEST_LIMIT_S):
            return await context.voice.measure(bounds.budget_mb, bounds.codec, progress)
    except ProbeError as error:
        return error.code if error.code in STEP.codes else "box.probe_unreachable"
    except TimeoutError:
        return "box.probe_unreachable"

"""The headset: heard in both ears, measured at the microphone, listened back to, and free of echo.

Limits: those of `core.acoustics.verdict.Limits` (levels, noise, clipping, dropouts, echo, latency), and `headset_required` (bool; the
PC's own microphone or speakers fail the step; default true), `both_ears_required` (bool; default true), `ear_tries` (3; rows of digits
an ear is given), `silence_s` (3), `voice_s` (10; less than ten seconds measure the level half a decibel worse).

Sound is kept in memory while the page is open, and only figures are recorded.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState
from app.core.errors import HeadsetError
from app.core.headset import Connection, Device, Devices, Form, best, matches
from app.core.step import Result, Step, StepContext
from app.steps.headset.acts import ORDER, Act, Acts

if TYPE_CHECKING:
    from app.core.acoustics.verdict import Limits as Acoustic

STEP = Step(
    id="headset",
    codes={
        "headset.passed": (Outcome.PASSED,),
        "headset.passed_with_warnings": (Outcome.WARNING,),
        "headset.no_audio": (Outcome.COULD_NOT_CHECK,),
        "headset.no_microphone": (Outcome.FAILED,),
        "headset.no_output": (Outcome.FAILED,),
        "headset.built_in": (Outcome.FAILED, Outcome.WARNING),
        "headset.busy": (Outcome.COULD_NOT_CHECK,),
        "headset.permission_refused": (Outcome.FAILED,),
        "headset.vanished": (Outcome.COULD_NOT_CHECK,),
        "headset.stalled": (Outcome.COULD_NOT_CHECK,),
        "headset.not_heard": (Outcome.FAILED,),
        "headset.one_sided": (Outcome.FAILED, Outcome.WARNING),
        "headset.muted": (Outcome.FAILED,),
        "headset.muted_part": (Outcome.WARNING,),
        "headset.no_speech": (Outcome.FAILED,),
        "headset.too_quiet": (Outcome.FAILED, Outcome.WARNING),
        "headset.too_loud": (Outcome.FAILED, Outcome.WARNING),
        "headset.clipping": (Outcome.FAILED, Outcome.WARNING),
        "headset.noisy": (Outcome.FAILED, Outcome.WARNING),
        "headset.hum": (Outcome.WARNING,),
        "headset.low_snr": (Outcome.FAILED, Outcome.WARNING),
        "headset.narrowband": (Outcome.FAILED, Outcome.WARNING),
        "headset.dropouts": (Outcome.FAILED, Outcome.WARNING, Outcome.COULD_NOT_CHECK),
        "headset.pc_busy": (Outcome.WARNING, Outcome.COULD_NOT_CHECK),
        "headset.echo": (Outcome.FAILED, Outcome.WARNING),
        "headset.high_latency": (Outcome.FAILED, Outcome.WARNING),
        "headset.could_not_check": (Outcome.COULD_NOT_CHECK,),
    },
    anchors=("headset.device", "headset.act", "headset.verdicts"),
    needs=("welcome",),
)

OWN_LIMITS = ("headset_required", "both_ears_required", "ear_tries", "silence_s", "voice_s")
_NOT_OUR_FAULT = frozenset(
    {
        "headset.no_audio",
        "headset.busy",
        "headset.vanished",
        "headset.stalled",
        "headset.dropouts",
        "headset.pc_busy",
        "headset.could_not_check",
    }
)
"""A device that does not answer says nothing about the headset."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """What the step itself asks; the measures' limits stay as the journey gives them until numpy is loaded (`acoustic`)."""

    headset_required: bool = True
    both_ears_required: bool = True
    ear_tries: int = 3
    silence_s: float = 3.0
    voice_s: float = 10.0
    measures: Mapping[str, Any] = field(default_factory=dict)

    def acoustic(self) -> "Acoustic":
        """Imports numpy. Errors: ContentError `content.limit_unknown`, `content.limit_invalid`, `content.limits_crossed`."""
        from app.core.acoustics.verdict import Limits as Acoustic

        return Acoustic.of(self.measures)


def limits(given: Mapping[str, Any]) -> Limits:
    """The journey's limits; a value of the wrong kind is the default."""
    taken: dict[str, Any] = {}
    for f in fields(Limits):
        value = given.get(f.name)
        if f.name == "measures" or value is None:
            continue
        if isinstance(f.default, bool):
            fits = isinstance(value, bool)
        else:
            fits = isinstance(value, int | float) and not isinstance(value, bool) and 1 <= value <= 60
        if fits:
            taken[f.name] = int(value) if isinstance(f.default, int) and not isinstance(f.default, bool) else value
    return Limits(**taken, measures={name: value for name, value in given.items() if name not in OWN_LIMITS})


KitMatch = Literal["yes", "no", "unknown"]


def kit_model(kit: Iterable[Mapping[str, str]]) -> str:
    return next((item.get("model", "") for item in kit if item.get("kind") == "headset"), "")


def kit_match(kit: Iterable[Mapping[str, str]], device: Device | None) -> KitMatch:
    """Whether this is the headset handed out, by its model. A name that says nothing (« USB Audio ») is no mismatch."""
    model = kit_model(kit)
    if not model or device is None:
        return "unknown"
    if matches(model, device.name):
        return "yes"
    return "no" if any(c.isdigit() for c in device.name) and device.form is Form.HEADSET else "unknown"


@dataclass(frozen=True)
class Chosen:
    """The pair in use. `code` says why there is none to use."""

    microphone: Device | None = None
    ear: Device | None = None
    code: str = ""

    @property
    def ready(self) -> bool:
        return not self.code and self.microphone is not None and self.ear is not None


def choose(devices: Devices, model: str, wish: tuple[str, str] = ("", "")) -> Chosen:
    """The pair to use: the one wished for (keys of microphone and ear piece), else the best. One that was wished for and is gone is
    waited for: nobody is moved to another microphone without knowing.
    """
    microphone = next((d for d in devices.inputs if d.key == wish[0]), None)
    ear = next((d for d in devices.outputs if d.key == wish[1]), None)
    if (wish[0] and microphone is None and devices.inputs) or (wish[1] and ear is None and devices.outputs):
        return Chosen(microphone, ear, "headset.vanished")
    microphone = microphone or best(devices.inputs, model)
    ear = ear or best(devices.outputs, model, microphone)
    code = "headset.no_microphone" if microphone is None else "headset.no_output" if ear is None else ""
    return Chosen(microphone, ear, code)


def is_headset(chosen: Chosen) -> bool:
    """False only for what is surely none: the PC's own microphone or its speakers."""
    surely_not = (Form.BUILT_IN, Form.SPEAKERS)
    return not any(d is not None and d.form in surely_not for d in (chosen.microphone, chosen.ear))


def severity_of(code: str) -> str:
    return "could_not_check" if code in _NOT_OUR_FAULT else "failed"


def verdict(chosen: Chosen, acts: Acts, bounds: Limits, kit: Iterable[Mapping[str, str]] = (), simulated: bool = False) -> Result | None:
    """How the step ends as things stand, or None while there is something left to do. The causes come before their effects."""
    kit = list(kit)
    facts = _facts(chosen, acts, kit)

    def end(outcome: Outcome, code: str) -> Result:
        return Result(outcome, code, facts, simulated)

    if chosen.code:
        return end(Outcome(severity_of(chosen.code)), chosen.code)
    for act in ORDER:
        if act in acts.found and not acts.found[act].good:
            code = acts.found[act].worst
            return end(Outcome(next(severity for c, severity in acts.found[act].wrong if c == code)), code)
    if acts.next() is not None:
        return None
    headset = is_headset(chosen)
    if not headset and bounds.headset_required:
        return end(Outcome.FAILED, "headset.built_in")
    remarks = [] if headset else ["headset.built_in"]
    remarks += [code for act in ORDER for code, _ in acts.found[act].wrong if code not in remarks]
    if not remarks:
        return end(Outcome.PASSED, "headset.passed")
    facts["remarks"] = remarks
    return end(Outcome.WARNING, remarks[0] if len(remarks) == 1 else "headset.passed_with_warnings")


def _facts(chosen: Chosen, acts: Acts, kit: list[Mapping[str, str]]) -> dict[str, Any]:
    """What goes to IT: figures. A Bluetooth headset's own name is often a person's, so it is sent only where it is the kit's."""
    facts: dict[str, Any] = {}
    for name, device in (("microphone", chosen.microphone), ("ear", chosen.ear)):
        if device is not None:
            private = device.connection is Connection.BLUETOOTH and kit_match(kit, device) != "yes"
            facts |= {
                name: "" if private else device.name,
                f"{name}_form": device.form.value,
                f"{name}_connection": device.connection.value,
                f"{name}_is_default": device.is_default,
            }
    facts["headset_matches_kit"] = kit_match(kit, chosen.microphone)
    for act in ORDER:
        if act in acts.found:
            facts |= acts.found[act].facts
    return {name: value for name, value in facts.items() if value is not None and value != ""}


def recorded(state: SessionState) -> Result | None:
    """The last verdict, if it lets on: going through the page again asks for nothing twice."""
    done = state.steps.get(STEP.id)
    if done is None or not done.outcome.lets_on:
        return None
    return Result(done.outcome, done.code, done.facts, done.simulated)


async def check(context: StepContext) -> Result:
    """The step without a page, for `marhaba doctor`: which devices there are. Nobody is recorded and nothing is played."""
    bounds, kit = limits(context.limits(STEP.id)), context.state().kit
    if context.audio is None:
        return Result(Outcome.COULD_NOT_CHECK, "headset.no_audio")
    try:
        await context.audio.open()
    except HeadsetError as error:
        return Result(Outcome(severity_of(error.code)), error.code, error.facts)
    chosen = choose(context.audio.devices(), kit_model(kit))
    result = verdict(chosen, Acts(), bounds, kit, context.audio.simulated)
    return result or Result(Outcome.COULD_NOT_CHECK, "headset.could_not_check", _facts(chosen, Acts(), list(kit)), context.audio.simulated)


def next_act(acts: Acts) -> Act:
    """The act to show: the first that is not done, or the last."""
    return acts.next() or Act.ECHO

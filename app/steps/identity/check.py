"""Identity: the agent's code pairs this PC, and the kit is confirmed line by line.

Limits: `kit_required` (bool; a missing item then fails the step; default false).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from app.contracts import readable_code
from app.contracts.enrolment import EnrolmentFile, MachineFacts
from app.contracts.outcomes import Outcome
from app.contracts.problems import ContractError
from app.contracts.session import SessionState
from app.core.errors import BackendRefused, BackendUnreachable, ContentError, MarhabaError
from app.core.kit import imei_ends
from app.core.step import Result, Step

STEP = Step(
    id="identity",
    codes={
        "identity.passed": (Outcome.PASSED,),
        "identity.passed_kit_differs": (Outcome.WARNING,),
        "identity.code_refused": (Outcome.FAILED,),
        "identity.code_used": (Outcome.FAILED,),
        "identity.too_many_tries": (Outcome.FAILED,),
        "identity.offline": (Outcome.COULD_NOT_CHECK,),
        "identity.untrusted": (Outcome.COULD_NOT_CHECK,),
        "identity.service_error": (Outcome.COULD_NOT_CHECK,),
        "identity.kit_missing": (Outcome.FAILED,),
        "identity.enrolment_file_invalid": (),
        "identity.enrolment_file_foreign": (),
        "identity.pair_again": (),
        "identity.not_me": (Outcome.FAILED,),
        "identity.journey_refused": (Outcome.FAILED,),
    },
    anchors=("identity.code", "identity.who", "identity.kit"),
    needs=("welcome",),
)

_CODE = re.compile(rf"[{readable_code.ALPHABET}]{{4}}[-–— ]?[{readable_code.ALPHABET}]{{4}}[-–— ]?[{readable_code.ALPHABET}]{{4}}")

CodeState = Literal["empty", "typing", "stray", "check_failed", "too_long", "valid"]
Answer = Literal["", "identical", "confirmed", "missing", "other"]


def code_state(text: str) -> tuple[CodeState, str]:
    """What is true of the code as typed so far, with the stray character if there is one."""
    code = readable_code.normalise(text)
    if not code:
        return "empty", ""
    if (stray := readable_code.first_stray(code)) is not None:
        return "stray", stray
    if len(code) < readable_code.LENGTH:
        return "typing", ""
    try:
        readable_code.parse(code)
    except ContractError as error:
        return ("check_failed" if error.code == "code.check" else "too_long"), ""
    return "valid", ""


def find_code(text: str) -> str:
    """The code inside a pasted text (« Votre code : K7MQ-2XPA-9RDT »), or the text itself, normalised."""
    for found in _CODE.finditer(text.upper()):
        if code_state(found.group())[0] == "valid":
            return readable_code.normalise(found.group())
    return readable_code.normalise(text)


def result_of_error(error: MarhabaError) -> Result:
    """How enrolment that did not work ends the step. A service that is silent or broken is never the code's fault."""
    facts: dict[str, Any] = {"error": error.code}
    match error:
        case BackendUnreachable(code="backend.untrusted"):
            return Result(Outcome.COULD_NOT_CHECK, "identity.untrusted", facts)
        case BackendUnreachable():
            return Result(Outcome.COULD_NOT_CHECK, "identity.offline", facts)
        case BackendRefused(code="enrolment.code_refused" | "enrolment.code_used" | "enrolment.too_many_tries"):
            if error.retry_after is not None:
                facts["retry_after_s"] = error.retry_after
            return Result(Outcome.FAILED, error.code.replace("enrolment.", "identity."), facts)
        case ContentError() if error.code.startswith("journey."):
            return Result(Outcome.FAILED, "identity.journey_refused", facts)
        case BackendRefused():
            return Result(Outcome.COULD_NOT_CHECK, "identity.service_error", {**facts, "http_status": error.status})
        case _:
            return Result(Outcome.COULD_NOT_CHECK, "identity.service_error", facts)


class KitLine(msgspec.Struct, frozen=True):
    """One item of the sheet and what was found of it. `found_serial` is read from the PC or the box, or typed by the agent."""

    id: str
    kind: str
    model: str
    serial: str = ""
    answer: Answer = ""
    found_serial: str = ""
    read: bool = False
    """The PC itself, or the box, told the number."""

    @property
    def answered(self) -> bool:
        return self.answer in ("identical", "confirmed", "missing") or (self.answer == "other" and bool(self.found_serial))

    @property
    def by_machine(self) -> bool:
        """Whether the PC or the box itself settled this line, so that nobody is asked."""
        return self.answer == "identical" or (self.answer == "other" and (self.read or self.kind == "pc"))


def same_serial(one: str, other: str) -> bool:
    """Serial numbers compared as people write them: case, spaces and hyphens do not count."""
    return bool(one) and _plain(one) == _plain(other)


def laid_for(prepared: EnrolmentFile, machine: MachineFacts | None) -> bool:
    """Whether a prepared code may be used on this PC: what the file names must agree with what the PC tells of itself. What one of the
    two does not say settles nothing.
    """
    if machine is None:
        return True
    serial, host_name = prepared.serial, prepared.host_name.partition(".")[0]
    if serial and machine.serial and not same_serial(serial, machine.serial):
        return False
    return not host_name or not machine.host_name or host_name.casefold() == machine.host_name.partition(".")[0].casefold()


def _plain(serial: str) -> str:
    return "".join(c for c in readable_code.normalise(serial) if c.isalnum())


def box_ends(state: SessionState) -> str:
    """The last four digits of the IMEI that the box step read, if it came first and from a real box; empty otherwise."""
    done = state.steps.get("box")
    last4 = done.facts.get("imei_last4") if done is not None and not done.simulated else None
    return last4 if isinstance(last4, str) else ""


def lines(kit: Iterable[Mapping[str, str]], machine: MachineFacts | None, saved: Mapping[str, Any], box_last4: str = "") -> list[KitLine]:
    """The kit line by line: what the PC and the box settle by themselves, else what the agent answered before."""
    answers = saved.get("answers")
    answers = answers if isinstance(answers, dict) else {}
    out = []
    for item in kit:
        line = KitLine(item.get("id", ""), item.get("kind", "other"), item.get("model", ""), item.get("serial", ""))
        if line.kind == "pc" and line.serial and machine is not None and machine.serial:
            same = same_serial(line.serial, machine.serial)
            line = msgspec.structs.replace(answer(line, "identical" if same else "other", machine.serial), read=True)
        elif line.kind == "box" and (agrees := imei_ends(line.serial, box_last4)) is not None:
            line = msgspec.structs.replace(line, answer="identical" if agrees else "other", found_serial=f"…{box_last4}", read=True)
        elif isinstance(kept := answers.get(line.id), dict):
            line = _restored(line, kept)
        out.append(line)
    return out


def _restored(line: KitLine, kept: Mapping[str, Any]) -> KitLine:
    try:
        return msgspec.convert({**msgspec.to_builtins(line), **kept}, KitLine)
    except msgspec.ValidationError:
        return line  # an answer of another build: it is asked again


def answer(line: KitLine, given: Answer, found_serial: str = "") -> KitLine:
    """The line with an answer. Another number that turns out to be the sheet's own is simply the right item."""
    if given == "other" and same_serial(found_serial, line.serial):
        given = "confirmed"
    return msgspec.structs.replace(line, answer=given, found_serial=found_serial.strip())


def draft(kit: Sequence[KitLine]) -> dict[str, Any]:
    """What is kept of half-done answers. What the PC says is read again, not kept."""
    return {
        "answers": {
            line.id: {"answer": line.answer, "found_serial": line.found_serial} for line in kit if line.answer and not line.by_machine
        }
    }


def saved_answers(state: SessionState) -> dict[str, Any]:
    """The draft, or else the answers the last finished `identity` carried (a failed step drops its draft)."""
    if STEP.id in state.drafts:
        return state.drafts[STEP.id]
    done = state.steps.get(STEP.id)
    kit = done.facts.get("kit") if done else None
    if done is None or not isinstance(kit, list) or done.facts.get("employee_id") != state.employee_id:
        return {}
    return {"answers": {k.get("id", ""): {"answer": k.get("answer", ""), "found_serial": k.get("found_serial", "")} for k in kit}}


def result(state: SessionState, kit: Sequence[KitLine], machine: MachineFacts | None, kit_required: bool) -> Result:
    """How the step ends once every line is answered."""
    facts: dict[str, Any] = {
        "employee_id": state.employee_id,
        "activity": state.activity,
        "kit": [msgspec.to_builtins(line) for line in kit],
        "machine": {"host_name": machine.host_name, "os": machine.os, "serial": machine.serial} if machine else {},
    }
    if kit_required and any(line.answer == "missing" for line in kit):
        return Result(Outcome.FAILED, "identity.kit_missing", facts)
    if any(line.answer in ("missing", "other") for line in kit):
        return Result(Outcome.WARNING, "identity.passed_kit_differs", facts)
    return Result(Outcome.PASSED, "identity.passed", facts)


def paired(state: SessionState) -> bool:
    """Whether the kit may be confirmed: somebody is paired and did not say « this is not me » since."""
    done = state.steps.get(STEP.id)
    denied = STEP.id not in state.drafts and done is not None and done.code == "identity.not_me"
    return bool(state.employee_id) and not denied


def not_me(state: SessionState) -> Result:
    return Result(Outcome.FAILED, "identity.not_me", {"employee_id": state.employee_id})

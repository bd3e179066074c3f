"""The telework addendum: read to the end, confirmed by a code, signed on this PC; asked about or refused just as well.

Limits: `page_seconds` (2; how long a page is shown before the next may be turned), `appearance` (["drawn", "typed"]; which signatures are
taken), `sign_again` (bool; whether a new version of the text asks for a new signature: the backend offers it then; default false),
`question_lets_on` (bool; whether the journey goes on while human resources answer; default true), `refusal_lets_on` (bool; default
false), `recheck_seconds` (300; how often a signature without a time stamp is asked after).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState
from app.core.addendum import Signed
from app.core.errors import BackendRefused, BackendUnreachable, MarhabaError
from app.core.step import Result, Step, StepContext
from app.steps.addendum.progress import Progress, draft_of

if TYPE_CHECKING:
    from app.contracts.addendum import AddendumOffer

STEP = Step(
    id="addendum",
    codes={
        "addendum.signed": (Outcome.PASSED,),
        "addendum.signed_pending_time": (Outcome.WARNING,),
        "addendum.not_asked": (Outcome.NOT_APPLICABLE,),
        "addendum.question_pending": (Outcome.WARNING, Outcome.FAILED),
        "addendum.refused": (Outcome.FAILED, Outcome.WARNING),
        "addendum.new_version": (Outcome.FAILED, Outcome.COULD_NOT_CHECK),
        "addendum.code_wrong": (),
        "addendum.code_expired": (),
        "addendum.code_locked": (),
        "addendum.code_not_sent": (),
        "addendum.no_channel": (Outcome.FAILED,),
        "addendum.rate_limited": (),
        "addendum.offline": (Outcome.COULD_NOT_CHECK,),
        "addendum.document_changed": (Outcome.FAILED,),
        "addendum.document_unreadable": (Outcome.FAILED,),
        "addendum.reading_incomplete": (Outcome.FAILED,),
        "addendum.certificate_refused": (Outcome.FAILED,),
        "addendum.not_offered": (Outcome.COULD_NOT_CHECK,),
        "addendum.not_paired": (Outcome.FAILED, Outcome.COULD_NOT_CHECK),
        "addendum.not_set_up": (Outcome.COULD_NOT_CHECK,),
        "addendum.copy_differs": (),
        "addendum.copy_unsaved": (),
        "addendum.backend_refused": (Outcome.COULD_NOT_CHECK,),
    },
    anchors=("addendum.document", "addendum.code", "addendum.consent", "addendum.signature", "addendum.question", "addendum.refuse"),
    needs=("identity",),
)

MAX_QUESTION = 1000
"""Characters of a question or of a reason to refuse."""


@dataclass(frozen=True)
class Limits:
    page_seconds: float = 2.0
    drawn: bool = True
    typed: bool = True
    question_lets_on: bool = True
    refusal_lets_on: bool = False
    recheck_seconds: float = 300.0


def limits(given: Mapping[str, Any]) -> Limits:
    """The journey's limits; a value of the wrong kind is the default."""
    taken: dict[str, Any] = {}
    for f in fields(Limits):
        value = given.get(f.name)
        if f.name in ("question_lets_on", "refusal_lets_on"):
            fits = isinstance(value, bool)
        else:
            fits = f.name in ("page_seconds", "recheck_seconds") and isinstance(value, int | float) and not isinstance(value, bool)
        if fits:
            taken[f.name] = value
    kinds = given.get("appearance")
    if isinstance(kinds, list) and {"drawn", "typed"} & set(map(str, kinds)):
        taken |= {"drawn": "drawn" in kinds, "typed": "typed" in kinds}
    return Limits(**taken)


# Errors

_SAME = {
    "addendum.signing_not_set_up": "addendum.not_set_up",
    "addendum.consent_changed": "addendum.document_changed",
    "addendum.transaction_unknown": "addendum.code_expired",
    "addendum.transaction_expired": "addendum.code_expired",
    "addendum.certificate_unknown": "addendum.certificate_refused",
    "addendum.certificate_revoked": "addendum.certificate_refused",
    "addendum.certificate_expired": "addendum.certificate_refused",
    "addendum.csr_invalid": "addendum.certificate_refused",
    "token.refused": "addendum.not_paired",
}
_NOT_OURS = ("addendum.not_set_up", "addendum.code_not_sent", "addendum.backend_refused", "addendum.not_offered", "addendum.offline")
"""What says nothing about this person or this PC: it could not be checked."""


def code_of(error: MarhabaError) -> str:
    """The step's code for an error of the port."""
    if isinstance(error, BackendUnreachable):
        return "addendum.offline"
    code = _SAME.get(error.code, error.code)
    return code if code in STEP.codes else "addendum.backend_refused"


def result_of_error(error: MarhabaError) -> Result:
    """How the step ends on an error. A service that is silent or broken is nobody's failure."""
    code = code_of(error)
    facts: dict[str, Any] = {"error": error.code}
    if isinstance(error, BackendRefused):
        facts["http_status"] = error.status
        if error.retry_after is not None:
            facts["retry_after_s"] = error.retry_after
    facts |= {key: value for key, value in error.facts.items() if isinstance(value, str | int | float | bool) and key not in facts}
    return Result(Outcome.COULD_NOT_CHECK if code in _NOT_OURS else Outcome.FAILED, code, facts)


def retry_after(error: MarhabaError) -> int | None:
    """Seconds to wait, as the service says, or None."""
    after = error.retry_after if isinstance(error, BackendRefused) else None
    return None if after is None else max(0, round(after))


def tries_left(error: MarhabaError) -> int | None:
    value = error.facts.get("tries_left")
    return value if isinstance(value, int) and not isinstance(value, bool) else None


# Results


def _document(offer: "AddendumOffer") -> dict[str, Any]:
    return {
        "document_id": offer.document_id,
        "template": offer.template,
        "template_version": offer.template_version,
        "document_sha256": offer.sha256,
        "pages": offer.pages,
    }


def signed(at: Signed, offer: "AddendumOffer", progress: Progress | None = None) -> Result:
    """The evidence of a signature: hashes, times, versions. Never the drawing, never the code, never the whole telephone number."""
    done = at.finished
    facts: dict[str, Any] = {
        "document_id": at.document_id,
        "template_version": at.template_version,
        "document_sha256": at.document_sha256,
        "final_sha256": done.final_sha256,
        "revisions": done.revisions,
        "signed_at": done.signed_at,
        "level": "simple",
        "certificate_sha256": at.certificate,
        "channel": offer.channel.kind if offer.channel else "",
        "channel_masked": offer.channel.masked if offer.channel else "",
    }
    if done.timestamp is not None:
        facts |= {"timestamp_serial": done.timestamp.serial, "timestamp": done.timestamp.time}
    if progress is not None and progress.sha256 == at.document_sha256:
        facts |= {
            "page_seconds": {str(page): round(s, 1) for page, s in sorted(progress.seconds.items())},
            "read_as": progress.read_as,
            "consent_version": progress.consent,
            "questions_asked": len(progress.questions),
        }
    facts = {name: value for name, value in facts.items() if value not in ("", [], None, 0)}
    if waits_for_time(at):
        return Result(Outcome.WARNING, "addendum.signed_pending_time", facts)
    return Result(Outcome.PASSED, "addendum.signed", facts)


def waits_for_time(at: Signed) -> bool:
    return at.finished.state == "signed_pending_time" or not at.finished.final_sha256


def asked(offer: "AddendumOffer", progress: Progress, clause: str, text: str, bounds: Limits) -> Result:
    """A question for human resources. What was read stays with it: the draft goes when a step ends."""
    questions = [*progress.questions, {"clause": clause, "question": text.strip()[:MAX_QUESTION]}]
    facts = _document(offer) | {"clause": clause, "question": questions[-1]["question"], "questions": questions}
    facts["progress"] = draft_of(progress.with_questions(questions))
    outcome = Outcome.WARNING if bounds.question_lets_on else Outcome.FAILED
    return Result(outcome, "addendum.question_pending", facts)


def refused(offer: "AddendumOffer", progress: Progress, reason: str, bounds: Limits) -> Result:
    facts = _document(offer) | {"reason": reason.strip()[:MAX_QUESTION], "progress": draft_of(progress)}
    return Result(Outcome.WARNING if bounds.refusal_lets_on else Outcome.FAILED, "addendum.refused", facts)


def not_asked() -> Result:
    return Result(Outcome.NOT_APPLICABLE, "addendum.not_asked", {})


def new_version(offer: "AddendumOffer", before: str) -> Result:
    """A newer text asks for a new signature: what was signed stays valid, but the step is open again."""
    return Result(Outcome.FAILED, "addendum.new_version", _document(offer) | {"signed_version": before})


# What is recorded, and what is still true of it


def recorded(state: SessionState) -> Result | None:
    """The recorded signature, or None."""
    done = state.steps.get(STEP.id)
    if done is None or done.code not in ("addendum.signed", "addendum.signed_pending_time"):
        return None
    return Result(done.outcome, done.code, done.facts, done.simulated)


def refusal(state: SessionState) -> bool:
    """Whether the last word was no."""
    done = state.steps.get(STEP.id)
    return done is not None and done.code == "addendum.refused"


def pending(state: SessionState) -> bool:
    """Whether a time stamp is still awaited, as the journal says."""
    done = state.steps.get(STEP.id)
    return done is not None and done.code == "addendum.signed_pending_time"


def of_offer(offer: "AddendumOffer", certificate: str = "") -> Signed | None:
    """The signature that the backend says it has, or None."""
    from app.contracts.addendum import Finished

    have = offer.signed
    if have is None or offer.state not in ("signed", "signed_pending_time"):
        return None
    finished = Finished(
        state=offer.state,
        final_sha256=have.final_sha256,
        revisions=have.revisions,
        signed_at=have.signed_at,
        timestamp=have.timestamp,
    )
    return Signed(have.document_id, have.template_version, offer.sha256, finished, certificate)


def recheck(offer: "AddendumOffer", state: SessionState) -> Result | None:
    """What the backend's answer changes about the recorded signature; None: nothing. The evidence already recorded is kept."""
    before = recorded(state)
    if before is None:
        return None
    if offer.state == "to_sign_again":
        return new_version(offer, str(before.facts.get("template_version", "")))
    now = of_offer(offer)
    if now is None or before.code == "addendum.signed" or waits_for_time(now):
        return None
    fresh = signed(now, offer)
    return Result(fresh.outcome, fresh.code, {**before.facts, **fresh.facts})


async def check(context: StepContext) -> Result:
    """What stands, without a page, for `marhaba doctor`: asks, reads the document, signs nothing."""
    if context.addenda is None:
        return Result(Outcome.COULD_NOT_CHECK, "addendum.not_paired", {})
    try:
        addenda = context.addenda()
        offered = await addenda.offer()
        offer = offered.offer
        if offer.state == "none":
            return not_asked()
        have = of_offer(offer)
        if have is not None:
            return signed(have, offer)
        await addenda.document(offer)
    except MarhabaError as error:
        return result_of_error(error)
    code = "addendum.offline" if offered.kept else "addendum.new_version" if offer.state == "to_sign_again" else "addendum.not_offered"
    return Result(Outcome.COULD_NOT_CHECK, code, _document(offer) | {"state": offer.state})

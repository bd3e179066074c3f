"""Events: what happened, in the wizard's own words. CloudEvents 1.0 (structured JSON) around one data shape a kind.

Unknown fields are tolerated (a newer wizard may say more); an unknown kind is refused with `event.kind_unknown`.
"""

from typing import Any, Literal

import msgspec

from app.contracts.languages import LANGUAGES as LANGUAGES
from app.contracts.languages import Language as Language
from app.contracts.outcomes import Outcome
from app.contracts.problems import ContractError


class SessionStarted(msgspec.Struct, omit_defaults=True):
    """First event of a device's chain: the notice was accepted, and the device key that signs the rest exists."""

    public_key: str
    session_code: str
    """Six digits to say on the telephone."""
    notice_version: str
    language: Language
    app_version: str


class WizardOpened(msgspec.Struct, omit_defaults=True):
    """The wizard was started again and took the journey up where it stood."""

    app_version: str
    os: str = ""


class LanguageChosen(msgspec.Struct):
    language: Language


class DeviceEnrolled(msgspec.Struct, omit_defaults=True):
    """The backend paired this device with an agent."""

    employee_id: str
    name: str
    site: str
    activity: str
    kit: list[dict[str, str]] = []
    """The kit handed out: id, kind, model, serial."""
    first_call: str = ""


class JourneyAdopted(msgspec.Struct, omit_defaults=True):
    """The signed journey that counts from here on."""

    id: str
    version: int
    sha256: str
    steps: list[str]


class StepEntered(msgspec.Struct):
    step: str


class StepSaved(msgspec.Struct):
    """Half-done state of a step; the last one counts, a finished step drops it."""

    step: str
    draft: dict[str, Any]


class StepFinished(msgspec.Struct, omit_defaults=True):
    """A step's outcome with its evidence. `code` owns the texts; `facts` carry units in their names (`rtt_ms`)."""

    step: str
    outcome: Outcome
    code: str
    facts: dict[str, Any] = {}
    simulated: bool = False
    duration_ms: int = 0


class HelpRequested(msgspec.Struct, omit_defaults=True):
    step: str
    code: str = ""


class WizardCrashed(msgspec.Struct):
    """An unexpected error; `reference` is what the crash page shows."""

    reference: str
    error: str
    step: str = ""


class JournalRepaired(msgspec.Struct):
    """The journal was corrupt: it was set aside and rebuilt from what could be read."""

    set_aside: str
    rows_kept: int
    chain_broken_at: int


class QuestionAsked(msgspec.Struct, omit_defaults=True):
    """The agent has a question to HR about a document; the journey goes on meanwhile."""

    step: str
    clause: str
    """Id of the clause, or empty: about the whole document."""
    text: str
    document_id: str = ""


class NoticeWithdrawn(msgspec.Struct):
    """The agent took consent back; kept so that IT knows why the journey stopped."""

    notice_version: str


EventData = (
    SessionStarted
    | WizardOpened
    | LanguageChosen
    | DeviceEnrolled
    | JourneyAdopted
    | StepEntered
    | StepSaved
    | StepFinished
    | HelpRequested
    | WizardCrashed
    | JournalRepaired
    | NoticeWithdrawn
    | QuestionAsked
)

KINDS: dict[str, type[EventData]] = {
    "ma.marhaba.session.started.v1": SessionStarted,
    "ma.marhaba.wizard.opened.v1": WizardOpened,
    "ma.marhaba.language.chosen.v1": LanguageChosen,
    "ma.marhaba.device.enrolled.v1": DeviceEnrolled,
    "ma.marhaba.journey.adopted.v1": JourneyAdopted,
    "ma.marhaba.step.entered.v1": StepEntered,
    "ma.marhaba.step.saved.v1": StepSaved,
    "ma.marhaba.step.finished.v1": StepFinished,
    "ma.marhaba.help.requested.v1": HelpRequested,
    "ma.marhaba.wizard.crashed.v1": WizardCrashed,
    "ma.marhaba.journal.repaired.v1": JournalRepaired,
    "ma.marhaba.notice.withdrawn.v1": NoticeWithdrawn,
    "ma.marhaba.question.asked.v1": QuestionAsked,
}
KIND_OF: dict[type[EventData], str] = {shape: kind for kind, shape in KINDS.items()}


class Event(msgspec.Struct, kw_only=True):
    """A CloudEvents 1.0 envelope. Extension attributes are lower case without separators, as the specification asks."""

    specversion: Literal["1.0"] = "1.0"
    id: str
    """UUIDv7 (RFC 9562 section 5.7); the idempotency key."""
    source: str
    """`urn:marhaba:device:<device id>`."""
    type: str
    time: str
    """UTC, RFC 3339, by the device's clock, which may be wrong: order comes from `sequence`."""
    sequence: int
    """1, 2, 3 ... without gaps, a device."""
    monotonic: int
    """Milliseconds since the wizard's process started: durations survive a wrong clock."""
    clockoffset: int | msgspec.UnsetType = msgspec.UNSET
    """Milliseconds to add to `time` for the server's clock, when known."""
    previoushash: str
    """SHA-256 (hex) of the previous signed line, or 64 zeros on the first."""
    datacontenttype: str = "application/json"
    data: msgspec.Raw


ZERO_HASH = "0" * 64


def source_of(device: str) -> str:
    return f"urn:marhaba:device:{device}"


def data_of(event: Event) -> EventData:
    """The event's data in the shape of its kind.

    Errors: ContractError `event.kind_unknown`, `event.data_invalid`.
    """
    shape = KINDS.get(event.type)
    if shape is None:
        raise ContractError("event.kind_unknown", event.type)
    try:
        return msgspec.json.decode(event.data, type=shape)
    except (msgspec.ValidationError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ContractError("event.data_invalid", f"{event.type}: {error}") from error

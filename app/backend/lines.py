"""Signed lines as they arrive: taken apart, verified and measured before the writer sees them. Pure, and safe in any thread."""

from dataclasses import dataclass

import msgspec

from app.contracts import chain
from app.contracts.events import Event, EventData, data_of
from app.contracts.problems import ContractError
from app.contracts.receipts import MAX_BATCH_EVENTS

_MAX_NAME = 128  # characters of an event id or a step id; an index row of PostgreSQL must hold it
_MAX_SEQUENCE = 2**62


class _Glimpse(msgspec.Struct):
    """The least that must be readable so that a bad line can be named, kept aside and passed."""

    source: str
    sequence: int
    id: str = ""


@dataclass(frozen=True)
class Line:
    """One line. `refusal` is why it can never be accepted, whatever the chain says; then `event` and `data` are missing."""

    raw: bytes
    hash: str
    source: str
    sequence: int
    event_id: str
    event: Event | None = None
    data: EventData | None = None
    refusal: str = ""


def split(body: bytes) -> list[bytes]:
    """The exact bytes of each element of a JSON array.

    Errors: ContractError `request.malformed`, `request.too_large`.
    """
    try:
        items = msgspec.json.decode(body, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ContractError("request.malformed", "the body is not a JSON array") from error
    if len(items) > MAX_BATCH_EVENTS:
        raise ContractError("request.too_large", f"{len(items)} events")
    return [bytes(item) for item in items]


def read(raw: bytes) -> Line:
    """A line taken apart, signature not checked. Errors: ContractError `event.malformed` when it cannot even be named."""
    digest = chain.line_hash(raw)
    try:
        event = chain.read(raw)
        refusal = _unfit(event)
    except (ContractError, UnicodeDecodeError, RecursionError) as error:
        refusal = error.code if isinstance(error, ContractError) else "event.malformed"
        glimpse = _glimpse(raw)
        return Line(raw, digest, glimpse.source, glimpse.sequence, glimpse.id, refusal=refusal)
    if not 0 < event.sequence < _MAX_SEQUENCE:
        raise ContractError("event.malformed", "sequence out of range")
    if refusal:
        return Line(raw, digest, event.source, event.sequence, event.id, refusal=refusal)
    try:
        data = data_of(event)
        msgspec.json.encode(data)  # what cannot be written again would stop every later write of the session
        if len(step := step_of(data)) > _MAX_NAME or "\0" in step:
            raise ContractError("event.data_invalid", "step")
    except (ContractError, ValueError, OverflowError, TypeError, RecursionError) as error:
        refusal = error.code if isinstance(error, ContractError) else "event.data_invalid"
        return Line(raw, digest, event.source, event.sequence, event.id, refusal=refusal)
    return Line(raw, digest, event.source, event.sequence, event.id, event, data)


def signed(line: Line, public_key: str) -> Line:
    """The line, refused where its signature is not `public_key`'s."""
    try:
        chain.verify(line.raw, public_key)
    except ContractError as error:
        return Line(line.raw, line.hash, line.source, line.sequence, line.event_id, refusal=line.refusal or error.code)
    return line


def step_of(data: EventData) -> str:
    """The step an event is about, or an empty string."""
    step = getattr(data, "step", "")
    return step if isinstance(step, str) else ""


def _glimpse(raw: bytes) -> _Glimpse:
    try:
        glimpse = msgspec.json.decode(raw, type=_Glimpse)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ContractError("event.malformed", "no envelope") from error
    if not 0 < glimpse.sequence < _MAX_SEQUENCE:
        raise ContractError("event.malformed", "sequence out of range")
    return glimpse


def _unfit(event: Event) -> str:
    """The refusal of an envelope that is well-formed but cannot be stored, or an empty string."""
    if not 0 < len(event.id) <= _MAX_NAME or len(event.time) > _MAX_NAME or "\0" in event.id + event.time:
        return "event.malformed"
    if event.clockoffset is not msgspec.UNSET and abs(event.clockoffset) >= _MAX_SEQUENCE:
        return "event.malformed"
    return ""

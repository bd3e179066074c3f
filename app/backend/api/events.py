"""`POST /v1/events`: signed lines in, acknowledgement out. Everything acknowledged is durable."""

import asyncio
import logging
import zlib
from dataclasses import dataclass
from typing import Any

from litestar import Request, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema

from app.backend import clock, lines
from app.backend.api import bearer
from app.backend.api.problems import ProblemError
from app.backend.services import Services, services_of
from app.backend.store import ingest, pairing
from app.contracts.events import source_of
from app.contracts.problems import ContractError, Problem
from app.contracts.receipts import BATCH_MEDIA_TYPE, MAX_BATCH_BYTES, MAX_BATCH_EVENTS, Command, EventsReceipt, Refusal
from app.contracts.session import SessionState

_GZIP = 31  # zlib's window bits for gzip framing
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Batch:
    """A request's lines, verified as far as that goes without the device's head."""

    employee_id: str
    device_id: str
    """The device whose lines these are, or empty when it is not one of this agent's."""
    lines: list[lines.Line]
    unreadable: str = ""
    """Why the line after the last one cannot even be named."""


@dataclass  # again, so that __init__ calls __post_init__
class _BatchOperation(Operation):
    """The schema of a body that is read as bytes: the framework cannot see it in the handler's signature."""

    def __post_init__(self) -> None:
        line = Schema(type=OpenAPIType.OBJECT, description="A CloudEvents 1.0 event, signed (`contracts.chain`)")
        lines_of_one_device = Schema(type=OpenAPIType.ARRAY, items=line, max_items=MAX_BATCH_EVENTS)
        self.request_body = RequestBody(required=True, content={BATCH_MEDIA_TYPE: OpenAPIMediaType(schema=lines_of_one_device)})


@post(
    "/v1/events",
    operation_class=_BatchOperation,
    status_code=200,
    request_max_body_size=MAX_BATCH_BYTES,
    responses={409: ResponseSpec(Problem, description="A gap: send again from `expected_sequence`")},
)
async def take_events(request: Request[Any, Any, Any]) -> EventsReceipt:
    """A batch of one device's signed lines (a JSON array, in order), optionally gzip-compressed.

    Errors: 400 `request.malformed`, 401 `token.refused`, 409 `event.gap`, 413 `request.too_large`,
    422 `event.mixed_sources`, `event.malformed`.
    """
    services = services_of(request)
    token = bearer.token_of(request.headers.get("Authorization"))
    body = await request.body()
    encoding = request.headers.get("Content-Encoding", "").strip().lower()
    lost_through = _number(request.headers.get("Marhaba-Lost-Through"))
    batch = await asyncio.to_thread(_prepare, services, token, body, encoding)
    if not batch.device_id:
        refused = [Refusal(line.event_id, line.sequence, "event.foreign") for line in batch.lines]
        return EventsReceipt(acked_sequence=0, refused=refused, server_time=clock.text(clock.now()))
    intake = await services.writer.run(
        lambda connection: ingest.take(
            connection, batch.device_id, batch.lines, clock.now(), services.library.certificate_days, lost_through
        )
    )
    if intake.changed:
        services.hub.publish(intake.employee_id)
    for refusal in intake.refused:
        _log.warning("device %s: event %d refused, %s", batch.device_id, refusal.sequence, refusal.code)
    if intake.expected is not None:
        raise ProblemError(409, "event.gap", expected_sequence=intake.expected)
    if batch.unreadable:
        raise ProblemError(422, "event.malformed", batch.unreadable, expected_sequence=intake.acked + 1)
    commands = await asyncio.to_thread(_commands, services, intake.activity, intake.state)
    return EventsReceipt(acked_sequence=intake.acked, refused=intake.refused, server_time=clock.text(clock.now()), commands=commands)


def _prepare(services: Services, token: str, body: bytes, encoding: str) -> _Batch:
    """Authenticate, inflate, split, verify: the costly part, outside of the event loop and of the writer.

    Errors: ProblemError, ContractError.
    """
    with services.database.read() as connection:
        who = bearer.require(connection, token)
        items = lines.split(_inflated(body, encoding))
        found: list[lines.Line] = []
        unreadable = ""
        for index, item in enumerate(items):
            try:
                found.append(lines.read(item))
            except ContractError as error:
                unreadable = f"item {index}: {error.detail}"
                break
        sources = {line.source for line in found}
        if len(sources) > 1:
            raise ProblemError(422, "event.mixed_sources")
        if not sources:
            if unreadable:
                raise ProblemError(422, "event.malformed", unreadable)
            return _Batch(who.employee_id, who.device_id, [])
        device_id = sources.pop().removeprefix("urn:marhaba:device:").replace("\0", "")
        key = pairing.public_key_of(connection, device_id, who.employee_id)
    if key is None or any(line.source != source_of(device_id) for line in found):
        return _Batch(who.employee_id, "", found)
    return _Batch(who.employee_id, device_id, [lines.signed(line, key) for line in found], unreadable)


def _inflated(body: bytes, encoding: str) -> bytes:
    """The body as it was before compression; a bomb is left as soon as it grows past the limit."""
    if encoding in ("", "identity"):
        return body
    if encoding != "gzip":
        raise ProblemError(400, "request.malformed", "Content-Encoding")
    stream = zlib.decompressobj(_GZIP)
    try:
        inflated = stream.decompress(body, MAX_BATCH_BYTES + 1)
    except zlib.error as error:
        raise ProblemError(400, "request.malformed", "gzip") from error
    if len(inflated) > MAX_BATCH_BYTES:
        raise ProblemError(413, "request.too_large")
    if not stream.eof or stream.unused_data:
        raise ProblemError(400, "request.malformed", "gzip")
    return inflated


def _commands(services: Services, activity: str, state: SessionState) -> list[Command]:
    """What rides on the answer. A device that has adopted no journey yet is about to: nothing to tell it."""
    published = services.library.journey(activity)
    if published is None or not state.journey_id:
        return []
    journey = published.journey
    if journey.id == state.journey_id and journey.version <= state.journey_version:
        return []
    # The id is the same for as long as the command is, so a wizard that hears it twice knows.
    return [Command(f"journey-{journey.id}-{journey.version}", "journey.changed", {"id": journey.id, "version": str(journey.version)})]


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 18 else None

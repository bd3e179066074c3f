"""Taking in one device's lines: each is stored once, set aside for good, or asked for again. One transaction with its effects."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.backend import clock
from app.backend.lines import Line, step_of
from app.backend.store import agents as agents_store
from app.backend.store import sessions
from app.backend.store.schema import certificates, devices, events, losses, quarantine
from app.contracts import readable_code
from app.contracts.events import StepFinished
from app.contracts.receipts import Refusal
from app.contracts.session import SessionState

_ID_SHOWN = 200


@dataclass
class Intake:
    """What came of a batch. `expected` is set when the rest must be sent again from that sequence (a gap)."""

    acked: int = 0
    refused: list[Refusal] = field(default_factory=list)
    expected: int | None = None
    employee_id: str = ""
    activity: str = ""
    state: SessionState = field(default_factory=SessionState)
    changed: bool = False


def take(
    connection: Connection,
    device_id: str,
    lines: list[Line],
    now: datetime,
    certificate_days: Callable[[str], int],
    lost_through: int | None = None,
) -> Intake:
    """Take `lines` of one device in order. `certificate_days` gives, by activity, how long readiness counts.

    `lost_through`: the wizard declares that numbers up to this one are gone for good (its journal was repaired). The
    chain then goes on at the next number, and the hole is recorded: the report names it.
    """
    # FOR UPDATE: on PostgreSQL two instances may hold posts of the same device; SQLite knows one writer anyway.
    device = connection.execute(select(devices).where(devices.c.device_id == device_id).with_for_update()).one()
    agent = agents_store.find(connection, device.employee_id)
    result = Intake(employee_id=device.employee_id, activity=agent.activity if agent else "")
    head, head_hash = int(device.head_sequence), str(device.head_hash)
    stored, aside = _known(connection, device_id, [line.sequence for line in lines if line.sequence <= head])
    taken_ids = _taken_ids(connection, [line.event_id for line in lines if line.event is not None])
    session = sessions.load(connection, device.session_id)
    rows: list[dict[str, Any]] = []
    kept_aside: list[dict[str, Any]] = []
    received = clock.text(now)

    for line in lines:
        if line.sequence <= head:
            if stored.get(line.sequence) == line.hash:
                continue
            code = aside.get((line.sequence, line.hash))
            if code is None:
                # Same place, other bytes: the device's history was rewritten. Kept as evidence, beside the chain.
                code = "event.fork"
                kept_aside.append(_aside(device_id, line, code, received, in_chain=False))
            result.refused.append(Refusal(line.event_id, line.sequence, code))
            continue
        if line.sequence > head + 1:
            if lost_through is None or line.sequence != lost_through + 1:
                result.expected = head + 1
                break
            hole = {"device_id": device_id, "first": head + 1, "last": lost_through, "declared_at": received}
            connection.execute(insert(losses).values(hole))
            # What came before was lost on both sides, so there is no hash to hold this line against.
            head_hash = line.event.previoushash if line.event is not None else head_hash
        code = line.refusal
        if line.event is not None and line.event.previoushash != head_hash:
            code = "event.chain_broken"
        elif not code and line.event_id in taken_ids:
            code = "event.id_reused"
        # The head moves past a line that can never be accepted, so that it does not block the rest.
        head, head_hash = line.sequence, line.hash
        if code or line.event is None or line.data is None:
            kept_aside.append(_aside(device_id, line, code, received, in_chain=True))
            aside[(line.sequence, line.hash)] = code
            result.refused.append(Refusal(line.event_id, line.sequence, code))
            continue
        taken_ids.add(line.event_id)
        stored[line.sequence] = line.hash
        offset = None if line.event.clockoffset is msgspec.UNSET else int(line.event.clockoffset)
        rows.append(
            {
                "event_id": line.event_id,
                "device_id": device_id,
                "sequence": line.sequence,
                "session_id": device.session_id,
                "type": line.event.type,
                "step": step_of(line.data),
                "time": line.event.time,
                "received_at": received,
                "clock_offset_ms": offset,
                "line_hash": line.hash,
                "raw": line.raw,
            }
        )
        session = sessions.step(session, line.event, line.data, offset, now)
        if isinstance(line.data, StepFinished) and line.data.step == "ready" and line.data.outcome.lets_on:
            days = certificate_days(result.activity)
            _certify(connection, device_id, line.event_id, device.employee_id, result.activity, now, days)

    if rows:
        connection.execute(insert(events), rows)
        sessions.save(connection, device.session_id, device.employee_id, session, now)
    if kept_aside:
        _insert_new(connection, quarantine, kept_aside)
    if head != device.head_sequence:
        change = update(devices).where(devices.c.device_id == device_id).values(head_sequence=head, head_hash=head_hash)
        connection.execute(change)
    result.acked = head
    result.state = session.state
    result.changed = bool(rows)
    return result


def _known(connection: Connection, device_id: str, sequences: list[int]) -> tuple[dict[int, str], dict[tuple[int, str], str]]:
    """Of places the chain passed already: the stored hashes by sequence, and the refusals by sequence and hash."""
    if not sequences:
        return {}, {}
    low, high = min(sequences), max(sequences)
    kept = connection.execute(
        select(events.c.sequence, events.c.line_hash).where(events.c.device_id == device_id, events.c.sequence.between(low, high))
    )
    refused = connection.execute(
        select(quarantine.c.sequence, quarantine.c.line_hash, quarantine.c.code).where(
            quarantine.c.device_id == device_id, quarantine.c.sequence.between(low, high)
        )
    )
    return {r.sequence: r.line_hash for r in kept}, {(r.sequence, r.line_hash): r.code for r in refused}


def _taken_ids(connection: Connection, ids: list[str]) -> set[str]:
    if not ids:
        return set()
    return set(connection.scalars(select(events.c.event_id).where(events.c.event_id.in_(ids))))


def _aside(device_id: str, line: Line, code: str, received: str, *, in_chain: bool) -> dict[str, Any]:
    return {
        "device_id": device_id,
        "sequence": line.sequence,
        "event_id": line.event_id.replace("\0", "\ufffd")[:_ID_SHOWN],
        "code": code,
        "in_chain": in_chain,
        "received_at": received,
        "line_hash": line.hash,
        "raw": line.raw,
    }


def _certify(connection: Connection, device_id: str, event_id: str, employee_id: str, activity: str, now: datetime, days: int) -> None:
    row = {
        "code": readable_code.code_of("certificate", device_id, event_id),
        "event_id": event_id,
        "employee_id": employee_id,
        "activity": activity,
        "issued": clock.text(now),
        "expires": clock.text(now + timedelta(days=days)),
    }
    _insert_new(connection, certificates, [row])


def _insert_new(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert what is not there yet."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(make(table).on_conflict_do_nothing(), rows)

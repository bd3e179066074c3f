"""One agent's record, recomputed from the stored bytes: every hash and every signature is checked again."""

from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from app.backend import lines
from app.backend.store import sessions
from app.backend.store.schema import devices, events, losses, quarantine
from app.contracts import chain
from app.contracts.events import ZERO_HASH
from app.contracts.fold import fold
from app.contracts.problems import ContractError
from app.contracts.session import SessionState

UNBROKEN = "unbroken"


def report(connection: Connection, employee_id: str) -> dict[str, Any] | None:
    """`{session, steps, events, chain, quarantined}` of the agent's last session, or None when nothing was reported.

    `chain` is `unbroken`, or what is wrong and where.
    """
    found = sessions.seen_of(connection, [employee_id])
    if not found:
        return None
    session_id = found[0].session_id
    state, count = SessionState(), 0
    rows = connection.execute(select(events.c.raw).where(events.c.session_id == session_id).order_by(events.c.id))
    for row in rows:
        count += 1
        line = lines.read(bytes(row.raw))
        if line.event is not None and line.data is not None:
            state = fold(state, line.event, line.data)
    owned = connection.execute(
        select(devices).where(devices.c.session_id == session_id).order_by(devices.c.enrolled_at, devices.c.device_id)
    ).all()
    faults = [fault for device in owned if (fault := _fault(connection, device.device_id, device.public_key))]
    aside = select(quarantine.c.id).where(quarantine.c.device_id.in_([device.device_id for device in owned]))
    shown = msgspec.to_builtins(replace(state, steps={}, drafts={}))
    shown.pop("steps")
    shown.pop("drafts")
    return {
        "session": {
            **shown,
            "employee_id": employee_id,
            "name": found[0].name,
            "site": found[0].site,
            "activity": found[0].activity,
            "ready": state.ready,
            "devices": [device.device_id for device in owned],
            "updated_at": found[0].updated_at,
        },
        "steps": [msgspec.to_builtins(step) for step in sorted(state.steps.values(), key=lambda s: s.sequence)],
        "events": count,
        "chain": "; ".join(faults) or UNBROKEN,
        "quarantined": len(connection.scalars(aside).all()),
    }


def _fault(connection: Connection, device_id: str, public_key: str) -> str:
    """What is wrong with a device's chain, or an empty string. Lines set aside keep their place in it."""
    kept = connection.execute(select(events.c.sequence, events.c.line_hash, events.c.raw).where(events.c.device_id == device_id)).all()
    aside = connection.execute(
        select(quarantine.c.sequence, quarantine.c.raw).where(quarantine.c.device_id == device_id, quarantine.c.in_chain)
    ).all()
    refused = {row.sequence: bytes(row.raw) for row in aside}
    stored = {row.sequence: row for row in kept}
    head = connection.execute(select(devices.c.head_sequence, devices.c.head_hash).where(devices.c.device_id == device_id)).one()
    holes = connection.execute(select(losses.c.first, losses.c.last).where(losses.c.device_id == device_id).order_by(losses.c.id)).all()
    declared = [f"{device_id} {hole.first}-{hole.last}: declared lost" for hole in holes]
    after_hole = {hole.last + 1 for hole in holes}
    previous = ZERO_HASH
    for sequence in range(1, head.head_sequence + 1):
        where = f"{device_id} {sequence}"
        if any(hole.first <= sequence <= hole.last for hole in holes):
            continue
        if sequence in stored:
            raw = bytes(stored[sequence].raw)
            line = lines.read(raw)
            if line.hash != stored[sequence].line_hash:
                return f"{where}: bytes changed"
            if line.event is None or (line.event.previoushash != previous and sequence not in after_hole):
                return f"{where}: event.chain_broken"
            try:
                chain.verify(raw, public_key)
            except ContractError as error:
                return f"{where}: {error.code}"
        elif sequence in refused:
            raw = refused[sequence]
        else:
            return f"{where}: missing"
        previous = chain.line_hash(raw)
    if previous != head.head_hash:
        return f"{device_id} {head.head_sequence}: head changed"
    return "; ".join(declared)

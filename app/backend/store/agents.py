"""Agents, their kit and their activation codes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from app.backend import clock
from app.backend.store.schema import activation_codes, agents, devices, kit_items
from app.contracts import readable_code
from app.contracts.enrolment import AgentRecord, KitItem

CODE_DAYS = 14


@dataclass(frozen=True)
class AgentLine:
    """One line of `agents list`."""

    agent: AgentRecord
    kit: list[KitItem]
    devices: int


def code_hash(code: str) -> str:
    """SHA-256 (hex) of a code in its grouped form."""
    return hashlib.sha256(code.encode()).hexdigest()


def save(connection: Connection, people: Sequence[tuple[AgentRecord, list[KitItem], dict[str, str]]], now: datetime) -> tuple[int, int]:
    """Add agents or bring them up to date; the third of each: `email` and `phone`, where the file has them.

    Returns how many were added, and how many existed already.
    """
    known = set(connection.scalars(select(agents.c.employee_id)))
    added = 0
    for agent, kit, contact in people:
        row = {
            "name": agent.name,
            "language": agent.language,
            "site": agent.site,
            "activity": agent.activity,
            "first_call": agent.first_call,
            "updated_at": clock.text(now),
            **contact,
        }
        if agent.employee_id in known:
            connection.execute(update(agents).where(agents.c.employee_id == agent.employee_id).values(row))
        else:
            connection.execute(insert(agents).values(employee_id=agent.employee_id, **row))
            added += 1
        connection.execute(delete(kit_items).where(kit_items.c.employee_id == agent.employee_id))
        for item in kit:
            connection.execute(
                insert(kit_items).values(employee_id=agent.employee_id, id=item.id, kind=item.kind, model=item.model, serial=item.serial)
            )
    return added, len(people) - added


def find(connection: Connection, employee_id: str) -> AgentRecord | None:
    row = connection.execute(select(agents).where(agents.c.employee_id == employee_id)).one_or_none()
    if row is None:
        return None
    return AgentRecord(row.employee_id, row.name, row.language, row.site, row.activity, row.first_call)


def kit_of(connection: Connection, employee_id: str) -> list[KitItem]:
    """The kit handed out, in the order PC, box, headset, other."""
    order = {"pc": 0, "box": 1, "headset": 2}
    rows = connection.execute(select(kit_items).where(kit_items.c.employee_id == employee_id)).all()
    return [KitItem(r.id, r.kind, r.model, r.serial) for r in sorted(rows, key=lambda r: (order.get(r.kind, 9), r.id))]


def everyone(connection: Connection) -> list[AgentLine]:
    enrolled: dict[str, int] = {}
    for employee_id, count in connection.execute(select(devices.c.employee_id, func.count()).group_by(devices.c.employee_id)):
        enrolled[employee_id] = count
    ids = connection.scalars(select(agents.c.employee_id).order_by(agents.c.employee_id)).all()
    people = [(agent, kit_of(connection, i)) for i in ids if (agent := find(connection, i)) is not None]
    return [AgentLine(agent, kit, enrolled.get(agent.employee_id, 0)) for agent, kit in people]


def new_code(connection: Connection, employee_id: str, days: int, now: datetime) -> str:
    """A fresh activation code, good for `days` days; earlier unused ones end here. The agent must exist."""
    connection.execute(
        update(activation_codes)
        .where(
            activation_codes.c.employee_id == employee_id,
            activation_codes.c.used_at.is_(None),
            activation_codes.c.revoked_at.is_(None),
        )
        .values(revoked_at=clock.text(now))
    )
    code = readable_code.new_code()
    connection.execute(
        insert(activation_codes).values(
            code_hash=code_hash(code),
            employee_id=employee_id,
            created_at=clock.text(now),
            expires_at=clock.text(now + timedelta(days=days)),
        )
    )
    return code

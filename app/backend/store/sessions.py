"""The sessions projection: where everybody stands, folded from the events. It can be thrown away and rebuilt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from app.backend import clock, lines
from app.backend.store.schema import agents, certificates, devices, events, sessions
from app.contracts import events as ev
from app.contracts.fold import fold
from app.contracts.receipts import CertificateStatus
from app.contracts.session import SessionState

_MOVES = (ev.StepEntered, ev.StepFinished, ev.HelpRequested, ev.SessionStarted)


@dataclass(frozen=True)
class Standing:
    """A folded session and the moment (server's clock) from which it stands where it stands."""

    state: SessionState
    since: datetime | None = None
    stored: bool = False


@dataclass(frozen=True)
class Seen:
    """A session as the console shows it. Who it is comes from IT's own table, never from the device's word."""

    session_id: str
    employee_id: str
    name: str
    site: str
    activity: str
    state: SessionState
    since: str
    updated_at: str


@dataclass(frozen=True)
class Filter:
    words: str = ""
    site: str = ""
    activity: str = ""
    status: str = ""
    """`help`, `open`, `ready` or empty for all."""


@dataclass(frozen=True)
class Counts:
    active: int
    help: int
    ready: int
    total: int
    """Agents known to IT, whether they began or not."""


def load(connection: Connection, session_id: str) -> Standing:
    row = connection.execute(select(sessions.c.state, sessions.c.since).where(sessions.c.session_id == session_id)).one_or_none()
    if row is None:
        return Standing(SessionState())
    return Standing(msgspec.json.decode(row.state, type=SessionState), clock.parse(row.since), stored=True)


def step(standing: Standing, event: ev.Event, data: ev.EventData, offset_ms: int | None, received: datetime) -> Standing:
    """The session after one more event that was received at `received`."""
    since = standing.since
    if since is None or isinstance(data, _MOVES):
        since = clock.device_moment(event.time, offset_ms, received)
    return Standing(fold(standing.state, event, data), since, standing.stored)


def save(connection: Connection, session_id: str, employee_id: str, standing: Standing, now: datetime) -> None:
    row = {
        "employee_id": employee_id,
        "state": msgspec.json.encode(standing.state).decode(),
        "ready": standing.state.ready,
        "help": standing.state.help_code is not None,
        "since": clock.text(standing.since or now),
        "updated_at": clock.text(now),
    }
    if standing.stored:
        connection.execute(update(sessions).where(sessions.c.session_id == session_id).values(row))
    else:
        connection.execute(insert(sessions).values(session_id=session_id, **row))


def rebuild(connection: Connection) -> int:
    """Throw the projection away and fold every stored event again. Returns the number of sessions."""
    connection.execute(delete(sessions))
    owners = {
        row.session_id: row.employee_id
        for row in connection.execute(select(devices.c.session_id, devices.c.employee_id).order_by(devices.c.enrolled_at))
    }
    count = 0
    for session_id in connection.scalars(select(events.c.session_id).distinct().order_by(events.c.session_id)).all():
        if session_id not in owners:
            continue  # the PC was given to another agent since: its former session is history
        standing = Standing(SessionState())
        received = clock.now()
        rows = connection.execute(
            select(events.c.raw, events.c.received_at, events.c.clock_offset_ms)
            .where(events.c.session_id == session_id)
            .order_by(events.c.id)
        )
        for row in rows:
            line = lines.read(bytes(row.raw))
            received = clock.parse(row.received_at) or received
            if line.event is not None and line.data is not None:
                standing = step(standing, line.event, line.data, row.clock_offset_ms, received)
        save(connection, session_id, owners[session_id], standing, received)
        count += 1
    return count


_COLUMNS = (
    sessions.c.session_id,
    sessions.c.employee_id,
    sessions.c.state,
    sessions.c.since,
    sessions.c.updated_at,
    agents.c.name,
    agents.c.site,
    agents.c.activity,
)
# One session an agent: the one heard of last (a PC that was replaced leaves its session behind).
_later = sessions.alias("later")
_is_last = (
    ~select(_later.c.session_id)
    .where(
        _later.c.employee_id == sessions.c.employee_id,
        or_(
            _later.c.updated_at > sessions.c.updated_at,
            and_(_later.c.updated_at == sessions.c.updated_at, _later.c.session_id > sessions.c.session_id),
        ),
    )
    .exists()
)


def seen(connection: Connection, wanted: Filter, limit: int) -> list[Seen]:
    """Sessions, the last heard of first."""
    query = select(*_COLUMNS).join(agents, agents.c.employee_id == sessions.c.employee_id).where(_is_last)
    if wanted.site:
        query = query.where(agents.c.site == wanted.site)
    if wanted.activity:
        query = query.where(agents.c.activity == wanted.activity)
    if wanted.status == "help":
        query = query.where(sessions.c.help)
    elif wanted.status == "ready":
        query = query.where(sessions.c.ready)
    elif wanted.status == "open":
        query = query.where(~sessions.c.ready)
    rows = connection.execute(query.order_by(sessions.c.updated_at.desc(), sessions.c.session_id))
    found: list[Seen] = []
    words = wanted.words.casefold().split()
    for row in rows:
        entry = _seen(row)
        text = " ".join((entry.name, entry.employee_id, entry.state.session_code, entry.site)).casefold()
        if all(word in text for word in words):
            found.append(entry)
            if len(found) >= limit:
                break
    return found


def seen_of(connection: Connection, employee_ids: Iterable[str]) -> list[Seen]:
    """The last session of each of these agents; those who never began are missing."""
    rows = connection.execute(
        select(*_COLUMNS)
        .join(agents, agents.c.employee_id == sessions.c.employee_id)
        .where(_is_last, sessions.c.employee_id.in_(list(employee_ids)))
    )
    return [_seen(row) for row in rows]


def counts(connection: Connection, now: datetime, active_minutes: int) -> Counts:
    """`active`: heard of in the last `active_minutes` minutes, and not ready."""
    edge = clock.text(now - timedelta(minutes=active_minutes))
    one = select(func.count()).select_from(sessions).where(_is_last)
    return Counts(
        active=connection.scalar(one.where(~sessions.c.ready, sessions.c.updated_at >= edge)) or 0,
        help=connection.scalar(one.where(sessions.c.help)) or 0,
        ready=connection.scalar(one.where(sessions.c.ready)) or 0,
        total=connection.scalar(select(func.count()).select_from(agents)) or 0,
    )


def places(connection: Connection) -> tuple[list[str], list[str]]:
    """The sites and the activities there are."""
    sites = connection.scalars(select(agents.c.site).distinct().order_by(agents.c.site)).all()
    activities = connection.scalars(select(agents.c.activity).distinct().order_by(agents.c.activity)).all()
    return list(sites), list(activities)


def certificate(connection: Connection, code: str, now: datetime) -> CertificateStatus:
    """What a certificate code (grouped form) stands for."""
    row = connection.execute(
        select(certificates, agents.c.name)
        .join(agents, agents.c.employee_id == certificates.c.employee_id)
        .where(certificates.c.code == code)
    ).one_or_none()
    if row is None:
        return CertificateStatus(code, "unknown")
    state = "valid" if clock.text(now) < row.expires else "expired"
    return CertificateStatus(code, state, initials(row.name), row.employee_id, row.activity, row.issued, row.expires)


def initials(name: str) -> str:
    """`Imane Berrada` as `I. B.`."""
    return " ".join(f"{part[0].upper()}." for part in name.split())


def _seen(row: Row[*tuple[Any, ...]]) -> Seen:
    state = msgspec.json.decode(row.state, type=SessionState)
    return Seen(row.session_id, row.employee_id, row.name, row.site, row.activity, state, row.since, row.updated_at)

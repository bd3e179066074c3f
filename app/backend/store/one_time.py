"""The one-time code of a document: one at a time, as many tries as allowed, and how many were sent lately."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from app.backend import clock
from app.backend.documents import codes
from app.backend.store.schema import addendum_codes
from app.contracts.addendum import Channel


@dataclass(frozen=True)
class Wait:
    """No code is sent now: the seconds to wait."""

    seconds: int


@dataclass(frozen=True)
class Checked:
    """`problem` is empty when the code was right; then it is used up."""

    problem: str = ""
    tries_left: int = 0
    channel: Channel | None = None
    sent_at: str = ""


def keep(connection: Connection, document_id: str, code_hash: str, channel: Channel, now: datetime) -> Wait | None:
    """A new code takes the place of the one before, unless too many were sent."""
    row = connection.execute(select(addendum_codes).where(addendum_codes.c.document_id == document_id).with_for_update()).one_or_none()
    start, sends = now, 0
    if row is not None:
        sent = clock.parse(row.sent_at) or now
        if now < sent + codes.RESEND:
            return Wait(_seconds(sent + codes.RESEND - now))
        start, sends = clock.parse(row.window_start) or now, int(row.window_sends)
        if now >= start + codes.WINDOW:
            start, sends = now, 0
        if sends >= codes.SENDS:
            return Wait(_seconds(start + codes.WINDOW - now))
    connection.execute(delete(addendum_codes).where(addendum_codes.c.document_id == document_id))
    connection.execute(
        insert(addendum_codes).values(
            document_id=document_id,
            code_hash=code_hash,
            channel_kind=channel.kind,
            channel_masked=channel.masked,
            sent_at=clock.text(now),
            expires_at=clock.text(now + codes.LIFE),
            tries=0,
            window_start=clock.text(start),
            window_sends=sends + 1,
        )
    )
    return None


def not_sent(connection: Connection, document_id: str, code_hash: str, now: datetime) -> None:
    """The code did not leave: it opens nothing, and another may be asked for at once. It still counts as one of the window's."""
    table = addendum_codes
    connection.execute(
        update(table)
        .where(table.c.document_id == document_id, table.c.code_hash == code_hash)
        .values(used_at=clock.text(now), sent_at=clock.text(now - codes.RESEND))
    )


def check(connection: Connection, document_id: str, code_hash: str, now: datetime) -> Checked:
    """One try. A right code is used up, a wrong one counts."""
    table = addendum_codes
    row = connection.execute(select(table).where(table.c.document_id == document_id).with_for_update()).one_or_none()
    if row is None or row.used_at is not None or row.expires_at <= clock.text(now):
        return Checked("addendum.code_expired")
    if row.tries >= codes.TRIES:
        return Checked("addendum.code_locked")
    here = update(table).where(table.c.document_id == document_id)
    if not codes.same(row.code_hash, code_hash):
        left = codes.TRIES - row.tries - 1
        connection.execute(here.values(tries=row.tries + 1))
        return Checked("addendum.code_wrong" if left else "addendum.code_locked", left)
    connection.execute(here.values(used_at=clock.text(now)))
    return Checked("", codes.TRIES - row.tries, Channel(row.channel_kind, row.channel_masked), row.sent_at)


def wait_s(connection: Connection, document_id: str, now: datetime) -> int:
    """Seconds until another code may be asked for; 0: now."""
    row = connection.execute(select(addendum_codes).where(addendum_codes.c.document_id == document_id)).one_or_none()
    sent = clock.parse(row.sent_at) if row is not None else None
    return max(0, _seconds(sent + codes.RESEND - now)) if sent is not None else 0


def _seconds(left: timedelta) -> int:
    return max(0, int(left.total_seconds()) + 1) if left.total_seconds() > 0 else 0

"""Certificates given to agents' devices, and what was revoked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from app.backend import clock
from app.backend.store.schema import agents, devices, revocations, signer_certificates

SUPERSEDED, LEFT = "superseded", "affiliation_changed"
REASONS = (
    "unspecified",
    "key_compromise",
    "affiliation_changed",
    "superseded",
    "cessation_of_operation",
)
"""Names of RFC 5280 section 5.3.1 that may be given."""


_GIVEN = (
    select(signer_certificates, revocations.c.revoked_at, revocations.c.reason)
    .join(revocations, revocations.c.serial == signer_certificates.c.serial, isouter=True)
    .order_by(signer_certificates.c.issued_at.desc(), signer_certificates.c.sha256)
)
_FIND = _GIVEN.where(signer_certificates.c.sha256 == bindparam("certificate"))


@dataclass(frozen=True)
class Given:
    """A certificate that was issued. `revoked`: when and why, or None."""

    sha256: str
    serial: str
    employee_id: str
    device_id: str
    pem: str
    not_after: str
    revoked: tuple[str, str] | None


@dataclass(frozen=True)
class Contact:
    name: str
    language: str
    email: str
    phone: str


def contact(connection: Connection, employee_id: str) -> Contact | None:
    row = connection.execute(select(agents).where(agents.c.employee_id == employee_id)).one_or_none()
    return None if row is None else Contact(row.name, row.language, row.email, row.phone)


def find(connection: Connection, sha256: str) -> Given | None:
    row = connection.execute(_FIND, {"certificate": sha256}).one_or_none()
    return None if row is None else _given(row)


def of_key(connection: Connection, employee_id: str, key_sha256: str) -> Given | None:
    return _one(connection, signer_certificates.c.employee_id == employee_id, signer_certificates.c.key_sha256 == key_sha256)


def of_agent(connection: Connection, employee_id: str) -> list[Given]:
    """The newest first."""
    return _all(connection, signer_certificates.c.employee_id == employee_id)


def give(
    connection: Connection,
    employee_id: str,
    device_id: str,
    *,
    sha256: str,
    serial: str,
    key_sha256: str,
    pem: str,
    not_after: str,
    now: datetime,
) -> Given:
    """Keep a new certificate and revoke the agent's earlier ones: one key at a time. The one there is, where this key has one already."""
    # The agent's row is the lock: on PostgreSQL two requests of the same key may come at once.
    connection.execute(select(agents.c.employee_id).where(agents.c.employee_id == employee_id).with_for_update())
    known = of_key(connection, employee_id, key_sha256)
    if known is not None:
        return known
    for earlier in of_agent(connection, employee_id):
        revoke(connection, earlier.serial, SUPERSEDED, now)
    connection.execute(
        insert(signer_certificates).values(
            sha256=sha256,
            serial=serial,
            employee_id=employee_id,
            device_id=device_id,
            key_sha256=key_sha256,
            pem=pem,
            issued_at=clock.text(now),
            not_after=not_after,
        )
    )
    return Given(sha256, serial, employee_id, device_id, pem, not_after, None)


def revoke(connection: Connection, serial: str, reason: str, now: datetime) -> bool:
    """False when it was revoked already: the first moment counts."""
    if connection.execute(select(revocations.c.serial).where(revocations.c.serial == serial)).one_or_none() is not None:
        return False
    connection.execute(insert(revocations).values(serial=serial, revoked_at=clock.text(now), reason=reason))
    return True


def revoke_agent(connection: Connection, employee_id: str, reason: str, now: datetime) -> int:
    """Every certificate of an agent. Returns how many were good until now."""
    return sum(revoke(connection, one.serial, reason, now) for one in of_agent(connection, employee_id))


def revoked(connection: Connection) -> list[tuple[str, str, str]]:
    """Serial (hex), moment, reason."""
    return [(row.serial, row.revoked_at, row.reason) for row in connection.execute(select(revocations))]


def machine_of(connection: Connection, device_id: str) -> tuple[str, str, int]:
    """MachineFacts (JSON) of a device, and the head of its chain: hash and sequence."""
    row = connection.execute(
        select(devices.c.machine, devices.c.head_hash, devices.c.head_sequence).where(devices.c.device_id == device_id)
    ).one()
    return row.machine, row.head_hash, int(row.head_sequence)


def _one(connection: Connection, *conditions: object) -> Given | None:
    found = _all(connection, *conditions)
    return found[0] if found else None


def _all(connection: Connection, *conditions: object) -> list[Given]:
    return [_given(row) for row in connection.execute(_GIVEN.where(*conditions))]  # type: ignore[arg-type]


def _given(row: Row[Any]) -> Given:
    revoked = None if row.revoked_at is None else (row.revoked_at, row.reason)
    return Given(row.sha256, row.serial, row.employee_id, row.device_id, row.pem, row.not_after, revoked)

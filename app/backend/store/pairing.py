"""Pairing a device with an agent by an activation code, and the tokens devices show afterwards."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from app.backend import clock
from app.backend.store import agents as agents_store
from app.backend.store.schema import activation_codes, devices, tokens
from app.contracts import keys
from app.contracts.enrolment import AgentRecord, EnrolmentRequest, KitItem
from app.contracts.events import ZERO_HASH
from app.contracts.problems import ContractError

_TOKENS_KEPT = 3  # a reply that was slow, not lost, may still arrive after the next one
MAX_EARLIER_KEYS = 50


@dataclass(frozen=True)
class Pairing:
    device_id: str
    token: str
    agent: AgentRecord
    kit: list[KitItem]


@dataclass(frozen=True)
class Bearer:
    """Who shows a token: the device it was given to, and the agent whose devices it speaks for."""

    device_id: str
    employee_id: str


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """32 random bytes, base64url without padding."""
    return keys.to_text(secrets.token_bytes(32))


def canonical_key(public_key: str) -> str:
    """A public key in its one written form. Errors: ContractError `key.malformed`."""
    raw = keys.from_text(public_key)
    if len(raw) != 32:
        raise ContractError("key.malformed", f"{len(raw)} bytes")
    return keys.to_text(raw)


def activity_for(connection: Connection, code: str, device_id: str, now: datetime) -> str:
    """The activity a code leads to. Errors: ContractError `enrolment.code_refused`, `enrolment.code_used`."""
    return _agent_of_code(connection, code, device_id, now).activity


def pair(connection: Connection, request: EnrolmentRequest, code: str, now: datetime) -> Pairing | str:
    """Pair the request's device (its proof is verified already) with the code's agent.

    The same code with the same key gives the same pairing and a new token, also after the code expired. Returns the
    refusal `enrolment.code_refused` or `enrolment.code_used` instead of raising: the group commit goes on.
    """
    public_key = canonical_key(request.public_key)
    device_id = keys.device_id(public_key)
    try:
        agent = _agent_of_code(connection, code, device_id, now)
    except ContractError as error:
        return error.code
    earlier = [canonical_key(key) for key in request.earlier_keys]
    session_id = _session_for(connection, device_id, [keys.device_id(key) for key in earlier], agent, request)
    _register(connection, request, agent, public_key, session_id, now, moves=True)
    for key in earlier:
        # Nothing proves these keys: they join this agent when they are new, and are never taken from another one.
        _register(connection, request, agent, key, session_id, now, moves=False)
    connection.execute(
        update(activation_codes)
        .where(activation_codes.c.code_hash == agents_store.code_hash(code), activation_codes.c.used_at.is_(None))
        .values(used_at=clock.text(now), used_by=device_id)
    )
    token = _give_token(connection, device_id, agent.employee_id, now)
    return Pairing(device_id, token, agent, agents_store.kit_of(connection, agent.employee_id))


def bearer(connection: Connection, token: str) -> Bearer | None:
    query = select(tokens.c.device_id, tokens.c.employee_id).where(tokens.c.token_hash == token_hash(token))
    row = connection.execute(query).one_or_none()
    return None if row is None else Bearer(row.device_id, row.employee_id)


def public_key_of(connection: Connection, device_id: str, employee_id: str) -> str | None:
    """The key of a device that belongs to this agent, or None."""
    return connection.scalar(select(devices.c.public_key).where(devices.c.device_id == device_id, devices.c.employee_id == employee_id))


def _agent_of_code(connection: Connection, code: str, device_id: str, now: datetime) -> AgentRecord:
    row = connection.execute(select(activation_codes).where(activation_codes.c.code_hash == agents_store.code_hash(code))).one_or_none()
    if row is None:
        raise ContractError("enrolment.code_refused")
    if row.used_at is not None:
        if row.used_by != device_id:
            raise ContractError("enrolment.code_used")
    elif row.revoked_at is not None or row.expires_at <= clock.text(now):
        raise ContractError("enrolment.code_refused")
    agent = agents_store.find(connection, row.employee_id)
    if agent is None:
        raise ContractError("enrolment.code_refused")
    return agent


def _session_for(connection: Connection, device_id: str, earlier: list[str], agent: AgentRecord, request: EnrolmentRequest) -> str:
    """The session this device goes on with: its own, an earlier key's, one of the same PC, else a new one."""
    rows = connection.execute(
        select(devices.c.device_id, devices.c.session_id, devices.c.machine_id)
        .where(devices.c.employee_id == agent.employee_id)
        .order_by(devices.c.enrolled_at.desc())
    ).all()
    by_device = {row.device_id: row.session_id for row in rows}
    for known in (device_id, *earlier):
        if known in by_device:
            return str(by_device[known])
    machine = request.machine.machine_id
    same_pc = (str(row.session_id) for row in rows if machine and row.machine_id == _storable(machine))
    return next(same_pc, uuid.uuid4().hex)


def _register(
    connection: Connection,
    request: EnrolmentRequest,
    agent: AgentRecord,
    public_key: str,
    session_id: str,
    now: datetime,
    *,
    moves: bool,
) -> None:
    device_id = keys.device_id(public_key)
    facts = {
        "machine_id": _storable(request.machine.machine_id),
        "machine": msgspec.json.encode(request.machine).decode(),
        "app_version": _storable(request.app_version),
    }
    known = connection.execute(select(devices.c.employee_id).where(devices.c.device_id == device_id)).one_or_none()
    if known is None:
        connection.execute(
            insert(devices).values(
                device_id=device_id,
                public_key=public_key,
                employee_id=agent.employee_id,
                session_id=session_id,
                head_sequence=0,
                head_hash=ZERO_HASH,
                enrolled_at=clock.text(now),
                **facts,
            )
        )
    elif moves:
        change = {**facts, "employee_id": agent.employee_id, "session_id": session_id}
        connection.execute(update(devices).where(devices.c.device_id == device_id).values(change))
        if known.employee_id != agent.employee_id:
            # The PC changed hands: what its former agent's pairing allowed ends here.
            connection.execute(delete(tokens).where(tokens.c.device_id == device_id))


def _give_token(connection: Connection, device_id: str, employee_id: str, now: datetime) -> str:
    held = connection.scalars(select(tokens.c.token_hash).where(tokens.c.device_id == device_id).order_by(tokens.c.created_at.desc())).all()
    for old in held[_TOKENS_KEPT - 1 :]:
        connection.execute(delete(tokens).where(tokens.c.token_hash == old))
    token = new_token()
    connection.execute(
        insert(tokens).values(token_hash=token_hash(token), device_id=device_id, employee_id=employee_id, created_at=clock.text(now))
    )
    return token


def _storable(text: str) -> str:
    """PostgreSQL's text holds no NUL."""
    return text.replace("\0", "\ufffd")

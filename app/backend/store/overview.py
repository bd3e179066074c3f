"""Where everybody's addendum stands, for HR: signed, waiting, refused, to be signed again, and the questions that were asked."""

from collections.abc import Callable
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, select

from app.backend import lines
from app.backend.store.addenda import OFFERED, PENDING, SIGNED, file_of
from app.backend.store.schema import addenda, agents, devices, events, sessions
from app.contracts import events as ev
from app.contracts.session import SessionState

State = Literal["signed", "signed_pending_time", "to_sign_again", "pending", "refused", "none"]
STATES: tuple[State, ...] = ("pending", "signed", "signed_pending_time", "to_sign_again", "refused", "none")
_STEP = "addendum"
_QUESTION = ev.KIND_OF[ev.QuestionAsked]


class Wanted(msgspec.Struct):
    """What a journey asks of an agent's addendum."""

    asked: bool
    sign_again: bool = False
    """Whether a newer template version wants a new signature."""


class Question(msgspec.Struct, omit_defaults=True):
    time: str
    """By the server's clock: when it was received."""
    clause: str
    text: str
    document_id: str = ""


class Standing(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One agent's line. `pending`: asked for, not signed. `none`: this agent's journey asks for no addendum."""

    employee_id: str
    name: str
    site: str
    activity: str
    state: State
    document_id: str = ""
    template_version: str = ""
    signed_at: str = ""
    final_sha256: str = ""
    signatures: int = 0
    questions: list[Question] = []


def overview(connection: Connection, wanted: Callable[[str], Wanted], version: str) -> list[Standing]:
    """Everybody, by employee id. `wanted`: of an activity. `version`: of the template that is offered now."""
    papers: dict[str, list[Row[Any]]] = {}
    light = [column for column in addenda.c if column.name not in ("pdf", "facts")]
    for row in connection.execute(select(*light).order_by(addenda.c.created_at.desc(), addenda.c.document_id)):
        papers.setdefault(row.employee_id, []).append(row)
    refused = _refused(connection)
    asked = _questions(connection)
    everybody = connection.execute(select(agents).order_by(agents.c.employee_id))
    return [
        _standing(
            one, papers.get(one.employee_id, []), wanted(one.activity), version, one.employee_id in refused, asked.get(one.employee_id, [])
        )
        for one in everybody
    ]


def _standing(agent: Row[Any], papers: list[Row[Any]], wanted: Wanted, version: str, refused: bool, questions: list[Question]) -> Standing:
    signed = next((row for row in papers if row.state in (SIGNED, PENDING)), None)
    offered = next((row for row in papers if row.state == OFFERED), None)
    shown = signed or offered
    state: State
    if signed is not None:
        again = wanted.asked and wanted.sign_again and signed.state == SIGNED and signed.template_version != version
        state = "to_sign_again" if again else "signed" if signed.state == SIGNED else "signed_pending_time"
    elif refused:
        state = "refused"
    else:
        state = "pending" if wanted.asked else "none"
    return Standing(
        employee_id=agent.employee_id,
        name=agent.name,
        site=agent.site,
        activity=agent.activity,
        state=state,
        document_id=shown.document_id if shown is not None else "",
        template_version=shown.template_version if shown is not None else "",
        signed_at=(signed.signed_at or "") if signed is not None else "",
        final_sha256=(signed.final_sha256 or "") if signed is not None else "",
        signatures=signed.revisions if signed is not None else 0,
        questions=questions,
    )


def _refused(connection: Connection) -> set[str]:
    """Whose last word, on any PC of theirs, was no."""
    found: dict[str, tuple[str, bool]] = {}
    for row in connection.execute(select(sessions.c.employee_id, sessions.c.state, sessions.c.updated_at).order_by(sessions.c.updated_at)):
        if _STEP.encode() not in row.state.encode():
            continue
        step = msgspec.json.decode(row.state, type=SessionState).steps.get(_STEP)
        if step is not None:
            found[row.employee_id] = (row.updated_at, step.code == "addendum.refused")
    return {employee_id for employee_id, (_, no) in found.items() if no}


def _questions(connection: Connection) -> dict[str, list[Question]]:
    query = (
        select(devices.c.employee_id, events.c.raw, events.c.received_at)
        .join(devices, devices.c.device_id == events.c.device_id)
        .where(events.c.type == _QUESTION)
        .order_by(events.c.id)
    )
    found: dict[str, list[Question]] = {}
    for row in connection.execute(query):
        data = lines.read(bytes(row.raw)).data
        if isinstance(data, ev.QuestionAsked):
            asked = Question(row.received_at, data.clause, data.text, data.document_id)
            found.setdefault(row.employee_id, []).append(asked)
    return found


def signed_documents(connection: Connection, employee_ids: list[str] | None = None) -> list[str]:
    """Ids of all signed documents, or of these agents', by agent and date."""
    query = select(addenda.c.document_id).where(addenda.c.state == SIGNED)
    if employee_ids:
        query = query.where(addenda.c.employee_id.in_(employee_ids))
    return list(connection.scalars(query.order_by(addenda.c.employee_id, addenda.c.signed_at)))


def signed_pdf(connection: Connection, employee_id: str) -> bytes | None:
    """An agent's last signed document."""
    documents = signed_documents(connection, [employee_id])
    if not documents:
        return None
    file = file_of(connection, documents[-1], "employer")
    return bytes(file.pdf) if file is not None and file.pdf is not None else None

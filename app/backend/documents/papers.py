"""What an agent is offered: rendered once for what IT knows of the agent now, and kept until that changes or it is signed."""

import asyncio
import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Row

from app.backend.documents.company import RESOURCES, Company, company_file, read_company
from app.backend.documents.fields import with_signature_fields
from app.backend.documents.pool import Pool
from app.backend.documents.refusals import Refused
from app.backend.documents.render import AddendumRecord, render_addendum
from app.backend.documents.shapes import Box
from app.backend.documents.template import Template, read_template, template_folder
from app.backend.journeys import Library
from app.backend.store import addenda, sessions
from app.backend.store import agents as agents_store
from app.backend.store.database import Database
from app.backend.store.writer import Writer
from app.contracts.addendum import AddendumOffer, AddendumState, Channel, Clause, Consent, SignedSummary, TimeStamp
from app.contracts.enrolment import AgentRecord
from app.contracts.problems import ContractError

STEP = "addendum"
_LOOK_AGAIN_S = 1.0
_Stamp = tuple[tuple[str, int, int], ...]


class Facts(msgspec.Struct):
    """Of an offered document, kept as JSON beside it."""

    clauses: list[Clause]
    agent_box: dict[str, float]
    employer_box: dict[str, float]


@dataclass(frozen=True)
class Made:
    """A rendered document with its fields, as it came out of the pool."""

    pdf: bytes
    sha256: str
    pages: int
    facts: str


@dataclass(frozen=True)
class Sources:
    """What documents are made from now."""

    company: Company
    company_sha256: str
    template: Template
    consent: Consent


def made(record: AddendumRecord, company: Company, template: Template) -> Made:
    """In a process of the pool. Errors: ContractError, as `render_addendum`."""
    rendered = render_addendum(record, company, template)
    pdf = with_signature_fields(rendered)
    facts = Facts(rendered.clauses, _box(rendered.agent_box), _box(rendered.employer_box))
    return Made(pdf, hashlib.sha256(pdf).hexdigest(), rendered.pages, msgspec.json.encode(facts).decode())


class Papers:
    def __init__(self, data: Path, database: Database, writer: Writer, library: Library, pool: Pool) -> None:
        self._data, self._database, self._writer, self._library, self._pool = data, database, writer, library, pool
        self._lock = threading.Lock()
        self._looked = 0.0
        self._kept: tuple[_Stamp, Sources] | None = None

    def sources(self) -> Sources:
        """Read at most once a second: counsel's changes count without a restart. Blocks. Errors: ContractError, OSError."""
        with self._lock:
            if self._kept is not None and time.monotonic() - self._looked < _LOOK_AGAIN_S:
                return self._kept[1]
            self._looked = time.monotonic()
            company, consent, folder = company_file(self._data), self._consent_file(), template_folder(self._data)
            seen = [(path, path.stat()) for path in (company, consent, *sorted(folder.iterdir()))]
            stamp = tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in seen)
            if self._kept is None or self._kept[0] != stamp:
                digest = hashlib.sha256(company.read_bytes()).hexdigest()
                self._kept = (stamp, Sources(read_company(company), digest, read_template(folder), _read_consent(consent)))
            return self._kept[1]

    async def offer(self, employee_id: str, channel: Channel | None, now: datetime) -> AddendumOffer:
        """What the agent finds now, made where there is nothing yet. Errors: Refused, ContractError."""
        agent, rows, kit, refused = await asyncio.to_thread(self._known, employee_id)
        published = await asyncio.to_thread(self._library.journey, agent.activity)
        if published is None or STEP not in [step.id for step in published.journey.steps]:
            return AddendumOffer(state="none")
        sources = await asyncio.to_thread(self.sources)
        signed = next((row for row in rows if row.state in (addenda.SIGNED, addenda.PENDING)), None)
        summary = await asyncio.to_thread(self._summary, signed) if signed is not None else None
        again = bool(published.journey.limits(STEP).get("sign_again", False))
        if signed is not None and not (again and signed.state == addenda.SIGNED and signed.template_version != sources.template.version):
            return self._shown(signed, signed.state, sources, channel, summary)
        titles = published.journey.title
        inputs = _inputs(agent, kit, titles, sources)
        row = next((row for row in rows if row.state == addenda.OFFERED and row.inputs_sha256 == inputs), None)
        if row is None:
            document_id = f"AV-{now:%Y}-{secrets.token_hex(5).upper()}"
            record = AddendumRecord(document_id, agent, kit, now.replace(microsecond=0), titles)
            rendered = await self._pool.run(made, record, sources.company, sources.template)
            offered = addenda.Offer(
                document_id,
                employee_id,
                sources.template.id,
                sources.template.version,
                sources.template.sha256,
                inputs,
                rendered.sha256,
                rendered.pages,
                rendered.pdf,
                rendered.facts,
            )
            counts = await self._writer.run(lambda connection: addenda.offer(connection, offered, now))
            row = await asyncio.to_thread(self._row, counts)
        state: AddendumState = "to_sign_again" if signed is not None else "refused" if refused else "offered"
        return self._shown(row, state if row.state == addenda.OFFERED else row.state, sources, channel, summary)

    def pdf(self, document_id: str, employee_id: str) -> bytes:
        """The unsigned PDF. Blocks. Errors: Refused."""
        with self._database.read() as connection:
            require(connection, document_id, employee_id)
            return addenda.pdf_of(connection, document_id)

    def _known(self, employee_id: str) -> tuple[AgentRecord, list[Row[Any]], list[Any], bool]:
        with self._database.read() as connection:
            agent = agents_store.find(connection, employee_id)
            if agent is None:
                raise Refused("addendum.not_offered")
            seen = sessions.seen_of(connection, [employee_id])
            finished = seen[0].state.steps.get(STEP) if seen else None
            refused = finished is not None and finished.code == "addendum.refused"
            return agent, addenda.of_agent(connection, employee_id), agents_store.kit_of(connection, employee_id), refused

    def _row(self, document_id: str) -> Row[Any]:
        with self._database.read() as connection:
            row = addenda.find(connection, document_id)
        if row is None:
            raise Refused("addendum.not_offered")
        return row

    def _summary(self, row: Row[Any]) -> SignedSummary:
        from app.backend.documents.cms import stamp_of

        with self._database.read() as connection:
            agent = agents_store.find(connection, row.employee_id)
            file = addenda.file_of(connection, row.document_id, "agent")
        stamp: TimeStamp | None = stamp_of(bytes(file.time_stamp)) if file is not None else None
        return SignedSummary(
            document_id=row.document_id,
            template_version=row.template_version,
            signed_at=row.signed_at,
            final_sha256=row.final_sha256 or "",
            revisions=row.revisions,
            timestamp=stamp,
            signer=agent.name if agent is not None else "",
        )

    def _shown(
        self, row: Row[Any], state: AddendumState, sources: Sources, channel: Channel | None, signed: SignedSummary | None
    ) -> AddendumOffer:
        facts = msgspec.json.decode(row.facts, type=Facts)
        return AddendumOffer(
            state=state,
            document_id=row.document_id,
            template=row.template,
            template_version=row.template_version,
            sha256=row.sha256,
            pages=row.pages,
            size=row.size,
            consent=sources.consent,
            channel=channel,
            clauses=facts.clauses,
            signed=signed,
        )

    def _consent_file(self) -> Path:
        own = self._data / "documents" / "consent.toml"
        return own if own.is_file() else RESOURCES / "documents" / "consent.toml"


def require(connection: Connection, document_id: str, employee_id: str) -> Row[Any]:
    """The agent's own document. Errors: Refused, the same for another agent's and an erased one as for none."""
    row = addenda.find(connection, document_id, employee_id) if "\0" not in document_id else None  # PostgreSQL's text holds no NUL
    if row is None or row.state == addenda.ERASED:
        raise Refused("addendum.not_offered")
    return row


def require_any(connection: Connection, document_id: str) -> Row[Any]:
    row = addenda.find(connection, document_id)
    if row is None:
        raise Refused("addendum.not_offered")
    return row


def box_of(facts: dict[str, float]) -> Box:
    return Box(int(facts["page"]), facts["x"], facts["y"], facts["width"], facts["height"])


def _box(box: Box) -> dict[str, float]:
    return {"page": box.page, "x": box.x, "y": box.y, "width": box.width, "height": box.height}


def _read_consent(path: Path) -> Consent:
    try:
        consent = msgspec.toml.decode(path.read_bytes(), type=Consent)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise ContractError("consent.malformed", f"{path.name}: {error}") from error
    if not {"fr", "ar", "en"} <= set(consent.texts) or not consent.version:
        raise ContractError("consent.malformed", f"{path.name}: a language is missing")
    return consent


def _inputs(agent: AgentRecord, kit: list[Any], titles: dict[str, str], sources: Sources) -> str:
    said = [msgspec.to_builtins(agent), msgspec.to_builtins(kit), titles, sources.company_sha256, sources.template.sha256]
    said[0]["language"] = said[0]["first_call"] = ""  # neither is in the document
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()

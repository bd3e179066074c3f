"""The addendum's routes: offered, read, confirmed by a code, signed, kept. Shapes and refusals: `contracts.addendum`."""

import asyncio
import logging
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody
from sqlalchemy import Connection

from app.backend import clock
from app.backend.api import bearer
from app.backend.api.peer import address_of
from app.backend.documents import audits, certificates
from app.backend.documents import papers as papers_room
from app.backend.documents.pdf_revisions import filled
from app.backend.documents.refusals import Refused
from app.backend.documents.signing import ready_of
from app.backend.services import Services, services_of
from app.backend.store import addenda, signers
from app.backend.store.pairing import Bearer
from app.contracts.addendum import (
    AddendumOffer,
    CertificateChain,
    CertificateRequest,
    CodeSent,
    Finished,
    FinishRequest,
    Prepared,
    PrepareRequest,
)
from app.contracts.audit import AuditRecord
from app.contracts.problems import ContractError

_log = logging.getLogger(__name__)
_MAX_PREPARE = 512 * 1024
_PRIVATE = {"Cache-Control": "private, no-store"}


@get("/v1/addendum")
async def offer(request: Request[Any, Any, Any]) -> AddendumOffer:
    """What this agent has to read and sign.

    Errors: 401 `token.refused`, 404 `addendum.not_offered`, 503 `addendum.signing_not_set_up`, `addendum.document_failed`.
    """
    services, who = services_of(request), await _who(request)
    room = services.addendum
    room.signing.ready()
    room.warm()
    found = await asyncio.to_thread(room.signing.route, who.employee_id)
    try:
        return await room.papers.offer(who.employee_id, found[2] if found is not None else None, clock.now())
    except ContractError as error:  # IT's files, or a name no font has: not the agent's doing
        _log.error("no addendum for %s: %s", who.employee_id, error)
        raise Refused("addendum.document_failed", retry_after=60) from error


@get("/v1/addendum/{document_id:str}/document.pdf")
async def document(request: Request[Any, Any, Any], document_id: FromPath[str]) -> Response[bytes]:
    """The unsigned PDF. Errors: 404 `addendum.not_offered`."""
    services, who = services_of(request), await _who(request)
    return _pdf(await asyncio.to_thread(services.addendum.papers.pdf, document_id, who.employee_id))


@post("/v1/certificates", status_code=200, request_max_body_size=64 * 1024)
async def certificate(request: Request[Any, Any, Any], data: JSONBody[CertificateRequest]) -> CertificateChain:
    """A certificate for this device's key; the same one for the same key. A new key ends the agent's earlier ones (another PC).

    Errors: 422 `addendum.csr_invalid`, 409 `addendum.certificate_revoked`, 503 `addendum.signing_not_set_up`.
    """
    services, who = services_of(request), await _who(request)
    pki, now = services.addendum.signing.ready(), clock.now()
    asked = await asyncio.to_thread(certificates.Asked, data.csr)
    issued = await services.writer.run(lambda connection: certificates.issue(connection, pki, asked, who.employee_id, who.device_id, now))
    if isinstance(issued, Refused):
        raise issued
    return issued


@post("/v1/addendum/{document_id:str}/code", status_code=200)
async def code(request: Request[Any, Any, Any], document_id: FromPath[str]) -> CodeSent:
    """Send a one-time code. Errors: 429 `addendum.rate_limited`, 409 `addendum.no_channel`, 503 `addendum.code_not_sent`."""
    services, who = services_of(request), await _who(request)
    return await services.addendum.signing.send_code(document_id, who.employee_id, clock.now())


@post("/v1/addendum/{document_id:str}/prepare", status_code=200, request_max_body_size=_MAX_PREPARE)
async def prepare(request: Request[Any, Any, Any], document_id: FromPath[str], data: JSONBody[PrepareRequest]) -> Prepared:
    """A revision that waits for the device's signature. Errors: as `contracts.addendum.PROBLEMS` lists them."""
    services, who = services_of(request), await _who(request)
    address = address_of(request)
    agent = request.headers.get("User-Agent", "")
    return await services.addendum.signing.prepare(document_id, who.employee_id, who.device_id, data, address, agent, clock.now())


@get("/v1/addendum/{document_id:str}/prepared/{transaction:str}")
async def prepared(request: Request[Any, Any, Any], document_id: FromPath[str], transaction: FromPath[str]) -> Response[bytes]:
    """What is about to be signed, for the device's own check (`contracts.addendum.check_prepared`). Errors: 404, 410."""
    services, who = services_of(request), await _who(request)
    signing = services.addendum.signing
    return _pdf(await asyncio.to_thread(signing.prepared_pdf, document_id, who.employee_id, who.device_id, transaction))


@post("/v1/addendum/{document_id:str}/finish", status_code=200)
async def finish(request: Request[Any, Any, Any], document_id: FromPath[str], data: JSONBody[FinishRequest]) -> Finished:
    """Take the device's signature, stamp the time, seal. Where that takes long it is done in the background: `signed_pending_time`."""
    services, who = services_of(request), await _who(request)
    now = clock.now()
    await services.addendum.signing.take(document_id, who.employee_id, who.device_id, data, now)
    done = await services.addendum.completion.finish(document_id, now)
    services.hub.publish(who.employee_id)
    return done


@get("/v1/addendum/{document_id:str}/signed.pdf")
async def signed(request: Request[Any, Any, Any], document_id: FromPath[str]) -> Response[bytes]:
    """The signed document; while the time stamp is awaited, the agent's signature without it. Errors: 404 `addendum.not_signed`."""
    services, who = services_of(request), await _who(request)

    def read() -> bytes:
        with services.database.read() as connection:
            papers_room.require(connection, document_id, who.employee_id)
            return signed_pdf(connection, services, document_id)

    return _pdf(await asyncio.to_thread(read))


@get("/v1/addendum/{document_id:str}/audit.pdf")
async def audit_pdf(request: Request[Any, Any, Any], document_id: FromPath[str]) -> Response[bytes]:
    """The audit record, sealed. Errors: 404 `addendum.not_signed` (it follows the signature by seconds)."""
    services, who = services_of(request), await _who(request)

    def read() -> bytes:
        with services.database.read() as connection:
            papers_room.require(connection, document_id, who.employee_id)
            file = addenda.file_of(connection, document_id, "audit")
            if file is None:
                raise Refused("addendum.not_signed")
            return bytes(file.pdf)

    return _pdf(await asyncio.to_thread(read))


@get("/v1/addendum/{document_id:str}/audit.json")
async def audit_json(request: Request[Any, Any, Any], document_id: FromPath[str]) -> Response[AuditRecord]:
    """The audit record as data. Errors: 404 `addendum.not_signed`."""
    services, who = services_of(request), await _who(request)
    pki = services.addendum.signing.ready()

    def read() -> AuditRecord:
        with services.database.read() as connection:
            papers_room.require(connection, document_id, who.employee_id)
            return audits.audit_of(connection, pki, document_id)

    return Response(await asyncio.to_thread(read), headers=_PRIVATE)


def signed_pdf(connection: Connection, services: Services, document_id: str) -> bytes:
    """Errors: Refused `addendum.not_signed`."""
    from app.backend.documents import cms

    file = addenda.file_of(connection, document_id, "employer")
    if file is not None:
        return bytes(file.pdf)
    row = addenda.signed_transaction(connection, document_id)
    given = signers.find(connection, row.certificate) if row is not None else None
    if row is None or given is None:
        raise Refused("addendum.not_signed")
    above = [cms.loaded(one) for one in services.addendum.signing.ready().chain()]
    return filled(ready_of(connection, row), cms.signed(bytes(row.signature), bytes(row.attributes), cms.of_pem(given.pem), above))


async def _who(request: Request[Any, Any, Any]) -> Bearer:
    """Errors: ProblemError 401 `token.refused`."""
    services = services_of(request)
    token = bearer.token_of(request.headers.get("Authorization"))

    def look() -> Bearer:
        with services.database.read() as connection:
            return bearer.require(connection, token)

    return await asyncio.to_thread(look)


def _pdf(content: bytes) -> Response[bytes]:
    return Response(content, media_type="application/pdf", headers=_PRIVATE)


HANDLERS = [offer, document, certificate, code, prepare, prepared, finish, signed, audit_pdf, audit_json]

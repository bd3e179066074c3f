"""Signed journeys, content packs, certificates and the backend's health."""

import asyncio
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from app.backend import clock
from app.backend.api import bearer
from app.backend.api.peer import caller
from app.backend.api.problems import ProblemError
from app.backend.journeys import Published
from app.backend.services import services_of
from app.backend.store import sessions
from app.contracts import readable_code
from app.contracts.journey import SignedDocument
from app.contracts.problems import ContractError
from app.contracts.receipts import CertificateStatus


@get("/v1/journeys/{activity:str}")
async def journey(request: Request[Any, Any, Any], activity: FromPath[str]) -> Response[SignedDocument | None]:
    """The signed journey of an activity. Errors: 401 `token.refused`, 404 `journey.unknown`."""
    services = services_of(request)
    token = bearer.token_of(request.headers.get("Authorization"))

    def find() -> Published | None:
        with services.database.read() as connection:
            bearer.require(connection, token)
        return services.library.journey(activity)

    published = await asyncio.to_thread(find)
    if published is None:
        raise ProblemError(404, "journey.unknown")
    headers = {"ETag": f'"{published.etag}"', "Cache-Control": "private, no-cache"}
    offered = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    if headers["ETag"] in offered or "*" in offered:
        return Response(None, status_code=304, headers=headers)
    return Response(published.document, headers=headers)


@get("/v1/content/{sha256:str}")
async def content(request: Request[Any, Any, Any], sha256: FromPath[str]) -> Response[bytes]:
    """A content pack (`contracts.receipts.pack_bytes`), named by what it is. Errors: 404 `content.unknown`."""
    services = services_of(request)
    packed = await asyncio.to_thread(services.library.pack, sha256)
    if packed is None:
        raise ProblemError(404, "content.unknown")
    headers = {"ETag": f'"{sha256}"', "Cache-Control": "public, max-age=31536000, immutable"}
    return Response(packed, media_type="application/json", headers=headers)


@get("/v1/certificates/{code:str}")
async def certificate(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[CertificateStatus]:
    """Whether a readiness certificate counts. Open to anybody who holds its code. Errors: 400 `certificate.malformed`, 429."""
    services = services_of(request)
    address = caller(request)
    if wait := services.certificate_tries.take(address):
        raise ProblemError(429, "certificate.too_many_tries", retry_after=wait)
    try:
        wanted = readable_code.parse(code)
    except ContractError as error:
        raise ProblemError(400, "certificate.malformed", error.code) from error

    def look() -> CertificateStatus:
        with services.database.read() as connection:
            return sessions.certificate(connection, wanted, clock.now())

    status = await asyncio.to_thread(look)
    if status.state != "unknown":
        services.certificate_tries.give_back(address)
    return Response(status, headers={"Cache-Control": "no-store"})


@get("/health/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live", "server_time": clock.text(clock.now())}


@get("/health/ready")
async def ready(request: Request[Any, Any, Any]) -> dict[str, str]:
    """The database answers and its schema is current. Errors: 503 `backend.unavailable`."""
    services = services_of(request)
    if not await asyncio.to_thread(services.database.is_current):
        raise ProblemError(503, "backend.unavailable", "migrations", retry_after=5)
    return {"status": "ready"}

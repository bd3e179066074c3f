"""What anybody may fetch to check a signature: the root, the chain, the CRLs; and the time-stamping authority (RFC 3161 section 3.4)."""

import asyncio
from typing import Any

from litestar import Request, Response, get, post

from app.backend import clock
from app.backend.api.peer import caller
from app.backend.api.problems import ProblemError
from app.backend.documents import authority, certificates
from app.backend.documents import pki as pki_room
from app.backend.documents.pki import Pki
from app.backend.rate import FailureLimit
from app.backend.services import Services, services_of

_CRL = {"Cache-Control": "public, max-age=3600"}
_PEM = {"Cache-Control": "public, max-age=86400"}
_stamps_by_address = FailureLimit(600, 60)


@get("/pki/root.pem")
async def root(request: Request[Any, Any, Any]) -> Response[str]:
    """The root to trust. Errors: 404 `pki.not_set_up`."""
    return Response(pki_room.pem(_pki(services_of(request)).root), media_type="application/x-pem-file", headers=_PEM)


@get("/pki/chain.pem")
async def chain(request: Request[Any, Any, Any]) -> Response[str]:
    """The issuing certificate and everything above it. Errors: 404 `pki.not_set_up`."""
    text = "".join(pki_room.pem(one) for one in _pki(services_of(request)).chain())
    return Response(text, media_type="application/x-pem-file", headers=_PEM)


@get("/pki/issuing.crl")
async def issuing_crl(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The certificates that were revoked (RFC 5280), signed anew each day and with each revocation. Errors: 404 `pki.not_set_up`."""
    services = services_of(request)
    pki = _pki(services)

    def make() -> bytes:
        with services.database.read() as connection:
            revoked = certificates.revoked_list(connection)
        return pki.issuing_crl(revoked, clock.now())

    return Response(await asyncio.to_thread(make), media_type="application/pkix-crl", headers=_CRL)


@get("/pki/root.crl")
async def root_crl(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The CRL of the authority above the issuing one. Errors: 404 `pki.not_set_up`."""
    found = await asyncio.to_thread(_pki(services_of(request)).root_crl, clock.now())
    return Response(found, media_type="application/pkix-crl", headers=_CRL)


@post("/tsa", status_code=200, request_max_body_size=authority.MAX_REQUEST)
async def time_stamp(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A time stamp (RFC 3161). A refusal is a reply too. Errors: 404 `pki.not_set_up`, 429."""
    services = services_of(request)
    _pki(services)
    if wait := _stamps_by_address.take(caller(request)):
        raise ProblemError(429, "pki.too_many", retry_after=wait)
    found = services.addendum.authority
    if found is None:
        raise ProblemError(404, "pki.not_set_up")
    reply = await asyncio.to_thread(found.reply, await request.body(), clock.now())
    return Response(reply, media_type="application/timestamp-reply", headers={"Cache-Control": "no-store"})


def _pki(services: Services) -> Pki:
    if services.addendum.pki is None:
        raise ProblemError(404, "pki.not_set_up")
    return services.addendum.pki


HANDLERS = [root, chain, issuing_crl, root_crl, time_stamp]

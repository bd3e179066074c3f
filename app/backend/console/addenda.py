"""`/console/addenda`: HR's page. Who signed, who asked or refused, and the files."""

import asyncio
import logging
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from typing import IO, Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream

from app.backend import addenda_cli, clock
from app.backend.console import rendering
from app.backend.console.addenda_words import WORDS
from app.backend.console.view import Card
from app.backend.documents.archive import write_archive
from app.backend.services import Services, services_of
from app.backend.store import addenda as store
from app.backend.store import overview, sessions
from app.backend.store.overview import STATES, Standing

_LIMIT = 500
_ARCHIVE_LIMIT = 2000
_CHUNK = 256 * 1024
_FILES = {"signed.pdf": "employer", "audit.pdf": "audit"}
_TONES = {"signed": "ok", "signed_pending_time": "warn", "to_sign_again": "warn", "refused": "bad", "pending": "quiet", "none": "quiet"}
_log = logging.getLogger(__name__)


@get("/addenda")
async def addenda_page(request: Request[Any, Any, Any]) -> Response[str]:
    """Everybody's addendum, the states counted."""
    services = services_of(request)
    query = _query(request)

    def show() -> dict[str, Any]:
        everybody = _standings(services)
        found = _matching(everybody, query)
        language = rendering.language(request)
        words = WORDS[language]
        titles = {
            clause.id: clause.title.ar if language == "ar" else clause.title.fr
            for clause in services.addendum.papers.sources().template.clauses
        }
        counts = Counter(one.state for one in everybody)
        asked = sum(1 for one in everybody if one.questions)
        with services.database.read() as connection:
            sites, _ = sessions.places(connection)
        return {
            "found": found[:_LIMIT],
            "more": len(found) > _LIMIT,
            "cards": [
                *(Card(str(counts[state]), words[f"state_{state}"]) for state in ("signed", "pending", "to_sign_again", "refused")),
                Card(str(asked), words["with_questions"]),
            ],
            "signed": min(_ARCHIVE_LIMIT, sum(1 for one in found if one.state in ("signed", "to_sign_again"))),
            "sites": sites,
            "clauses": titles,
        }

    values = await asyncio.to_thread(show)
    return rendering.page(
        request,
        "addenda.html",
        a=WORDS[rendering.language(request)],
        query=query,
        filtered=any(query.values()),
        search=urlencode({name: value for name, value in query.items() if value}),
        states=STATES,
        tones=_TONES,
        limit=_LIMIT,
        archive_limit=_ARCHIVE_LIMIT,
        moment=_moment,
        **values,
    )


@get("/addenda/archive")
async def archive(request: Request[Any, Any, Any]) -> Stream:
    """The signed documents that the filter leaves, as a ZIP with a manifest. At most 2000 at once."""
    services = services_of(request)
    query = _query(request)

    def write() -> IO[bytes]:
        chosen = {one.employee_id for one in _matching(_standings(services), query) if one.document_id}
        with services.database.read() as connection:
            documents = overview.signed_documents(connection, sorted(chosen))[:_ARCHIVE_LIMIT] if chosen else []
        out = tempfile.TemporaryFile()  # noqa: SIM115  (closed by whoever sends it)
        entries = write_archive(out, services.database, documents, addenda_cli.record_as_json(services.database, services.addendum.pki))
        _log.info("%d files of addenda were handed out", len(entries))
        out.seek(0)
        return out

    out = await asyncio.to_thread(write)
    headers = {**rendering.HEADERS, "Content-Disposition": f'attachment; filename="addenda-{clock.now():%Y%m%d-%H%M}.zip"'}
    return Stream(_sent(out), media_type="application/zip", headers=headers)


@get("/addenda/{document_id:str}/{name:str}")
async def file(request: Request[Any, Any, Any], document_id: FromPath[str], name: FromPath[str]) -> Response[Any]:
    """One file: `signed.pdf` or `audit.pdf`."""
    services = services_of(request)

    def read() -> bytes | None:
        if name not in _FILES:
            return None
        with services.database.read() as connection:
            found = store.file_of(connection, document_id.replace("\0", ""), _FILES[name])
        return bytes(found.pdf) if found is not None and found.pdf is not None else None

    pdf = await asyncio.to_thread(read)
    if pdf is None:
        return rendering.page(request, "message.html", status=404, title_key="gone_title", text_key="gone_text")
    kept = "".join(character for character in document_id if character.isalnum() or character in "-_")
    headers = {**rendering.HEADERS, "Content-Disposition": f'attachment; filename="{kept}-{name}"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


async def _sent(out: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while chunk := await asyncio.to_thread(out.read, _CHUNK):
            yield chunk
    finally:
        out.close()


def _standings(services: Services) -> list[Standing]:
    version = services.addendum.papers.sources().template.version
    with services.database.read() as connection:
        return overview.overview(connection, lambda activity: addenda_cli.wanted(services.library, activity), version)


def _query(request: Request[Any, Any, Any]) -> dict[str, str]:
    return {name: request.query_params.get(name, "")[:100].strip() for name in ("q", "site", "state", "questions")}


def _matching(everybody: list[Standing], query: dict[str, str]) -> list[Standing]:
    words = query["q"].casefold().split()
    return [
        one
        for one in everybody
        if query["site"] in ("", one.site)
        and query["state"] in ("", one.state)
        and (one.questions or not query["questions"])
        and all(word in f"{one.name} {one.employee_id} {one.document_id}".casefold() for word in words)
    ]


def _moment(value: str) -> str:
    moment = clock.parse(value)
    return moment.astimezone().strftime("%d/%m/%Y %H:%M") if moment else "–"

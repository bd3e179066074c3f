"""`/console`, `/console/session/{employee_id}` and the live stream."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import msgspec
from litestar import Request, Response, Router, get
from litestar.params import FromPath
from litestar.response import Stream

from app.backend import clock
from app.backend.console import access, addenda, rendering
from app.backend.console.view import ACTIVE_MINUTES, Viewer
from app.backend.services import Services, services_of
from app.backend.store import sessions
from app.contracts.languages import Language

_LIMIT = 500
_HEARTBEAT_S = 15.0
_PAUSE_S = 0.05  # changes of a storm are gathered this long between two messages
_RETRY_MS = 2000


@get("/")
async def live_page(request: Request[Any, Any, Any]) -> Response[str]:
    """Everybody's session, the last heard of first."""
    services = services_of(request)
    query = {name: request.query_params.get(name, "")[:100] for name in ("q", "site", "activity", "status")}
    wanted = sessions.Filter(query["q"].strip(), query["site"], query["activity"], query["status"])
    language = rendering.language(request)
    mark = services.hub.mark  # taken before the rows are read: what changes in between is fetched again, never missed

    def show() -> dict[str, Any]:
        viewer = Viewer(services.library, language, clock.now())
        with services.database.read() as connection:
            found = sessions.seen(connection, wanted, _LIMIT)
            counts = sessions.counts(connection, clock.now(), ACTIVE_MINUTES)
            sites, activities = sessions.places(connection)
        return {
            "rows": [viewer.row(seen) for seen in found],
            "cards": viewer.cards(counts),
            "sites": sites,
            "activities": [(activity, viewer.activity(activity)) for activity in activities],
            "limit": _LIMIT,
            "mark": mark,
            "query": query,
            "filtered": any(query.values()),
        }

    return rendering.page(request, "live.html", **await asyncio.to_thread(show))


@get("/session/{employee_id:str}")
async def session_page(request: Request[Any, Any, Any], employee_id: FromPath[str]) -> Response[str]:
    """One agent's session, step by step, with the evidence."""
    services = services_of(request)
    language = rendering.language(request)

    def show() -> dict[str, Any] | None:
        with services.database.read() as connection:
            found = sessions.seen_of(connection, [employee_id.replace("\0", "")])
        if not found:
            return None
        viewer = Viewer(services.library, language, clock.now())
        seen = found[0]
        return {
            "row": viewer.row(seen),
            "seen": seen,
            "steps": viewer.steps(seen),
            "started": viewer.clock_time(seen.state.started),
            "updated": viewer.clock_time(seen.updated_at),
        }

    values = await asyncio.to_thread(show)
    if values is None:
        return rendering.page(request, "message.html", status=404, title_key="unknown_title", text_key="unknown_text")
    return rendering.page(request, "session.html", **values)


@get("/stream")
async def stream(request: Request[Any, Any, Any]) -> Stream:
    """Server-sent events: `row` with the changed row (and the cards), `reload` when too much changed at once."""
    services = services_of(request)
    headers = {**rendering.HEADERS, "X-Accel-Buffering": "no"}
    return Stream(_changes(services, rendering.language(request)), media_type="text/event-stream", headers=headers)


async def _changes(services: Services, language: Language) -> AsyncIterator[bytes]:
    # The framework waits for the client's departure beside this and cancels it, so the subscriber never outlives the page.
    subscriber = services.hub.subscribe()
    try:
        yield f"retry: {_RETRY_MS}\nevent: hello\ndata: {services.hub.mark}\n\n".encode()
        while not subscriber.closed:
            changed = await subscriber.changes(_HEARTBEAT_S)
            if subscriber.closed:
                break
            if subscriber.overflowed:
                subscriber.overflowed = False
                yield b"event: reload\ndata: {}\n\n"
            elif changed:
                for message in await asyncio.to_thread(_messages, services, language, changed):
                    yield message
            else:
                yield b": still here\n\n"
            await asyncio.sleep(_PAUSE_S)
    finally:
        services.hub.unsubscribe(subscriber)


def _messages(services: Services, language: Language, changed: list[str]) -> list[bytes]:
    viewer = Viewer(services.library, language, clock.now())
    with services.database.read() as connection:
        found = sessions.seen_of(connection, changed)
        counts = sessions.counts(connection, clock.now(), ACTIVE_MINUTES)
    cards = rendering.fragment("_cards.html", language, cards=viewer.cards(counts))
    messages = []
    for seen in found:
        html = rendering.fragment("_row.html", language, row=viewer.row(seen))
        data = msgspec.json.encode({"id": f"row-{seen.employee_id}", "html": html, "cards": cards})
        messages.append(b"event: row\ndata: " + data + b"\n\n")
    return messages


def router() -> Router:
    return Router(
        path="/console",
        route_handlers=[live_page, session_page, stream, addenda.addenda_page, addenda.archive, addenda.file],
        before_request=access.require_key,
        include_in_schema=False,
    )

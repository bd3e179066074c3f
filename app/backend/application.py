"""The web application, put together from services that are already open."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar import Litestar, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.static_files import create_static_files_router
from sqlalchemy.exc import InterfaceError, OperationalError

from app.backend.api import addendum, documents, enrolments, events, pki, problems
from app.backend.console import pages, rendering
from app.backend.documents.refusals import Refused
from app.backend.documents.signing_keys import PkiError
from app.backend.probe import pages as probe_pages
from app.backend.services import Services
from app.backend.verification import pages as verification_pages
from app.contracts.problems import ContractError

_MAX_BODY = 1024 * 1024


def application(services: Services) -> Litestar:
    @asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        services.addendum.start()
        try:
            yield
        finally:
            services.hub.close()
            await services.addendum.stop()

    def secured(response: Response[object]) -> Response[object]:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        if services.tls:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response

    return Litestar(
        route_handlers=[
            enrolments.enrol,
            events.take_events,
            documents.journey,
            documents.content,
            documents.certificate,
            documents.live,
            documents.ready,
            *addendum.HANDLERS,
            *pki.HANDLERS,
            *probe_pages.HANDLERS,
            create_static_files_router(path="/console/static", directories=[rendering.HERE / "static"], include_in_schema=False),
            pages.router(),
            verification_pages.router(),
        ],
        exception_handlers={
            problems.ProblemError: problems.on_problem,
            Refused: problems.on_refused,
            PkiError: problems.on_keys_away,
            ContractError: problems.on_contract_error,
            HTTPException: problems.on_http,
            OperationalError: problems.on_database,
            InterfaceError: problems.on_database,
            Exception: problems.on_unexpected,
        },
        after_request=secured,
        lifespan=[lifespan],
        state=State({"services": services}),
        openapi_config=OpenAPIConfig(
            title="Marhaba backend", version="1", path="/schema", use_handler_docstrings=True, render_plugins=[JsonRenderPlugin()]
        ),
        request_max_body_size=_MAX_BODY,
        logging_config=None,
        debug=False,
    )

"""`GET /verify`, `POST /verify` (a form) and `POST /v1/verify` (the file itself, or a form): open to all, a file at a time, bounded."""

import logging
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response, Router, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import HTTPException
from litestar.static_files import create_static_files_router

from app.backend.api.peer import caller
from app.backend.api.problems import ProblemError
from app.backend.console import rendering
from app.backend.console.words import NAMES
from app.backend.documents.signing_keys import PkiError
from app.backend.documents.verifier import VerifierBusyError
from app.backend.services import services_of
from app.backend.verification.desk import Desk, NothingTrustedError
from app.backend.verification.words import WORDS
from app.contracts.events import LANGUAGES, Language
from app.contracts.verdict import MAX_BYTES, Verdict

_HERE = Path(__file__).parent
_FORM_ROOM = 64 * 1024
"""What a form needs around its file."""
_log = logging.getLogger(__name__)


class _Turned(Exception):
    """No verdict; `key` of the page's words says why."""

    def __init__(self, status: int, code: str, key: str, wait: int | None = None) -> None:
        super().__init__(code)
        self.status, self.code, self.key, self.wait = status, code, key, wait


@get("/verify", include_in_schema=False)
async def form(request: Request[Any, Any, Any]) -> Response[str]:
    """The page with nothing on it yet."""
    desk = services_of(request).verification
    if desk is not None:
        await desk.warm()
    return _page(request)


@post("/verify", include_in_schema=False, status_code=200, request_max_body_size=MAX_BYTES + _FORM_ROOM)
async def answer_form(request: Request[Any, Any, Any]) -> Response[str]:
    """The page with the verdict on the file of the form."""
    try:
        return _page(request, verdict=await _judge(request))
    except _Turned as turned:
        minutes = max(1, round((turned.wait or 60) / 60))
        message = WORDS[_language(request)][turned.key].format(minutes=minutes)
        return _page(request, status=turned.status, message=message)


@post("/v1/verify", status_code=200, request_max_body_size=MAX_BYTES + _FORM_ROOM)
async def verify(request: Request[Any, Any, Any]) -> Response[Verdict]:
    """The verdict on a signed PDF, sent as the body or as `file` of a form. A file that is no addendum has a verdict too.

    Errors: 400 `verify.no_file`, 413 `request.too_large`, 429 `verify.too_many`, 503 `verify.busy`, `addendum.signing_not_set_up`.
    """
    try:
        return Response(await _judge(request), headers={"Cache-Control": "no-store"})
    except _Turned as turned:
        raise ProblemError(turned.status, turned.code, retry_after=turned.wait) from turned


async def _judge(request: Request[Any, Any, Any]) -> Verdict:
    desk = services_of(request).verification
    if desk is None:
        raise _Turned(503, "addendum.signing_not_set_up", "not_set_up")
    if wait := desk.tries.take(caller(request)):
        raise _Turned(429, "verify.too_many", "too_many", wait)
    pdf = await _file(request)
    if not pdf:
        raise _Turned(400, "verify.no_file", "no_file")
    return await _looked_at(desk, pdf)


async def _looked_at(desk: Desk, pdf: bytes) -> Verdict:
    try:
        return await desk.judge(pdf)
    except NothingTrustedError as error:
        raise _Turned(503, "addendum.signing_not_set_up", "not_set_up") from error
    except VerifierBusyError as error:
        raise _Turned(503, "verify.busy", "busy", 10) from error
    except (PkiError, OSError) as error:
        _log.error("the trusted certificates cannot be read: %s", error)
        raise _Turned(503, "addendum.signing_not_set_up", "not_set_up") from error


async def _file(request: Request[Any, Any, Any]) -> bytes:
    if not request.headers.get("Content-Type", "").lower().startswith("multipart/form-data"):
        return await request.body()
    found = (await request.form()).get("file")
    return await found.read() if isinstance(found, UploadFile) else b""


def on_refused(request: Request[Any, Any, Any], error: HTTPException) -> Response[str]:
    """The framework's refusals (a body too large, a form that is none) as a page."""
    words = WORDS[_language(request)]
    return _page(request, status=error.status_code, message=words["choose"] if error.status_code == 413 else words["no_file"])


def _page(request: Request[Any, Any, Any], *, status: int = 200, verdict: Verdict | None = None, message: str = "") -> Response[str]:
    lang = _language(request)
    html = (
        _templates()
        .get_template("verify.html")
        .render(
            w=WORDS[lang],
            lang=lang,
            direction="rtl" if lang == "ar" else "ltr",
            names=NAMES,
            colon="\u00a0: " if lang == "fr" else ": ",
            verdict=verdict,
            tone="good" if verdict is not None and verdict.sound else "bad",
            message=message,
        )
    )
    return Response(html, status_code=status, media_type="text/html", headers=rendering.HEADERS)


def _language(request: Request[Any, Any, Any]) -> Language:
    """Asked for in the address, else the browser's first that is one of ours. No cookie: the page keeps nothing of its visitor."""
    words = [request.query_params.get("lang", "")]
    words += [part.split(";")[0].strip()[:2].lower() for part in request.headers.get("Accept-Language", "").split(",")]
    return next((language for word in words for language in LANGUAGES if language == word), "fr")


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(_HERE / "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def router() -> Router:
    static = create_static_files_router(path="/verify/static", directories=[_HERE / "static"], include_in_schema=False)
    page = Router(path="/", route_handlers=[form, answer_form], exception_handlers={HTTPException: on_refused}, include_in_schema=False)
    return Router(path="/", route_handlers=[static, page, verify])

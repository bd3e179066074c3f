"""Every error leaves as `application/problem+json` with a stable code; what happened inside stays inside (and in the log)."""

import logging
import uuid
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from sqlalchemy.exc import InterfaceError, OperationalError

from app.backend.documents.refusals import Refused
from app.backend.documents.signing_keys import PkiError
from app.contracts.addendum import PROBLEMS
from app.contracts.problems import PROBLEM_MEDIA_TYPE, ContractError, Problem

_log = logging.getLogger(__name__)

_CODES = {400: "request.malformed", 413: "request.too_large", 415: "request.malformed"}
_TITLES = {
    400: "The request cannot be read",
    401: "Not allowed",
    404: "Not found",
    405: "This method is not offered here",
    409: "This does not fit what is stored",
    410: "No longer there",
    413: "The request is too large",
    415: "The request cannot be read",
    422: "The request cannot be accepted",
    429: "Too many tries",
    500: "Unexpected error",
    503: "Not available for the moment",
}


class ProblemError(Exception):
    """Raised by handlers; becomes the answer."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        *,
        event_id: str | None = None,
        expected_sequence: int | None = None,
        retry_after: int | None = None,
        tries_left: int | None = None,
    ) -> None:
        super().__init__(f"{status} {code} {detail}")
        self.problem = Problem(
            title=_TITLES.get(status, "The request was refused"),
            status=status,
            detail=detail,
            code=code,
            event_id=event_id,
            expected_sequence=expected_sequence,
            retry_after=retry_after,
            tries_left=tries_left,
        )


def answer(problem: Problem, headers: dict[str, str] | None = None) -> Response[bytes]:
    sent = {"Cache-Control": "no-store", **(headers or {})}
    if problem.retry_after is not None:
        sent["Retry-After"] = str(problem.retry_after)
    return Response(msgspec.json.encode(problem), status_code=problem.status, media_type=PROBLEM_MEDIA_TYPE, headers=sent)


def on_problem(_request: Request[Any, Any, Any], error: ProblemError) -> Response[bytes]:
    headers = {"WWW-Authenticate": "Bearer"} if error.problem.status == 401 else None
    return answer(error.problem, headers)


def on_refused(_request: Request[Any, Any, Any], refusal: Refused) -> Response[bytes]:
    status = PROBLEMS.get(refusal.code, 422)
    return answer(ProblemError(status, refusal.code, retry_after=refusal.retry_after, tries_left=refusal.tries_left).problem)


def on_keys_away(_request: Request[Any, Any, Any], error: PkiError) -> Response[bytes]:
    """A token that is out: nothing was lost, and trying again is right."""
    _log.error("the company's keys cannot be used: %s", error)
    return answer(ProblemError(503, "backend.unavailable", retry_after=30).problem)


def on_contract_error(_request: Request[Any, Any, Any], error: ContractError) -> Response[bytes]:
    status = {"request.malformed": 400, "request.too_large": 413}.get(error.code, 422)
    return answer(ProblemError(status, error.code).problem)


def on_http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """The framework's own refusals. Its wording may quote the request, so only the status is passed on."""
    status = error.status_code
    if status >= 500:
        return _unexpected(error)
    if status == 415:
        status = 400
    allow = {k: v for k, v in (error.headers or {}).items() if k.lower() == "allow"}
    return answer(ProblemError(status, _CODES.get(status, f"http.{status}")).problem, allow)


def on_database(_request: Request[Any, Any, Any], error: OperationalError | InterfaceError) -> Response[bytes]:
    """Busy, full or away: nothing was acknowledged, and trying again is right."""
    _log.error("the database did not take it: %s", type(error.orig).__name__)
    return answer(ProblemError(503, "backend.unavailable", retry_after=5).problem)


def on_unexpected(_request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    return _unexpected(error)


def _unexpected(error: Exception) -> Response[bytes]:
    reference = uuid.uuid4().hex[:8]
    _log.error("unexpected error %s", reference, exc_info=error)
    return answer(ProblemError(500, "http.500", f"reference {reference}").problem)

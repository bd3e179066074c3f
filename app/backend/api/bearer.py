"""Bearer tokens (RFC 6750) of enrolled devices."""

from sqlalchemy import Connection

from app.backend.api.problems import ProblemError
from app.backend.store import pairing

_MAX_TOKEN = 200


def token_of(header: str | None) -> str:
    """The token of an Authorization header. Errors: ProblemError 401 `token.refused`."""
    scheme, _, token = (header or "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _MAX_TOKEN:
        raise ProblemError(401, "token.refused")
    return token


def require(connection: Connection, token: str) -> pairing.Bearer:
    """Who shows this token. Errors: ProblemError 401 `token.refused`."""
    found = pairing.bearer(connection, token)
    if found is None:
        raise ProblemError(401, "token.refused")
    return found

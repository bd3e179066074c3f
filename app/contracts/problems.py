"""Problem details for HTTP APIs (RFC 9457) with the project's stable `code`, and the error both sides raise for bad contract data."""

import msgspec

PROBLEM_MEDIA_TYPE = "application/problem+json"


class ContractError(Exception):
    """Data that does not keep the contract. `code` is stable and safe to show; `detail` is for logs."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


class Problem(msgspec.Struct, omit_defaults=True, kw_only=True):
    """RFC 9457 problem. `code` is what programs switch on; `event_id` names the one event at fault, when there is one."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    code: str
    event_id: str | None = None
    expected_sequence: int | None = None
    """Next sequence number the server waits for (409 on a gap)."""
    retry_after: int | None = None
    """Seconds; the same figure as the Retry-After header."""
    tries_left: int | None = None
    """How often a code may still be tried."""


def decode_problem(body: bytes, status: int) -> Problem:
    """Read a problem from a response body; anything else (a proxy's HTML page) becomes a problem of that status."""
    try:
        return msgspec.json.decode(body, type=Problem)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return Problem(title=f"HTTP {status}", status=status, code=f"http.{status}")

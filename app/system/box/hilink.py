"""Huawei HiLink boxes by huawei-lte-api. The library speaks only through `_Wire`: bounded, to one address, and nothing of it is logged.

The password is used once and not kept: a session that the box lets expire is renewed without rights, and `box.login_required` says so.
"""

import http.client
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

from huawei_lte_api.api.Pin import Pin
from huawei_lte_api.api.User import DEFAULT_USERNAME, User
from huawei_lte_api.exceptions import ResponseErrorException
from huawei_lte_api.Session import Session
from requests import PreparedRequest, Response
from requests import Session as HttpSession  # the type the library takes; no other request is made with it
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from app.core.errors import BoxError
from app.core.line import BoxReading, Sim
from app.system.box import hilink_reading
from app.system.box.bounded import BoundedBox
from app.system.box.wire import CALL_SECONDS, Place, Reply, exchange

T = TypeVar("T")

# It writes passwords at DEBUG (Connection.__init__, Session.post_set).
_library = logging.getLogger("huawei_lte_api")
_library.setLevel(logging.CRITICAL + 1)
_library.propagate = False

NOT_SUPPORTED, NO_RIGHTS, BUSY, NO_SESSION, EXPIRED = 100002, 100003, 100004, 125002, 125003
_CODES = {
    NO_RIGHTS: "box.login_required",
    NO_SESSION: "box.login_required",
    EXPIRED: "box.login_required",
    BUSY: "box.busy",
    108001: "box.password_wrong",
    108002: "box.password_wrong",
    108003: "box.busy",  # somebody is logged in
    108006: "box.password_wrong",
    108007: "box.locked_out",
    115002: "box.login_required",  # the box wants its first password changed, in its own pages
}
_MOST_EXCHANGES = 40
"""In one operation: a box that answers « session error » for ever makes the library start again for ever."""
_MOST_SURROGATES = 2000
"""The library mends CESU-8 in quadratic time; no honest answer holds this many."""
_HUNG_UP = ("RemoteDisconnected", "ConnectionResetError")
_BREATH_SECONDS = 0.2
_ONCE = ("/api/user/login",)
"""Never sent twice in one operation: the library's own retry would spend a try with a proof for the token before."""


class _Again(Exception):
    """The library was about to send a password again: a fresh session has to make the proof."""


@dataclass(frozen=True)
class _Raw:
    """What requests takes the cookies from."""

    msg: http.client.HTTPMessage

    @property
    def _original_response(self) -> "_Raw":
        return self


class _Wire(BaseAdapter):
    """requests' way to the box: `wire.exchange` and nothing else."""

    def __init__(self, at: Place) -> None:
        super().__init__()
        self._at = at
        self._until = 0.0
        self._count = 0
        self._sent: set[str] = set()

    def begin(self, until: float) -> None:
        self._until, self._count = until, 0
        self._sent.clear()

    def allow_again(self) -> None:
        self._sent.clear()

    def close(self) -> None:
        """Every connection is already closed."""

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: object = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        path = request.path_url.partition("?")[0]
        if not self._is_ours(request.url or ""):
            raise BoxError("box.unintelligible", reason="redirect")
        self._count += 1
        if self._count > _MOST_EXCHANGES:
            raise BoxError("box.unintelligible", reason="loop")
        if path in _ONCE:
            if path in self._sent:
                raise _Again
            self._sent.add(path)
        body = request.body.encode() if isinstance(request.body, str) else request.body
        if body is not None and not isinstance(body, bytes):
            raise BoxError("box.unintelligible", reason="body")
        headers = {str(name): value if isinstance(value, str) else value.decode("latin-1") for name, value in request.headers.items()}
        if path.startswith("/api/"):
            reply = self._exchange(request.method or "GET", request.path_url, headers, body)
            refuse_hostile(reply.body)
        else:
            reply = self._page(request.path_url, headers)
        return _response(request, reply)

    def _exchange(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Reply:
        until = min(self._until, time.monotonic() + CALL_SECONDS)
        try:
            return exchange(self._at, method, path, until=until, headers=headers, body=body)
        except BoxError as error:
            if method != "GET" or error.facts.get("reason") not in _HUNG_UP:
                raise
        # Some models hang up on a question that follows the one before too closely.
        time.sleep(_BREATH_SECONDS)
        return exchange(self._at, method, path, until=until, headers=headers, body=body)

    def _page(self, path: str, headers: Mapping[str, str]) -> Reply:
        """The first page, which older models put a token in. Leading elsewhere (« homerouter.cpe », https) or no text: blank."""
        blank = Reply(200, http.client.HTTPMessage(), b"")
        try:
            reply = self._exchange("GET", path, headers, None)
        except BoxError as error:
            if error.code == "box.unreachable":
                raise
            return blank
        target = reply.headers.get("Location")
        if target is not None and not self._is_ours(target, f"{self._at.url}{path}"):
            return blank
        return Reply(reply.status, reply.headers, reply.body.decode("utf-8", "replace").encode())

    def _is_ours(self, url: str, seen_from: str = "") -> bool:
        try:
            parts = urlsplit(urljoin(seen_from, url))
            return parts.scheme == "http" and parts.hostname == self._at.host and (parts.port or 80) == self._at.port
        except ValueError:
            return False


def refuse_hostile(body: bytes) -> None:
    """Errors: BoxError (`box.unintelligible`): a document type or entities, or more CESU-8 than the library mends in time.

    The library's parser (xmltodict) refuses entity declarations too, in any encoding; this is the cheaper lock before it.
    """
    upper = body.upper()
    if b"<!DOCTYPE" in upper or b"<!ENTITY" in upper:
        raise BoxError("box.unintelligible", reason="entities")
    if body.count(b"\xed") > _MOST_SURROGATES:
        raise BoxError("box.unintelligible", reason="encoding")


def _response(request: PreparedRequest, reply: Reply) -> Response:
    response = Response()
    response.status_code = reply.status
    response.headers = CaseInsensitiveDict(reply.headers.items())
    response.url, response.request = request.url or "", request
    response.raw = _Raw(reply.headers)
    # Read whole already: requests has nothing left to stream or to close.
    response._content, response._content_consumed = reply.body, True  # type: ignore[attr-defined]
    return response


class HilinkBox(BoundedBox):
    """A HiLink box."""

    def __init__(self, address: str, *, simulated: bool = False) -> None:
        super().__init__(address, simulated=simulated)
        self._wire = _Wire(self._at)
        self._session: Session | None = None
        self._renewed = False

    def _begin(self, until: float) -> None:
        self._wire.begin(until)
        self._renewed = False

    def _operation(self, work: Callable[[], T]) -> T:
        try:
            return super()._operation(work)
        except BoxError:
            raise
        except ResponseErrorException as error:
            raise _as_box_error(error) from None
        except Exception as error:
            # The library indexes, converts and decodes what a stranger sent: whatever breaks there is the box's answer, not ours.
            raise BoxError("box.unintelligible", reason=type(error).__name__) from None

    def _open(self) -> Session:
        if self._session is None:
            http_session = HttpSession()
            http_session.trust_env = False
            http_session.max_redirects = 3
            http_session.adapters.clear()
            http_session.mount("http://", self._wire)
            http_session.mount("https://", self._wire)
            self._session = Session(self._at.url, timeout=CALL_SECONDS, requests_session=http_session)
        return self._session

    def _ask(self, endpoint: str) -> Mapping[str, Any]:
        """One answer; a session that expired is renewed once in an operation."""
        try:
            answer = self._open().get(endpoint)
        except ResponseErrorException as error:
            if error.code != EXPIRED or self._renewed:
                raise
            self._renewed, self._session = True, None
            answer = self._open().get(endpoint)
        if not isinstance(answer, dict):
            raise BoxError("box.unintelligible", reason="shape")
        return answer

    def _read(self) -> BoxReading:
        said: dict[str, Mapping[str, Any]] = {}
        refusals: list[BoxError] = []
        for endpoint in hilink_reading.ENDPOINTS:
            try:
                said[endpoint] = self._ask(endpoint)
            except ResponseErrorException as error:
                if error.code != NOT_SUPPORTED:
                    refusals.append(_as_box_error(error))
            except BoxError as error:
                if error.code == "box.unreachable":
                    raise
                refusals.append(error)
            except Exception as error:  # as in _operation: this one answer is left out
                refusals.append(BoxError("box.unintelligible", reason=type(error).__name__))
        reading = hilink_reading.reading(said)
        if reading != hilink_reading.NOTHING:
            return reading
        for code in ("box.login_required", "box.busy"):
            for refusal in refusals:
                if refusal.code == code:
                    raise refusal
        raise refusals[0] if refusals else BoxError("box.unintelligible", reason="nothing known")

    def _log_in(self, password: str) -> None:
        for last in (False, True):
            # A fresh session each time: the proof of the password holds the session's first token.
            self._session = None
            session = self._open()
            self._wire.allow_again()
            try:
                accepted = User(session).login(DEFAULT_USERNAME, password, force_new_login=True)
            except _Again:
                if last:
                    raise BoxError("box.login_required", reason="session") from None
                continue
            except ResponseErrorException as error:
                if error.code == EXPIRED and not last:
                    continue
                raise _as_box_error(error) from None
            if not accepted:
                raise BoxError("box.unintelligible", reason="login")
            return

    def _pin_state(self) -> tuple[Sim, int | None]:
        return hilink_reading.pin_state(self._ask("pin/status"))

    def _send_pin(self, pin: str) -> BoxError | None:
        session = self._open()
        try:
            if self._encrypts():
                accepted = Pin(session).operate("0", pin)
            else:
                asked = {"OperateType": "0", "CurrentPin": pin, "NewPin": None, "PukCode": None}
                accepted = session.post_set("pin/operate", asked)
        except ResponseErrorException as error:
            if error.code in _CODES:
                raise _as_box_error(error) from None
            return _as_box_error(error)
        if accepted != "OK":
            raise BoxError("box.unintelligible", reason="pin")
        return None

    def _encrypts(self) -> bool:
        """Whether the box has a public key for such requests; older ones take them plain."""
        try:
            key = self._ask("webserver/publickey")
        except ResponseErrorException as error:
            if error.code == NOT_SUPPORTED:
                return False
            raise
        modulus, exponent = key.get("encpubkeyn"), key.get("encpubkeye")
        if not (isinstance(modulus, str) and isinstance(exponent, str)) or not modulus:
            return False
        if len(modulus) > 2048 or len(exponent) > 16:
            raise BoxError("box.unintelligible", reason="key")
        return True


def _as_box_error(error: ResponseErrorException) -> BoxError:
    return BoxError(_CODES.get(error.code, "box.unintelligible"), box_code=error.code)

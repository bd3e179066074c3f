"""The wizard's side of the backend's API. Blocking; the only importer of requests. TLS by the system's trust store.

Imported after the first paint: requests takes a tenth of a second.
"""

import gzip
import ssl
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit
from urllib.request import getproxies, proxy_bypass

import msgspec
import requests
import truststore
import urllib3

from app.contracts.addendum import (
    AddendumOffer,
    CertificateChain,
    CertificateRequest,
    CodeSent,
    Finished,
    FinishRequest,
    Prepared,
    PrepareRequest,
)
from app.contracts.enrolment import Enrolment, EnrolmentRequest
from app.contracts.journey import SignedDocument
from app.contracts.problems import decode_problem
from app.contracts.receipts import BATCH_MEDIA_TYPE, ContentPack, EventsReceipt
from app.core.errors import BackendError, BackendRefused, BackendUnreachable
from app.services.settings import check_backend_url

truststore.inject_into_ssl()

CONNECT_S = 6.0
READ_S = 20.0
TOTAL_S = 45.0
"""A server that drips a byte at a time is given up after this."""
MAX_BODY_BYTES = 8 * 1024 * 1024
_GZIP_FROM_BYTES = 1024

T = TypeVar("T")


class BackendApi:
    """One backend. Each call opens from a pooled session, is bounded in time and size, and follows no redirect."""

    def __init__(self, base_url: str, total_s: float = TOTAL_S) -> None:
        """Errors: SettingsError `settings.backend_url`."""
        check_backend_url(base_url)
        self._total_s = total_s
        self._base = base_url.rstrip("/")
        self._session = requests.Session()
        # A .netrc must not add credentials, an environment's CA bundle must not replace the system's trust store.
        self._session.trust_env = False
        self._proxies_known = False

    def enrol(self, request: EnrolmentRequest) -> Enrolment:
        """Errors: BackendUnreachable, BackendRefused `enrolment.*`."""
        return self._call("POST", "/v1/enrolments", Enrolment, json_body=msgspec.json.encode(request))

    def post_events(self, token: str, lines: list[bytes], lost_through: int | None = None) -> EventsReceipt:
        """One batch, in order. `lost_through` declares that earlier numbers are gone for good (journal repaired).

        Errors: BackendUnreachable, BackendRefused.
        """
        body = b"[" + b",".join(lines) + b"]"
        headers = {"Content-Type": BATCH_MEDIA_TYPE}
        if len(body) >= _GZIP_FROM_BYTES:
            body = gzip.compress(body, 6)
            headers["Content-Encoding"] = "gzip"
        if lost_through is not None:
            headers["Marhaba-Lost-Through"] = str(lost_through)
        return self._call("POST", "/v1/events", EventsReceipt, json_body=body, headers=headers, token=token)

    def journey(self, token: str, activity: str) -> SignedDocument:
        return self._call("GET", f"/v1/journeys/{quote(activity, safe='')}", SignedDocument, token=token)

    def content(self, token: str, sha256: str) -> ContentPack:
        return self._call("GET", f"/v1/content/{quote(sha256, safe='')}", ContentPack, token=token)

    # The addendum, as contracts.addendum lists its routes

    def addendum(self, token: str) -> AddendumOffer:
        return self._call("GET", "/v1/addendum", AddendumOffer, token=token)

    def addendum_file(self, token: str, document_id: str, name: str) -> bytes:
        """`document.pdf`, `signed.pdf`, `audit.pdf`, `audit.json` or `prepared/{transaction}`, whatever its bytes are."""
        return self._fetch("GET", f"/v1/addendum/{quote(document_id, safe='')}/{name}", token=token, headers={"Accept": "*/*"})

    def signing_certificate(self, token: str, request: CertificateRequest) -> CertificateChain:
        return self._call("POST", "/v1/certificates", CertificateChain, json_body=msgspec.json.encode(request), token=token)

    def addendum_code(self, token: str, document_id: str) -> CodeSent:
        return self._call("POST", f"/v1/addendum/{quote(document_id, safe='')}/code", CodeSent, json_body=b"{}", token=token)

    def prepare_signature(self, token: str, document_id: str, request: PrepareRequest) -> Prepared:
        path = f"/v1/addendum/{quote(document_id, safe='')}/prepare"
        return self._call("POST", path, Prepared, json_body=msgspec.json.encode(request), token=token)

    def finish_signature(self, token: str, document_id: str, request: FinishRequest) -> Finished:
        path = f"/v1/addendum/{quote(document_id, safe='')}/finish"
        return self._call("POST", path, Finished, json_body=msgspec.json.encode(request), token=token)

    def alive(self) -> float:
        """Seconds one health request took. Errors: BackendUnreachable, BackendRefused."""
        began = time.monotonic()
        self._call("GET", "/health/live", dict[str, Any])
        return time.monotonic() - began

    def close(self) -> None:
        self._session.close()

    def _find_proxies(self) -> None:
        """The system's proxy, but not for what it is told to leave alone. May ask a name server on Windows: not at construction."""
        if not self._proxies_known:
            host = urlsplit(self._base).netloc
            self._session.proxies = {} if proxy_bypass(host) else getproxies()
            self._proxies_known = True

    def _call(
        self,
        method: str,
        path: str,
        shape: type[T],
        *,
        json_body: bytes | None = None,
        headers: dict[str, str] | None = None,
        token: str = "",
    ) -> T:
        body = self._fetch(method, path, json_body=json_body, headers=headers, token=token)
        try:
            return msgspec.json.decode(body, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            # A hotel's or box's sign-in page answers 200 to anything: that is no answer of ours.
            raise BackendUnreachable("backend.unintelligible", error=str(error)) from error

    def _fetch(
        self, method: str, path: str, *, json_body: bytes | None = None, headers: dict[str, str] | None = None, token: str = ""
    ) -> bytes:
        """The body of an answer that says yes."""
        self._find_proxies()
        sent = {"Accept": "application/json", "Content-Type": "application/json", **(headers or {})}
        if token:
            sent["Authorization"] = f"Bearer {token}"
        try:
            with self._session.request(
                method, self._base + path, data=json_body, headers=sent, timeout=(CONNECT_S, READ_S), stream=True, allow_redirects=False
            ) as response:
                body = _read_bounded(response, self._total_s)
        except requests.exceptions.SSLError as error:
            if (doubt := _doubt(error)) is not None:
                raise BackendUnreachable("backend.untrusted", error=doubt.verify_message) from error
            raise BackendUnreachable(error=type(error).__name__) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise BackendUnreachable(error=type(error).__name__) from error
        if response.status_code in {200, 201, 202}:
            return body
        try:
            problem = decode_problem(body, response.status_code)
        except (UnicodeDecodeError, RecursionError):
            problem = decode_problem(b"", response.status_code)
        facts = {
            "detail": problem.detail,
            "event_id": problem.event_id,
            "expected_sequence": problem.expected_sequence,
            "tries_left": problem.tries_left,
        }
        raise BackendRefused(
            problem.code,
            response.status_code,
            _retry_after(response.headers.get("Retry-After")) or problem.retry_after,
            **{key: value for key, value in facts.items() if value not in (None, "")},
        )


def _doubt(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """The verdict on a certificate inside what requests and urllib3 wrapped around it; None where TLS broke otherwise."""
    seen = 0
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError) and seen < 8:
        inner = getattr(error, "reason", None) or next(iter(error.args), None)
        error = inner if isinstance(inner, BaseException) else error.__cause__ or error.__context__
        seen += 1
    return error if isinstance(error, ssl.SSLCertVerificationError) else None


def _read_bounded(response: requests.Response, total_s: float) -> bytes:
    deadline = time.monotonic() + total_s
    chunks: list[bytes] = []
    size = 0
    # read1: what has come so far. A read of a full block would wait for as long as a dripping server likes.
    while chunk := response.raw.read1(64 * 1024, decode_content=True):
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BODY_BYTES or time.monotonic() > deadline:
            raise BackendUnreachable("backend.unintelligible", bytes=size, error="answer too long")
    return b"".join(chunks)


def _retry_after(value: str | None) -> float | None:
    """Seconds from a Retry-After header (RFC 9110 section 10.2.3): a number or an HTTP date; nonsense is None."""
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


__all__ = ["BackendApi", "BackendError"]

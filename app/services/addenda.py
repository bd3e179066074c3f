"""The addendum at the backend, behind core's port: kept for reading offline, signed on this PC, brought to its end after a kill."""

import asyncio
import hashlib
import logging
import platform
import threading
import uuid
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from app import __version__
from app.contracts.addendum import (
    AddendumOffer,
    CertificateRequest,
    CodeSent,
    DeviceFacts,
    Finished,
    FinishRequest,
    Prepared,
    PrepareRequest,
    check_prepared,
)
from app.contracts.audit import AuditRecord, log_holds
from app.contracts.problems import ContractError
from app.core.addendum import Act, AddendumError, Copies, Offered, Signed
from app.core.errors import BackendRefused, BackendUnreachable
from app.core.threads import in_thread
from app.services import signed_attributes
from app.services.addendum_folder import AddendumFolder, HalfDone
from app.services.secrets import Secrets
from app.services.signing_key import SigningIdentity

if TYPE_CHECKING:
    from app.services.backend_api import BackendApi

log = logging.getLogger(__name__)
T = TypeVar("T")
CALL_LIMIT_S = 60.0
SIGN_LIMIT_S = 90.0
"""Certificate, prepare, look, sign, finish: each call has its own limit below this one; what was begun is resumed."""
AUDIT_PAUSES_S = (0.3, 0.6, 1.2, 2.4)
MAX_DOCUMENT_BYTES = 6 * 1024 * 1024
_OVER = ("addendum.transaction_unknown", "addendum.transaction_expired", "addendum.signature_invalid", "addendum.document_changed")
"""A half-done act that the backend refuses so can never go on."""
_ANOTHER_CERTIFICATE = ("addendum.certificate_unknown", "addendum.certificate_expired")


class BackendAddenda:
    """See `core.addendum.Addenda`. Blocking work runs in threads, each with a time limit; one act at a time."""

    def __init__(
        self,
        directory: Path,
        secrets: Secrets,
        api: "Callable[[], BackendApi]",
        token: Callable[[], str | None],
        employee_id: Callable[[], str],
        started: Callable[[], Awaitable[object]] | None = None,
    ) -> None:
        """`started` is awaited before the first use: until then nobody asked the keyring for the token."""
        self._directory = directory
        self._secrets = secrets
        self._api = api
        self._token = token
        self._employee_id = employee_id
        self._started = started
        self._acting = threading.Lock()
        self._salt = uuid.uuid4().hex

    # The port

    async def offer(self) -> Offered:
        await self._ready()
        return await _limited(self._offer, CALL_LIMIT_S)

    async def document(self, offer: AddendumOffer) -> bytes:
        return await _limited(lambda: self._document(offer), CALL_LIMIT_S)

    async def send_code(self, offer: AddendumOffer) -> CodeSent:
        return await _limited(lambda: self._send_code(offer), CALL_LIMIT_S)

    async def sign(self, act: Act) -> Signed:
        return await _limited(lambda: self._alone(lambda: self._sign(act)), SIGN_LIMIT_S)

    async def resume(self) -> Signed | None:
        await self._ready()
        return await _limited(lambda: self._alone(self._resume), CALL_LIMIT_S)

    async def copies(self, signed: Signed, document: bytes) -> Copies:
        copies = await _limited(lambda: self._copies(signed, document), CALL_LIMIT_S)
        for pause_s in AUDIT_PAUSES_S:  # the audit record as a PDF follows the signature by seconds
            if copies.audit_pdf:
                break
            await asyncio.sleep(pause_s)
            copies = replace(copies, audit_pdf=await _limited(lambda: self._audit_pdf(signed), CALL_LIMIT_S))
        return copies

    def half_done(self) -> bool:
        return self._folder().half_done() is not None

    async def _ready(self) -> None:
        if self._started is not None:
            try:
                async with asyncio.timeout(CALL_LIMIT_S):
                    await self._started()
            except TimeoutError as error:
                raise BackendUnreachable(error="the wizard did not start") from error

    # Whose, and where

    def _folder(self) -> AddendumFolder:
        return AddendumFolder.of(self._directory, self._employee_id())

    def _credentials(self) -> tuple["BackendApi", str]:
        token = self._token()
        if not token or not self._employee_id():
            raise AddendumError("addendum.not_paired")
        return self._api(), token

    # Offer and document

    def _offer(self) -> Offered:
        folder = self._folder()
        try:
            api, token = self._credentials()
            offer = api.addendum(token)
        except BackendUnreachable:
            kept = folder.offer()
            if kept is None:
                raise
            return Offered(kept, kept=True)
        folder.keep_offer(offer)
        return Offered(offer)

    def _document(self, offer: AddendumOffer) -> bytes:
        folder = self._folder()
        if (kept := folder.document(offer.sha256)) is not None:
            return kept
        api, token = self._credentials()
        data = api.addendum_file(token, offer.document_id, "document.pdf")
        if len(data) > MAX_DOCUMENT_BYTES or not data.startswith(b"%PDF-"):
            raise AddendumError("addendum.document_unreadable", bytes=len(data))
        if hashlib.sha256(data).hexdigest() != offer.sha256:
            raise AddendumError("addendum.document_unreadable", wanted=offer.sha256, error="hash")
        folder.keep_document(offer.sha256, data)
        return data

    # Code and certificate

    def _send_code(self, offer: AddendumOffer) -> CodeSent:
        api, token = self._credentials()
        # First: without a certificate the code would be for nothing, and its ten minutes would run.
        self._identity(api, token)
        return api.addendum_code(token, offer.document_id)

    def _identity(self, api: "BackendApi", token: str, *, anew: bool = False) -> SigningIdentity:
        """The key and its certificate, asked for where there is none (a key that was lost with the keyring is replaced)."""
        key, employee_id = self._folder().key(self._secrets), self._employee_id()
        found = None if anew else key.identity(employee_id)
        if found is None:
            found = key.adopt(api.signing_certificate(token, CertificateRequest(key.request(employee_id))), employee_id)
        return found

    # The act

    def _alone(self, work: Callable[[], T]) -> T:
        """One act at a time: a thread given up by its caller may still be at it."""
        if not self._acting.acquire(timeout=CALL_LIMIT_S / 2):
            raise BackendUnreachable(error="an earlier attempt still runs")
        try:
            return work()
        finally:
            self._acting.release()

    def _sign(self, act: Act) -> Signed:
        earlier = self._folder().half_done()
        if earlier is not None and earlier.document_sha256 == act.offer.sha256:
            resumed = self._resume()
            if resumed is not None:
                return resumed
        if hashlib.sha256(act.document).hexdigest() != act.offer.sha256:
            raise AddendumError("addendum.document_changed", error="what was shown is not what was offered")
        api, token = self._credentials()
        identity = self._identity(api, token)
        try:
            try:
                prepared = self._prepare(api, token, act, identity)
            except BackendRefused as error:
                if error.code not in _ANOTHER_CERTIFICATE:
                    raise
                identity = self._identity(api, token, anew=True)
                prepared = self._prepare(api, token, act, identity)
        except BackendRefused as error:
            return self._already(error, api, token)
        signature = self._checked_signature(api, token, act, prepared, identity)
        half = HalfDone(
            act.offer.document_id, act.offer.template_version, act.offer.sha256, prepared.transaction, signature, identity.sha256
        )
        # From here on a kill loses nothing: the signature is on disk before anybody is told.
        self._folder().begin(half)
        return self._finish(api, token, half)

    def _prepare(self, api: "BackendApi", token: str, act: Act, identity: SigningIdentity) -> Prepared:
        offer = act.offer
        # The same act has the same key, however often the button is pressed: a lost answer costs no second code.
        same = msgspec.json.encode((self._salt, act.code, offer.sha256, act.consent, act.appearance))
        return api.prepare_signature(
            token,
            offer.document_id,
            PrepareRequest(
                code=act.code,
                idempotency_key=hashlib.sha256(same).hexdigest()[:40],
                document_sha256=offer.sha256,
                reading=act.reading,
                consent=act.consent,
                appearance=act.appearance,
                certificate=identity.sha256,
                device=device_facts(),
            ),
        )

    @staticmethod
    def _checked_signature(api: "BackendApi", token: str, act: Act, prepared: Prepared, identity: SigningIdentity) -> str:
        """The signature, made only over what was shown. Errors: AddendumError `addendum.document_changed`."""
        try:
            attributes = b64decode(prepared.signed_attributes, validate=True)
            digest = bytes.fromhex(prepared.prepared_digest)
        except ValueError as error:
            raise AddendumError("addendum.document_changed", error=str(error)) from error
        if prepared.document_sha256 != act.offer.sha256:
            raise AddendumError("addendum.document_changed", error="another document was prepared")
        if not prepared.transaction.replace("-", "").replace("_", "").isalnum():
            raise AddendumError("addendum.document_changed", error="the transaction's name is not one")
        signed_attributes.check(attributes, digest, bytes.fromhex(identity.sha256))
        file = api.addendum_file(token, act.offer.document_id, f"prepared/{prepared.transaction}")
        try:
            check_prepared(file, act.document, attributes)
        except ContractError as error:
            raise AddendumError("addendum.document_changed", error=error.detail) from error
        return b64encode(identity.sign(attributes)).decode()

    def _finish(self, api: "BackendApi", token: str, half: HalfDone) -> Signed:
        try:
            finished = api.finish_signature(token, half.document_id, FinishRequest(half.transaction, half.signature))
        except BackendRefused as error:
            if error.code in _OVER or error.code.startswith("addendum.certificate_"):
                self._folder().end()
            return self._already(error, api, token)
        self._folder().end()
        return Signed(half.document_id, half.template_version, half.document_sha256, finished, half.certificate)

    def _already(self, error: BackendRefused, api: "BackendApi", token: str) -> Signed:
        """Signed before, and the answer was lost: what the backend has counts. Any other refusal is raised."""
        if error.code != "addendum.already_signed":
            raise error
        offer = api.addendum(token)
        have = offer.signed
        if have is None or offer.state not in ("signed", "signed_pending_time"):
            raise error
        self._folder().end()
        finished = Finished(
            state=offer.state,
            final_sha256=have.final_sha256,
            revisions=have.revisions,
            signed_at=have.signed_at,
            timestamp=have.timestamp,
        )
        return Signed(have.document_id, have.template_version, offer.sha256, finished)

    # Half done

    def _resume(self) -> Signed | None:
        half = self._folder().half_done()
        if half is None:
            return None
        api, token = self._credentials()
        try:
            return self._finish(api, token, half)
        except BackendRefused as error:
            if self._folder().half_done() is None:
                log.warning("a half-done act could not go on (%s): it must be done again", error.code)
                return None
            raise

    # Copies

    def _copies(self, signed: Signed, document: bytes) -> Copies:
        api, token = self._credentials()
        pdf = api.addendum_file(token, signed.document_id, "signed.pdf")
        # Signatures are appended (PDF 32000-1 section 7.5.6): the copy begins with the very bytes that were shown.
        if not pdf.startswith(document) or len(pdf) == len(document):
            raise AddendumError("addendum.copy_differs", error="it is not the document that was shown")
        if signed.finished.final_sha256 and hashlib.sha256(pdf).hexdigest() != signed.finished.final_sha256:
            raise AddendumError("addendum.copy_differs", error="hash")
        text = api.addendum_file(token, signed.document_id, "audit.json")
        try:
            record = msgspec.json.decode(text, type=AuditRecord)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise AddendumError("addendum.copy_differs", error=str(error)) from error
        if record.document_id != signed.document_id or not log_holds(record.log):
            raise AddendumError("addendum.copy_differs", error="the audit record does not hold")
        return Copies(pdf, self._audit_pdf(signed), text)

    def _audit_pdf(self, signed: Signed) -> bytes:
        """Empty while the backend has not made it."""
        api, token = self._credentials()
        try:
            audit = api.addendum_file(token, signed.document_id, "audit.pdf")
        except BackendRefused as error:
            if error.code != "addendum.not_signed":
                raise
            return b""
        if not audit.startswith(b"%PDF-"):
            raise AddendumError("addendum.copy_differs", error="the audit record is no PDF")
        return audit


def device_facts() -> DeviceFacts:
    now = datetime.now(UTC).astimezone()
    return DeviceFacts(
        os=f"{platform.system()} {platform.release()}",
        app_version=__version__,
        time=now.isoformat(timespec="milliseconds"),
        time_zone=now.tzname() or "",
    )


async def _limited(work: Callable[[], T], limit_s: float) -> T:
    """Blocking work in a thread; past its time limit it counts as unreachable (the thread's own time-outs end it)."""
    try:
        return await in_thread(work, limit_s=limit_s)
    except TimeoutError as error:
        raise BackendUnreachable("backend.unreachable", error="time limit") from error

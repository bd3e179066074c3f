"""The agent's signature: a code, a prepared revision, the device's signature taken in. Each change of state is one transaction.

Nothing here waits for another server but the sender of codes. What comes after the signature is `completion`'s.
"""

import asyncio
import base64
import binascii
import hashlib
import logging
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from cryptography import x509
from sqlalchemy import Connection, Row

from app.backend import clock
from app.backend.documents import appearance, certificates, cms, codes
from app.backend.documents import papers as papers_room
from app.backend.documents.fields import AGENT_FIELD
from app.backend.documents.papers import Papers
from app.backend.documents.pdf_revisions import Signer, ToSign, appended, to_sign, whole
from app.backend.documents.pki import Pki
from app.backend.documents.pool import Pool
from app.backend.documents.refusals import Refused
from app.backend.documents.senders import Contact, Sender, SendError
from app.backend.documents.setup import Setup
from app.backend.documents.signing_keys import verify
from app.backend.store import addenda, one_time, signers
from app.backend.store import agents as agents_store
from app.backend.store.database import Database
from app.backend.store.writer import Writer
from app.contracts.addendum import Appearance, Channel, CodeSent, FinishRequest, Prepared, PrepareRequest
from app.contracts.problems import ContractError

LIFE = timedelta(minutes=10)
"""Of a prepared transaction: the device signs at once; a person may have to unlock a keyring in between."""
_MAX_TEXT = 200
_MAX_SECONDS = 24 * 3600
_log = logging.getLogger(__name__)


class TransactionFacts(msgspec.Struct, omit_defaults=True):
    """What is recorded of who asked for a signature."""

    address: str
    user_agent: str
    channel: Channel
    code_sent_at: str
    code_confirmed_at: str
    consent_text: str
    signed_for: str
    """The name as it stood then."""
    chain_head: str = ""
    """Of the device's reported events, then: hash and sequence."""
    chain_sequence: int = 0


@dataclass
class Signing:
    database: Database
    writer: Writer
    papers: Papers
    pool: Pool
    setup: Setup
    code_key: bytes
    senders: list[Sender]
    pki: Pki | None = None
    """None: `pki init` was not run."""

    def ready(self) -> Pki:
        """Errors: Refused."""
        if self.pki is None:
            raise Refused("addendum.signing_not_set_up")
        return self.pki

    def route(self, employee_id: str) -> tuple[Sender, Contact, Channel] | None:
        """How a code reaches this agent, or None. Blocks."""
        with self.database.read() as connection:
            known = signers.contact(connection, employee_id)
        if known is None:
            return None
        contact = Contact(employee_id, known.language, known.email, known.phone)
        for sender in self.senders:
            channel = sender.channel(contact)
            if channel is not None:
                return sender, contact, channel
        return None

    async def send_code(self, document_id: str, employee_id: str, now: datetime) -> CodeSent:
        """Errors: Refused."""
        self.ready()

        def look() -> tuple[Sender, Contact, Channel] | None:
            with self.database.read() as connection:
                _open(papers_room.require(connection, document_id, employee_id))
            return self.route(employee_id)

        found = await asyncio.to_thread(look)
        if found is None:
            raise Refused("addendum.no_channel")
        sender, contact, channel = found
        code = codes.new_code()
        hashed = codes.code_hash(self.code_key, document_id, code)

        def keep(connection: Connection) -> one_time.Wait | None:
            wait = one_time.keep(connection, document_id, hashed, channel, now)
            if wait is None:
                addenda.log(connection, document_id, "code_sent", {"channel": channel.kind, "to": channel.masked}, now)
            return wait

        wait = await self.writer.run(keep)
        if wait is not None:
            raise Refused("addendum.rate_limited", retry_after=wait.seconds)
        try:
            await asyncio.to_thread(sender.send, contact, code, now)
        except SendError as error:
            _log.error("no code for %s: %s", employee_id, error)
            await self.writer.run(lambda connection: _not_sent(connection, document_id, hashed, now))
            raise Refused("addendum.code_not_sent", retry_after=10) from error
        return CodeSent(channel, int(codes.LIFE.total_seconds()), codes.TRIES, int(codes.RESEND.total_seconds()))

    async def prepare(
        self, document_id: str, employee_id: str, device_id: str, request: PrepareRequest, address: str, user_agent: str, now: datetime
    ) -> Prepared:
        """A revision that waits for the device's signature. The same idempotency key gives the same answer. Errors: Refused."""
        self.ready()
        sources = await asyncio.to_thread(self.papers.sources)
        _check_request(request)

        def begin(connection: Connection) -> str | Refused:
            try:
                row = papers_room.require(connection, document_id, employee_id)
            except Refused as refusal:
                return refusal
            known = addenda.transaction_of_key(connection, document_id, device_id, request.idempotency_key)
            if known is not None:
                return str(known.transaction_id)
            try:
                _open(row)
                if request.document_sha256 != row.sha256:
                    raise Refused("addendum.document_changed")
                if request.consent.version != sources.consent.version:
                    raise Refused("addendum.consent_changed")
                if len({page.page for page in request.reading.pages if 1 <= page.page <= row.pages}) < row.pages:
                    raise Refused("addendum.reading_incomplete")
                certificates.usable(connection, request.certificate, employee_id, now)
            except Refused as refusal:
                return refusal  # returned, not raised: a refusal must not undo the group's other writes
            hashed = codes.code_hash(self.code_key, document_id, codes.normalise(request.code))
            tried = one_time.check(connection, document_id, hashed, now)
            if tried.problem or tried.channel is None:
                addenda.log(connection, document_id, tried.problem.removeprefix("addendum."), {"tries_left": tried.tries_left}, now)
                wait = one_time.wait_s(connection, document_id, now) if tried.problem == "addendum.code_locked" else None
                left = tried.tries_left if tried.problem == "addendum.code_wrong" else None
                return Refused(tried.problem, retry_after=wait, tries_left=left)
            agent = agents_store.find(connection, employee_id)
            _, chain_head, chain_sequence = signers.machine_of(connection, device_id)
            language = request.consent.language
            facts = TransactionFacts(
                address=address,
                user_agent=user_agent[:200],
                channel=tried.channel,
                code_sent_at=tried.sent_at,
                code_confirmed_at=clock.text(now),
                consent_text=sources.consent.texts.get(language, sources.consent.texts["fr"]),
                signed_for=agent.name if agent is not None else employee_id,
                chain_head=chain_head,
                chain_sequence=chain_sequence,
            )
            transaction_id = secrets.token_urlsafe(24)
            addenda.begin(
                connection,
                {
                    "transaction_id": transaction_id,
                    "document_id": document_id,
                    "device_id": device_id,
                    "idempotency_key": request.idempotency_key,
                    "certificate": request.certificate,
                    "request": msgspec.json.encode(msgspec.structs.replace(request, code="")).decode(),
                    "facts": msgspec.json.encode(facts).decode(),
                    "expires_at": clock.text(now + LIFE),
                },
                now,
            )
            addenda.log(connection, document_id, "code_confirmed", {"device": device_id, "address": address}, now)
            addenda.log(
                connection, document_id, "consented", {"version": request.consent.version, "language": request.consent.language}, now
            )
            return transaction_id

        begun = await self.writer.run(begin)
        if isinstance(begun, Refused):
            raise begun
        return await self._prepared(begun, now)

    async def _prepared(self, transaction_id: str, now: datetime) -> Prepared:
        """The revision of a transaction, made if the server stopped before it was."""

        def load() -> tuple[Row[Any], Row[Any], bytes, str]:
            with self.database.read() as connection:
                row = addenda.transaction(connection, transaction_id)
                if row is None or row.state == addenda.REPLACED:
                    raise Refused("addendum.transaction_expired")
                document = papers_room.require_any(connection, row.document_id)
                given = signers.find(connection, row.certificate)
                base = addenda.pdf_of(connection, row.document_id) if row.state == addenda.CONFIRMED else b""
                return row, document, base, given.pem if given is not None else ""

        row, document, base, pem = await asyncio.to_thread(load)
        if row.state == addenda.TAKEN:
            raise Refused("addendum.already_signed")
        if row.expires_at <= clock.text(now):
            raise Refused("addendum.transaction_expired")
        if row.state == addenda.CONFIRMED:
            request = msgspec.json.decode(row.request, type=PrepareRequest)
            facts = msgspec.json.decode(row.facts, type=TransactionFacts)
            box = papers_room.box_of(msgspec.json.decode(document.facts, type=papers_room.Facts).agent_box)
            caption = appearance.Caption(
                facts.signed_for, local_time(now, self.setup.time_zone), document.document_id, document.sha256, box.width, box.height
            )
            ready, attributes = await self.pool.run(
                agent_revision, base, request.appearance, caption, facts.signed_for, self.setup.location, now, pem
            )
            kept = await self.writer.run(
                lambda connection: _keep_prepared(connection, transaction_id, document.document_id, ready, attributes, now)
            )
            if kept:
                return _answer(transaction_id, document.sha256, attributes, ready.digest.hex(), row.expires_at, now)
            row, document, _, _ = await asyncio.to_thread(load)  # another request with the same key was first
        return _answer(transaction_id, document.sha256, bytes(row.attributes), row.digest, row.expires_at, now)

    def prepared_pdf(self, document_id: str, employee_id: str, device_id: str, transaction_id: str) -> bytes:
        """What the device is about to sign, for its own check. Blocks. Errors: Refused."""
        with self.database.read() as connection:
            papers_room.require(connection, document_id, employee_id)
            row = _transaction(connection, transaction_id, document_id, device_id)
            if row.prepared is None:
                raise Refused("addendum.transaction_expired")
            return ready_of(connection, row).pdf

    async def take(self, document_id: str, employee_id: str, device_id: str, request: FinishRequest, now: datetime) -> None:
        """The device's signature is verified and kept: from here on the agent has signed. Again with a signature already taken does
        nothing. Errors: Refused."""
        pki = self.ready()
        try:
            signature = base64.b64decode(request.signature, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Refused("addendum.signature_invalid", "not base64") from error

        def take(connection: Connection) -> Refused | None:
            try:
                document = papers_room.require(connection, document_id, employee_id)
                row = _transaction(connection, request.transaction, document_id, device_id)
                given = signers.find(connection, row.certificate)
                if given is None or row.attributes is None:
                    raise Refused("addendum.transaction_unknown")
                public = x509.load_pem_x509_certificate(given.pem.encode()).public_key()
                if not verify(public, signature, bytes(row.attributes)):
                    raise Refused("addendum.signature_invalid")
                if row.state == addenda.TAKEN:
                    return None
                if row.state == addenda.REPLACED or row.expires_at <= clock.text(now):
                    raise Refused("addendum.transaction_expired")
                _open(document)
                certificates.usable(connection, row.certificate, employee_id, now)
            except Refused as refusal:
                return refusal
            crl = pki.issuing_crl(certificates.revoked_list(connection), now)
            if not addenda.take_signature(connection, document_id, request.transaction, signature, crl, now):
                return Refused("addendum.already_signed")
            facts = {"certificate": row.certificate, "signature_sha256": hashlib.sha256(signature).hexdigest()}
            addenda.log(connection, document_id, "signed_by_agent", facts, now)
            return None

        refusal = await self.writer.run(take)
        if refusal is not None:
            raise refusal


def agent_revision(
    base: bytes, look: Appearance, caption: appearance.Caption, name: str, location: str, now: datetime, pem: str
) -> tuple[ToSign, bytes]:
    """In a process of the pool: what is appended to `base`, and the attributes to sign."""
    drawn = appearance.agent(look, caption)
    signer = Signer(AGENT_FIELD, name, "Lu et approuvé", location, now.replace(microsecond=0), drawn, certify=True)
    ready = to_sign(base, signer)
    return appended(ready, base), cms.attributes(ready.digest, cms.of_pem(pem))


def local_time(now: datetime, zone: str) -> str:
    """`24/11/2026 09:41 (+01:00)`."""
    try:
        local = now.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):  # no such zone on this machine
        local = now.astimezone(UTC)
    offset = f"{local:%z}"
    return f"{local:%d/%m/%Y %H:%M} ({offset[:3]}:{offset[3:5]})"


def _open(document: Row[Any]) -> None:
    if document.state in (addenda.SIGNED, addenda.PENDING):
        raise Refused("addendum.already_signed")
    if document.state == addenda.SUPERSEDED:
        raise Refused("addendum.document_changed")


def ready_of(connection: Connection, row: Row[Any]) -> ToSign:
    """What a transaction prepared, whole."""
    appendix = ToSign(bytes(row.prepared), bytes.fromhex(row.digest), row.place_start, row.place_end)
    return whole(addenda.pdf_of(connection, row.document_id), appendix)


def _transaction(connection: Connection, transaction_id: str, document_id: str, device_id: str) -> Row[Any]:
    """Errors: Refused."""
    row = addenda.transaction(connection, transaction_id) if "\0" not in transaction_id else None  # PostgreSQL's text holds no NUL
    return _own(row, document_id, device_id)


def _own(row: Row[Any] | None, document_id: str, device_id: str) -> Row[Any]:
    if row is None or row.document_id != document_id or row.device_id != device_id:
        raise Refused("addendum.transaction_unknown")
    return row


def _check_request(request: PrepareRequest) -> None:
    """Errors: Refused, ContractError."""
    if not 16 <= len(request.idempotency_key) <= 64 or not request.idempotency_key.isprintable():
        raise ContractError("request.malformed", "idempotency_key: 16 to 64 characters")
    texts = (
        *msgspec.structs.astuple(request.device),
        request.reading.opened,
        request.reading.ended,
        request.consent.language,
        request.certificate,
    )
    if any(len(text) > _MAX_TEXT or "\0" in text for text in texts):
        raise ContractError("request.malformed", "a text that is too long")
    if len(request.reading.pages) > 1000 or any(not 0 <= page.seconds <= _MAX_SECONDS for page in request.reading.pages):
        raise Refused("addendum.reading_incomplete", "seconds out of range")
    try:
        appearance.check(request.appearance)
    except appearance.AppearanceError as error:
        raise Refused("addendum.appearance_invalid", str(error)) from error


def _answer(transaction_id: str, sha256: str, attributes: bytes, digest: str, expires_at: str, now: datetime) -> Prepared:
    return Prepared(
        transaction=transaction_id,
        signed_attributes=base64.b64encode(attributes).decode(),
        document_sha256=sha256,
        prepared_digest=digest,
        expires_in_s=max(0, int(((clock.parse(expires_at) or now) - now).total_seconds())),
    )


def _keep_prepared(connection: Connection, transaction_id: str, document_id: str, ready: ToSign, attributes: bytes, now: datetime) -> bool:
    values = {
        "prepared": ready.pdf,
        "digest": ready.digest.hex(),
        "place_start": ready.start,
        "place_end": ready.end,
        "attributes": attributes,
    }
    if not addenda.prepared(connection, transaction_id, values):
        return False
    addenda.log(connection, document_id, "prepared", {"digest": ready.digest.hex()}, now)
    return True


def _not_sent(connection: Connection, document_id: str, hashed: str, now: datetime) -> None:
    one_time.not_sent(connection, document_id, hashed, now)
    addenda.log(connection, document_id, "code_not_sent", {}, now)

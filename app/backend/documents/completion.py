"""After the agent's signature: its time stamp, the employer's seal with the validation material, the audit record.

Each part is kept as soon as it is there and is never made twice; a stop at any point is taken up again by `run`, the background task.
"""

import asyncio
import hashlib
import logging
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import msgspec
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import Connection, Row

from app.backend import clock
from app.backend.documents import appearance, audits, certificates, cms
from app.backend.documents import papers as papers_room
from app.backend.documents.fields import EMPLOYER_FIELD
from app.backend.documents.pdf_revisions import Material, Signer, ToSign, appended, filled, to_sign, whole
from app.backend.documents.pki import Pki
from app.backend.documents.signing import Signing, local_time, ready_of
from app.backend.documents.signing_keys import PkiError
from app.backend.documents.timestamps import Source, TimeStampError
from app.backend.store import addenda, signers
from app.contracts.addendum import Finished
from app.contracts.audit import AuditRecord

AGAIN_S = 20.0
"""How often what waits is tried again."""
STEP_LIMIT_S = 30.0
QUIET_S = 20.0
"""An audit record waits this long for a pause in the signing, then takes its turn."""
SETTLE_S = 0.5
_REVISIONS = 2
_log = logging.getLogger(__name__)


class AuditPaper(Protocol):
    def __call__(self, record: AuditRecord) -> bytes:
        """The unsigned audit PDF, tagged, with an empty field `audits.FIELD`; runs in the pool."""
        ...


@dataclass
class Completion:
    signing: Signing
    source: Source
    company: Callable[[], str]
    """The employer's name as documents say it. Blocks."""
    audit_paper: AuditPaper | None = None
    _busy: "weakref.WeakValueDictionary[str, asyncio.Lock]" = field(default_factory=weakref.WeakValueDictionary)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def finish(self, document_id: str, now: datetime, limit_s: float = 8.0) -> Finished:
        """Complete a signed document if that goes quickly; otherwise it is done in the background. Says where it stands."""
        try:
            async with asyncio.timeout(limit_s):
                await self.complete(document_id)
        except (TimeStampError, PkiError, TimeoutError) as error:
            _log.warning("%s is signed and waits: %s", document_id, error or type(error).__name__)
        self._wake.set()  # the audit record is left to the background
        return await asyncio.to_thread(self.standing, document_id)

    def standing(self, document_id: str) -> Finished:
        """Blocks."""
        with self.signing.database.read() as connection:
            row = papers_room.require_any(connection, document_id)
            file = addenda.file_of(connection, document_id, "agent")
        stamp = cms.stamp_of(bytes(file.time_stamp)) if file is not None else None
        return Finished(
            state=row.state, final_sha256=row.final_sha256 or "", revisions=row.revisions, signed_at=row.signed_at or "", timestamp=stamp
        )

    async def complete(self, document_id: str) -> None:
        """Time stamp and seal, unless they are there. Errors: TimeStampError, PkiError: try again later."""
        lock = self._busy.setdefault(document_id, asyncio.Lock())
        async with lock:
            await self._complete(document_id)

    async def _complete(self, document_id: str) -> None:
        signing, pki = self.signing, self.signing.ready()

        def load() -> tuple[Row[Any], Row[Any] | None, ToSign | None, str, bytes, str]:
            pki.require_current(clock.now())
            with signing.database.read() as connection:
                document = papers_room.require_any(connection, document_id)
                row = addenda.signed_transaction(connection, document_id)
                given = signers.find(connection, row.certificate) if row is not None else None
                ready = ready_of(connection, row) if row is not None and row.prepared is not None else None
                revoked = certificates.revoked_list(connection)
            crl = pki.issuing_crl(revoked, clock.now())
            if row is not None and given is not None and given.revoked is not None:
                crl = bytes(row.crl)  # the agent's was revoked since: as it stood when the signature was taken
            return document, row, ready, given.pem if given is not None else "", crl, self.company()

        document, row, ready, pem, crl, company = await asyncio.to_thread(load)
        if document.state != addenda.PENDING or row is None or ready is None:
            return
        signature = bytes(row.signature)
        token = bytes(row.time_stamp) if row.time_stamp is not None else b""
        if not token:
            made = await self._stamp(hashlib.sha256(signature).digest())
            token = await signing.writer.run(lambda connection: self._keep(connection, row, made))
        certificate = x509.load_pem_x509_certificate(pem.encode())
        above = [cms.loaded(one) for one in pki.chain()]
        agent = filled(ready, cms.signed(signature, bytes(row.attributes), cms.loaded(certificate), above, time_stamp=token))
        material = await self._material(pki, certificate, token, crl)
        now = clock.now()
        appendix = await signing.pool.run(
            employer_revision,
            agent,
            appearance.Caption(
                company,
                local_time(now, signing.setup.time_zone),
                document_id,
                document.sha256,
                *_size(document),
            ),
            signing.setup.location,
            now,
            material,
        )
        final, seal_token = await self._sealed(pki, whole(agent, appendix), above)
        digest = hashlib.sha256(final).hexdigest()
        files = [
            {"what": "agent", "sha256": hashlib.sha256(agent).hexdigest(), "size": len(agent), "time_stamp": token},
            {"what": "employer", "sha256": digest, "size": len(final), "time_stamp": seal_token, "pdf": final},
        ]

        def keep(connection: Connection) -> None:
            if addenda.complete(connection, document_id, files, digest, _REVISIONS, clock.now()):
                addenda.log(connection, document_id, "sealed", {"sha256": digest, "agent_sha256": files[0]["sha256"]}, clock.now())

        await signing.writer.run(keep)

    async def audit(self, document_id: str) -> None:
        """The audit record as a sealed PDF, unless there is one. Errors: TimeStampError, PkiError, ContractError."""
        if self.audit_paper is None:
            return
        signing, pki = self.signing, self.signing.ready()

        def load() -> AuditRecord | None:
            with signing.database.read() as connection:
                if addenda.file_of(connection, document_id, "audit") is not None:
                    return None
                return audits.audit_of(connection, pki, document_id)

        record = await asyncio.to_thread(load)
        if record is None:
            return
        crl = await asyncio.to_thread(self._crl, pki)
        own = Material([one.public_bytes(Encoding.DER) for one in (pki.tsa.certificate, pki.seal.certificate, *pki.chain())], [])
        material = Material(own.certificates, [crl, *pki.upper_crls])
        ready = await signing.pool.run(audits.revision, self.audit_paper, record, signing.setup.location, clock.now(), material)
        signed, _ = await self._sealed(pki, ready, [cms.loaded(one) for one in pki.chain()])
        digest = hashlib.sha256(signed).hexdigest()
        await signing.writer.run(lambda connection: addenda.add_audit(connection, document_id, signed, digest, clock.now()))

    async def run(self) -> None:
        """The background task: what waits is completed, at once after a start and whenever it may go. Ends when it is cancelled."""
        self._wake.set()
        while True:
            try:
                async with asyncio.timeout(AGAIN_S):
                    await self._wake.wait()
            except TimeoutError:
                pass
            await asyncio.sleep(SETTLE_S)  # many who sign at once are one round
            self._wake.clear()
            try:
                if self.signing.pki is not None:
                    await self.catch_up()
            except Exception:  # the task is the only one that completes: whatever it was, it tries again
                _log.exception("what waits for its seal was not completed")

    async def catch_up(self) -> int:
        """One round. Returns how many still wait."""
        waiting = await asyncio.to_thread(self._unfinished)
        left = 0
        for document_id in waiting:
            try:
                async with asyncio.timeout(STEP_LIMIT_S):
                    await self.complete(document_id)
                async with asyncio.timeout(STEP_LIMIT_S + QUIET_S):
                    await self.signing.pool.quiet(QUIET_S)
                    await self.audit(document_id)
            except TimeStampError as error:
                _log.warning("no time stamp (%s): %d documents wait", error, len(waiting) - left)
                return len(waiting) - left
            except Exception as error:  # one document that cannot be completed must not hold up the others
                _log.error("%s waits: %s", document_id, error or type(error).__name__, exc_info=error)
                left += 1
        return left

    def _unfinished(self) -> list[str]:
        with self.signing.database.read() as connection:
            return addenda.unfinished(connection, 500)

    async def _stamp(self, digest: bytes) -> bytes:
        return await asyncio.to_thread(self.source.stamp, digest, clock.now())

    def _keep(self, connection: Connection, row: Row[Any], token: bytes) -> bytes:
        kept = addenda.keep_time_stamp(connection, row.transaction_id, token)
        if kept == token:
            stamp = cms.stamp_of(token)
            addenda.log(connection, row.document_id, "time_stamped", {"serial": stamp.serial, "time": stamp.time}, clock.now())
        return kept

    def _crl(self, pki: Pki) -> bytes:
        with self.signing.database.read() as connection:
            revoked = certificates.revoked_list(connection)
        pki.root_crl(clock.now())
        return pki.issuing_crl(revoked, clock.now())

    async def _material(self, pki: Pki, agent: x509.Certificate, token: bytes, crl: bytes) -> Material:
        other = await asyncio.to_thread(self.source.material, token, clock.now())
        own = [one.public_bytes(Encoding.DER) for one in (agent, pki.tsa.certificate, pki.seal.certificate, *pki.chain())]
        return Material(list(dict.fromkeys([*own, *other.certificates])), list(dict.fromkeys([crl, *pki.upper_crls, *other.crls])))

    async def _sealed(self, pki: Pki, ready: ToSign, above: list[asn1.Certificate]) -> tuple[bytes, bytes]:
        """The file with the seal and its time stamp in place, and that time stamp."""
        certificate = cms.loaded(pki.seal.certificate)
        attributes = cms.attributes(ready.digest, certificate)
        signature = await asyncio.to_thread(pki.seal.key.sign, attributes)
        token = await self._stamp(hashlib.sha256(signature).digest())
        return filled(ready, cms.signed(signature, attributes, certificate, above, time_stamp=token)), token


def employer_revision(agent: bytes, caption: appearance.Caption, location: str, now: datetime, material: Material) -> ToSign:
    """In a process of the pool: what is appended to `agent`: the validation material, and a place that waits for the seal."""
    drawn = appearance.employer(caption)
    signer = Signer(EMPLOYER_FIELD, caption.name, "Pour l’employeur", location, now.replace(microsecond=0), drawn, certify=False)
    return appended(to_sign(agent, signer, material), agent)


def _size(document: Row[Any]) -> tuple[float, float]:
    box = papers_room.box_of(msgspec.json.decode(document.facts, type=papers_room.Facts).employer_box)
    return box.width, box.height

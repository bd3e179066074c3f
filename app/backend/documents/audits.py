"""The audit record: everything that is stored of one signature, put together; and its PDF with the seal to come."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from sqlalchemy import Connection

from app.backend import clock
from app.backend.documents import cms
from app.backend.documents.fields import PROOF_FIELD, Field, with_fields
from app.backend.documents.pdf_revisions import Material, Signer, ToSign, to_sign
from app.backend.documents.pki import Pki
from app.backend.documents.refusals import Refused
from app.backend.documents.shapes import Box
from app.backend.documents.signing import TransactionFacts
from app.backend.store import addenda, signers
from app.contracts.addendum import PrepareRequest
from app.contracts.audit import AuditRecord, CertificateFacts, DeviceRecord, ReadingFacts, Revision
from app.contracts.enrolment import MachineFacts

FIELD = PROOF_FIELD


def audit_of(connection: Connection, pki: Pki, document_id: str) -> AuditRecord:
    """The record of a signed and sealed document. Errors: Refused `addendum.not_signed`."""
    document = addenda.find(connection, document_id)
    row = addenda.signed_transaction(connection, document_id)
    agent, employer = (addenda.file_of(connection, document_id, what) for what in ("agent", "employer"))
    given = signers.find(connection, row.certificate) if row is not None else None
    if document is None or row is None or agent is None or employer is None or given is None:
        raise Refused("addendum.not_signed")
    request = msgspec.json.decode(row.request, type=PrepareRequest)
    facts = msgspec.json.decode(row.facts, type=TransactionFacts)
    machine_text, _, _ = signers.machine_of(connection, row.device_id)
    machine = msgspec.json.decode(machine_text, type=MachineFacts)
    log = addenda.log_of(connection, document_id)
    stamp = cms.stamp_of(bytes(agent.time_stamp))
    return AuditRecord(
        document_id=document_id,
        template=document.template,
        template_version=document.template_version,
        company=pki.company,
        employee_id=document.employee_id,
        name=facts.signed_for,
        signed_at=document.signed_at,
        revisions=[
            Revision("offered", document.sha256, document.size, document.created_at),
            Revision("agent", agent.sha256, agent.size, document.signed_at, stamp),
            Revision("employer", employer.sha256, employer.size, employer.at, cms.stamp_of(bytes(employer.time_stamp))),
        ],
        reading=ReadingFacts(
            request.reading.opened,
            request.reading.ended,
            request.reading.pages,
            round(sum(page.seconds for page in request.reading.pages), 1),
        ),
        consent_version=request.consent.version,
        consent_language=request.consent.language,
        consent_text=facts.consent_text,
        appearance=request.appearance.kind,
        channel_kind=facts.channel.kind,
        channel_masked=facts.channel.masked,
        code_sent_at=facts.code_sent_at,
        code_confirmed_at=facts.code_confirmed_at,
        agent_certificate=facts_of(x509.load_pem_x509_certificate(given.pem.encode())),
        seal_certificate=facts_of(pki.seal.certificate),
        timestamp=stamp,
        device=DeviceRecord(
            row.device_id,
            request.device.os or machine.os,
            request.device.app_version,
            machine.host_name,
            facts.address,
            facts.user_agent,
            request.device.time,
            request.device.time_zone,
        ),
        event_chain_head=facts.chain_head,
        event_chain_sequence=facts.chain_sequence,
        log=log,
        log_head=log[-1].hash if log else "",
    )


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    serials = certificate.subject.get_attributes_for_oid(x509.NameOID.SERIAL_NUMBER)
    return CertificateFacts(
        subject=certificate.subject.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        sha256=certificate.fingerprint(hashes.SHA256()).hex(),
        issuer=certificate.issuer.rfc4514_string(),
        not_before=clock.text(certificate.not_valid_before_utc),
        not_after=clock.text(certificate.not_valid_after_utc),
        subject_serial=str(serials[0].value) if serials else "",
    )


def revision(paper: Callable[[AuditRecord], bytes], record: AuditRecord, location: str, now: datetime, material: Material) -> ToSign:
    """In a process of the pool: the audit PDF with an invisible field, waiting for the seal."""
    label = "Cachet de l’employeur · ختم المشغل"
    base = with_fields(paper(record), [Field(FIELD, label, Box(1, 0, 0, 0, 0))])
    signer = Signer(FIELD, record.company, "Journal de preuve", location, now.replace(microsecond=0), None, certify=True)
    return to_sign(base, signer, material)

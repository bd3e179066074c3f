"""Certificates for agents' devices: issued once a key, the earlier one revoked; and the CRL that says so."""

import hashlib
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Connection

from app.backend import clock
from app.backend.documents import pki as pki_room
from app.backend.documents.pki import Pki
from app.backend.documents.profiles import Revoked
from app.backend.documents.refusals import Refused
from app.backend.store import signers
from app.contracts.addendum import CertificateChain

_MAX_CSR = 8 * 1024
_FRESH = timedelta(days=30)
"""A certificate that ends sooner is no answer to a new request."""


class Asked:
    """A certificate request whose own signature proved the key. Errors: Refused `addendum.csr_invalid`."""

    def __init__(self, pem: str) -> None:
        try:
            if len(pem) > _MAX_CSR:
                raise Refused("addendum.csr_invalid", "too long")
            csr = x509.load_pem_x509_csr(pem.encode())
            valid, public = csr.is_signature_valid, csr.public_key()
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise Refused("addendum.csr_invalid", "not a certificate request") from error
        if not isinstance(public, ec.EllipticCurvePublicKey) or public.curve.name != "secp256r1":
            raise Refused("addendum.csr_invalid", "not an EC P-256 key")
        if not valid:
            raise Refused("addendum.csr_invalid", "its signature does not prove the key")
        self.public = public
        self.key_sha256 = hashlib.sha256(self.public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def issue(connection: Connection, pki: Pki, asked: Asked, employee_id: str, device_id: str, now: datetime) -> CertificateChain | Refused:
    """The chain for this key, made when it has none. A refusal is returned: the group commit goes on. Errors: PkiError (a token away)."""
    contact = signers.contact(connection, employee_id)
    if contact is None:
        return Refused("addendum.not_offered")
    given = signers.of_key(connection, employee_id, asked.key_sha256)
    if given is None:
        made = pki.agent_certificate(contact.name, employee_id, contact.email, asked.public, now)
        given = signers.give(
            connection,
            employee_id,
            device_id,
            sha256=hashlib.sha256(made.public_bytes(Encoding.DER)).hexdigest(),
            serial=f"{made.serial_number:x}",
            key_sha256=asked.key_sha256,
            pem=pki_room.pem(made),
            not_after=clock.text(made.not_valid_after_utc),
            now=now,
        )
    if given.revoked is not None:
        return Refused("addendum.certificate_revoked", given.revoked[1])
    if given.not_after <= clock.text(now + _FRESH):
        return Refused("addendum.certificate_expired")
    return CertificateChain([given.pem, *map(pki_room.pem, pki.chain())], given.sha256, given.not_after)


def usable(connection: Connection, sha256: str, employee_id: str, now: datetime) -> signers.Given:
    """The agent's own certificate, good now. Errors: Refused."""
    given = signers.find(connection, sha256)
    if given is None or given.employee_id != employee_id:
        raise Refused("addendum.certificate_unknown")
    if given.revoked is not None:
        raise Refused("addendum.certificate_revoked", given.revoked[1])
    if given.not_after <= clock.text(now):
        raise Refused("addendum.certificate_expired")
    return given


def revoked_list(connection: Connection) -> list[Revoked]:
    return [Revoked(int(serial, 16), clock.parse(at) or clock.now(), reason) for serial, at, reason in signers.revoked(connection)]

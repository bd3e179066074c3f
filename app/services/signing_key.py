"""The agent's signing key: EC P-256, made on this PC, kept in its keyring and nowhere else; and the certificate the company gave it."""

import base64
import logging
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.contracts.addendum import CertificateChain
from app.core.addendum import AddendumError
from app.services.journeys import write_atomically
from app.services.secrets import Secrets

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

log = logging.getLogger(__name__)
_LONGEST_CHAIN = 6


@dataclass(frozen=True)
class SigningIdentity:
    """A key and its certificate. `sha256` is the certificate's fingerprint (DER, hex)."""

    key: "EllipticCurvePrivateKey"
    sha256: str

    def sign(self, data: bytes) -> bytes:
        """ECDSA with SHA-256, DER (RFC 3279 section 2.2.3)."""
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.hazmat.primitives.hashes import SHA256

        return self.key.sign(data, ec.ECDSA(SHA256()))


class SigningKey:
    """One agent's. `cryptography`'s X.509 part is imported at the first use: nobody else needs it at start."""

    def __init__(self, secrets: Secrets, name: str, file: Path) -> None:
        """`name` is what the key is called in the keyring, `file` where the certificate is kept (it is no secret)."""
        self._secrets = secrets
        self._name = name
        self._file = file

    def identity(self, employee_id: str) -> SigningIdentity | None:
        """Key and certificate that belong together; None: a certificate must be asked for."""
        key = self._key()
        if key is None:
            return None
        try:
            chain = msgspec.json.decode(self._file.read_bytes(), type=CertificateChain)
            return self._checked(key, chain, employee_id)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, AddendumError) as error:
            log.info("no usable signing certificate: %s", error)
            return None

    def request(self, employee_id: str) -> str:
        """A PKCS#10 request (PEM) of a new key, which replaces any other."""
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
        from cryptography.x509.oid import NameOID

        key = ec.generate_private_key(ec.SECP256R1())
        private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self._secrets.set(self._name, base64.b64encode(private).decode())
        subject = x509.Name([x509.NameAttribute(NameOID.SERIAL_NUMBER, employee_id[:64] or "agent")])
        request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
        return request.public_bytes(serialization.Encoding.PEM).decode()

    def adopt(self, chain: CertificateChain, employee_id: str) -> SigningIdentity:
        """Keep the certificate that was given for the key. Errors: AddendumError `addendum.certificate_refused`."""
        key = self._key()
        if key is None:
            raise AddendumError("addendum.certificate_refused", error="the key is gone")
        identity = self._checked(key, chain, employee_id)
        try:
            write_atomically(self._file, msgspec.json.encode(chain))
        except OSError as error:
            log.warning("the signing certificate is not kept, it will be asked for again: %s", error)
        return identity

    def has_key(self) -> bool:
        return self._key() is not None

    def _key(self) -> "EllipticCurvePrivateKey | None":
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ec

        text = self._secrets.get(self._name)
        if not text:
            return None
        try:
            key = serialization.load_der_private_key(base64.b64decode(text, validate=True), None)
        except ValueError:
            return None
        return key if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1) else None

    @staticmethod
    def _checked(key: "EllipticCurvePrivateKey", chain: CertificateChain, employee_id: str) -> SigningIdentity:
        """The leaf is of our key, of this person, and each certificate is issued by the next. Its dates are the backend's to judge:
        this PC's clock may be years off.

        Errors: AddendumError `addendum.certificate_refused`.
        """
        from cryptography import x509
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives import hashes
        from cryptography.x509.oid import NameOID

        try:
            certificates = [x509.load_pem_x509_certificate(pem.encode()) for pem in chain.chain[: _LONGEST_CHAIN + 1]]
            if not 2 <= len(certificates) <= _LONGEST_CHAIN:
                raise AddendumError("addendum.certificate_refused", error=f"{len(certificates)} certificates")
            leaf = certificates[0]
            for below, above in pairwise(certificates):
                below.verify_directly_issued_by(above)
            sha256 = leaf.fingerprint(hashes.SHA256()).hex()
            serials = [str(a.value) for a in leaf.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)]
        except (ValueError, TypeError, InvalidSignature, x509.UnsupportedGeneralNameType) as error:
            raise AddendumError("addendum.certificate_refused", error=f"{type(error).__name__}: {error}") from error
        if leaf.public_key() != key.public_key() or sha256 != chain.sha256:
            raise AddendumError("addendum.certificate_refused", error="it is not of this PC's key")
        if serials != [employee_id]:
            raise AddendumError("addendum.certificate_refused", error="it names somebody else")
        return SigningIdentity(key, sha256)

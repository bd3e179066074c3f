"""Certificate and CRL profiles (RFC 5280; ETSI EN 319 412-2 for signers; RFC 3161 section 2.3 for time stamping).

Everything is put together by the library with a throw-away key and signed again by ours: so a key in a PKCS#11 token, which the library
cannot hold, signs the same bytes as one in a file.
"""

import functools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from asn1crypto import core, crl
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from app.backend.documents.signing_keys import Key, PublicKey

_DER = Encoding.DER
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
_BACK = timedelta(minutes=5)  # a reader's clock that is a little behind must not find a certificate of the future
ROOT_DAYS, ISSUING_DAYS, SERVICE_DAYS, AGENT_DAYS = 3650, 1825, 1825, 365
ISSUING_CRL_DAYS, ROOT_CRL_DAYS = 7, 366


@dataclass(frozen=True)
class Issuer:
    certificate: x509.Certificate
    key: Key


def _name(company: str, common_name: str, serial_number: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "MA"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, company[:64])]
    if serial_number:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial_number[:64]))
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64])])


def root(company: str, key: Key, now: datetime) -> x509.Certificate:
    subject = _name(company, f"{company[:50]} Root CA")
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    builder = _builder(subject, subject, key.public_key(), authority, now, ROOT_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(True, 1), True).add_extension(_usage(ca=True), True)
    return _signed(builder, key)


def issuing(company: str, public: PublicKey, issuer: Issuer, crl_url: str, now: datetime) -> x509.Certificate:
    subject = _name(company, f"{company[:50]} Issuing CA")
    builder = _under(issuer, subject, public, crl_url, now, ISSUING_DAYS)
    builder = builder.add_extension(x509.BasicConstraints(True, 0), True).add_extension(_usage(ca=True), True)
    return _signed(builder, issuer.key)


def time_stamping(company: str, public: PublicKey, issuer: Issuer, crl_url: str, now: datetime) -> x509.Certificate:
    """RFC 3161 section 2.3: extended key usage time stamping alone, and critical."""
    builder = _leaf(issuer, _name(company, f"{company[:40]} Time Stamping"), public, crl_url, now, SERVICE_DAYS)
    builder = builder.add_extension(_usage(signature=True), True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    return _signed(builder, issuer.key)


def seal(company: str, public: PublicKey, issuer: Issuer, crl_url: str, now: datetime) -> x509.Certificate:
    """The employer's seal: a signature of the company, of no person."""
    builder = _leaf(issuer, _name(company, company), public, crl_url, now, SERVICE_DAYS)
    builder = builder.add_extension(_usage(signature=True, commitment=True), True)
    # E-mail protection besides: NSS (pdfsig, Firefox) accepts no other purpose for a signature.
    builder = builder.add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    return _signed(builder, issuer.key)


def agent(
    company: str, name: str, employee_id: str, email: str, public: PublicKey, issuer: Issuer, crl_url: str, now: datetime
) -> x509.Certificate:
    """A person's certificate: the subject's serialNumber is the employee id, which no other agent has."""
    builder = _leaf(issuer, _name(company, name, employee_id), public, crl_url, now, AGENT_DAYS)
    builder = builder.add_extension(_usage(signature=True, commitment=True), True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), False)
    if email and email.isascii():
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.RFC822Name(email)]), False)
    return _signed(builder, issuer.key)


@dataclass(frozen=True)
class Revoked:
    serial: int
    at: datetime
    reason: str
    """A name of `x509.ReasonFlags`, such as superseded."""


def revocation_list(issuer: Issuer, revoked: list[Revoked], now: datetime, days: int) -> bytes:
    """A CRL, DER. Its number is the millisecond it was made in, so it grows. Good for `days` days."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(_whole(now - _BACK))
        .next_update(_whole(now + timedelta(days=days)))
        .add_extension(x509.CRLNumber(int(now.timestamp() * 1000)), False)
        .add_extension(_authority(issuer), False)
    )
    for one in sorted(revoked, key=lambda one: one.serial):
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial).revocation_date(_whole(one.at))
        if one.reason != "unspecified":
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags[one.reason]), False)
        builder = builder.add_revoked_certificate(entry.build())
    made = crl.CertificateList.load(builder.sign(_throw_away(), hashes.SHA256()).public_bytes(_DER))
    _resign(made, "tbs_cert_list", "signature", issuer.key)
    return bytes(made.dump(force=True))


def _builder(
    subject: x509.Name, issuer: x509.Name, public: PublicKey, authority: x509.AuthorityKeyIdentifier, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(_whole(now - _BACK))
        .not_valid_after(_whole(now + timedelta(days=days)))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), False)
        .add_extension(authority, False)
    )


def _authority(issuer: Issuer) -> x509.AuthorityKeyIdentifier:
    try:  # a company's own authority may have made its identifier another way (RFC 5280 section 4.2.1.2 leaves it open)
        own = issuer.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    except x509.ExtensionNotFound:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)


def _under(issuer: Issuer, subject: x509.Name, public: PublicKey, crl_url: str, now: datetime, days: int) -> x509.CertificateBuilder:
    # Nothing outlives its issuer: a chain would break before the certificate's own end.
    left = issuer.certificate.not_valid_after_utc - now
    builder = _builder(subject, issuer.certificate.subject, public, _authority(issuer), now, min(days, max(1, left.days)))
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_url)], None, None, None)
    return builder.add_extension(x509.CRLDistributionPoints([point]), False)


def _leaf(issuer: Issuer, subject: x509.Name, public: PublicKey, crl_url: str, now: datetime, days: int) -> x509.CertificateBuilder:
    return _under(issuer, subject, public, crl_url, now, days).add_extension(x509.BasicConstraints(False, None), True)


def _usage(*, ca: bool = False, signature: bool = False, commitment: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signature,
        content_commitment=commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(builder: x509.CertificateBuilder, key: Key) -> x509.Certificate:
    made = asn1.Certificate.load(builder.sign(_throw_away(), hashes.SHA256()).public_bytes(_DER))
    _resign(made, "tbs_certificate", "signature_value", key)
    return x509.load_der_x509_certificate(bytes(made.dump(force=True)))


def _resign(made: core.Sequence, body: str, signature: str, key: Key) -> None:
    algorithm = {"algorithm": "sha256_rsa" if isinstance(key.public_key(), rsa.RSAPublicKey) else "sha256_ecdsa"}
    made[body]["signature"] = algorithm
    made["signature_algorithm"] = algorithm
    made[signature] = key.sign(bytes(made[body].dump(force=True)))


@functools.cache
def _throw_away() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _whole(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)

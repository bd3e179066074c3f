"""The practice gateway's own authority, certificates and keys, made anew at each start: EC P-256, valid for days."""

import datetime
import ipaddress
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Pair:
    """PEM texts."""

    certificate: str
    key: str = field(repr=False)


class Authority:
    def __init__(self, name: str = "Marhaba practice") -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = self._made(self._name, self._key, (), None, (-_DAY, 30 * _DAY), authority=True)

    def server(self, name: str, alternatives: Sequence[str] = ()) -> Pair:
        """`alternatives`: the names and addresses that TLS clients check."""
        return self._pair(name, ExtendedKeyUsageOID.SERVER_AUTH, alternatives, (-_DAY, 30 * _DAY))

    def client(self, name: str, *, expired: bool = False) -> Pair:
        span = (-30 * _DAY, -_DAY) if expired else (-_DAY, 30 * _DAY)
        return self._pair(name, ExtendedKeyUsageOID.CLIENT_AUTH, (), span)

    def _pair(self, name: str, use: x509.ObjectIdentifier, names: Sequence[str], span: tuple[datetime.timedelta, ...]) -> Pair:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._made(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key, names, use, span)
        plain = serialization.NoEncryption()
        return Pair(certificate, key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode())

    def _made(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        names: Sequence[str],
        use: x509.ObjectIdentifier | None,
        span: tuple[datetime.timedelta, ...],
        *,
        authority: bool = False,
    ) -> str:
        now = datetime.datetime.now(datetime.UTC)
        bits = dict.fromkeys(("content_commitment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False)
        signs = {"key_cert_sign": authority, "crl_sign": authority, "digital_signature": not authority, "key_encipherment": False}
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + span[0])
            .not_valid_after(now + span[1])
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .add_extension(x509.KeyUsage(**bits, **signs), critical=True)
        )
        if use is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def static_key() -> str:
    """2048 bits in OpenVPN's own form (tls-crypt, tls-auth)."""
    digits = secrets.token_hex(256)
    rows = [digits[at : at + 32] for at in range(0, 512, 32)]
    return "\n".join(["-----BEGIN OpenVPN Static key V1-----", *rows, "-----END OpenVPN Static key V1-----"]) + "\n"

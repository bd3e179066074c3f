"""The company's certificates: root, issuing, time stamping, seal; opened from `DATA/pki`, as `pki init` or `pki import` left it."""

import itertools
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from app.backend import key_files
from app.backend.documents import profiles
from app.backend.documents.profiles import Issuer, Revoked
from app.backend.documents.signing_keys import Key, PkiError, Token, open_file_key, verify

FOLDER = "pki"
MANIFEST = "pki.json"
ROLES = ("issuing", "tsa", "seal")
_RENEW = timedelta(days=1)


class TokenPlace(msgspec.Struct):
    """Where a PKCS#11 token is. Its PIN lies in a file of its own."""

    module: str
    label: str
    pin_file: str


class Manifest(msgspec.Struct, omit_defaults=True):
    """`pki.json`. `keys`: by role, `file:NAME` in this directory, or `token:LABEL`."""

    schema: int
    company: str
    crl_base: str
    """Public address that CRLs are fetched from, written into every certificate."""
    keys: dict[str, str]
    passphrase_file: str = ""
    token: TokenPlace | None = None
    upper: list[str] = []
    """Certificates above the issuing one, nearest first, the root last."""
    upper_crls: list[str] = []
    """CRLs of those authorities."""


@dataclass
class Pki:
    company: str
    crl_base: str
    issuing: Issuer
    tsa: Issuer
    seal: Issuer
    upper: list[x509.Certificate]
    """Above the issuing one, nearest first, the root last."""
    upper_crls: list[bytes]
    root_key: Key | None = None
    folder: Path | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _crl: tuple[tuple[int, ...], datetime, bytes] | None = None

    @property
    def root(self) -> x509.Certificate:
        return self.upper[-1]

    @property
    def issuing_crl_url(self) -> str:
        return f"{self.crl_base}/pki/issuing.crl"

    def chain(self) -> list[x509.Certificate]:
        """From the issuing certificate up to the root."""
        return [self.issuing.certificate, *self.upper]

    def issuing_crl(self, revoked: list[Revoked], now: datetime) -> bytes:
        """The issuing authority's CRL (DER), made again when something was revoked since, or a day went by."""
        mark = tuple(sorted(one.serial for one in revoked))
        with self._lock:
            kept = self._crl
            if kept is None or kept[0] != mark or not kept[1] <= now < kept[1] + _RENEW:
                kept = (mark, now, profiles.revocation_list(self.issuing, revoked, now, profiles.ISSUING_CRL_DAYS))
                self._crl = kept
            return kept[2]

    def root_crl(self, now: datetime) -> bytes:
        """The CRL of the authority above the issuing one; renewed in its last quarter where its key is at hand."""
        with self._lock:
            if self.root_key is not None and self.folder is not None and len(self.upper) == 1:
                current = x509.load_der_x509_crl(self.upper_crls[0])
                end = current.next_update_utc
                if end is None or now > end - timedelta(days=profiles.ROOT_CRL_DAYS / 4):
                    self.upper_crls[0] = profiles.revocation_list(Issuer(self.root, self.root_key), [], now, profiles.ROOT_CRL_DAYS)
                    key_files.write_private_bytes(self.folder / "root.crl", self.upper_crls[0])
            return self.upper_crls[0]

    def crls(self, revoked: list[Revoked], now: datetime) -> list[bytes]:
        self.root_crl(now)
        return [self.issuing_crl(revoked, now), *self.upper_crls]

    def require_current(self, now: datetime) -> None:
        """That nothing has run out: a seal made then would prove nothing. Newer CRLs laid down meanwhile are taken up. Errors: PkiError."""
        for certificate in (self.seal.certificate, self.tsa.certificate, *self.chain()):
            if certificate.not_valid_after_utc <= now:
                raise PkiError(f"{certificate.subject.rfc4514_string()} ended on {certificate.not_valid_after_utc:%Y-%m-%d}")
        self.root_crl(now)
        if self._stale(now) is not None and self.folder is not None:
            newer = [read_crl(self.folder / name) for name in read_manifest(self.folder).upper_crls]
            with self._lock:
                self.upper_crls[:] = newer
        if (stale := self._stale(now)) is not None:
            raise PkiError(
                f"the CRL of {stale.subject.rfc4514_string()} ended: lay down a newer one (pki upper-crl, or root.key for one start)"
            )

    def _stale(self, now: datetime) -> x509.Certificate | None:
        """An authority whose CRL has ended."""
        for authority, der in zip(self.upper, self.upper_crls, strict=True):
            end = x509.load_der_x509_crl(der).next_update_utc
            if end is not None and end <= now:
                return authority
        return None

    def agent_certificate(
        self, name: str, employee_id: str, email: str, public: ec.EllipticCurvePublicKey, now: datetime
    ) -> x509.Certificate:
        """Errors: PkiError when a token is away."""
        return profiles.agent(self.company, name, employee_id, email, public, self.issuing, self.issuing_crl_url, now)


def exists(data: Path) -> bool:
    return (data / FOLDER / MANIFEST).is_file()


def open_pki(data: Path, passphrase_file: Path | None = None, name: str = FOLDER) -> Pki:
    """Everything loaded and checked against each other. Errors: PkiError, OSError."""
    folder = data / name
    manifest = read_manifest(folder)
    secret = passphrase_file or (_beside(folder, manifest.passphrase_file) if manifest.passphrase_file else None)
    passphrase = read_secret(secret) if secret is not None else None
    token = open_token(manifest.token, folder) if manifest.token is not None else None
    issuers = {role: Issuer(read_certificate(folder / f"{role}.pem"), _key(folder, manifest, role, passphrase, token)) for role in ROLES}
    upper = [read_certificate(folder / name) for name in manifest.upper]
    crls = [read_crl(folder / name) for name in manifest.upper_crls]
    at_hand = "root" in manifest.keys and (manifest.keys["root"].startswith("token:") or (folder / "root.key").exists())
    root_key = _key(folder, manifest, "root", passphrase, token) if at_hand else None
    pki = Pki(manifest.company, manifest.crl_base, issuers["issuing"], issuers["tsa"], issuers["seal"], upper, crls, root_key, folder)
    check(pki)
    return pki


def check(pki: Pki) -> None:
    """That keys fit their certificates, certificates their issuers, and CRLs theirs. Errors: PkiError."""
    for role, issuer in (("issuing", pki.issuing), ("time-stamping", pki.tsa), ("seal", pki.seal)):
        if _spki(issuer.certificate.public_key()) != _spki(issuer.key.public_key()):
            raise PkiError(f"the {role} key does not belong to the {role} certificate")
    authorities = pki.chain()
    for certificate, issuer_certificate in [*itertools.pairwise(authorities), (pki.tsa.certificate, authorities[0])]:
        check_issued(certificate, issuer_certificate)
    check_issued(pki.seal.certificate, authorities[0])
    check_issued(pki.root, pki.root)
    for authority in authorities:
        check_authority(authority)
    for number, der in enumerate(pki.upper_crls):
        authority = pki.upper[number]
        loaded = x509.load_der_x509_crl(der)
        public = authority.public_key()
        if loaded.issuer != authority.subject or not verify(public, loaded.signature, loaded.tbs_certlist_bytes):
            raise PkiError(f"a CRL is not of {authority.subject.rfc4514_string()}")
    if len(pki.upper_crls) != len(pki.upper):
        raise PkiError("each authority above the issuing one needs its CRL: revocation cannot be checked without")


def check_issued(certificate: x509.Certificate, issuer: x509.Certificate) -> None:
    """Errors: PkiError."""
    if certificate.issuer != issuer.subject or not verify(issuer.public_key(), certificate.signature, certificate.tbs_certificate_bytes):
        raise PkiError(f"{certificate.subject.rfc4514_string()} was not issued by {issuer.subject.rfc4514_string()}")


def check_authority(certificate: x509.Certificate) -> None:
    """Errors: PkiError when a certificate may not issue others and their CRLs."""
    name = certificate.subject.rfc4514_string()
    try:
        constraints = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound as error:
        raise PkiError(f"{name}: not the certificate of an authority") from error
    if not constraints.ca or not usage.key_cert_sign or not usage.crl_sign:
        raise PkiError(f"{name}: may not issue certificates and CRLs (basicConstraints, keyUsage)")


def read_manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError as error:
        raise PkiError("there are no certificates yet: run `marhaba backend pki init`") from error
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise PkiError(f"{path}: {error}") from error
    if manifest.schema != 1 or not manifest.upper:
        raise PkiError(f"{path}: of another version of this program")
    return manifest


def read_secret(path: Path) -> bytes:
    """A passphrase or PIN: the first line of a file. Errors: PkiError, OSError."""
    secret = path.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    if not secret:
        raise PkiError(f"{path}: empty")
    return secret.encode()


def open_token(place: TokenPlace, folder: Path) -> Token:
    return Token(place.module, place.label, read_secret(_beside(folder, place.pin_file)).decode())


def read_certificate(path: Path) -> x509.Certificate:
    """The first certificate of a PEM file. Errors: PkiError, OSError."""
    return read_certificates(path)[0]


def read_certificates(path: Path) -> list[x509.Certificate]:
    """Errors: PkiError, OSError."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except ValueError as error:
        raise PkiError(f"{path}: not a certificate in PEM") from error


def read_crl(path: Path) -> bytes:
    """A CRL, DER or PEM, as DER. Errors: PkiError, OSError."""
    raw = path.read_bytes()
    try:
        found = x509.load_pem_x509_crl(raw) if raw.lstrip().startswith(b"-----") else x509.load_der_x509_crl(raw)
    except ValueError as error:
        raise PkiError(f"{path}: not a CRL") from error
    return found.public_bytes(Encoding.DER)


def pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    key_files.write_private(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)).decode() + "\n")


def _key(folder: Path, manifest: Manifest, role: str, passphrase: bytes | None, token: Token | None) -> Key:
    kind, _, name = manifest.keys.get(role, "").partition(":")
    if kind == "file":
        return open_file_key(folder / name, passphrase)
    if kind == "token" and token is not None:
        return token.key(name)
    raise PkiError(f"{folder / MANIFEST}: no key for {role}")


def _beside(folder: Path, name: str) -> Path:
    return folder / name  # an absolute name stays what it is


def _spki(public: object) -> bytes:
    from cryptography.hazmat.primitives.serialization import PublicFormat

    return bytes(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))  # type: ignore[attr-defined]

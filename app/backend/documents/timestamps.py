"""Time stamps (RFC 3161) for signatures: from our own authority, or from one the company names."""

import hashlib
import logging
import secrets
import threading
from datetime import datetime
from pathlib import Path
from typing import Protocol

from asn1crypto import algos, tsp
from asn1crypto import cms as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from app.backend.documents import cms, pki, web
from app.backend.documents.authority import Authority
from app.backend.documents.pdf_revisions import Material
from app.backend.documents.setup import TimeStampSetup
from app.backend.documents.signing_keys import PkiError

_MAX_REPLY, _MAX_CRL = 64 * 1024, 4 * 1024 * 1024
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {"sha256": hashes.SHA256, "sha384": hashes.SHA384, "sha512": hashes.SHA512}
_log = logging.getLogger(__name__)


class TimeStampError(Exception):
    """No time stamp now; the signature waits for one. The message is for the log."""


class Source(Protocol):
    def stamp(self, digest: bytes, now: datetime) -> bytes:
        """A verified token (DER) over a SHA-256 digest. Blocks: call it in a worker thread. Errors: TimeStampError."""
        ...

    def material(self, token: bytes, now: datetime) -> Material:
        """What validates the token, beyond our own certificates and CRLs. Blocks. Errors: TimeStampError."""
        ...


class OwnSource:
    def __init__(self, authority: Authority | None) -> None:
        """None: there are no certificates yet."""
        self._authority = authority

    def stamp(self, digest: bytes, now: datetime) -> bytes:
        if self._authority is None:
            raise TimeStampError("there are no certificates yet")
        try:
            return self._authority.stamp(digest, now)
        except PkiError as error:
            raise TimeStampError(str(error)) from error

    def material(self, token: bytes, now: datetime) -> Material:
        return Material([], [])


class RemoteSource:
    """Every reply is verified before it is believed: status, nonce, imprint, signature, purpose and chain of its certificate."""

    def __init__(self, setup: TimeStampSetup, base: Path) -> None:
        """Errors: PkiError, OSError."""
        self._url, self._timeout_s = setup.url, setup.timeout_s
        self._trust = pki.read_certificates(base / setup.trust)
        self._given = [pki.read_crl(base / name) for name in setup.crls]
        self._fetched: dict[str, bytes] = {}
        self._lock = threading.Lock()

    def stamp(self, digest: bytes, now: datetime) -> bytes:
        nonce = secrets.randbits(63)
        request = tsp.TimeStampReq(
            {
                "version": "v1",
                "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
                "nonce": nonce,
                "cert_req": True,
            }
        )
        try:
            status, body = web.request(
                "POST",
                self._url,
                bytes(request.dump()),
                {"Content-Type": "application/timestamp-query"},
                timeout_s=self._timeout_s,
                limit=_MAX_REPLY,
            )
        except web.WebError as error:
            raise TimeStampError(str(error)) from error
        if status != 200:
            raise TimeStampError(f"HTTP {status}")
        try:
            reply = tsp.TimeStampResp.load(body, strict=True)
            outcome = reply["status"]["status"].native
            if outcome not in ("granted", "granted_with_mods"):
                raise TimeStampError(f"the authority refused: {outcome}")
            token = bytes(reply["time_stamp_token"].dump())
            self._verify(token, digest, nonce)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            raise TimeStampError(f"the reply cannot be read: {type(error).__name__}") from error
        return token

    def material(self, token: bytes, now: datetime) -> Material:
        chain = self._chain(token)
        crls = [self._crl_of(certificate, chain, now) for certificate in chain if certificate.subject != certificate.issuer]
        return Material([one.public_bytes(Encoding.DER) for one in chain], list(dict.fromkeys(crls)))

    def _verify(self, token: bytes, digest: bytes, nonce: int) -> None:
        content = asn1.ContentInfo.load(token)["content"]
        encapsulated = content["encap_content_info"]
        if encapsulated["content_type"].native != "tst_info":
            raise TimeStampError("the reply holds no time-stamp token")
        information = encapsulated["content"].parsed
        imprint = information["message_imprint"]
        if imprint["hash_algorithm"]["algorithm"].native != "sha256" or imprint["hashed_message"].native != digest:
            raise TimeStampError("the token is over something else")
        if information["nonce"].native != nonce:
            raise TimeStampError("the token answers another request")
        (signer,) = content["signer_infos"]
        algorithm = signer["digest_algorithm"]["algorithm"].native
        signed = {one["type"].native: one["values"][0] for one in signer["signed_attrs"]}
        if algorithm not in _HASHES or signed["content_type"].native != "tst_info":
            raise TimeStampError("the token is not signed as it should be")
        if signed["message_digest"].native != hashlib.new(algorithm, bytes(encapsulated["content"])).digest():
            raise TimeStampError("the token was changed")
        certificate = self._chain(token)[0]
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
        if not usage.critical or list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
            raise TimeStampError("the token's certificate is not for time stamping alone")
        moment = information["gen_time"].native
        if not certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc:
            raise TimeStampError("the token's certificate was not valid then")
        attributes = b"\x31" + bytes(signer["signed_attrs"].dump())[1:]
        _check(certificate, signer["signature"].native, attributes, _digest_of(signer["signature_algorithm"], algorithm))

    def _chain(self, token: bytes) -> list[x509.Certificate]:
        """From the token's signer to a trusted root. Errors: TimeStampError."""
        signer = cms.signer_of(token)
        if signer is None:
            raise TimeStampError("the token carries no certificate")
        chain = [x509.load_der_x509_certificate(signer.dump())]
        carried = [x509.load_der_x509_certificate(one.dump()) for one in cms.certificates_of(token)]
        while chain[-1] not in self._trust or chain[-1].subject != chain[-1].issuer:
            above = [one for one in (*self._trust, *carried) if _issued(chain[-1], one)]
            if not above or len(chain) > 5:
                break
            chain.append(above[0])
            if above[0] in self._trust and above[0].subject == above[0].issuer:
                break
        if chain[-1] not in self._trust:
            raise TimeStampError("the token's certificate is not trusted")
        return chain

    def _crl_of(self, certificate: x509.Certificate, chain: list[x509.Certificate], now: datetime) -> bytes:
        issuer = next((one for one in chain if one.subject == certificate.issuer), None)
        if issuer is None:
            raise TimeStampError("a certificate of the chain is missing")
        for der in self._given:
            if _is_crl_of(der, issuer, now):
                return der
        with self._lock:
            for url in _points(certificate):
                der = self._fetched.get(url, b"")
                if der and _is_crl_of(der, issuer, now):
                    return der
                try:
                    _status, der = web.request("GET", url, timeout_s=self._timeout_s, limit=_MAX_CRL)
                except web.WebError as error:
                    _log.warning("CRL: %s", error)
                    continue
                if _is_crl_of(der, issuer, now):
                    self._fetched[url] = der
                    return der
        raise TimeStampError(f"there is no CRL of {issuer.subject.rfc4514_string()}")


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
        pki.check_authority(issuer)
    except (InvalidSignature, ValueError, TypeError, PkiError):
        return False
    return True


def _is_crl_of(der: bytes, issuer: x509.Certificate, now: datetime) -> bool:
    try:
        found = x509.load_der_x509_crl(der)
        good = found.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return False
    return good and found.issuer == issuer.subject and (found.next_update_utc is None or found.next_update_utc > now)


def _points(certificate: x509.Certificate) -> list[str]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return []
    return [name.value for point in points for name in point.full_name or [] if isinstance(name, x509.UniformResourceIdentifier)]


def _digest_of(mechanism: algos.SignedDigestAlgorithm, default: str) -> type[hashes.HashAlgorithm]:
    try:
        return _HASHES[mechanism.hash_algo]
    except (ValueError, KeyError):  # rsaEncryption names no digest: that of the signer's information counts (RFC 3370 section 3.2)
        return _HASHES[default]


def _check(certificate: x509.Certificate, signature: bytes, message: bytes, digest: type[hashes.HashAlgorithm]) -> None:
    public = certificate.public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, message, padding.PKCS1v15(), digest())
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, message, ec.ECDSA(digest()))
        else:
            raise TimeStampError("the token's key is neither RSA nor elliptic-curve")
    except InvalidSignature as error:
        raise TimeStampError("the token's signature is not valid") from error

"""CMS signatures (RFC 5652) as PAdES wants them (ETSI EN 319 142-1 and 319 122-1), put together around a signature made elsewhere."""

import functools
import hashlib
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import cms, tsp, x509
from cryptography import x509 as crypto
from cryptography.hazmat.primitives.serialization import Encoding

from app.backend import clock
from app.backend.documents import der
from app.contracts.addendum import TimeStamp

SHA256 = der.sequence(der.identifier("2.16.840.1.101.3.4.2.1"))
_ECDSA = der.sequence(der.identifier("1.2.840.10045.4.3.2"))  # with SHA-256, RFC 5754 section 3.3
_RSA = der.sequence(der.identifier("1.2.840.113549.1.1.11"), der.NULL)
_CONTENT_TYPE, _DIGEST, _SIGNING_TIME = (der.identifier(f"1.2.840.113549.1.9.{number}") for number in (3, 4, 5))
_CERTIFICATE_V2, _TIME_STAMP = (der.identifier(f"1.2.840.113549.1.9.16.2.{number}") for number in (47, 14))
_SIGNED_DATA = der.identifier("1.2.840.113549.1.7.2")
DATA, TST_INFO = der.identifier("1.2.840.113549.1.7.1"), der.identifier("1.2.840.113549.1.9.16.1.4")


def loaded(certificate: crypto.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def of_pem(pem: str) -> x509.Certificate:
    return loaded(crypto.load_pem_x509_certificate(pem.encode()))


def attributes(digest: bytes, certificate: x509.Certificate, content_type: bytes = DATA, moment: datetime | None = None) -> bytes:
    """SignedAttributes with the SET OF tag, DER: what is signed.

    Content type, message digest and the signer's certificate (RFC 5035, by SHA-256, the default); no signing time in a PDF signature,
    where /M has it (EN 319 142-1 clause 6.3); `moment` is for others.
    """
    named = der.sequence(der.sequence(der.sequence(der.octets(hashlib.sha256(certificate.dump()).digest()))))
    found = [_attribute(_CONTENT_TYPE, content_type), _attribute(_DIGEST, der.octets(digest)), _attribute(_CERTIFICATE_V2, named)]
    if moment is not None:
        found.append(_attribute(_SIGNING_TIME, der.utc_time(moment)))
    return der.set_of(*found)


def signed(
    signature: bytes,
    signed_attributes: bytes,
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    *,
    content: bytes | None = None,
    content_type: bytes = DATA,
    time_stamp: bytes | None = None,
) -> bytes:
    """A ContentInfo (DER) around a finished signature.

    `signed_attributes`: as `attributes` gave them. `others`: issuers to carry along. `content`: what the signature encloses, DER; None: it
    is detached. `time_stamp`: a token (DER) over the signature.
    """
    unsigned = [der.tagged(0xA1, _attribute(_TIME_STAMP, time_stamp))] if time_stamp is not None else []
    signer = der.sequence(
        der.integer(1),
        der.sequence(certificate.issuer.dump(), der.integer(certificate.serial_number)),
        SHA256,
        b"\xa0" + signed_attributes[1:],  # IMPLICIT: the tag changes, nothing else
        _RSA if certificate.public_key.algorithm == "rsa" else _ECDSA,
        der.octets(signature),
        *unsigned,
    )
    enclosed = [der.tagged(0xA0, der.octets(content))] if content is not None else []
    body = der.sequence(
        der.integer(1 if content_type == DATA else 3),
        der.set_of(SHA256),
        der.sequence(content_type, *enclosed),
        der.tagged(0xA0, *sorted({one.dump() for one in (certificate, *others)})),
        der.set_of(signer),
    )
    return der.sequence(_SIGNED_DATA, der.tagged(0xA0, body))


@functools.lru_cache(maxsize=256)
def stamp_of(token: bytes) -> TimeStamp:
    """What a time-stamp token says. Errors: ValueError."""
    information = cms.ContentInfo.load(token)["content"]["encap_content_info"]["content"].parse(tsp.TSTInfo)
    signer = signer_of(token)
    authority = signer.subject.human_friendly if signer is not None else ""
    return TimeStamp(str(information["serial_number"].native), clock.text(information["gen_time"].native), authority)


def signer_of(content_info: bytes) -> x509.Certificate | None:
    """The certificate of the one signer of a CMS signature, if it is carried along."""
    content = cms.ContentInfo.load(content_info)["content"]
    sid = content["signer_infos"][0]["sid"]
    for one in content["certificates"]:
        certificate = one.chosen
        if not isinstance(certificate, x509.Certificate):
            continue
        if sid.name == "issuer_and_serial_number":
            if sid.chosen["serial_number"].native == certificate.serial_number and sid.chosen["issuer"] == certificate.issuer:
                return certificate
        elif certificate.key_identifier == sid.chosen.native:
            return certificate
    return None


def certificates_of(content_info: bytes) -> list[x509.Certificate]:
    content = cms.ContentInfo.load(content_info)["content"]
    return [one.chosen for one in content["certificates"] if isinstance(one.chosen, x509.Certificate)]


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.sequence(kind, der.set_of(value))

"""CMS signatures (RFC 5652) as PAdES wants them (ETSI EN 319 142-1 and 319 122-1), put together around a signature made elsewhere."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography import x509 as crypto
from cryptography.hazmat.primitives.serialization import Encoding

from app.contracts.addendum import TimeStamp

_SHA256 = {"algorithm": "sha256"}


def loaded(certificate: crypto.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def of_pem(pem: str) -> x509.Certificate:
    return loaded(crypto.load_pem_x509_certificate(pem.encode()))


def attributes(digest: bytes, certificate: x509.Certificate, content_type: str = "data", moment: datetime | None = None) -> bytes:
    """SignedAttributes with the SET OF tag, DER: what is signed.

    Content type, message digest and the signer's certificate (RFC 5035); no signing time in a PDF signature, where /M has it
    (EN 319 142-1 clause 6.3); `moment` is for others.
    """
    certificate_id = _der(0x30, _der(0x30, _der(0x30, _der(0x04, hashlib.sha256(certificate.dump()).digest()))))  # SHA-256 is the default
    found = [
        _signed_attribute("content_type", bytes(cms.ContentType(content_type).dump())),
        _signed_attribute("message_digest", _der(0x04, digest)),
        _signed_attribute("signing_certificate_v2", certificate_id),
    ]
    if moment is not None:
        found.append(_signed_attribute("signing_time", bytes(core.UTCTime(moment.replace(microsecond=0)).dump())))
    return _der(0x31, b"".join(sorted(found)))  # X.690 section 11.6: a SET OF is in order of its encodings


def signed(
    signature: bytes,
    signed_attributes: bytes,
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    *,
    content: core.Asn1Value | None = None,
    content_type: str = "data",
    time_stamp: bytes | None = None,
) -> bytes:
    """A ContentInfo (DER) around a finished signature. `others`: issuers to carry along. `time_stamp`: a token (DER) over it."""
    key = certificate.public_key.algorithm
    mechanism = "sha256_rsa" if key == "rsa" else "sha256_ecdsa"
    information = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {"issuer_and_serial_number": {"issuer": certificate.issuer, "serial_number": certificate.serial_number}}
        ),
        "digest_algorithm": algos.DigestAlgorithm(_SHA256),
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": mechanism}),
        "signed_attrs": cms.CMSAttributes.load(signed_attributes),
        "signature": signature,
    }
    if time_stamp is not None:
        token = cms.ContentInfo.load(time_stamp)
        information["unsigned_attrs"] = cms.CMSAttributes([_attribute("signature_time_stamp_token", token)])
    encapsulated: dict[str, object] = {"content_type": content_type}
    if content is not None:
        encapsulated["content"] = core.ParsableOctetString(content.dump())
    body = cms.SignedData(
        {
            "version": "v3" if content_type != "data" else "v1",
            "digest_algorithms": [algos.DigestAlgorithm(_SHA256)],
            "encap_content_info": encapsulated,
            "certificates": [cms.CertificateChoices("certificate", one) for one in (certificate, *others)],
            "signer_infos": [cms.SignerInfo(information)],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": body}).dump())


def stamp_of(token: bytes) -> TimeStamp:
    """What a time-stamp token says. Errors: ValueError."""
    from app.backend import clock

    content = cms.ContentInfo.load(token)["content"]
    information = tsp.TSTInfo.load(content["encap_content_info"]["content"].parsed.dump())
    signer = signer_of(token)
    authority = signer.subject.human_friendly if signer is not None else ""
    return TimeStamp(str(information["serial_number"].native), clock.text(information["gen_time"].native), authority)


def signer_of(der: bytes) -> x509.Certificate | None:
    """The certificate of the one signer of a CMS signature, if it is carried along."""
    content = cms.ContentInfo.load(der)["content"]
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


def certificates_of(der: bytes) -> list[x509.Certificate]:
    content = cms.ContentInfo.load(der)["content"]
    return [one.chosen for one in content["certificates"] if isinstance(one.chosen, x509.Certificate)]


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def _signed_attribute(kind: str, value: bytes) -> bytes:
    # Written out by hand: the library takes 10 ms for what is 200 bytes, and this is done four times a signature.
    return _der(0x30, bytes(cms.CMSAttributeType(kind).dump()) + _der(0x31, value))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content

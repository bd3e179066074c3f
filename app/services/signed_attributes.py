"""What this PC puts its signature on: CMS signed attributes, read strictly before the key is used.

A backend that was taken over could send anything to sign. Only a DER `SET OF Attribute` (RFC 5652 section 5.3) of the kinds below is
signed, and only when it names the digest of the prepared document and our own certificate (RFC 5035 section 5.4.1.1).
"""

from collections.abc import Iterator

from app.core.addendum import AddendumError

MAX_BYTES = 4096
_CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")  # 1.2.840.113549.1.9.3
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")  # 1.2.840.113549.1.9.4
_SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")  # 1.2.840.113549.1.9.16.2.47
_ALGORITHM_PROTECTION = bytes.fromhex("2a864886f70d010934")  # 1.2.840.113549.1.9.52 (RFC 6211)
_DATA = bytes.fromhex("06092a864886f70d010701")  # 1.2.840.113549.1.7.1, as an OBJECT IDENTIFIER
_SHA256 = bytes.fromhex("0609608648016503040201")  # 2.16.840.1.101.3.4.2.1
_NEEDED = {_CONTENT_TYPE, _MESSAGE_DIGEST, _SIGNING_CERTIFICATE_V2}
_SET, _SEQUENCE, _OID, _OCTETS = 0x31, 0x30, 0x06, 0x04


def check(attributes: bytes, digest: bytes, certificate: bytes) -> None:
    """That `attributes` say: this document (`digest`, SHA-256), signed with this certificate (SHA-256 of its DER), and nothing else.

    Errors: AddendumError `addendum.document_changed`.
    """
    try:
        values = _read(attributes)
        _judge(values, digest, certificate)
    except (ValueError, IndexError) as error:
        raise AddendumError("addendum.document_changed", error=str(error)) from error


def _judge(values: dict[bytes, bytes], digest: bytes, certificate: bytes) -> None:
    if not set(values) >= _NEEDED or set(values) - _NEEDED - {_ALGORITHM_PROTECTION}:
        raise ValueError("attributes that nobody asked for, or too few")
    if values[_CONTENT_TYPE] != _DATA:
        raise ValueError("the content is not a document")
    if values[_MESSAGE_DIGEST] != bytes((_OCTETS, len(digest))) + digest:
        raise ValueError("the digest is of another document")
    if _certificate_hash(values[_SIGNING_CERTIFICATE_V2]) != certificate:
        raise ValueError("the certificate is not ours")


def _read(attributes: bytes) -> dict[bytes, bytes]:
    """Attribute type (the OID's content) to its single value, as DER."""
    if len(attributes) > MAX_BYTES:
        raise ValueError("too long")
    outer, rest = _take(attributes, _SET)
    if rest:
        raise ValueError("something follows")
    found: dict[bytes, bytes] = {}
    for attribute in _parts(outer, _SEQUENCE):
        kind, rest = _take(attribute, _OID)
        value, rest = _take(rest, _SET)
        if rest or kind in found or len(list(_whole(value))) != 1:
            raise ValueError("an attribute is not of one type and one value")
        found[kind] = value
    return found


def _certificate_hash(value: bytes) -> bytes:
    """The hash of the first (and only) ESSCertIDv2; SHA-256 is its default and the only one taken."""
    outer, rest = _take(value, _SEQUENCE)
    certificates, policies = _take(outer, _SEQUENCE)
    ids = list(_parts(certificates, _SEQUENCE))
    if rest or policies or len(ids) != 1:
        raise ValueError("more than one certificate is named")
    inner = ids[0]
    if inner[:1] == bytes((_SEQUENCE,)):
        algorithm, inner = _take(inner, _SEQUENCE)
        if algorithm not in (_SHA256, _SHA256 + b"\x05\x00"):
            raise ValueError("another digest than SHA-256")
    certificate, _issuer_and_serial = _take(inner, _OCTETS)
    return certificate


def _take(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """The content of the first element, which must have `tag`, and what follows it. DER lengths only (X.690 section 10.1)."""
    if data[:1] != bytes((tag,)):
        raise ValueError(f"tag {tag:#x} is missing")
    length, start = data[1], 2
    if length > 0x80:
        count = length & 0x7F
        length, start = int.from_bytes(data[2 : 2 + count], "big"), 2 + count
        if count > 2 or length < (0x80 if count == 1 else 0x100):
            raise ValueError("a length that is not DER")
    elif length == 0x80:
        raise ValueError("a length that is not DER")
    if start + length > len(data):
        raise ValueError("cut short")
    return data[start : start + length], data[start + length :]


def _parts(data: bytes, tag: int) -> Iterator[bytes]:
    while data:
        content, data = _take(data, tag)
        yield content


def _whole(data: bytes) -> Iterator[bytes]:
    """Every element with its head."""
    while data:
        _, rest = _take(data, data[0])
        yield data[: len(data) - len(rest)]
        data = rest

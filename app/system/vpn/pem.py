"""The certificates and keys inside a profile: each block must be what its tag says. Pure."""

import base64
import binascii
import re
from dataclasses import dataclass
from datetime import datetime

_BEGIN = re.compile(r"-----BEGIN ([A-Za-z0-9 -]{1,60})-----")
_STATIC = re.compile(r"-----BEGIN OpenVPN Static key V1-----\n((?:[0-9a-fA-F]{32}\n){16})-----END OpenVPN Static key V1-----")
_V2 = re.compile(
    r"-----BEGIN OpenVPN tls-crypt-v2 client key-----\n((?:[A-Za-z0-9+/=]{1,76}\n){2,40})-----END OpenVPN tls-crypt-v2 client key-----"
)
_KEYS = {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}


@dataclass(frozen=True)
class Held:
    """The client certificate's name and dates (UTC)."""

    name: str
    begins: datetime
    ends: datetime


def text_of(tag: str, raw: bytes) -> str:
    """A file's contents as they would stand inline (`pkcs12` files are binary)."""
    if tag == "pkcs12" and not raw.strip().isascii():
        return base64.encodebytes(raw).decode("ascii")
    return raw.decode("utf-8", "replace").replace("\r\n", "\n")


def checked(tag: str, text: str) -> str:
    """Only the part of the block that counts (comments and openssl's text form left out). Errors: ValueError saying what is wrong."""
    if tag == "pkcs12":
        return _base64(text)
    if tag in {"tls-auth", "tls-crypt"}:
        return _whole(_STATIC, "\n".join(line for line in text.split("\n") if line and not line.startswith("#")), "an OpenVPN static key")
    if tag == "tls-crypt-v2":
        return _whole(_V2, text, "a tls-crypt-v2 client key")
    found = _pem(text)
    if tag == "key":
        if len(found) > 1 and found[0][0] == "EC PARAMETERS":
            found = found[1:]
        if len(found) != 1 or found[0][0] not in _KEYS:
            raise ValueError("one private key wanted")
        return found[0][1]
    if not found or any(label != "CERTIFICATE" for label, _ in found):
        raise ValueError("certificates wanted")
    from cryptography import x509

    for _, one in found:
        try:
            x509.load_pem_x509_certificate(one.encode())
        except ValueError as error:
            raise ValueError("a certificate that cannot be read") from error
    return "".join(one for _, one in found)


def certificate_of(blocks: dict[str, str]) -> Held | None:
    """The client certificate of the blocks, None without one or inside a PKCS#12 with a passphrase.

    Errors: ValueError where certificate and key do not belong together.
    """
    if "cert" not in blocks:
        return None
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.x509.oid import NameOID

    certificate = x509.load_pem_x509_certificates(blocks["cert"].encode())[0]
    spki = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    try:
        key = serialization.load_pem_private_key(blocks["key"].encode(), None)
        if key.public_key().public_bytes(*spki) != certificate.public_key().public_bytes(*spki):
            raise ValueError("the key is not the certificate's")
    except TypeError:
        pass  # enciphered: its passphrase is asked for when it is used
    except UnsupportedAlgorithm as error:
        raise ValueError("a key that cannot be read") from error
    names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return Held(str(names[0].value) if names else "", certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def _whole(pattern: re.Pattern[str], text: str, wanted: str) -> str:
    found = pattern.search(text.strip() + "\n")
    if not found:
        raise ValueError(f"{wanted} wanted")
    return found[0] + "\n"


def _base64(text: str) -> str:
    compact = "".join(text.split())
    try:
        base64.b64decode(compact, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("base64 wanted") from error
    if not compact:
        raise ValueError("it is empty")
    return "\n".join(compact[at : at + 64] for at in range(0, len(compact), 64)) + "\n"


def _pem(text: str) -> list[tuple[str, str]]:
    """(label, text) of each PEM part; what stands between them is left out. Errors: ValueError for a part that is not closed."""
    parts = []
    at = 0
    while found := _BEGIN.search(text, at):
        label = found[1]
        end = text.find(f"-----END {label}-----", found.end())
        if end < 0:
            raise ValueError("a PEM part that is not closed")
        body = text[found.end() : end].strip("\n")
        if not re.fullmatch(r"[A-Za-z0-9+/=\n:, -]*", body):
            raise ValueError("a PEM part that holds something else")
        at = end
        parts.append((label, f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"))
    return parts

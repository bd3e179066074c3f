"""Our own time-stamping authority (RFC 3161): used inside, and served to whoever wants to ask it.

Its clock is the server's: keep it synchronised (NTP). A company that has a better one names it in `signing.toml`.
"""

import hashlib
import secrets
from datetime import datetime

from asn1crypto import tsp, x509

from app.backend.documents import cms, der
from app.backend.documents.pki import Pki
from app.backend.documents.profiles import Issuer

POLICY = "2.25.142887067154540353094199848207831236129"
"""Under the arc of UUIDs (ITU-T X.667), which asks nobody for a number."""
MAX_REQUEST = 4096
_DIGESTS = {"sha256": 32, "sha384": 48, "sha512": 64}


class Authority:
    def __init__(self, issuer: Issuer, others: list[x509.Certificate]) -> None:
        self._key, self._certificate = issuer.key, cms.loaded(issuer.certificate)
        self._others = others

    @classmethod
    def of(cls, pki: Pki) -> "Authority":
        return cls(pki.tsa, [cms.loaded(one) for one in pki.chain()])

    def reply(self, request: bytes, now: datetime) -> bytes:
        """A TimeStampResp (DER) to a TimeStampReq; a refusal is a reply too (RFC 3161 section 2.4.2)."""
        try:
            asked = tsp.TimeStampReq.load(request, strict=True)
            imprint = asked["message_imprint"]
            algorithm, digest = imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native
            nonce, wants = asked["nonce"].native, bool(asked["cert_req"].native)
            policy, extensions = asked["req_policy"].native, asked["extensions"].native
        except (ValueError, TypeError, KeyError):
            return _refusal("bad_data_format")
        if algorithm not in _DIGESTS:
            return _refusal("bad_alg")
        if len(digest) != _DIGESTS[algorithm]:
            return _refusal("bad_data_format")
        if policy not in (None, POLICY):
            return _refusal("unaccepted_policy")
        if extensions:
            return _refusal("unaccepted_extension")
        token = self._token(bytes(imprint.dump()), nonce, wants, now)
        return der.sequence(der.sequence(der.integer(0)), token)

    def stamp(self, digest: bytes, now: datetime) -> bytes:
        """A token (DER) over a SHA-256 digest. Errors: PkiError."""
        return self._token(der.sequence(cms.SHA256, der.octets(digest)), secrets.randbits(63), True, now)

    def _token(self, imprint: bytes, nonce: int | None, wants: bool, now: datetime) -> bytes:
        content = der.sequence(  # RFC 3161 section 2.4.2
            der.integer(1),
            der.identifier(POLICY),
            imprint,
            der.integer(secrets.randbits(127) | 1 << 126),
            der.general_time(now),
            der.sequence(der.integer(1)),
            *([der.integer(nonce)] if nonce is not None else []),
        )
        attributes = cms.attributes(hashlib.sha256(content).digest(), self._certificate, cms.TST_INFO, now)
        signature = self._key.sign(attributes)
        others = self._others if wants else []
        return cms.signed(signature, attributes, self._certificate, others, content=content, content_type=cms.TST_INFO)


def _refusal(reason: str) -> bytes:
    status = bytes(tsp.PKIStatusInfo({"status": "rejection", "fail_info": tsp.PKIFailureInfo({reason})}).dump())
    return der.sequence(status)

"""Our own time-stamping authority (RFC 3161): used inside, and served to whoever wants to ask it.

Its clock is the server's: keep it synchronised (NTP). A company that has a better one names it in `signing.toml`.
"""

import hashlib
import secrets
from datetime import UTC, datetime

from asn1crypto import cms as asn1
from asn1crypto import core, tsp, x509

from app.backend.documents import cms
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
        token = self._token(imprint, nonce, wants, now)
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": asn1.ContentInfo.load(token)}).dump())

    def stamp(self, digest: bytes, now: datetime) -> bytes:
        """A token (DER) over a SHA-256 digest."""
        imprint = tsp.MessageImprint({"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest})
        return self._token(imprint, secrets.randbits(63), True, now)

    def _token(self, imprint: tsp.MessageImprint, nonce: int | None, wants: bool, now: datetime) -> bytes:
        moment = now.astimezone(UTC)
        fields: dict[str, object] = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": imprint,
            "serial_number": secrets.randbits(127) | 1 << 126,
            "gen_time": core.GeneralizedTime(moment.replace(microsecond=moment.microsecond // 1000 * 1000)),
            "accuracy": {"seconds": 1},
        }
        if nonce is not None:
            fields["nonce"] = nonce
        content = tsp.TSTInfo(fields)
        attributes = cms.attributes(hashlib.sha256(content.dump()).digest(), self._certificate, "tst_info", moment)
        return cms.signed(
            self._key.sign(attributes),
            attributes,
            self._certificate,
            self._others if wants else [],
            content=content,
            content_type="tst_info",
        )


def _refusal(reason: str) -> bytes:
    status = bytes(tsp.PKIStatusInfo({"status": "rejection", "fail_info": tsp.PKIFailureInfo({reason})}).dump())
    return b"\x30" + bytes([len(status)]) + status  # the library's shape takes no reply without a token; this one is far below 128 bytes

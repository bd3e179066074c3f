"""A backend that can sign, and a device that holds its agent's key: what the wizard does, without the wizard."""

import base64
import dataclasses
import json
import math
import uuid
from pathlib import Path
from typing import Any, TypeVar

import httpx
import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from app.contracts import addendum as ad
from app.contracts.problems import Problem
from tests.backend.rig import CSV_HEAD, JOURNEY, Backend, Device

T = TypeVar("T")
STEPS = [{"id": step} for step in ("welcome", "identity", "addendum", "ready")]
STROKES = [[(0.1 + 0.8 * i / 60, 0.5 + 0.3 * math.sin(i * 0.55) * math.exp(-i / 60)) for i in range(60)]]
DRAWN = ad.Appearance("drawn", "fr", STROKES)


def signing_backend(home: Path, *, pki: bool = True, more: list[str] | None = None, setup: str = "", database: str = "") -> Backend:
    """A backend, not started. `setup` is its signing.toml."""
    backend = Backend(home, database, more=["--console-codes"] if more is None else more)
    backend.put_journey(**{**JOURNEY, "steps": STEPS})
    if pki:
        backend.command("pki", "init", "--company", "Atlas Contact S.A.")
    if setup:
        (home / "data").mkdir(exist_ok=True, mode=0o700)
        (home / "data" / "signing.toml").write_text(setup, "utf-8")
    return backend


@dataclasses.dataclass
class Signer:
    backend: Backend
    employee_id: str
    device: Device
    key: ec.EllipticCurvePrivateKey
    chain: ad.CertificateChain | None = None

    @classmethod
    def of(cls, backend: Backend, name: str = "Imane Berrada", employee_id: str = "", **contact: str) -> "Signer":
        """A new agent with a paired PC."""
        who = employee_id or f"E{uuid.uuid4().hex[:8]}"
        email, phone = contact.get("email", "imane@example.ma"), contact.get("phone", "+212 6 12 34 42 17")
        row = f"{who},{name},fr,Casablanca,telecom_fr,2026-12-01T09:00,Latitude 5440,PC-1,B535,BX-1,Blackwire 3220,HS-1,{email},{phone}"
        backend.people(f"{CSV_HEAD},email,phone\n{row}\n")
        return cls(backend, who, backend.paired(who), ec.generate_private_key(ec.SECP256R1()))

    def get(self, path: str) -> httpx.Response:
        return self.backend.client.get(f"{self.backend.url}{path}", headers={"Authorization": f"Bearer {self.device.token}"})

    def post(self, path: str, body: Any = None, **more: str) -> httpx.Response:
        headers = {name.replace("_", "-"): value for name, value in more.items()} | {
            "Authorization": f"Bearer {self.device.token}",
            "Content-Type": "application/json",
            "User-Agent": "marhaba/0.1.0",
        }
        content = msgspec.json.encode(body) if body is not None else b""
        return self.backend.client.post(f"{self.backend.url}{path}", content=content, headers=headers)

    def csr(self, key: Any = None) -> str:
        builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
        return builder.sign(key or self.key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()

    def certify(self) -> ad.CertificateChain:
        self.chain = read(self.post("/v1/certificates", ad.CertificateRequest(self.csr())), ad.CertificateChain)
        return self.chain

    def offer(self) -> ad.AddendumOffer:
        return read(self.get("/v1/addendum"), ad.AddendumOffer)

    def code(self, offer: ad.AddendumOffer) -> str:
        read(self.post(f"/v1/addendum/{offer.document_id}/code"), ad.CodeSent)
        return self.last_code()

    def last_code(self) -> str:
        lines = (self.backend.home / "data" / "console-codes.jsonl").read_text("utf-8").splitlines()
        return next(json.loads(line)["code"] for line in reversed(lines) if json.loads(line)["employee_id"] == self.employee_id)

    def request(self, offer: ad.AddendumOffer, code: str, **change: Any) -> ad.PrepareRequest:
        assert self.chain is not None
        assert offer.consent is not None
        fields: dict[str, Any] = {
            "code": code,
            "idempotency_key": uuid.uuid4().hex,
            "document_sha256": offer.sha256,
            "reading": ad.Reading(
                [ad.PageRead(page, 20.0) for page in range(1, offer.pages + 1)], "2026-11-24T09:00:00Z", "2026-11-24T09:05:00Z"
            ),
            "consent": ad.ConsentGiven(offer.consent.version, "fr"),
            "appearance": DRAWN,
            "certificate": self.chain.sha256,
            "device": ad.DeviceFacts("Windows 11", "0.1.0", "2026-11-24T09:05:01Z", "Africa/Casablanca"),
            **change,
        }
        return ad.PrepareRequest(**fields)

    def prepare(self, offer: ad.AddendumOffer, request: ad.PrepareRequest) -> ad.Prepared:
        return read(self.post(f"/v1/addendum/{offer.document_id}/prepare", request), ad.Prepared)

    def sign(self, prepared: ad.Prepared, key: ec.EllipticCurvePrivateKey | None = None) -> ad.FinishRequest:
        signature = (key or self.key).sign(base64.b64decode(prepared.signed_attributes), ec.ECDSA(hashes.SHA256()))
        return ad.FinishRequest(prepared.transaction, base64.b64encode(signature).decode())

    def finish(self, offer: ad.AddendumOffer, request: ad.FinishRequest) -> ad.Finished:
        return read(self.post(f"/v1/addendum/{offer.document_id}/finish", request), ad.Finished)

    def signed(self, offer: ad.AddendumOffer | None = None, **change: Any) -> tuple[ad.AddendumOffer, ad.Finished]:
        """The whole way."""
        offer = offer or self.offer()
        if self.chain is None:
            self.certify()
        prepared = self.prepare(offer, self.request(offer, self.code(offer), **change))
        return offer, self.finish(offer, self.sign(prepared))

    def file(self, offer: ad.AddendumOffer, name: str) -> bytes:
        answer = self.get(f"/v1/addendum/{offer.document_id}/{name}")
        assert answer.status_code == 200, answer.text
        return answer.content


def read(answer: httpx.Response, shape: type[T]) -> T:
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=shape)


def refused(answer: httpx.Response, status: int, code: str) -> Problem:
    assert answer.headers["Content-Type"].startswith("application/problem+json"), answer.text
    problem = msgspec.json.decode(answer.content, type=Problem)
    assert (answer.status_code, problem.code) == (status, code)
    return problem

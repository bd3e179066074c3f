"""Signed addenda made by pyHanko alone, so that what verifies them is not tested against what makes them."""

import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.backend.documents import fields, profiles
from app.backend.documents.profiles import Issuer, Revoked
from app.backend.documents.signatures import Trust
from app.backend.documents.signing_keys import FileKey, new_file_key
from tests.backend.documents.paper import rendered

COMPANY = "Atlas Contact S.A."
URL = "http://127.0.0.1:9/crl"


@dataclass
class Person:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey | Any

    def signer(self, others: list[x509.Certificate]) -> SimpleSigner:
        return SimpleSigner(_asn1(self.certificate), _asn1_key(self.key), _store(others))


class Company:
    """A company's own certificates: root, issuing, time stamping, seal."""

    def __init__(self, name: str = COMPANY, now: datetime | None = None) -> None:
        self.now = now or datetime.now(UTC)
        self.name = name
        root_key = new_file_key()
        self.root = profiles.root(name, root_key, self.now)
        self._root = Issuer(self.root, root_key)
        issuing_key = new_file_key()
        self.issuing = profiles.issuing(name, issuing_key.public_key(), self._root, URL, self.now)
        self._issuing = Issuer(self.issuing, issuing_key)
        self.seal = self._person(lambda public: profiles.seal(name, public, self._issuing, URL, self.now))
        from cryptography.hazmat.primitives.asymmetric import rsa

        self.tsa = self._person(
            lambda public: profiles.time_stamping(name, public, self._issuing, URL, self.now), rsa.generate_private_key(65537, 2048)
        )
        self.revoked: list[Revoked] = []

    @property
    def trust(self) -> Trust:
        return Trust([self.root.public_bytes(Encoding.PEM).decode()])

    @property
    def others(self) -> list[x509.Certificate]:
        return [self.issuing, self.root]

    def _person(self, make: Any, key: Any = None) -> Person:
        private = key or ec.generate_private_key(ec.SECP256R1())
        return Person(make(FileKey(private).public_key()), private)

    def agent(self, employee_id: str = "20417", name: str = "Imane Benali") -> Person:
        return self._person(lambda public: profiles.agent(self.name, name, employee_id, "", public, self._issuing, URL, self.now))

    def crls(self) -> list[bytes]:
        return [
            profiles.revocation_list(self._issuing, self.revoked, self.now, 7),
            profiles.revocation_list(self._root, [], self.now, 366),
        ]

    def revoke(self, person: Person) -> None:
        self.revoked.append(Revoked(person.certificate.serial_number, self.now - timedelta(minutes=1), "superseded"))

    def context(self) -> ValidationContext:
        return ValidationContext(
            trust_roots=[_asn1(self.root)],
            other_certs=[_asn1(self.issuing)],
            crls=self.crls(),
            allow_fetching=False,
            revocation_mode="require",
        )

    def stamper(self, at: datetime | None = None) -> DummyTimeStamper:
        return DummyTimeStamper(_asn1(self.tsa.certificate), _asn1_key(self.tsa.key), _store(self.others), fixed_dt=at)


@cache
def offered() -> bytes:
    return fields.with_signature_fields(rendered())


def sign(
    pdf: bytes,
    person: Person,
    company: Company,
    field: str,
    *,
    certify: bool = False,
    stamp: bool = True,
    material: bool = True,
    archival: bool = False,
    at: datetime | None = None,
) -> bytes:
    """One more revision with a signature. `material`: revocation data go in with it; `archival`: after it, under a document time stamp."""
    about: dict[str, Any] = {}
    if archival:
        about = {"embed_validation_info": True, "use_pades_lta": True, "validation_context": company.context()}
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        **about,
    )
    signer = PdfSigner(metadata, signer=person.signer(company.others), timestamper=company.stamper(at) if stamp else None)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if material:
        kept = [_asn1(one) for one in (company.issuing, company.tsa.certificate, person.certificate)]
        [asn1_crl.CertificateList.load(crl) for crl in company.crls()]
        DocumentSecurityStore.supply_dss_in_writer(
            writer, None, certs=kept, crls=[asn1_crl.CertificateList.load(crl) for crl in company.crls()]
        )
    out = io.BytesIO()
    asyncio.run(signer.async_sign_pdf(writer, output=out))
    return out.getvalue()


@dataclass
class Sample:
    company: Company
    agent: Person
    offered: bytes
    agent_signed: bytes
    final: bytes


@cache
def sample() -> Sample:
    """One addendum, signed and sealed, for all tests of a run: nobody may change it."""
    company = Company()
    agent = company.agent()
    paper = offered()
    half = sign(paper, agent, company, fields.AGENT_FIELD, certify=True)
    return Sample(company, agent, paper, half, sign(half, company.seal, company, fields.EMPLOYER_FIELD))


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(Encoding.DER))


def _asn1_key(key: Any) -> asn1_keys.PrivateKeyInfo:
    return asn1_keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def _store(certificates: list[x509.Certificate]) -> SimpleCertificateStore:
    store = SimpleCertificateStore()
    store.register_multiple([_asn1(one) for one in certificates])
    return store

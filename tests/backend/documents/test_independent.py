"""The signed document before judges that are not ours: poppler with NSS, OpenSSL, qpdf, pyHanko's validator."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from pyhanko.sign.validation.status import SignatureCoverageLevel

from app.contracts import addendum as ad
from tests.backend.documents import independent
from tests.backend.documents.signer import Signer
from tests.backend.rig import Backend, until


@dataclass
class Sample:
    offer: ad.AddendumOffer
    signer: Signer
    pdf: bytes
    root: Path
    chain: Path


@pytest.fixture(scope="session")
def sample(signing: Backend, tmp_path_factory: pytest.TempPathFactory) -> Sample:
    signer = Signer.of(signing, "ياسين العلوي")
    offer, done = signer.signed(appearance=ad.Appearance("typed", "ar", name="ياسين العلوي"))
    assert done.state == "signed"
    folder = tmp_path_factory.mktemp("trust")
    root, chain = folder / "root.pem", folder / "chain.pem"
    root.write_text(signing.client.get(f"{signing.url}/pki/root.pem").text)
    chain.write_text(signing.client.get(f"{signing.url}/pki/chain.pem").text)
    return Sample(offer, signer, signer.file(offer, "signed.pdf"), root, chain)


def test_pdfsig_with_an_nss_database_trusts_both(sample: Sample, tmp_path: Path) -> None:
    good = ("Signature is Valid.", "Certificate is Trusted.")
    assert independent.pdfsig(tmp_path, sample.pdf, sample.root) == [good, good]


def test_openssl_accepts_both_signatures_and_both_time_stamps(sample: Sample, tmp_path: Path) -> None:
    cuts = independent.cut(sample.pdf)
    assert len(cuts) == 2
    for one in cuts:
        assert "CMS Verification successful" in independent.openssl_cms(tmp_path, one, sample.root)
        assert "Verification: OK" in independent.openssl_ts(tmp_path, one, sample.root, sample.chain)


def test_qpdf_finds_nothing_wrong(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(sample.pdf)
    assert "No syntax or stream encoding errors found" in independent.run("qpdf", "--check", path, cwd=tmp_path)


def test_pyhanko_finds_long_term_material_and_nothing_after_the_seal(sample: Sample) -> None:
    agent, employer = independent.pyhanko(sample.pdf, sample.root)
    for status in (agent, employer):
        assert status.bottom_line, status.pretty_print_details()
        assert status.timestamp_validity is not None
        assert status.timestamp_validity.valid
        assert status.timestamp_validity.trusted
    assert agent.docmdp_ok
    assert agent.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    assert employer.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert agent.signing_cert.subject.native["serial_number"] == sample.signer.employee_id


def test_what_was_read_is_the_beginning_of_what_was_signed(sample: Sample) -> None:
    assert sample.pdf.startswith(sample.signer.file(sample.offer, "document.pdf"))


def test_the_signed_file_is_still_accessible_and_archivable(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(sample.pdf)
    fonts = independent.run("pdffonts", path, cwd=tmp_path).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), fonts
    with pikepdf.open(io.BytesIO(sample.pdf)) as opened:
        described = opened.open_metadata()
        assert (described["pdfaid:part"], described["pdfaid:conformance"], described["pdfuaid:part"]) == ("2", "A", "1")
        numbers = opened.Root.StructTreeRoot.ParentTree
        while "/Kids" in numbers:
            numbers = numbers.Kids[-1]
        parents = dict(zip([int(key) for key in list(numbers.Nums)[::2]], list(numbers.Nums)[1::2], strict=True))
        for field in opened.Root.AcroForm.Fields:
            assert str(field.TU)
            assert parents[int(field.StructParent)].S == "/Form"
            assert "/AP" in field
        assert opened.Root.Perms.DocMDP.Reference[0].TransformParams.P == 2


def test_the_look_says_who_in_arabic(sample: Sample, tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    path.write_bytes(sample.pdf)
    with pikepdf.open(path) as opened:
        looks = [field.AP.N for field in opened.Root.AcroForm.Fields]
        assert all("/Look" in look.Resources.XObject for look in looks)
    picture = tmp_path / "page"
    independent.run("pdftoppm", "-r", "60", "-png", "-f", str(sample.offer.pages), path, picture, cwd=tmp_path)
    assert list(tmp_path.glob("page*.png"))


def test_the_audit_record_is_a_sealed_file_of_its_own(sample: Sample, tmp_path: Path) -> None:
    path = f"/v1/addendum/{sample.offer.document_id}/audit.pdf"
    until(lambda: sample.signer.get(path).status_code == 200, 30)
    audit = sample.signer.file(sample.offer, "audit.pdf")
    (status,) = independent.pyhanko(audit, sample.root)
    assert status.bottom_line, status.pretty_print_details()
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert independent.pdfsig(tmp_path, audit, sample.root) == [("Signature is Valid.", "Certificate is Trusted.")]
    file = tmp_path / "audit.pdf"
    file.write_bytes(audit)
    text = independent.run("pdftotext", file, "-", cwd=tmp_path)
    for word in (hashlib.sha256(sample.pdf).hexdigest(), sample.signer.employee_id, sample.offer.template_version):
        assert word in text.replace("\n", "").replace(" ", ""), word

"""Verifying through the service and the command line, of documents it signed itself: they agree, and a return to an earlier stage shows."""

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from app.backend.cli import main
from app.backend.verification.desk import TRIES
from app.contracts.verdict import MAX_BYTES, Verdict
from tests.backend.documents import tampering
from tests.backend.documents.signer import Signer, refused
from tests.backend.documents.test_verifier import bomb
from tests.backend.rig import Backend, until


class Paper:
    """One addendum, signed through the service."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        backend.fresh()
        self.signer = Signer.of(backend)
        self.offer, self.done = self.signer.signed()
        self.final = self.signer.file(self.offer, "signed.pdf")
        self.shown = self.signer.file(self.offer, "document.pdf")

    @property
    def agent_revision(self) -> bytes:
        size = json.loads(self.signer.file(self.offer, "audit.json"))["revisions"][1]["size"]
        return self.final[:size]


@pytest.fixture(scope="module")
def paper(signing: Backend) -> Paper:
    return Paper(signing)


def asked(backend: Backend, pdf: bytes) -> Verdict:
    answer = backend.client.post(f"{backend.url}/v1/verify", content=pdf, headers={"Content-Type": "application/pdf"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return msgspec.json.decode(answer.content, type=Verdict)


def test_what_the_service_signed_it_finds_sound(paper: Paper) -> None:
    verdict = asked(paper.backend, paper.final)
    assert verdict.code == "document.sound", verdict.findings
    assert (verdict.sound, verdict.known, verdict.signatures, verdict.appended) == (True, True, 2, 0)
    assert (verdict.reference, verdict.employee_id) == (paper.offer.document_id, paper.signer.employee_id)
    assert [one.role for one in verdict.signers] == ["agent", "employer"]
    assert verdict.signers[0].serial_number == paper.signer.employee_id
    assert verdict.signers[0].timestamp is not None
    assert paper.done.timestamp is not None
    assert verdict.signers[0].timestamp.serial == paper.done.timestamp.serial
    assert [one.code for one in verdict.findings] == ["document.sound"]


def test_a_return_to_the_agents_revision_is_seen(paper: Paper) -> None:
    verdict = asked(paper.backend, paper.agent_revision)
    assert (verdict.code, verdict.complete) == ("document.rolled_back", False)


@pytest.mark.parametrize("change", [tampering.overlay, tampering.metadata])
def test_what_was_added_is_seen(paper: Paper, change: object) -> None:
    verdict = asked(paper.backend, tampering.revision(paper.final, change))  # type: ignore[arg-type]
    assert not verdict.unaltered
    assert not verdict.known


def test_a_form_may_carry_the_file(paper: Paper) -> None:
    backend = paper.backend
    answer = backend.client.post(f"{backend.url}/v1/verify", files={"file": ("a.pdf", paper.final, "application/pdf")})
    assert msgspec.json.decode(answer.content, type=Verdict).sound


def test_the_audit_file_is_sealed_and_sound_by_itself(paper: Paper) -> None:
    until(lambda: paper.signer.get(f"/v1/addendum/{paper.offer.document_id}/audit.pdf").status_code == 200, 30)
    audit = paper.signer.file(paper.offer, "audit.pdf")
    verdict = asked(paper.backend, audit)
    assert (verdict.kind, verdict.sound, verdict.known) == ("proof", True, True), verdict.findings
    assert [one.role for one in verdict.signers] == ["employer"]
    assert [one.code for one in verdict.findings] == ["document.sound", "document.proof"]
    assert not asked(paper.backend, tampering.revision(audit, tampering.overlay)).unaltered


def test_no_file_and_too_much_of_one(paper: Paper) -> None:
    backend = paper.backend
    refused(backend.client.post(f"{backend.url}/v1/verify", content=b""), 400, "verify.no_file")
    big = b"%PDF-1.7\n" + b"0" * (MAX_BYTES + 200_000)
    answer = backend.client.post(f"{backend.url}/v1/verify", content=big, headers={"Content-Type": "application/pdf"})
    assert answer.status_code == 413
    page = backend.client.post(f"{backend.url}/verify?lang=ar", files={"file": ("a.pdf", big)})
    assert (page.status_code, page.headers["Content-Type"]) == (413, "text/html; charset=utf-8")
    broken = backend.client.post(f"{backend.url}/verify", content=b"x", headers={"Content-Type": "multipart/form-data"})
    assert (broken.status_code, broken.headers["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert asked(backend, b"%PDF-1.7\n" + b"0" * MAX_BYTES).code == "file.too_large"
    assert not asked(backend, bomb()).sound


def test_an_address_may_ask_only_so_often(paper: Paper) -> None:
    paper.backend.fresh()  # another address
    client, url = paper.backend.client, paper.backend.url
    for _ in range(TRIES):
        assert client.post(f"{url}/v1/verify", content=b"x").status_code == 200
    problem = refused(client.post(f"{url}/v1/verify", content=b"x"), 429, "verify.too_many")
    assert problem.retry_after
    page = client.post(f"{url}/verify?lang=fr", files={"file": ("a.pdf", b"x")})
    assert page.status_code == 429
    assert "Trop de vérifications" in page.text
    paper.backend.fresh()


def test_without_certificates_nothing_can_be_verified(own: Backend) -> None:
    refused(own.client.post(f"{own.url}/v1/verify", content=b"%PDF-"), 503, "addendum.signing_not_set_up")
    assert own.client.get(f"{own.url}/verify").status_code == 200


def typed(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-W", "error", "-m", "app.backend", "verify", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)


def test_the_command_line_says_the_same(paper: Paper, tmp_path: Path) -> None:
    good, bad, root = tmp_path / "good.pdf", tmp_path / "bad.pdf", tmp_path / "root.pem"
    good.write_bytes(paper.final)
    bad.write_bytes(tampering.revision(paper.final, tampering.overlay))
    root.write_text(paper.backend.command("pki", "root") + "\n")
    done = typed(str(good), "--trust", str(root), "--json")
    assert done.returncode == 0, done.stderr
    verdict = json.loads(done.stdout)
    assert verdict["signers"][0]["serialNumber"] == paper.signer.employee_id
    assert verdict["signers"][1]["role"] == "employer"
    assert (verdict["genuine"], verdict["complete"], verdict["unaltered"]) == (True, True, True)
    said = paper.backend.command("verify", str(bad), "--trust", str(root), "--json", ok=False)
    assert json.loads(said)["code"] == "document.altered"
    told = typed(str(good), "--trust", str(good))
    assert told.returncode == 2
    assert "no certificate in PEM" in told.stderr
    for words in ([str(tmp_path / "none.pdf"), "--trust", str(root)], [str(good), "--data", str(tmp_path / "empty")]):
        assert main(["verify", *words]) == 2


def test_the_command_line_knows_what_the_employer_keeps(paper: Paper, tmp_path: Path) -> None:
    path = tmp_path / "half.pdf"
    path.write_bytes(paper.agent_revision)
    said = paper.backend.command("verify", str(path), "--json", ok=False)
    assert json.loads(said)["code"] == "document.rolled_back"
    path.write_bytes(paper.final)
    said = paper.backend.command("verify", str(path), "--lang", "fr")
    assert said.startswith("document.sound: Document authentique")
    assert f"agent: Imane Berrada ({paper.signer.employee_id})" in said

"""HR's side: who stands where, the questions, the files with their manifest, a new version, and what erasing leaves."""

import csv
import hashlib
import io
import json
import shutil
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from app.backend import clock
from app.backend.documents.template import template_folder
from app.backend.settings import default_database
from app.backend.store import retention
from app.backend.store.database import Database
from app.backend.store.schema import addenda, addendum_files, addendum_log, addendum_transactions
from app.contracts import events
from app.contracts.outcomes import Outcome
from app.contracts.problems import ContractError
from app.contracts.verdict import Verdict
from tests.backend.documents.signer import STEPS, Signer, signing_backend
from tests.backend.rig import JOURNEY, Backend, until


def listed(backend: Backend, *more: str) -> dict[str, dict[str, Any]]:
    found = json.loads(backend.command("addenda", "list", "--json", "--journeys", str(backend.journeys), *more))
    return {one["employee_id"]: one for one in found}


def ask(signer: Signer, text: str) -> None:
    lines = [*signer.device.started(), signer.device.line(events.QuestionAsked("addendum", "costs", text))]
    assert signer.backend.post(signer.device, lines).status_code == 200


def test_everybody_stands_somewhere(signing: Backend) -> None:
    signing.fresh()
    signed, waiting, asking, refusing = (Signer.of(signing) for _ in range(4))
    offer, done = signed.signed()
    waiting.offer()
    ask(asking, "L’indemnité couvre-t-elle la fibre ?")
    lines = [*refusing.device.started(), refusing.device.line(events.StepFinished("addendum", Outcome.FAILED, "addendum.refused"))]
    assert signing.post(refusing.device, lines).status_code == 200
    found = listed(signing)
    assert found[signed.employee_id]["state"] == "signed"
    assert found[signed.employee_id]["final_sha256"] == done.final_sha256
    assert found[signed.employee_id]["document_id"] == offer.document_id
    assert found[waiting.employee_id]["state"] == "pending"
    assert found[asking.employee_id]["state"] == "pending"
    (question,) = found[asking.employee_id]["questions"]
    assert (question["clause"], question["text"]) == ("costs", "L’indemnité couvre-t-elle la fibre ?")
    assert found[refusing.employee_id]["state"] == "refused"
    assert set(listed(signing, "--questions")) & {signed.employee_id, asking.employee_id} == {asking.employee_id}
    assert signed.employee_id not in listed(signing, "--state", "pending")
    told = signing.command("addenda", "list", "--questions", "--journeys", str(signing.journeys))
    assert "costs\tL’indemnité couvre-t-elle la fibre ?" in told
    refusing.signed()
    assert listed(signing)[refusing.employee_id]["state"] == "signed", "refusing leaves the door open"


def test_the_files_come_with_a_manifest(signing: Backend, tmp_path: Path) -> None:
    signing.fresh()
    signer = Signer.of(signing)
    offer, done = signer.signed()
    until(lambda: signer.get(f"/v1/addendum/{offer.document_id}/audit.pdf").status_code == 200, 30)
    path = tmp_path / "all.zip"
    said = signing.typed("addenda", "download", signer.employee_id, "--output", str(path)).stdout
    assert said.startswith("1 documents, 3 files")
    assert path.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        rows = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
        assert [row["what"] for row in rows] == ["signed", "audit_pdf", "audit_json"]
        for row in rows:
            raw = archive.read(row["path"])
            assert (hashlib.sha256(raw).hexdigest(), str(len(raw))) == (row["sha256"], row["size"])
            assert row["employee_id"] == signer.employee_id
        assert rows[0]["sha256"] == done.final_sha256
        assert json.loads(archive.read("manifest.json"))[0]["sha256"] == done.final_sha256
        assert json.loads(archive.read(rows[2]["path"]))["document_id"] == offer.document_id
    one = tmp_path / "one.pdf"
    signing.command("addenda", "export", signer.employee_id, "--output", str(one))
    assert hashlib.sha256(one.read_bytes()).hexdigest() == done.final_sha256
    signing.command("addenda", "export", "nobody", "--output", str(one), ok=False)


def test_a_new_version_asks_for_a_new_signature_where_the_journey_says_so(own_signing: Backend) -> None:
    backend = own_signing
    signer = Signer.of(backend)
    signer.signed()
    own = backend.home / "data" / "documents" / "addendum"
    shutil.copytree(template_folder(None), own)
    head = own / "template.toml"
    head.write_text(head.read_text("utf-8").replace('version = "2026.1"', 'version = "2027.1"'), "utf-8")
    assert listed(backend)[signer.employee_id]["state"] == "signed"
    steps = [{**step, "limits": {"sign_again": True}} if step["id"] == "addendum" else step for step in STEPS]
    backend.put_journey(**{**JOURNEY, "version": 4, "steps": steps})
    assert listed(backend)[signer.employee_id]["state"] == "to_sign_again"
    until(lambda: signer.offer().state == "to_sign_again")
    again = signer.offer()
    assert again.template_version == "2027.1"
    signer.signed(again)
    assert listed(backend)[signer.employee_id]["state"] == "signed"
    assert backend.command("addenda", "download", "--output", str(backend.home / "all.zip")).startswith("2 documents")


def rows_of(backend: Backend, table: Any, document_id: str) -> list[Any]:
    database = Database(default_database(backend.home / "data"))
    try:
        with database.read() as connection:
            return list(connection.execute(select(table).where(table.c.document_id == document_id)))
    finally:
        database.close()


def test_erasing_takes_the_document_and_leaves_its_hash(signing: Backend, tmp_path: Path) -> None:
    signing.fresh()
    signer = Signer.of(signing)
    offer, done = signer.signed()
    until(lambda: signer.get(f"/v1/addendum/{offer.document_id}/audit.pdf").status_code == 200, 30)
    final = signer.file(offer, "signed.pdf")
    assert "1 would be erased" in signing.command("addenda", "erase", signer.employee_id, "--why", "demande 12", "--dry-run")
    assert signer.file(offer, "signed.pdf") == final
    assert "1 erased" in signing.command("addenda", "erase", signer.employee_id, "--why", "demande 12")
    assert "0 erased" in signing.command("addenda", "erase", signer.employee_id, "--why", "demande 12")
    (row,) = rows_of(signing, addenda, offer.document_id)
    assert (row.state, row.pdf, row.facts) == ("erased", b"", "{}")
    assert (row.final_sha256, row.revisions, row.template_version) == (done.final_sha256, 2, offer.template_version)
    assert all(file.pdf is None for file in rows_of(signing, addendum_files, offer.document_id))
    assert rows_of(signing, addendum_transactions, offer.document_id) == []
    log = rows_of(signing, addendum_log, offer.document_id)
    assert {entry.facts for entry in log if entry.what != "erased"} == {"{}"}
    assert all(len(entry.hash) == 64 for entry in log)
    assert signer.get(f"/v1/addendum/{offer.document_id}/signed.pdf").status_code == 404
    # The agent's own copy is still recognised, and so is an earlier stage of it.
    answer = signing.client.post(f"{signing.url}/v1/verify", content=final)
    verdict = msgspec.json.decode(answer.content, type=Verdict)
    assert (verdict.sound, verdict.known) == (True, True)
    assert listed(signing)[signer.employee_id]["state"] == "pending"
    assert signer.offer().document_id != offer.document_id
    assert signing.command("addenda", "download", signer.employee_id, "--output", str(tmp_path / "a.zip")).startswith("0 documents")


def test_the_policy_says_what_is_old_enough(signing: Backend, tmp_path: Path) -> None:
    signing.fresh()
    signed, waiting = Signer.of(signing), Signer.of(signing)
    offer, _ = signed.signed()
    offered = waiting.offer()
    database = Database(default_database(signing.home / "data"))
    try:
        policy = retention.Policy(unsigned_days=90, signed_days=1000)
        with database.read() as connection:
            for days, expected in ((1, set()), (91, {offered.document_id}), (1001, {offered.document_id, offer.document_id})):
                due = {one.document_id for one in retention.due(connection, policy, datetime.now(UTC) + timedelta(days=days))}
                assert due & {offered.document_id, offer.document_id} == expected
        with database.write() as connection:
            assert retention.erase(connection, offered.document_id, "policy", clock.now())
            assert not retention.erase(connection, offered.document_id, "policy", clock.now())
            assert not retention.erase(connection, "AV-none", "policy", clock.now())
    finally:
        database.close()
    assert signing.command("addenda", "expire", "--dry-run").endswith("would be erased")
    (tmp_path / "documents").mkdir()
    (tmp_path / retention.FILE).write_text("signed_days = 0\n", "utf-8")
    with pytest.raises(ContractError):
        retention.read_policy(tmp_path)


def test_the_console_lists_and_hands_out(signing: Backend) -> None:
    signing.fresh()
    signer, asking = Signer.of(signing), Signer.of(signing, "Sara <b>Alami</b>")
    offer, done = signer.signed()
    ask(asking, "<script>alert(1)</script> Et la fibre ?")
    until(lambda: signer.get(f"/v1/addendum/{offer.document_id}/audit.pdf").status_code == 200, 30)
    client, url = signing.client, signing.url
    assert client.get(f"{url}/console/addenda").status_code == 401
    assert client.get(f"{url}/console/addenda/archive").status_code == 401
    assert client.get(signing.console_url, follow_redirects=True).status_code == 200
    page = client.get(f"{url}/console/addenda?lang=fr&q={signer.employee_id}").text
    assert "signé" in page
    assert f"/console/addenda/{offer.document_id}/signed.pdf" in page
    page = client.get(f"{url}/console/addenda?questions=1&q={asking.employee_id}").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "Sara &lt;b&gt;Alami" in page
    found = client.get(f"{url}/console/addenda/{offer.document_id}/signed.pdf")
    assert hashlib.sha256(found.content).hexdigest() == done.final_sha256
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{url}/console/addenda/{offer.document_id}/audit.pdf").content.startswith(b"%PDF-")
    for path in (f"{offer.document_id}/key.pem", "AV-none/signed.pdf", "..%2f..%2fetc/signed.pdf"):
        assert client.get(f"{url}/console/addenda/{path}").status_code == 404
    archive = client.get(f"{url}/console/addenda/archive?q={signer.employee_id}")
    assert archive.headers["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
        assert len(opened.namelist()) == 5
        assert hashlib.sha256(opened.read(f"{signer.employee_id}/{offer.document_id}.pdf")).hexdigest() == done.final_sha256
    empty = client.get(f"{url}/console/addenda/archive?q=nobody-at-all")
    with zipfile.ZipFile(io.BytesIO(empty.content)) as opened:
        assert sorted(opened.namelist()) == ["manifest.csv", "manifest.json"]


def test_the_same_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    with signing_backend(tmp_path / "own", database=postgres_url) as backend:
        signer, asking = Signer.of(backend), Signer.of(backend)
        offer, done = signer.signed()
        ask(asking, "Et la fibre ?")
        found = listed(backend)
        assert (found[signer.employee_id]["state"], found[signer.employee_id]["final_sha256"]) == ("signed", done.final_sha256)
        assert found[asking.employee_id]["questions"][0]["text"] == "Et la fibre ?"
        assert backend.command("addenda", "download", "--output", str(tmp_path / "all.zip")).startswith("1 documents")
        final = signer.file(offer, "signed.pdf")
        assert "1 erased" in backend.command("addenda", "erase", signer.employee_id, "--why", "demande 12")
        verdict = msgspec.json.decode(backend.client.post(f"{backend.url}/v1/verify", content=final).content, type=Verdict)
        assert (verdict.sound, verdict.known) == (True, True)
        assert backend.command("addenda", "expire").endswith("0 erased")

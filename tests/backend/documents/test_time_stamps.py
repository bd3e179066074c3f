"""Time stamps: ours before OpenSSL; somebody else's before us, good and bad; and a signature that waits for one."""

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from app.backend.documents.setup import TimeStampSetup
from app.backend.documents.timestamps import RemoteSource, TimeStampError
from app.contracts.audit import AuditRecord, log_holds
from tests.backend.documents import independent
from tests.backend.documents.authority import OpensslAuthority
from tests.backend.documents.signer import Signer, refused, signing_backend
from tests.backend.rig import Backend, until

DIGEST = hashlib.sha256(b"a signature").digest()


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpensslAuthority]:
    with OpensslAuthority(tmp_path_factory.mktemp("tsa")) as running:
        yield running


@pytest.fixture
def good(tsa: OpensslAuthority) -> OpensslAuthority:
    tsa.mood = "good"
    return tsa


def source(tsa: OpensslAuthority, timeout_s: float = 5, trust: str = "root.pem") -> RemoteSource:
    return RemoteSource(TimeStampSetup(f"{tsa.address}/tsa", trust, [], timeout_s), tsa.folder)


def test_openssl_verifies_our_authority(signing: Backend, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"anything")
    for name in ("root", "chain"):
        (tmp_path / f"{name}.pem").write_text(signing.client.get(f"{signing.url}/pki/{name}.pem").text)
    for digest in ("sha256", "sha512"):
        independent.run("openssl", "ts", "-query", "-data", "data", f"-{digest}", "-cert", "-out", "q", cwd=tmp_path)
        answer = signing.client.post(f"{signing.url}/tsa", content=(tmp_path / "q").read_bytes())
        assert answer.headers["Content-Type"] == "application/timestamp-reply"
        (tmp_path / "r").write_bytes(answer.content)
        words = ["openssl", "ts", "-verify", "-queryfile", "q", "-in", "r", "-CAfile", "root.pem", "-untrusted", "chain.pem"]
        assert "Verification: OK" in independent.run(*words, cwd=tmp_path)


@pytest.mark.parametrize(("request_words", "said"), [(["-md5"], "unrecognized or unsupported algorithm"), ([], "cannot be read")])
def test_our_authority_says_why_it_refuses(signing: Backend, tmp_path: Path, request_words: list[str], said: str) -> None:
    (tmp_path / "data").write_bytes(b"anything")
    query = b"junk"
    if request_words:
        independent.run("openssl", "ts", "-query", "-data", "data", *request_words, "-out", "q", cwd=tmp_path)
        query = (tmp_path / "q").read_bytes()
    (tmp_path / "r").write_bytes(signing.client.post(f"{signing.url}/tsa", content=query).content)
    text = independent.run("openssl", "ts", "-reply", "-in", "r", "-text", cwd=tmp_path)
    assert "Rejected" in text
    assert said in text or "data submitted has the wrong format" in text


def test_a_token_of_openssl_is_verified_and_its_material_fetched(good: OpensslAuthority) -> None:
    found = source(good)
    token = found.stamp(DIGEST, datetime.now(UTC))
    material = found.material(token, datetime.now(UTC))
    assert len(material.certificates) == 2
    assert material.crls == [(good.folder / "root.crl").read_bytes()]


@pytest.mark.parametrize("mood", ["garbage", "error", "slow", "replay"])
def test_a_bad_answer_is_no_time_stamp(good: OpensslAuthority, mood: str) -> None:
    source(good).stamp(DIGEST, datetime.now(UTC))
    good.mood = mood
    with pytest.raises(TimeStampError):
        source(good, timeout_s=1).stamp(DIGEST, datetime.now(UTC))


def test_an_authority_that_is_not_trusted_is_refused(good: OpensslAuthority, signing: Backend) -> None:
    (good.folder / "other.pem").write_text(signing.client.get(f"{signing.url}/pki/root.pem").text)
    with pytest.raises(TimeStampError, match="not trusted"):
        source(good, trust="other.pem").stamp(DIGEST, datetime.now(UTC))


def test_nobody_there(tmp_path: Path) -> None:
    with OpensslAuthority(tmp_path / "gone") as gone:
        found = source(gone)
    with pytest.raises(TimeStampError, match="ConnectionRefused"):
        found.stamp(DIGEST, datetime.now(UTC))


def test_a_signature_waits_for_the_authority_and_is_completed_once(good: OpensslAuthority, tmp_path: Path) -> None:
    good.mood = "garbage"
    with signing_backend(tmp_path / "waits", setup=good.setup()) as backend:
        signer = Signer.of(backend)
        offer, done = signer.signed()
        assert (done.state, done.final_sha256, done.timestamp) == ("signed_pending_time", "", None)
        assert signer.offer().state == "signed_pending_time"
        interim = signer.file(offer, "signed.pdf")
        chain = tmp_path / "root.pem"
        chain.write_text(backend.client.get(f"{backend.url}/pki/root.pem").text)
        assert independent.pdfsig(tmp_path, interim, chain) == [("Signature is Valid.", "Certificate is Trusted.")]
        refused(signer.get(f"/v1/addendum/{offer.document_id}/audit.json"), 404, "addendum.not_signed")
        # They leave before the authority is back: what they signed while they were here stays good.
        assert backend.command("pki", "revoke", signer.employee_id) == "1 revoked"
        good.mood = "good"
        backend.stop()
        backend.start()  # what waits is taken up at the start, without waiting for the next round
        until(lambda: signer.offer().state == "signed", 20)
        final = signer.file(offer, "signed.pdf")
        cuts = independent.cut(final)
        assert len(cuts) == 2
        for one in cuts:
            assert "Verification: OK" in independent.openssl_ts(tmp_path, one, good.folder / "root.pem", good.folder / "root.pem")
        roots = tmp_path / "roots.pem"
        roots.write_text(chain.read_text() + (good.folder / "root.pem").read_text())
        assert [status.bottom_line for status in independent.pyhanko(final, roots)] == [True, True]
        record = msgspec.json.decode(signer.file(offer, "audit.json"), type=AuditRecord)
        assert log_holds(record.log)
        assert [entry.what for entry in record.log].count("time_stamped") == 1
        with sqlite3.connect(tmp_path / "waits" / "data" / "backend.db") as database:
            rows = database.execute("SELECT what FROM addendum_files WHERE what != 'audit' ORDER BY what").fetchall()
        assert rows == [("agent",), ("employer",)]

"""The whole way to a signed and sealed document, and everything that is refused on it."""

import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from app.contracts import addendum as ad
from app.contracts.audit import AuditRecord, log_holds
from app.contracts.events import QuestionAsked, StepEntered, StepFinished
from app.contracts.outcomes import Outcome
from tests.backend.documents.signer import Signer, read, refused, signing_backend
from tests.backend.rig import CSV_HEAD, Backend, until


def test_the_whole_way(signer: Signer) -> None:
    offer = signer.offer()
    assert offer.state == "offered"
    assert offer.channel == ad.Channel("console", signer.employee_id)
    shown = signer.file(offer, "document.pdf")
    assert (hashlib.sha256(shown).hexdigest(), len(shown)) == (offer.sha256, offer.size)
    assert len(offer.clauses) > 10
    chain = signer.certify()
    assert len(chain.chain) == 3
    prepared = signer.prepare(offer, signer.request(offer, signer.code(offer)))
    ready = signer.get(f"/v1/addendum/{offer.document_id}/prepared/{prepared.transaction}").content
    ad.check_prepared(ready, shown, base64.b64decode(prepared.signed_attributes))
    done = signer.finish(offer, signer.sign(prepared))
    assert (done.state, done.revisions) == ("signed", 2)
    assert done.timestamp is not None
    final = signer.file(offer, "signed.pdf")
    assert hashlib.sha256(final).hexdigest() == done.final_sha256
    assert final.startswith(shown)
    after = signer.offer()
    assert after.state == "signed"
    assert after.signed is not None
    assert (after.signed.final_sha256, after.signed.revisions, after.signed.timestamp) == (done.final_sha256, 2, done.timestamp)
    record = msgspec.json.decode(signer.file(offer, "audit.json"), type=AuditRecord)
    assert [revision.what for revision in record.revisions] == ["offered", "agent", "employer"]
    assert record.revisions[1].sha256 == hashlib.sha256(final[: record.revisions[1].size]).hexdigest()
    assert record.agent_certificate.subject_serial == signer.employee_id
    assert record.log_head == record.log[-1].hash
    assert log_holds(record.log)
    assert [entry.what for entry in record.log] == [
        "offered", "code_sent", "code_confirmed", "consented", "prepared", "signed_by_agent", "time_stamped", "sealed",
    ]  # fmt: skip


def test_wrong_codes_are_counted_and_then_the_code_is_dead(signer: Signer) -> None:
    offer = signer.offer()
    signer.certify()
    path = f"/v1/addendum/{offer.document_id}/prepare"
    refused(signer.post(path, signer.request(offer, "123456")), 422, "addendum.code_expired")  # none was asked for
    code = signer.code(offer)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for left in (4, 3, 2, 1):
        assert refused(signer.post(path, signer.request(offer, wrong)), 422, "addendum.code_wrong").tries_left == left
    locked = refused(signer.post(path, signer.request(offer, wrong)), 429, "addendum.code_locked")
    assert locked.retry_after is not None
    assert 0 < locked.retry_after <= 60
    refused(signer.post(path, signer.request(offer, code)), 429, "addendum.code_locked")  # also the right one, now
    asked = refused(signer.post(f"/v1/addendum/{offer.document_id}/code"), 429, "addendum.rate_limited")
    assert asked.retry_after is not None
    assert 0 < asked.retry_after <= 60
    assert signer.offer().state == "offered"


def test_a_code_is_read_as_people_write_it_and_opens_once(signer: Signer) -> None:
    offer = signer.offer()
    signer.certify()
    code = signer.code(offer)
    typed = "".join(chr(0x0660 + int(digit)) for digit in f"{code[:3]}{code[3:]}")  # Arabic-Indic digits
    first = signer.prepare(offer, signer.request(offer, f" {typed[:3]} {typed[3:]} "))
    assert first.expires_in_s > 500
    refused(signer.post(f"/v1/addendum/{offer.document_id}/prepare", signer.request(offer, code)), 422, "addendum.code_expired")


def test_the_same_press_of_the_button_prepares_once(signer: Signer) -> None:
    offer = signer.offer()
    signer.certify()
    request = signer.request(offer, signer.code(offer))
    first = signer.prepare(offer, request)
    again = signer.prepare(offer, request)
    assert msgspec.structs.replace(again, expires_in_s=0) == msgspec.structs.replace(first, expires_in_s=0)


def test_a_lost_answer_to_finish_is_given_again(signer: Signer) -> None:
    offer = signer.offer()
    signer.certify()
    prepared = signer.prepare(offer, signer.request(offer, signer.code(offer)))
    request = signer.sign(prepared)
    first = signer.finish(offer, request)
    assert signer.finish(offer, request) == first
    assert signer.finish(offer, signer.sign(prepared)) == first  # ECDSA gives other bytes each time: the same transaction nonetheless
    refused(signer.post(f"/v1/addendum/{offer.document_id}/code"), 409, "addendum.already_signed")


@pytest.mark.parametrize(("forwarded", "kept"), [("10.0.0.1, 192.0.2.7", "192.0.2.7"), ("<script>", "127."), ("", "127.")])
def test_the_address_a_proxy_beside_the_backend_saw_is_kept(signer: Signer, forwarded: str, kept: str) -> None:
    offer = signer.offer()
    signer.certify()
    path = f"/v1/addendum/{offer.document_id}/prepare"
    prepared = read(signer.post(path, signer.request(offer, signer.code(offer)), X_Forwarded_For=forwarded), ad.Prepared)
    signer.finish(offer, signer.sign(prepared))
    record = msgspec.json.decode(signer.file(offer, "audit.json"), type=AuditRecord)
    assert record.device.address.startswith(kept)


def test_two_finishes_at_once_make_one_document(signer: Signer) -> None:
    offer = signer.offer()
    signer.certify()
    prepared = signer.prepare(offer, signer.request(offer, signer.code(offer)))
    requests = [signer.sign(prepared) for _ in range(4)]
    with ThreadPoolExecutor(4) as together:
        done = list(together.map(lambda request: signer.finish(offer, request), requests))
    assert {one.final_sha256 for one in done} == {hashlib.sha256(signer.file(offer, "signed.pdf")).hexdigest()}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"document_sha256": "0" * 64}, 409, "addendum.document_changed"),
        ({"consent": ad.ConsentGiven("1999", "fr")}, 409, "addendum.consent_changed"),
        ({"reading": ad.Reading([ad.PageRead(1, 5)], "", "")}, 422, "addendum.reading_incomplete"),
        ({"reading": ad.Reading([ad.PageRead(1, -5)], "", "")}, 422, "addendum.reading_incomplete"),
        ({"appearance": ad.Appearance("drawn", "fr", [[(0.5, 0.5)]])}, 422, "addendum.appearance_invalid"),
        ({"appearance": ad.Appearance("drawn", "fr", [[(0.5, 0.5), (7.0, 0.1)]])}, 422, "addendum.appearance_invalid"),
        ({"appearance": ad.Appearance("typed", "fr", name="  ")}, 422, "addendum.appearance_invalid"),
        ({"appearance": ad.Appearance("typed", "fr", name="a\u202eb\u0007")}, 422, "addendum.appearance_invalid"),
        ({"certificate": "0" * 64}, 422, "addendum.certificate_unknown"),
        ({"idempotency_key": "short"}, 400, "request.malformed"),
    ],
)
def test_what_is_not_right_is_refused_without_costing_the_code(signer: Signer, change: dict[str, Any], status: int, code: str) -> None:
    offer = signer.offer()
    signer.certify()
    one_time = signer.code(offer)
    path = f"/v1/addendum/{offer.document_id}/prepare"
    got = refused(signer.post(path, signer.request(offer, one_time, **change)), status, code)
    assert got.tries_left is None
    assert signer.prepare(offer, signer.request(offer, one_time)).transaction


def test_another_agents_document_is_nobodys(signing: Backend, signer: Signer) -> None:
    offer, other = signer.offer(), Signer.of(signing)
    other.certify()
    for answer in (
        other.get(f"/v1/addendum/{offer.document_id}/document.pdf"),
        other.get(f"/v1/addendum/{offer.document_id}/signed.pdf"),
        other.get(f"/v1/addendum/{offer.document_id}/audit.json"),
        other.post(f"/v1/addendum/{offer.document_id}/code"),
        other.post(f"/v1/addendum/{offer.document_id}/prepare", other.request(offer, "123456")),
        other.post(f"/v1/addendum/{offer.document_id}/finish", ad.FinishRequest("x", "AAAA")),
    ):
        refused(answer, 404, "addendum.not_offered")
    other.device.token = "nobody's"
    refused(other.get("/v1/addendum"), 401, "token.refused")


def test_a_signature_of_another_key_or_of_other_bytes_is_refused(signer: Signer) -> None:
    offer = signer.offer()
    signer.certify()
    prepared = signer.prepare(offer, signer.request(offer, signer.code(offer)))
    path = f"/v1/addendum/{offer.document_id}/finish"
    stranger = ec.generate_private_key(ec.SECP256R1())
    refused(signer.post(path, signer.sign(prepared, stranger)), 422, "addendum.signature_invalid")
    other = msgspec.structs.replace(prepared, signed_attributes=base64.b64encode(b"something else").decode())
    refused(signer.post(path, signer.sign(other)), 422, "addendum.signature_invalid")
    refused(signer.post(path, ad.FinishRequest(prepared.transaction, "not base64!")), 422, "addendum.signature_invalid")
    refused(signer.post(path, ad.FinishRequest("unknown", signer.sign(prepared).signature)), 404, "addendum.transaction_unknown")
    refused(signer.get(f"/v1/addendum/{offer.document_id}/signed.pdf"), 404, "addendum.not_signed")
    assert signer.finish(offer, signer.sign(prepared)).state == "signed"


def test_a_key_gets_one_certificate_and_a_new_key_ends_the_one_before(signer: Signer) -> None:
    first = signer.certify()
    assert signer.certify() == first
    leaf = x509.load_pem_x509_certificate(first.chain[0].encode())
    assert leaf.subject.get_attributes_for_oid(x509.NameOID.SERIAL_NUMBER)[0].value == signer.employee_id
    offer = signer.offer()
    prepared = signer.prepare(offer, signer.request(offer, signer.code(offer)))
    old, signer.key = signer.key, ec.generate_private_key(ec.SECP256R1())  # another PC
    second = signer.certify()
    assert second.sha256 != first.sha256
    path = f"/v1/addendum/{offer.document_id}/finish"
    refused(signer.post(path, signer.sign(prepared, old)), 409, "addendum.certificate_revoked")
    refused(signer.post("/v1/certificates", ad.CertificateRequest(signer.csr(old))), 409, "addendum.certificate_revoked")
    crl = x509.load_der_x509_crl(signer.backend.client.get(f"{signer.backend.url}/pki/issuing.crl").content)
    revoked = crl.get_revoked_certificate_by_serial_number(leaf.serial_number)
    assert revoked is not None
    assert revoked.extensions.get_extension_for_class(x509.CRLReason).value.reason == x509.ReasonFlags.superseded


@pytest.mark.parametrize("kind", ["garbage", "rsa", "p384", "stolen"])
def test_what_is_no_request_for_a_p256_key_is_refused(signer: Signer, kind: str) -> None:
    text = {
        "garbage": lambda: "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n",
        "rsa": lambda: signer.csr(rsa.generate_private_key(65537, 2048)),
        "p384": lambda: signer.csr(ec.generate_private_key(ec.SECP384R1())),
        "stolen": lambda: _with_another_key(signer),
    }[kind]()
    refused(signer.post("/v1/certificates", ad.CertificateRequest(text)), 422, "addendum.csr_invalid")


def _with_another_key(signer: Signer) -> str:
    """A request for somebody else's key, signed by one's own."""
    from asn1crypto import csr, pem

    der = pem.unarmor(signer.csr().encode())[2]
    request = csr.CertificationRequest.load(der)
    other = pem.unarmor(signer.csr(ec.generate_private_key(ec.SECP256R1())).encode())[2]
    request["certification_request_info"] = csr.CertificationRequest.load(other)["certification_request_info"]
    return str(pem.armor("CERTIFICATE REQUEST", request.dump(force=True)).decode())


def test_changed_facts_make_a_new_document_and_the_old_one_cannot_be_signed(signer: Signer) -> None:
    offer = signer.offer()
    signer.certify()
    assert signer.offer().document_id == offer.document_id
    code = signer.code(offer)
    signer.backend.people(
        f"{CSV_HEAD}\n{signer.employee_id},Imane Berrada,fr,Casablanca,telecom_fr,,HP ProBook,PC-9,B535,BX-1,Blackwire 3220,HS-1\n"
    )
    newer = signer.offer()
    assert newer.document_id != offer.document_id
    assert newer.sha256 != offer.sha256
    refused(signer.post(f"/v1/addendum/{offer.document_id}/prepare", signer.request(offer, code)), 409, "addendum.document_changed")
    assert signer.signed(newer)[1].state == "signed"


def test_a_refusal_is_shown_and_leaves_the_door_open(signer: Signer) -> None:
    device = signer.device
    refusal = StepFinished("addendum", Outcome.FAILED, "addendum.refused", {})
    answer = signer.backend.post(device, [*device.started(), device.line(StepEntered("addendum")), device.line(refusal)])
    assert answer.status_code == 200
    assert signer.offer().state == "refused"
    assert signer.signed()[1].state == "signed"
    assert signer.offer().state == "signed"


def test_a_question_is_an_event_that_is_stored(signer: Signer) -> None:
    device = signer.device
    answer = signer.backend.post(
        device, [*device.started(), device.line(QuestionAsked("addendum", "hours", "Et pendant le ramadan ?", "AV-1"))]
    )
    assert answer.json()["acked_sequence"] == device.sequence


def test_the_whole_way_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    with signing_backend(tmp_path / "pg", database=postgres_url) as backend:
        signer = Signer.of(backend)
        offer, done = signer.signed()
        assert (done.state, done.revisions) == ("signed", 2)
        assert hashlib.sha256(signer.file(offer, "signed.pdf")).hexdigest() == done.final_sha256
        refused(signer.get("/v1/addendum/a%00b/document.pdf"), 404, "addendum.not_offered")
        refused(signer.get(f"/v1/addendum/{offer.document_id}/prepared/a%00b"), 404, "addendum.transaction_unknown")
        odd = signer.request(offer, "123456", device=ad.DeviceFacts("Win\0dows"))
        refused(signer.post(f"/v1/addendum/{offer.document_id}/prepare", odd), 400, "request.malformed")
        signer.key = ec.generate_private_key(ec.SECP256R1())
        signer.certify()
        assert "1 revoked" in backend.command("pki", "status")


def test_a_document_that_cannot_be_made_is_no_fault_of_the_agents(tmp_path: Path) -> None:
    with signing_backend(tmp_path / "broken") as backend:
        signer = Signer.of(backend)
        own = backend.home / "data" / "documents" / "company.toml"
        own.parent.mkdir(exist_ok=True)
        own.write_text("colour = 1\n")
        problem = refused(signer.get("/v1/addendum"), 503, "addendum.document_failed")
        assert problem.retry_after == 60
        assert "company.malformed" in backend.log()
        own.unlink()
        until(lambda: signer.get("/v1/addendum").status_code == 200)

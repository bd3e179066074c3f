"""The whole way to a signed and sealed document, and everything that is refused on it."""

import base64
import hashlib

import msgspec

from app.contracts import addendum as ad
from app.contracts.audit import AuditRecord, log_holds
from tests.backend.documents.signer import Signer
from tests.backend.rig import until


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
    until(lambda: signer.get("/v1/addendum").status_code == 200)

"""The golden files of the contracts, read by the backend itself: what a wizard of another version sends is taken as it is."""

from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.backend import lines
from app.contracts.problems import Problem
from tests.backend.rig import Backend, Device

GOLDEN = Path(__file__).parents[1] / "contracts" / "golden"
CHAIN = (GOLDEN / "chain.jsonl").read_bytes().splitlines()


def test_every_golden_line_is_read_without_a_doubt() -> None:
    key = Device(Ed25519PrivateKey.from_private_bytes(b"k" * 32)).public
    batch = lines.split(b"[" + b",".join(CHAIN) + b"]")
    assert batch == CHAIN, "the exact bytes are kept"
    assert [lines.signed(lines.read(line), key).refusal for line in batch] == ["", "", ""]


def test_a_golden_chain_is_stored_and_its_report_holds(own: Backend) -> None:
    device = own.paired(device=Device(Ed25519PrivateKey.from_private_bytes(b"k" * 32)))
    answer = own.post(device, CHAIN)
    assert (answer.status_code, answer.json()["acked_sequence"], answer.json().get("refused", [])) == (200, 3, [])
    report = own.report()
    assert (report["chain"], report["events"]) == ("unbroken", 3)
    [step] = report["steps"]
    assert (step["id"], step["outcome"], step["code"], step["sequence"]) == ("welcome", "passed", "welcome.passed", 3)


def test_a_golden_enrolment_is_understood_and_refused_for_its_proof_alone(backend: Backend) -> None:
    """Its code and key are nobody's: that it comes as far as the proof shows that every field of it was read."""
    newer = (GOLDEN / "enrolment_request.json").read_bytes().rstrip()[:-1] + b',"from_a_newer_version":1}'
    for body in ((GOLDEN / "enrolment_request.json").read_bytes(), newer):
        answer = backend.client.post(f"{backend.url}/v1/enrolments", content=body, headers={"Content-Type": "application/json"})
        assert msgspec.json.decode(answer.content, type=Problem).code == "enrolment.proof_invalid"

"""The events matrix, over real HTTP and a real database."""

import gzip
import json
import time
import zlib
from typing import Any

import httpx
import msgspec
import pytest

from app.contracts import chain, events, keys
from app.contracts.outcomes import Outcome
from app.contracts.problems import Problem
from app.contracts.receipts import MAX_BATCH_BYTES, MAX_BATCH_EVENTS, EventsReceipt
from tests.backend.rig import Backend, Device


def receipt(answer: httpx.Response) -> EventsReceipt:
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=EventsReceipt)


def problem(answer: httpx.Response, status: int) -> Problem:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    return msgspec.json.decode(answer.content, type=Problem)


def refusals(found: EventsReceipt) -> list[tuple[int, str]]:
    return [(refusal.sequence, refusal.code) for refusal in found.refused]


def test_a_journey_is_stored_once_and_its_record_verifies(backend: Backend) -> None:
    device = backend.paired()
    lines = device.started() + device.steps("welcome", "identity", "guidelines", "ready")
    assert receipt(backend.post(device, lines)).acked_sequence == len(lines)
    again = receipt(backend.post(device, lines))
    assert (again.acked_sequence, again.refused) == (len(lines), [])
    record = backend.report()
    assert (record["events"], record["chain"], record["quarantined"]) == (len(lines), "unbroken", 0)
    assert [step["id"] for step in record["steps"]] == ["welcome", "identity", "guidelines", "ready"]
    assert set(record["steps"][0]) == {"id", "outcome", "code", "facts", "event_id", "sequence", "simulated", "time"}
    assert record["session"]["ready"] is True
    assert record["session"]["session_code"] == "123456"


def test_the_exact_bytes_count(backend: Backend) -> None:
    """Spaces inside a line, and fields this version does not know, stay covered by hash and signature."""
    device = backend.paired()
    event = device.event(events.StepEntered("welcome"))
    body = msgspec.json.encode(event)[:-1] + b' , "later" : {"a": 1}'
    line = body + b',"signature":"' + keys.sign(device.key, body + b"}").encode() + b'"}'
    device.took(line, event)
    assert receipt(backend.post(device, [line, *device.steps("welcome")])).refused == []
    assert backend.report()["chain"] == "unbroken"


def test_overlapping_batches_are_acknowledged_to_the_head(backend: Backend) -> None:
    device = backend.paired()
    lines = device.started() + device.steps("welcome")
    receipt(backend.post(device, lines[:4]))
    assert receipt(backend.post(device, lines[:2])).acked_sequence == 4
    assert receipt(backend.post(device, lines[2:])).acked_sequence == 5


def test_a_fork_is_refused_and_the_head_stays(backend: Backend) -> None:
    device = backend.paired()
    lines = device.started()
    receipt(backend.post(device, lines))
    twin = Device(device.key)
    other = twin.line(events.WizardOpened("0.1.0"))
    for _ in range(2):
        found = receipt(backend.post(device, [other]))
        assert refusals(found) == [(1, "event.fork")]
        assert found.acked_sequence == 3
    record = backend.report()
    assert (record["chain"], record["quarantined"]) == ("unbroken", 1)


def test_a_gap_keeps_what_came_before_it(backend: Backend) -> None:
    device = backend.paired()
    lines = device.started() + device.steps("welcome")
    found = problem(backend.post(device, [lines[0], lines[1], lines[3]]), 409)
    assert (found.code, found.expected_sequence) == ("event.gap", 3)
    assert receipt(backend.post(device, lines[2:])).acked_sequence == 5


def _bad_signature(device: Device) -> bytes:
    event = device.event(events.StepEntered("welcome"))
    return device.took(chain.seal(event, Device().key), event)


def _bad_data(device: Device) -> bytes:
    return device.line(events.StepEntered("welcome"), data=msgspec.Raw(b'{"step":7}'))


def _unknown_kind(device: Device) -> bytes:
    return device.line(events.StepEntered("welcome"), type="ma.marhaba.step.dreamt.v1")


def _broken_chain(device: Device) -> bytes:
    return device.line(events.StepEntered("welcome"), previoushash="1" * 64)


def _reused_id(device: Device) -> bytes:
    return device.line(events.StepEntered("welcome"), id=device.last_id)


def _no_envelope(device: Device) -> bytes:
    event = device.event(events.StepEntered("welcome"))
    return device.took(json.dumps({"source": event.source, "sequence": event.sequence, "id": event.id}).encode(), event)


def _too_large(device: Device) -> bytes:
    return device.line(events.StepSaved("welcome", {"text": "x" * chain.MAX_LINE_BYTES}))


def _nul_in_id(device: Device) -> bytes:
    return device.line(events.StepEntered("welcome"), id="a\0b")


def _nul_in_step(device: Device) -> bytes:
    return device.line(events.StepEntered("wel\0come"))


def _deep(device: Device) -> bytes:
    deep = b"[" * 20_000 + b"]" * 20_000
    return device.line(events.StepEntered("welcome"), data=msgspec.Raw(b'{"step":"welcome","x":' + deep + b"}"))


def _huge_offset(device: Device) -> bytes:
    return device.line(events.StepEntered("welcome"), clockoffset=10**30)


@pytest.mark.parametrize(
    ("poison", "code"),
    [
        (_bad_signature, "event.signature_invalid"),
        (_bad_data, "event.data_invalid"),
        (_unknown_kind, "event.kind_unknown"),
        (_broken_chain, "event.chain_broken"),
        (_reused_id, "event.id_reused"),
        (_no_envelope, "event.malformed"),
        (_too_large, "event.too_large"),
        (_nul_in_id, "event.malformed"),
        (_nul_in_step, "event.data_invalid"),
        (_huge_offset, "event.malformed"),
    ],
)
def test_a_poison_event_never_blocks_the_rest(backend: Backend, poison: Any, code: str) -> None:
    device = backend.paired()
    lines = [*device.started(), poison(device), *device.steps("welcome")]
    found = receipt(backend.post(device, lines))
    assert refusals(found) == [(4, code)]
    assert found.acked_sequence == 6
    again = receipt(backend.post(device, lines))  # the reply was lost: the wizard must hear of the refusal again
    assert refusals(again) == [(4, code)]
    record = backend.report()
    assert (record["events"], record["chain"], record["quarantined"]) == (5, "unbroken", 1)


def test_a_line_nested_without_end_is_refused(backend: Backend) -> None:
    device = backend.paired()
    assert problem(backend.post(device, [_deep(device)]), 400).code == "request.malformed"


def test_nul_in_free_text_is_evidence_like_any_other(backend: Backend) -> None:
    device = backend.paired()
    line = device.line(events.StepFinished("welcome", Outcome.PASSED, "welcome.passed", {"model": "a\0b", "big": 10**30}))
    assert receipt(backend.post(device, [line])).refused == []
    assert backend.report()["steps"][0]["facts"]["model"] == "a\0b"


@pytest.mark.parametrize("item", [b"7", b"{}", b'{"source":"x","sequence":0,"id":"y"}', b'"text"', b"null", b'{"id":"\xff"}'])
def test_an_item_that_cannot_be_named(backend: Backend, item: bytes) -> None:
    device = backend.paired()
    lines = device.started()
    found = problem(backend.post(device, [*lines, item]), 422)
    assert found.code == "event.malformed"
    assert "item 3" in found.detail
    assert receipt(backend.post(device, [])).acked_sequence == 3


def test_another_agents_device_is_foreign(backend: Backend) -> None:
    mine, other = backend.paired(backend.one), backend.paired(backend.two)
    found = receipt(backend.post(mine, [other.line(events.WizardOpened("0.1.0"))]))
    assert (found.acked_sequence, refusals(found)) == (0, [(1, "event.foreign")])


def test_a_source_that_is_no_device_is_foreign(backend: Backend) -> None:
    device = backend.paired()
    line = device.line(events.WizardOpened("0.1.0"), source="urn:other")
    assert refusals(receipt(backend.post(device, [line]))) == [(1, "event.foreign")]


def test_a_batch_is_of_one_source(backend: Backend) -> None:
    mine, other = backend.paired(backend.one), backend.paired(backend.two)
    lines = [mine.line(events.WizardOpened("0.1.0")), other.line(events.WizardOpened("0.1.0"))]
    assert problem(backend.post(mine, lines), 422).code == "event.mixed_sources"
    assert receipt(backend.post(mine, lines[:1])).acked_sequence == 1


def test_gzip(backend: Backend) -> None:
    device = backend.paired()
    body = b"[" + b",".join(device.started()) + b"]"
    assert receipt(backend.post_raw(device, gzip.compress(body), Content_Encoding="gzip")).acked_sequence == 3


def test_a_gzip_bomb_does_not_inflate(backend: Backend) -> None:
    device = backend.paired()
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * 1024 * 1024) for _ in range(600)) + packer.flush()
    assert len(bomb) < MAX_BATCH_BYTES
    began = time.monotonic()
    assert problem(backend.post_raw(device, bomb, Content_Encoding="gzip"), 413).code == "request.too_large"
    assert time.monotonic() - began < 1.0


@pytest.mark.parametrize(
    ("body", "encoding", "status", "code"),
    [
        (b"[" + b" " * MAX_BATCH_BYTES + b"]", "", 413, "request.too_large"),
        (b"[" + b",".join([b"1"] * (MAX_BATCH_EVENTS + 1)) + b"]", "", 413, "request.too_large"),
        (b"{}", "", 400, "request.malformed"),
        (b"[", "", 400, "request.malformed"),
        (b"\xff", "", 400, "request.malformed"),
        (b"[]", "gzip", 400, "request.malformed"),
        (gzip.compress(b"[]", mtime=0)[:-4], "gzip", 400, "request.malformed"),
        (gzip.compress(b"[]", mtime=0) + b"more", "gzip", 400, "request.malformed"),
        (b"[]", "br", 400, "request.malformed"),
    ],
)
def test_bodies_that_are_no_batch(backend: Backend, body: bytes, encoding: str, status: int, code: str) -> None:
    device = backend.paired()
    headers = {"Content_Encoding": encoding} if encoding else {}
    assert problem(backend.post_raw(device, body, **headers), status).code == code


def test_without_a_token_nothing_is_taken(backend: Backend) -> None:
    device = backend.paired()
    lines = device.started()
    for token in ("wrong", "x" * 5000):
        device.token = token
        answer = backend.post(device, lines)
        assert problem(answer, 401).code == "token.refused"
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_newer_journey_rides_on_the_receipt(own: Backend) -> None:
    device = own.paired()
    assert receipt(own.post(device, device.started())).commands == []
    own.put_journey(version=4)
    found: list[Any] = []

    def told() -> bool:
        found[:] = receipt(own.post(device, [])).commands
        return bool(found)

    deadline = time.monotonic() + 5
    while not told():
        assert time.monotonic() < deadline
    assert [(command.kind, command.args) for command in found] == [("journey.changed", {"id": "telecom_fr", "version": "4"})]
    adopted = receipt(own.post(device, [device.line(events.JourneyAdopted("telecom_fr", 4, "0" * 64, ["welcome"]))]))
    assert adopted.commands == []


def test_numbers_declared_lost_are_skipped_and_told(backend: Backend) -> None:
    """A wizard whose journal was repaired jumps ahead and says so; the record names the hole."""
    device = backend.paired()
    receipt(backend.post(device, device.started()))
    device.hash = "2" * 64
    line = device.line(events.JournalRepaired("journal.old", 3, 4), sequence=1004)
    assert problem(backend.post(device, [line]), 409).expected_sequence == 4
    assert receipt(backend.post(device, [line], Marhaba_Lost_Through="1003")).acked_sequence == 1004
    assert receipt(backend.post(device, [line], Marhaba_Lost_Through="1003")).refused == []
    assert receipt(backend.post(device, device.steps("welcome"))).acked_sequence == 1006
    assert backend.report()["chain"] == f"{device.id} 4-1003: declared lost"


def test_rebuild_gives_the_same_sessions(own: Backend) -> None:
    device = own.paired()
    receipt(own.post(device, device.started() + device.steps("welcome", "identity")))
    before = own.report()
    assert own.command("rebuild") == "1 sessions"
    assert own.report() == before
    assert receipt(own.post(device, device.steps("guidelines"))).refused == []

"""The enrolment matrix: codes, proofs, retries, limits."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import msgspec
import pytest

from app.contracts import events, readable_code
from app.contracts.enrolment import Enrolment
from app.contracts.journey import open_journey
from app.contracts.problems import Problem
from tests.backend.rig import Backend, Device


def pairing(answer: httpx.Response) -> Enrolment:
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=Enrolment)


def problem(answer: httpx.Response) -> Problem:
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    return msgspec.json.decode(answer.content, type=Problem)


def database(backend: Backend) -> sqlite3.Connection:
    return sqlite3.connect(backend.home / "data" / "backend.db")


def test_a_code_pairs_the_device_with_its_agent(backend: Backend) -> None:
    device = Device()
    found = pairing(backend.enrol(device.request(backend.code())))
    assert found.device_id == device.id
    assert (found.agent.employee_id, found.agent.name, found.agent.site) == (backend.one, "Imane Berrada", "Casablanca")
    assert [(item.kind, item.model, item.serial) for item in found.kit] == [
        ("pc", "Latitude 5440", "PC-1"),
        ("box", "B535", "BX-1"),
        ("headset", "Blackwire 3220", "HS-1"),
    ]
    journey = open_journey(found.journey, backend.journey_key)
    assert (journey.id, journey.version) == ("telecom_fr", 3)
    assert journey.content is not None
    assert journey.content.version == "2026.1"


def test_neither_code_nor_token_is_stored_or_logged(backend: Backend) -> None:
    device, code = Device(), backend.code()
    token = pairing(backend.enrol(device.request(code))).token
    stored = b"".join(path.read_bytes() for path in (backend.home / "data").glob("backend.db*"))
    for secret in (code, code.replace("-", ""), token, backend.console_url.partition("key=")[2]):
        assert secret.encode() not in stored
    backend.client.get(backend.console_url)
    served = backend.log().replace(f"Console: {backend.console_url}", "")
    assert token not in served
    assert backend.console_url.partition("key=")[2] not in served


def test_a_lost_reply_is_asked_for_again(backend: Backend) -> None:
    device, code = Device(), backend.code()
    first = pairing(backend.enrol(device.request(code)))
    again = pairing(backend.enrol(device.request(code.lower().replace("-", " "))))
    assert again.device_id == first.device_id
    assert again.token != first.token
    for token in (first.token, again.token):
        device.token = token
        assert backend.post(device, []).status_code == 200


def test_the_retry_also_works_after_the_code_expired(backend: Backend) -> None:
    device, code = Device(), backend.code()
    pairing(backend.enrol(device.request(code)))
    _expire(backend)
    pairing(backend.enrol(device.request(code)))


def test_a_used_code_is_refused_to_another_key(backend: Backend) -> None:
    code = backend.code()
    pairing(backend.enrol(Device().request(code)))
    answer = backend.enrol(Device().request(code))
    assert (answer.status_code, problem(answer).code) == (409, "enrolment.code_used")


def test_unknown_expired_revoked_and_mistyped_are_told_alike(backend: Backend) -> None:
    revoked = backend.code()
    expired = backend.code()
    _expire(backend)
    mistyped = readable_code.new_code()[:-1] + "?"
    answers = [backend.enrol(Device().request(code)) for code in (readable_code.new_code(), expired, revoked, mistyped)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
    assert problem(answers[0]).code == "enrolment.code_refused"


def test_a_key_that_is_not_yours_cannot_be_enrolled(backend: Backend) -> None:
    device, code = Device(), backend.code()
    good = device.request(code)
    for bad in (
        msgspec.structs.replace(good, proof=Device().request(code).proof),
        msgspec.structs.replace(good, proof=""),
        msgspec.structs.replace(good, public_key="not a key"),
        msgspec.structs.replace(good, earlier_keys=["short"]),
    ):
        answer = backend.enrol(bad)
        assert (answer.status_code, problem(answer).code) == (422, "enrolment.proof_invalid")
    pairing(backend.enrol(good))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"code": 7}', b"\xff\xfe"])
def test_a_request_that_cannot_be_read(backend: Backend, body: bytes) -> None:
    answer = backend.client.post(f"{backend.url}/v1/enrolments", content=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, problem(answer).code) == (400, "request.malformed")


def test_an_earlier_keys_events_still_count(backend: Backend) -> None:
    """No keyring: the first key died with the process, its events wait, and the new key brings them along."""
    earlier, device = Device(), Device()
    lines = [earlier.line(events.SessionStarted(earlier.public, "654321", "1", "fr", "0.1.0")), earlier.line(events.StepEntered("welcome"))]
    device.token = pairing(backend.enrol(device.request(backend.code(), earlier_keys=[earlier.public]))).token
    earlier.token = device.token
    assert backend.post(earlier, lines).json()["acked_sequence"] == 2
    assert backend.post(device, device.started()).json()["acked_sequence"] == 3
    record = backend.report()
    assert (record["events"], record["chain"]) == (5, "unbroken")
    assert sorted(record["session"]["devices"]) == sorted([earlier.id, device.id])


def test_an_earlier_key_is_never_taken_from_another_agent(backend: Backend) -> None:
    victim = backend.paired(backend.two)
    thief = Device()
    thief.token = pairing(backend.enrol(thief.request(backend.code(), earlier_keys=[victim.public]))).token
    line = victim.line(events.WizardOpened("0.1.0"))
    held, victim.token = victim.token, thief.token
    assert backend.post(victim, [line]).json()["refused"][0]["code"] == "event.foreign"
    victim.token = held
    assert backend.post(victim, [line]).json()["acked_sequence"] == 1


def test_a_pc_that_changes_hands_begins_a_new_session(backend: Backend) -> None:
    device = backend.paired(backend.one)
    backend.post(device, device.started() + device.steps("welcome"))
    old = device.token
    backend.paired(backend.two, device)
    backend.post(device, [device.line(events.WizardOpened("0.1.0"))])
    assert backend.report(backend.two)["events"] == 1
    assert backend.report(backend.one)["events"] == 5
    device.token = old
    assert backend.post(device, []).status_code == 401


def test_one_code_and_many_at_once_gives_one_pairing(backend: Backend) -> None:
    code = backend.code()
    requests = [Device().request(code) for _ in range(5)]
    with ThreadPoolExecutor(5) as pool:
        statuses = [answer.status_code for answer in pool.map(backend.enrol, requests)]
    assert sorted(statuses) == [200, 409, 409, 409, 409]


def test_guessing_from_one_address_ends(backend: Backend) -> None:
    code = backend.code()
    statuses = [backend.enrol(Device().request(readable_code.new_code())).status_code for _ in range(11)]
    assert statuses == [404] * 10 + [429]
    answer = backend.enrol(Device().request(code))
    found = problem(answer)
    assert (answer.status_code, found.code) == (429, "enrolment.too_many_tries")
    assert found.retry_after is not None
    assert 0 < found.retry_after <= 900
    assert answer.headers["Retry-After"] == str(found.retry_after)


def test_behind_a_proxy_on_this_machine_one_persons_guesses_lock_nobody_else_out(backend: Backend) -> None:
    """The documented way to serve others: plain HTTP on loopback, a proxy in front that appends whom it saw."""

    def tried(code: str, forwarded: str) -> int:
        backend.client.headers["X-Forwarded-For"] = forwarded
        return backend.enrol(Device().request(code)).status_code

    # What the caller itself wrote before the proxy's own entry does not count: it would be a new person each time.
    statuses = [tried(readable_code.new_code(), f"198.51.100.{number}, 203.0.113.7") for number in range(11)]
    assert statuses == [404] * 10 + [429]
    assert tried(backend.code(), "203.0.113.8") == 200
    # One subscriber has a whole /64 of IPv6.
    statuses = [tried(readable_code.new_code(), f"2001:db8:1:2::{number:x}") for number in range(11)]
    assert statuses == [404] * 10 + [429]
    assert tried(backend.code(), "2001:db8:1:3::1") == 200
    assert tried(backend.code(), "::ffff:203.0.113.7") == 429, "the same person by another spelling"


def test_guessing_around_one_code_ends_sooner(backend: Backend) -> None:
    first = readable_code.new_code()
    statuses = [backend.enrol(Device().request(first)).status_code for _ in range(6)]
    assert statuses == [404] * 5 + [429]
    assert backend.enrol(Device().request(readable_code.new_code())).status_code == 404


def test_success_does_not_count_as_a_try(backend: Backend) -> None:
    device, code = Device(), backend.code()
    for _ in range(14):
        pairing(backend.enrol(device.request(code)))


def test_an_activity_without_a_journey_does_not_use_up_the_code(own: Backend) -> None:
    device, code = Device(), own.code()
    (own.journeys / "telecom_fr.json").rename(own.journeys / "telecom_fr.json.away")
    own.stop()
    own.start()
    answer = own.enrol(device.request(code))
    assert (answer.status_code, problem(answer).code) == (503, "journey.missing")
    own.put_journey()
    deadline = time.monotonic() + 10
    while (answer := own.enrol(device.request(code))).status_code == 503:
        assert time.monotonic() < deadline
    pairing(answer)


def _expire(backend: Backend) -> None:
    connection = database(backend)
    try:
        connection.execute("UPDATE activation_codes SET expires_at = '2020-01-01T00:00:00.000Z'")
        connection.commit()
    finally:
        connection.close()


def test_plain_http_is_for_loopback_only(tmp_path: Path) -> None:
    backend = Backend(tmp_path / "backend")
    backend.client.close()
    done = backend.typed("serve", "--host", "0.0.0.0", "--port", "0", ok=False)
    assert "--tls-cert" in done.stderr
    assert "Traceback" not in done.stderr

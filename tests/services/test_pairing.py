"""Pairing with the real BackendApi against a real, small HTTP server."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import chain, events, keys, readable_code
from app.contracts.enrolment import EnrolmentFile, EnrolmentRequest, MachineFacts, proof_message
from app.contracts.journey import SignedDocument, sign_document
from app.contracts.outcomes import Outcome
from app.core.errors import BackendRefused, BackendUnreachable, ContentError, JournalError, JournalUnwritable, SettingsError
from app.services.backend_api import BackendApi
from app.services.journeys import Journeys
from app.services.pairing import TOKEN, BackendEnroller, JournalCertificates
from app.services.secrets import Secrets
from tests.services.rig import Reply, Seen, TinyBackend, check_chain, lines_of, problem, serving, started
from tests.services.test_journeys import COMPANY, CONTENT, TRUSTED, journey
from tests.services.test_reporter_local import refusing

CODE = readable_code.new_code()


class FixedMachine:
    def facts(self) -> MachineFacts:
        return MachineFacts(machine_id="0" * 32, host_name="PC-42")


def memory_secrets() -> Secrets:
    """Secrets as on a system without a keyring."""
    secrets = Secrets("test")
    secrets.in_memory = True
    return secrets


def enrolment(document: SignedDocument, **agent: Any) -> Reply:
    record = {"employee_id": "E7", "name": "Salma", "language": "fr", "site": "Fès", "activity": "telecom-fr", "first_call": "", **agent}
    body = {
        "device_id": "d",
        "token": "token-1",
        "agent": record,
        "kit": [{"id": "k1", "kind": "headset", "model": "H1", "serial": "S1"}],
        "journey": msgspec.to_builtins(document),
        "server_time": "2026-01-01T00:00:00Z",
    }
    return Reply(200, json.dumps(body).encode())


class Rig:
    def __init__(self, place: Path, backend: TinyBackend, file: str = "") -> None:
        self.backend = backend
        self.store, key = started(place / "journal.db")
        self.key: Ed25519PrivateKey | None = key
        self.signer = key
        self.secrets = memory_secrets()
        self.api = BackendApi(backend.url)
        self.journeys = Journeys(place / "content", TRUSTED, CONTENT / "journeys" / "start.json", CONTENT)
        self.paired = 0
        self.enroller = BackendEnroller(self.store, self.secrets, self.journeys, FixedMachine(), lambda: self.api, lambda: self.key, file)
        self.enroller.on_paired = self.count

    def count(self) -> None:
        self.paired += 1

    def kinds(self) -> list[str]:
        return [type(events.data_of(chain.read(line))).__name__ for line in lines_of(self.store)]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with serving() as backend:
        made = Rig(tmp_path, backend)
        yield made
        made.api.close()
        made.store.close()


def asked(seen: Seen) -> EnrolmentRequest:
    return msgspec.json.decode(seen.raw, type=EnrolmentRequest)


def test_a_code_brings_agent_kit_journey_and_token_in_that_order(rig: Rig) -> None:
    rig.backend.script.append(lambda _: enrolment(sign_document(journey(4), COMPANY)))
    pairing = asyncio.run(rig.enroller.enrol(CODE))
    assert (pairing.agent.employee_id, [item.serial for item in pairing.kit]) == ("E7", ["S1"])
    assert rig.kinds() == ["SessionStarted", "DeviceEnrolled", "JourneyAdopted"]
    state = rig.store.state
    assert (state.name, state.site, state.activity, state.journey_version) == ("Salma", "Fès", "telecom-fr", 4)
    assert state.journey_steps == ("welcome", "ready")
    assert state.kit == ({"id": "k1", "kind": "headset", "model": "H1", "serial": "S1"},)
    assert rig.secrets.get(TOKEN) == rig.enroller.token == "token-1"
    assert (rig.paired, rig.enroller.must_pair_again()) == (1, False)
    check_chain(lines_of(rig.store), rig.signer)
    assert all(b"token-1" not in line for line in lines_of(rig.store)), "the token is in no event"


def test_the_request_proves_that_the_key_is_ours(rig: Rig) -> None:
    rig.backend.script.append(lambda _: enrolment(sign_document(journey(), COMPANY)))
    asyncio.run(rig.enroller.enrol(CODE))
    request = asked(rig.backend.seen[0])
    assert keys.verify(keys.public_text(rig.signer), proof_message(request), request.proof)
    other = msgspec.structs.replace(request, code=readable_code.new_code())
    assert not keys.verify(request.public_key, proof_message(other), request.proof)
    assert (request.code, request.session_code, request.machine.host_name) == (CODE, "123456", "PC-42")
    assert request.earlier_keys == []
    assert rig.backend.seen[0].path == "/v1/enrolments"
    assert "authorization" not in rig.backend.seen[0].headers


def test_keys_that_were_lost_with_their_process_are_named(rig: Rig) -> None:
    new = Ed25519PrivateKey.generate()
    rig.store.use_key(new)
    rig.store.record(events.SessionStarted(keys.public_text(new), "123456", "1", "fr", "0.1.0"))
    rig.key = new
    rig.backend.script.append(lambda _: enrolment(sign_document(journey(), COMPANY)))
    asyncio.run(rig.enroller.enrol(CODE))
    assert asked(rig.backend.seen[0]).earlier_keys == [keys.public_text(rig.signer)]


def unchanged(rig: Rig) -> None:
    assert rig.kinds() == ["SessionStarted"]
    assert rig.journeys.current.id == "start"
    assert (rig.enroller.token, rig.secrets.get(TOKEN), rig.paired) == (None, None, 0)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (sign_document(journey(), Ed25519PrivateKey.generate()), "journey.signature_invalid"),
        (SignedDocument(journey(), "", ""), "journey.signature_invalid"),
        (sign_document(journey(id="banque-fr"), COMPANY), "journey.wrong_activity"),
        (sign_document("[]", COMPANY), "journey.malformed"),
    ],
    ids=["another company's", "unsigned", "another activity's", "no journey"],
)
def test_a_backend_with_a_foreign_journey_gets_nothing_of_this_pc(rig: Rig, document: SignedDocument, code: str) -> None:
    rig.backend.script.append(lambda _: enrolment(document))
    with pytest.raises(ContentError) as raised:
        asyncio.run(rig.enroller.enrol(CODE))
    assert raised.value.code == code
    unchanged(rig)


@pytest.mark.parametrize(
    ("answer", "error", "code"),
    [
        (problem(404, "enrolment.code_refused"), BackendRefused, "enrolment.code_refused"),
        (problem(429, "enrolment.too_many_tries", {"Retry-After": "30"}), BackendRefused, "enrolment.too_many_tries"),
        (Reply(200, b"<html>hotel</html>"), BackendUnreachable, "backend.unintelligible"),
        (Reply(wire=lambda handler: handler.connection.close()), BackendUnreachable, "backend.unreachable"),
    ],
    ids=["refused", "too many tries", "captive portal", "no answer"],
)
def test_a_refused_or_lost_request_changes_nothing(rig: Rig, answer: Reply, error: type[Exception], code: str) -> None:
    rig.backend.script.append(lambda _: answer)
    with pytest.raises(error) as raised:
        asyncio.run(rig.enroller.enrol(CODE))
    assert getattr(raised.value, "code") == code  # noqa: B009
    unchanged(rig)


def test_texts_that_are_not_the_signed_ones_stop_the_pairing(rig: Rig) -> None:
    document = sign_document(journey(content={"version": "x", "sha256": "0" * 64}), COMPANY)
    rig.backend.script.extend([lambda _: enrolment(document), lambda _: Reply(200, b'{"files":{}}')])
    with pytest.raises(ContentError) as raised:
        asyncio.run(rig.enroller.enrol(CODE))
    assert raised.value.code == "content.hash_mismatch"
    assert rig.backend.seen[1].headers["authorization"] == "Bearer token-1"
    unchanged(rig)


def test_a_full_disk_stops_the_pairing_and_the_same_code_works_again(rig: Rig) -> None:
    rig.backend.usual = lambda _: enrolment(sign_document(journey(), COMPANY))
    with refusing(rig.store, "BEFORE INSERT"), pytest.raises(JournalUnwritable):
        asyncio.run(rig.enroller.enrol(CODE))
    assert rig.kinds() == ["SessionStarted"]
    assert rig.enroller.token is None
    asyncio.run(rig.enroller.enrol(CODE))
    assert rig.kinds() == ["SessionStarted", "DeviceEnrolled", "JourneyAdopted"]


def test_without_a_key_nobody_is_asked(rig: Rig) -> None:
    rig.key = None
    with pytest.raises(JournalError) as raised:
        asyncio.run(rig.enroller.enrol(CODE))
    assert raised.value.code == "journal.no_key"
    assert rig.backend.seen == []


# --- later ----------------------------------------------------------------------------------------------------------


def paired(rig: Rig, version: int = 2) -> None:
    rig.backend.script.append(lambda _: enrolment(sign_document(journey(version), COMPANY)))
    asyncio.run(rig.enroller.enrol(CODE))


def offered(version: int, signer: Ed25519PrivateKey = COMPANY) -> Reply:
    return Reply(200, msgspec.json.encode(sign_document(journey(version), signer)))


def test_a_newer_journey_is_fetched_and_recorded_once(rig: Rig) -> None:
    paired(rig)
    rig.backend.script.extend([lambda _: offered(3), lambda _: offered(3)])
    for _ in range(2):
        refreshed = asyncio.run(rig.enroller.refresh())
        assert refreshed is not None
        assert refreshed.version == 3
    assert rig.kinds().count("JourneyAdopted") == 2
    assert rig.store.state.journey_version == 3
    assert rig.backend.seen[1].path == "/v1/journeys/telecom-fr"


@pytest.mark.parametrize(
    ("answer", "code"), [(offered(1), "journey.older"), (offered(3, Ed25519PrivateKey.generate()), "journey.signature_invalid")]
)
def test_a_journey_that_may_not_count_is_not_taken_later_either(rig: Rig, answer: Reply, code: str) -> None:
    paired(rig)
    rig.backend.script.append(lambda _: answer)
    with pytest.raises(ContentError) as raised:
        asyncio.run(rig.enroller.refresh())
    assert raised.value.code == code
    assert rig.store.state.journey_version == 2


def test_unpaired_there_is_nothing_to_refresh(rig: Rig) -> None:
    assert asyncio.run(rig.enroller.refresh()) is None
    assert rig.backend.seen == []


def test_a_token_lost_with_the_process_asks_for_pairing_again(rig: Rig) -> None:
    assert not rig.enroller.must_pair_again(), "never paired"
    paired(rig)
    later = BackendEnroller(rig.store, memory_secrets(), rig.journeys, FixedMachine(), lambda: rig.api, lambda: rig.key)
    assert not later.must_pair_again(), "the keyring was not asked yet"
    later.load_token()
    assert later.must_pair_again()
    kept = BackendEnroller(rig.store, rig.secrets, rig.journeys, FixedMachine(), lambda: rig.api, lambda: rig.key)
    kept.load_token()
    assert not kept.must_pair_again()


def with_file(rig: Rig, file: Path | str) -> BackendEnroller:
    return BackendEnroller(rig.store, rig.secrets, rig.journeys, FixedMachine(), lambda: rig.api, lambda: rig.key, str(file))


def test_a_good_zero_touch_file_is_read(rig: Rig, tmp_path: Path) -> None:
    file = tmp_path / "enrolment.json"
    file.write_text(json.dumps({"code": CODE.lower(), "employee_id": "E7", "later": 1}))
    assert with_file(rig, file).zero_touch() == EnrolmentFile(CODE.lower(), "E7")
    assert with_file(rig, "").zero_touch() is None
    assert with_file(rig, tmp_path / "none.json").zero_touch() is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"code": 3}', b'{"code": "AAAA-AAAA-AAAA"}', b'{"code": ""}', b'{"code": "\xff"}'])
def test_a_bad_zero_touch_file_is_said_so_by_its_name_only(rig: Rig, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "enrolment.json"
    file.write_bytes(content)
    with pytest.raises(SettingsError) as raised:
        with_file(rig, file).zero_touch()
    assert raised.value.code == "enrolment_file.invalid"
    assert raised.value.facts["file"] == "enrolment.json"


def test_a_zero_touch_file_that_may_not_be_looked_at_is_said_so() -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to become another user")
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        closed = Path(place) / "closed"
        closed.mkdir(mode=0o700)
        program = f"""
import os
from app.core.errors import SettingsError
from app.services.pairing import BackendEnroller
from app.services.secrets import Secrets
os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    BackendEnroller(None, Secrets("x"), None, None, None, None, {str(closed / "enrolment.json")!r}).zero_touch()
except SettingsError as error:
    print(error.code)
"""
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
        assert done.stdout.strip() == "enrolment_file.invalid"


def test_the_certificate_belongs_to_the_ready_event(rig: Rig) -> None:
    certificates = JournalCertificates(rig.store, lambda: 60)
    assert certificates.of_ready() is None
    rig.store.record(events.StepFinished("ready", Outcome.COULD_NOT_CHECK, "ready.x"))
    assert certificates.of_ready() is None
    ready = rig.store.record(events.StepFinished("ready", Outcome.PASSED, "ready.passed"))
    certificate = certificates.of_ready()
    assert certificate is not None
    assert certificate.code == readable_code.code_of("certificate", rig.store.device, ready.id)
    assert datetime.fromisoformat(certificate.issued) == datetime.fromisoformat(ready.time)
    assert certificate.expires[:10] > certificate.issued[:10]


def test_a_pc_years_behind_prints_the_backends_dates(rig: Rig) -> None:
    certificates = JournalCertificates(rig.store, lambda: 60)
    ready = rig.store.record(events.StepFinished("ready", Outcome.PASSED, "ready.passed"))
    three_years = timedelta(days=3 * 365)
    rig.store.clock_offset_ms = round(three_years.total_seconds() * 1000)
    certificate = certificates.of_ready()
    assert certificate is not None
    assert datetime.fromisoformat(certificate.issued) == datetime.fromisoformat(ready.time) + three_years
    assert datetime.fromisoformat(certificate.expires) == datetime.fromisoformat(ready.time) + three_years + timedelta(days=60)


def test_a_clock_set_right_since_does_not_change_the_certificate(rig: Rig) -> None:
    """The event carries how far the clock was off when it was recorded; the offset of today says nothing about that day."""
    certificates = JournalCertificates(rig.store, lambda: 60)
    ten_years = timedelta(days=3653)
    # Recorded before the backend had told its time: what the next event knew counts.
    welcome = rig.store.record(events.StepFinished("welcome", Outcome.PASSED, "welcome.passed"))
    rig.store.clock_offset_ms = round(ten_years.total_seconds() * 1000)
    ready = rig.store.record(events.StepFinished("ready", Outcome.PASSED, "ready.passed"))
    for today in (None, 3, -86_400_000):
        rig.store.clock_offset_ms = today
        certificate = certificates.of_ready()
        assert certificate is not None
        assert datetime.fromisoformat(certificate.issued) == datetime.fromisoformat(ready.time) + ten_years
        assert certificates.moment(rig.store.state.steps["ready"]) == certificate.issued, "the steps on the sheet are of the same time"
        early = certificates.moment(rig.store.state.steps["welcome"])
        assert datetime.fromisoformat(early) == datetime.fromisoformat(welcome.time) + ten_years

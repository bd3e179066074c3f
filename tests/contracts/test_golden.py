"""Golden files: one document a shape, as it travels. Either side that changes a shape by accident fails here."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.contracts import events as ev
from app.contracts.enrolment import AgentRecord, Enrolment, EnrolmentFile, EnrolmentRequest, KitItem, MachineFacts
from app.contracts.journey import ContentRef, Journey, JourneyStep, SignedDocument, decode_journey
from app.contracts.outcomes import Outcome
from app.contracts.problems import ContractError, Problem, decode_problem
from app.contracts.receipts import CertificateStatus, Command, ContentPack, EventsReceipt, Refusal, accept_command
from app.contracts.session import SessionState, StepState

GOLDEN = Path(__file__).parent / "golden"
TIME = "2026-11-24T09:00:00.000Z"
HASH = "ab" * 32
JOURNEY = Journey(
    id="telecom_fr",
    version=3,
    title={"fr": "Télécom FR", "ar": "اتصالات", "en": "Telecom FR"},
    steps=[JourneyStep("welcome"), JourneyStep("guidelines", {"pass_percent": 80}), JourneyStep("ready")],
    content=ContentRef("2026.1", HASH),
    helpdesk_phone="+212 5 22 00 00 00",
)
SIGNED = SignedDocument('{"id":"telecom_fr"}', "c2lnbmF0dXJl", "abcdefghijklmnopqrstuvwxyz")
AGENT = AgentRecord("20417", "Imane Berrada", "fr", "Casablanca", "telecom_fr", "2026-12-01T09:00")

SHAPES: dict[str, Any] = {
    "event": ev.Event(
        id="01939b1c-0000-7000-8000-000000000001",
        source=ev.source_of("abcdefghijklmnopqrstuvwxyz"),
        type=ev.KIND_OF[ev.StepEntered],
        time=TIME,
        sequence=4,
        monotonic=1234,
        clockoffset=-250,
        previoushash=HASH,
        data=msgspec.Raw(b'{"step":"welcome"}'),
    ),
    "session.started": ev.SessionStarted("a2V5", "123456", "1", "fr", "0.1.0"),
    "wizard.opened": ev.WizardOpened("0.1.0", "Windows 11"),
    "language.chosen": ev.LanguageChosen("ar"),
    "device.enrolled": ev.DeviceEnrolled(
        "20417", "Imane Berrada", "Casablanca", "telecom_fr", [{"id": "pc", "kind": "pc"}], "2026-12-01T09:00"
    ),
    "journey.adopted": ev.JourneyAdopted("telecom_fr", 3, HASH, ["welcome", "ready"]),
    "step.entered": ev.StepEntered("welcome"),
    "step.saved": ev.StepSaved("guidelines", {"answers": [1, None, 3]}),
    "step.finished": ev.StepFinished("vpn", Outcome.COULD_NOT_CHECK, "vpn.no_server", {"rtt_ms": 41.5}, True, 5200),
    "help.requested": ev.HelpRequested("vpn", "vpn.auth_refused"),
    "wizard.crashed": ev.WizardCrashed("K7MQ", "ValueError", "vpn"),
    "journal.repaired": ev.JournalRepaired("journal.broken", 12, 13),
    "notice.withdrawn": ev.NoticeWithdrawn("1"),
    "enrolment_request": EnrolmentRequest(
        code="K7MQ-2XPA-9RDT",
        public_key="a2V5",
        session_code="123456",
        machine=MachineFacts(HASH, "pc-20417", "PC-1", "Latitude 5440", "Windows 11"),
        app_version="0.1.0",
        proof="cHJvb2Y",
        earlier_keys=["b2xk"],
    ),
    "enrolment": Enrolment(
        device_id="abcdefghijklmnopqrstuvwxyz",
        token="dG9rZW4",
        agent=AGENT,
        kit=[KitItem("pc", "pc", "Latitude 5440", "PC-1")],
        journey=SIGNED,
        server_time=TIME,
    ),
    "enrolment_file": EnrolmentFile("K7MQ-2XPA-9RDT", "20417"),
    "journey": JOURNEY,
    "signed_document": SIGNED,
    "events_receipt": EventsReceipt(
        acked_sequence=12,
        refused=[Refusal("01939b1c-0000-7000-8000-000000000001", 4, "event.signature_invalid")],
        server_time=TIME,
        commands=[Command("journey-telecom_fr-4", "journey.changed", {"id": "telecom_fr", "version": "4"})],
    ),
    "certificate_status": CertificateStatus("K7MQ-2XPA-9RDT", "valid", "I. B.", "20417", "telecom_fr", TIME, TIME),
    "content_pack": ContentPack({"fr/notice.md": "# Avis\n"}),
    "problem": Problem(title="This does not fit what is stored", status=409, code="event.gap", expected_sequence=7, retry_after=3),
    "session_state": SessionState(
        session_code="123456",
        language="fr",
        employee_id="20417",
        journey_steps=("welcome", "ready"),
        current="ready",
        steps={"welcome": StepState("welcome", Outcome.PASSED, "welcome.passed", {"took_ms": 12}, False, TIME, "e1", 5)},
        drafts={"ready": {"seen": True}},
        help_code="ready.incomplete",
        sequence=6,
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_written_and_read_as_the_golden_file(name: str) -> None:
    shape, text = SHAPES[name], (GOLDEN / f"{name}.json").read_bytes()
    assert msgspec.json.format(msgspec.json.encode(shape)) + b"\n" == text
    # An event keeps its data's exact bytes, so it is compared in the compact form in which it travels.
    compact = msgspec.json.format(text, indent=-1)
    assert msgspec.json.decode(compact, type=type(shape)) == shape


@pytest.mark.parametrize("name", SHAPES)
def test_unknown_fields_are_tolerated(name: str) -> None:
    compact = msgspec.json.format((GOLDEN / f"{name}.json").read_bytes(), indent=-1)
    newer = compact[:-1] + b',"from_a_newer_version":{"a":[1]}}'
    assert msgspec.json.decode(newer, type=type(SHAPES[name])) == SHAPES[name]


def test_every_kind_has_a_golden_file_and_no_file_is_stray() -> None:
    kinds = {kind.removeprefix("ma.marhaba.").removesuffix(".v1") for kind in ev.KINDS}
    assert kinds <= set(SHAPES)
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(SHAPES)


@pytest.mark.parametrize("kind", ev.KINDS)
def test_data_is_read_by_its_kind(kind: str) -> None:
    name = kind.removeprefix("ma.marhaba.").removesuffix(".v1")
    event = msgspec.structs.replace(SHAPES["event"], type=kind, data=msgspec.Raw((GOLDEN / f"{name}.json").read_bytes()))
    assert ev.data_of(event) == SHAPES[name]


def test_what_is_unknown_or_malformed_is_refused_by_its_code() -> None:
    with pytest.raises(ContractError) as caught:
        ev.data_of(msgspec.structs.replace(SHAPES["event"], type="ma.marhaba.step.entered.v2"))
    assert caught.value.code == "event.kind_unknown"
    with pytest.raises(ContractError) as caught:
        ev.data_of(msgspec.structs.replace(SHAPES["event"], data=msgspec.Raw(b'{"step":7}')))
    assert caught.value.code == "event.data_invalid"
    with pytest.raises(ContractError) as caught:
        accept_command(Command("1", "wizard.explode"))
    assert caught.value.code == "command.kind_unknown"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"schema": 2}, "journey.schema_unknown"),
        ({"steps": []}, "journey.malformed"),
        ({"steps": [{"id": "a"}, {"id": "a"}]}, "journey.malformed"),
        ({"version": "one"}, "journey.malformed"),
    ],
)
def test_a_journey_that_cannot_be_walked_is_refused(change: dict[str, Any], code: str) -> None:
    fields = msgspec.to_builtins(JOURNEY) | change
    with pytest.raises(ContractError) as caught:
        decode_journey(msgspec.json.encode(fields).decode())
    assert caught.value.code == code


def test_a_proxys_page_becomes_a_problem_of_its_status() -> None:
    assert decode_problem(b"<html>502</html>", 502).code == "http.502"

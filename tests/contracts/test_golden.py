"""Golden files: one document a shape, as it travels. Either side that changes a shape by accident fails here."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import addendum as ad
from app.contracts import audit as au
from app.contracts import chain, keys
from app.contracts import events as ev
from app.contracts.enrolment import AgentRecord, Enrolment, EnrolmentFile, EnrolmentRequest, KitItem, MachineFacts
from app.contracts.fold import fold
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

STAMP = ad.TimeStamp("4242", TIME, "CN=TSA")
CHANNEL = ad.Channel("email", "i••••@example.ma")
FACTS = au.CertificateFacts("CN=Imane Berrada", "0a1b", HASH, "CN=Issuing CA", TIME, TIME, "20417")
ENTRY = au.LogEntry(1, TIME, "offered", {"sha256": HASH})

SHAPES: dict[str, Any] = {
    "addendum_offer": ad.AddendumOffer(
        state="to_sign_again",
        document_id="ad_1",
        template="telework",
        template_version="2026.1",
        sha256=HASH,
        pages=5,
        size=120_000,
        consent=ad.Consent("2026.1", {"fr": "J’accepte", "ar": "أوافق", "en": "I agree"}),
        channel=CHANNEL,
        clauses=[ad.Clause("schedule", {"fr": "Horaires", "ar": "الأوقات"}, {"fr": "44 h", "ar": "44 ساعة"})],
        signed=ad.SignedSummary(
            document_id="ad_0",
            template_version="2025.2",
            signed_at=TIME,
            final_sha256=HASH,
            revisions=2,
            timestamp=STAMP,
            signer="Imane Berrada",
        ),
    ),
    "addendum_code_sent": ad.CodeSent(CHANNEL, 600, 5, 60),
    "addendum_prepare": ad.PrepareRequest(
        code="123456",
        idempotency_key="01939b1c00007000",
        document_sha256=HASH,
        reading=ad.Reading([ad.PageRead(1, 12.5), ad.PageRead(2, 40.0)], TIME, TIME),
        consent=ad.ConsentGiven("2026.1", "fr"),
        appearance=ad.Appearance("drawn", "fr", [[(0.1, 0.5), (0.2, 0.4)]], "", 3.0),
        certificate=HASH,
        device=ad.DeviceFacts("Windows 11", "0.1.0", TIME, "Africa/Casablanca"),
    ),
    "addendum_prepared": ad.Prepared("tx_1", "MQ==", HASH, HASH, 300),
    "addendum_finish": ad.FinishRequest("tx_1", "MEUCIQ=="),
    "addendum_finished": ad.Finished(state="signed", final_sha256=HASH, revisions=2, signed_at=TIME, timestamp=STAMP),
    "certificate_request": ad.CertificateRequest("-----BEGIN CERTIFICATE REQUEST-----\n"),
    "certificate_chain": ad.CertificateChain(["-----BEGIN CERTIFICATE-----\n"], HASH, TIME),
    "audit_record": au.AuditRecord(
        document_id="ad_1",
        template="telework",
        template_version="2026.1",
        company="Atlas Contact",
        employee_id="20417",
        name="Imane Berrada",
        signed_at=TIME,
        revisions=[au.Revision("offered", HASH, 100, TIME), au.Revision("employer", HASH, 200, TIME, STAMP)],
        reading=au.ReadingFacts(TIME, TIME, [ad.PageRead(1, 12.5)], 12.5),
        consent_version="2026.1",
        consent_language="fr",
        consent_text="J’accepte",
        appearance="drawn",
        channel_kind="email",
        channel_masked="i••••@example.ma",
        code_sent_at=TIME,
        code_confirmed_at=TIME,
        agent_certificate=FACTS,
        seal_certificate=FACTS,
        timestamp=STAMP,
        device=au.DeviceRecord("abcdefghijklmnopqrstuvwxyz", "Windows 11", "0.1.0", "pc-20417", "192.0.2.7", "marhaba/0.1.0", TIME, "UTC"),
        event_chain_head=HASH,
        event_chain_sequence=12,
        log=[msgspec.structs.replace(ENTRY, hash=au.entry_hash("0" * 64, ENTRY))],
        log_head=au.entry_hash("0" * 64, ENTRY),
    ),
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
    "question.asked": ev.QuestionAsked("addendum", "schedule", "Et pendant le ramadan ?", "ad_1"),
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


def test_a_chain_of_yesterday_still_holds_today() -> None:
    """Signed lines as they lie in journals and in the backend's store: byte for byte, the newer wizard's unknown attribute included."""
    lines = (GOLDEN / "chain.jsonl").read_bytes().splitlines()
    private = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    state, before = SessionState(), ev.ZERO_HASH
    for number, line in enumerate(lines, 1):
        chain.verify(line, keys.public_text(private))
        event = chain.read(line)
        assert (event.sequence, event.previoushash) == (number, before)
        if b"fromanewerversion" not in line:
            assert chain.seal(event, private) == line, "what is sealed today has the same bytes"
        state, before = fold(state, event, ev.data_of(event)), chain.line_hash(line)
    assert (state.session_code, state.language, state.current, state.sequence) == ("482913", "ar", "welcome", 3)
    assert state.steps["welcome"].facts["said"] == "نعم, « oui »"

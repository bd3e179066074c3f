"""A context written by hand: the journal is a list folded by the real fold, the ports answer what the test wants."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from app.contracts import events as ev
from app.contracts import readable_code
from app.contracts.enrolment import AgentRecord, EnrolmentFile, KitItem, MachineFacts
from app.contracts.fold import fold
from app.contracts.journey import Journey, JourneyStep
from app.contracts.session import SessionState, StepState
from app.core.content import Content
from app.core.errors import JournalUnwritable, MarhabaError
from app.core.ports import Certificate, Pairing
from app.core.step import Result, StepContext
from app.services.content import load_pack
from app.services.journeys import write_atomically
from app.ui import i18n
from app.ui.resources import resource

CODE = readable_code.grouped("K7MQ2XPA9RD" + readable_code.check_character("K7MQ2XPA9RD"))
KIT = (
    KitItem("pc-1", "pc", "PC-CAS-20417", "5CG1234XYZ"),
    KitItem("box-1", "box", "Huawei B535", "867530012344417"),
    KitItem("head-1", "headset", "Jabra Evolve2 40", "00F3A1"),
)
AGENT = AgentRecord("20417", "Salma El Idrissi", "fr", "Casablanca", "Télécom FR", "2026-11-30T09:00:00+01:00")
_PACKS: dict[str, Content] = {}


def pack(language: str) -> Content:
    """The real texts of a language, read once."""
    if language not in _PACKS:
        _PACKS[language] = load_pack(resource("content"), language)
    return _PACKS[language]


class FakeMachine:
    def __init__(self, serial: str = "5cg-1234 xyz", delay_s: float = 0.0) -> None:
        self.serial = serial
        self.delay_s = delay_s
        self.calls = 0

    def facts(self) -> MachineFacts:
        self.calls += 1
        time.sleep(self.delay_s)
        return MachineFacts("0" * 64, "PC-CAS-20417", self.serial, "Model", "Linux")


class FakeEnroller:
    def __init__(self, context: "FakeContext") -> None:
        self._context = context
        self.codes: list[str] = []
        self.error: Exception | None = None
        self.file: EnrolmentFile | MarhabaError | None = None
        self.again = False

    async def enrol(self, code: str) -> Pairing:
        self.codes.append(code)
        if self.error is not None:
            raise self.error
        self._context.pair()
        self.again = False
        return Pairing(AGENT, KIT)

    def zero_touch(self) -> EnrolmentFile | None:
        if isinstance(self.file, MarhabaError):
            raise self.file
        return self.file

    def must_pair_again(self) -> bool:
        return self.again


class FakeCertificates:
    def __init__(self, context: "FakeContext") -> None:
        self._context = context

    def of_ready(self) -> Certificate | None:
        ready = self._context.folded.steps.get("ready")
        if ready is None or not ready.outcome.lets_on:
            return None
        return Certificate("K7MQ-2XPA-9RDT", ready.time, "2027-02-20T08:36:00+01:00")

    def moment(self, step: StepState) -> str:
        return step.time


class FakeContext:
    """`context` is what a page gets; `folded` what the journal says; `full` makes the disk full."""

    def __init__(self, documents: Path, limits: dict[str, dict[str, Any]] | None = None) -> None:
        self.folded = SessionState(session_code="482913")
        self.full = False
        self.languages: list[str] = []
        self.questions: list[tuple[str, str, str, str]] = []
        self.pack: dict[str, Content] = {}
        self.machine = FakeMachine()
        self.enroller = FakeEnroller(self)
        limits = limits or {}
        steps = [JourneyStep(step, limits.get(step, {})) for step in ("welcome", "identity", "guidelines", "ready")]
        self.journey = Journey(id="telecom-fr", version=1, title={"fr": "Télécom"}, steps=steps, helpdesk_phone="05 22 00 00 00")
        self.context = StepContext(
            state=lambda: self.folded,
            journey=lambda: self.journey,
            content=self.content,
            save=lambda step, draft: self.record(ev.StepSaved(step, msgspec.json.decode(msgspec.json.encode(draft)))),
            set_language=self.languages.append,
            accept_notice=lambda version: self.record(ev.SessionStarted("key", "482913", version, "fr", "0.1.0")),
            machine=self.machine,
            enroller=self.enroller,
            certificates=FakeCertificates(self),
            documents=documents,
            keep_document=self.keep_document,
            ask_question=lambda *words: self.ask(*words),
            helpdesk_phone=lambda: self.journey.helpdesk_phone,
        )

    async def ask(self, step: str, clause: str, text: str, document_id: str) -> None:
        self.record(ev.QuestionAsked(step, clause, text, document_id))
        self.questions.append((step, clause, text, document_id))

    def keep_document(self, name: str, data: bytes) -> Path:
        path = self.context.documents / name
        write_atomically(path, data)
        return path

    def content(self) -> Content:
        return self.pack.get(i18n.language()) or pack(i18n.language())

    def record(self, data: ev.EventData) -> None:
        """Facts and drafts travel as JSON, as in the journal: a tuple comes back as a list."""
        if self.full:
            raise JournalUnwritable
        number = self.folded.sequence + 1
        event = ev.Event(
            id=f"e{number}",
            source="urn:marhaba:device:test",
            type=ev.KIND_OF[type(data)],
            time=datetime(2026, 11, 24, 8, number % 60, tzinfo=UTC).isoformat(),
            sequence=number,
            monotonic=number,
            previoushash=ev.ZERO_HASH,
            data=msgspec.Raw(msgspec.json.encode(data)),
        )
        self.folded = fold(self.folded, event, ev.data_of(event))

    def finish(self, step: str, result: Result) -> None:
        self.record(ev.StepFinished(step, result.outcome, result.code, dict(result.facts), result.simulated))

    def pair(self) -> None:
        kit = [{"id": k.id, "kind": k.kind, "model": k.model, "serial": k.serial} for k in KIT]
        self.record(ev.DeviceEnrolled(AGENT.employee_id, AGENT.name, AGENT.site, AGENT.activity, kit, AGENT.first_call))

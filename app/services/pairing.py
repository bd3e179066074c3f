"""Pairing this PC with an agent: the enroller behind core's port, and the certificate that the recorded journey gives."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from app import __version__
from app.contracts import keys, readable_code
from app.contracts.enrolment import Enrolment, EnrolmentFile, EnrolmentRequest, MachineFacts, proof_message
from app.contracts.events import DeviceEnrolled, JourneyAdopted
from app.contracts.journey import Journey
from app.contracts.problems import ContractError
from app.contracts.receipts import ContentPack
from app.contracts.session import StepState
from app.core.errors import BackendUnreachable, JournalError, SettingsError
from app.core.ports import Certificate, Machine, Pairing
from app.core.threads import in_thread
from app.services.journeys import Journeys
from app.services.secrets import Secrets
from app.services.store import Store

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from app.services.backend_api import BackendApi

TOKEN = "device-token"  # noqa: S105 (the name it is kept under, not the token)
CALL_LIMIT_S = 60.0

T = TypeVar("T")


class BackendEnroller:
    """Redeems codes at the backend. Blocking work runs in threads, each with a time limit."""

    def __init__(
        self,
        store: Store,
        secrets: Secrets,
        journeys: Journeys,
        machine: Machine,
        api: Callable[[], "BackendApi"],
        key: "Callable[[], Ed25519PrivateKey | None]",
        file: str = "",
    ) -> None:
        """`file` is the zero-touch enrolment file, empty for none. Call `load_token` (off the loop) before the first use."""
        self._key = key
        self._store = store
        self._secrets = secrets
        self._journeys = journeys
        self._machine = machine
        self._api = api
        self._file = file
        self.token: str | None = None
        self._asked = False
        """Whether the keyring was asked for the token: until then it is not missing."""
        self.on_paired: Callable[[], None] = lambda: None

    def load_token(self) -> None:
        """Read the token of an earlier pairing from the keyring. Blocking."""
        self.token = self._secrets.get(TOKEN)
        self._asked = True

    async def enrol(self, code: str) -> Pairing:
        """See `core.ports.Enroller`."""
        facts = await _limited(self._machine.facts, 10.0)
        request = self._request(code, facts)
        enrolment = await _limited(lambda: self._api().enrol(request), CALL_LIMIT_S)
        # The journey first: a backend whose journey is not signed by the company's key gets nothing of this PC.
        adopted = await self._adopt(enrolment)
        await self._record(enrolment, adopted)
        await _limited(lambda: self._secrets.set(TOKEN, enrolment.token), 20.0)
        self.token = enrolment.token
        self.on_paired()
        return Pairing(enrolment.agent, tuple(enrolment.kit))

    def _request(self, code: str, machine: MachineFacts) -> EnrolmentRequest:
        key = self._key()
        if key is None:
            raise JournalError("journal.no_key")
        public = keys.public_text(key)
        request = EnrolmentRequest(
            code=code,
            public_key=public,
            session_code=self._store.state.session_code,
            machine=machine,
            app_version=__version__,
            earlier_keys=[earlier for earlier in self._store.session_keys() if earlier != public],
        )
        return msgspec.structs.replace(request, proof=keys.sign(key, proof_message(request)))

    async def _adopt(self, enrolment: Enrolment) -> Journey:
        def fetch(sha256: str) -> ContentPack:
            return self._api().content(enrolment.token, sha256)

        return await _limited(
            lambda: self._journeys.adopt(enrolment.journey, enrolment.agent.activity, fetch, self._adopted(enrolment.agent.activity)),
            CALL_LIMIT_S,
        )

    def _adopted(self, activity: str) -> int:
        """The version of the activity's journey that the journal says is in force, 0 for none."""
        state = self._store.state
        return state.journey_version if state.journey_id == activity else 0

    async def _record(self, enrolment: Enrolment, journey: Journey) -> None:
        agent = enrolment.agent
        kit = [{"id": item.id, "kind": item.kind, "model": item.model, "serial": item.serial} for item in enrolment.kit]
        await self._store.record_durably(
            DeviceEnrolled(
                employee_id=agent.employee_id,
                name=agent.name,
                site=agent.site,
                activity=agent.activity,
                kit=kit,
                first_call=agent.first_call,
            )
        )
        await self._store.record_durably(adopted_event(journey, self._journeys.sha256))

    async def refresh(self) -> Journey | None:
        """A newer journey, fetched and adopted; None if this PC is not paired. Errors: as `enrol`."""
        token, activity = self.token, self._store.state.activity
        if token is None or not activity:
            return None
        document = await _limited(lambda: self._api().journey(token, activity), CALL_LIMIT_S)

        def fetch(sha256: str) -> ContentPack:
            return self._api().content(token, sha256)

        journey = await _limited(lambda: self._journeys.adopt(document, activity, fetch, self._adopted(activity)), CALL_LIMIT_S)
        if self._store.state.journey_version != journey.version:
            await self._store.record_durably(adopted_event(journey, self._journeys.sha256))
        return journey

    def zero_touch(self) -> EnrolmentFile | None:
        """See `core.ports.Enroller`."""
        if not self._file:
            return None
        try:
            if not Path(self._file).exists():
                return None
            found = msgspec.json.decode(Path(self._file).read_bytes(), type=EnrolmentFile)
            readable_code.parse(found.code)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, ContractError) as error:
            raise SettingsError("enrolment_file.invalid", file=os.path.basename(self._file), error=str(error)) from error
        return found

    def must_pair_again(self) -> bool:
        """See `core.ports.Enroller`."""
        return self._asked and bool(self._store.state.employee_id) and self.token is None


def adopted_event(journey: Journey, sha256: str) -> JourneyAdopted:
    return JourneyAdopted(id=journey.id, version=journey.version, sha256=sha256, steps=[step.id for step in journey.steps])


async def _limited(work: Callable[[], T], limit_s: float) -> T:
    """Blocking work in a thread; past its time limit it counts as unreachable (the thread's own time-outs end it)."""
    try:
        return await in_thread(work, limit_s=limit_s)
    except TimeoutError as error:
        raise BackendUnreachable("backend.unreachable", error="time limit") from error


class JournalCertificates:
    """The certificate code belongs to the device and to the `ready` event: both sides compute it, nobody hands it out."""

    def __init__(self, store: Store, days: Callable[[], int]) -> None:
        self._store = store
        self._days = days

    def of_ready(self) -> Certificate | None:
        step = self._store.state.steps.get("ready")
        if step is None or not step.outcome.lets_on:
            return None
        # A PC years behind must not print a certificate that looks expired.
        issued = datetime.fromisoformat(self.moment(step))
        code = readable_code.code_of("certificate", self._store.device_of(step.event_id), step.event_id)
        return Certificate(code, issued.isoformat(), (issued + timedelta(days=self._days())).isoformat())

    def moment(self, step: StepState) -> str:
        """See `core.ports.Certificates`. By the offset of that moment: the clock may have been set right since."""
        off = timedelta(milliseconds=self._store.clock_offset_of(step.event_id) or 0)
        return (datetime.fromisoformat(step.time) + off).isoformat()

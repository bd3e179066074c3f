"""The doors to the machine and to the IT service, as the steps see them. Adapters live in `system` and `services`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from app.contracts.enrolment import AgentRecord, EnrolmentFile, KitItem, MachineFacts

if TYPE_CHECKING:
    from app.contracts.session import StepState


class Machine(Protocol):
    """This PC, as far as an unprivileged program may read it."""

    def facts(self) -> MachineFacts:
        """Never raises; what cannot be read is empty. May take a second: call it off the loop."""
        ...


@dataclass(frozen=True)
class Pairing:
    """What enrolment brought. The token stays behind the port."""

    agent: AgentRecord
    kit: tuple[KitItem, ...]


class Enroller(Protocol):
    """Pairs this device with an agent."""

    async def enrol(self, code: str) -> Pairing:
        """Redeem an activation code, keep the token, record the pairing and adopt the signed journey.

        Errors: BackendUnreachable, BackendRefused (`enrolment.*`), ContentError (`journey.*`), JournalUnwritable.
        """
        ...

    def zero_touch(self) -> EnrolmentFile | None:
        """The pre-provisioned enrolment, if the deployment tool laid one down. Errors: SettingsError `enrolment_file.invalid`."""
        ...

    def must_pair_again(self) -> bool:
        """Whether this PC was paired but its key is gone (no keyring)."""
        ...


@dataclass(frozen=True)
class Certificate:
    """The readiness certificate: what is printed on it."""

    code: str
    issued: str
    expires: str


class Certificates(Protocol):
    def of_ready(self) -> Certificate | None:
        """The certificate the recorded `ready` step gives, or None while it has not let on."""
        ...

    def moment(self, step: "StepState") -> str:
        """When a step was finished, RFC 3339, by the backend's clock where that is known: a certificate is of one time."""
        ...

"""What a step is, what it answers, and what it is given to work with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from app.contracts.outcomes import Outcome

if TYPE_CHECKING:
    # Shapes only: a start that shows none of them comes without.
    from app.contracts.journey import Journey
    from app.contracts.session import SessionState
    from app.core.addendum import Addenda
    from app.core.content import Content
    from app.core.headset import Audio
    from app.core.line import Boxes, VoiceProbe
    from app.core.ports import Certificates, Enroller, Machine
    from app.core.proof import Proof
    from app.core.tones import Tones
    from app.core.tunnel import Vpn


@dataclass(frozen=True)
class Result:
    """What a check or an act proved. `facts` are JSON values whose names carry their unit (`rtt_ms`)."""

    outcome: Outcome
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    simulated: bool = False


class Step(NamedTuple):
    """A step's promise: the codes it may answer (each has texts in every language), and the anchors its page shows.

    `needs` names the steps that must have let on before this one.
    """

    id: str
    codes: Mapping[str, tuple[Outcome, ...]]
    """Each code with the outcomes it may come with; none for one that the page only says, while the step stays as it was."""
    anchors: tuple[str, ...]
    needs: tuple[str, ...] = ()


def _keep_nowhere(name: str, _data: bytes) -> Path:
    raise OSError(f"there is no place for {name} here")


async def _ask_nobody(_step: str, _clause: str, _text: str, _document_id: str) -> None:
    from app.core.errors import JournalError

    raise JournalError("journal.no_key")


@dataclass(eq=False, repr=False)
class StepContext:
    """All a step may touch. Steps know no service: what they need comes as ports and calls."""

    state: Callable[[], SessionState]
    """The fold of the journal, now."""
    journey: Callable[[], Journey]
    content: Callable[[], Content]
    """The texts in the language chosen now, of the pack that counts."""
    save: Callable[[str, dict[str, Any]], None]
    """`save(step, draft)` records half-done state. Errors: JournalUnwritable."""
    set_language: Callable[[str], None]
    accept_notice: Callable[[str], None]
    """`accept_notice(version)` makes the device key and starts the chain. Errors: JournalUnwritable."""
    machine: Machine
    enroller: Enroller
    certificates: Certificates
    documents: Path
    """Where the agent's own copies go."""
    helpdesk_phone: Callable[[], str]
    boxes: Boxes | None = None
    voice: VoiceProbe | None = None
    tones: Tones | None = None
    box_password: tuple[Callable[[], str | None], Callable[[str], None]] | None = None
    """Read and keep the box's own password (in the keyring). Both block; errors: SecretsError."""
    vpn: Vpn | None = None
    proof: Proof | None = None
    voice_at: Callable[[str], VoiceProbe] | None = None
    """The voice test against another server, such as the probe behind the tunnel. Errors: ValueError for what is no http(s) address."""
    vpn_password: tuple[Callable[[], str | None], Callable[[str], None], Callable[[], None]] | None = None
    """Read, keep and forget the VPN's password (in the keyring). All block; errors: SecretsError."""

    audio: Audio | None = None
    addenda: Callable[[], Addenda] | None = None
    """Built at the first call."""
    keep_document: Callable[[str, bytes], Path] = _keep_nowhere
    """`keep_document(name, data)` writes one of the agent's own copies below `documents`, whole or not at all. Blocks; errors: OSError."""

    ask_question: Callable[[str, str, str, str], Awaitable[None]] = _ask_nobody
    """`ask_question(step, clause, text, document_id)` records a question for human resources. Errors: JournalError."""

    def limits(self, step: str) -> dict[str, Any]:
        return self.journey().limits(step)

    def step_ids(self) -> list[str]:
        """The journey's steps, in order."""
        return [step.id for step in self.journey().steps]

"""What the backend answers to a batch of events, commands included (they ride on the wizard's own posts)."""

import msgspec

from app.contracts.problems import ContractError

BATCH_MEDIA_TYPE = "application/cloudevents-batch+json"
MAX_BATCH_BYTES = 1024 * 1024
MAX_BATCH_EVENTS = 500


class Refusal(msgspec.Struct):
    """An event that will never be accepted. It is kept aside on both sides; the rest goes on."""

    event_id: str
    sequence: int
    code: str


class Command(msgspec.Struct, omit_defaults=True):
    """Something the backend wants done. Unknown kinds are refused with `command.kind_unknown`, so new ones can ship server-first."""

    id: str
    kind: str
    args: dict[str, str] = {}


COMMAND_KINDS = frozenset({"journey.changed"})


def accept_command(command: Command) -> str:
    """The command's kind. Errors: ContractError `command.kind_unknown`."""
    if command.kind not in COMMAND_KINDS:
        raise ContractError("command.kind_unknown", command.kind)
    return command.kind


class EventsReceipt(msgspec.Struct, omit_defaults=True, kw_only=True):
    """`POST /v1/events`: everything up to and including `acked_sequence` is durable. Nothing else removes from the outbox."""

    acked_sequence: int
    refused: list[Refusal] = []
    server_time: str
    commands: list[Command] = []


class CertificateStatus(msgspec.Struct, omit_defaults=True):
    """`GET /v1/certificates/{code}`. `state`: valid, expired, unknown."""

    code: str
    state: str
    initials: str = ""
    employee_id: str = ""
    activity: str = ""
    issued: str = ""
    expires: str = ""


class ContentPack(msgspec.Struct):
    """`GET /v1/content/{sha256}`: the files of a pack, path to text. The SHA-256 is over `pack_bytes`."""

    files: dict[str, str]


def pack_bytes(pack: ContentPack) -> bytes:
    """The canonical bytes of a pack: JSON with the paths in order."""
    return msgspec.json.encode({"files": dict(sorted(pack.files.items()))})

"""Pairing one agent with one PC: what the wizard asks with, and what it is given."""

import msgspec

from app.contracts.journey import SignedDocument


class MachineFacts(msgspec.Struct, omit_defaults=True):
    """What an unprivileged program can read of its PC. Empty where the system does not say."""

    machine_id: str
    """A hash of the system's own machine id (never the id itself)."""
    host_name: str = ""
    serial: str = ""
    model: str = ""
    os: str = ""


class KitItem(msgspec.Struct, omit_defaults=True):
    """One thing that was handed out. `kind`: pc, box, headset, other."""

    id: str
    kind: str
    model: str
    serial: str = ""


class AgentRecord(msgspec.Struct, omit_defaults=True):
    employee_id: str
    name: str
    language: str
    site: str
    activity: str
    first_call: str = ""
    """RFC 3339 local date-time of the first planned call, or empty."""


class EnrolmentRequest(msgspec.Struct, omit_defaults=True, kw_only=True):
    """`POST /v1/enrolments`. `proof` signs `proof_message`, so that nobody enrols a key that is not theirs.

    The same code with the same key may be sent again (a lost reply): the answer is the same pairing with a new token.
    """

    code: str
    public_key: str
    session_code: str
    machine: MachineFacts
    app_version: str
    proof: str = ""
    earlier_keys: list[str] = []
    """Keys whose events still wait on this PC (no keyring: the key was lost with the process)."""


def proof_message(request: EnrolmentRequest) -> bytes:
    return "\0".join(["marhaba-enrol-1", request.code, request.public_key, request.machine.machine_id]).encode()


class Enrolment(msgspec.Struct, omit_defaults=True, kw_only=True):
    device_id: str
    token: str
    """Bearer token of this device; kept in the keyring only."""
    agent: AgentRecord
    kit: list[KitItem]
    journey: SignedDocument
    server_time: str


class EnrolmentFile(msgspec.Struct, omit_defaults=True):
    """Zero-touch: the activation code laid on the PC by the deployment tool, so that nobody types it.

    `serial` and `host_name` name the PC it was laid on: copied to another one (a cloned disk) its code is not used up there.
    """

    code: str
    employee_id: str = ""
    serial: str = ""
    host_name: str = ""

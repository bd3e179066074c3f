"""What verifying a signed addendum says. `POST /v1/verify` and `marhaba backend verify --json` answer this shape."""

from typing import Literal

import msgspec

from app.contracts.addendum import TimeStamp

MAX_BYTES = 10 * 1024 * 1024
"""A larger file is not looked at: `file.too_large`. A signed addendum has about 0.3 MB."""
Role = Literal["agent", "employer", "other"]
Kind = Literal["addendum", "proof"]
"""`proof`: the audit record's own PDF, which carries the employer's seal alone."""
Tone = Literal["good", "note", "bad"]


class SignerFound(msgspec.Struct, omit_defaults=True, kw_only=True):
    """One signature of the file, as the file itself proves it."""

    role: Role
    """By the place it was signed in; `other` for any place that is not one of the addendum's two."""
    name: str = ""
    serial_number: str = msgspec.field(default="", name="serialNumber")
    """The certificate's subject serialNumber: the employee id. Empty for the company's seal."""
    organisation: str = ""
    time: str = ""
    """From the time stamp where there is a good one, else what the signer's own clock said."""
    timestamp: TimeStamp | None = None
    certificate_sha256: str = ""
    issuer: str = ""
    intact: bool = False
    """What it covers is what was signed."""
    trusted: bool = False
    """Its certificate leads to the company's root and was not revoked when it was used."""


class Finding(msgspec.Struct, omit_defaults=True):
    code: str
    tone: Tone
    words: dict[str, str]
    """By language: fr, ar, en."""
    detail: str = ""
    """Technical, in no language: a field's name, a figure."""


class Verdict(msgspec.Struct, omit_defaults=False, kw_only=True):
    schema: int = 1
    code: str
    """`document.sound`, or the code of the gravest finding."""
    genuine: bool
    """Signed by whom it names: the agent and the employer, with certificates of this company."""
    complete: bool
    """Both signatures, their time stamps and revocation data are there; it is no earlier stage of a document known here."""
    unaltered: bool
    """Nothing was changed or added since it was signed."""
    kind: Kind = "addendum"
    known: bool = False
    """This service keeps the final document, and this file is it, byte for byte."""
    level: str = "simple"
    level_words: dict[str, str]
    summary: dict[str, str]
    signers: list[SignerFound] = []
    signatures: int = 0
    revisions: int = 0
    """How often the file was written, the first time included (PDF 32000-1 section 7.5.6)."""
    appended: int = 0
    """Bytes that follow what the last signature covers."""
    employee_id: str = ""
    """Whom the document says it is for, in its signed metadata."""
    reference: str = ""
    template: str = ""
    sha256: str = ""
    size: int = 0
    findings: list[Finding] = []

    @property
    def sound(self) -> bool:
        return self.genuine and self.complete and self.unaltered

"""The errors of the wizard, one tree. Every one a person may meet has a code and facts, never a sentence.

MarhabaError
├── JournalError            the journal could not be written or read
│   └── JournalUnwritable       journal.unwritable: disk full or read-only; the step is not done
├── BackendError            the IT service did not do what was asked
│   ├── BackendUnreachable      backend.unreachable: no answer at all (line, name, TLS, time limit)
│   └── BackendRefused          the service's own code (RFC 9457 problem)
├── SecretsError            secrets.unavailable: no keyring, or it is locked or silent
├── ContentError            content.*: a journey or pack that is not what was signed
└── SettingsError           settings.*: the managed settings cannot be used
"""

from typing import Any


class MarhabaError(Exception):
    """`code` owns the texts in `resources/content/<lang>`; `facts` are for the technical details."""

    code = "error.unexpected"

    def __init__(self, code: str = "", **facts: Any) -> None:
        self.code = code or type(self).code
        self.facts = facts
        super().__init__(self.code if not facts else f"{self.code} {facts}")


class JournalError(MarhabaError):
    code = "journal.error"


class JournalUnwritable(JournalError):
    code = "journal.unwritable"


class BackendError(MarhabaError):
    code = "backend.error"


class BackendUnreachable(BackendError):
    code = "backend.unreachable"


class BackendRefused(BackendError):
    """`status` is the HTTP status; `retry_after` seconds or None."""

    def __init__(self, code: str, status: int, retry_after: float | None = None, **facts: Any) -> None:
        super().__init__(code, status=status, **facts)
        self.status = status
        self.retry_after = retry_after


class SecretsError(MarhabaError):
    code = "secrets.unavailable"


class ContentError(MarhabaError):
    code = "content.invalid"


class SettingsError(MarhabaError):
    code = "settings.invalid"


class BoxError(MarhabaError):
    """The 4G box: `box.unreachable`, `box.login_required`, `box.busy`, `box.locked_out`, `box.unintelligible`, `box.pin_wrong` ..."""

    code = "box.unreachable"


class ProbeError(MarhabaError):
    """The voice test could not judge the line: `box.portal`, `box.probe_unreachable`, `box.probe_busy`. Never « a bad line »."""

    code = "box.probe_unreachable"

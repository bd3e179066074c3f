"""The errors of the wizard, one tree. Every one a person may meet has a code and facts, never a sentence.

MarhabaError
├── JournalError            the journal could not be written or read
│   └── JournalUnwritable       journal.unwritable: disk full or read-only; the step is not done
├── BackendError            the IT service did not do what was asked
│   ├── BackendUnreachable      backend.unreachable: no answer at all (line, name, time limit); backend.untrusted: its certificate is
│   │                           not accepted (this PC's clock, or somebody in between); backend.unintelligible: no answer of ours
│   └── BackendRefused          the service's own code (RFC 9457 problem)
├── SecretsError            secrets.unavailable: no keyring, or it is locked or silent
├── TunnelError             vpn.*: the tunnel could not be built, or is not what it must be
├── ContentError            content.*: a journey or pack that is not what was signed
├── HeadsetError            headset.*: a sound device that cannot be used now
├── AudioError              audio.*: a recording or a file of sound that cannot be read
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


class TunnelError(MarhabaError):
    """The VPN. `said` in the facts is the server's own word where it gave one.

    The way there   vpn.unreachable (no such name, no route, refused), vpn.no_answer (silence: down, blocked, or the wrong tls-crypt
                    key), vpn.silent_server (it accepts and says nothing more), vpn.timeout
    The server      vpn.bad_ca (its certificate is not of the profile's authority, or not a server's)
    The identity    vpn.auth_refused, vpn.code_refused, vpn.password_expired, vpn.account_locked, vpn.certificate_expired,
                    vpn.certificate_refused, vpn.session_expired
    This PC         vpn.not_installed, vpn.service_stopped, vpn.no_rights, vpn.no_tun, vpn.route_conflict, vpn.dns_not_applied
    The profile     vpn.profile_missing, vpn.profile_broken, vpn.profile_refused
    Else            vpn.cancelled, vpn.client_failed (the client ended, or talked nonsense)
    """

    code = "vpn.client_failed"


class AudioError(MarhabaError):
    """Sound that cannot be measured: `audio.format`, `audio.not_wav`, `audio.truncated`, `audio.empty`, `audio.too_big` ..."""

    code = "audio.format"


class HeadsetError(MarhabaError):
    """A sound device: `headset.no_audio`, `headset.busy`, `headset.permission_refused`, `headset.vanished`, `headset.stalled`,
    `headset.dropouts`, `headset.pc_busy`.
    """

    code = "headset.stalled"

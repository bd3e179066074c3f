"""What OpenVPN's log lines and a server's words mean, as codes. Pure.

OpenVPN tells much only in its log (an expired certificate, a missing TUN device): the patterns are its own texts, version 2.4 to 2.7.
"""

import re
from collections.abc import Mapping

from app.core.errors import TunnelError
from app.system.vpn.management import clean
from app.system.vpn.profile import network

_FINAL: tuple[tuple[str, str], ...] = (
    # (pattern, code): each ends the attempt at once.
    (r"WARNING: Your certificate has expired", "vpn.certificate_expired"),
    (r"WARNING: Your certificate is not yet valid", "vpn.certificate_expired"),
    (r"VERIFY (?:KU |EKU |X509NAME |nsCertType )?ERROR", "vpn.bad_ca"),
    (r"Certificate does not have (?:key usage|extended key usage)", "vpn.bad_ca"),
    (
        r"alert (?:bad certificate|certificate (?:expired|revoked|unknown|required)|unknown ca|unsupported certificate)",
        "vpn.certificate_refused",
    ),
    (r"Cannot ioctl TUNSETIFF .*(?:Operation not permitted|Permission denied)", "vpn.no_rights"),
    (r"Cannot open TUN/TAP dev .*(?:Operation not permitted|Permission denied)", "vpn.no_rights"),
    (r"(?:FlushIpNetTable|CreateFile|route addition|ROUTE: .*) .*Access is denied", "vpn.no_rights"),
    (r"Cannot open TUN/TAP dev|Cannot allocate TUN/TAP dev|Cannot ioctl TUNSETIFF", "vpn.no_tun"),
    (r"There are no TAP-Windows|All (?:tap-windows6|wintun|ovpn-dco)\S* adapters on this system are currently in use", "vpn.no_tun"),
    (
        r"Options error:|Cannot load (?:inline )?(?:certificate|private key|CA)|Error: private key password verification",
        "vpn.profile_broken",
    ),
)
_TRIES: tuple[tuple[str, str], ...] = (
    # (pattern, reason): why one remote did not answer; told once all have failed.
    (r"Cannot resolve host address|getaddrinfo.*failed|Could not determine IPv[46]", "name"),
    (r"Network is unreachable|No route to host|Network unreachable", "route"),
    (r"Connection refused|WSAECONNREFUSED|code=10061", "refused"),
    (r"Connection reset", "reset"),
)
_CONFLICT = re.compile(r"potential \S+ subnet conflict between local LAN \[[^\]]*\] and remote VPN \[([0-9./]{7,35})\]")
_WORDS: Mapping[str, str] = {
    # A company's own words can be added by the caller. French and English, without accents.
    r"expir|perim": "vpn.password_expired",
    r"lock|verrouil|bloqu|disabled|desactiv|suspend": "vpn.account_locked",
    r"\botp\b|one.?time|\bcode\b|\btoken\b|jeton|2fa|mfa|second factor|authenticator": "vpn.code_refused",
}
REFUSALS = ("vpn.auth_refused", "vpn.code_refused", "vpn.password_expired", "vpn.account_locked", "vpn.certificate_refused")
_ACCENTS = str.maketrans("éèêëàâîïôûùçÉÈÊÀÂÎÔÛÙÇ", "eeeeaaiiouucEEEAAIOUUC")


def final(text: str) -> TunnelError | None:
    """The error a log or FATAL line stands for, if it ends the attempt."""
    for pattern, code in _FINAL:
        if re.search(pattern, text, re.IGNORECASE):
            facts = {"not_yet": True} if "not yet valid" in text else {}
            return TunnelError(code, error=clean(text, 200), **facts)
    return None


def reason(text: str) -> str:
    """Why a try failed (name, route, refused, reset), or empty."""
    return next((why for pattern, why in _TRIES if re.search(pattern, text, re.IGNORECASE)), "")


def conflict(text: str) -> str:
    """The network of this PC's own that a pushed route clashes with, in OpenVPN's words, or empty."""
    found = _CONFLICT.search(text)
    return network(*found[1].split("/", 1)) if found else ""


def refusal(said: str, *, with_code: bool, own: Mapping[str, str] | None = None) -> str:
    """The code of a refusal: by the server's words; without any, by what was asked (`with_code`: a challenge alone was answered).

    `own` maps patterns of the company's server to codes, tried first; a pattern that does not compile, or another code, is passed over.
    """
    plain = said.translate(_ACCENTS)
    for table in (own or {}, _WORDS):
        for pattern, code in table.items():
            try:
                if code in REFUSALS and re.search(pattern, plain, re.IGNORECASE):
                    return code
            except re.error:
                continue
    return "vpn.code_refused" if with_code else "vpn.auth_refused"

"""What an OpenVPN profile may say. Anything that is not listed is refused: an allow-list, because OpenVPN has some three hundred options,
several of which start programs (`up`, `plugin`, `tls-verify`), write files (`log`, `status`) or open doors (`management`).

Names and arguments are those of openvpn(8), version 2.6. Each argument is matched whole against its pattern.
"""

import re
from dataclasses import dataclass

_NUMBER = r"\d{1,9}"
_IP4 = r"\d{1,3}(\.\d{1,3}){3}"
_IP = rf"({_IP4}|[0-9A-Fa-f:]{{2,39}}(/\d{{1,3}})?)"
_HOST = r"[A-Za-z0-9]([A-Za-z0-9._-]{0,252})|[0-9A-Fa-f:.]{2,45}"
_PROTO = r"(udp|tcp)[46]?|tcp[46]?-client"
_ALGORITHMS = r"[A-Za-z0-9:_-]{1,400}"
_GATEWAY = rf"{_IP}|vpn_gateway|net_gateway|default|[A-Za-z0-9.-]{{1,253}}"
_WORDS = r"[^\x00-\x1f\x7f]{1,200}"


@dataclass(frozen=True)
class Rule:
    """`arguments` are patterns in order, of which the first `needed` must be there."""

    arguments: tuple[str, ...] = ()
    needed: int = 0
    kept: bool = True
    """False: understood, and left out of what is handed to the client (it is ours to say, or of no use)."""


def _rule(*arguments: str, needed: int | None = None, kept: bool = True) -> Rule:
    return Rule(arguments, len(arguments) if needed is None else needed, kept)


_FLAGS = """client tls-client pull nobind persist-tun persist-key auth-nocache remote-random remote-random-hostname float auth-user-pass
block-outside-dns register-dns fast-io route-nopull block-ipv6 push-peer-info mute-replay-warnings auth-user-pass-optional
machine-readable-output suppress-timestamps"""
_NUMBERS = """port rport connect-retry-max connect-timeout server-poll-timeout hand-window tran-window tls-timeout reneg-bytes
reneg-pkts ping ping-restart ping-exit session-timeout route-metric tun-mtu tun-mtu-extra link-mtu tun-mtu-max fragment sndbuf rcvbuf
txqueuelen key-direction"""

RULES: dict[str, Rule] = {
    **{name: Rule() for name in _FLAGS.split()},
    **{name: _rule(_NUMBER) for name in _NUMBERS.split()},
    # Where to, and how.
    "dev": _rule(r"tun\d{0,3}"),
    "dev-type": _rule("tun"),
    "proto": _rule(_PROTO),
    "proto-force": _rule("udp|tcp"),
    "remote": _rule(_HOST, _NUMBER, _PROTO, needed=1),
    "resolv-retry": _rule(rf"infinite|{_NUMBER}"),
    "connect-retry": _rule(_NUMBER, _NUMBER, needed=1),
    "http-proxy": _rule(_HOST, _NUMBER),
    "socks-proxy": _rule(_HOST, _NUMBER, needed=1),
    "explicit-exit-notify": _rule(_NUMBER, needed=0),
    "keepalive": _rule(_NUMBER, _NUMBER),
    "inactive": _rule(_NUMBER, _NUMBER, needed=1),
    "reneg-sec": _rule(_NUMBER, _NUMBER, needed=1),
    "replay-window": _rule(_NUMBER, _NUMBER, needed=1),
    # Who the other end is. `tls-cert-profile insecure` and TLS before 1.2 are not offered.
    "remote-cert-tls": _rule("server"),
    "remote-cert-eku": _rule(r"TLS Web Server Authentication|1\.3\.6\.1\.5\.5\.7\.3\.1"),
    "remote-cert-ku": Rule(tuple([r"[0-9A-Fa-f]{1,4}"] * 8)),
    "ns-cert-type": _rule("server"),
    "verify-x509-name": _rule(_WORDS, "subject|name|name-prefix", needed=1),
    "verify-hash": _rule(r"[0-9A-Fa-f:]{32,160}", "SHA1|SHA256", needed=1),
    "tls-version-min": _rule(r"1\.[23]", "or-highest", needed=1),
    "tls-version-max": _rule(r"1\.[23]"),
    "tls-cert-profile": _rule("legacy|preferred|suiteb"),
    "tls-cipher": _rule(_ALGORITHMS),
    "tls-ciphersuites": _rule(_ALGORITHMS),
    "tls-groups": _rule(_ALGORITHMS),
    "ecdh-curve": _rule(_ALGORITHMS),
    # How it is enciphered. `none` would be a tunnel in clear.
    "cipher": _rule(r"(?!none|null)[A-Za-z0-9-]{3,30}"),
    "data-ciphers": _rule(r"(?!.*\bnone\b)(?!.*\bnull\b)[A-Za-z0-9:?-]{3,200}"),
    "ncp-ciphers": _rule(r"(?!.*\bnone\b)(?!.*\bnull\b)[A-Za-z0-9:?-]{3,200}"),
    "data-ciphers-fallback": _rule(r"(?!none|null)[A-Za-z0-9-]{3,30}"),
    "auth": _rule(r"(?!none|null)[A-Za-z0-9-]{3,30}"),
    # Compressed ciphertext tells what it holds (VORACLE, 2018): only the forms that compress nothing.
    "comp-lzo": _rule("no"),
    "compress": _rule("stub|stub-v2|migrate", needed=0),
    "allow-compression": _rule("no|asym"),
    # Who I am.
    "static-challenge": _rule(_WORDS, "[01]"),
    "auth-retry": _rule("none|nointeract|interact", kept=False),
    # Where the traffic goes.
    "redirect-gateway": Rule(tuple(["def1|local|autolocal|bypass-dhcp|bypass-dns|block-local|ipv6|!ipv4"] * 6)),
    "redirect-private": Rule(tuple(["def1|local|autolocal|bypass-dhcp|bypass-dns|block-local|ipv6|!ipv4"] * 6)),
    "route": _rule(_GATEWAY, rf"{_IP4}|default", _GATEWAY, _NUMBER, needed=1),
    "route-ipv6": _rule(r"[0-9A-Fa-f:]{2,39}/\d{1,3}", _GATEWAY, _NUMBER, needed=1),
    "route-gateway": _rule(rf"{_IP4}|dhcp"),
    "route-delay": _rule(_NUMBER, _NUMBER, needed=0),
    "route-method": _rule("adaptive|ipapi|exe"),
    "ip-win32": _rule("dynamic|netsh|ipapi|adaptive", r"-?\d{1,9}", _NUMBER, needed=1),
    "windows-driver": _rule("ovpn-dco|wintun|tap-windows6"),
    "dhcp-option": _rule(
        "DNS|DNS6|DOMAIN|DOMAIN-SEARCH|ADAPTER_DOMAIN_SUFFIX|WINS|NTP|NBDD|DISABLE-NBT", r"[A-Za-z0-9.:_-]{1,253}", needed=1
    ),
    "dns": Rule(tuple(["[A-Za-z0-9.:_/-]{1,253}"] * 8), 2),
    "mssfix": _rule(_NUMBER, "mtu|fixed", needed=0),
    "mtu-disc": _rule("no|maybe|yes"),
    "pull-filter": _rule("ignore|accept|reject", _WORDS),
    # Talk.
    "verb": _rule(r"\d{1,2}", kept=False),
    "mute": _rule(_NUMBER, kept=False),
    "ignore-unknown-option": Rule(tuple([r"[a-z0-9-]{1,40}"] * 15), 1),
    # The tags that others' tools leave in profiles; UV_* travels to the server with push-peer-info.
    "setenv": _rule(r"FRIENDLY_NAME|PROFILE_NAME|CLIENT_CERT|SERVER_POLL_TIMEOUT|UV_[A-Za-z0-9_]{1,40}", _WORDS, needed=1, kept=False),
}

BLOCKS = ("ca", "cert", "key", "extra-certs", "tls-auth", "tls-crypt", "tls-crypt-v2", "pkcs12")
"""What may stand between <tag> and </tag>, or in a file beside the profile. `auth-user-pass` may not: no secret of a person in a file."""
IN_CONNECTION = ("remote", "proto", "port", "rport", "connect-timeout", "server-poll-timeout", "explicit-exit-notify", "nobind", "float")
"""What may stand in a <connection> block."""


def refusal(name: str, arguments: tuple[str, ...]) -> str:
    """Why this option is refused, or empty."""
    rule = RULES.get(name)
    if rule is None:
        return "not on the list of allowed options"
    if len(arguments) < rule.needed:
        return f"{rule.needed} arguments wanted"
    if len(arguments) > len(rule.arguments):
        return "an argument that is not allowed" if rule.arguments else "no argument is allowed"
    for argument, pattern in zip(arguments, rule.arguments, strict=False):
        if not re.fullmatch(pattern, argument):
            return f"argument not allowed: {argument[:60]}"
    return ""

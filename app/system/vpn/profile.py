"""OpenVPN profiles: read, checked against the allow-list, and written again from what was understood.

What is handed to openvpn is this module's own text: a line that it and we would read differently cannot slip through. Pure: no disk.
"""

import hashlib
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from app.core.errors import TunnelError
from app.core.tunnel import Kind, Remote, TunnelProfile
from app.system.vpn import options, pem

LARGEST = 262_144
"""Bytes of a profile, files beside it not counted."""
_LARGEST_BLOCK = 65_536
_MOST_LINES = 4000
_MOST_REMOTES = 64
_LONGEST_LINE = 255
"""OpenVPN cuts a line at 256 (OPTION_LINE_SIZE); one that would be cut is refused instead."""
_MOST_WORDS = 16
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]{0,100}")

Reader = Callable[[str], bytes]
"""Gives the bytes of a file that lies beside the profile. Errors: OSError."""


@dataclass(frozen=True)
class OpenVpnProfile(TunnelProfile):
    """`options` in order, without remotes and blocks; `blocks` by tag."""

    options: tuple[tuple[str, ...], ...] = ()
    blocks: dict[str, str] = field(default_factory=dict, repr=False)

    def value(self, name: str) -> tuple[str, ...] | None:
        """The arguments of the last option of that name."""
        return next((words[1:] for words in reversed(self.options) if words[0] == name), None)


def _broken(line: int, error: str) -> TunnelError:
    return TunnelError("vpn.profile_broken", line=line, error=error)


def _refused(line: int, option: str, error: str) -> TunnelError:
    return TunnelError("vpn.profile_refused", line=line, option=option[:60], error=error)


def split(line: str) -> list[str] | None:
    """The words of a line as OpenVPN's own lexer cuts them (options_parse.c, parse_line); None: a quote or an escape left open."""
    words: list[str] = []
    word: str | None = None
    quote = ""
    escaped = False
    for sign in line:
        if escaped:
            word, escaped = (word or "") + sign, False
        elif sign == "\\" and quote != "'":
            word, escaped = word or "", True
        elif quote:
            if sign == quote:
                quote = ""
            else:
                word = (word or "") + sign
        elif sign in " \t":
            if word is not None:
                words.append(word)
                word = None
        elif word is None and sign in "#;":
            break
        elif sign in "\"'" and word is None:
            word, quote = "", sign
        else:
            word = (word or "") + sign
    if quote or escaped:
        return None
    if word is not None:
        words.append(word)
    return words


def quoted(word: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9._:/+!-]+", word):
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


class _Reading:
    def __init__(self, read: Reader | None) -> None:
        self.read = read
        self.options: list[tuple[str, ...]] = []
        self.blocks: dict[str, str] = {}
        self.remotes: list[tuple[str, int | None, str]] = []
        self.port = 1194
        self.transport = "udp"

    def option(self, number: int, words: list[str]) -> None:
        name, arguments = words[0], tuple(words[1:])
        if name in options.BLOCKS:
            self.file(number, name, arguments)
            return
        if why := options.refusal(name, arguments):
            raise _refused(number, name, why)
        if name == "remote":
            self.remote(number, arguments)
        elif name in {"port", "rport"}:
            self.port = self.port_of(number, arguments[0])
        elif name == "proto":
            self.transport = "tcp" if arguments[0].startswith("tcp") else "udp"
        elif options.RULES[name].kept:
            self.options.append((name, *arguments))

    def port_of(self, number: int, text: str) -> int:
        if not 1 <= int(text) <= 65535:
            raise _broken(number, f"port {text}")
        return int(text)

    def remote(self, number: int, arguments: tuple[str, ...], port: int | None = None, transport: str = "") -> None:
        if len(self.remotes) >= _MOST_REMOTES:
            raise _broken(number, f"more than {_MOST_REMOTES} remotes")
        port = self.port_of(number, arguments[1]) if len(arguments) > 1 else port
        transport = arguments[2] if len(arguments) > 2 else transport
        self.remotes.append((arguments[0], port, transport and ("tcp" if transport.startswith("tcp") else "udp")))

    def connection(self, number: int, body: list[str]) -> None:
        """A <connection> block: one remote with a protocol and a port of its own."""
        remote: tuple[str, ...] = ()
        port: int | None = None
        transport = ""
        for offset, line in enumerate(body, start=1):
            words = _words(number + offset, line)
            if not words:
                continue
            if words[0] not in options.IN_CONNECTION:
                raise _refused(number + offset, words[0], "not allowed in a <connection> block")
            if why := options.refusal(words[0], tuple(words[1:])):
                raise _refused(number + offset, words[0], why)
            if words[0] == "remote":
                remote = tuple(words[1:])
            elif words[0] in {"port", "rport"}:
                port = self.port_of(number + offset, words[1])
            elif words[0] == "proto":
                transport = words[1]
        if not remote:
            raise _broken(number, "a <connection> block without a remote")
        self.remote(number, remote, port, transport)

    def file(self, number: int, name: str, arguments: tuple[str, ...]) -> None:
        """`ca ca.crt`: a file beside the profile, never anywhere else; its contents join the profile."""
        if not arguments or len(arguments) > (2 if name == "tls-auth" else 1):
            raise _refused(number, name, "a file name wanted")
        if name == "tls-auth" and len(arguments) == 2:
            if arguments[1] not in {"0", "1"}:
                raise _refused(number, name, "direction 0 or 1 wanted")
            self.options.append(("key-direction", arguments[1]))
        if arguments[0] == "[inline]":
            return
        if not _FILE.fullmatch(arguments[0]) or ".." in arguments[0]:
            raise _refused(number, name, "only a file beside the profile may be named")
        if self.read is None:
            raise _refused(number, name, "its contents must stand in the profile")
        try:
            raw = self.read(arguments[0])
        except OSError as error:
            raise _broken(number, f"{arguments[0]}: {error.strerror or error}") from error
        self.block(number, name, pem.text_of(name, raw))

    def block(self, number: int, name: str, text: str) -> None:
        if name in self.blocks:
            raise _broken(number, f"<{name}> twice")
        if len(text) > _LARGEST_BLOCK:
            raise _broken(number, f"<{name}> is past {_LARGEST_BLOCK} characters")
        try:
            self.blocks[name] = pem.checked(name, text)
        except ValueError as error:
            raise _broken(number, f"<{name}>: {error}") from error


def _words(number: int, line: str) -> list[str]:
    if any((ord(sign) < 32 and sign != "\t") or ord(sign) == 127 for sign in line):
        raise _broken(number, "a control character")
    words = split(line)
    if words is None:
        raise _broken(number, "a quote that is not closed")
    if len(words) > _MOST_WORDS:
        raise _broken(number, f"more than {_MOST_WORDS} words")
    if words and words[0].startswith("--") and len(words[0]) > 2:
        words[0] = words[0][2:]
    return words


def parse(name: str, raw: bytes, read: Reader | None = None) -> OpenVpnProfile:
    """The checked profile. `read` serves files beside it; without it everything must be inline.

    Errors: TunnelError `vpn.profile_broken` (line, error), `vpn.profile_refused` (line, option, error). Nothing else.
    """
    if len(raw) > LARGEST:
        raise _broken(0, f"past {LARGEST} bytes")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _broken(raw[: error.start].count(b"\n") + 1, "not UTF-8") from error
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > _MOST_LINES:
        raise _broken(_MOST_LINES, f"past {_MOST_LINES} lines")
    reading = _Reading(read)
    index = 0
    while index < len(lines):
        number, line = index + 1, lines[index]
        index += 1
        words = _words(number, line)
        if not words:
            continue
        tag = re.fullmatch(r"<([a-z0-9-]+)>", words[0])
        if not tag:
            reading.option(number, words)
            continue
        if tag[1] not in options.BLOCKS and tag[1] != "connection":
            raise _refused(number, words[0], "not on the list of allowed blocks")
        if len(words) > 1:
            raise _broken(number, "words after a tag")
        end = next((at for at in range(index, len(lines)) if lines[at].strip() == f"</{tag[1]}>"), None)
        if end is None:
            raise _broken(number, f"<{tag[1]}> is not closed")
        body = lines[index:end]
        index = end + 1
        if tag[1] == "connection":
            reading.connection(number, body)
        else:
            reading.block(number, tag[1], "\n".join(line.strip() for line in body) + "\n")
    return _made(name, raw, reading, len(lines))


def _made(name: str, raw: bytes, reading: _Reading, last: int) -> OpenVpnProfile:
    said = {words[0] for words in reading.options}
    if not reading.remotes:
        raise _broken(last, "no remote")
    if not said & {"client", "tls-client"}:
        raise _refused(last, "client", "missing: not a client's profile")
    if not {"ca", "pkcs12"} & set(reading.blocks):
        raise _refused(last, "ca", "missing: nothing says which authority to trust")
    # Without it any agent's certificate of the same authority could play the server (openvpn(8), --remote-cert-tls).
    if not said & {"remote-cert-tls", "remote-cert-eku", "verify-x509-name", "ns-cert-type"}:
        raise _refused(last, "remote-cert-tls", "missing: any certificate of the authority could play the gateway")
    if ("cert" in reading.blocks) != ("key" in reading.blocks):
        raise _broken(last, "a certificate without its key, or a key without its certificate")
    if "cert" not in reading.blocks and "pkcs12" not in reading.blocks and "auth-user-pass" not in said:
        raise _broken(last, "neither a client certificate nor a password is asked")
    try:
        held = pem.certificate_of(reading.blocks)
    except ValueError as error:
        raise _broken(last, str(error)) from error
    remotes = tuple(Remote(host, port or reading.port, transport or reading.transport) for host, port, transport in reading.remotes)
    challenge = next((words for words in reading.options if words[0] == "static-challenge"), ("", "", "0"))
    return OpenVpnProfile(
        name=name,
        kind=Kind.OPENVPN,
        remotes=remotes,
        asks_password="auth-user-pass" in said,
        challenge=challenge[1],
        challenge_echo=challenge[2] == "1",
        full="redirect-gateway" in said,
        routes=tuple(net for words in reading.options if words[0] == "route" and (net := network(*words[1:3]))),
        certificate_from=held.begins if held else None,
        certificate_until=held.ends if held else None,
        certificate_name=held.name if held else "",
        sha256=hashlib.sha256(raw).hexdigest(),
        text=written(remotes, tuple(reading.options), reading.blocks),
        options=tuple(reading.options),
        blocks=reading.blocks,
    )


def network(address: str, mask: str = "255.255.255.255") -> str:
    """CIDR text of an address and a dotted mask, or empty where they are names."""
    try:
        return str(ipaddress.ip_network(f"{address}/{'32' if mask == 'default' else mask}", strict=False))
    except ValueError:
        return ""


def written(remotes: tuple[Remote, ...], kept: tuple[tuple[str, ...], ...], blocks: dict[str, str]) -> str:
    """The profile's text for openvpn. Errors: TunnelError `vpn.profile_broken` for a line that openvpn would cut."""
    lines = [f"remote {remote.host} {remote.port} {'tcp-client' if remote.transport == 'tcp' else 'udp'}" for remote in remotes]
    lines += [" ".join(quoted(word) for word in words) for words in kept]
    for line in lines:
        if len(line.encode()) > _LONGEST_LINE:
            raise _broken(0, f"past {_LONGEST_LINE} bytes: {line[:40]} ...")
    for tag, text in blocks.items():
        lines += [f"<{tag}>", text.strip("\n"), f"</{tag}>"]
    return "\n".join(lines) + "\n"

"""The words of OpenVPN's management interface (management-notes.txt of OpenVPN 2.6): lines in, commands out. Pure.

Nothing here trusts the stream: a line is bounded, garbage is a message like any other, and numbers are checked.
"""

import base64
import binascii
import re
from dataclasses import dataclass

LONGEST = 65_536
"""Bytes of a line. OpenVPN's own are 10 240 at most (ERR_BUF_SIZE); what is longer is dropped whole."""
_PROMPT = b"ENTER PASSWORD:"


@dataclass(frozen=True)
class Hold:
    seconds: int


@dataclass(frozen=True)
class Need:
    """`what`: Auth, Private Key, or a proxy's name. `challenge` is a static one, None without."""

    what: str
    user_too: bool
    challenge: str | None = None
    echo: bool = False


@dataclass(frozen=True)
class Refused:
    what: str
    reason: str


@dataclass(frozen=True)
class Token:
    """The server gave an auth-token: a reconnect will ask nobody. Its value is dropped."""


@dataclass(frozen=True)
class StateIs:
    name: str
    detail: str = ""
    address: str = ""
    remote: str = ""
    port: int = 0
    address6: str = ""


@dataclass(frozen=True)
class Log:
    flags: str
    text: str


@dataclass(frozen=True)
class Fatal:
    text: str


@dataclass(frozen=True)
class Count:
    received: int
    sent: int


@dataclass(frozen=True)
class Environment:
    """One variable of an UP or DOWN; both empty at the end of the list."""

    name: str = ""
    value: str = ""


@dataclass(frozen=True)
class Up:
    up: bool


@dataclass(frozen=True)
class Notice:
    """INFOMSG: what the server wants besides user and password (CR_TEXT, WEB_AUTH, OPEN_URL)."""

    text: str


@dataclass(frozen=True)
class Echo:
    text: str


@dataclass(frozen=True)
class Prompt:
    """The interface's own password is wanted."""


@dataclass(frozen=True)
class Other:
    """Replies to commands, greetings, and what is not understood."""

    text: str


Message = Hold | Need | Refused | Token | StateIs | Log | Fatal | Count | Environment | Up | Notice | Echo | Prompt | Other


class Lines:
    """Cuts a stream into lines. `dropped` counts lines past LONGEST."""

    def __init__(self) -> None:
        self._rest = b""
        self._skipping = False
        self.dropped = 0

    def feed(self, data: bytes) -> list[str]:
        self._rest += data
        if self._rest.startswith(_PROMPT):  # the only one without an end of line
            self._rest = _PROMPT + b"\n" + self._rest[len(_PROMPT) :].lstrip(b"\r\n")
        *whole, self._rest = self._rest.split(b"\n")
        if len(self._rest) > LONGEST:
            self._rest = b""
            if not self._skipping:
                self.dropped += 1
            self._skipping = True
        found = []
        for line in whole:
            if self._skipping:
                self._skipping = False
            elif len(line) > LONGEST:
                self.dropped += 1
            else:
                found.append(line.decode("utf-8", "replace").rstrip("\r"))
        return found


_LOGGED = re.compile(r"\d{1,20},([A-Z]{0,8}),(.*)", re.DOTALL)
_NEED = re.compile(r"Need '([^']{1,100})' (username/password|password)(?: SC:(\d{1,4}),(.*))?", re.DOTALL)
_FAILED = re.compile(r"Verification Failed: (?:'([^']{0,100})')?\s*(?:\['(.*)'\])?", re.DOTALL)


def parse(line: str) -> Message:
    """The message of a line. Never raises."""
    if line == "ENTER PASSWORD:":
        return Prompt()
    if not line.startswith(">"):
        # The history that `log on all` and `state on all` give comes without its kind.
        past = _LOGGED.fullmatch(line)
        return Log(past[1], past[2]) if past else Other(line)
    kind, _, rest = line[1:].partition(":")
    reader = _READERS.get(kind)
    found = reader(rest) if reader else None
    return found if found is not None else Other(line)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else None


def _hold(rest: str) -> Message | None:
    return Hold(min(_number(rest.rpartition(":")[2].strip()) or 0, 300))


def _password(rest: str) -> Message | None:
    if rest.startswith("Auth-Token"):
        return Token()
    need = _NEED.fullmatch(rest)
    if need:
        challenge = None if need[4] is None else clean(need[4])
        return Need(need[1], need[2] == "username/password", challenge, bool(int(need[3] or "0") & 1))
    failed = _FAILED.match(rest)
    # « Verification Failed: 'custom text' » (an old form) has no name: what is quoted is then the reason.
    return Refused(failed[1] or "Auth", failed[2] or "") if failed else None


def _state(rest: str) -> Message | None:
    parts = rest.split(",")
    if len(parts) < 2 or _number(parts[0]) is None or not re.fullmatch(r"[A-Z_]{1,30}", parts[1]):
        return None
    parts += [""] * (9 - len(parts))
    port = _number(parts[5])
    return StateIs(
        parts[1], clean(parts[2]), _address(parts[3]), _address(parts[4]), port if port and port < 65536 else 0, _address(parts[8])
    )


def _address(text: str) -> str:
    return text if re.fullmatch(r"[0-9A-Fa-f.:%a-z]{0,60}", text) else ""


def _log(rest: str) -> Message | None:
    found = _LOGGED.fullmatch(rest)
    return Log(found[1], found[2]) if found else None


def _count(rest: str) -> Message | None:
    received, _, sent = rest.partition(",")
    first, second = _number(received), _number(sent)
    return None if first is None or second is None else Count(first, second)


def _up(rest: str) -> Message | None:
    if rest in {"UP", "DOWN"}:
        return Up(rest == "UP")
    if rest == "ENV,END":
        return Environment()
    if not rest.startswith("ENV,"):
        return None
    name, mark, value = rest[4:].partition("=")
    return Environment(name, value) if mark and name else None


def _echo(rest: str) -> Message | None:
    return Echo(clean(rest.partition(",")[2]))


_READERS = {
    "HOLD": _hold,
    "PASSWORD": _password,
    "STATE": _state,
    "LOG": _log,
    "FATAL": lambda rest: Fatal(rest),
    "BYTECOUNT": _count,
    "UPDOWN": _up,
    "INFOMSG": lambda rest: Notice(rest),
    "ECHO": _echo,
}


def clean(text: str, most: int = 400) -> str:
    """A server's words as they may be shown: one line, no control or direction marks, `most` characters."""
    kept = "".join(" " if sign in "\t\r\n" else sign for sign in text if sign.isprintable() or sign in "\t\r\n")
    return " ".join(kept.split())[:most]


def quote(text: str) -> str:
    """An argument as OpenVPN's lexer reads it back. Errors: ValueError for what no line can carry."""
    if any(sign in text for sign in "\r\n\0"):
        raise ValueError("a line break or a zero byte")
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")


@dataclass(frozen=True)
class Challenge:
    """A dynamic challenge (CRV1) out of a refusal."""

    wanted: bool
    echo: bool
    state: str
    user: str
    text: str


def challenge_of(reason: str) -> Challenge | None:
    """`CRV1:flags:state:user in base64:text`, or None where it is something else or broken."""
    parts = reason.split(":", 4)
    if len(parts) != 5 or parts[0] != "CRV1":
        return None
    try:
        user = base64.b64decode(parts[3], validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    flags = parts[1].split(",")
    return Challenge("R" in flags, "E" in flags, parts[2], user, clean(parts[4]))


# How long a secret may be: a management line is cut by OpenVPN at 256 bytes (OPTION_PARM_SIZE), quotes included.
MOST_SECRET = 240

"""Who is let in: answers the server's management interface, so that every dialogue of identity can be had.

The user's name chooses the dialogue, so that one server has them all:
sms (a code after the password, CRV1), push (a code on the open connection, CR_TEXT), sso (a page to open), expired, locked,
nobody-home (no answer ever). A certificate without a user is enough. Anybody else gets in with the password alone, or with password and
code where the profile asks both.
"""

import base64
import binascii
import contextlib
import socket
import threading
from collections.abc import Callable

PASSWORD = "practice-2026"  # noqa: S105 (of the practice gateway, which guards nothing)
CODE = "123456"
_STATE = "practice1"
_QUESTION = "Code reçu par SMS"


class Gatekeeper:
    """Reads a connected management socket of an openvpn server on a thread, until it closes."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._file = connected.makefile("r", encoding="utf-8", errors="replace")
        self._thread = threading.Thread(target=self._listen, name="gatekeeper", daemon=True)
        self.asked = 0
        """How many times somebody's password was judged: a token is not a password."""
        self._thread.start()

    def send(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._socket.sendall(text.encode() + b"\n")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(2)
        self._file.close()
        self._socket.close()

    def _listen(self) -> None:
        knock: tuple[str, str] | None = None
        environment: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError):
            for line in self._file:
                kind, _, rest = line.rstrip("\r\n").partition(":")
                if kind != ">CLIENT":
                    continue
                what, *parts = rest.split(",")
                if what in {"CONNECT", "REAUTH"} and len(parts) == 2:
                    knock, environment = (parts[0], parts[1]), {}
                elif what == "CR_RESPONSE" and len(parts) == 3:
                    knock = None
                    good = _decoded(parts[2]) == CODE
                    self.send(f"client-auth-nt {parts[0]} {parts[1]}" if good else _denied(parts[0], parts[1], "code refusé"))
                elif what == "ENV" and rest != "ENV,END":
                    name, _, value = rest[4:].partition("=")
                    environment[name] = value
                elif knock is not None and rest == "ENV,END":
                    self._judge(*knock, environment)
                    knock = None

    def _judge(self, cid: str, kid: str, environment: dict[str, str]) -> None:
        if environment.get("session_state") in {"Authenticated", "AuthenticatedEmptyUser"}:
            self.send(f"client-auth-nt {cid} {kid}")
            return
        user, said = environment.get("username", ""), environment.get("password", "")
        self.asked += 1
        if not user and not said:
            self.send(f"client-auth-nt {cid} {kid}")  # the certificate, which is checked already, is enough
            return
        if user == "nobody-home":
            return
        self.send(_DIALOGUES.get(user, _plain)(cid, kid, user, said))


def _denied(cid: str, kid: str, words: str) -> str:
    return f'client-deny {cid} {kid} "refused" "{words}"'


def _plain(cid: str, kid: str, user: str, said: str) -> str:
    password, code = said, CODE
    if said.startswith("SCRV1:"):
        password, code = (_decoded(part) for part in (*said.split(":"), "", "")[1:3])
    if password != PASSWORD:
        return _denied(cid, kid, "Identifiant ou mot de passe incorrect")
    return f"client-auth-nt {cid} {kid}" if code == CODE else _denied(cid, kid, "code à usage unique incorrect")


def _sms(cid: str, kid: str, user: str, said: str) -> str:
    if said.startswith("CRV1::"):
        return f"client-auth-nt {cid} {kid}" if said == f"CRV1::{_STATE}::{CODE}" else _denied(cid, kid, "code refusé")
    if said != PASSWORD:
        return _plain(cid, kid, user, said)
    named = base64.b64encode(user.encode()).decode()
    return _denied(cid, kid, f"CRV1:R,E:{_STATE}:{named}:{_QUESTION}")


def _pending(what: str) -> Callable[[str, str, str, str], str]:
    def dialogue(cid: str, kid: str, user: str, said: str) -> str:
        return f'client-pending-auth {cid} {kid} "{what}" 60' if said == PASSWORD else _plain(cid, kid, user, said)

    return dialogue


def _always(words: str) -> Callable[[str, str, str, str], str]:
    return lambda cid, kid, user, said: _denied(cid, kid, words)


_DIALOGUES: dict[str, Callable[[str, str, str, str], str]] = {
    "sms": _sms,
    "push": _pending(f"CR_TEXT:R,E:{_QUESTION}"),
    "sso": _pending("WEB_AUTH:external:https://sso.intra.practice/login"),
    "expired": _always("Mot de passe expiré"),
    "locked": _always("Compte verrouillé"),
}


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, ValueError):
        return ""

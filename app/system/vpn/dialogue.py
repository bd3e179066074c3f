"""The talk with OpenVPN's management interface: messages in, actions out. Pure: no socket, no clock of its own.

It never makes a storm: the first hold is answered with `hold off` and one release, so that OpenVPN keeps its own back-off
(answering every hold at once made a hundred reconnects in half a second).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.system.vpn import management as m
from app.system.vpn import verdicts
from app.system.vpn.pushed import Pushed

TRIES = 3
"""Refusals before the attempt ends: most directories lock an account after five."""
SILENCE_S = 12.0
"""Without a sign from a server that had begun to answer. The slowest handshake measured (400 ms, 5 % lost each way) took 9 s in all."""
_ROUNDS = 2
_MOST_QUESTIONS = 12
"""Until it is connected: three tries of user, password and code need nine."""
_LEAST_TRIES = 3
_LINK = re.compile(r"(UDP|TCP)v?[46]?\S* link remote: \[AF_INET6?\](\S+):(\d{1,5})")
_TCP = re.compile(r"Attempting to establish TCP connection with \[AF_INET6?\](\S+):(\d{1,5})")
_PROGRESS = re.compile(r"TLS: Initial packet|VERIFY OK|Peer Connection Initiated|Control Channel|PUSH")


@dataclass(frozen=True)
class Send:
    text: str = field(repr=False)


@dataclass(frozen=True)
class Later:
    """Send after so many seconds."""

    seconds: float
    text: str


@dataclass(frozen=True)
class Tell:
    event: t.TunnelEvent


@dataclass(frozen=True)
class Ready:
    """Connected: the adapter applies DNS, completes it and tells it."""

    connected: t.Connected


@dataclass(frozen=True)
class Ask:
    question: t.Question


@dataclass(frozen=True)
class Fail:
    error: TunnelError


Action = Send | Later | Tell | Ready | Ask | Fail


class Dialogue:
    """`own` maps patterns of the company's server to codes (see verdicts). `password` is the interface's own, where it has one."""

    def __init__(
        self, profile: t.TunnelProfile, began: float, limit_s: float, *, own: Mapping[str, str] | None = None, password: str = ""
    ) -> None:
        self._profile = profile
        self._limit = limit_s
        self._own = own
        self._password = password
        self._began = began
        self._asked_at: float | None = None
        self._paused = 0.0
        self._progress = began
        self._phase = ""
        self._reason = ""
        self._tcp_open = self._reset = False
        self._judged = False
        """The gateway's certificate is right, and ours is on its way: what follows is its verdict on ours."""
        self._tries = self._unnamed = 0
        self._released = False
        self._pushed = Pushed()
        self._environment: dict[str, str] = {}
        self._remote = t.Remote("", 0)
        self._asked: t.Asked | None = None
        self._counts: dict[t.Asked, int] = {}
        self._challenge: m.Challenge | None = None
        self._refused = self._said = ""
        self._refusals = 0
        self._pending_s: float | None = None
        self._token = False
        self._cut: float | None = None
        self.connected: t.Connected | None = None
        self.conflicts: list[str] = []
        self.exit_cause = ""

    def opening(self) -> list[Action]:
        """What is sent first. Where the interface has a password, the first line it gets is taken for it: then after that."""
        return [] if self._password else self._wishes()

    @staticmethod
    def _wishes() -> list[Action]:
        return [Send("state on"), Send("log on all"), Send("echo on all"), Send("bytecount 1")]

    def feed(self, message: m.Message, now: float) -> list[Action]:
        taker = cast("Callable[[Any, float], list[Action]] | None", getattr(self, f"_on_{type(message).__name__.lower()}", None))
        return taker(message, now) if taker is not None else []

    def late(self, now: float) -> list[Action]:
        """Called every second or so: what time itself decides."""
        if self._asked_at is not None or self.connected is not None:
            return []
        if now - self._began - self._paused > self._limit:
            return [Fail(self.verdict(late=True))]
        if self._phase in {"AUTH", "GET_CONFIG"} and now - self._progress > SILENCE_S:
            return [Fail(self.verdict())]
        return []

    def verdict(self, *, late: bool = False) -> TunnelError:
        """Why nothing came of it, from what was seen."""
        tried = [f"{remote.host}:{remote.port}/{remote.transport}" for remote in self._profile.remotes]
        if self._refused:
            return TunnelError(self._refused, said=self._said)
        if self._judged:
            # A server that refuses a certificate drops the connection without a word that arrives (seen with TLS 1.3, OpenVPN 2.6).
            return TunnelError("vpn.certificate_refused", certificate=self._profile.certificate_name, remote=self._remote.host)
        if self._phase in {"AUTH", "GET_CONFIG", "AUTH_PENDING"}:
            return TunnelError("vpn.silent_server", stage=self._phase.lower(), remote=self._remote.host)
        if self._tcp_open and not self._reset:
            return TunnelError("vpn.silent_server", stage="tcp", remote=self._remote.host)
        if self._reset:
            return TunnelError("vpn.no_answer", reason="reset", tried=tried)
        if self._reason:
            return TunnelError("vpn.unreachable", reason=self._reason, tried=tried)
        if self._phase in {"ASSIGN_IP", "ADD_ROUTES"} and late:
            return TunnelError("vpn.timeout", stage=self._phase.lower())
        return TunnelError("vpn.no_answer", tried=tried)

    def closed(self) -> TunnelError | None:
        """The stream ended without our asking: the error, or None where a working tunnel was ended by the server."""
        if self.connected is not None and self.exit_cause:
            return None
        if self._refused:
            return self.verdict()
        return TunnelError("vpn.client_failed", error=self.exit_cause or "the client ended")

    def answer(self, question: t.Question, answer: t.Answer | None, now: float) -> list[Action]:
        """What the person's answer makes us send."""
        if self._asked_at is not None:
            self._paused += now - self._asked_at
            self._progress = now
            self._asked_at = None
        if answer is None:
            return [Fail(TunnelError(self._refused or "vpn.cancelled", **({"said": self._said} if self._said else {})))]
        self._asked = question.kind
        try:
            return self._words(question, answer)
        except ValueError as error:
            return [Fail(TunnelError("vpn.auth_refused", error=str(error)))]

    def _words(self, question: t.Question, answer: t.Answer) -> list[Action]:
        for secret in (answer.user, answer.password, answer.code):
            if len(secret.encode()) > m.MOST_SECRET:
                raise ValueError(f"longer than OpenVPN can take ({m.MOST_SECRET} bytes)")
        if question.kind is t.Asked.WEB:
            return []
        if question.kind is t.Asked.PENDING:
            return [Send(f"cr-response {m.encoded(answer.code)}")]
        if question.kind is t.Asked.KEY:
            return [Send(f'password "Private Key" {m.quote(answer.password)}')]
        if question.kind is t.Asked.DYNAMIC and self._challenge is not None:
            challenge, self._challenge = self._challenge, None
            return self._credentials(challenge.user, f"CRV1::{challenge.state}::{answer.code}")
        if question.kind is t.Asked.STATIC:
            return self._credentials(answer.user, f"SCRV1:{m.encoded(answer.password)}:{m.encoded(answer.code)}")
        return self._credentials(answer.user, answer.password)

    def _credentials(self, user: str, password: str) -> list[Action]:
        if len(password.encode()) > m.MOST_SECRET + 14:
            raise ValueError("password and code together are longer than OpenVPN can take")
        return [Send(f'username "Auth" {m.quote(user)}'), Send(f'password "Auth" {m.quote(password)}')]

    def _ask(self, kind: t.Asked, now: float, **more: Any) -> list[Action]:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if sum(self._counts.values()) > _MOST_QUESTIONS:
            return [Fail(TunnelError("vpn.client_failed", error="it asks without end"))]
        self._asked_at = self._asked_at if self._asked_at is not None else now
        self._asked = kind
        question = t.Question(kind, refused=self._refused, said=self._said, times=self._counts[kind], **more)
        return [Tell(t.Questioned(question)), Ask(question)]

    def _on_prompt(self, message: m.Prompt, now: float) -> list[Action]:
        if not self._password:
            return [Fail(TunnelError("vpn.client_failed", error="a management password is asked that nobody set"))]
        password, self._password = self._password, ""
        return [Send(password), *self._wishes()]

    def _on_hold(self, message: m.Hold, now: float) -> list[Action]:
        if not self._released:
            self._released = True
            return [Send("hold off"), Send("hold release")]
        return [Later(float(max(1, message.seconds)), "hold release")]

    def _on_need(self, message: m.Need, now: float) -> list[Action]:
        if message.what == "Private Key":
            return self._ask(t.Asked.KEY, now)
        if message.what != "Auth":
            return [Fail(TunnelError("vpn.client_failed", error=f"asked for {m.clean(message.what, 40)}, which is not foreseen"))]
        if self._challenge is not None:
            if not self._challenge.wanted:
                challenge, self._challenge = self._challenge, None
                return [Tell(t.ServerSays(challenge.text)), *self._credentials(challenge.user, f"CRV1::{challenge.state}::")]
            more = {"text": self._challenge.text, "echo": self._challenge.echo, "user": self._challenge.user}
            return self._ask(t.Asked.DYNAMIC, now, **more)
        if message.challenge is not None:
            return self._ask(t.Asked.STATIC, now, text=message.challenge, echo=message.echo)
        return self._ask(t.Asked.PASSWORD, now)

    def _on_refused(self, message: m.Refused, now: float) -> list[Action]:
        self._token = False
        if message.what == "Private Key":
            return [Fail(TunnelError("vpn.auth_refused", about="private key"))]
        if message.reason.startswith("CRV1:"):
            self._challenge = m.challenge_of(message.reason)
            if self._challenge is not None:
                self._refused = self._said = ""
                return []
        if message.reason.startswith("TEMP"):
            # « not now »: OpenVPN waits by itself as the server asked.
            return [Tell(t.ServerSays(m.clean(message.reason.partition(":")[2])))]
        session = message.reason.startswith("SESSION")
        self._said = m.clean(message.reason.partition(":")[2] if session else message.reason)
        code_alone = self._asked in {t.Asked.DYNAMIC, t.Asked.PENDING}
        self._refused = "vpn.session_expired" if session else verdicts.refusal(self._said, with_code=code_alone, own=self._own)
        said: list[Action] = [Tell(t.ServerSays(self._said))] if self._said else []
        if session:
            return said
        self._refusals += 1
        # Another try with the same account would help nobody, and may count against it.
        hopeless = self._refused in {"vpn.password_expired", "vpn.account_locked"}
        if hopeless or self._refusals >= TRIES or not self._profile.asks_password:
            return [*said, Fail(self.verdict())]
        return said

    def _on_token(self, message: m.Token, now: float) -> list[Action]:
        self._token = True
        return []

    def _on_notice(self, message: m.Notice, now: float) -> list[Action]:
        kind, _, rest = message.text.partition(":")
        if kind == "CR_TEXT":
            flags, _, text = rest.partition(":")
            if "R" not in flags.split(","):
                return [Tell(t.ServerSays(m.clean(text)))]
            return self._ask(t.Asked.PENDING, now, text=m.clean(text), echo="E" in flags.split(","), limit_s=self._pending_s)
        if kind in {"WEB_AUTH", "OPEN_URL"}:
            url = rest.partition(":")[2] if kind == "WEB_AUTH" else rest
            # Anything else could open a file or start a program on this PC.
            if not re.fullmatch(r"https://[\x21-\x7e]{1,1500}", url):
                return [Fail(TunnelError("vpn.client_failed", error="the server asked to open something that is no https address"))]
            return self._ask(t.Asked.WEB, now, url=url, limit_s=self._pending_s)
        return []

    def _on_log(self, message: m.Log, now: float) -> list[Action]:
        text = message.text
        if (error := verdicts.final(text)) is not None:
            return [Fail(error)]
        if _PROGRESS.search(text):
            self._progress = now
        self._pushed.log(text)
        if (net := verdicts.conflict(text)) and net not in self.conflicts:
            self.conflicts.append(net)
        why = verdicts.reason(text)
        self._reason = why or self._reason
        if why == "name" and self.connected is None:
            # OpenVPN asks again and again for ever, so that a cut does not end it; a first attempt need not wait for ever.
            self._unnamed += 1
            if self._unnamed > len(self._profile.remotes):
                return [Fail(self.verdict())]
        if "TCP connection established with" in text:
            self._tcp_open = True
        if "VERIFY OK: depth=0" in text:
            self._judged = True
        elif "Control Channel:" in text:
            self._judged = False
        if (found := _TCP.search(text)) is not None:
            return self._reaching("tcp", found[1], int(found[2]))
        if (found := _LINK.search(text)) is not None and found[1] == "UDP":
            return self._reaching("udp", found[2], int(found[3]))
        return []

    def _reaching(self, transport: str, address: str, port: int) -> list[Action]:
        self._tcp_open = False
        self._phase = "WAIT"
        self._remote = t.Remote(address, port, transport)
        return [Tell(t.Reaching(self._remote))]

    def _on_fatal(self, message: m.Fatal, now: float) -> list[Action]:
        error = verdicts.final(message.text)
        if error is None and (why := verdicts.reason(message.text)):
            error = TunnelError("vpn.unreachable", reason=why)
        return [Fail(error or TunnelError("vpn.client_failed", error=m.clean(message.text, 200)))]

    def _on_up(self, message: m.Up, now: float) -> list[Action]:
        self._environment = {}
        return []

    def _on_environment(self, message: m.Environment, now: float) -> list[Action]:
        if message.name:
            if len(self._environment) < 2000:
                self._environment[message.name] = message.value
        else:
            self._pushed.environment(self._environment)
        return []

    def _on_count(self, message: m.Count, now: float) -> list[Action]:
        return [Tell(t.Carried(message.received, message.sent))] if self.connected is not None else []

    def _on_echo(self, message: m.Echo, now: float) -> list[Action]:
        # OpenVPN GUI's convention (doc/gui-notes.txt): « msg TEXT » is for the person.
        words = message.text.partition(" ")
        return [Tell(t.ServerSays(words[2]))] if words[0] in {"msg", "msg-n"} and words[2] else []

    def _on_stateis(self, message: m.StateIs, now: float) -> list[Action]:
        if message.name not in {"RECONNECTING", "EXITING"}:
            self._phase = message.name
        if message.name in {"WAIT", "GET_CONFIG"}:
            self._judged = False
        self._progress = now
        match message.name:
            case "AUTH":
                return [Tell(t.Authenticating(self._remote.host, self._remote.port, self._remote.transport))]
            case "AUTH_PENDING":
                found = re.search(r"timeout (\d{1,6})", message.detail)
                self._pending_s = float(found[1]) if found else None
            case "ASSIGN_IP":
                return [Tell(t.AssigningAddress(message.address or message.address6))]
            case "ADD_ROUTES":
                return [Tell(t.AddingRoutes(tuple(self._pushed.routes)))]
            case "CONNECTED":
                return self._up_now(message, now)
            case "RECONNECTING":
                return self._down(message.detail, now)
            case "EXITING":
                self.exit_cause = message.detail or "exit"
        return []

    def _up_now(self, message: m.StateIs, now: float) -> list[Action]:
        if message.detail == "ERROR":
            return [Fail(TunnelError("vpn.client_failed", error="the client was up with errors"))]
        pushed, again = self._pushed, self._cut is not None
        began = (self._cut if self._cut is not None else self._began) + self._paused
        conflicts = list(self.conflicts)
        if message.detail == "ROUTE_ERROR":
            conflicts = conflicts or list(pushed.routes)
        self.connected = t.Connected(
            address=message.address or message.address6,
            gateway=message.remote or self._remote.host,
            port=message.port or self._remote.port,
            transport=self._remote.transport,
            device=pushed.device,
            routes=tuple(dict.fromkeys((*self._profile.routes, *pushed.routes))),
            full=pushed.full or self._profile.full,
            conflicts=tuple(conflicts),
            dns=tuple(pushed.dns),
            domains=tuple(pushed.domains),
            mtu=pushed.mtu,
            expires_in_s=pushed.expires_in_s,
            asks_again=self._profile.asks_password and not self._token,
            seconds=max(0.0, now - began),
            again=again,
        )
        self._cut = None
        self._counts = {}
        self._paused = 0.0
        self._refused = self._said = ""
        self._refusals = self._tries = 0
        return [Ready(self.connected)]

    def _down(self, cause: str, now: float) -> list[Action]:
        told: list[Action] = [Tell(t.Reconnecting(cause))]
        if self.connected is not None or self._cut is not None:
            self._cut = self._cut if self._cut is not None else now
            return told
        if cause == "auth-failure":
            return told
        self._tries += 1
        self._reset = cause == "connection-reset" and self._tcp_open
        if self._judged and self._tries > 1:
            return [*told, Fail(self.verdict())]
        if self._tries >= max(_LEAST_TRIES, _ROUNDS * len(self._profile.remotes)):
            return [*told, Fail(self.verdict())]
        return told

"""Windows' adapters against somebody who plays Windows' part: recorded words, never tried on Windows itself."""

import asyncio
import contextlib
import json
import shlex
import socket
import threading
from pathlib import Path

import pytest

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.system.vpn import interactive_service as service
from app.system.vpn import windows_native as native
from tests.system.vpn.test_profile import good

OK = "0x00000000\n0x00001a2b\nProcess ID".encode("utf-16-le")
UP = b">STATE:1,CONNECTED,SUCCESS,10.8.0.2,203.0.113.1,1194,,\n"


def test_the_request_is_what_openvpn_gui_writes() -> None:
    raw = service.request("C:\\OpenVPN\\config", '--config "a b.ovpn"', "secret")
    assert raw == 'C:\\OpenVPN\\config\0--config "a b.ovpn"\0secret\n\0'.encode("utf-16-le")
    with pytest.raises(ValueError, match="zero"):
        service.request("x\0y", "", "")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("0x20000000\nOpenVPN exited\nfailure", "vpn.client_failed"),
        ("0x20000001\nValidateOptions\nYou have specified a config file location outside the config folder", "vpn.no_rights"),
        ("0x00000005\nCreateProcessAsUser\nAccess is denied.", "vpn.no_rights"),
        ("0x00000002\nOpenVPNExe\nThe system cannot find the file", "vpn.not_installed"),
        ("0x00000000", "vpn.client_failed"),
        ("garbage", "vpn.client_failed"),
        ("", "vpn.client_failed"),
    ],
)
def test_the_service_s_refusals_have_codes(raw: str, code: str) -> None:
    with pytest.raises(TunnelError) as raised:
        service.reply(raw.encode("utf-16-le"))
    assert raised.value.code == code
    assert service.reply(OK + b"\0\0") == 0x1A2B


class RecordedService:
    """The interactive service and the openvpn it starts, as their documentation has them."""

    def __init__(self, answer: bytes = OK) -> None:
        self.answer = answer
        self.words: list[str] = []
        self.heard: list[str] = []
        self.ended = 0
        self._server: socket.socket | None = None

    def check(self) -> None:
        return None

    def exit_event(self) -> str:
        return "marhaba-1"

    def start(self, request: bytes) -> bytes:
        directory, options, password, rest = request.decode("utf-16-le").split("\0")
        assert directory.endswith("profiles")
        assert rest == ""
        self.words = shlex.split(options)
        if self.answer == OK:
            self._server = socket.create_server(("127.0.0.1", int(self.words[self.words.index("--management") + 2])))
            threading.Thread(target=self._openvpn, args=(password.removesuffix("\n"),), daemon=True).start()
        return self.answer

    def _openvpn(self, password: str) -> None:
        assert self._server is not None
        with contextlib.suppress(OSError):
            joined, _ = self._server.accept()
            with joined, joined.makefile("rb") as lines:
                joined.sendall(b"ENTER PASSWORD:")
                if lines.readline().decode().strip() != password:
                    joined.sendall(b"ERROR: bad password\r\n")
                    return
                joined.sendall(
                    b"SUCCESS: password is correct\r\n>INFO:OpenVPN Management Interface Version 5\r\n>HOLD:Waiting for hold release:0\r\n"
                )
                for line in lines:
                    word = line.decode().strip()
                    self.heard.append(word)
                    if word == "hold release":
                        joined.sendall(b">PASSWORD:Need 'Auth' username/password\r\n")
                    elif word.startswith("password"):
                        joined.sendall(b">LOG:1,I,PUSH: Received control message: 'PUSH_REPLY,dhcp-option DNS 10.50.0.53'\r\n" + UP)
                    elif word == "signal SIGTERM":
                        return

    def end(self) -> None:
        self.ended += 1
        if self._server is not None:
            self._server.close()


async def somebody(question: t.Question) -> t.Answer | None:
    return t.Answer("agent1", "s3cret")


def vpn_of(tmp_path: Path, recorded: RecordedService) -> service.InteractiveServiceVpn:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "casa.ovpn").write_bytes(good())
    return service.InteractiveServiceVpn(tmp_path / "profiles", lambda: recorded)


def test_a_tunnel_through_the_interactive_service(tmp_path: Path) -> None:
    recorded = RecordedService()

    async def run() -> t.Connected:
        vpn = vpn_of(tmp_path, recorded)
        await vpn.check()
        async with vpn.connect(await vpn.profile("casa"), somebody) as tunnel:
            async for event in tunnel:
                if isinstance(event, t.Connected):
                    return event
        raise AssertionError

    found = asyncio.run(run())
    assert (found.address, found.dns, found.dns_applied) == ("10.8.0.2", ("10.50.0.53",), None)
    # Only options of the service's whitelist (validate.c).
    allowed = {
        "auth-retry",
        "config",
        "management",
        "management-hold",
        "management-query-passwords",
        "management-up-down",
        "service",
        "setenv",
        "verb",
    }
    assert {word[2:] for word in recorded.words if word.startswith("--")} <= allowed
    assert recorded.words[recorded.words.index("--config") + 1] == "casa.ovpn"
    assert recorded.heard.count("hold release") == 1
    assert 'username "Auth" "agent1"' in recorded.heard
    assert recorded.ended == 1


def test_a_refusal_of_the_service_ends_the_attempt(tmp_path: Path) -> None:
    recorded = RecordedService("0x20000001\nValidateOptions\noutside the config folder".encode("utf-16-le"))

    async def run() -> None:
        vpn = vpn_of(tmp_path, recorded)
        async with vpn.connect(await vpn.profile("casa"), somebody) as tunnel:
            async for _ in tunnel:
                pass

    with pytest.raises(TunnelError, match=r"vpn\.no_rights"):
        asyncio.run(run())
    assert recorded.ended == 1


class RecordedRas:
    def __init__(self, *numbers: int, drops_after: int = 99) -> None:
        self.numbers = list(numbers)
        self.dialled: list[tuple[str, str, str]] = []
        self.hung_up = 0
        self._left = drops_after

    def dial(self, entry: str, user: str, password: str) -> int:
        self.dialled.append((entry, user, password))
        return self.numbers.pop(0)

    def connected(self, entry: str) -> bool:
        self._left -= 1
        return self._left >= 0

    def hang_up(self, entry: str) -> None:
        self.hung_up += 1


FACTS = {"address": "10.10.0.1", "mtu": 1400, "dns": ["10.50.0.53"], "routes": ["10.50.0.0/16", "255.255.255.255/32"]}


def native_events(
    tmp_path: Path, ras: RecordedRas, answers: list[t.Answer | None]
) -> tuple[list[t.TunnelEvent], list[tuple[str, dict[str, object]]]]:
    (tmp_path / "casa.ikev2.toml").write_text('gateway = "vpn.example"\nroutes = ["10.50.0.0/16"]\ndomains = ["intra.example"]\n')
    ran: list[tuple[str, dict[str, object]]] = []

    def run(script: str, text: str) -> tuple[int, str]:
        ran.append((script, json.loads(text)))
        return 0, json.dumps(FACTS) if script == native.FACTS else ""

    async def answer(question: t.Question) -> t.Answer | None:
        return answers.pop(0)

    async def go() -> list[t.TunnelEvent]:
        vpn = native.NativeIkeVpn(tmp_path, run, ras)
        events: list[t.TunnelEvent] = []
        async with vpn.connect(await vpn.profile("casa"), answer) as tunnel:
            async for event in tunnel:
                events.append(event)
        return events

    try:
        return asyncio.run(go()), ran
    finally:
        assert ran == [] or ran[-1][0] == native.REMOVE


def test_windows_own_ikev2_is_added_dialled_and_removed(tmp_path: Path) -> None:
    ras = RecordedRas(691, 0, drops_after=0)
    events, ran = native_events(tmp_path, ras, [t.Answer("a", "faux"), t.Answer("a", "'; calc")])
    found = next(event for event in events if isinstance(event, t.Connected))
    assert (found.address, found.mtu, found.dns, found.full) == ("10.10.0.1", 1400, ("10.50.0.53",), False)
    assert events[-1] == t.Disconnected("the connection was ended")
    assert [entry for entry, _, _ in ras.dialled] == ["Marhaba casa"] * 2
    assert ran[0][1]["routes"] == ["10.50.0.0/16"]
    assert "calc" not in json.dumps(ran)  # no password in any command
    assert ras.hung_up == 1


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (691, "vpn.auth_refused"),
        (648, "vpn.password_expired"),
        (647, "vpn.account_locked"),
        (809, "vpn.no_answer"),
        (868, "vpn.unreachable"),
        (13801, "vpn.bad_ca"),
        (789, "vpn.bad_ca"),
        (812, "vpn.auth_refused"),
        (13806, "vpn.certificate_refused"),
        (12345, "vpn.client_failed"),
    ],
)
def test_ras_errors_have_codes(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(TunnelError) as raised:
        native_events(tmp_path, RecordedRas(number), [t.Answer("a", "b"), None])
    assert (raised.value.code, raised.value.facts["ras_error"]) == (code, number)


def test_giving_up_adds_nothing(tmp_path: Path) -> None:
    ras = RecordedRas()
    with pytest.raises(TunnelError, match=r"vpn\.cancelled"):
        native_events(tmp_path, ras, [None])
    assert ras.hung_up == 0


def test_the_profile_s_kind_chooses_the_client(tmp_path: Path) -> None:
    from app.system.vpn.choice import ByKind

    openvpn = vpn_of(tmp_path, RecordedService())
    (tmp_path / "rabat.ikev2.toml").write_text('gateway = "vpn.example"\n')
    own = native.NativeIkeVpn(tmp_path, lambda script, text: (0, ""), RecordedRas())
    vpn = ByKind({t.Kind.OPENVPN: openvpn, t.Kind.IKEV2: own})
    names = []
    for name in ("casa", "rabat"):
        profile = asyncio.run(vpn.profile(name))
        names.append((profile.kind.value, vpn.name))
        asyncio.run(vpn.check())
    assert names == [("openvpn", "openvpn-service"), ("ikev2", "windows-ikev2")]
    with pytest.raises(TunnelError, match=r"vpn\.profile_missing"):
        asyncio.run(vpn.profile("fes"))


class Absent(native.NativeIkeVpn):
    """A client whose program nobody installed."""

    def __init__(self, directory: Path, missing: str) -> None:
        super().__init__(directory, lambda script, text: (0, ""), RecordedRas())
        self._missing = missing

    async def check(self) -> None:
        raise TunnelError("vpn.not_installed", missing=self._missing)


def test_a_client_that_the_profile_does_not_need_is_not_missed(tmp_path: Path) -> None:
    """A PC with Windows' own IKEv2 and no OpenVPN: the first client is absent, and nobody asked for it."""
    from app.system.vpn.choice import ByKind

    (tmp_path / "rabat.ikev2.toml").write_text('gateway = "vpn.example"\n')
    own = native.NativeIkeVpn(tmp_path, lambda script, text: (0, ""), RecordedRas())
    empty = tmp_path / "empty"
    empty.mkdir()
    vpn = ByKind({t.Kind.OPENVPN: Absent(empty, "OpenVPN"), t.Kind.IKEV2: own})
    asyncio.run(vpn.check())
    assert asyncio.run(vpn.profile("rabat")).kind is t.Kind.IKEV2
    # The other way round: the profile is there, its client is not, and another one is.
    other = native.NativeIkeVpn(empty, lambda script, text: (0, ""), RecordedRas())
    lacking = ByKind({t.Kind.OPENVPN: other, t.Kind.IKEV2: Absent(tmp_path, "strongSwan")})
    asyncio.run(lacking.check())
    nothing = ByKind({t.Kind.OPENVPN: Absent(empty, "OpenVPN"), t.Kind.IKEV2: Absent(tmp_path, "strongSwan")})
    for asked, missing in (
        (lacking.profile("rabat"), "strongSwan"),
        (nothing.check(), "OpenVPN"),
        (nothing.profile("rabat"), "strongSwan"),
    ):
        with pytest.raises(TunnelError, match=r"vpn\.not_installed") as raised:
            asyncio.run(asked)  # type: ignore[arg-type]
        assert raised.value.facts == {"missing": missing}

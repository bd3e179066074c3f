"""The management interface's words, and the talk: pure, so that garbage can be tried by the thousand."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core import tunnel as t
from app.system.vpn import dialogue as d
from app.system.vpn import management as m
from app.system.vpn import verdicts
from app.system.vpn.profile import split

PROFILE = t.TunnelProfile("p", t.Kind.OPENVPN, (t.Remote("vpn.example", 1194), t.Remote("vpn.example", 443, "tcp")), asks_password=True)


def talk(limit_s: float = 30, profile: t.TunnelProfile = PROFILE) -> d.Dialogue:
    return d.Dialogue(profile, 0.0, limit_s)


def fed(dialogue: d.Dialogue, *lines: str, now: float = 1.0) -> list[Any]:
    return [action for line in lines for action in dialogue.feed(m.parse(line), now)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (">HOLD:Waiting for hold release:10", m.Hold(10)),
        (">HOLD:Waiting for hold release:99999999999", m.Hold(300)),
        (">HOLD:", m.Hold(0)),
        (">PASSWORD:Need 'Auth' username/password", m.Need("Auth", True)),
        (">PASSWORD:Need 'Private Key' password", m.Need("Private Key", False)),
        (">PASSWORD:Need 'Auth' username/password SC:1,Code, OTP", m.Need("Auth", True, "Code, OTP", True)),
        (">PASSWORD:Need 'Auth' username/password SC:0,", m.Need("Auth", True, "", False)),
        (">PASSWORD:Verification Failed: 'Auth'", m.Refused("Auth", "")),
        (">PASSWORD:Verification Failed: 'Auth' ['it's over']", m.Refused("Auth", "it's over")),
        (">PASSWORD:Verification Failed: ['CRV1:R:x:eA==:?']", m.Refused("Auth", "CRV1:R:x:eA==:?")),
        (">PASSWORD:Auth-Token:SESS_ID_AT_secret", m.Token()),
        (">PASSWORD:nonsense", m.Other(">PASSWORD:nonsense")),
        (
            ">STATE:1700000000,CONNECTED,SUCCESS,10.8.0.2,203.0.113.1,1194,,,fd00::2",
            m.StateIs("CONNECTED", "SUCCESS", "10.8.0.2", "203.0.113.1", 1194, "fd00::2"),
        ),
        (">STATE:1700000000,AUTH,,,,,,", m.StateIs("AUTH")),
        (">STATE:soon,AUTH", m.Other(">STATE:soon,AUTH")),
        (">STATE:1,<script>", m.Other(">STATE:1,<script>")),
        (">STATE:1,CONNECTED,SUCCESS,$(id),x'y,999999", m.StateIs("CONNECTED", "SUCCESS")),
        (">BYTECOUNT:10,20", m.Count(10, 20)),
        (">BYTECOUNT:-1,20", m.Other(">BYTECOUNT:-1,20")),
        (">BYTECOUNT:²,20", m.Other(">BYTECOUNT:²,20")),
        (">LOG:1700000000,W,WARNING: x, y", m.Log("W", "WARNING: x, y")),
        ("1700000000,,history", m.Log("", "history")),
        (">UPDOWN:UP", m.Up(True)),
        (">UPDOWN:ENV,dev=tun0", m.Environment("dev", "tun0")),
        (">UPDOWN:ENV,END", m.Environment()),
        (">FATAL:gone", m.Fatal("gone")),
        (">INFOMSG:CR_TEXT:R,E:Code", m.Notice("CR_TEXT:R,E:Code")),
        (">ECHO:1700000000,msg hello", m.Echo("msg hello")),
        ("ENTER PASSWORD:", m.Prompt()),
        ("SUCCESS: hold release succeeded", m.Other("SUCCESS: hold release succeeded")),
    ],
)
def test_a_line_is_read_as_the_notes_say(line: str, message: m.Message) -> None:
    assert m.parse(line) == message


def test_a_token_is_not_kept() -> None:
    assert "secret" not in repr(m.parse(">PASSWORD:Auth-Token:secret"))


def test_secrets_are_not_shown() -> None:
    assert "s3cret" not in repr(d.Send('password "Auth" "s3cret"'))
    assert "s3cret" not in repr(t.Answer("u", "s3cret", "s3cret"))


@given(st.lists(st.binary(max_size=200), max_size=20))
def test_lines_do_not_depend_on_how_the_stream_is_cut(pieces: list[bytes]) -> None:
    whole, cut = m.Lines(), m.Lines()
    data = b"".join(pieces)
    once = whole.feed(data)
    by_byte = [line for piece in pieces for line in cut.feed(piece)]
    if b"ENTER PASSWORD:" not in data:
        assert once == by_byte


def test_a_line_without_an_end_is_dropped_whole_and_the_next_is_read() -> None:
    lines = m.Lines()
    assert lines.feed(b"x" * 70_000) == []
    assert lines.feed(b"y" * 70_000 + b"\n>HOLD:1\n") == [">HOLD:1"]
    assert lines.feed(b"z" * 70_000 + b"\n>HOLD:2\n") == [">HOLD:2"]
    assert lines.dropped == 2


def test_the_password_prompt_has_no_end_of_line() -> None:
    assert m.Lines().feed(b"ENTER PASSWORD:") == ["ENTER PASSWORD:"]


@settings(max_examples=50)
@given(st.text(max_size=80))
def test_no_line_breaks_the_reader(line: str) -> None:
    m.parse(line)
    for kind in (
        ">HOLD:",
        ">PASSWORD:",
        ">PASSWORD:Need ",
        ">PASSWORD:Verification Failed: ",
        ">STATE:",
        ">LOG:",
        ">BYTECOUNT:",
        ">UPDOWN:",
        ">ECHO:",
    ):
        m.parse(kind + line)


@given(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=("Cs",)), max_size=80))
def test_a_quoted_argument_is_read_back_by_openvpn_s_lexer(text: str) -> None:
    assert split(m.quote(text)) == [text]


@given(st.text(max_size=200))
def test_a_server_s_words_are_one_line_that_shows_what_it_holds(text: str) -> None:
    shown = m.clean(text)
    assert shown.isprintable()
    assert len(shown) <= 400


def test_direction_marks_are_taken_out_of_a_server_s_words() -> None:
    assert m.clean("code\u202e refus\x1b[2Jé\n ici") == "code refus[2Jé ici"


LINES = st.one_of(
    st.text(max_size=60),
    st.builds(
        lambda kind, rest: kind + rest,
        st.sampled_from(
            [
                ">HOLD:Waiting for hold release:",
                ">PASSWORD:Need 'Auth' username/password",
                ">PASSWORD:Verification Failed: 'Auth' ['",
                ">INFOMSG:",
                ">INFOMSG:CR_TEXT:R:",
                ">INFOMSG:WEB_AUTH::",
                ">STATE:1,CONNECTED,SUCCESS,10.8.0.2,1.1.1.1,1194,,",
                ">STATE:1,RECONNECTING,",
                ">STATE:1,AUTH,",
                ">STATE:1,ADD_ROUTES,",
                ">STATE:1,EXITING,",
                ">BYTECOUNT:1,2",
                ">UPDOWN:UP",
                ">UPDOWN:ENV,route_network_1=",
                ">UPDOWN:ENV,END",
                ">LOG:1,I,PUSH: Received control message: 'PUSH_REPLY,route ",
                ">LOG:1,W,",
                ">ECHO:1,msg ",
                ">PASSWORD:Verification Failed: 'Auth' ['CRV1:R,E:s:eA==:",
                ">LOG:1,I,TCP connection established with ",
            ]
        ),
        st.text(max_size=40),
    ),
)


@settings(max_examples=400)
@given(st.lists(LINES, max_size=40), st.booleans())
def test_a_mad_stream_makes_no_storm_and_no_crash(lines: list[str], answers: bool) -> None:
    dialogue = talk()
    releases = 0
    for number, line in enumerate(lines):
        for action in dialogue.feed(m.parse(line), float(number)):
            if isinstance(action, d.Send):
                releases += action.text == "hold release"
            if isinstance(action, d.Later):
                assert action.seconds >= 1
            if isinstance(action, d.Ask):
                for sent in dialogue.answer(action.question, t.Answer("u", "p", "1") if answers else None, float(number)):
                    assert not isinstance(sent, d.Send) or "\n" not in sent.text
        dialogue.late(float(number))
    assert releases <= 1
    dialogue.verdict()
    dialogue.closed()


def test_the_first_hold_is_released_once_and_the_back_off_is_openvpn_s() -> None:
    dialogue = talk()
    assert [action.text for action in fed(dialogue, ">HOLD:Waiting for hold release:0")] == ["hold off", "hold release"]
    assert fed(dialogue, ">HOLD:Waiting for hold release:7") == [d.Later(7.0, "hold release")]


def test_silence_of_every_remote_is_no_answer() -> None:
    dialogue = talk()
    for _ in range(3):
        assert not any(isinstance(a, d.Fail) for a in fed(dialogue, ">STATE:1,WAIT,,,,,,", ">STATE:1,RECONNECTING,server_poll,,,,,"))
    [*_, last] = fed(dialogue, ">STATE:1,WAIT,,,,,,", ">STATE:1,RECONNECTING,server_poll,,,,,")
    assert last.error.code == "vpn.no_answer"
    assert last.error.facts["tried"] == ["vpn.example:1194/udp", "vpn.example:443/tcp"]


@pytest.mark.parametrize(
    ("lines", "code", "fact"),
    [
        (
            [">LOG:1,N,RESOLVE: Cannot resolve host address: vpn.example:1194 (Name or service not known)"],
            "vpn.unreachable",
            ("reason", "name"),
        ),
        ([">LOG:1,,write UDPv4: Network is unreachable (fd=3,code=101)"], "vpn.unreachable", ("reason", "route")),
        ([">LOG:1,,read UDPv4 [ECONNREFUSED]: Connection refused (fd=3,code=111)"], "vpn.unreachable", ("reason", "refused")),
        ([">STATE:1,AUTH,,,,,,"], "vpn.silent_server", ("stage", "auth")),
        ([">STATE:1,GET_CONFIG,,,,,,"], "vpn.silent_server", ("stage", "get_config")),
        ([">LOG:1,I,TCP connection established with [AF_INET]1.1.1.1:443", ">STATE:1,WAIT,"], "vpn.silent_server", ("stage", "tcp")),
        ([">STATE:1,ADD_ROUTES,,,,,,"], "vpn.timeout", ("stage", "add_routes")),
        ([], "vpn.no_answer", ("tried", ["vpn.example:1194/udp", "vpn.example:443/tcp"])),
    ],
)
def test_at_the_limit_it_says_how_far_it_came(lines: list[str], code: str, fact: tuple[str, Any]) -> None:
    dialogue = talk(limit_s=5)
    assert dialogue.late(4.0) == []
    fed(dialogue, *lines, now=4.0)
    [failed] = dialogue.late(5.5)
    assert isinstance(failed, d.Fail)
    assert (failed.error.code, failed.error.facts[fact[0]]) == (code, fact[1])


def test_a_server_that_falls_silent_while_it_authenticates_is_left_sooner() -> None:
    dialogue = talk(limit_s=60)
    fed(dialogue, ">STATE:1,AUTH,,,,,,", now=1.0)
    assert dialogue.late(12.0) == []
    [failed] = dialogue.late(13.5)
    assert isinstance(failed, d.Fail)
    assert failed.error.code == "vpn.silent_server"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (">LOG:1,W,WARNING: Your certificate has expired!", "vpn.certificate_expired"),
        (">LOG:1,W,WARNING: Your certificate is not yet valid!", "vpn.certificate_expired"),
        (">LOG:1,,VERIFY ERROR: depth=1, error=self-signed certificate in certificate chain: CN=x", "vpn.bad_ca"),
        (">LOG:1,,VERIFY X509NAME ERROR: CN=evil, must be vpn", "vpn.bad_ca"),
        (">LOG:1,,VERIFY EKU ERROR", "vpn.bad_ca"),
        (">LOG:1,,OpenSSL: error:0A000418:SSL routines::tlsv1 alert unknown ca", "vpn.certificate_refused"),
        (">LOG:1,,OpenSSL: error:0A000415:SSL routines::sslv3 alert certificate expired", "vpn.certificate_refused"),
        (">FATAL:ERROR: Cannot ioctl TUNSETIFF tun0: Operation not permitted (errno=1)", "vpn.no_rights"),
        (">FATAL:ERROR: Cannot open TUN/TAP dev /dev/net/tun: No such file or directory (errno=2)", "vpn.no_tun"),
        (">LOG:1,F,There are no TAP-Windows, Wintun or OVPN-DCO adapters on this system.", "vpn.no_tun"),
        (">FATAL:All tap-windows6 adapters on this system are currently in use or disabled.", "vpn.no_tun"),
        (">FATAL:something else", "vpn.client_failed"),
        (">FATAL:Cannot load inline certificate file", "vpn.profile_broken"),
        (">PASSWORD:Need 'HTTP Proxy' username/password", "vpn.client_failed"),
        (">INFOMSG:WEB_AUTH::file:///etc/passwd", "vpn.client_failed"),
        (">INFOMSG:OPEN_URL:http://plain.example/", "vpn.client_failed"),
        (">PASSWORD:Verification Failed: 'Private Key'", "vpn.auth_refused"),
        (">PASSWORD:Verification Failed: 'Auth' ['Your password has expired']", "vpn.password_expired"),
        (">STATE:1,CONNECTED,ERROR,10.8.0.2,1.1.1.1,1194,,", "vpn.client_failed"),
    ],
)
def test_what_ends_an_attempt_at_once(line: str, code: str) -> None:
    [*_, last] = fed(talk(), line)
    assert isinstance(last, d.Fail)
    assert last.error.code == code


@pytest.mark.parametrize(
    ("said", "with_code", "code"),
    [
        ("", False, "vpn.auth_refused"),
        ("", True, "vpn.code_refused"),
        ("Mot de passe périmé", False, "vpn.password_expired"),
        ("Account disabled", False, "vpn.account_locked"),
        ("Compte bloqué", False, "vpn.account_locked"),
        ("Jeton invalide", False, "vpn.code_refused"),
        ("Wrong one-time password", False, "vpn.code_refused"),
        ("LDAP error 49", False, "vpn.auth_refused"),
    ],
)
def test_a_server_s_words_are_told_apart(said: str, with_code: bool, code: str) -> None:
    assert verdicts.refusal(said, with_code=with_code) == code


def test_a_company_s_own_words_come_first_and_a_bad_pattern_does_no_harm() -> None:
    own = {"(": "vpn.account_locked", "error 49": "vpn.password_expired"}
    assert verdicts.refusal("LDAP error 49", with_code=False, own=own) == "vpn.password_expired"


def test_three_refusals_end_it() -> None:
    dialogue = talk()
    for _ in range(2):
        assert not any(isinstance(a, d.Fail) for a in fed(dialogue, ">PASSWORD:Verification Failed: 'Auth'"))
    [failed] = fed(dialogue, ">PASSWORD:Verification Failed: 'Auth'")
    assert failed.error.code == "vpn.auth_refused"


def test_not_now_is_no_refusal() -> None:
    dialogue = talk()
    for _ in range(5):
        [said] = fed(dialogue, ">PASSWORD:Verification Failed: 'Auth' ['TEMP[backoff 5]: maintenance']")
        assert said == d.Tell(t.ServerSays("maintenance"))


def test_a_session_that_is_over_asks_again_and_says_why() -> None:
    dialogue = talk()
    fed(dialogue, ">PASSWORD:Verification Failed: 'Auth' ['SESSION: token expired']")
    [_, asked] = fed(dialogue, ">PASSWORD:Need 'Auth' username/password")
    assert (asked.question.refused, asked.question.said) == ("vpn.session_expired", "token expired")


def test_what_the_server_pushed_reaches_the_facts() -> None:
    dialogue = talk()
    pushed = (
        "route-metric 5,dhcp-option DNS evil;rm,"
        "route 10.50.0.0 255.255.255.0,route-ipv6 fd00:50::/64,dhcp-option DNS 10.50.0.53,dhcp-option DOMAIN intra.example,"
        "redirect-gateway def1,session-timeout 28800,tun-mtu 1400,ping 2,ping-restart 8,route not-an-address,peer-id 0"
    )
    fed(dialogue, f">LOG:1,I,PUSH: Received control message: 'PUSH_REPLY,{pushed}'", ">UPDOWN:UP", ">UPDOWN:ENV,dev=tun3")
    fed(dialogue, ">UPDOWN:ENV,foreign_option_1=dhcp-option DNS 10.50.0.54", ">UPDOWN:ENV,END")
    fed(
        dialogue,
        ">LOG:1,I,WARNING: potential route subnet conflict between local LAN [10.50.0.0/24] and remote VPN [10.50.0.0/255.255.255.0]",
    )
    [ready] = fed(dialogue, ">STATE:1,CONNECTED,SUCCESS,10.8.0.2,203.0.113.1,1194,,", now=7.0)
    found = ready.connected
    assert (found.device, found.full, found.mtu, found.expires_in_s, found.seconds) == ("tun3", True, 1400, 28800.0, 7.0)
    assert (found.routes, found.dns) == (("10.50.0.0/24", "fd00:50::/64"), ("10.50.0.53", "10.50.0.54"))
    assert (found.domains, found.conflicts) == (("intra.example",), ("10.50.0.0/24",))


def test_a_route_that_could_not_be_added_is_a_conflict() -> None:
    dialogue = talk()
    fed(dialogue, ">LOG:1,I,PUSH: Received control message: 'PUSH_REPLY,route 10.50.0.0 255.255.255.0'")
    [ready] = fed(dialogue, ">STATE:1,CONNECTED,ROUTE_ERROR,10.8.0.2,203.0.113.1,1194,,")
    assert ready.connected.conflicts == ("10.50.0.0/24",)


def test_a_cut_is_timed_from_when_it_was_seen() -> None:
    dialogue = talk()
    [ready] = fed(dialogue, ">STATE:1,CONNECTED,SUCCESS,10.8.0.2,203.0.113.1,1194,,")
    dialogue.connected = ready.connected
    fed(dialogue, ">STATE:1,RECONNECTING,ping-restart,,,,,", now=100.0)
    fed(dialogue, ">STATE:1,RECONNECTING,server_poll,,,,,", now=105.0)
    [again] = fed(dialogue, ">STATE:1,CONNECTED,SUCCESS,10.8.0.2,203.0.113.1,1194,,", now=108.5)
    assert (again.connected.again, again.connected.seconds) == (True, 8.5)


def test_the_end_of_the_stream_is_an_error_unless_the_server_ended_a_working_tunnel() -> None:
    dialogue = talk()
    error = dialogue.closed()
    assert error is not None
    assert error.code == "vpn.client_failed"
    [ready] = fed(dialogue, ">STATE:1,CONNECTED,SUCCESS,10.8.0.2,203.0.113.1,1194,,")
    dialogue.connected = ready.connected
    fed(dialogue, ">STATE:1,EXITING,session-timeout,,,,,")
    assert dialogue.closed() is None

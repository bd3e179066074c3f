"""The real openvpn against a real server: every dialogue of identity, and every refusal told apart."""

import asyncio
import time
from typing import Any

import pytest

from app.core.errors import TunnelError
from app.core.tunnel import Answer, Asked, Connected, Disconnected, Questioned, ServerSays, TunnelEvent
from app.system.vpn import dialogue
from tests.tunnel.rig import PASSWORD, Person, Rig


def attempt(rig: Rig, person: Person, *, limit_s: float = 20.0, **wanted: Any) -> list[TunnelEvent]:
    """The events up to Connected. Errors: TunnelError."""
    name = rig.profile(**wanted)

    async def run() -> list[TunnelEvent]:
        events: list[TunnelEvent] = []
        vpn = rig.vpn()
        async with vpn.connect(await vpn.profile(name), person, limit_s=limit_s) as tunnel:
            async for event in tunnel:
                events.append(event)
                if isinstance(event, Connected):
                    break
        return events

    return asyncio.run(run())


def refused(rig: Rig, person: Person, *, limit_s: float = 20.0, **wanted: Any) -> TunnelError:
    with pytest.raises(TunnelError) as raised:
        attempt(rig, person, limit_s=limit_s, **wanted)
    return raised.value


def connected(events: list[TunnelEvent]) -> Connected:
    assert isinstance(events[-1], Connected)
    return events[-1]


def test_a_password_opens_the_tunnel_and_the_facts_are_the_server_s(rig: Rig) -> None:
    person = Person()
    found = connected(attempt(rig, person))
    plan = rig.plan
    assert (found.gateway, found.port, found.transport) == (plan.far, 1194, "udp")
    assert found.address.startswith(plan.pool("udp").rsplit(".", 1)[0] + ".")
    assert found.routes == (f"{plan.inside}/24",)
    assert (found.dns, found.domains) == ((plan.names,), ("intra.practice",))
    assert (found.full, found.conflicts, found.device[:3], found.mtu) == (False, (), "tun", 1500)
    assert found.asks_again is False
    assert [question.kind for question in person.asked] == [Asked.PASSWORD]


def test_names_that_could_not_be_given_to_this_system_are_said_so(rig: Rig) -> None:
    from app.system.vpn.names import NoNames

    async def run() -> bool | None:
        vpn = rig.vpn(dns=NoNames())
        async with vpn.connect(await vpn.profile(rig.profile()), Person()) as tunnel:
            async for event in tunnel:
                if isinstance(event, Connected):
                    return event.dns_applied
        return None

    assert asyncio.run(run()) is False


def test_a_certificate_alone_asks_nobody(rig: Rig) -> None:
    person = Person()
    assert connected(attempt(rig, person, password=False)).asks_again is False
    assert person.asked == []


def test_a_static_challenge_is_asked_with_the_password(rig: Rig) -> None:
    person = Person()
    connected(attempt(rig, person, challenge='Code "OTP" du jour'))
    assert [(q.kind, q.text, q.echo) for q in person.asked] == [(Asked.STATIC, 'Code "OTP" du jour', True)]


def test_a_wrong_code_is_told_from_a_wrong_password_and_may_be_corrected(rig: Rig) -> None:
    person = Person(then=[Answer("agent", PASSWORD, "000000"), Answer("agent", "autre", "123456")])
    connected(attempt(rig, person, challenge="Code OTP"))
    assert [q.refused for q in person.asked] == ["", "vpn.code_refused", "vpn.auth_refused"]
    assert [q.times for q in person.asked] == [1, 2, 3]
    assert person.asked[1].said == "code à usage unique incorrect"


def test_a_dynamic_challenge_comes_after_the_password(rig: Rig) -> None:
    person = Person("sms")
    events = attempt(rig, person)
    connected(events)
    assert [(q.kind, q.text, q.user, q.refused) for q in person.asked] == [
        (Asked.PASSWORD, "", "", ""),
        (Asked.DYNAMIC, "Code reçu par SMS", "sms", ""),
    ]
    assert [event.question for event in events if isinstance(event, Questioned)] == person.asked


def test_a_wrong_dynamic_code_is_a_refused_code(rig: Rig) -> None:
    person = Person(then=[Answer("sms", PASSWORD), Answer(code="1"), None])
    error = refused(rig, person)
    assert (error.code, error.facts["said"]) == ("vpn.code_refused", "code refusé")


def test_a_pending_code_is_given_on_the_open_connection(rig: Rig) -> None:
    person = Person("push")
    events = attempt(rig, person)
    assert [(q.kind, q.limit_s) for q in person.asked] == [(Asked.PASSWORD, None), (Asked.PENDING, 60.0)]
    assert not any(type(event).__name__ == "Reconnecting" for event in events)
    connected(events)


def test_a_sign_in_page_is_handed_over_and_waited_for(rig: Rig) -> None:
    person = Person("sso")
    # Nobody signs in: the attempt ends at its limit, and says what it waited for.
    error = refused(rig, person, limit_s=3)
    assert error.code == "vpn.silent_server"
    assert (person.asked[1].kind, person.asked[1].url) == (Asked.WEB, "https://sso.intra.practice/login")


def test_a_wrong_password_carries_the_server_s_words_and_giving_up_its_code(rig: Rig) -> None:
    person = Person(then=[Answer("agent", "faux"), None])
    error = refused(rig, person)
    assert (error.code, error.facts) == ("vpn.auth_refused", {"said": "Identifiant ou mot de passe incorrect"})
    assert person.asked[1].said == "Identifiant ou mot de passe incorrect"


@pytest.mark.parametrize(("user", "code"), [("expired", "vpn.password_expired"), ("locked", "vpn.account_locked")])
def test_an_expired_password_and_a_locked_account_end_at_once(rig: Rig, user: str, code: str) -> None:
    person = Person(user)
    assert refused(rig, person).code == code
    assert len(person.asked) == 1  # another try could count against the account


def test_giving_up_at_the_first_question_is_no_refusal(rig: Rig) -> None:
    assert refused(rig, Person(then=[None])).code == "vpn.cancelled"


def test_a_question_that_cannot_be_asked_ends_the_attempt(rig: Rig) -> None:
    class Broken(Person):
        async def __call__(self, question: object) -> Answer | None:
            raise RuntimeError("no screen")

    assert refused(rig, Broken()).code == "vpn.cancelled"


def test_hostile_characters_in_a_password_arrive_as_they_are(rig: Rig) -> None:
    person = Person(then=[Answer("agent", "a\"b\\c ' # ; é"), None])
    assert refused(rig, person).code == "vpn.auth_refused"
    person = Person(then=[Answer("agent", "two\nsignal SIGTERM")])
    error = refused(rig, person)
    assert (error.code, error.facts["error"]) == ("vpn.auth_refused", "a line break or a zero byte")


def test_a_password_longer_than_openvpn_can_take_is_said_so(rig: Rig) -> None:
    assert "longer" in refused(rig, Person(password="x" * 300)).facts["error"]


def test_an_expired_certificate_is_read_from_the_log(rig: Rig) -> None:
    began = time.monotonic()
    assert refused(rig, Person(), expired=True).code == "vpn.certificate_expired"
    assert time.monotonic() - began < 10


def test_a_gateway_of_another_authority_is_refused(rig: Rig) -> None:
    error = refused(rig, Person(), wrong_ca=True)
    assert error.code == "vpn.bad_ca"
    assert "self-signed certificate" in error.facts["error"]


def test_a_certificate_that_the_gateway_does_not_know(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogue, "SILENCE_S", 1.5)
    assert refused(rig, Person(), stranger=True, transports=["udp"]).code == "vpn.certificate_refused"
    assert refused(rig, Person(), stranger=True, transports=["tcp"]).code == "vpn.certificate_refused"


def test_the_wrong_tls_crypt_key_is_silence(rig: Rig) -> None:
    error = refused(rig, Person(), wrong_key=True, transports=["udp"], more=["server-poll-timeout 1", "connect-retry 1 1"])
    assert error.code == "vpn.no_answer"
    assert error.facts["tried"] == [f"{rig.plan.far}:1194/udp"]


def test_a_server_that_never_judges_is_left_at_the_limit(rig: Rig) -> None:
    began = time.monotonic()
    error = refused(rig, Person("nobody-home"), limit_s=2)
    assert (error.code, error.facts["stage"]) == ("vpn.silent_server", "get_config")
    assert time.monotonic() - began < 8


def test_the_time_a_person_takes_is_not_the_line_s(rig: Rig) -> None:
    class Slow(Person):
        async def __call__(self, question: Any) -> Answer | None:
            await asyncio.sleep(2.5)
            return await super().__call__(question)

    found = connected(attempt(rig, Slow(), limit_s=2.4))
    assert found.seconds < 2.4


def test_leaving_ends_everything_and_the_last_event_says_so(rig: Rig) -> None:
    async def run() -> list[TunnelEvent]:
        vpn, seen = rig.vpn(), []
        async with vpn.connect(await vpn.profile(rig.profile()), Person()) as tunnel:
            async for event in tunnel:
                seen.append(event)
                if isinstance(event, Connected):
                    assert tunnel.status().state == "connected"
                    await tunnel.disconnect()
            assert tunnel.status().state == "ended"
        return seen

    assert isinstance(asyncio.run(run())[-1], Disconnected)


@pytest.mark.parametrize("after_s", [0.0, 0.03, 0.3])
def test_it_may_be_cancelled_at_any_time(rig: Rig, after_s: float) -> None:
    async def run() -> float:
        vpn = rig.vpn()
        profile = await vpn.profile(rig.profile())

        async def go() -> None:
            async with vpn.connect(profile, Person()) as tunnel:
                async for _ in tunnel:
                    pass

        task = asyncio.create_task(go())
        await asyncio.sleep(after_s)
        began = time.monotonic()
        task.cancel()
        await asyncio.wait([task], timeout=10)
        assert task.cancelled()
        return time.monotonic() - began

    assert asyncio.run(run()) < 5  # the rig checks that no route and no device is left


def test_the_server_s_words_are_told_as_they_come(rig: Rig) -> None:
    seen: list[TunnelEvent] = []

    async def run() -> None:
        vpn = rig.vpn()
        async with vpn.connect(await vpn.profile(rig.profile()), Person("locked")) as tunnel:
            async for event in tunnel:
                seen.append(event)

    with pytest.raises(TunnelError):
        asyncio.run(run())
    assert ServerSays("Compte verrouillé") in seen

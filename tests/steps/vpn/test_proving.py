"""One attempt without a page: what each hop proves, and which code a broken one gives."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.contracts.outcomes import Outcome
from app.core.errors import ProbeError, TunnelError
from app.core.proof import LineNow
from app.core.step import Result
from app.core.tunnel import Carried, Disconnected, Question, Reconnecting, ServerSays
from app.steps.vpn import check
from app.steps.vpn.proving import Proving
from tests.steps.fakes import FakeContext
from tests.steps.vpn.fakes import GOOD, LIMITS, PASSWORD, UP, FakeProof, FakeVoice, FakeVpn


class Rig:
    def __init__(self, folder: Path) -> None:
        self.fake = FakeContext(folder)
        self.fake.pair()
        self.vpn, self.proof, self.voice = FakeVpn(), FakeProof(), FakeVoice()
        self.limits: dict[str, Any] = dict(LIMITS)
        self.asked: list[Question] = []

    async def _answer(self, question: Question) -> None:
        self.asked.append(question)

    def proving(self) -> Proving:
        context = self.fake.context
        context.vpn, context.proof, context.voice_at = self.vpn, self.proof, lambda _url: self.voice
        return Proving(context, check.limits(self.limits), self._answer, lambda: None)

    def run(self) -> Result:
        """To the first result; the tunnel is then left."""

        async def story() -> Result:
            proving = self.proving()
            task = asyncio.create_task(proving.run())
            result = await until_result(proving, task)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert self.vpn.open == 0, "the tunnel was left open"
            return result

        return asyncio.run(story())


async def until_result(proving: Proving, task: "asyncio.Task[None]") -> Result:
    async with asyncio.timeout(5):
        while proving.seen.result is None:
            if task.done():
                task.result()
            await asyncio.sleep(0)
    return proving.seen.result


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(tmp_path)


def test_every_hop_proved(rig: Rig) -> None:
    result = rig.run()
    assert (result.outcome, result.code, result.simulated) == (Outcome.PASSED, "vpn.passed", True)
    facts = result.facts
    assert facts["address"] == "10.20.4.17"
    assert facts["apps"]["crm"] == {"code": "ok", "ms": 31.0}
    assert facts["names"] == {"intranet.atlas.test": True}
    assert facts["mos"] == 4.3
    assert facts["packet_bytes"] == 1500
    assert facts["profile_sha256"] == "ab" * 32
    assert {"gateway_s", "connect_s", "routes_s", "names_s", "apps_s"} <= set(facts)


@pytest.mark.parametrize(
    ("change", "code", "outcome"),
    [
        ({"now": LineNow(online=False)}, "vpn.offline", Outcome.COULD_NOT_CHECK),
        ({"now": LineNow(online=True, portal=True)}, "vpn.portal", Outcome.FAILED),
        ({"now": LineNow(online=True, clock_skew_s=-86400.0)}, "vpn.clock_skew", Outcome.FAILED),
        ({"names": {}}, "vpn.dns_not_applied", Outcome.FAILED),
        ({"outside": {"10.50.0.10"}}, "vpn.dns_leak", Outcome.FAILED),
        ({"outside": {"10.50.0.1"}}, "vpn.routes_missing", Outcome.FAILED),
        ({"down": {"crm": "vpn.app_down"}}, "vpn.app_down", Outcome.FAILED),
        ({"down": {"crm": "vpn.app_down", "phone": "vpn.app_certificate"}}, "vpn.app_certificate", Outcome.FAILED),
        ({"size": 1200}, "vpn.mtu_small", Outcome.WARNING),
    ],
)
def test_a_hop_that_does_not_hold(rig: Rig, change: dict[str, Any], code: str, outcome: Outcome) -> None:
    for name, value in change.items():
        setattr(rig.proof, name, value)
    result = rig.run()
    assert (result.code, result.outcome) == (code, outcome)


@pytest.mark.parametrize(
    ("full", "public", "servers", "code"),
    [
        (True, "10.20.4.17", ("10.50.0.53",), "vpn.passed"),
        (True, "192.168.8.100", ("10.50.0.53",), "vpn.public_path"),
        (False, "192.168.8.100", ("192.168.8.1",), "vpn.passed"),
        (False, "10.20.4.17", ("10.50.0.53",), "vpn.public_path"),
        (True, "10.20.4.17", ("192.168.8.1",), "vpn.dns_leak"),
        (True, "10.20.4.17", (), "vpn.passed"),
    ],
)
def test_public_traffic_goes_where_policy_says(rig: Rig, full: bool, public: str, servers: tuple[str, ...], code: str) -> None:
    rig.limits["full"] = full
    rig.proof.public, rig.proof.servers = public, servers
    rig.proof.outside = {"192.168.8.1"}
    assert rig.run().code == code


@pytest.mark.parametrize(
    ("up", "code"),
    [
        (replace(UP, conflicts=("10.50.0.0/24",)), "vpn.route_conflict"),
        (replace(UP, routes=()), "vpn.routes_missing"),
        (replace(UP, routes=(), full=True), "vpn.passed"),
    ],
)
def test_what_the_client_says_of_routes(rig: Rig, up: Any, code: str) -> None:
    rig.vpn = FakeVpn(up)
    assert rig.run().code == code


@pytest.mark.parametrize(
    ("report", "code", "outcome"),
    [
        (replace(GOOD, mos=3.2), "vpn.voice_poor", Outcome.FAILED),
        (replace(GOOD, mos=3.8), "vpn.passed_fair", Outcome.WARNING),
        (replace(GOOD, mos=None), "vpn.passed_unmeasured", Outcome.COULD_NOT_CHECK),
        (ProbeError("box.probe_busy"), "vpn.passed_unmeasured", Outcome.COULD_NOT_CHECK),
    ],
)
def test_voice_through_the_tunnel(rig: Rig, report: Any, code: str, outcome: Outcome) -> None:
    rig.voice.report = report
    result = rig.run()
    assert result.code == code
    if code == "vpn.passed_unmeasured":
        assert result.outcome.lets_on, "the probe's own fault must not stop anybody"
    else:
        assert result.outcome is outcome


@pytest.mark.parametrize("code", [c for c in check.STEP.codes if c.startswith("vpn.") and "passed" not in c])
def test_an_error_of_the_client_is_the_result(rig: Rig, code: str) -> None:
    rig.vpn = FakeVpn(TunnelError(code, said="Mot de passe refusé"))
    result = rig.run()
    assert result.code == code
    assert not result.outcome.lets_on or code == "vpn.mtu_small"
    assert result.facts["said"] == "Mot de passe refusé"


def test_an_unknown_code_is_not_shown_as_something_else(rig: Rig) -> None:
    rig.vpn = FakeVpn(TunnelError("vpn.never_heard_of"))
    assert rig.run().code == "vpn.could_not_check"


@pytest.mark.parametrize("where", ["checked", "found"])
def test_this_pc_cannot(rig: Rig, where: str) -> None:
    setattr(rig.vpn, where, TunnelError("vpn.profile_refused", option="up", line=3))
    result = rig.run()
    assert result.code == "vpn.profile_refused"
    assert result.facts["option"] == "up"
    assert rig.vpn.opened == 0


def test_nobody_answers_the_question(rig: Rig) -> None:
    rig.vpn = FakeVpn(PASSWORD, UP)
    result = rig.run()
    assert result.code == "vpn.could_not_check"
    assert rig.asked == [PASSWORD]


def test_a_cut_after_the_proof_is_seen_and_timed(rig: Rig) -> None:
    async def story() -> None:
        proving = rig.proving()
        task = asyncio.create_task(proving.run())
        assert (await until_result(proving, task)).code == "vpn.passed"
        await rig.vpn.more.put(Carried(1000, 2000))
        await rig.vpn.more.put(Reconnecting("ping-restart"))
        await _until(lambda: proving.seen.down)
        await rig.vpn.more.put(replace(UP, again=True))
        await _until(lambda: not proving.seen.down)
        assert len(proving.seen.cuts_s) == 1
        assert (proving.seen.received, proving.seen.sent) == (1000, 2000)
        assert proving.seen.result is not None
        assert proving.seen.result.code == "vpn.passed"
        await rig.vpn.more.put(TunnelError("vpn.session_expired"))
        await _until(task.done)
        assert proving.seen.result.code == "vpn.session_expired", "what fell does not stay green"

    asyncio.run(story())


def test_a_cut_during_the_proof_proves_it_again_by_itself(rig: Rig) -> None:
    async def story() -> None:
        rig.proof.hold = asyncio.Event()
        proving = rig.proving()
        task = asyncio.create_task(proving.run())
        await _until(lambda: proving.seen.proving_apps)
        await rig.vpn.more.put(Reconnecting("ping-restart"))
        await _until(lambda: proving.seen.down)
        rig.proof.hold.set()
        assert (await until_result(proving, task)).code == "vpn.cut"
        await _until(lambda: proving._prover is not None and proving._prover.done())
        await rig.vpn.more.put(replace(UP, again=True))
        await _until(lambda: proving.seen.result is not None and proving.seen.result.code == "vpn.passed")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(story())


def test_a_server_that_hangs_up(rig: Rig) -> None:
    async def story() -> None:
        rig.proof.hold = asyncio.Event()
        proving = rig.proving()
        task = asyncio.create_task(proving.run())
        await _until(lambda: proving.seen.proving_apps)
        await rig.vpn.more.put(ServerSays("maintenance"))
        await rig.vpn.more.put(TunnelError("vpn.client_failed"))
        await _until(task.done)
        assert proving.seen.said == "maintenance"
        assert proving.seen.result is not None
        assert proving.seen.result.code == "vpn.client_failed"
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(story())


def test_a_session_that_the_server_ends_is_a_cut(rig: Rig) -> None:
    async def story() -> None:
        rig.proof.hold = asyncio.Event()
        proving = rig.proving()
        task = asyncio.create_task(proving.run())
        await _until(lambda: proving.seen.proving_apps)
        await rig.vpn.more.put(Disconnected("server"))
        await _until(task.done)
        assert proving.seen.result is not None
        assert (proving.seen.result.code, rig.vpn.open) == ("vpn.cut", 0)

    asyncio.run(story())


def test_a_tunnel_that_does_not_hold_is_ended(rig: Rig) -> None:
    async def story() -> None:
        rig.proof.down = {"crm": "vpn.app_down"}
        proving = rig.proving()
        task = asyncio.create_task(proving.run())
        await _until(task.done)
        assert proving.seen.result is not None
        assert (proving.seen.result.code, rig.vpn.open, proving.seen.down) == ("vpn.app_down", 0, False)

    asyncio.run(story())


def test_leaving_in_the_middle_ends_it(rig: Rig) -> None:
    async def story() -> None:
        rig.proof.hold = asyncio.Event()
        proving = rig.proving()
        task = asyncio.create_task(proving.run())
        await _until(lambda: proving.seen.proving_apps)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert rig.vpn.open == 0
        assert asyncio.all_tasks() == {asyncio.current_task()}

    asyncio.run(story())


async def _until(true: Any) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - what is waited for is plain state
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    "given",
    [
        {"apps": "none", "names": 3, "full": "yes", "connect_s": -1, "profile": 4, "mos_min": True},
        {"apps": [3, {}, {"host": "a"}, {"host": "a", "port": 70000}, {"host": "a", "port": 1, "kind": "ftp"}], "names": [3, ""]},
    ],
)
def test_limits_that_are_none_are_the_defaults(given: dict[str, Any]) -> None:
    assert check.limits(given) == check.Limits()


def test_an_application_of_the_journey() -> None:
    (app,) = check.limits({"apps": [{"host": "h", "port": 443, "kind": "http", "path": "/a b\r\nX: 1", "status": [401, "x"]}]}).apps
    assert (app.id, app.path, app.status, app.secure) == ("h", "/", (401,), True)


def test_doctor_connects_nothing(rig: Rig) -> None:
    rig.proving()
    rig.fake.journey.steps[1].id = "vpn"
    rig.fake.journey.steps[1].limits.update(LIMITS)
    result = asyncio.run(check.check(rig.fake.context))
    assert (result.outcome, rig.vpn.opened) == (Outcome.COULD_NOT_CHECK, 0)
    assert result.facts["gateways"] == ["vpn-casa-2:1194/udp", "vpn-casa-2:443/tcp"]

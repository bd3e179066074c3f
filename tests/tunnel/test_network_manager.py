"""OpenVPN through a real NetworkManager, in a namespace with a bus of its own."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.tunnel import Answer
from tests.tunnel import manager
from tests.tunnel.rig import PASSWORD, Rig, missing

GOOD = Answer("agent", PASSWORD)


@pytest.fixture(scope="module")
def managed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Rig, str, Path]]:
    if why := missing() or manager.missing():
        pytest.skip(f"NetworkManager's rig: {why}")
    home = tmp_path_factory.mktemp("nm")
    with Rig(tmp_path_factory.mktemp("rig"), "--no-probe", block=102) as rig, manager.network_manager(rig, home) as address:
        yield rig, address, home


def test_a_tunnel_without_root_s_own_openvpn(managed: tuple[Rig, str, Path]) -> None:
    rig, address, _ = managed
    before = rig.routes()
    seen = manager.client(rig, address, rig.profile(transports=["udp"]), GOOD, window=True)
    found = next((entry["value"] for entry in seen if entry["event"] == "Connected"), None)
    assert found is not None, seen
    assert (found["gateway"], found["transport"], found["device"][:3]) == (rig.plan.far, "udp", "tun")
    assert f"{rig.plan.inside}/24" in found["routes"]
    assert (found["dns"], found["dns_applied"]) == ([rig.plan.names], True)
    assert "intra.practice" in found["domains"]
    assert rig.routes() == before


def test_a_wrong_password_is_asked_again_and_may_be_corrected(managed: tuple[Rig, str, Path]) -> None:
    rig, address, _ = managed
    seen = manager.client(rig, address, rig.profile(transports=["udp"]), Answer("agent", "faux"), GOOD)
    questions = [entry["value"]["question"] for entry in seen if entry["event"] == "Questioned"]
    assert [question["refused"] for question in questions] == ["", "vpn.auth_refused"]
    assert any(entry["event"] == "Connected" for entry in seen), seen


def test_giving_up_a_refused_password_is_a_refusal(managed: tuple[Rig, str, Path]) -> None:
    rig, address, _ = managed
    seen = manager.client(rig, address, rig.profile(transports=["udp"]), Answer("agent", "faux"), None)
    assert seen[-1]["event"] == "error", seen
    assert seen[-1]["value"]["code"] == "vpn.auth_refused"


def test_what_it_cannot_do_is_refused_before_anybody_is_asked(managed: tuple[Rig, str, Path]) -> None:
    rig, address, _ = managed
    [seen] = manager.client(rig, address, rig.profile(challenge="Code OTP"), GOOD)
    assert (seen["value"]["code"], seen["value"]["option"]) == ("vpn.profile_refused", "static-challenge")


def test_without_a_bus_it_says_what_is_missing(managed: tuple[Rig, str, Path], tmp_path: Path) -> None:
    rig, _, _ = managed
    [seen] = manager.client(rig, f"unix:path={tmp_path}/none", rig.profile(), GOOD)
    assert seen["value"]["code"] == "vpn.not_installed"


def test_giving_up_at_once_is_no_refusal(managed: tuple[Rig, str, Path]) -> None:
    rig, address, _ = managed
    seen = manager.client(rig, address, rig.profile(transports=["udp"]), None)
    assert seen[-1]["value"]["code"] == "vpn.cancelled"


def test_silence_ends_at_the_limit_and_leaves_nothing(managed: tuple[Rig, str, Path]) -> None:
    rig, address, _ = managed
    before = rig.routes()
    seen = manager.client(rig, address, rig.profile(transports=["udp"], wrong_key=True), GOOD, limit_s=3)
    assert (seen[-1]["event"], seen[-1]["value"]["code"]) == ("error", "vpn.no_answer")
    assert rig.routes() == before


def test_a_killed_program_leaves_no_tunnel(managed: tuple[Rig, str, Path]) -> None:
    rig, address, _ = managed
    asked = {"address": address, "profiles": str(rig.profiles), "profile": rig.profile(transports=["udp"]), "stay": True}
    asked["answers"] = [{"user": GOOD.user, "password": GOOD.password, "code": ""}]
    words = rig.inside(sys.executable, "-m", "tests.tunnel.manager", json.dumps(asked))
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert any(b"Connected" in line for line in process.stdout)
        process.kill()
    until = time.monotonic() + 10
    while any(name.startswith("tun") for name in rig.devices()):
        assert time.monotonic() < until
        time.sleep(0.05)

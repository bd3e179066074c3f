"""How names are given to this PC, who may make a tunnel, and what is said where nobody can."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.core import tunnel as t
from app.core.errors import TunnelError
from app.system import detect
from app.system.vpn.names import NoNames, Resolved, ResolvFile
from app.system.vpn.null import NullVpn
from app.system.vpn.openvpn import OpenVpn


def recorded(tmp_path: Path, exit_code: int = 0) -> tuple[Resolved, Path]:
    """systemd-resolved's program, played: it writes down what it was told."""
    program, said = tmp_path / "resolvectl", tmp_path / "said"
    program.write_text(f'#!/bin/sh\necho "$@" >> {said}\nexit {exit_code}\n')
    program.chmod(0o700)
    return Resolved(str(program)), said


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays the program")
def test_resolved_is_told_servers_and_domains_and_everything_where_all_goes_through(tmp_path: Path) -> None:
    resolved, said = recorded(tmp_path)
    assert resolved.apply("tun0", ("10.50.0.53",), ("intra.example",), False)
    assert said.read_text().splitlines() == ["dns tun0 10.50.0.53", "domain tun0 intra.example", "default-route tun0 no"]
    said.unlink()
    assert resolved.apply("tun0", ("10.50.0.53", "10.50.0.54"), (), True)
    assert said.read_text().splitlines() == ["dns tun0 10.50.0.53 10.50.0.54", "domain tun0 ~.", "default-route tun0 yes"]
    said.unlink()
    resolved.revert("tun0")
    assert said.read_text() == "revert tun0\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays the program")
def test_names_that_were_not_taken_are_not_claimed(tmp_path: Path) -> None:
    assert not recorded(tmp_path, exit_code=1)[0].apply("tun0", ("10.50.0.53",), (), False)
    assert not Resolved("no-such-program").apply("tun0", ("10.50.0.53",), (), False)
    assert not recorded(tmp_path)[0].apply("", ("10.50.0.53",), (), False)
    assert not NoNames().apply("tun0", ("10.50.0.53",), (), False)
    assert not ResolvFile(tmp_path / "absent").apply("tun0", ("10.50.0.53",), (), False)


def test_a_resolv_conf_of_our_own_is_put_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "resolv.conf"
    path.write_text("nameserver 192.0.2.1\nsearch home\n")
    names = ResolvFile(path)
    for _ in range(2):  # again after a reconnect
        assert names.apply("tun0", ("10.50.0.53",), ("intra.example",), False)
        assert path.read_text().startswith("nameserver 10.50.0.53\nsearch intra.example\n")
        assert path.read_text().count("10.50.0.53") == 1
    names.revert("tun0")
    names.revert("tun0")
    assert path.read_text() == "nameserver 192.0.2.1\nsearch home\n"


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="no setpriv")
def test_root_without_the_capability_may_not() -> None:
    words = [sys.executable, "-c", "from app.system.vpn.openvpn import may_tunnel; print(may_tunnel())"]
    bare = ["setpriv", "--inh-caps=-net_admin", "--bounding-set=-net_admin"]
    done = subprocess.run([*bare, *words], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"capabilities cannot be dropped here: {done.stderr.strip()}")
    assert done.stdout == "False\n"


def test_where_nobody_can_it_says_who_is_missing() -> None:
    vpn = NullVpn("NetworkManager")
    profile = t.TunnelProfile("p", t.Kind.OPENVPN, ())

    async def answer(question: t.Question) -> t.Answer | None:
        raise AssertionError("nobody is to be asked")

    async def connect() -> None:
        async with vpn.connect(profile, answer) as tunnel:
            assert tunnel.status().state is t.State.IDLE
            await tunnel.reconnect()
            await tunnel.disconnect()
            async for _ in tunnel:
                pass

    for what in (vpn.check(), vpn.profile("p"), connect()):
        with pytest.raises(TunnelError) as raised:
            asyncio.run(what)  # type: ignore[arg-type]
        assert (raised.value.code, raised.value.facts) == ("vpn.not_installed", {"missing": "NetworkManager"})


@pytest.mark.skipif(sys.platform != "linux", reason="a practice gateway needs Linux")
def test_a_practice_gateway_is_the_only_one_and_marked(tmp_path: Path) -> None:
    vpn = detect.vpn(practice=str(tmp_path))
    assert isinstance(vpn, OpenVpn)
    assert vpn.simulated
    with pytest.raises(TunnelError, match=r"vpn\.profile_missing"):
        asyncio.run(vpn.profile("agent"))

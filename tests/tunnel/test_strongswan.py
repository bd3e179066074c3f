"""IKEv2 for real: strongSwan on both sides of the simulated line, enciphering in user space."""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import TunnelError
from app.core.tunnel import Answer, Connected, Reconnecting
from app.system.vpn import strongswan
from app.system.vpn.practice import pki
from tests.tunnel.rig import CUT, FINE, PASSWORD, Person, Rig
from tests.tunnel.test_line import TALK

_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
_PLUGIN = Path("/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so")
pytestmark = pytest.mark.skipif(
    not (shutil.which("charon-systemd", path=_PATH) and shutil.which("swanctl", path=_PATH) and _PLUGIN.exists()), reason="no strongSwan"
)
SERVER = """connections {{ agents {{ version = 2
  local_addrs = {far}
  encap = yes
  pools = agents
  local {{ auth = pubkey
    certs = {home}/gw.pem
    id = gateway.practice }}
  remote {{ auth = eap-mschapv2
    eap_id = %any }}
  children {{ net {{ local_ts = {inside}/24
    esp_proposals = aes256gcm16,aes256-sha256 }} }} }} }}
pools {{ agents {{ addrs = 10.9.8.0/24
  dns = {names} }} }}
secrets {{ eap-agent {{ id = agent
  secret = "{password}" }} }}
"""


@pytest.fixture(scope="module")
def authority(shared_rig: Rig, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pki.Authority]:
    """The authority of a gateway that runs in the far namespace."""
    home = tmp_path_factory.mktemp("ike")
    made = pki.Authority()
    pair = made.server("gateway.practice", ["gateway.practice"])
    (home / "gw.pem").write_text(pair.certificate)
    (home / "private").mkdir()
    (home / "private" / "gw.key").write_text(pair.key)
    own = strongswan._DAEMON.format(home=home).replace("  port = 0\n  port_nat_t = 0\n", "")
    (home / "strongswan.conf").write_text(own)
    plan = shared_rig.plan
    values = {"far": plan.far, "home": home, "inside": plan.inside, "names": plan.names, "password": PASSWORD}
    (home / "swanctl.conf").write_text(SERVER.format(**values))
    words = ["ip", "netns", "exec", shared_rig.far, "env", f"STRONGSWAN_CONF={home}/strongswan.conf", "charon-systemd"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + 10
            while not (home / "vici").exists():
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.02)
            load = ["swanctl", "--load-all", "--file", str(home / "swanctl.conf"), "--uri", f"unix://{home}/vici"]
            subprocess.run(load, check=True, capture_output=True, env={**os.environ, "SWANCTL_DIR": str(home)})
            yield made
        finally:
            process.terminate()


def laid(rig: Rig, authority: pki.Authority, **other: Any) -> None:
    text = f'gateway = "{rig.plan.far}"\nidentity = "gateway.practice"\nroutes = ["{rig.plan.inside}/24"]\ndomains = ["intra.practice"]\n'
    text += f'authority = """{authority.certificate}"""\n'
    (rig.profiles / "ike.ikev2.toml").write_text(text)


async def until_up(rig: Rig, person: Person, limit_s: float = 20.0, *, talk: bool = False) -> Connected:
    vpn = strongswan.StrongSwan(rig.profiles, launcher=rig.inside())
    await vpn.check()
    async with vpn.connect(await vpn.profile("ike"), person, limit_s=limit_s) as tunnel:
        async for event in tunnel:
            if isinstance(event, Connected):
                if talk:
                    asked = await asyncio.create_subprocess_exec(*rig.inside(sys.executable, "-c", TALK, rig.plan.names))
                    assert await asyncio.wait_for(asked.wait(), 20) == 0
                return event
    raise AssertionError


def test_user_and_password_open_it_and_names_answer_through_it(rig: Rig, authority: pki.Authority) -> None:
    laid(rig, authority)
    found = asyncio.run(until_up(rig, Person(), talk=True))
    assert found.address.startswith("10.9.8.")
    assert (found.gateway, found.dns, found.routes, found.full) == (rig.plan.far, (rig.plan.names,), (f"{rig.plan.inside}/24",), False)
    assert found.device.startswith("ipsec")


def test_a_wrong_password_is_asked_again(rig: Rig, authority: pki.Authority) -> None:
    laid(rig, authority)
    person = Person(then=[Answer("agent", 'faux"; x = {')])
    asyncio.run(until_up(rig, person))
    assert [question.refused for question in person.asked] == ["", "vpn.auth_refused"]


def test_giving_up_and_a_user_that_cannot_be(rig: Rig, authority: pki.Authority) -> None:
    laid(rig, authority)
    with pytest.raises(TunnelError, match=r"vpn\.cancelled"):
        asyncio.run(until_up(rig, Person(then=[None])))
    with pytest.raises(TunnelError, match=r"vpn\.auth_refused"):
        asyncio.run(until_up(rig, Person('a" }\nx {')))


def test_a_gateway_of_another_authority(rig: Rig, authority: pki.Authority) -> None:
    laid(rig, pki.Authority())
    with pytest.raises(TunnelError, match=r"vpn\.bad_ca"):
        asyncio.run(until_up(rig, Person()))


def test_a_gateway_that_does_not_answer(rig: Rig, authority: pki.Authority) -> None:
    laid(rig, authority)
    rig.shape(CUT)
    began = time.monotonic()
    with pytest.raises(TunnelError, match=r"vpn\.no_answer"):
        asyncio.run(until_up(rig, Person(), limit_s=2.0))
    assert time.monotonic() - began < 15


def test_a_cut_is_seen_and_repaired(rig: Rig, authority: pki.Authority) -> None:
    laid(rig, authority)

    async def run() -> tuple[float, Connected]:
        vpn = strongswan.StrongSwan(rig.profiles, launcher=rig.inside())
        async with vpn.connect(await vpn.profile("ike"), Person()) as tunnel:
            events = aiter(tunnel)
            async for event in events:
                if isinstance(event, Connected):
                    break
            rig.shape(CUT)
            cut = time.monotonic()
            async for event in events:
                if isinstance(event, Reconnecting):
                    break
            seen = time.monotonic() - cut
            rig.shape(FINE)
            async for event in events:
                if isinstance(event, Connected):
                    return seen, event
        raise AssertionError

    seen_s, found = asyncio.run(asyncio.wait_for(run(), 60))
    assert seen_s < 14
    assert found.again

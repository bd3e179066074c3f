"""WireGuard for real: wireguard-go on both sides of the simulated line."""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import TunnelError
from app.core.tunnel import Carried, Connected, Disconnected, TunnelEvent
from app.system.vpn.wireguard_go import WireGuardGo
from tests.tunnel.rig import Person, Rig
from tests.tunnel.test_line import TALK

pytestmark = pytest.mark.skipif(not (shutil.which("wireguard-go") and shutil.which("wg")), reason="no wireguard-go, or no wg")
PORT = 51820


def key() -> tuple[str, str]:
    """Private and public."""
    private = subprocess.run(["wg", "genkey"], capture_output=True, text=True, check=True).stdout.strip()
    public = subprocess.run(["wg", "pubkey"], input=private, capture_output=True, text=True, check=True).stdout.strip()
    return private, public


@pytest.fixture(scope="module")
def keys(shared_rig: Rig) -> Iterator[tuple[str, str]]:
    """Our private key and the server's public one; the server runs."""
    device = f"wgf{os.getpid() % 100_000}"
    theirs, their_public = key()
    ours, our_public = key()
    far = ["ip", "netns", "exec", shared_rig.far]
    quiet = {**os.environ, "LOG_LEVEL": "error", "WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD": "1"}
    words = [*far, "wireguard-go", "-f", device]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=quiet) as process:
        try:
            until = time.monotonic() + 10
            while not Path(f"/var/run/wireguard/{device}.sock").exists():
                assert time.monotonic() < until
                time.sleep(0.02)
            text = f"[Interface]\nPrivateKey = {theirs}\nListenPort = {PORT}\n[Peer]\nPublicKey = {our_public}\nAllowedIPs = 10.9.7.2/32\n"
            subprocess.run([*far, "wg", "setconf", device, "/dev/stdin"], input=text, text=True, check=True)
            subprocess.run(["ip", "-n", shared_rig.far, "addr", "add", "10.9.7.1/24", "dev", device], check=True)
            subprocess.run(["ip", "-n", shared_rig.far, "link", "set", device, "up"], check=True)
            yield ours, their_public
        finally:
            process.terminate()


def laid(rig: Rig, private: str, public: str, networks: str = "") -> str:
    networks = networks or f"10.9.7.0/24, {rig.plan.inside}/24"
    text = f"[Interface]\nPrivateKey = {private}\nAddress = 10.9.7.2/32\nDNS = {rig.plan.names}, intra.practice\n"
    text += f"[Peer]\nPublicKey = {public}\nAllowedIPs = {networks}\nEndpoint = {rig.plan.far}:{PORT}\n"
    (rig.profiles / "wg.conf").write_text(text)
    return "wg"


async def until_up(rig: Rig, limit_s: float = 15.0, *, talk: bool = False) -> tuple[Connected, list[TunnelEvent]]:
    vpn = WireGuardGo(rig.profiles, launcher=rig.inside())
    await vpn.check()
    events: list[TunnelEvent] = []
    found: Connected | None = None
    async with vpn.connect(await vpn.profile("wg"), Person(), limit_s=limit_s) as tunnel:
        async for event in tunnel:
            events.append(event)
            if isinstance(event, Connected):
                found = event
                if talk:
                    asked = await asyncio.create_subprocess_exec(*rig.inside(sys.executable, "-c", TALK, rig.plan.names))
                    assert await asyncio.wait_for(asked.wait(), 20) == 0
                    continue
                await tunnel.disconnect()
            if isinstance(event, Carried) and event.received > 1000:
                await tunnel.disconnect()
    assert found is not None
    return found, events


def test_a_handshake_is_the_proof_and_names_answer_through_it(rig: Rig, keys: tuple[str, str]) -> None:
    laid(rig, *keys)
    found, events = asyncio.run(until_up(rig, talk=True))
    assert (found.address, found.gateway, found.port, found.dns) == ("10.9.7.2", rig.plan.far, PORT, (rig.plan.names,))
    assert found.routes == ("10.9.7.0/24", f"{rig.plan.inside}/24")
    assert isinstance(events[-1], Disconnected)


def test_a_full_tunnel_goes_round_itself_to_the_gateway_and_puts_the_routes_back(rig: Rig, keys: tuple[str, str]) -> None:
    laid(rig, *keys, networks="0.0.0.0/0")
    before = rig.routes()
    found, _ = asyncio.run(until_up(rig, talk=True))
    assert found.full
    assert rig.routes() == before


def test_a_wrong_key_is_silence(rig: Rig, keys: tuple[str, str]) -> None:
    laid(rig, keys[0], key()[1])
    with pytest.raises(TunnelError) as raised:
        asyncio.run(until_up(rig, limit_s=1.5))
    assert raised.value.code == "vpn.no_answer"


def test_a_gateway_without_a_name(rig: Rig, keys: tuple[str, str]) -> None:
    path = rig.profiles / f"{laid(rig, *keys)}.conf"
    path.write_text(path.read_text().replace(f"Endpoint = {rig.plan.far}", "Endpoint = no-such-name.invalid"))
    with pytest.raises(TunnelError) as raised:
        asyncio.run(until_up(rig))
    assert raised.value.code in {"vpn.unreachable", "vpn.client_failed"}

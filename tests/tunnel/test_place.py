"""The practice gateway of the demo, beside this machine's own network: it works from here, and nothing of it is left, even after a kill."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.system.vpn.practice import place


def missing() -> str:
    if why := place.missing():
        return why
    private = subprocess.run(["unshare", "--mount", "--propagation", "private", "true"], capture_output=True, check=False)
    return "" if private.returncode == 0 else "mounts cannot be private here (a chroot)"


pytestmark = pytest.mark.skipif(bool(missing()), reason=f"the practice gateway: {missing()}")

# A process of its own: its mount namespace is private, and it can be killed.
WALK = """
import asyncio, json, socket, ssl, sys
from pathlib import Path
from app.core.tunnel import Answer, Connected
from app.system.vpn.names import ResolvFile
from app.system.vpn.openvpn import OpenVpn
from app.system.vpn.practice.gatekeeper import PASSWORD
from app.system.vpn.practice.gateway import PROFILE
from app.system.vpn.practice.place import practice

async def answer(question):
    return Answer("agent", PASSWORD)

async def go(running):
    vpn = OpenVpn(running.profiles, dns=ResolvFile(running.resolv), simulated=True)
    async with vpn.connect(await vpn.profile(PROFILE), answer) as tunnel:
        async for event in tunnel:
            if isinstance(event, Connected):
                address = socket.getaddrinfo("crm.intra.practice", 443)[0][4][0]
                context = ssl.create_default_context(cafile=str(running.authority))
                with socket.create_connection((address, 443), 5) as raw:
                    tls = context.wrap_socket(raw, server_hostname="crm.intra.practice")
                    tls.sendall(b"GET / HTTP/1.1\\r\\nHost: crm.intra.practice\\r\\nConnection: close\\r\\n\\r\\n")
                    said = tls.recv(1000)
                print(json.dumps({"dns": event.dns_applied, "address": address, "said": said.decode().split("\\r\\n")[0]}), flush=True)
                if sys.argv[2] == "stay":
                    await asyncio.sleep(60)
                break

with practice(Path(sys.argv[1]), probe=False) as running:
    asyncio.run(go(running))
    print(json.dumps({"resolv": Path("/etc/resolv.conf").read_text("utf-8")}), flush=True)
"""


def network() -> tuple[set[str], str]:
    shown = subprocess.run(["ip", "-j", "link"], capture_output=True, check=True).stdout
    routes = subprocess.run(["ip", "route"], capture_output=True, text=True, check=True).stdout
    return {link["ifname"] for link in json.loads(shown)}, routes


def ours(before: tuple[set[str], str]) -> tuple[set[str], list[str]]:
    """What is there now of the practice network (others may come and go)."""
    devices, routes = network()
    new = {name for name in devices - before[0] if name.startswith(("mhb", "tun"))}
    return new, [line for line in routes.splitlines() if line.startswith("198.18.") and line not in before[1]]


def test_names_and_applications_answer_through_the_tunnel_and_all_is_undone(tmp_path: Path) -> None:
    before, resolv = network(), Path("/etc/resolv.conf").read_text("utf-8")
    done = subprocess.run([sys.executable, "-c", WALK, str(tmp_path), "go"], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found, after = [json.loads(line) for line in done.stdout.splitlines()]
    assert (found["dns"], found["said"]) == (True, "HTTP/1.1 200 OK")
    assert after["resolv"] == resolv
    assert Path("/etc/resolv.conf").read_text("utf-8") == resolv
    assert ours(before) == (set(), [])


def test_a_kill_leaves_nothing(tmp_path: Path) -> None:
    before = network()
    with subprocess.Popen(
        [sys.executable, "-c", WALK, str(tmp_path), "stay"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        assert b"200 OK" in process.stdout.readline()
        assert ours(before)[0]
        process.kill()
    until = time.monotonic() + 15
    while ours(before) != (set(), []):
        assert time.monotonic() < until, ours(before)
        time.sleep(0.05)

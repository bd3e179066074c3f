"""The tunnel on four simulated lines: from `connect` to Connected, against openvpn alone on the same line; a cut seen, and repaired."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.tunnel import Connected, Reconnecting
from app.system.vpn.practice.gatekeeper import PASSWORD
from tests.bench.figures import row
from tests.link.rig import SHAPES
from tests.tunnel.rig import CUT, FINE, Person, Rig, missing

AWAY_S = (3.0, 4.3, 5.6, 6.9)
"""How long the line itself stays away after the cut was seen: its return meets another moment of the client's patience each time."""


def run(runs: int) -> Iterator[str]:
    if why := missing():
        yield f"| the tunnel on simulated lines | {why} | - | - | - | - | - |"
        return
    with tempfile.TemporaryDirectory() as directory, Rig(Path(directory), "--no-probe") as rig:
        name = rig.profile(transports=["udp"])
        for line, shape in SHAPES.items():
            rig.shape(shape)
            ours = [asyncio.run(_connected(rig, name)) for _ in range(runs)]
            alone = [_openvpn(rig, name) for _ in range(runs)]
            wanted = "1.5 x openvpn alone (baseline)"
            yield row(f"tunnel up, {line} line ({shape.rtt_ms:g} ms, {shape.loss_percent:g} %)", ours, "s", baseline=alone, wanted=wanted)
            proved = [_proved(rig, name) for _ in range(runs)]
            checks = [found["apps_s"] - found["routes_s"] for found in proved]
            yield row(f"proved to the applications, {line} line", [found["apps_s"] for found in proved], "s", baseline=alone)
            yield row(f"of it: names and three applications, {line} line", checks, "s")
        rig.shape(FINE)
        cuts = [asyncio.run(_cut(rig, name, away_s)) for away_s in AWAY_S[:runs]]
        yield row("a cut is seen (server's keepalive 2 6)", [seen for seen, _ in cuts], "s", wanted="< 10 s")
        yield row("the tunnel is back after the line", [back for _, back in cuts], "s", wanted="< 3 s")


async def _connected(rig: Rig, name: str) -> float:
    vpn = rig.vpn()
    profile = await vpn.profile(name)
    began = time.monotonic()
    async with vpn.connect(profile, Person(), limit_s=90) as tunnel:
        async for event in tunnel:
            if isinstance(event, Connected):
                return time.monotonic() - began
    raise AssertionError


def _openvpn(rig: Rig, name: str) -> float:
    """openvpn by itself, user and password in a file, from its start to its own word that it is done."""
    secret = rig.home / "secret"
    secret.write_text(f"agent\n{PASSWORD}\n")
    # The same patience: openvpn's own of two minutes would compare waiting, not connecting.
    same = ["--server-poll-timeout", "4", "--connect-retry", "1", "10", "--tls-timeout", "1", "--verb", "3"]
    words = rig.inside("openvpn", "--config", str(rig.profiles / f"{name}.ovpn"), "--auth-user-pass", str(secret), *same)
    began = time.monotonic()
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for text in process.stdout:
            if b"Initialization Sequence Completed" in text:
                took = time.monotonic() - began
                process.terminate()
                return took
    raise AssertionError


def _proved(rig: Rig, name: str) -> dict[str, Any]:
    """The step's facts. Its times are from the beginning of the attempt; the program's own start is left out."""
    resolv = rig.home / "resolv.conf"
    resolv.write_text("")
    words = [sys.executable, "-m", "tests.bench.proved", str(rig.profiles), name, str(resolv), str(rig.home / "ca.pem")]
    done = subprocess.run(rig.inside(*words), capture_output=True, text=True, timeout=120, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout)
    if found["code"] != "vpn.passed":
        raise AssertionError(found)
    return found


async def _cut(rig: Rig, name: str, away_s: float) -> tuple[float, float]:
    """Seconds until the cut was seen, and from the line's return to Connected."""
    vpn = rig.vpn()
    async with vpn.connect(await vpn.profile(name), Person()) as tunnel:
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
        await asyncio.sleep(away_s)
        rig.shape(FINE)
        back = time.monotonic()
        async for event in events:
            if isinstance(event, Connected):
                return seen, time.monotonic() - back
    raise AssertionError

"""A NetworkManager of the near namespace's own, on a bus of its own: this machine's is neither asked nor touched.

As a program (run inside the namespace) it connects as a page would, and prints each event as one JSON line.
"""

import asyncio
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.core.errors import MarhabaError
from app.core.tunnel import Answer, Connected, Question
from tests.tunnel.rig import Rig

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={home}/bus</listen>
<listen>unix:path=/run/dbus/system_bus_socket</listen><auth>EXTERNAL</auth><policy context="default">
<allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="signal"/><allow receive_type="method_return"/><allow receive_type="error"/>
</policy></busconfig>
"""
_SETTINGS = """[main]
plugins=keyfile
auth-polkit=false
dns=default
rc-manager=file
no-auto-default=*
[logging]
level=INFO
"""
# /sys read-only: otherwise NetworkManager waits for udev, and every device stays « unmanaged ».
_WIRE = """nmcli connection add type ethernet con-name wire ifname wire0 ipv6.method disabled ipv4.method manual
ipv4.addresses 192.168.77.2/24 ipv4.gateway 192.168.77.1"""
_RUN = """
mount -o remount,ro /sys || mount -o remount,bind,ro /sys
mount -t tmpfs tmpfs /run && mkdir -p /run/NetworkManager /run/dbus
mount -t tmpfs tmpfs /var/lib/NetworkManager
mount --bind "$1/etc" /etc/NetworkManager
mount --bind "$1/resolv.conf" /etc/resolv.conf
dbus-daemon --config-file="$1/bus.conf" --nofork --nopidfile & echo $! > "$1/bus.pid"
while [ ! -S "$1/bus" ]; do sleep 0.02; done
exec NetworkManager --debug
"""


def missing() -> str:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    for tool in ("NetworkManager", "dbus-daemon", "unshare"):
        if shutil.which(tool, path=path) is None:
            return f"no {tool}"
    return "" if Path("/usr/lib/NetworkManager/VPN/nm-openvpn-service.name").exists() else "no network-manager-openvpn"


@contextlib.contextmanager
def network_manager(rig: Rig, home: Path) -> Iterator[str]:
    """The bus' address."""
    (home / "etc" / "system-connections").mkdir(parents=True)
    (home / "etc" / "NetworkManager.conf").write_text(_SETTINGS)
    (home / "resolv.conf").write_text("")
    (home / "bus.conf").write_text(_BUS.format(home=home))
    words = rig.inside("unshare", "-m", "--propagation", "private", "bash", "-c", _RUN, "run", str(home))
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={home}/bus"}
    with (home / "nm.log").open("wb") as log, subprocess.Popen(words, stdout=log, stderr=log, env=environment) as process:
        try:
            until = time.monotonic() + 20
            while b"manager: startup complete" not in (home / "nm.log").read_bytes():
                assert process.poll() is None, (home / "nm.log").read_text()
                assert time.monotonic() < until, (home / "nm.log").read_text()
                time.sleep(0.05)
            _wire(rig, environment)
            yield f"unix:path={home}/bus"
        finally:
            process.terminate()
            process.wait(10)
            subprocess.run(["kill", (home / "bus.pid").read_text().strip()], check=False)


def _wire(rig: Rig, environment: dict[str, str]) -> None:
    """A line of NetworkManager's own, with a way out: it builds no VPN without one."""
    for words in (
        ["ip", "-n", rig.near, "link", "add", "wire0", "type", "veth", "peer", "name", "wire1", "netns", rig.far],
        ["ip", "-n", rig.far, "addr", "add", "192.168.77.1/24", "dev", "wire1"],
        ["ip", "-n", rig.far, "link", "set", "wire1", "up"],
        rig.inside("nmcli", "device", "set", "wire0", "managed", "yes"),
        rig.inside(*_WIRE.split()),
        rig.inside("nmcli", "--wait", "10", "connection", "up", "wire"),
    ):
        done = subprocess.run(words, capture_output=True, text=True, env=environment, timeout=20, check=False)
        assert done.returncode == 0, (words, done.stderr)


def client(rig: Rig, address: str, profile: str, *answers: Answer | None, **how: Any) -> list[dict[str, Any]]:
    """Connect inside the namespace, and leave once connected (or `stay_s` later). What was seen, in order."""
    given = [None if answer is None else asdict(answer) for answer in answers]
    asked = {"address": address, "profiles": str(rig.profiles), "profile": profile, "answers": given, **how}
    words = rig.inside(sys.executable, "-m", "tests.tunnel.manager", json.dumps(asked))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


async def main(asked: dict[str, Any]) -> None:
    from app.system.vpn.network_manager import NetworkManagerVpn

    answers = [None if given is None else Answer(**given) for given in asked["answers"]]

    async def answer(question: Question) -> Answer | None:
        return answers.pop(0) if answers else None

    def say(kind: str, value: Any) -> None:
        print(json.dumps({"event": kind, "value": value}, default=str), flush=True)

    vpn = NetworkManagerVpn(Path(asked["profiles"]), address=asked["address"])
    try:
        await vpn.check()
        profile = await vpn.profile(asked["profile"])
        async with vpn.connect(profile, answer, limit_s=asked.get("limit_s", 20)) as tunnel:
            async for event in tunnel:
                say(type(event).__name__, asdict(event))
                if isinstance(event, Connected):
                    if "stay" in asked:
                        continue
                    break
    except MarhabaError as error:
        say("error", {"code": error.code, **error.facts})


if __name__ == "__main__":
    wanted = json.loads(sys.argv[1])
    if wanted.get("window"):  # on the window's loop, as a page does
        from app.ui import aio

        aio.run(main(wanted))
    else:
        asyncio.run(main(wanted))

"""The practice gateway as a program: it ends, and takes everything along, when its standard input ends.

    python -m app.system.vpn.practice HOME BLOCK [--own-namespace] [--no-token] [--no-probe] [--udp-only] [-- SERVER OPTIONS]

With --own-namespace it lives in a network namespace of its own, which nobody names and which is gone with it: it prints
{"pid": ...}, waits for {"line": DEVICE} once its caller has put that device into it, and goes on. Then it prints {"ready": true} and
answers commands, one JSON line each: {"stop": "udp"}, {"start": "tcp"}, {"down": ["crm"]}, {"names": false}, {"asked": true},
{"tell": ["udp", "kill agent"]}, {"profile": {"password": false, "wrong_ca": true, ...}}.
"""

import argparse
import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.system.vpn.practice import inside, pki
from app.system.vpn.practice.gateway import PROFILE, Gateway, Plan

_CLONE_NEWNET = 0x40000000
PROBE_PORT = 8470


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m app.system.vpn.practice")
    parser.add_argument("home", type=Path)
    parser.add_argument("block", type=int)
    parser.add_argument("--own-namespace", action="store_true")
    parser.add_argument("--no-token", action="store_true")
    parser.add_argument("--no-probe", action="store_true")
    parser.add_argument("--udp-only", action="store_true")
    at = argv.index("--") if "--" in argv else len(argv)
    asked = parser.parse_args(argv[:at])
    home, plan = asked.home.resolve(), Plan.numbered(asked.block)
    line = _move(plan) if asked.own_namespace else ""
    if line is None:
        return 0
    for address in (plan.applications, plan.probe, plan.names):
        _run("ip", "addr", "add", f"{address}/32", "dev", "lo")
    _run("ip", "link", "set", "lo", "up")
    gateway = Gateway(home, plan, token=not asked.no_token, extra=argv[at + 1 :])
    for transport in ("udp",) if asked.udp_only else ("udp", "tcp"):
        gateway.start(transport)
    names = inside.NameServer(plan.names, dict(inside.names_at(plan.applications, plan.probe)))
    applications = inside.Applications(plan.applications, home / "web.pem", home / "web.key")
    probe = None if asked.no_probe else _probe(home, plan)
    (home / f"{PROFILE}.ovpn").write_text(gateway.profile(), "utf-8")
    _say({"ready": True})
    try:
        for command in sys.stdin:
            _say(_obey(json.loads(command), gateway, names, applications))
    finally:
        if probe is not None:
            probe.kill()
            probe.wait()
        for transport in ("udp", "tcp"):
            gateway.stop(transport)
        applications.close()
        names.close()
        if line:
            # A connection that could not say goodbye would hold the namespace, and the caller's device with it, for minutes.
            _run("ip", "link", "delete", line)
    return 0


def _move(plan: Plan) -> str | None:
    """Into a namespace of our own; the device that leads out of it. None: the caller is gone."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    _say({"pid": os.getpid()})
    line = sys.stdin.readline()
    if not line:
        return None
    device = str(json.loads(line)["line"])
    _run("ip", "addr", "add", f"{plan.far}/24", "dev", device)
    _run("ip", "link", "set", device, "up")
    return device


def _probe(home: Path, plan: Plan) -> "subprocess.Popen[bytes]":
    """The backend behind the tunnel, for the test of the line through it."""
    ready = home / "probe.json"
    ready.unlink(missing_ok=True)
    words = [
        sys.executable,
        "-m",
        "app",
        "backend",
        "serve",
        "--host",
        plan.probe,
        "--port",
        str(PROBE_PORT),
        "--data",
        str(home / "probe"),
    ]
    words += ["--tls-cert", str(home / "web.pem"), "--tls-key", str(home / "web.key"), "--ready-file", str(ready)]
    with (home / "probe.log").open("wb") as log:
        return subprocess.Popen(["setpriv", "--pdeathsig", "KILL", *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log)


def _obey(command: dict[str, Any], gateway: Gateway, names: inside.NameServer, applications: inside.Applications) -> dict[str, Any]:
    match command:
        case {"stop": str(transport)}:
            gateway.stop(transport)
        case {"start": str(transport)}:
            gateway.start(transport)
        case {"down": [*down]}:
            applications.down(frozenset(str(name) for name in down))
        case {"names": bool(answers)}:
            names.silent = not answers
        case {"tell": [str(transport), str(text)]}:
            gateway.tell(transport, text)
        case {"profile": dict(wanted)}:
            other: dict[str, Any] = {}
            if wanted.pop("wrong_ca", False):
                other["authority"] = pki.Authority("another")
            if wanted.pop("wrong_key", False):
                other["key"] = pki.static_key()
            return {"profile": gateway.profile(**wanted, **other)}
        case {"asked": True}:
            return {"asked": gateway.asked, "names": names.asked}
        case _:
            return {"error": "unknown command"}
    return {"done": True}


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True, timeout=10)


def _say(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The practice gateway beside this PC's own network: a namespace that nobody names, joined by one pair of virtual cables.

Needs Linux, root and OpenVPN. It is gone, cables, routes and all, when this process ends, however it ends: the namespace lives as long as
the gateway's process, which ends with its standard input.
"""

import contextlib
import ctypes
import ipaddress
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.system.vpn.practice.gateway import Plan

_PATH = "/usr/sbin:/sbin"
_CLONE_NEWNS = 0x00020000


@dataclass(frozen=True)
class Practice:
    """A running gateway. `profiles` is the directory of its profile `practice-gateway`; `authority` the file of the authority its
    applications' certificates come from; `resolv` this process' own resolv.conf, or None where names cannot be private."""

    plan: Plan
    profiles: Path
    authority: Path
    resolv: Path | None


def missing() -> str:
    """Why there can be no practice gateway here; empty where there can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs Linux and root"
    for tool in ("openvpn", "ip", "setpriv"):
        if shutil.which(tool, path=f"{os.environ.get('PATH', os.defpath)}:{_PATH}") is None:
            return f"needs {tool}"
    return "" if os.path.exists("/dev/net/tun") else "no TUN device"


@contextlib.contextmanager
def practice(home: Path, *, probe: bool = True) -> Iterator[Practice]:
    """A gateway until the end of the block. `probe`: with a backend behind it, for the test of the line.

    Errors: RuntimeError saying what went wrong.
    """
    home.mkdir(parents=True, exist_ok=True)
    block = _free_block()
    plan = Plan.numbered(block)
    near, far = f"mhb{block}a", f"mhb{block}b"
    words = [sys.executable, "-m", "app.system.vpn.practice", str(home), str(block), "--own-namespace", *([] if probe else ["--no-probe"])]
    with (home / "gateway.log").open("wb") as log:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True)
    try:
        into, out = process.stdin, process.stdout
        if into is None or out is None:
            raise RuntimeError("no pipes to the practice gateway")
        pid = _told(out, home)["pid"]
        _ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", str(pid))
        _ip("addr", "add", f"{plan.near}/24", "dev", near)
        _ip("link", "set", near, "up")
        into.write(json.dumps({"line": far}).encode() + b"\n")
        into.flush()
        _told(out, home)
        yield Practice(plan, home, home / "ca.pem", _private_names(home))
    finally:
        _ended(process)


def _told(out: IO[bytes], home: Path) -> dict[str, int]:
    line = out.readline()
    if not line:
        raise RuntimeError(f"the practice gateway did not start: {(home / 'gateway.log').read_text('utf-8', 'replace')[-400:]}")
    told: dict[str, int] = json.loads(line)
    return told


def _ended(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _ip(*words: str) -> None:
    done = subprocess.run(["ip", *words], capture_output=True, text=True, timeout=10, check=False)
    if done.returncode:
        raise RuntimeError(f"ip {' '.join(words[:3])}: {done.stderr.strip()}")


def _free_block() -> int:
    """A block that no route of this PC touches; several demos may run at once."""
    shown = subprocess.run(["ip", "-j", "-4", "route", "show", "table", "all"], capture_output=True, timeout=10, check=False).stdout
    taken = []
    for route in json.loads(shown or "[]"):
        with contextlib.suppress(ValueError):
            taken.append(ipaddress.ip_network(route["dst"], strict=False))
    for number in ((os.getpid() + step) % 128 for step in range(128)):
        block = Plan.numbered(number).block
        if not any(block.overlaps(net) for net in taken if net.version == 4 and net.prefixlen > 0):
            return number
    raise RuntimeError("198.18.0.0/15 is taken")


def _private_names(home: Path) -> Path | None:
    """/etc/resolv.conf becomes a file of `home` for this thread, the threads and the programs it starts from now on, and for nobody else.

    None where that is not permitted: then names are not applied, and the step says so.
    """
    own = home / "resolv.conf"
    try:
        own.write_text(Path("/etc/resolv.conf").read_text("utf-8") if os.path.exists("/etc/resolv.conf") else "", "utf-8")
    except OSError:
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_CLONE_NEWNS) != 0:
        return None
    for words in (("--make-rprivate", "/"), ("--bind", str(own), "/etc/resolv.conf")):
        if subprocess.run(["mount", *words], capture_output=True, timeout=10, check=False).returncode:
            return None
    return own

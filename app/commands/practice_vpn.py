"""What a demo has instead of the company's VPN: a practice gateway on this machine where it may be, else a tunnel that is only played.

Either way the evidence says `simulated`. The journeys are copies whose `vpn` step asks for what stands behind the practice gateway.
"""

import contextlib
import json
import os
import shutil
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.system import detect
from app.system.vpn.practice import place
from app.system.vpn.practice.__main__ import PROBE_PORT
from app.system.vpn.practice.gateway import PROFILE
from app.system.vpn.practice.inside import ZONE

COMPANY = ".atlas.example"
"""The names in the sample journeys."""


@dataclass(frozen=True)
class PracticeVpn:
    """`setting` is for `practice_vpn` of the settings; `journeys` a directory for the backend to serve."""

    setting: str
    journeys: Path


@contextlib.contextmanager
def practice_vpn(output: Path, samples: Path) -> Iterator[PracticeVpn]:
    """Until the end of the block. A practice gateway that does not start is said, and played instead."""
    with contextlib.ExitStack() as stack:
        why, running = place.missing(), None
        if not why:
            try:
                running = stack.enter_context(place.practice(output / "practice-vpn"))
            except RuntimeError as error:
                why = str(error)
        if running is None:
            print(f"No practice VPN gateway here ({why}): the tunnel is played.", flush=True)
        else:
            stack.enter_context(_trusting(running.authority, output / "practice-vpn" / "trusted.pem"))
            print("A practice VPN gateway stands on this machine; it goes with the demo.", flush=True)
        setting = str(running.profiles) if running is not None else detect.SIMULATED_VPN
        yield PracticeVpn(setting, _journeys(output / "journeys", samples, running))


@contextlib.contextmanager
def _trusting(authority: Path, bundle: Path) -> Iterator[None]:
    """What this process and its programs trust, with the practice authority on top: its applications' certificates are verified too."""
    known = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    parts = [Path(known).read_text("utf-8")] if known and Path(known).is_file() else []
    bundle.write_text("\n".join([*parts, authority.read_text("utf-8")]), "utf-8")
    before = os.environ.get("SSL_CERT_FILE")
    os.environ["SSL_CERT_FILE"] = str(bundle)
    try:
        yield
    finally:
        if before is None:
            del os.environ["SSL_CERT_FILE"]
        else:
            os.environ["SSL_CERT_FILE"] = before


def _journeys(into: Path, samples: Path, running: place.Practice | None) -> Path:
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    for sample in samples.glob("*.json"):
        journey: dict[str, Any] = json.loads(sample.read_text("utf-8").replace(COMPANY, f".{ZONE}"))
        for step in journey["steps"]:
            if step["id"] == "vpn":
                step["limits"] = _limits(step.get("limits", {}), running)
        (into / sample.name).write_text(json.dumps(journey, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return into


def _limits(given: dict[str, Any], running: place.Practice | None) -> dict[str, Any]:
    if running is None:
        return given | {"profile": PROFILE, "probe_url": ""}
    if running.resolv is not None:
        return given | {"profile": PROFILE, "probe_url": f"https://probe.{ZONE}:{PROBE_PORT}"}
    # This machine lets nobody have names of their own: the applications are asked for by address, their certificates still verified.
    apps = [app | {"host": running.plan.applications, "kind": "tls"} for app in given.get("apps", [])]
    return given | {"profile": PROFILE, "names": [], "apps": apps, "probe_url": f"https://{running.plan.probe}:{PROBE_PORT}"}

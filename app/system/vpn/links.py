"""The network devices of this PC (or of the namespace that `launcher` leads into), as ip(8) tells them. Blocking; never raises."""

import json
import subprocess
from collections.abc import Sequence
from typing import Any


def _shown(launcher: Sequence[str]) -> list[dict[str, Any]]:
    try:
        shown = subprocess.run([*launcher, "ip", "-j", "addr"], capture_output=True, timeout=3, check=False).stdout
        links = json.loads(shown or b"[]")
    except (OSError, subprocess.TimeoutExpired, ValueError):
        return []
    return [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []


def of_address(address: str, launcher: Sequence[str] = ()) -> tuple[str, int | None]:
    """The device that has the address, and its MTU; empty and None where none has."""
    for link in _shown(launcher):
        if any(one.get("local") == address for one in link.get("addr_info", [])):
            return str(link.get("ifname", "")), link.get("mtu")
    return "", None


def own_networks(device: str, launcher: Sequence[str] = ()) -> list[str]:
    """The networks this PC is on, without those of `device`, of other tunnels and of loopback."""
    return [
        f"{one['local']}/{one['prefixlen']}"
        for link in _shown(launcher)
        if link.get("ifname") not in {device, "lo"} and "POINTOPOINT" not in link.get("flags", [])
        for one in link.get("addr_info", [])
        if one.get("scope") == "global" and "local" in one and "prefixlen" in one
    ]

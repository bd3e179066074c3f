"""The step's own proof, run as a program inside the near namespace of the tunnel's rig: prints the facts as one JSON line.

python -m tests.bench.proved PROFILES PROFILE RESOLV AUTHORITY
"""

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from app.core.proof import LineNow
from app.steps.vpn import check
from app.steps.vpn.proving import Proving
from app.system.vpn.names import ResolvFile
from app.system.vpn.openvpn import OpenVpn
from app.system.vpn.practice.inside import APPLICATIONS, ZONE
from app.system.vpn.proof import SystemProof
from tests.tunnel.rig import Person


class Proof(SystemProof):
    async def line(self) -> LineNow:
        """There is no company's server outside the tunnel here."""
        return LineNow(online=True)


async def main(profiles: Path, name: str, resolv: Path, ca: str) -> None:
    apps = [{"id": app, "host": f"{app}.{ZONE}", "port": 443, "kind": "http", "ca": ca} for app in APPLICATIONS]
    bounds = check.limits({"profile": name, "names": [f"crm.{ZONE}"], "apps": apps, "connect_s": 90})
    context: Any = SimpleNamespace(vpn=OpenVpn(profiles, dns=ResolvFile(resolv)), proof=Proof(""), voice_at=None)
    ended = asyncio.Event()
    proving = Proving(cast(Any, context), bounds, Person(), lambda: ended.set() if proving.seen.result is not None else None)
    work = asyncio.create_task(proving.run())
    await ended.wait()
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    result = proving.seen.result
    assert result is not None
    print(json.dumps({"code": result.code, **result.facts}))


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:]]
    # Of this program alone: `ip netns exec` gave it a mount namespace.
    subprocess.run(["mount", "--bind", str(given[2]), "/etc/resolv.conf"], check=True)
    asyncio.run(main(given[0], str(given[1]), given[2], given[3].read_text("utf-8")))

"""The real probe in a process of its own: prints its report, or the code of its error, as one JSON line.

python -m tests.link.measure URL [--idle S] [--load S] [--limit S] [--budget MB] [--portal URL]
"""

import argparse
import asyncio
import itertools
import json
import sys
import time
from dataclasses import asdict

from app.core.errors import ProbeError
from app.core.line import Progress
from app.system.voice.probe import BackendVoiceProbe
from tests.link.rig import first_served


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--portal", default="")
    for name, default in (("idle", 10.0), ("load", 4.0), ("limit", 25.0), ("budget", 7.0)):
        parser.add_argument(f"--{name}", type=float, default=default)
    options = parser.parse_args()
    first_served()
    seen: list[tuple[float, Progress]] = []
    probe = BackendVoiceProbe(options.url, options.portal, idle_s=options.idle, load_s=options.load, limit_s=options.limit)
    began = time.monotonic()
    try:
        report = asyncio.run(probe.measure(options.budget, "g711", lambda what: seen.append((time.monotonic(), what))))
        found = asdict(report)
    except ProbeError as error:
        found = {"code": error.code, "facts": {name: str(value) for name, value in error.facts.items()}}
    times = [moment for moment, _ in seen]
    found["took_s"] = time.monotonic() - began
    found["longest_silence_s"] = max((b - a for a, b in itertools.pairwise(times)), default=0.0)
    found["parts"] = [what.part for _, what in seen]
    found["phases"] = list(dict.fromkeys(what.phase.value for _, what in seen))
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())

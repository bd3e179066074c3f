"""What reading the box once a second costs, against the same page left alone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from app.system.box.emulator import EmulatedHilink, EmulatedZte, Moment, Settings
from tests.bench.figures import row

SECONDS = 15
MOST_RUNS = 3


def _stand(kind: str, address: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.polling", kind, address, str(SECONDS)],
        capture_output=True, text=True, timeout=120, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def run(runs: int) -> Iterator[str]:
    # The signal moves all the time: nothing is drawn less often than when a person walks around with the box.
    script = tuple(Moment(at, rsrp=-110 + 5 * (at % 4)) for at in range(60))
    for name, emulator in (("HiLink", EmulatedHilink), ("ZTE", EmulatedZte)):
        with emulator(Settings(script=script)) as box:
            pairs = [(_stand("polled", box.address), _stand("still", box.address)) for _ in range(max(1, min(MOST_RUNS, runs)))]
        polled, still = [p["percent"] for p, _ in pairs], [s["percent"] for _, s in pairs]
        yield row(f"{name} box read once a second, of one core", polled, "%", baseline=still, wanted="< 2 % above the baseline")
        yield row(f"{name} box, looks a second", [p["looks_a_second"] for p, _ in pairs], "/s", wanted="1 /s")

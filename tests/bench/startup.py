"""Start to first painted page, and peak memory, against a bare PySide6 window with qasync."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import row


def _start(kind: str, profile: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.first_paint", repr(time.monotonic()), kind, str(profile)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        # Bytecode is kept, as on every installed PC: a builder's machine may have switched that off.
        env={**{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}, "QT_QPA_PLATFORM": "offscreen"},
    )
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def run(runs: int) -> Iterator[str]:
    bare: list[dict[str, object]] = []
    ours: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as directory:
        for number in range(runs + 1):
            # In turn, so that a slow moment of the machine falls on both; the first pair only warms the caches.
            pair = _start("bare", Path(directory)), _start("wizard", Path(directory) / str(number))
            if number:
                bare.append(pair[0])
                ours.append(pair[1])
    for key, name, unit, wanted in (
        ("paint_ms", "start to first painted page", "ms", "ratio ≤ 1.35"),
        ("cpu_ms", "the same in processor time", "ms", "-"),
        ("peak_mib", "peak memory at first paint", "MiB", "ratio ≤ 1.35"),
    ):
        yield row(name, [float(str(o[key])) for o in ours], unit, baseline=[float(str(b[key])) for b in bare], wanted=wanted)
    early = sorted({str(o["imported"]) for o in ours})
    yield f"| slow libraries imported before it | {', '.join(early)} | - | - | - | - | [] |"

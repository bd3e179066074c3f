"""The voice test over simulated lines: how far its figures are from what the line was given, and what it takes. Needs root."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import row
from tests.link.rig import SHAPES, Link, missing

MOST_RUNS = 3
"""A run is twenty seconds on each line."""


def run(runs: int) -> Iterator[str]:
    if why := missing():
        yield f"| voice test | skipped: {why} | - | - | - | - | - |"
        return
    with tempfile.TemporaryDirectory() as directory, Link(Path(directory)) as link, link.backend():
        for name, shape in SHAPES.items():
            link.shape(shape)
            found = [link.measure() for _ in range(max(1, min(MOST_RUNS, runs)))]
            line = f"voice, {name} line ({shape.rtt_ms:g} ms, {shape.down_mbit:g}/{shape.up_mbit:g} Mbit/s, loss {shape.loss_percent:g} %)"
            for what, key, wanted in (("download", "down_mbit", shape.down_mbit), ("upload", "up_mbit", shape.up_mbit)):
                errors = [100 * ((each[key] or 0.0) - wanted) / wanted for each in found]
                yield row(f"{line}: {what} error", errors, "%", wanted="-25 to +10 %")
            errors = [each["rtt_ms"] - shape.rtt_ms for each in found]
            yield row(f"{line}: round trip error", errors, "ms", wanted=f"within {0.15 * shape.rtt_ms + 5:.0f} ms")
            yield row(f"{line}: loss", [each["loss_percent"] for each in found], "%", wanted="-")
            yield row(f"{line}: data on the line", [each["line_mb"] for each in found], "MB", wanted="< 7 MB")
            yield row(f"{line}: time", [each["took_s"] for each in found], "s", wanted="< 25 s")

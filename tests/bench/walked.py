"""The whole journey walked through the real pages: the longest gap of the event loop. What ran in the longest ones goes to stderr."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from tests.bench.figures import row


def run(runs: int) -> Iterator[str]:
    gaps: list[float] = []
    own: list[float] = []
    seconds: list[float] = []
    for _ in range(max(1, min(3, runs))):
        with tempfile.TemporaryDirectory() as directory:
            command = [sys.executable, "-m", "app", "demo", "--walk", "--watch-loop", "--output", directory]
            said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
        found = re.search(r"Longest gap of the event loop: (\d+) ms over ([\d.]+) s", said)
        if found is None:
            raise RuntimeError(said)
        longest = re.findall(r"^    \d+ ms \((\d+) ms of processor\).*$", said, re.MULTILINE)
        print(*re.findall(r"^    \d+ ms \(.*$", said, re.MULTILINE), sep="\n", file=sys.stderr)
        gaps.append(float(found[1]))
        own.append(float(longest[0]) if longest else 0.0)
        seconds.append(float(found[2]))
    yield row("longest gap of the event loop, walked journey", gaps, "ms", wanted="≤ 50 ms")
    yield row("of it, processor time of the window's own thread", own, "ms")
    yield row("walked journey, start to everything delivered", seconds, "s")

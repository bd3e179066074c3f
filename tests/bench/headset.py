"""The measures of the headset: how long they take off the loop, and how long the loop waits meanwhile."""

import asyncio
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np

from app.commands.virtual_headset import LOOP_MS, VirtualHeadset, missing
from app.core.acoustics import echo
from app.core.acoustics.analysis import analyse_echo, analyse_voice
from app.core.acoustics.recording import Recording
from app.core.threads import in_thread
from tests.audio import rig
from tests.bench.figures import row

RATE_HZ = 48_000
TICK_S = 0.005
LOSS_DB = 40.0
MOST_RUNS = 3
"""A run through the devices takes fifteen seconds."""


def run(runs: int) -> Iterator[str]:
    if not rig.SPEAKS:
        yield "| headset measures | skipped: no espeak-ng | - | - | - | - | - |"
        return
    x = rig.speech("fr", RATE_HZ, 15, -26) + rig.noise(-70, 15, RATE_HZ)
    voice, room = rig.sounding(x, RATE_HZ), rig.sounding(rig.noise(-70, 3, RATE_HZ, 2), RATE_HZ)
    sweep = echo.sweep(RATE_HZ)
    heard = rig.noise(-70, 2.5, RATE_HZ)
    heard[4_800 : 4_800 + sweep.frames] += 0.01 * sweep.voice_channel()
    leak = Recording(heard.astype(np.float32), RATE_HZ)
    analyse_voice(voice, room)  # the first call imports and warms up
    voices, gaps = asyncio.run(_off_the_loop(lambda: analyse_voice(voice, room), runs))
    echoes, _ = asyncio.run(_off_the_loop(lambda: analyse_echo(sweep, leak), runs))
    ffts = [_timed(lambda: np.fft.rfft(x)) for _ in range(runs)]
    yield row("voice of 15 s at 48 kHz measured", voices, "ms", baseline=ffts, wanted="< 300 ms (baseline: one transform of it)")
    yield row("longest gap of the loop meanwhile", gaps, "ms", wanted="≤ 50 ms")
    yield row("echo of 2.5 s at 48 kHz measured", echoes, "ms", baseline=ffts)
    yield from _through_the_device(runs)


def _through_the_device(runs: int) -> Iterator[str]:
    if why := missing():
        yield f"| headset through QtMultimedia | skipped: {why} | - | - | - | - | - |"
        return
    found = []
    with VirtualHeadset() as headset:
        headset.couple(LOSS_DB)
        headset.speak(rig.floats(rig.noise(-60, 7, RATE_HZ)), again=True)
        for _ in range(max(1, min(MOST_RUNS, runs))):
            headset.lay_anew()
            command = [sys.executable, "-m", "tests.bench.headset_device"]
            environment = {**headset.environment, "QT_QPA_PLATFORM": "offscreen"}
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
            found.append(json.loads(done.stdout))
    take = "take of 10 s with a level meter"
    lost = [1e4 * max(0.0, -each["clock_error_percent"]) for each in found]
    yield row(f"{take}: samples lost by the clock", lost, "ppm", wanted="< 1000 ppm")
    yield row(f"{take}: levels shown", [each["levels_hz"] for each in found], "Hz", wanted="25 Hz")
    yield row(f"{take}: longest gap of the loop", [each["gap_ms"] for each in found], "ms", wanted="≤ 50 ms")
    yield row(f"echo of {LOSS_DB:g} dB through the devices", [each["echo_db"] for each in found], "dB", wanted=f"{LOSS_DB:g} dB")
    yield row(
        f"its delay, by a loop of {LOOP_MS} ms", [each["delay_ms"] for each in found], "ms", wanted=f"{LOOP_MS} ms and the server's 14"
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


async def _off_the_loop(work: Callable[[], object], runs: int) -> tuple[list[float], list[float]]:
    """Times of the work in its thread, and for each the longest the loop was late, in ms."""
    times: list[float] = []
    gaps: list[float] = []
    for _ in range(runs):
        ticks = [time.perf_counter()]

        async def ticking(ticks: list[float] = ticks) -> None:
            while True:
                await asyncio.sleep(TICK_S)
                ticks.append(time.perf_counter())

        ticker = asyncio.create_task(ticking())
        times.append(await in_thread(lambda: _timed(work), limit_s=30.0))
        ticks.append(time.perf_counter())
        ticker.cancel()
        gaps.append(1000 * (max(b - a for a, b in itertools.pairwise(ticks)) - TICK_S))
    return times, gaps

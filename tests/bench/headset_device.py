"""The microphone of a virtual headset through QtMultimedia, with a level meter on screen. Run as a program, with that headset's
environment: prints one JSON line of figures.
"""

import asyncio
import itertools
import json
import time

from PySide6.QtWidgets import QApplication

from app.core.acoustics import echo
from app.core.acoustics.analysis import analyse_echo, analyse_voice
from app.core.headset import Level, best
from app.steps.headset.meter import Meter
from app.steps.headset.sounds import SWEEP_TAIL_S
from app.system.audio.qt import QtAudio
from app.ui import aio, theme

TAKE_S = 10.0
TICK_S = 0.005


async def measured() -> dict[str, float]:
    audio = QtAudio(simulated=True)
    await audio.open()
    devices = audio.devices()
    microphone, ear = best(devices.inputs), best(devices.outputs)
    if microphone is None or ear is None:
        raise RuntimeError("no headset")
    meter = Meter()
    meter.resize(600, 80)
    meter.show()
    meter.begin(TAKE_S)
    ticks, levels = [time.perf_counter()], 0

    async def ticking() -> None:
        while True:
            await asyncio.sleep(TICK_S)
            ticks.append(time.perf_counter())

    def heard(level: Level) -> None:
        nonlocal levels
        levels += 1
        meter.add(level)

    ticker = asyncio.get_running_loop().create_task(ticking())
    take = await audio.record(microphone, TAKE_S, heard)
    ticker.cancel()
    meter.close()
    lost = analyse_voice(take.recording)
    sweep = echo.sweep(48_000)
    leak = await audio.record(microphone, sweep.seconds + SWEEP_TAIL_S, None, sweep, ear)
    found = analyse_echo(sweep, leak.since_played())
    return {
        "gap_ms": 1000 * (max(b - a for a, b in itertools.pairwise(ticks)) - TICK_S),
        "levels_hz": levels / TAKE_S,
        "lost_percent": lost.dropped_percent,
        "clock_error_percent": lost.clock_error_percent or 0.0,
        "noise_dbfs": lost.level_dbov or 0.0,
        "echo_db": found.coupling_loss_db or 0.0,
        "echo_psr_db": found.psr_db,
        "delay_ms": found.delay_ms or 0.0,
    }


def main() -> None:
    app = QApplication([])
    theme.apply(app)
    loop = aio.make_loop(app)
    print(json.dumps(loop.run_until_complete(measured())), flush=True)
    loop.run_until_complete(aio.cancel_all())


if __name__ == "__main__":
    main()

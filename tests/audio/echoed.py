"""The echo of the headset the environment names, through QtMultimedia: `python -m tests.audio.echoed TAKES`.

Two JSON lines a take: `"begun"` as the sweep is on its way, and the figures.

Qt asks for its sound system once in a process, so this is one of its own.
"""

import json
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from app.core.acoustics.analysis import analyse_echo
from app.core.errors import HeadsetError
from app.core.headset import Level, best
from app.steps.headset import sounds
from app.system.audio.qt import QtAudio
from app.ui import aio


async def measured(takes: int) -> None:
    audio = QtAudio(simulated=True)
    await audio.open()
    devices = audio.devices()
    microphone, ear = best(devices.inputs), best(devices.outputs)
    if microphone is None or ear is None:
        raise RuntimeError("no headset")
    sweep = sounds.swept()
    begun = False

    def heard(_: Level) -> None:
        nonlocal begun
        if not begun:
            print(json.dumps("begun"), flush=True)
        begun = True

    for _ in range(takes):
        begun = False
        try:
            take = await audio.record(microphone, sweep.seconds + sounds.SWEEP_TAIL_S, heard, sweep, ear)
            print(json.dumps(analyse_echo(sweep, take.since_played()).facts()), flush=True)
        except HeadsetError as error:
            print(json.dumps({"code": error.code, **error.facts}), flush=True)


if __name__ == "__main__":
    app = QApplication([])
    aio.make_loop(app).run_until_complete(measured(int(sys.argv[1])))
    sys.stdout.flush()
    os._exit(0)

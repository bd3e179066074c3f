"""The headset page on the sound system the environment names, in a process of its own: `python -m tests.audio.wearer FOLDER LIMITS`.

Qt asks for its sound system once in a process. Each line read is an act as JSON (`["ear"]`); each line written says what is seen.
"""

import asyncio
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.commands.wizard import make_app
from app.core.headset import Devices
from app.steps.headset.acts import Act, Found
from app.steps.headset.page import Page
from app.system import detect
from app.ui import aio, i18n
from app.ui.loop_watch import LoopWatch
from app.ui.widgets import scroll
from tests.steps.fakes import FakeContext

WAIT_S = 30.0


class Wearer:
    def __init__(self, folder: Path, limits: dict[str, Any]) -> None:
        self.fake = FakeContext(folder)
        self.fake.pair()
        self.fake.journey.steps[1].id = "headset"
        self.fake.journey.steps[1].limits.update(limits)
        self.fake.context.audio = detect.audio("system")
        self.page = Page(self.fake.context)
        self.ground = scroll(self.page)
        self.ground.resize(788, 480)
        self.ground.show()
        self.watch = LoopWatch()
        self.levels = 0
        add = self.page.view.meter.add

        def counted(level: Any) -> None:
            self.levels += 1
            add(level)

        self.page.view.meter.add = counted  # type: ignore[method-assign]

    async def until(self, true: Callable[[], bool], limit_s: float = WAIT_S) -> None:
        async with asyncio.timeout(limit_s):
            while not true():  # noqa: ASYNC110 - any condition, not an event
                await asyncio.sleep(0.01)

    async def enter(self) -> None:
        self.page.enter()
        await self.until(lambda: self.page._opened or bool(self.page._no_audio))

    async def leave(self) -> None:
        self.page.leave()

    async def ear(self) -> None:
        side = self.page.ears.side
        self.page.view.main.click()
        await self.until(lambda: bool(self.page.ears.digits) and self.page.resting)
        for digit in self.page.ears.digits:
            self.page.view.keypad.keys[digit].click()
        await self.until(lambda: self.page.ears.side != side or self.page.acts.done(Act.EARS))

    async def heard(self) -> None:
        self.page.acts = self.page.acts.with_found(Act.EARS, Found({"left_heard": True, "right_heard": True}))
        self.page._show()

    async def begin(self) -> None:
        """Press the button; return as the microphone is heard."""
        self.levels = 0
        self.watch.clear()
        self.watch.start()
        self.page.view.main.click()
        await self.until(lambda: self.page.view.meter.at_s() > 0 or self.page.resting)

    async def wait(self, seconds: float) -> None:
        """Until so much more of the take has come."""
        at = self.page.view.meter.at_s()
        await self.until(lambda: self.page.view.meter.at_s() >= at + seconds)

    async def end(self) -> None:
        await self.until(lambda: self.page.resting)
        self.watch.stop()

    async def press(self) -> None:
        self.page.view.main.click()

    async def again(self, act: str) -> None:
        self.page._again(Act(act))

    async def sees(self, code: str, limit_s: float = 5.0) -> None:
        await self.until(lambda: self.page.studio.chosen.code == code, limit_s)

    def seen(self) -> dict[str, Any]:
        page = self.page
        devices: Devices = self.fake.context.audio.devices() if self.fake.context.audio is not None else Devices()
        result = page._result()
        return {
            "now": page._act().value,
            "found": {act.value: {"facts": dict(f.facts), "wrong": [list(w) for w in f.wrong]} for act, f in page.acts.found.items()},
            "code": page.studio.chosen.code,
            "result": [result.outcome, result.code, result.simulated] if result is not None else None,
            "heard_back": page.heard_back,
            "inputs": [d.name for d in devices.inputs],
            "outputs": [d.name for d in devices.outputs],
            "microphone": page.studio.chosen.microphone.name if page.studio.chosen.microphone else "",
            "levels": self.levels,
            "longest_gap_ms": self.watch.longest_ms,
        }


async def obey(wearer: Wearer, lines: "asyncio.Queue[str]") -> None:
    while line := await lines.get():
        name, *arguments = json.loads(line)
        began = time.monotonic()
        try:
            await getattr(wearer, name)(*arguments)
            told = wearer.seen()
        except Exception as error:
            told = {"error": f"{type(error).__name__}: {error}", **wearer.seen()}
        told["took_s"] = time.monotonic() - began
        os.write(1, json.dumps(told, default=str).encode() + b"\n")
    wearer.page.leave()


async def main() -> None:
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def listen() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=listen, daemon=True).start()
    await obey(Wearer(Path(sys.argv[1]), json.loads(sys.argv[2])), lines)


if __name__ == "__main__":
    app = make_app()
    i18n.set_language(app, "fr")
    aio.run(main())
    os._exit(0)

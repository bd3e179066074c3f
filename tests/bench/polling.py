"""A program of its own: the box page on screen, polled once a second or left alone. Prints the processor time it takes, as JSON.

python -m tests.bench.polling polled|still ADDRESS SECONDS
"""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.steps.box.page import Page
from app.system.box.finder import SystemBoxes
from app.ui import aio, i18n, theme
from tests.steps.fakes import FakeContext

SETTLE_S = 4.0
"""The box is found and everything is imported and laid out by then."""


async def stand(page: Page, polled: bool, seconds: float) -> dict[str, float]:
    page.enter()
    await asyncio.sleep(SETTLE_S)
    if page._look.reading is None:
        raise RuntimeError(page._look.code)
    if not polled:  # the same page, with what it found on it
        for name in ("poll", "look"):
            page._stop(name)
    looks, cpu, began = len(page._trail.samples), time.process_time(), time.monotonic()
    await asyncio.sleep(seconds)
    took = time.monotonic() - began
    found = {"percent": 100 * (time.process_time() - cpu) / took, "looks_a_second": (len(page._trail.samples) - looks) / took}
    page.leave()
    await asyncio.sleep(0.1)
    return found


def main() -> int:
    kind, address, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    app = QApplication([])
    theme.apply(app)
    i18n.set_language(app, "fr")
    with tempfile.TemporaryDirectory() as folder:
        fake = FakeContext(Path(folder))
        fake.context.boxes = SystemBoxes(addresses=(address,))  # the way out is this machine's own
        page = Page(fake.context)
        page.resize(820, 560)
        page.show()
        loop = aio.make_loop(app)
        asyncio.set_event_loop(loop)
        print(json.dumps(loop.run_until_complete(stand(page, kind == "polled", seconds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A program of its own for `test_box_sound`: the page, its box's signal moved from spot to spot, its tones on the real sound server.

Prints the signals (dBm) in the order they were held, or `mute` and what the page then says.
"""

import asyncio
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.steps.box import page as box_page
from app.system import detect
from app.ui import aio, i18n, theme
from tests.steps.box.fakes import READING, FakeBoxes, FakeProbe
from tests.steps.fakes import FakeContext

SPOTS = (-112.0, -102.5, -99.0, -84.0)
EACH_S = 1.6


async def walk(folder: Path) -> None:
    fake, boxes = FakeContext(folder), FakeBoxes()
    fake.pair()
    fake.context.boxes, fake.context.voice, fake.context.tones = boxes, FakeProbe(), detect.tones()
    box_page.EVERY_S = 0.4
    page = box_page.Page(fake.context)
    page.resize(800, 500)
    page.show()
    page.enter()
    try:
        for number, dbm in enumerate(SPOTS):
            assert boxes.box is not None
            boxes.box.reading = replace(READING, rsrp_dbm=dbm)
            if number == 0:
                page.side.listen.click()
            await asyncio.sleep(EACH_S)
            if not page.side.listen.isChecked():
                print("mute", page.side.mute_why.isVisible(), page.side.mute_why.text())
                return
            print(dbm)
        page.leave()
        assert not page.side.listen.isChecked()
        boxes.box.reading = replace(READING, rsrp_dbm=-105.0)
        await asyncio.sleep(EACH_S)  # what is left, is silent
    finally:
        page.leave()
        await asyncio.sleep(0.1)
        page.close()


def main() -> int:
    app = QApplication([])
    theme.apply(app)
    i18n.set_language(app, "en")
    with tempfile.TemporaryDirectory() as folder:
        loop = aio.make_loop(app)
        asyncio.set_event_loop(loop)
        loop.run_until_complete(walk(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

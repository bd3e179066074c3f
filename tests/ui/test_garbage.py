"""Qt objects in a cycle end on the thread they belong to."""

import gc
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.ui import aio, garbage

Run = Callable[[Coroutine[Any, Any, Any]], Any]


class _Knot(QObject):
    """In a cycle with itself, with a running timer."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self.me = self
        timer = QTimer(self)
        timer.start(10_000)
        self.destroyed.connect(lambda: ended.append(threading.get_ident()))


def test_a_busy_thread_collects_nothing(app: QApplication) -> None:
    gc.enable()
    sweeper = garbage.Sweeper()
    try:
        ended: list[int] = []
        _Knot(ended)
        thread = threading.Thread(target=lambda: [[{}] for _ in range(200_000)])
        thread.start()
        thread.join()
        assert ended == []
        garbage.sweep()
        gc.collect()
        assert ended in ([], [threading.get_ident()])
    finally:
        sweeper.stop()
        gc.disable()


def test_the_program_s_loop_sweeps_and_hands_back(app: QApplication) -> None:
    gc.enable()
    seen: list[bool] = []

    async def main() -> None:
        seen.append(gc.isenabled())

    try:
        aio.run(main())
        assert seen == [False]
        assert gc.isenabled()
    finally:
        gc.disable()


def test_what_is_due_is_collected() -> None:
    gc.collect()
    before = gc.get_count()[0]
    kept = [[] for _ in range(gc.get_threshold()[0] + 100)]
    assert gc.get_count()[0] > before
    garbage.sweep()
    assert gc.get_count()[0] < len(kept)

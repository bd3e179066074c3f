"""Every test runs off screen, with the built translations, and fails on a Qt warning nobody expects."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import hypothesis
import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from xdist.scheduler import LoadScopeScheduling

from tests import lanes

# A machine busy with other things is no defect of what is tested.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

EXPECTED_QT = ("This plugin does not support propagateSizeHints()",)
_warnings: list[str] = []


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    return lanes.wanted(config)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return lanes.Lanes(config, log)


def pytest_configure(config: pytest.Config) -> None:
    if hasattr(config, "workerinput"):
        config.pluginmanager.register(lanes.GivesWay())
    else:
        # Once, before the processes divide.
        from app.ui import i18n_build

        i18n_build.build()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        lanes.in_order(items)


def _note(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg) and not any(e in text for e in EXPECTED_QT):
        _warnings.append(text)


@pytest.fixture(autouse=True)
def _garbage_on_this_thread() -> None:
    """As in the program: a worker thread that collects would end the Qt objects of a test long over.

    Before every test, for one that runs the program's own loop leaves it switched on.
    """
    gc.disable()


@pytest.fixture(autouse=True)
def _qt_is_quiet() -> Iterator[None]:
    """A Qt warning is a defect: a wrong signal, a null pixmap, a layout twice set."""
    _warnings.clear()
    before = qInstallMessageHandler(_note)
    yield
    from app.ui import garbage

    garbage.sweep()
    qInstallMessageHandler(before)
    assert _warnings == [], "Qt warned"


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application in English, light, at 100 %."""
    from app.ui import i18n, theme
    from app.ui.announce import said

    theme.apply(qapp)
    theme.current().still = True
    i18n.set_language(qapp, "en")
    said.clear()
    yield qapp
    theme.current().still = False


@pytest.fixture
def run_async(app: QApplication) -> Iterator[Callable[[Coroutine[Any, Any, Any]], Any]]:
    """Run a coroutine to its end on Qt's loop; an exception of a spawned task fails the test."""
    from app.ui import aio

    crashes: list[BaseException] = []
    aio.on_crash(lambda error, _name: crashes.append(error))
    loop = aio.make_loop(app)
    asyncio.set_event_loop(loop)

    def run(coroutine: Coroutine[Any, Any, Any]) -> Any:
        async def bounded() -> Any:
            async with asyncio.timeout(60):
                return await coroutine

        result = loop.run_until_complete(bounded())
        if crashes:
            raise crashes[0]
        return result

    yield run
    loop.run_until_complete(aio.cancel_all())
    loop.close()
    asyncio.set_event_loop(None)
    aio.on_crash(None)

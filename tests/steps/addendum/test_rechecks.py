"""A signature that waits for its time stamp is asked after while the wizard is open, and recorded once it has come."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, cast

import msgspec
from PySide6.QtWidgets import QApplication

from app.contracts import events as ev
from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState
from app.core.errors import BackendUnreachable
from app.steps.addendum import check
from app.ui import aio
from app.wiring.rechecks import follow_addendum
from tests.steps.addendum.fakes import FakeAddenda, offer_of, pdf
from tests.steps.fakes import FakeContext

Run = Callable[[Coroutine[Any, Any, Any]], Any]


class OpenWizard:
    """As much of a wizard as the recheck touches."""

    def __init__(self, folder: Path) -> None:
        self.fake = FakeContext(folder)
        self.fake.pair()
        self.fake.journey.steps[2].id = "addendum"
        self.fake.journey.steps[2].limits["recheck_seconds"] = 0
        self.addenda = FakeAddenda(pdf())
        self.context = self.fake.context
        self.context.addenda = lambda: self.addenda
        self.store = self
        self.has_key = True

    @property
    def state(self) -> SessionState:
        return self.fake.folded

    async def record_durably(self, data: ev.EventData) -> None:
        self.fake.record(data)


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - any condition, not an event
            await asyncio.sleep(0.02)


async def followed(wizard: OpenWizard, story: Coroutine[Any, Any, None]) -> None:
    task = aio.spawn(follow_addendum(cast(Any, wizard)), "addendum again")
    try:
        await story
    finally:
        task.cancel()
        await asyncio.sleep(0.1)


def test_the_time_stamp_comes_while_the_wizard_is_open(app: QApplication, run_async: Run, tmp_path: Path) -> None:
    wizard = OpenWizard(tmp_path)
    wizard.addenda.stamped = False
    wizard.fake.finish("addendum", check.signed(wizard.addenda.sign_here(), wizard.addenda.it))
    wizard.addenda.fail("offer", BackendUnreachable())

    async def story() -> None:
        await until(lambda: wizard.addenda.calls.count("offer") >= 2)  # no line once, still awaited once
        assert wizard.state.steps["addendum"].outcome is Outcome.WARNING
        wizard.addenda.stamped = True
        wizard.addenda.sign_here()
        await until(lambda: wizard.state.steps["addendum"].code == "addendum.signed")
        assert (tmp_path / "addendum-signed.pdf").exists()

    run_async(followed(wizard, story()))


def test_a_newer_text_is_noticed_at_start_and_nothing_else_is_asked(app: QApplication, run_async: Run, tmp_path: Path) -> None:
    wizard = OpenWizard(tmp_path)
    wizard.fake.finish("addendum", check.signed(wizard.addenda.sign_here(), wizard.addenda.it))
    signed = wizard.addenda.it.signed
    offer = offer_of(pdf(mark="new"), version="2026-2")
    wizard.addenda.it = msgspec.structs.replace(offer, state="to_sign_again", signed=signed)

    async def story() -> None:
        await until(lambda: wizard.state.steps["addendum"].code == "addendum.new_version")
        await asyncio.sleep(0)
        assert wizard.addenda.calls == ["offer"]

    run_async(followed(wizard, story()))


def test_nothing_is_asked_before_anything_is_signed(app: QApplication, run_async: Run, tmp_path: Path) -> None:
    wizard = OpenWizard(tmp_path)

    async def story() -> None:
        await asyncio.sleep(0.05)
        assert wizard.addenda.calls == []

    run_async(followed(wizard, story()))

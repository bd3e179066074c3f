"""The way of a step: button, result, journal, next."""

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome
from app.core.errors import BackendUnreachable, JournalUnwritable
from app.core.step import Result
from app.shell.window import BUSY_AFTER_MS, Window
from app.ui import aio
from app.ui.announce import said
from tests.shell.conftest import settle
from tests.shell.fake import FakeDriver

Play = Callable[..., None]
FAILED = Result(Outcome.FAILED, "identity.code_refused", {"tries_left": 3})


def test_a_passed_step_is_recorded_and_leads_on(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        assert driver.entered == ["welcome"]
        window.primary()
        await settle()
        assert driver.states["welcome"].outcome is Outcome.PASSED
        assert driver.entered == ["welcome", "identity"]
        assert window.stage.holder.current() is driver.page("identity")
        assert driver.page("welcome").log[-1] == "leave"
        assert window.rail.rows[0].accessibleName() == "Welcome, passed"
        assert window.rail.rows[1].accessibleName() == "Identification, to do, current step"
        assert said[-1].startswith("Enter your activation code")

    story(act)


def test_none_stays_on_the_page(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.page("welcome").answers = [None]
        window.primary()
        await settle()
        assert driver.states == {}
        assert window.stage.holder.current() is driver.page("welcome")
        assert window.foot.primary.isEnabled()

    story(act)


def test_double_clicks_advance_once(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("welcome")
        page.gate = asyncio.Event()
        for _ in range(3):
            window.foot.primary.click()
            window.primary()
        await settle()
        assert page.log.count("advance") == 1
        assert not window.foot.primary.isEnabled()
        window.go("welcome")
        page.gate.set()
        await settle()
        assert driver.entered == ["welcome", "identity"]

    story(act)


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.COULD_NOT_CHECK])
def test_a_failure_shows_advice_and_another_go(story: Play, outcome: Outcome) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("identity")
        page.answers = [Result(outcome, "identity.code_refused", {"tries_left": 3})]
        window.primary()
        await settle()
        assert driver.states["identity"].outcome is outcome
        assert window.stage.holder.current() is window.advice
        assert window.stage.title.text() == "This code is not accepted"
        assert window.stage.why.text().startswith("The connection is fine")
        assert not window.foot.primary.isEnabled()
        assert "tries_left: 3" in window.advice.raw.toPlainText()
        assert "01J-EVENT" in window.advice.raw.toPlainText()
        assert said[-1].startswith("This code is not accepted")
        assert QApplication.focusWidget() is window.stage.title
        window.advice.help_button.click()
        await settle()
        assert driver.help_asked == [("identity", "identity.code_refused")]
        assert not window.advice.help_button.isEnabled()
        window.advice.retry_button.click()
        assert window.stage.holder.current() is page
        assert page.log[-1] == "failure_closed"
        window.primary()
        await settle()
        assert driver.states["identity"].outcome is Outcome.PASSED

    story(act, at="identity", done=("welcome",))


def test_a_warning_is_shown_then_leads_on(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.page("identity").answers = [Result(Outcome.WARNING, "identity.kit_differs")]
        driver.advice_after = driver.advice("identity.kit_differs")
        window.primary()
        await settle()
        assert window.stage.holder.current() is window.advice
        assert not window.advice.retry_button.isVisible()
        assert window.foot.primary.isEnabled()
        window.primary()
        await settle()
        assert window.stage.holder.current() is driver.page("guidelines")
        assert window.rail.rows[1].accessibleName() == "Identification, passed, with a warning"

    story(act, at="identity", done=("welcome",))


def test_a_page_that_tells_its_remarks_itself_has_no_advice_before_it(story: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("ready")
        monkeypatch.setattr(page, "tells_remarks", lambda: True)
        page.answers = [Result(Outcome.WARNING, "ready.passed_with_warnings")]
        driver.advice_after = driver.advice("ready.passed_with_warnings")
        window.primary()
        await settle()
        assert window.stage.holder.current() is page
        assert page.log[-1] == "failure_closed", "made ready for what comes after"

    story(act, at="ready", done=("welcome", "identity", "guidelines"))


def test_without_the_journal_a_step_is_not_done(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("welcome")
        driver.unwritable = True
        window.primary()
        await settle()
        assert driver.states == {}
        assert window.rail.rows[0].entry.outcome is None
        assert window.advice.advice is not None
        assert window.advice.advice.code == "journal.unwritable"
        assert not window.foot.primary.isEnabled()
        window.advice.retry_button.click()
        await settle()
        assert window.stage.holder.current() is window.advice
        driver.unwritable = False
        window.advice.retry_button.click()
        await settle()
        # What was proved is written down, not proved again.
        assert page.log.count("advance") == 1
        assert driver.states["welcome"].outcome is Outcome.PASSED
        assert window.stage.holder.current() is driver.page("identity")

    story(act)


def test_errors_a_page_lets_out_become_advice(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("identity")
        for error in (JournalUnwritable(), BackendUnreachable(host="it.example")):
            page.answers = [error]
            window.primary()
            await settle()
            assert window.advice.advice is not None
            assert window.advice.advice.code == error.code
            assert "identity" not in driver.states
            window.retry()
            assert window.stage.holder.current() is page

    story(act, at="identity", done=("welcome",))


def test_an_unexpected_error_is_told_and_frees_the_window(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        crashes: list[str] = []
        aio.on_crash(lambda error, name: crashes.append(name))
        driver.page("welcome").answers = [ZeroDivisionError()]
        window.primary()
        await settle()
        assert crashes == ["advance welcome"]
        assert window.foot.primary.isEnabled()
        restarted: list[bool] = []
        window.restart.connect(lambda: restarted.append(True))
        window.show_crash("7F3K")
        assert window.stage.title.text() == "Marhaba met a problem of its own"
        assert window.crash_page.code.text() == "7F3K"
        assert not window.foot.primary.isVisible()
        window.crash_page.copy.click()
        assert QApplication.clipboard().text() == "7F3K\ndiagnostic of 482913"
        window.crash_page.restart_button.click()
        assert restarted == [True]

    story(act)


def test_back_and_the_rail(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("guidelines")
        page.parts = 1
        window.back()
        assert window.stage.holder.current() is page
        window.back()
        assert window.stage.holder.current() is driver.page("identity")
        window.rail.rows[0].click()
        assert window.stage.holder.current() is driver.page("welcome")
        assert not window.foot.back.isEnabled()
        assert not window.rail.rows[3].isEnabled()
        window.go("ready")
        assert window.stage.holder.current() is driver.page("welcome")

    story(act, at="guidelines", done=("welcome", "identity"))


def test_the_last_step_finishes(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        ended: list[bool] = []
        window.finished.connect(lambda: ended.append(True))
        window.primary()
        await settle()
        assert ended == [True]
        assert window.stage.holder.current() is driver.page("ready")

    story(act, at="ready", done=("welcome", "identity", "guidelines"))


def test_checking_is_shown_only_when_it_takes_long(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("welcome")
        page.gate = asyncio.Event()
        window.primary()
        await settle()
        assert not window.foot.spinner.isVisible()
        await asyncio.sleep(BUSY_AFTER_MS / 1000 + 0.1)
        assert window.foot.spinner.isVisible()
        assert said[-1] == "Checking…"
        page.gate.set()
        await settle()
        assert not window.foot.spinner.isVisible()

    story(act)


def test_valid_and_busy_hold_the_primary_button(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("welcome")
        page.set_valid(False)
        assert not window.foot.primary.isEnabled()
        page.set_valid(True)
        page.set_busy(True)
        assert not window.foot.primary.isEnabled()
        page.set_busy(False)
        assert window.foot.primary.isEnabled()

    story(act)


def test_help_without_a_journal_is_not_claimed(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        async def refuse(step: str, code: str) -> None:
            raise JournalUnwritable

        driver.ask_help = refuse  # type: ignore[method-assign]
        driver.page("welcome").answers = [FAILED]
        window.primary()
        await settle()
        window.advice.help_button.click()
        await settle()
        assert window.advice.advice is not None
        assert window.advice.advice.code == "journal.unwritable"
        assert window.advice.help_button.isEnabled()

    story(act)


def test_closing_waits_for_the_driver_but_not_long(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        waiting = aio.spawn(aio.wait_signal(window.closed), "wait")
        await settle(1)
        window.close()
        window.close()
        await asyncio.wait_for(waiting, 2)
        assert driver.closed

    story(act)


def test_keyboard_alone_goes_through(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("identity")

        def press(key: Qt.Key) -> None:
            QTest.keyClick(QApplication.focusWidget() or window, key)

        assert QApplication.focusWidget() is window.stage.title
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is page.field
        QTest.keyClicks(page.field, "K7MQ")
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is page.choices[0]
        press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Down)
        assert page.choices[1].isChecked()
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is window.foot.back
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is window.foot.primary
        press(Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is window.rail.rows[0]
        press(Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is window.foot.primary
        press(Qt.Key.Key_Return)
        await settle()
        assert window.stage.holder.current() is driver.page("guidelines")
        assert QApplication.focusWidget() is window.stage.title
        press(Qt.Key.Key_Tab)
        QTest.keyClick(driver.page("guidelines").field, Qt.Key.Key_Return)
        await settle()
        assert window.stage.holder.current() is driver.page("ready")

    story(act, at="identity", done=("welcome",))


def test_every_stop_is_reached_once_round(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        seen = []
        for _ in range(60):
            QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
            focus = QApplication.focusWidget()
            if focus in seen:
                break
            seen.append(focus)
        assert window.foot.primary in seen
        assert window.top.display in seen
        assert window.rail.help_card.copy in seen
        assert window.rail.rows[0] in seen
        assert window.rail.rows[3] not in seen
        assert any(button in seen for button in window.top.languages.buttons.values())

    story(act, at="identity", done=("welcome",))

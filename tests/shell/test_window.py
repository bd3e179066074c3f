"""The frame: languages, looks, names, room, and words that are true."""

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.contracts.outcomes import Outcome
from app.core.step import Result
from app.shell.driver import Reported
from app.shell.rail import grouped
from app.shell.window import Window
from app.ui import i18n, theme
from app.ui.announce import said
from app.ui.layouts import COLUMN
from app.ui.measure import lines
from tests.shell.conftest import settle
from tests.shell.fake import FakeDriver
from tests.ui import a11y

Play = Callable[..., None]


def test_language_changes_everything_and_keeps_what_was_typed(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("identity")
        page.field.setText("K7MQ")
        page.choices[1].click()
        window.top.languages.buttons["ar"].click()
        assert window.rail.mapTo(window, QPoint(0, 0)).x() > 0 or window.layout().isEnabled()
        await settle()
        assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
        assert window.rail.mapTo(window, QPoint(0, 0)).x() > window.width() / 2
        assert window.stage.title.text() == "أدخل رمز التفعيل"
        assert window.rail.rows[0].text() == "مرحبا"
        assert window.foot.back.text() == "رجوع"
        assert page.field.text() == "K7MQ"
        assert page.choices[1].state == "chosen"
        assert window.top.languages.buttons["ar"].isChecked()
        window.top.languages.buttons["fr"].click()
        await settle()
        assert window.rail.mapTo(window, QPoint(0, 0)).x() == 0
        assert window.foot.back.text() == "Retour"
        assert page.field.text() == "K7MQ"

    story(act, at="identity", done=("welcome",))


def test_a_failure_on_screen_changes_language_too(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.page("identity").answers = [Result(Outcome.FAILED, "identity.code_refused")]
        window.primary()
        await settle()
        driver.set_language("fr")
        assert window.stage.title.text() == "Ce code n’est pas accepté"
        assert window.advice.todo.title.text() == "Que faire maintenant"
        assert window.stage.holder.current() is window.advice

    story(act, at="identity", done=("welcome",))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("view", ["page", "failure", "crash", "panel"])
def test_nothing_is_cut_and_everything_has_a_name(story: Play, language: str, scale: float, view: str) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        window.resize(1024, 640)
        driver.report = Reported(2, 3, "offline")
        driver.set_language(language)
        driver.set_display("light", scale)
        window.refresh()
        if view == "failure":
            driver.page("guidelines").answers = [Result(Outcome.FAILED, "guidelines.quiz_failed", {"right": 3})]
            window.primary()
            await settle()
            window.advice.toggle.click()
        elif view == "crash":
            window.show_crash("7F3K")
        elif view == "panel":
            window.top.display.click()
        await settle(10)
        assert a11y.unnamed(window) == []
        assert a11y.clipped(window) == []
        assert a11y.overlapping(window) == []
        assert a11y.sideways(window.rail) == []
        if view != "page":
            assert a11y.sideways(window) == []
        assert (window.width(), window.height()) == (1024, 640)

    story(act, at="guidelines", done=("welcome", "identity"))


@pytest.mark.parametrize(
    ("report", "tone", "words"),
    [
        (Reported(), "ink_3", "Nothing to send yet"),
        (Reported(0, 3, "never"), "ink_3", "3 to send"),
        (Reported(1, 0, "online"), "ok", "1 step sent to IT"),
        (Reported(1, 0, "offline"), "ok", "1 step sent to IT"),
        (Reported(1, 0, "never"), "ok", "1 step sent to IT"),
        (Reported(2, 1, "online"), "ink_3", "2 steps sent to IT, 1 to send"),
        (Reported(2, 3, "offline"), "warn", "2 steps sent to IT, waiting for connection, 3 to send"),
        (Reported(0, 0, "online"), "ink_3", "Nothing to send yet"),
        (Reported(2, 1, "online", 1), "warn", "2 steps sent to IT, 1 to send, 1 refused by IT, call the helpdesk"),
        (Reported(2, 4, "blocked"), "bad", "2 steps sent to IT, IT refuses the report, call the helpdesk, 4 to send"),
    ],
)
def test_the_indicator_says_what_is_true_and_nothing_of_the_line(story: Play, report: Reported, tone: str, words: str) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.report = report
        window.refresh()
        assert window.top.indicator.words.text() == words
        assert window.top.indicator.dot.tone == tone

    story(act)


def test_nothing_waiting_is_said_when_all_is_done(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.report = Reported(4, 0, "online")
        window.refresh()
        assert window.top.indicator.words.text() == "4 steps sent to IT, nothing waiting"
        driver.report = Reported(3, 0, "online", 1)
        window.refresh()
        assert window.top.indicator.words.text() == "3 steps sent to IT, 1 refused by IT, call the helpdesk"
        assert window.top.indicator.dot.tone == "warn", "what IT refused is not in order, however good the line"

    story(act, at="ready", done=("welcome", "identity", "guidelines", "ready"))


@pytest.mark.parametrize("outcome", Outcome)
def test_each_outcome_has_its_own_word_in_the_rail(story: Play, outcome: Outcome) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.done("welcome", outcome)
        window.refresh()
        words = window.rail.rows[0].accessibleName().split(", ", 1)[1]
        assert words.startswith(
            {
                Outcome.PASSED: "passed, current",
                Outcome.FAILED: "not passed",
                Outcome.WARNING: "passed, with a warning",
                Outcome.WAIVED: "waived",
                Outcome.NOT_APPLICABLE: "not needed",
                Outcome.COULD_NOT_CHECK: "could not be checked",
            }[outcome]
        )
        assert bool(window.rail.rows[0].word) == (outcome is not Outcome.PASSED)

    story(act)


def test_help_card(story: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        card = window.rail.help_card
        assert i18n.plain(card.phone.text()).replace("\u00a0", " ") == "Helpdesk 05 22 00 00 00"
        assert card.code.text() == "482\u00a0913"
        card.copy.click()
        assert QApplication.clipboard().text() == "diagnostic of 482913"
        assert said[-1] == "Diagnostic copied"
        assert card.copy.text() == "Copied", "whoever hears nothing sees it"
        opened: list[str] = []
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
        card.logs.click()
        assert opened == [str(driver.logs_dir())]
        assert card.logs.text() == "Open logs"
        monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
        card.logs.click()
        assert QApplication.clipboard().text() == str(driver.logs_dir())
        assert card.logs.text() == "Place copied"
        window.refresh()
        assert (card.copy.text(), card.logs.text()) == ("Copy diagnostic", "Open logs")
        driver.session_code = lambda: ""  # type: ignore[method-assign]
        window.refresh()
        assert not card.code.isVisible()

    story(act)


def test_codes_are_grouped_for_reading_aloud() -> None:
    assert grouped("482913") == "482\u00a0913"
    assert grouped("A-1") == "A-1"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_open_display_panel_follows_its_button(story: Play, language: str) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        window.resize(1024, 640)
        driver.set_language(language)
        window.top.display.click()
        for size in (2.0, 1.0, 1.5):
            window.panel.scales[size].click()
            await settle(10)
            panel, button = window.panel, window.top.display
            assert a11y.clipped(panel) == [], size
            assert window.rect().contains(panel.geometry()), size
            edge = panel.geometry().right() if panel.isRightToLeft() else panel.x()
            place = button.mapTo(window, button.rect().topRight() if panel.isRightToLeft() else button.rect().topLeft()).x()
            assert abs(edge - place) <= 1 or panel.x() == 16 or panel.geometry().right() >= window.width() - 17, size

    story(act, at="guidelines", done=("welcome", "identity"))


def test_display_panel_changes_looks_and_closes_by_escape(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        window.top.display.click()
        assert window.panel.isVisible()
        assert QApplication.focusWidget() is window.panel.themes["light"]
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        await settle()
        assert theme.current().name == "dark"
        window.panel.scales[1.5].click()
        assert theme.current().scale == 1.5
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert not window.panel.isVisible()
        assert QApplication.focusWidget() is window.top.display

    story(act)


def test_said_by_a_page_is_announced(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.page("welcome").said.emit("Code accepted")
        assert said[-1] == "Code accepted"

    story(act)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_on_a_wide_screen_all_keeps_to_one_column_in_the_middle(story: Play, language: str) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.set_language(language)
        driver.remark_codes = ["journal.repaired"]
        window.resize(1920, 1080)
        window.refresh()
        await settle()

        def span(start: QWidget, end: QWidget) -> tuple[int, int]:
            start, end = (end, start) if language == "ar" else (start, end)
            return start.mapTo(window, QPoint(0, 0)).x(), end.mapTo(window, QPoint(end.width(), 0)).x()

        page = span(window.stage.holder, window.stage.holder)
        assert page[1] - page[0] == COLUMN
        assert span(window.foot.back, window.foot.primary) == page
        assert span(window.top.indicator, window.top.languages) == page
        assert span(window.remarks.notice, window.remarks.notice) == page
        right = window.rail.geometry().left() if language == "ar" else window.width()
        left = 0 if language == "ar" else window.rail.geometry().right() + 1
        assert abs((page[0] - left) - (right - page[1])) <= 1
        driver.page("welcome").column = lambda: 1240  # type: ignore[method-assign]
        window.refresh()
        await settle()
        page = span(window.stage.holder, window.stage.holder)
        assert page[1] - page[0] == 1240
        assert span(window.foot.back, window.foot.primary) == span(window.top.indicator, window.top.languages) == page

    story(act)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_foot_bar_leaves_the_page_its_height_at_200_percent(story: Play, language: str) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        driver.set_language(language)
        window.resize(1120, 720)
        await settle()
        assert not window.foot.back.short, "there is room for its word"
        window.resize(1024, 640)
        driver.set_display("light", 2.0)
        window.refresh()
        await settle(10)
        page = driver.page("guidelines")
        assert page.extra.isVisible()
        assert page.extra.geometry().bottom() > window.foot.primary.geometry().top(), "side by side, not one above the other"
        assert window.foot.height() <= 640 / 4
        assert a11y.clipped(window.foot) == []
        assert window.foot.back.toolTip() == window.foot.back.accessibleName() == window.foot.back.text() != ""

    story(act, at="guidelines", done=("welcome", "identity"))


def test_sizes(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        assert (window.width(), window.height()) == (1120, 720)
        assert (window.minimumWidth(), window.minimumHeight()) == (1024, 640)

    story(act)


def test_a_page_that_is_entered_while_it_is_made_ready_stays_on_screen(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("identity")
        bringing = asyncio.ensure_future(window.stage.bring(page))
        await asyncio.sleep(0)  # it has begun, and the page is not in its place yet
        assert page.parentWidget() is not window.stage.holder
        window.go("identity")
        await bringing
        assert page.isVisible()

    story(act, done=("welcome",))


def test_a_page_is_made_ready_out_of_sight(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        page = driver.page("identity")
        await window.stage.bring(page)
        holder = window.stage.holder
        assert page.parentWidget() is holder
        assert page.isHidden()
        assert holder.current() is driver.page("welcome")
        assert page.width() == holder.width()
        assert page.field.width() > 100, "laid out"
        drawn = lines.cache_info().misses
        page.grab()
        assert lines.cache_info().misses == drawn, "its words are shaped already"
        await window.stage.bring(page)
        window.go("identity")
        assert page.isVisible()
        await window.stage.bring(page)
        assert page.isVisible(), "one that is shown is left alone"

    story(act, done=("welcome",))

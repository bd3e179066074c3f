"""Remarks beside the page: said, kept until understood, one at a time, in the language of the moment."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.shell.window import Window
from app.ui.announce import said
from tests.shell.conftest import settle
from tests.shell.fake import FakeDriver

Play = Callable[..., None]


def test_a_remark_is_said_and_stays_until_understood(story: Play) -> None:
    async def act(window: Window, driver: FakeDriver) -> None:
        assert not window.remarks.isVisible()
        driver.remark_codes = ["secrets.unavailable", "journal.repaired"]
        window.refresh()
        first = driver.advice("secrets.unavailable")
        assert window.remarks.isVisible()
        assert window.remarks.notice.text.text() == first.title
        assert not window.remarks.more.isVisible()
        window.remarks.more_button.click()
        assert window.remarks.more.isVisible()
        assert window.remarks.more.text().startswith(first.meaning)
        assert said[-1] == f"{first.title}. {first.meaning}"
        window.refresh()
        assert said.count(f"{first.title}. {first.meaning}") == 1
        window.top.languages.buttons["ar"].click()
        await settle()
        assert window.remarks.close_button.text() == "فهمت"
        assert window.remarks.isVisible()
        window.remarks.close_button.setFocus()
        QTest.keyClick(window.remarks.close_button, Qt.Key.Key_Space)
        window.refresh()
        assert driver.remark_codes == ["journal.repaired"]
        assert window.remarks.isVisible()
        driver.dismiss("journal.repaired")
        window.refresh()
        assert not window.remarks.isVisible()

    story(act)

"""What is on screen is written at once: laid out once, and as if each part had been laid out by itself."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from app.ui import i18n, widgets
from app.ui.layouts import at_once, laid_out_once

ROWS = 8
WORDS = "Numéro d’employé 20417, équipement confirmé : 2 sur 3, et assez de mots pour passer à la ligne"


class Counting(QVBoxLayout):
    """How many times it was laid out."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.times = 0

    def setGeometry(self, rect: QRect) -> None:
        self.times += 1
        super().setGeometry(rect)


class Page(QWidget):
    """Rows whose details and times appear as they are written."""

    def __init__(self) -> None:
        super().__init__()
        self.down = Counting(self)
        self.rows = widgets.RowList()
        self.below = widgets.label("Below")
        card = widgets.Card()
        card.add_rows(self.rows)
        self.down.addWidget(card)
        self.down.addWidget(self.below)
        self.down.addStretch(1)
        self.kept = self.rows.kept(ROWS)

    def write(self) -> None:
        for number, row in enumerate(self.kept):
            row.show_state("ok", f"Step {number}", WORDS, "08:12")

    @laid_out_once
    def write_once(self) -> None:
        self.write()

    def places(self) -> list[QRect]:
        return [part.geometry() for part in self.findChildren(QWidget)]


@pytest.fixture
def page(app: QApplication) -> Iterator[Callable[[], Page]]:
    grounds: list[QScrollArea] = []

    def make() -> Page:
        page = Page()
        grounds.append(widgets.scroll(page))  # as in the frame
        grounds[-1].resize(520, 640)
        grounds[-1].show()
        settle(app)
        page.down.times = 0
        return page

    yield make
    for ground in grounds:
        ground.close()


def settle(app: QApplication) -> None:
    for _ in range(3):  # layouts within layouts settle in a few turns of the loop
        app.sendPostedEvents()


def test_rows_written_at_once_are_laid_out_once(app: QApplication, page: Callable[[], Page]) -> None:
    one_by_one, at_once_ = page(), page()
    one_by_one.write()
    settle(app)
    assert one_by_one.down.times > ROWS, "there is nothing to save any more: Qt lays out once by itself"
    at_once_.write_once()
    settle(app)
    assert 1 <= at_once_.down.times <= 3


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_they_lie_where_they_would_otherwise(language: str, app: QApplication, page: Callable[[], Page]) -> None:
    i18n.set_language(app, language)
    one_by_one, at_once_ = page(), page()
    one_by_one.write()
    at_once_.write_once()
    settle(app)
    assert at_once_.places() == one_by_one.places()
    assert at_once_.below.y() > at_once_.kept[-1].mapTo(at_once_, at_once_.kept[-1].rect().bottomLeft()).y()


def test_layouts_work_again_afterwards_whatever_happens(app: QApplication, page: Callable[[], Page]) -> None:
    one = page()

    def fail() -> None:
        with at_once(one), at_once(one.rows):
            one.write()
            raise ValueError

    with pytest.raises(ValueError):
        fail()
    settle(app)
    assert one.down.times > 0
    assert all(row.detail.height() > 0 and row.detail.isVisible() for row in one.kept)


def test_what_is_taken_away_meanwhile_is_no_trouble(app: QApplication, page: Callable[[], Page]) -> None:
    one = page()
    with at_once(one):
        kept = one.rows.kept(2)
        kept[1].set_texts("Another", WORDS)
    settle(app)
    assert [row.isVisible() for row in kept] == [True, True]
    assert kept[1].y() > kept[0].y()


def test_out_of_sight_nothing_rests(app: QApplication) -> None:
    one = Page()
    with at_once(one):
        assert one.down.isEnabled()

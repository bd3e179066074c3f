"""Words measured once: as high as Qt's own labels would have them, and never by the measure of other words or another font."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

from app.ui import measure, theme
from app.ui.text import draw_wrapped, label

WORDS = (
    "Short",
    "La bonne personne avec le bon matériel : c’est ce qui vous protège si quelque chose se perd ou s’abîme en route.",
    "الشخص المناسب مع العتاد المناسب: هذا ما يحميك إذا ضاع شيء ما. رقم الجلسة 123456 معروض هنا.",
    "First line\nand a second one",
)


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_label_is_as_high_as_qt_says(app: QApplication, words: str, scale: float) -> None:
    theme.apply(app, "light", scale)
    made = label(words)
    for wrap in (True, False):
        made.setWordWrap(wrap)
        for width in (90, 300, 300, 700):
            assert made.heightForWidth(width) == QLabel.heightForWidth(made, width)
    theme.apply(app)


def test_a_label_that_changes_is_measured_anew(app: QApplication) -> None:
    made = label(WORDS[0])
    low = made.heightForWidth(200)
    made.setText(WORDS[1])
    high = made.heightForWidth(200)
    made.set_role("title")
    assert low < high < made.heightForWidth(200)
    made.setText("")
    assert made.heightForWidth(200) == QLabel.heightForWidth(made, 200)


def test_words_are_shaped_once_and_drawn_where_they_are_wanted(app: QApplication) -> None:
    measure.lines.cache_clear()

    def drawn(words: str, edge: Qt.AlignmentFlag, width: int = 200) -> QImage:
        image = QImage(240, 120, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setFont(theme.current().font())
        draw_wrapped(painter, QRect(20, 0, width, 120), words, edge)
        painter.end()
        return image

    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    first = drawn(WORDS[2], right)
    assert drawn(WORDS[2], right) == first
    assert measure.lines.cache_info().hits == 1
    for other in (drawn(WORDS[2], left), drawn(WORDS[2], right, 150), drawn(WORDS[1], right)):
        assert other != first
    assert measure.lines.cache_info().hits == 1

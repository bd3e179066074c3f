"""Colours are counted, not judged."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.ui import theme
from app.ui.pictures import recoloured


@pytest.mark.parametrize("name", theme.TOKENS)
@pytest.mark.parametrize(("ink", "ground", "least"), theme.PAIRS)
def test_text_and_signs_keep_wcag_aa(name: str, ink: str, ground: str, least: float) -> None:
    tokens = theme.TOKENS[name]
    assert theme.contrast(tokens[ink], tokens[ground]) >= least


def test_contrast_is_the_wcag_formula() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert theme.contrast("#123456", "#123456") == 1


def test_the_themes_name_the_same_tokens() -> None:
    assert {frozenset(tokens) for tokens in theme.TOKENS.values()} == {frozenset(theme.TOKENS["light"])}


def test_apply_changes_everything_and_says_so(app: QApplication) -> None:
    seen: list[str] = []
    theme.current().changed.connect(lambda: seen.append(theme.current().name))
    label = QLabel("x")
    label.ensurePolished()
    before = label.fontMetrics().height()
    theme.apply(app, "dark", 2.0)
    label.ensurePolished()
    assert seen == ["dark"]
    assert label.fontMetrics().height() >= 1.8 * before
    assert app.palette().window().color() == theme.current().color("bg")


def test_odd_settings_do_no_harm(app: QApplication) -> None:
    theme.apply(app, "purple", 9.0)
    assert (theme.current().name, theme.current().scale) == ("light", 2.0)


def test_a_picture_takes_the_theme_and_leaves_other_colours() -> None:
    svg = '<svg><path fill="#0E6B63" stroke="#0e6b63"/><path fill="#123456"/><use href="#a"/></svg>'
    dark = recoloured(svg, "dark")
    brand = theme.TOKENS["dark"]["brand"]
    assert dark == f'<svg><path fill="{brand}" stroke="{brand}"/><path fill="#123456"/><use href="#a"/></svg>'
    assert recoloured(svg, "light") == svg

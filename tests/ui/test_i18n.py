"""Words, directions, numbers; and that no string is left untranslated."""

import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui import i18n, i18n_build

TS = {code: i18n_build.FOLDER / f"marhaba_{code}.ts" for code in i18n_build.LANGUAGES}


def messages(path: Path) -> dict[tuple[str, str, str], ElementTree.Element]:
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            found[(name, message.findtext("source", ""), message.findtext("comment", ""))] = message
    return found


@pytest.mark.parametrize("code", TS)
def test_the_ts_hold_exactly_the_strings_of_the_code(code: str, tmp_path: Path) -> None:
    shutil.copy(TS[code], tmp_path)
    i18n_build.update(tmp_path)
    assert set(messages(tmp_path / TS[code].name)) == set(messages(TS[code]))


@pytest.mark.parametrize("code", TS)
def test_nothing_is_unfinished_empty_or_vanished(code: str) -> None:
    forms = {"fr": 2, "ar": 6, "en": 2}[code]
    for key, message in messages(TS[code]).items():
        translation = message.find("translation")
        assert translation is not None, key
        assert translation.get("type") is None, key
        texts = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
        assert all(text.strip() for text in texts), key
        if message.get("numerus") == "yes":
            assert len(texts) == forms, key
        for text in texts:
            assert ("%1" in text) == ("%1" in key[1]), key


def test_typography() -> None:
    for code, bad in (("fr", ("'", " :", " ;", " !", " ?", "« ", " »", "...")), ("ar", ("...", "?", ";"))):
        for key, message in messages(TS[code]).items():
            text = "".join(message.find("translation").itertext())  # type: ignore[union-attr]
            assert not [mark for mark in bad if mark in text.replace("href='", "")], (code, key, text)
    for key, message in messages(TS["ar"]).items():
        text = "".join(message.find("translation").itertext())  # type: ignore[union-attr]
        assert not any("٠" <= c <= "٩" for c in text), key


def test_a_change_reaches_every_widget_at_once(app: QApplication) -> None:
    class Listener(QWidget):
        seen = 0

        def changeEvent(self, event: QEvent) -> None:
            if event.type() == QEvent.Type.LanguageChange:
                self.seen += 1

    window = QWidget()
    child = Listener(window)
    window.show()
    i18n.set_language(app, "ar")
    assert child.seen == 1
    assert window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    i18n.set_language(app, "fr")
    assert window.layoutDirection() == Qt.LayoutDirection.LeftToRight
    assert i18n.language() == "fr"


def test_unknown_language_is_english(app: QApplication) -> None:
    i18n.set_language(app, "de")
    assert i18n.language() == "en"


@pytest.mark.parametrize("code", i18n.LANGUAGES)
def test_digits_are_0_to_9(app: QApplication, code: str) -> None:
    i18n.set_language(app, code)
    text = i18n.digits(1234.5, 1) + i18n.clock("2026-11-24T08:12:00+00:00") + i18n.date("2026-11-24T08:12:00+00:00")
    assert not any("٠" <= c <= "٩" for c in text)
    assert QLocale().zeroDigit() == "0"


def test_dates_are_words_of_the_language(app: QApplication) -> None:
    words = {}
    for code in i18n.LANGUAGES:
        i18n.set_language(app, code)
        words[code] = i18n.date("2026-11-24T12:00:00+00:00")
    assert words["fr"] == "mardi 24 novembre 2026"
    assert words["en"] == "Tuesday 24 November 2026"
    assert "الثلاثاء" in words["ar"]


def test_latin_runs_are_isolated_and_can_be_freed() -> None:
    assert i18n.ltr("12 ms") == "\u206612 ms\u2069"
    assert i18n.plain(i18n.ltr("12 ms")) == "12 ms"


@pytest.mark.parametrize("n", [0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 1000])
def test_arabic_plurals_have_all_their_forms(app: QApplication, n: int) -> None:
    i18n.set_language(app, "ar")
    text = QCoreApplication.translate("Indicator", "%n step(s) sent to IT", "", n)
    form = {0: "لم ترسل", 1: "مرحلة واحدة", 2: "مرحلتين"}.get(n)
    if form:
        assert form in text
    else:
        assert str(n) in text
        assert ("مراحل" in text) == (3 <= n % 100 <= 10)


def test_words_inside_f_strings_are_found_too(tmp_path: Path) -> None:
    source = tmp_path / "page.py"
    source.write_text(
        "class P:\n    def a(self, n):\n        return f\"<b>{self.tr('Hello')}</b> {self.tr('%n day(s)', '', n)}\"\n", "utf-8"
    )
    found = i18n_build._in_f_strings([str(source)])
    assert 'self.tr("Hello")' in found
    assert 'self.tr("%n day(s)", "", n)' in found


@pytest.mark.parametrize(("value", "words"), [(38.2, "38 ms"), (0.6, "1 ms"), (0.3, "< 1 ms"), (0.0, "< 1 ms")])
def test_a_short_time_is_never_no_time(app: QApplication, value: float, words: str) -> None:
    assert i18n.plain(i18n.milliseconds(value)) == words.replace(" ", "\u00a0")

"""The language in force: translators, direction, and how times and numbers are written in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from app.ui.resources import translation

if TYPE_CHECKING:
    from datetime import datetime

LANGUAGES = ("fr", "ar", "en")
NAMES = {"fr": "Français", "ar": "العربية", "en": "English"}
# Territories are chosen on purpose: plain "ar" writes Arabic-Indic digits, Morocco writes 0-9.
_LOCALES = {"fr": "fr_MA", "ar": "ar_MA", "en": "en_GB"}
_LRI, _PDI = "\u2066", "\u2069"

_language = "en"
_translators: list[QTranslator] = []


def language() -> str:
    return _language


def locale() -> QLocale:
    return QLocale(_LOCALES[_language])


def rtl() -> bool:
    return _language == "ar"


def set_language(app: QApplication, code: str) -> None:
    """Change every word and the direction at once; what the pages hold stays. An unknown code is English."""
    global _language
    _language = code if code in LANGUAGES else "en"
    while _translators:
        app.removeTranslator(_translators.pop())
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for path in (f"{qt_folder}/qtbase_{_language}.qm", str(translation(f"marhaba_{_language}.qm"))):
        translator = QTranslator(app)
        if translator.load(path):
            app.installTranslator(translator)
            _translators.append(translator)
    QLocale.setDefault(locale())
    # Explicit: otherwise Qt's own Arabic translator alone would decide the direction.
    app.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl() else Qt.LayoutDirection.LeftToRight)
    for window in app.topLevelWidgets():
        # Qt posts this event for later; sending it now leaves no moment with two languages on screen.
        QCoreApplication.removePostedEvents(window, QEvent.Type.LanguageChange.value)
        QCoreApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def ltr(text: str) -> str:
    """`text` (a number, code, address, unit) kept left-to-right inside Arabic."""
    return f"{_LRI}{text}{_PDI}"


def plain(text: str) -> str:
    """`text` without the invisible direction marks, for the clipboard."""
    return text.translate({0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None, 0x200E: None, 0x200F: None})


def digits(value: float, decimals: int = 0) -> str:
    """A number as this language writes it, always with 0-9."""
    return ltr(locale().toString(float(value), "f", decimals))


def milliseconds(value: float) -> str:
    """Such as "38 ms"; what rounds to nothing is "< 1 ms", for nothing takes no time at all."""
    number = plain(digits(value)) if value >= 0.5 else "<\u00a01"
    return ltr(f"{number}\u00a0ms")


def _local(iso: str) -> "datetime":
    from datetime import datetime  # the first page tells no time

    return datetime.fromisoformat(iso).astimezone()


def clock(iso: str) -> str:
    """The local time of day of an RFC 3339 time: "08:12"."""
    return ltr(f"{_local(iso):%H:%M}")


def moment(iso: str) -> str:
    """The local day and time in a sentence: "lundi 24 novembre 2026 à 9 h 00"."""
    at = _local(iso)
    if _language == "fr":
        return f"{date(iso)} à {at.hour}\u00a0h\u00a0{at:%M}"
    return f"{date(iso)} على الساعة {clock(iso)}" if _language == "ar" else f"{date(iso)} at {clock(iso)}"


def date(iso: str) -> str:
    """The local day in words: "lundi 24 novembre 2026"."""
    moment = _local(iso)
    loc = locale()
    day, month = loc.dayName(moment.isoweekday()), loc.standaloneMonthName(moment.month)
    return f"{day} {moment.day} {month} {moment.year}"

"""The bundled fonts, and the families to ask for: the same pages on every PC."""

from PySide6.QtGui import QFontDatabase

from app.ui.resources import resource

_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf")
# After the bundled ones: what Windows, macOS and Debian have without asking.
_FALLBACKS = ("Noto Sans", "Noto Sans Arabic", "Segoe UI", "DejaVu Sans")
_loaded: list[str] = []


def load() -> list[str]:
    """Register the bundled fonts once; a missing file is no error."""
    if not _loaded:
        for name in _FILES:
            path = resource(f"fonts/{name}")
            number = QFontDatabase.addApplicationFont(str(path)) if path.is_file() else -1
            for family in QFontDatabase.applicationFontFamilies(number) if number >= 0 else []:
                if family not in _loaded:
                    _loaded.append(family)
    return list(_loaded)


def families() -> list[str]:
    """Families in the order of preference, each one present."""
    present = set(QFontDatabase.families())
    wanted = [*load(), *(name for name in _FALLBACKS if name in present)]
    return list(dict.fromkeys(wanted)) or ["sans-serif"]

"""The bundled fonts, and the families to ask for: the same pages on every PC."""

import struct

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFontDatabase

from app.ui.resources import resource

_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf")
# After the bundled ones: what Windows, macOS and Debian have without asking.
_FALLBACKS = ("Noto Sans", "Noto Sans Arabic", "Segoe UI", "DejaVu Sans")
# Latin and Arabic: with both there is nothing to look for on the system (2 ms), and Qt itself finds what they lack.
_OURS = 2
_loaded: list[str] = []
_families: list[str] = []

# Noto Sans Arabic reserves room for stacked vowel signs, which the interface never writes: lines half as tall again as the
# Latin ones, with text sitting high in fields. These are thousandths of the size, enough for every letter with hamza and shadda.
_ASCENT, _DESCENT = 1069, 480
# A name of its own (as long as the old one), or a system font of the same family would be taken instead.
_OLD_NAME, _NEW_NAME = "Noto Sans Arabic", "Marhaba Sans Arb"


def tightened(font: bytes) -> bytes:
    """The same TrueType font with calmer line metrics. Anything unexpected comes back unchanged."""
    data = bytearray(font)
    try:
        (count,) = struct.unpack_from(">H", data, 4)
        tables = {bytes(data[12 + 16 * n : 16 + 16 * n]): struct.unpack_from(">I", data, 20 + 16 * n)[0] for n in range(count)}
        (units,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
        up, down = _ASCENT * units // 1000, _DESCENT * units // 1000
        struct.pack_into(">hhh", data, tables[b"hhea"] + 4, up, -down, 0)
        struct.pack_into(">hhhHH", data, tables[b"OS/2"] + 68, up, -down, 0, up, down)
    except (struct.error, KeyError):
        return font
    return bytes(data).replace(_OLD_NAME.encode("utf-16-be"), _NEW_NAME.encode("utf-16-be"))


def load() -> list[str]:
    """Register the bundled fonts once; a missing file is no error."""
    if not _loaded:
        for name in _FILES:
            path = resource(f"fonts/{name}")
            if not path.is_file():
                continue
            number = QFontDatabase.addApplicationFontFromData(QByteArray(tightened(path.read_bytes()))) if "Arabic" in name else -1
            if number < 0:
                number = QFontDatabase.addApplicationFont(str(path))
            for family in QFontDatabase.applicationFontFamilies(number) if number >= 0 else []:
                if family not in _loaded:
                    _loaded.append(family)
    return list(_loaded)


def families() -> list[str]:
    """Families in the order of preference, each one present. Asked for at every painting, so looked up once."""
    if not _families:
        wanted = load()
        if len(wanted) < _OURS:
            present = set(QFontDatabase.families())
            wanted += [name for name in _FALLBACKS if name in present]
        _families.extend(dict.fromkeys(wanted) or ["sans-serif"])
    return _families

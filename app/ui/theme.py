"""One table of colours and sizes. The palette, the style sheet and the painted widgets all read it; no colour is written twice."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from app.ui import fonts
from app.ui.stylesheet import sheet

TOKENS: dict[str, dict[str, str]] = {
    "light": {
        "ink": "#16302E", "ink_2": "#4A615F", "ink_3": "#5C706E",
        "bg": "#F6F8F7", "surface": "#FFFFFF", "surface_2": "#EEF4F2", "line": "#DCE5E3", "field": "#7F9491",
        "brand": "#0E6B63", "brand_soft": "#DDF0EC", "on_brand": "#FFFFFF", "off": "#C9D6D3", "on_off": "#4A615F",
        "rail": "#0B3B38", "rail_on": "#145852", "rail_ink": "#E6F2F0", "rail_ink_2": "#A9C9C5", "rail_line": "#4D7B76",
        "rail_card": "#104843", "rail_done": "#33B294", "rail_warn": "#F0B45A", "rail_bad": "#FF9A91", "rail_sign": "#062724",
        "star": "#F0AE88",
        "ok": "#197A47", "ok_soft": "#E1F3E9", "warn": "#9A5B00", "warn_soft": "#FFF1D9", "bad": "#B3261E", "bad_soft": "#FCE6E4",
        "accent": "#C8572B", "accent_soft": "#FBE9E1",
    },
    "dark": {
        "ink": "#ECF5F3", "ink_2": "#B7CAC7", "ink_3": "#9AB0AD",
        "bg": "#0F1D1C", "surface": "#1A2928", "surface_2": "#203634", "line": "#2F4543", "field": "#77908C",
        "brand": "#5BC8B8", "brand_soft": "#17443F", "on_brand": "#06211E", "off": "#2A4341", "on_off": "#9AB0AD",
        "rail": "#081413", "rail_on": "#163E3A", "rail_ink": "#E6F2F0", "rail_ink_2": "#9DBDB9", "rail_line": "#46645F",
        "rail_card": "#0F2724", "rail_done": "#2FA98C", "rail_warn": "#F0B45A", "rail_bad": "#FF9A91", "rail_sign": "#062724",
        "star": "#F0AE88",
        "ok": "#5FD08F", "ok_soft": "#15352A", "warn": "#F0B45A", "warn_soft": "#43341A", "bad": "#FF9A91", "bad_soft": "#4A2320",
        "accent": "#F39A72", "accent_soft": "#452A1E",
    },
    "contrast": {
        "ink": "#FFFFFF", "ink_2": "#FFFFFF", "ink_3": "#F0F0F0",
        "bg": "#000000", "surface": "#000000", "surface_2": "#141414", "line": "#C8C8C8", "field": "#FFFFFF",
        "brand": "#FFE14D", "brand_soft": "#332C00", "on_brand": "#000000", "off": "#3A3A3A", "on_off": "#E0E0E0",
        "rail": "#000000", "rail_on": "#332C00", "rail_ink": "#FFFFFF", "rail_ink_2": "#F0F0F0", "rail_line": "#FFFFFF",
        "rail_card": "#141414", "rail_done": "#7CFFB2", "rail_warn": "#FFC35C", "rail_bad": "#FFA39B", "rail_sign": "#000000",
        "star": "#FFE14D",
        "ok": "#7CFFB2", "ok_soft": "#00260F", "warn": "#FFC35C", "warn_soft": "#2E1F00", "bad": "#FFA39B", "bad_soft": "#330500",
        "accent": "#FFB38F", "accent_soft": "#331400",
    },
}  # fmt: skip

RADIUS = {"card": 12, "button": 10, "field": 8}
SPACE = (4, 8, 12, 16, 24, 28)
TYPE = {
    "greeting": 33.0, "title": 25.0, "lead": 16.5, "card_title": 15.5, "body": 15.0, "row": 14.5, "rail": 14.0, "secondary": 13.0,
    "caption": 12.5, "disc": 12.0,
}  # fmt: skip
ROLES: dict[str, tuple[float, int, str]] = {
    "greeting": (TYPE["greeting"], 700, "ink"),
    "title": (TYPE["title"], 700, "ink"),
    "lead": (TYPE["lead"], 400, "ink_2"),
    "why": (TYPE["body"], 400, "ink_2"),
    "card_title": (TYPE["card_title"], 600, "ink"),
    "row": (TYPE["row"], 600, "ink"),
    "body": (TYPE["body"], 400, "ink"),
    "secondary": (TYPE["secondary"], 400, "ink_2"),
    "caption": (TYPE["caption"], 400, "ink_3"),
    "trailing": (TYPE["secondary"], 600, "ink_2"),
    "error": (TYPE["secondary"], 400, "bad"),
    "code": (18.0, 700, "ink"),
    "brand": (18.0, 700, "rail_ink"),
}
"""What a label's role looks like: size at 100 %, weight, colour. `code` is spaced."""

# (text, ground, least contrast): every pair that is drawn somewhere. Large text and signs need 3.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((ink, ground, 4.5) for ink in ("ink", "ink_2", "ink_3") for ground in ("bg", "surface", "surface_2")),
    *(("brand", ground, 4.5) for ground in ("bg", "surface", "surface_2", "brand_soft")),
    *((ink, "brand_soft", 4.5) for ink in ("ink", "ink_2")),
    ("on_brand", "brand", 4.5),
    ("on_off", "off", 3.0),
    *((kind, f"{kind}_soft", 4.5) for kind in ("ok", "warn", "bad")),
    *((kind, "surface", 4.5) for kind in ("ok", "warn", "bad")),
    *(("ink", f"{kind}_soft", 4.5) for kind in ("ok", "warn", "bad", "accent")),
    ("accent", "accent_soft", 3.0),
    ("field", "surface", 3.0),
    *((ink, ground, 4.5) for ink in ("rail_ink", "rail_ink_2") for ground in ("rail", "rail_on", "rail_card")),
    *((kind, ground, 3.0) for kind in ("rail_done", "rail_warn", "rail_bad") for ground in ("rail", "rail_on")),
    *(("rail_sign", kind, 4.5) for kind in ("rail_done", "rail_warn", "rail_bad")),
    ("star", "rail", 3.0),
)


def _luminance(colour: str) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    c = QColor(colour)
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF())


def contrast(a: str, b: str) -> float:
    """The WCAG 2.2 contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


class Theme(QObject):
    """The theme in force."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = "light"
        self.scale = 1.0
        self.still = False
        """Reduced motion: nothing turns."""
        self.controls = False
        """Whether Qt's own controls are dressed too."""
        self.times = 0
        """How often it was applied: who remembers the number need not compare colours and sizes."""
        self._fonts: dict[tuple[int, int, bool], QFont] = {}

    def color(self, name: str) -> QColor:
        return QColor(TOKENS[self.name][name])

    def hex(self, name: str) -> str:
        return TOKENS[self.name][name]

    def px(self, size: float) -> int:
        """A length that grows with the text."""
        return round(size * self.scale)

    def font(self, role: str = "body", bold: bool = False) -> QFont:
        """A font of the type scale for painted text."""
        return self._font(TYPE[role], 700 if bold else 400)

    def role_font(self, role: str) -> QFont:
        """The font of a label's role; an unknown role is body text."""
        size, weight, _ = ROLES.get(role, ROLES["body"])
        return self._font(size, weight, spaced=role == "code")

    def _font(self, size: float, weight: int, spaced: bool = False) -> QFont:
        """A copy of the caller's own. Fonts are asked for at every measure and every painting: each one is made once."""
        key = (self.px(size), weight, spaced)
        if key not in self._fonts:
            font = QFont(fonts.families())
            font.setPixelSize(key[0])
            font.setWeight(QFont.Weight(weight))
            if spaced:
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 2)
            self._fonts[key] = font
        return QFont(self._fonts[key])


_theme: Theme | None = None


def current() -> Theme:
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def reduced_motion() -> bool:
    """Whether the person or the desktop asked for no movement."""
    from PySide6.QtWidgets import QStyle  # its many enumerations are built at the import: not before something turns

    style = QApplication.style()
    return current().still or style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def apply(app: QApplication, theme_name: str = "light", text_scale: float = 1.0, *, controls: bool = True) -> Theme:
    """Set palette, font and style sheet. Unknown names fall back to light; the scale is kept within 1.0 and 2.0.

    Without `controls` the style sheet waits for `dress_controls`: the kit paints itself, and only Qt's own controls need one.
    """
    theme = current()
    theme.times += 1
    theme.controls = theme.controls or controls
    theme.name = theme_name if theme_name in TOKENS else "light"
    theme.scale = min(2.0, max(1.0, text_scale))
    if not app.property("fusion"):
        # The native styles ignore parts of a style sheet and mirror differently; Fusion is the same everywhere.
        app.setStyle("Fusion")
        app.setProperty("fusion", True)
    app.setFont(theme.font())
    app.setPalette(_palette(theme))
    if theme.controls:
        app.setStyleSheet(sheet(TOKENS[theme.name], RADIUS))
    theme.changed.emit()
    return theme


def dress_controls(app: QApplication) -> None:
    """The style sheet of Qt's own controls: fields, scroll bars, progress bars, tool tips. It costs 20 ms, whatever is on the page."""
    theme = current()
    if not theme.controls:
        theme.controls = True
        app.setStyleSheet(sheet(TOKENS[theme.name], RADIUS))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for target, token in (
        (role.Window, "bg"), (role.WindowText, "ink"), (role.Base, "surface"), (role.AlternateBase, "surface_2"),
        (role.Text, "ink"), (role.Button, "surface"), (role.ButtonText, "ink"), (role.Highlight, "brand"),
        (role.HighlightedText, "on_brand"), (role.Link, "brand"), (role.LinkVisited, "brand"), (role.PlaceholderText, "ink_3"),
        (role.ToolTipBase, "surface"), (role.ToolTipText, "ink"), (role.Mid, "line"), (role.Accent, "brand"),
    ):  # fmt: skip
        palette.setColor(target, theme.color(token))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, theme.color("ink_3"))
    return palette

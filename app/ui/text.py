"""Labels: roles instead of fonts, and the right edge in both directions."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui import theme
from app.ui.measure import height, lines

_RLM = "\u200f"


def _needs_mark(text: str) -> bool:
    """Whether Arabic text begins with a Latin word, which would turn the whole paragraph left-to-right."""
    if max(text, default="") < "\u0590":
        return False
    for character in text:
        if "\u0590" <= character <= "\u08ff":
            return False
        if character.isalpha():
            return any("\u0590" <= c <= "\u08ff" for c in text)
    return False


def draw_wrapped(painter: QPainter, box: QRect | QRectF, text: str, align: Qt.AlignmentFlag, *, wrap: bool = True) -> None:
    """Draw text in the painter's font and pen, vertically centred, at the horizontal edge `align` (absolute)."""
    words = lines(text, painter.font(), round(box.width()), align, wrap=wrap)
    words.layout.draw(painter, QPointF(box.x(), box.y() + (box.height() - words.height) / 2))


class Text(QLabel):
    """A wrapping label that lies at the start edge of the page's direction, whatever script its text is in.

    It takes font and colour from its role; `ink` is another colour's token, for other grounds.
    """

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None, *, ink: str = "") -> None:
        super().__init__(parent)
        self._source = ""
        self._centred = False
        self._plain = True
        """Drawn here; else (rich text, or text that can be selected) by QLabel."""
        self._role, self._ink = role, ink
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        super().setTextFormat(Qt.TextFormat.PlainText)
        self._dress()
        self.setText(text)

    def setText(self, text: str) -> None:
        self._source = text
        plain = self.textFormat() == Qt.TextFormat.PlainText
        super().setText(_RLM + text if plain and _needs_mark(text) else text)

    def text(self) -> str:
        return self._source

    def set_role(self, role: str) -> None:
        self._role = role
        self._dress()
        self.update()

    def centre(self) -> "Text":
        self._centred = True
        self._dress()
        return self

    def setTextFormat(self, format_: Qt.TextFormat) -> None:
        super().setTextFormat(format_)
        self._leave_to_qt()

    def setTextInteractionFlags(self, flags: Qt.TextInteractionFlag) -> None:
        super().setTextInteractionFlags(flags)
        self._leave_to_qt()

    def _leave_to_qt(self) -> None:
        selectable = self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
        self._plain = self.textFormat() == Qt.TextFormat.PlainText and not selectable
        self._dress()

    def colour(self) -> QColor:
        return theme.current().color(self._ink or theme.ROLES.get(self._role, theme.ROLES["body"])[2])

    def _dress(self) -> None:
        t = theme.current()
        font = t.role_font(self._role)
        self._dressed = t.times, font.pixelSize()
        self.setFont(font)
        if not self._plain:
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.WindowText, self.colour())
            self.setPalette(palette)
            # QLabel aligns by the script of its text; absolute alignment follows the page instead.
            self.setAlignment(self._edge() | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def _undressed(self) -> bool:
        """Whether the theme changed, or a new style sheet gave back what Qt thinks was worn before."""
        if (theme.current().times, self.font().pixelSize()) != self._dressed:
            return True
        return not self._plain and self.palette().color(QPalette.ColorRole.WindowText) != self.colour()

    def heightForWidth(self, width: int) -> int:
        # QLabel shapes its words anew each time it is asked, and a layout asks often: it was two fifths of showing a page.
        if not (self._plain and self._source):
            return super().heightForWidth(width)
        return height(self._source, self.font(), max(width, self.minimumWidth()), wrap=self.wordWrap())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._plain:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.colour())
        draw_wrapped(painter, self.contentsRect(), self._source, self._edge(), wrap=self.wordWrap())
        painter.end()

    def _edge(self) -> Qt.AlignmentFlag:
        if self._centred:
            return Qt.AlignmentFlag.AlignHCenter
        right = self.isRightToLeft()
        return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft

    def changeEvent(self, event: QEvent) -> None:
        # A new theme or text size comes as a new style sheet: Qt tells windows alone of the application's font and palette.
        kind = event.type()
        if kind == QEvent.Type.LayoutDirectionChange or (kind == QEvent.Type.StyleChange and self._undressed()):
            self._dress()
            if self.textFormat() == Qt.TextFormat.RichText:
                # A link keeps the colour of the theme in which its words were read: they are read anew.
                super().setText("")
                super().setText(self._source)
        super().changeEvent(event)


class SizedText(Text):
    """Text of a size that no role has (pixels at 100 %), following the theme's scale."""

    def __init__(self, role: str, size: int, *, bold: bool = False) -> None:
        super().__init__("", role)
        self._wanted, self._bold = size, bold
        self._size()

    def _size(self) -> None:
        wanted = f"font-size: {theme.current().px(self._wanted)}px;" + (" font-weight: 700;" if self._bold else "")
        if wanted != self.styleSheet():
            self.setStyleSheet(wanted)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._size()


def label(text: str = "", role: str = "body", parent: QWidget | None = None, *, ink: str = "") -> Text:
    """A plain-text label. Roles: title, greeting, lead, why, card_title, row, body, secondary, caption, code, trailing, error."""
    return Text(text, role, parent, ink=ink)


def rich(text: str = "", role: str = "body", parent: QWidget | None = None) -> Text:
    """A label with simple HTML (bold, links); links are reachable by keyboard. Never give it text from outside."""
    made = Text("", role, parent)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
    made.setText(text)
    return made

"""Labels: roles instead of fonts, and the right edge in both directions."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_RLM = "\u200f"


def _needs_mark(text: str) -> bool:
    """Whether Arabic text begins with a Latin word, which would turn the whole paragraph left-to-right."""
    for character in text:
        if "\u0590" <= character <= "\u08ff":
            return False
        if character.isalpha():
            return any("\u0590" <= c <= "\u08ff" for c in text)
    return False


def _arabic(text: str) -> bool:
    return any("\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufefc" for c in text)


def draw_wrapped(painter: QPainter, box: QRect | QRectF, text: str, align: Qt.AlignmentFlag, *, wrap: bool = True) -> None:
    """Draw text in the painter's font and pen, vertically centred, at the horizontal edge `align` (absolute).

    QPainter.drawText lets the space at a wrapped line's end push Arabic lines away from the right edge; a text layout does not.
    """
    rtl = _arabic(text)
    option = QTextOption(align | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.WordWrap if wrap else QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
    layout = QTextLayout(text.replace("\n", "\u2028"), painter.font())
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (made := layout.createLine()).isValid():
        made.setLineWidth(float(box.width()))
        made.setPosition(QPointF(0, height))
        height += made.height()
    layout.endLayout()
    layout.draw(painter, QPointF(box.x(), box.y() + (box.height() - height) / 2))


def restyle(widget: QWidget) -> None:
    """Take the look of changed properties. A widget never shown takes it when it is: nothing to do, and QStyle stays unloaded."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Text(QLabel):
    """A wrapping label that lies at the start edge of the page's direction, whatever script its text is in."""

    def __init__(self, text: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = ""
        self._centred = False
        self.setProperty("role", role)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)
        self._align()

    def setText(self, text: str) -> None:
        self._source = text
        plain = self.textFormat() == Qt.TextFormat.PlainText
        super().setText(_RLM + text if plain and _needs_mark(text) else text)

    def text(self) -> str:
        return self._source

    def set_role(self, role: str) -> None:
        self.setProperty("role", role)
        restyle(self)

    def centre(self) -> "Text":
        self._centred = True
        self._align()
        return self

    def _align(self) -> None:
        # QLabel aligns by the script of its text; absolute alignment follows the page instead.
        self.setAlignment(self._edge() | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:
        plain = self.textFormat() == Qt.TextFormat.PlainText
        if not plain or self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        draw_wrapped(painter, self.contentsRect(), self._source, self._edge(), wrap=self.wordWrap())
        painter.end()

    def _edge(self) -> Qt.AlignmentFlag:
        if self._centred:
            return Qt.AlignmentFlag.AlignHCenter
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._align()
        super().changeEvent(event)


def label(text: str = "", role: str = "body", parent: QWidget | None = None) -> Text:
    """A plain-text label. Roles: title, greeting, lead, why, card_title, row, body, secondary, caption, code, trailing, error."""
    return Text(text, role, parent)


def rich(text: str = "", role: str = "body", parent: QWidget | None = None) -> Text:
    """A label with simple HTML (bold, links); links are reachable by keyboard. Never give it text from outside."""
    made = Text("", role, parent)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
    made.setText(text)
    return made

"""The choices of how things look."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from app.ui import i18n, theme
from app.ui.cards import Panel
from app.ui.text import label
from app.ui.toggles import RadioButton

SCALES = (1.0, 1.25, 1.5, 2.0)


class DisplayPanel(Panel):
    """Theme and text size, in a small panel over the page; the window closes it on Escape or a click elsewhere."""

    chosen = Signal(str, float)

    def __init__(self, button: QWidget, parent: QWidget) -> None:
        """`button` is what opens it; it lies below."""
        super().__init__("surface", "line", parent=parent)
        self._button = button
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._follow)
        self.setObjectName("popover")
        self._themes, self._scales = QButtonGroup(self), QButtonGroup(self)
        self.theme_title, self.size_title = label("", "card_title"), label("", "card_title")
        self.themes = {name: RadioButton() for name in theme.TOKENS}
        self.scales = {scale: RadioButton(i18n.ltr(f"{round(scale * 100)} %")) for scale in SCALES}
        down = QVBoxLayout(self)
        down.setContentsMargins(16, 14, 16, 14)
        down.setSpacing(4)
        down.addWidget(self.theme_title)
        for button in self.themes.values():
            self._themes.addButton(button)
            down.addWidget(button)
        down.addSpacing(6)
        down.addWidget(self.size_title)
        for button in self.scales.values():
            self._scales.addButton(button)
            down.addWidget(button)
        for button in (*self.themes.values(), *self.scales.values()):
            button.clicked.connect(self._clicked)
        self.hide()
        self.retranslate()
        self._window: QWidget | None = None
        """Watched while the panel is open."""

    def open(self) -> None:
        self.refresh()
        self._place()
        self._watch(self.window())
        self.show()
        self.raise_()
        self.themes[theme.current().name].setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        """Below its button, at the edge where the page begins, whole within the window."""
        self.adjustSize()
        window = self.window()
        rect = self._button.rect()
        corner = self._button.mapTo(window, rect.bottomRight() if self.isRightToLeft() else rect.bottomLeft())
        left = corner.x() + 1 - self.width() if self.isRightToLeft() else corner.x()
        self.move(max(16, min(left, window.width() - self.width() - 16)), max(8, min(corner.y() + 6, window.height() - self.height() - 8)))

    def _watch(self, window: QWidget | None) -> None:
        """A new text size, language or window moves the button the panel hangs from, a moment later."""
        for part in (self._window, self._button) if self._window is not None else ():
            part.removeEventFilter(self)
        self._window = window
        for part in (window, self._button) if window is not None else ():
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._soon.start()
        return False

    def _follow(self) -> None:
        if self.isVisible():
            self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        self._watch(None)
        super().hideEvent(event)

    def retranslate(self) -> None:
        self.theme_title.setText(self.tr("Colours"))
        self.size_title.setText(self.tr("Text size"))
        words = {"light": self.tr("Light"), "dark": self.tr("Dark"), "contrast": self.tr("High contrast")}
        for name, button in self.themes.items():
            button.setText(words[name])
        for scale, button in self.scales.items():
            size = i18n.ltr(f"{round(scale * 100)} %")
            button.setAccessibleName(self.tr("Text size %1").replace("%1", size))

    def refresh(self) -> None:
        now = theme.current()
        self.themes[now.name].setChecked(True)
        self.scales[min(SCALES, key=lambda scale: abs(scale - now.scale))].setChecked(True)

    def _clicked(self) -> None:
        name = next(name for name, button in self.themes.items() if button.isChecked())
        scale = next(scale for scale, button in self.scales.items() if button.isChecked())
        self.chosen.emit(name, scale)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.LayoutDirectionChange, QEvent.Type.StyleChange):
            self._soon.start()

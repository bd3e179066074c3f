"""The choices of how things look."""

from PySide6.QtCore import QEvent, Qt, Signal
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
        theme.current().changed.connect(self._restyled)

    def open(self) -> None:
        self.refresh()
        self._place()
        self.show()
        self.raise_()
        self.themes[theme.current().name].setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        self.adjustSize()
        window = self.window()
        corner = self._button.mapTo(window, self._button.rect().bottomLeft())
        self.move(max(16, min(corner.x(), window.width() - self.width() - 16)), corner.y() + 6)

    def _restyled(self) -> None:
        if self.isVisible():
            self._place()

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

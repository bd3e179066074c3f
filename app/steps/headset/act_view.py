"""One act at a time: a sentence, the bars or the keys, one line that says what is heard, and at most three buttons."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.content import Advice
from app.steps.headset.drawing import HeadsetDrawing, Lit
from app.steps.headset.keypad import Keypad
from app.steps.headset.meter import Meter
from app.ui.text import SizedText
from app.ui.widgets import ButtonRow, Notice, PrimaryButton, QuietButton, Text, label


@dataclass(frozen=True)
class Shown:
    """All the view shows. Empty words hide their part."""

    words: str = ""
    state: str = ""
    meter: bool = False
    keypad: bool = False
    drawing: Lit | None = None
    """The headset itself, where there are neither bars nor keys; None: not shown."""
    main: str = ""
    other: str = ""
    third: str = ""
    told: Advice | None = None
    """What went wrong the last time, with what to do about it."""


class ActView(QWidget):
    """`main`, `other`, `third` are the buttons; the page knows what they mean now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words, self.state, self.meter, self.keypad = SizedText("large", 19), Text("", "secondary"), Meter(), Keypad()
        self.drawing = HeadsetDrawing()
        self.notice, self.hints = Notice(label("", "row"), "bad"), label("", "secondary")
        words = QVBoxLayout()
        words.setSpacing(4)
        self.notice.body.removeWidget(self.notice.text)
        words.addWidget(self.notice.text)
        words.addWidget(self.hints)
        self.notice.body.addLayout(words, 1)
        self.notice.body.setAlignment(self.notice.mark, Qt.AlignmentFlag.AlignTop)
        self.main, self.other, self.third = PrimaryButton(), QuietButton(), QuietButton()
        self.buttons = ButtonRow(self.main, self.other, self.third)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 4, 0, 0)
        down.setSpacing(12)
        # What is drawn takes the room that is left: it is looked at from where one speaks.
        drawn: dict[QWidget, int] = {self.drawing: 40, self.meter: 20}
        for part in (self.words, self.drawing, self.keypad, self.meter, self.state, self.notice, self.buttons):
            down.addWidget(part, drawn.get(part, 0))
        down.addStretch(1)
        self._shown = Shown()
        self.show_act(Shown())

    def show_act(self, shown: Shown) -> None:
        focused = next((b for b in (self.main, self.other, self.third) if b.hasFocus()), None)
        self._shown = shown
        self._say(self.words, shown.words)
        self._say(self.state, shown.state)
        self.meter.setVisible(shown.meter)
        self.keypad.setVisible(shown.keypad)
        self.drawing.setVisible(shown.drawing is not None)
        if shown.drawing is not None:
            self.drawing.show_lit(shown.drawing, self.tr("Left"), self.tr("Right"))
        for button, words in ((self.main, shown.main), (self.other, shown.other), (self.third, shown.third)):
            if button.text() != words:
                button.setText(words)
            button.setVisible(bool(words))
        self.buttons.setVisible(bool(shown.main or shown.other or shown.third))
        self.notice.setVisible(shown.told is not None)
        if shown.told is not None:
            hints = [f"{number}. {action.title.rstrip('.')}. {action.detail}" for number, action in enumerate(shown.told.actions, 1)]
            self._say(self.notice.text, shown.told.title)
            self._say(self.hints, "\n".join(hints) or shown.told.meaning)
        if focused is not None and not focused.isVisible():
            # The keyboard stays where the next thing is.
            (self.keypad.keys[1] if shown.keypad else next((b for b in (self.main, self.other) if b.isVisible()), self.state)).setFocus()

    def tint(self, kind: str) -> None:
        """`bad`: something was proved; `warn`: nothing was."""
        if self.notice.mark.kind != kind:
            self.notice.set_kind(kind)

    def set_state(self, text: str) -> None:
        """The live line alone; 25 times a second costs nothing while the words stay."""
        self._say(self.state, text)

    @staticmethod
    def _say(part: Text, text: str) -> None:
        if part.text() != text:
            part.setText(text)
        if part.isHidden() == bool(text):
            part.setVisible(bool(text))

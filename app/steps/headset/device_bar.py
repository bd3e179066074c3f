"""Which headset is in use, and another at will."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from app.core.headset import Connection, Device, Devices, Form, model_of
from app.steps.headset.check import Chosen, KitMatch, is_headset
from app.ui import i18n
from app.ui.widgets import Card, Flow, LinkButton, Pill, RadioButton, empty, label


class DeviceBar(QWidget):
    """`chosen(microphone key, ear piece key)` when the agent takes another."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.pill, self.change = label("", "card_title"), Pill(), LinkButton()
        self.note = label("", "secondary")
        self.change.setCheckable(True)
        named = QWidget()
        flow = Flow(named, gap=10)
        for part in (self.name, self.pill):
            flow.addWidget(part)
        self.name.setWordWrap(False)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(named, 1)
        across.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        self.panel = Card(kind="quiet")
        self._microphones, self._ears = QButtonGroup(self), QButtonGroup(self)
        self._caption_in, self._caption_out = label("", "row"), label("", "row")
        self._list_in, self._list_out = QVBoxLayout(), QVBoxLayout()
        for caption, rows in ((self._caption_in, self._list_in), (self._caption_out, self._list_out)):
            rows.setSpacing(2)
            self.panel.body.addWidget(caption)
            self.panel.body.addLayout(rows)
        self.panel.hide()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addLayout(across)
        down.addWidget(self.note)
        down.addWidget(self.panel)
        self.change.toggled.connect(self.panel.setVisible)
        self._shown: tuple[Devices, Chosen, KitMatch] = (Devices(), Chosen(), "unknown")
        self.retranslate()

    def show_devices(self, devices: Devices, chosen: Chosen, kit: KitMatch) -> None:
        if (devices, chosen, kit) != self._shown:
            self._shown = (devices, chosen, kit)
            self.retranslate()

    def rest(self, resting: bool) -> None:
        """While something is played or recorded nobody changes devices."""
        self.change.setEnabled(not resting)
        if resting:
            self.change.setChecked(False)

    def retranslate(self) -> None:
        devices, chosen, kit = self._shown
        one = chosen.microphone or chosen.ear
        self.name.setText(self._named(model_of(one.name) if one.form is Form.HEADSET else one.name) if one else self.tr("No headset"))
        self.pill.setVisible(one is not None)
        if one is not None:
            good = is_headset(chosen) and not one.hands_free
            usual = all(d is None or d.is_default for d in (chosen.microphone, chosen.ear))
            words = self.tr("%1, default") if usual else self.tr("%1, not the default")
            tone = "ok" if good and one.form is Form.HEADSET else "plain" if good else "warn"
            self.pill.set(words.replace("%1", self._kind_words(one)), tone if usual else "warn")
        if one is not None and chosen.code:
            self.pill.set(self.tr("unplugged"), "warn")
        self._note(chosen, kit)
        self.change.setText(self.tr("Change"))
        self.change.setVisible(len(devices.inputs) + len(devices.outputs) > 0)
        self._caption_in.setText(self.tr("Microphone"))
        self._caption_out.setText(self.tr("Ear piece"))
        self._fill(self._list_in, self._microphones, devices.inputs, chosen.microphone)
        self._fill(self._list_out, self._ears, devices.outputs, chosen.ear)

    def _note(self, chosen: Chosen, kit: KitMatch) -> None:
        parts = []
        if chosen.ready and chosen.microphone and chosen.ear and model_of(chosen.microphone.name) != model_of(chosen.ear.name):
            parts.append(self.tr("Sound goes to: %1").replace("%1", self._named(chosen.ear.name)))
        if kit == "no":
            parts.append(self.tr("Not the model on your sheet; the helpdesk is told."))
        if chosen.microphone is not None and chosen.microphone.hands_free:
            parts.append(self.tr("Bluetooth hands-free carries telephone sound only."))
        self.note.setText(" ".join(parts))
        self.note.setVisible(bool(parts))

    def _named(self, name: str) -> str:
        """A demo's headset says in its name that it is virtual: to a person, in their words."""
        real = name.removesuffix(" (virtual)")
        return i18n.ltr(real) if real == name else self.tr("%1 (virtual)").replace("%1", i18n.ltr(real))

    def _kind_words(self, device: Device) -> str:
        if device.form in (Form.BUILT_IN, Form.SPEAKERS):
            return self.tr("part of the PC, not a headset")
        return {
            Connection.USB: self.tr("USB headset"),
            Connection.BLUETOOTH: self.tr("Bluetooth headset"),
            Connection.JACK: self.tr("wired headset"),
        }.get(device.connection, self.tr("headset") if device.form is Form.HEADSET else self.tr("sound device"))

    def _fill(self, rows: QVBoxLayout, group: QButtonGroup, devices: tuple[Device, ...], now: Device | None) -> None:
        focused = any(button.hasFocus() for button in group.buttons())
        for button in group.buttons():
            group.removeButton(button)
        empty(rows)
        for device in devices:
            button = RadioButton(device.name)
            button.setChecked(now is not None and device.key == now.key)
            button.setProperty("key", device.key)
            button.clicked.connect(self._picked)
            group.addButton(button)
            rows.addWidget(button)
            if focused and button.isChecked():
                button.setFocus()

    def _picked(self) -> None:
        def key(group: QButtonGroup) -> str:
            button = group.checkedButton()
            return str(button.property("key")) if button is not None else ""

        self.chosen.emit(key(self._microphones), key(self._ears))

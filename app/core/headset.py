"""The headset as the step sees it: sound devices, one take of the microphone, one sound in the ears. Shapes, ports, and what a name tells.

Nothing here imports numpy or Qt: start-up reads this module.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.core.acoustics.recording import Recording


class Form(StrEnum):
    HEADSET = "headset"
    BUILT_IN = "built_in"
    SPEAKERS = "speakers"
    OTHER = "other"


class Connection(StrEnum):
    USB = "usb"
    JACK = "jack"
    BLUETOOTH = "bluetooth"
    INTERNAL = "internal"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Device:
    """One way in or out. `key` is the system's own name of it; `name` is what people read."""

    key: str
    name: str
    form: Form = Form.OTHER
    connection: Connection = Connection.UNKNOWN
    is_default: bool = False
    """The system's default: what a softphone takes unless told otherwise."""
    rate_hz: int = 48_000
    """The rate the device itself works at, as far as the system says."""
    hands_free: bool = False
    """The telephone side of a Bluetooth headset (HFP): 8 or 16 kHz."""


@dataclass(frozen=True)
class Devices:
    inputs: tuple[Device, ...] = ()
    outputs: tuple[Device, ...] = ()


BUSY_S = 0.05
"""A PC that keeps a program waiting for so long loses sound by itself. Measured on two processors: 2 ms at rest and with two programs
that never rest, 20 with eight, and 60 to 70 with twenty, where a take lost 0.2 to 1.3 %.
"""


@dataclass(frozen=True)
class Take:
    """What the microphone gave. `recording` lives in memory only; whoever holds a take erases it."""

    recording: "Recording"
    """`captured_s` is set: its frames may be held against the monotonic clock."""
    played_at: int | None = None
    """The frame that was arriving as the device took the sound's first sample, if one was played."""

    held_up_s: float = 0.0
    """The longest this PC kept the program waiting while the take ran."""

    @property
    def pc_was_busy(self) -> bool:
        return self.held_up_s >= BUSY_S

    def since_played(self) -> "Recording":
        """From that frame on: what an echo is measured on. A view: erased with the take."""
        return replace(self.recording, samples=self.recording.samples[self.played_at or 0 :], captured_s=None)

    def erase(self) -> None:
        self.recording.erase()


@dataclass(frozen=True)
class Level:
    """Forty milliseconds of the microphone, in dB re full scale (a full-scale square wave is 0). Digital silence is -120."""

    rms_dbfs: float
    peak_dbfs: float
    at_s: float
    """Seconds of the take so far."""


QUIET_DBFS = -120.0


class Audio(Protocol):
    """The sound devices of this PC.

    Errors of every call but `devices` and `watch`: HeadsetError `headset.no_audio`, `headset.busy`, `headset.permission_refused`,
    `headset.vanished`, `headset.stalled`, `headset.dropouts` (more sound than time, or less), `headset.pc_busy` (the same, where it is
    the PC's fault).
    """

    simulated: bool

    async def open(self) -> None:
        """Make ready, once; later calls cost nothing. Up to a second."""
        ...

    def devices(self) -> Devices:
        """What is plugged in now; never raises. After `open`."""
        ...

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Be told of a plug or unplug, once things have settled. The answer ends it."""
        ...

    async def record(
        self,
        microphone: Device,
        seconds: float,
        heard: Callable[[Level], None] | None = None,
        sound: "Recording | None" = None,
        ear: Device | None = None,
    ) -> Take:
        """`seconds` of the microphone, counted from when data flows. With a `sound`, `ear` is given silence until it plays and the
        microphone has settled; the take begins with the sound, up to a fifth of a second before it is heard.

        Ends within `seconds` and ten more. `heard` is called 25 times a second. Cancelled, it lets the device go and erases.
        """
        ...

    async def play(self, ear: Device, sound: "Recording") -> None:
        """Play to the end. Ends within the sound's length and five seconds more."""
        ...


# --- what a name tells -----------------------------------------------------------------------------------------------

_HEADSETS = (
    r"head ?set|casque|micro-casque|سماعة|head ?phones?|earphones?|ear ?buds?|airpods|hands-?free|handsfree|a2dp"
    r"|jabra|plantronics|poly\b|blackwire|voyager|encore ?pro|epos|sennheiser|evolve|biz ?\d{4}|savi|logitech (usb )?h\d{3}|zone wired"
    r"|yealink|uh3\d|wh-1000|wf-1000"
)
_BUILT_IN = (
    r"array|built-?in|internal|intern[ea]|intégré|realtek|conexant|synaptics|cirrus|high definition audio|hd audio|smart sound"
    r"|\bpci-|hda|webcam|camera|caméra"
)
_SPEAKERS = r"speakers?|haut-?parleurs?|hdmi|displayport|display audio|monitor|line out|s/?pdif|digital stereo"
_JACK = r"\bjack\b|external mic|external headset|front mic|rear mic|mic in|headphones? \(realtek|headset mic"
_BLUETOOTH = r"bluez|bluetooth|\bbth|hands-?free|handsfree|\bhfp\b|\bhsp\b|a2dp|airpods|wh-1000|wf-1000|ag audio"
_USB = r"\busb\b|usb-|usbstream|jabra|plantronics|blackwire|epos|sennheiser|evolve|logitech"
_KIND_OF_DEVICE = r"\b(mic(rophone)?|micro|earphones?|headphones?|headset|hands-free( ag audio)?|stereo|mono|analog)\b"
_HANDS_FREE = r"hands-?free|handsfree|\bhfp\b|\bhsp\b|ag audio"


def _says(pattern: str, *texts: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) is not None for text in texts)


def form_of(name: str, key: str = "") -> Form:
    """What a device is, by its names. A headset on the PC's own socket is a headset."""
    if _says(_HEADSETS, name) or _says(r"headset|handsfree|hands-free", key):
        return Form.HEADSET
    if _says(_SPEAKERS, name):
        return Form.SPEAKERS
    return Form.BUILT_IN if _says(_BUILT_IN, name, key) else Form.OTHER


def connection_of(name: str, key: str = "") -> Connection:
    if _says(_BLUETOOTH, name, key):
        return Connection.BLUETOOTH
    if _says(_USB, name, key):
        return Connection.USB
    if _says(_JACK, name):
        return Connection.JACK
    if _says(_BUILT_IN, name, key):
        return Connection.JACK if _says(_HEADSETS, name) else Connection.INTERNAL
    return Connection.UNKNOWN


def is_hands_free(name: str, key: str = "") -> bool:
    return _says(_HANDS_FREE, name, key)


def model_of(name: str) -> str:
    """The model in a device's name: what Windows puts in brackets, without « 2- » (the second of its kind); else the name itself."""
    bracketed = re.search(r"\((?!virtual\))([^()]+(?:\([^()]*\))?[^()]*)\)\s*$", name)  # a demo's says what it is, not which
    text = bracketed.group(1) if bracketed else name
    text = re.sub(r"^\d+-\s*", "", text)
    text = re.sub(_KIND_OF_DEVICE, " ", text, flags=re.IGNORECASE)
    return " ".join(text.split()) or name.strip()


def matches(model: str, name: str) -> bool:
    """Whether a device's name is this model: every word of the model with a digit, and its maker, stand in the name."""
    words = re.findall(r"[a-z0-9]+", model.lower())
    there = set(re.findall(r"[a-z0-9]+", name.lower()))
    joined = "".join(re.findall(r"[a-z0-9]+", name.lower()))
    return bool(words) and all(word in there or (len(word) > 2 and word in joined) for word in words)


def _rank(device: Device, kit_model: str) -> tuple[bool, bool, bool, bool, bool]:
    return (
        bool(kit_model) and matches(kit_model, device.name),
        device.form is Form.HEADSET,
        device.is_default,
        device.connection in (Connection.USB, Connection.JACK, Connection.BLUETOOTH),
        not device.hands_free,
    )


def best(devices: Iterable[Device], kit_model: str = "", like: Device | None = None) -> Device | None:
    """The device to begin with: the kit's own headset, else one that goes with `like`, else a headset, the default, a plugged one."""
    found = list(devices)
    if not found:
        return None
    twin = model_of(like.name).lower() if like is not None else ""
    return max(found, key=lambda d: (_rank(d, kit_model)[0], bool(twin) and model_of(d.name).lower() == twin, *_rank(d, kit_model)[1:]))

"""The line as the steps see it: the gateway, the 4G box behind it, and how well it carries a voice call. Shapes and ports only."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True)
class Gateway:
    """The way out of this PC. `address` is empty with no default route. `kind`: wifi, cable, or empty (unknown)."""

    address: str = ""
    interface: str = ""
    kind: str = ""
    wifi_name: str = ""
    wifi_percent: int | None = None


class Sim(StrEnum):
    READY = "ready"
    NONE = "none"
    PIN = "pin"
    PUK = "puk"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class BoxReading:
    """What a box says now. Every value may be missing (None or empty): boxes differ. dBm for RSRP and RSSI, dB for RSRQ and SINR."""

    vendor: str = ""
    model: str = ""
    firmware: str = ""
    imei: str = ""
    sim: Sim = Sim.UNKNOWN
    pin_tries: int | None = None
    operator: str = ""
    plmn: str = ""
    registered: bool | None = None
    roaming: bool | None = None
    network: str = ""
    """2G, 3G, 4G, 4G+, 5G."""
    band: str = ""
    rsrp_dbm: float | None = None
    rsrq_db: float | None = None
    sinr_db: float | None = None
    rssi_dbm: float | None = None
    month_mb: float | None = None
    """Megabytes (10^6 bytes) used this month."""
    devices: int | None = None


class Box(Protocol):
    """One 4G box. Every call is blocking and bounded in time (a few seconds): call it off the loop."""

    address: str
    simulated: bool

    def read(self) -> BoxReading:
        """Errors: BoxError (`box.unreachable`, `box.login_required`, `box.busy`, `box.locked_out`, `box.unintelligible`)."""
        ...

    def log_in(self, password: str) -> None:
        """One try. Errors: BoxError (`box.password_wrong`, `box.locked_out`, and those of `read`)."""
        ...

    def enter_pin(self, pin: str) -> None:
        """One try. Errors: BoxError (`box.pin_wrong`, `box.pin_last_try` before spending the last one, and those of `read`)."""
        ...


class Boxes(Protocol):
    def gateway(self) -> Gateway:
        """Quick (milliseconds) and never raises."""
        ...

    def find(self, address: str = "") -> Box | None:
        """The box at `address`, or at the gateway or the usual addresses. Blocking, within 3 s. None: no known box answers."""
        ...


class Phase(StrEnum):
    """What the voice test is doing."""

    PORTAL = "portal"
    IDLE = "idle"
    DOWNLOAD = "download"
    UPLOAD = "upload"


@dataclass(frozen=True)
class Progress:
    phase: Phase
    spent_mb: float
    budget_mb: float
    part: float
    """0 to 1 of the whole test."""


@dataclass(frozen=True)
class VoiceReport:
    """Figures of a voice test. None: not measured (`transport` tls: loss is unknown). Times in ms, rates in Mbit/s, loss in percent."""

    transport: str
    """udp, or tls where UDP is blocked."""
    rtt_ms: float | None
    jitter_ms: float | None
    """RFC 3550 section 6.4.1, the worse of both directions where both are known."""
    loss_percent: float | None
    loaded_rtt_ms: float | None
    """95th percentile while downloading or uploading, the worse of both."""
    down_mbit: float | None
    up_mbit: float | None
    r_factor: float | None
    mos: float | None
    spent_mb: float
    seconds: float


class VoiceProbe(Protocol):
    async def measure(self, budget_mb: float, codec: str, progress: Callable[[Progress], None]) -> VoiceReport:
        """At most 25 s and `budget_mb` megabytes. Errors: ProbeError (`box.portal`, `box.probe_unreachable`, `box.probe_busy`)."""
        ...

"""A line written by hand: one gateway, one box, one probe; each says what the test sets."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from app.core.errors import BoxError, ProbeError
from app.core.line import Box, BoxReading, Gateway, Phase, Progress, Sim, VoiceReport

WIFI = Gateway("192.168.8.1", "wlan0", "wifi", "HUAWEI-B535", 82)
READING = BoxReading(
    vendor="Huawei", model="B535-232", firmware="11.0.2", imei="867530012344417", sim=Sim.READY, operator="Maroc Telecom", plmn="60401",
    registered=True, roaming=False, network="4G", band="3", rsrp_dbm=-84.0, rsrq_db=-9.0, sinr_db=14.0, rssi_dbm=-58.0, month_mb=1200.0,
)  # fmt: skip
GOOD = VoiceReport("udp", 38.0, 4.2, 0.2, 120.0, 22.0, 9.0, 88.0, 4.2, 6.1, 18.0)


class FakeBox:
    address = "192.168.8.1"
    simulated = True

    def __init__(self) -> None:
        self.reading = READING
        self.error: BoxError | None = None
        self.password = ""
        self.open = True
        self.pin = "1234"
        self.pins: list[str] = []
        self.passwords: list[str] = []
        self.reads = 0
        self.delay_s = 0.0

    def read(self) -> BoxReading:
        self.reads += 1
        time.sleep(self.delay_s)
        if self.error is not None:
            raise self.error
        if not self.open:
            raise BoxError("box.login_required")
        return self.reading

    def log_in(self, password: str) -> None:
        self.passwords.append(password)
        if password != self.password:
            raise BoxError("box.password_wrong")
        self.open = True

    def enter_pin(self, pin: str) -> None:
        self.pins.append(pin)
        left = (self.reading.pin_tries or 3) - 1
        if pin == self.pin:
            self.reading = replace(self.reading, sim=Sim.READY, pin_tries=3)
            return
        self.reading = replace(self.reading, pin_tries=left)
        raise BoxError("box.pin_wrong")


class FakeBoxes:
    def __init__(self) -> None:
        self.way = WIFI
        self.box: FakeBox | None = FakeBox()
        self.finds = 0

    def gateway(self) -> Gateway:
        return self.way

    def find(self, address: str = "") -> Box | None:
        self.finds += 1
        return self.box


class FakeProbe:
    """Goes as far as the first phases, then waits for `gate` (set from the start), then answers."""

    def __init__(self) -> None:
        self.report = GOOD
        self.error: ProbeError | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.runs = 0
        self.cancelled = 0

    async def measure(self, budget_mb: float, codec: str, progress: Callable[[Progress], None]) -> VoiceReport:
        self.runs += 1
        try:
            progress(Progress(Phase.PORTAL, 0.0, budget_mb, 0.0))
            await asyncio.sleep(0)
            if self.error is not None:
                raise self.error
            progress(Progress(Phase.DOWNLOAD, 4.1, budget_mb, 0.6))
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        return self.report


class FakeTones:
    """An output that can be missing, or go while it plays."""

    def __init__(self) -> None:
        self.there = True
        self.open_now = False
        self.played: list[float] = []

    async def open(self) -> bool:
        await asyncio.sleep(0.01)
        self.open_now = self.there
        return self.there

    def play(self, hz: float) -> bool:
        assert self.open_now, "played without having been opened"
        if self.there:
            self.played.append(hz)
        return self.there

    def close(self) -> None:
        self.open_now = False

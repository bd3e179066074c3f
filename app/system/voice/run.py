"""One test of the line, on a loop of its own: check, idle, download, upload."""

import asyncio
import contextlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from app.core import emodel
from app.core.errors import ProbeError
from app.core.line import Phase, Progress, VoiceReport
from app.system.voice import check, figures, http
from app.system.voice.echoes import TlsEchoes, UdpEchoes, open_udp
from app.system.voice.loads import Download, Upload
from app.system.voice.meter import HANDSHAKE_BYTES, Meter

TICK_S = 0.15
PACKET_MS = 30.0
"""Coding and packets of 20 ms, and what the devices add, in the mouth-to-ear delay."""
_UDP_PATIENCE_S = 1.5
_SETTLE_S = 0.8
_LOAD_SETTLE_S = 1.2
_SPARE_S = 0.5
_SLACK_S = 1.0
"""A phase that were planned to the last moment would be cut off before it is counted."""
_UPLOAD_LONGER = 1.5
_DOWN_SHARE, _UP_SHARE = 0.58, 0.29
_MOST_DOWN, _MOST_UP = 4_000_000, 2_000_000
_MOST_QUEUED = 500_000
_LEAST = 60_000
"""Bytes. Under these a load says nothing about a line, and is left out."""
_STARTS = {Phase.PORTAL: (0.0, 0.05), Phase.IDLE: (0.05, 0.5), Phase.DOWNLOAD: (0.5, 0.75), Phase.UPLOAD: (0.75, 1.0)}


def _with(content_mbit: float | None, heard: list[figures.Echo], each: int) -> float | None:
    """What the line carried: the load's content (RFC 6349 section 3.3: past slow start), and the echoes that came through beside it."""
    return None if content_mbit is None else content_mbit + figures.echoes_mbit(heard, each)


@dataclass(frozen=True)
class Plan:
    """Seconds."""

    idle_s: float = 10.0
    load_s: float = 4.0
    limit_s: float = 25.0


class Run:
    def __init__(self, place: http.Place, portal: http.Place, plan: Plan, budget_mb: float, codec: str) -> None:
        self._place, self._portal, self._plan, self._codec = place, portal, plan, codec
        self._meter = Meter(budget_mb * 1e6, plan.limit_s)
        self._phase, self._since, self._expected = Phase.PORTAL, time.monotonic(), 1.0
        self._idle: list[figures.Echo] = []
        self._loss: float | None = None
        self._loaded: list[float] = []
        self._down: float | None = None
        self._up: float | None = None
        self._transport = "udp"

    async def run(self, progress: Callable[[Progress], None]) -> VoiceReport:
        """Errors: ProbeError, as `VoiceProbe.measure`."""
        ticking = asyncio.create_task(self._tick(progress))
        try:
            with contextlib.suppress(TimeoutError):  # what was measured by then is the answer
                async with asyncio.timeout(max(0.0, self._plan.limit_s - _SPARE_S)):
                    await self._phases()
        finally:
            ticking.cancel()
            await asyncio.wait([ticking])
        if not self._idle:
            raise ProbeError("box.probe_unreachable", error="no echo")
        progress(Progress(self._phase, self._meter.spent / 1e6, self._meter.budget / 1e6, 1.0))
        return self._report()

    async def _phases(self) -> None:
        offer = await check.check(self._place, self._portal)
        self._meter.add(2 * HANDSHAKE_BYTES)
        self._enter(Phase.IDLE, self._plan.idle_s)
        udp = await self._open(offer)
        try:
            echoes: UdpEchoes | TlsEchoes
            if udp is not None and await self._idle_udp(udp):
                echoes = udp
            else:
                self._transport = "tls"
                echoes = TlsEchoes(self._place, offer.test, self._meter)
                await echoes.run(max(1.0, self._plan.idle_s - _UDP_PATIENCE_S))
                self._idle = echoes.since(0)
            if self._idle:
                await self._download(offer, echoes)
                await self._upload(offer, echoes)
        finally:
            if udp is not None:
                udp.close()

    async def _open(self, offer: check.Offer) -> UdpEchoes | None:
        if offer.udp_port == 0:
            return None
        try:
            return await open_udp(self._place.host, offer.udp_port, offer.test, self._meter)
        except OSError:
            return None

    async def _idle_udp(self, udp: UdpEchoes) -> bool:
        """False: nothing comes back, UDP is blocked on the way."""
        sending = asyncio.create_task(udp.run(self._plan.idle_s))
        try:
            await asyncio.wait([sending], timeout=_UDP_PATIENCE_S)
            if not udp.echoes:
                return False
            await sending
            await udp.settle(_SETTLE_S)
        finally:
            sending.cancel()
            await asyncio.wait([sending])
        self._idle = udp.since(0)
        self._loss = udp.loss_percent(0, udp.next)
        return True

    async def _download(self, offer: check.Offer, echoes: UdpEchoes | TlsEchoes) -> None:
        size = int(min(_MOST_DOWN, offer.max_bytes, _DOWN_SHARE * self._meter.budget, self._meter.left))
        if size < _LEAST:
            return
        load = Download(self._place, offer.test, size, self._meter)
        heard = await self._loaded_phase(Phase.DOWNLOAD, load, echoes)
        self._down = _with(figures.rate_mbit(load.points, load.first_done) or load.whole_mbit, heard, echoes.each)
        if not load.complete and self._down is not None and self._loaded:
            # Cut off: what the queue held by then still came down the line, and nobody read it.
            self._meter.add(min(_MOST_QUEUED, self._down * 1e6 / 8 * self._loaded[-1] / 1000))

    async def _upload(self, offer: check.Offer, echoes: UdpEchoes | TlsEchoes) -> None:
        size = int(min(_MOST_UP, offer.max_bytes, _UP_SHARE * self._meter.budget, self._meter.left))
        if size < _LEAST:
            return
        load = Upload(self._place, offer.test, size, os.urandom(256 * 1024), self._meter)
        heard = await self._loaded_phase(Phase.UPLOAD, load, echoes)
        stamped = [(echo.server, echo.received) for echo in heard if echo.server is not None]
        points = sorted(stamped)
        load.settle(points[-1][1] if points else 0)
        # The server's figure stands still once the last byte has come: that time is not of the upload.
        growing = [point for number, point in enumerate(points) if number == 0 or point[1] > points[number - 1][1]]
        self._up = _with(figures.rate_mbit(growing, int(0.85 * size)) or load.whole_mbit, heard, echoes.each)

    async def _loaded_phase(self, phase: Phase, load: Download | Upload, echoes: UdpEchoes | TlsEchoes) -> list[figures.Echo]:
        """Run `load` with echoes beside it; gives the echoes sent meanwhile."""
        remaining = 2 if phase is Phase.DOWNLOAD else 1
        each = (self._meter.seconds_left - _SPARE_S - _SLACK_S) / remaining - _LOAD_SETTLE_S
        # A slow line's upload moves in bursts, a lost packet holding back what came after it: it takes what time is left.
        wanted = self._plan.load_s * (_UPLOAD_LONGER if phase is Phase.UPLOAD else 1.0)
        seconds = min(wanted + 0.5, each)  # the half second is for opening
        if seconds < 0.5:
            return []
        self._enter(phase, seconds + _LOAD_SETTLE_S / 2)
        first = echoes.next
        probing = asyncio.create_task(echoes.run(seconds + 0.5))
        try:
            await load.run(seconds)
        finally:
            probing.cancel()
            await asyncio.wait([probing])
        await echoes.settle(_LOAD_SETTLE_S)
        heard = echoes.since(first)
        worst = figures.p95_ms(heard)
        if worst is not None:
            self._loaded.append(worst)
        return heard

    def _report(self) -> VoiceReport:
        rtt, jitter = figures.rtt_ms(self._idle), figures.worse_jitter_ms(self._idle)
        r: float | None = None
        if rtt is not None and jitter is not None and self._loss is not None:
            r = emodel.r_factor(rtt / 2.0 + 2.0 * jitter + PACKET_MS, self._loss, self._codec)
        return VoiceReport(
            transport=self._transport,
            rtt_ms=rtt,
            jitter_ms=jitter,
            loss_percent=self._loss,
            loaded_rtt_ms=max(self._loaded, default=None),
            down_mbit=self._down,
            up_mbit=self._up,
            r_factor=r,
            mos=None if r is None else emodel.mos(r),
            spent_mb=self._meter.spent / 1e6,
            seconds=self._meter.seconds,
        )

    def _enter(self, phase: Phase, expected_s: float) -> None:
        self._phase, self._since, self._expected = phase, time.monotonic(), max(0.1, expected_s)

    async def _tick(self, progress: Callable[[Progress], None]) -> None:
        while True:
            begin, end = _STARTS[self._phase]
            part = begin + (end - begin) * min(1.0, (time.monotonic() - self._since) / self._expected)
            progress(Progress(self._phase, self._meter.spent / 1e6, self._meter.budget / 1e6, part))
            await asyncio.sleep(TICK_S)

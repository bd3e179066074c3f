"""Round trips while something else goes on: by UDP, fifty packets a second like a call, or by small requests where UDP is blocked."""

import asyncio
import struct
import time
from typing import Any, cast

from app.system.voice import http
from app.system.voice.figures import Echo
from app.system.voice.meter import HANDSHAKE_BYTES, Meter

MAGIC = b"MRV1"
HEAD = struct.Struct("!4s8sIQQQ")
"""As app.backend.probe.echo has it: magic, test, sequence, our clock (ns), the server's clock (ns), bytes of uploads received."""
PACKETS_A_SECOND = 50
IP_BYTES = 200
"""G.711, 20 ms: 160 bytes of sound, 12 of RTP, 28 of UDP and IP."""
_UDP_BYTES = IP_BYTES - 28
_REQUEST_BYTES = 700
_PAUSE_S = 0.02


class UdpEchoes(asyncio.DatagramProtocol):
    """Sends packets and keeps what comes back. `since` gives the echoes of one phase."""

    each = IP_BYTES
    """Bytes on the line, each way."""

    def __init__(self, test: bytes, meter: Meter) -> None:
        self._test, self._meter = test, meter
        self._transport: asyncio.DatagramTransport | None = None
        self.sent: dict[int, float] = {}
        self.echoes: dict[int, Echo] = {}
        self._next = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, _address: object) -> None:
        now = time.perf_counter()
        if len(data) != _UDP_BYTES or not data.startswith(MAGIC):
            return
        _, test, sequence, _, server_ns, received = HEAD.unpack_from(data)
        self._meter.add(IP_BYTES)
        began = self.sent.get(sequence)
        if test == self._test and began is not None and sequence not in self.echoes:
            self.echoes[sequence] = Echo(sequence, began, server_ns / 1e9, now, received)

    def error_received(self, _error: Exception) -> None:
        """A port unreachable: it counts as a packet that did not come back."""

    async def run(self, seconds: float) -> None:
        """Send for `seconds`, or until the budget is spent; the schedule is kept, so a late packet does not move the next."""
        began = time.perf_counter()
        count = 0
        while count < seconds * PACKETS_A_SECOND and self._transport is not None and self._meter.left > 2 * IP_BYTES:
            now = time.perf_counter()
            self.sent[self._next] = now
            packet = HEAD.pack(MAGIC, self._test, self._next, int(now * 1e9), 0, 0)
            self._transport.sendto(packet.ljust(_UDP_BYTES, b"\0"))
            self._meter.add(IP_BYTES)
            self._next += 1
            count += 1
            await asyncio.sleep(max(0.0, began + count / PACKETS_A_SECOND - time.perf_counter()))

    async def settle(self, limit_s: float) -> None:
        """Wait for those still on the way: until all are back, or `limit_s`."""
        for _ in range(int(limit_s / 0.02)):
            if len(self.echoes) >= len(self.sent):
                return
            await asyncio.sleep(0.02)

    def since(self, first: int) -> list[Echo]:
        return [echo for sequence, echo in self.echoes.items() if sequence >= first]

    @property
    def next(self) -> int:
        return self._next

    def loss_percent(self, first: int, end: int) -> float | None:
        sent = end - first
        came = sum(1 for sequence in self.echoes if first <= sequence < end)
        return 100.0 * (sent - came) / sent if sent > 0 else None

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()


async def open_udp(host: str, port: int, test: bytes, meter: Meter) -> UdpEchoes:
    """Errors: OSError (no route, no such name)."""
    loop = asyncio.get_running_loop()
    _, echoes = await loop.create_datagram_endpoint(lambda: UdpEchoes(test, meter), remote_addr=(host, port))
    return echoes


class TlsEchoes:
    """Small requests on one connection, one after the other. A lost packet shows as a slow answer, never as a loss."""

    each = _REQUEST_BYTES // 2

    def __init__(self, place: http.Place, test: bytes, meter: Meter) -> None:
        self._place, self._meter = place, meter
        self._target = f"/v1/probe/received?test={test.hex()}"
        self.all: list[Echo] = []

    async def run(self, seconds: float) -> None:
        """Ask for `seconds`; a connection that breaks is opened again. Errors: none, it just measures less."""
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends and self._meter.left > HANDSHAKE_BYTES:
            try:
                async with asyncio.timeout(max(0.05, ends - time.perf_counter() + 1.0)), http.connection(self._place) as streams:
                    self._meter.add(HANDSHAKE_BYTES)
                    await self._ask(streams, ends)
            except http.FAILURES:
                await asyncio.sleep(0.2)

    async def _ask(self, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter], ends: float) -> None:
        while time.perf_counter() < ends and self._meter.left > _REQUEST_BYTES:
            sent = time.perf_counter()
            answer = http.json_object(await http.get_again(self._place, streams, self._target))
            back = time.perf_counter()
            self._meter.add(_REQUEST_BYTES)
            self.all.append(Echo(len(self.all), sent, _whole(answer, "clock_ns") / 1e9, back, _whole(answer, "bytes")))
            await asyncio.sleep(_PAUSE_S)

    @property
    def next(self) -> int:
        return len(self.all)

    def since(self, first: int) -> list[Echo]:
        return self.all[first:]

    async def settle(self, limit_s: float) -> None:
        """Nothing is on the way when `run` ends."""


def _whole(answer: dict[str, Any], name: str) -> int:
    """Errors: ValueError where it is no whole number that a clock or a counter may show."""
    value = answer.get(name)
    if type(value) is not int or not 0 <= value < 1 << 63:
        raise ValueError(f"{name} is not told")
    return value

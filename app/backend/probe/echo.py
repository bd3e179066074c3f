"""The UDP echo. One packet in, at most one out, never larger, and only for a test that this server named over TCP just before.

That name is why it is no reflector: whoever forges a source address has no name, or spends his own and gets one packet for one.
Layout, network byte order, 40 bytes and then padding that is sent back as it came:
magic 4 | name of the test 8 | sequence 4 | sender's clock 8 (ns, never read here) | server's clock 8 (ns) | bytes of uploads received 8
"""

import asyncio
import struct
import time
from typing import cast

from app.backend.probe.bench import Bench, PacketRate

MAGIC = b"MRV1"
HEAD = struct.Struct("!4s8sIQQQ")
MAX_PACKET = 1472
"""Bytes: an Ethernet frame's worth without IP and UDP headers, so that a tunnel's packet size can be found out."""
_ANSWER = struct.Struct("!QQ")
_ANSWER_AT = HEAD.size - _ANSWER.size


class Echo(asyncio.DatagramProtocol):
    def __init__(self, bench: Bench, rate: PacketRate) -> None:
        self._bench, self._rate = bench, rate
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, address: tuple[str, int]) -> None:
        if not HEAD.size <= len(data) <= MAX_PACKET or not data.startswith(MAGIC) or not self._rate.take(address[0]):
            return
        test = self._bench.take(data[4:12])
        if test is None or self._transport is None:
            return
        answer = bytearray(data)
        _ANSWER.pack_into(answer, _ANSWER_AT, time.monotonic_ns(), test.received)
        self._transport.sendto(answer, address)

    def error_received(self, error: Exception) -> None:
        """Somebody's port closed meanwhile (ICMP): nothing to do."""

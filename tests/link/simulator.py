"""A line between two network namespaces: a TUN device in each, and this process in between.

Kernels without netem can do it, and a seed makes it repeatable. Needs root. As a program it reads shapes as JSON lines on stdin and
answers each with a line; it ends with stdin.

    python -m tests.link.simulator NAMESPACE ADDRESS NAMESPACE ADDRESS
"""

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import struct
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field

DEVICE = "line0"
_TUNSETIFF = 0x400454CA
_IFF_TUN_NO_PI = 0x0001 | 0x1000
_CLONE_NEWNET = 0x40000000
_UDP = 17


@dataclass(frozen=True)
class Shape:
    """`rtt_ms` without jitter; `jitter_ms` is the sigma of each direction; rates in Mbit/s, queue in ms at that rate.

    `loss_percent`, each direction, is one packet at a random place in every run of 100/loss: short tests then see the figure itself.
    """

    rtt_ms: float = 0.0
    jitter_ms: float = 0.0
    loss_percent: float = 0.0
    down_mbit: float = 1000.0
    up_mbit: float = 1000.0
    queue_ms: float = 200.0
    udp: bool = True
    seed: int = 1


@dataclass
class Lane:
    """One direction, from the device `source` to the device `target`."""

    source: int
    target: int
    rate: float = 0.0
    free: float = 0.0
    """When the last bit of what was taken has left."""
    latest: float = 0.0
    """No packet overtakes another."""
    left: dict[int, int] = field(default_factory=dict)
    lost: dict[int, int] = field(default_factory=dict)


class Line:
    """Lane 0 is up (from the first namespace, the agent's), lane 1 is down."""

    def __init__(self, up: Lane, down: Lane) -> None:
        self.lanes = (up, down)
        self._flying: list[tuple[float, int, int, bytes]] = []
        self._count = 0
        self.shape(Shape())

    def shape(self, shape: Shape) -> None:
        self._shape, self._random = shape, random.Random(shape.seed)
        for lane, rate in zip(self.lanes, (shape.up_mbit, shape.down_mbit), strict=True):
            lane.rate, lane.free, lane.latest, lane.left, lane.lost = rate * 1e6 / 8, 0.0, 0.0, {}, {}

    def take(self, lane: Lane, packet: bytes, now: float) -> None:
        """A packet enters: it is lost, finds the queue full, or gets the time at which it comes out."""
        kind = packet[9] if packet[0] >> 4 == 4 else packet[6]
        if (kind == _UDP and not self._shape.udp) or self._loses(lane, kind):
            return
        begins = max(now, lane.free)
        if (begins - now) * 1000 > self._shape.queue_ms:
            return
        lane.free = begins + len(packet) / lane.rate
        out = lane.free + max(0.0, self._random.gauss(self._shape.rtt_ms / 2, self._shape.jitter_ms)) / 1000
        lane.latest = out = max(out, lane.latest)
        self._count += 1
        heapq.heappush(self._flying, (out, self._count, lane.target, packet))

    def _loses(self, lane: Lane, kind: int) -> bool:
        if self._shape.loss_percent <= 0:
            return False
        run = round(100 / self._shape.loss_percent)
        if lane.left.get(kind, 0) == 0:
            lane.left[kind], lane.lost[kind] = run, self._random.randint(1, run)
        lane.left[kind] -= 1
        return lane.left[kind] + 1 == lane.lost[kind]

    def wait_s(self, now: float) -> float:
        return 0.25 if not self._flying else min(0.25, max(0.0, self._flying[0][0] - now))

    def deliver(self, now: float) -> None:
        while self._flying and self._flying[0][0] <= now:
            target, packet = heapq.heappop(self._flying)[2:]
            try:
                os.write(target, packet)
            except OSError:  # the device's own queue is full, or the namespace is going
                continue


def open_device(namespace: str) -> int:
    """The descriptor of a TUN device inside `namespace`. Errors: OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open(f"/var/run/netns/{namespace}", os.O_RDONLY)
    try:
        if libc.setns(there, _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"setns {namespace}")
        try:
            device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH22x", DEVICE.encode(), _IFF_TUN_NO_PI))
        finally:
            if libc.setns(home, _CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns back")
    finally:
        os.close(home)
        os.close(there)
    return device


def main(words: list[str]) -> int:
    near, near_address, far, far_address = words
    devices = open_device(near), open_device(far)
    for namespace, address, peer in ((near, near_address, far_address), (far, far_address, near_address)):
        subprocess.run(["ip", "-n", namespace, "addr", "add", address, "peer", peer, "dev", DEVICE], check=True)
        subprocess.run(["ip", "-n", namespace, "link", "set", DEVICE, "up", "txqueuelen", "500"], check=True)
    lanes = {devices[0]: Lane(devices[0], devices[1]), devices[1]: Lane(devices[1], devices[0])}
    line = Line(lanes[devices[0]], lanes[devices[1]])
    poller = select.epoll()
    for descriptor in (*devices, 0):
        poller.register(descriptor, select.EPOLLIN)
    say("ready")
    while True:
        for descriptor, _ in poller.poll(line.wait_s(time.monotonic())):
            if descriptor == 0:
                text = os.read(0, 4096)
                if not text:
                    return 0
                line.shape(Shape(**json.loads(text)))
                say("shaped")
                continue
            now = time.monotonic()
            for _ in range(64):
                try:
                    packet = os.read(descriptor, 65536)
                except BlockingIOError:
                    break
                line.take(lanes[descriptor], packet, now)
        line.deliver(time.monotonic())


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def written(shape: Shape) -> bytes:
    return json.dumps(asdict(shape)).encode() + b"\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The endpoints for tests of a line, over real sockets: what they give, and what they do not let themselves be used for."""

import contextlib
import json
import os
import socket
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.backend.probe import bench
from app.backend.probe.bench import Bench, PacketRate
from app.backend.probe.echo import HEAD, MAGIC
from tests.backend.rig import Backend


def offer(backend: Backend) -> dict[str, object]:
    answer = backend.client.get(f"{backend.url}/v1/probe")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found: dict[str, object] = answer.json()
    return found


@contextlib.contextmanager
def udp(port: object) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.connect(("127.0.0.1", int(str(port))))
        line.settimeout(2)
        yield line


def packet(name: object, sequence: int = 1, size: int = 172) -> bytes:
    return HEAD.pack(MAGIC, bytes.fromhex(str(name)), sequence, 77, 0, 0).ljust(size, b"\x05")


def silent(line: socket.socket) -> bool:
    line.settimeout(0.3)
    try:
        line.recv(2048)
    except TimeoutError:
        return True
    return False


def test_exactly_204(backend: Backend) -> None:
    answer = backend.client.get(f"{backend.url}/generate_204")
    assert (answer.status_code, answer.content) == (204, b"")


def test_the_offer_and_the_ready_file_name_the_port(backend: Backend) -> None:
    found = offer(backend)
    ready = json.loads((backend.home / "ready.json").read_text("utf-8"))
    assert found["udp_port"] == ready["probe_port"] != 0
    assert (found["max_bytes"], found["busy"]) == (8_000_000, False)
    assert found["test"] != offer(backend)["test"]


@pytest.mark.parametrize("size", [HEAD.size, 172, 512])
def test_an_echo_is_the_same_size_with_the_server_clock(backend: Backend, size: int) -> None:
    found = offer(backend)
    with udp(found["udp_port"]) as line:
        clocks = []
        for sequence in (1, 2):
            sent = packet(found["test"], sequence, size)
            line.send(sent)
            got = line.recv(2048)
            assert (len(got), got[:24], got[HEAD.size :]) == (size, sent[:24], sent[HEAD.size :])
            clocks.append(HEAD.unpack_from(got)[4])
        assert 0 < clocks[0] < clocks[1]


def test_nothing_comes_back_to_what_is_not_a_test(backend: Backend) -> None:
    found = offer(backend)
    good = packet(found["test"])
    with udp(found["udp_port"]) as line:
        for bad in (b"", b"x", b"NOPE" + good[4:], good[: HEAD.size - 1], good.ljust(1473, b"x"), packet("00" * 8), os.urandom(172)):
            line.send(bad)
        assert silent(line)
        line.settimeout(2)
        line.send(good)
        assert len(line.recv(2048)) == len(good)


def test_a_flood_is_answered_at_the_rate_only(own: Backend) -> None:
    found = offer(own)
    with udp(found["udp_port"]) as line:
        line.setblocking(False)
        answers, number, ends = 0, 0, time.monotonic() + 1.0
        while time.monotonic() < ends:
            for _ in range(20):
                number += 1
                with contextlib.suppress(BlockingIOError):
                    line.send(packet(found["test"], number))
            with contextlib.suppress(BlockingIOError):
                while line.recv(2048):
                    answers += 1
        while not silent(line):
            answers += 1
    assert number > 4000
    assert 100 <= answers < 2500


def test_a_rate_is_an_address_and_a_total() -> None:
    rate = PacketRate(each=10, together=15)
    assert sum(rate.take("a", 100.0) for _ in range(50)) == 10
    assert sum(rate.take("b", 100.0) for _ in range(50)) == 5
    assert sum(rate.take("a", 100.5) for _ in range(50)) == 5
    assert sum(rate.take(str(number), 101.5 + number) for number in range(12_000)) == 12_000
    assert len(rate._buckets) <= 10_001


def test_a_download_is_noise_of_that_size(backend: Backend) -> None:
    answer = backend.client.get(f"{backend.url}/v1/probe/download", params={"bytes": "3000001"})
    assert (answer.status_code, len(answer.content)) == (200, 3_000_001)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-length"] == "3000001"
    assert len(zlib.compress(answer.content)) > 2_900_000


@pytest.mark.parametrize(("size", "status"), [("0", 200), ("8000001", 413), ("-1", 400), ("", 400), ("1e3", 400), ("9" * 40, 400)])
def test_a_download_is_bounded(backend: Backend, size: str, status: int) -> None:
    answer = backend.client.get(f"{backend.url}/v1/probe/download", params={"bytes": size})
    assert answer.status_code == status
    if status != 200:
        assert answer.headers["content-type"] == "application/problem+json"


def test_one_name_buys_two_downloads_not_three(backend: Backend) -> None:
    query = {"bytes": "8000000", "test": str(offer(backend)["test"])}
    answers = [backend.client.get(f"{backend.url}/v1/probe/download", params=query).status_code for _ in range(3)]
    assert answers == [200, 200, 413]


def test_an_upload_is_counted(backend: Backend) -> None:
    query = {"test": str(offer(backend)["test"])}
    body = os.urandom(1_500_000)
    answer = backend.client.post(f"{backend.url}/v1/probe/upload", params=query, content=body)
    assert (answer.status_code, answer.json()["bytes"]) == (200, 1_500_000)
    assert backend.client.get(f"{backend.url}/v1/probe/received", params=query).json()["bytes"] == 1_500_000


def test_an_upload_is_bounded(backend: Backend) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield bytes(64 * 1024)

    answer = backend.client.post(f"{backend.url}/v1/probe/upload", content=bytes(8_000_001))
    assert answer.status_code == 413
    answer = backend.client.post(f"{backend.url}/v1/probe/upload", content=endless())
    assert answer.status_code == 413


@pytest.mark.parametrize("name", ["zz", "00" * 8, ""])
def test_a_name_nobody_gave_is_refused(backend: Backend, name: str) -> None:
    answer = backend.client.get(f"{backend.url}/v1/probe/received", params={"test": name})
    assert answer.status_code == (400 if name == "zz" else 503)


def test_more_tests_than_places_are_told_to_wait(tmp_path: Path) -> None:
    with Backend(tmp_path / "b", more=["--probe-tests", "2"]) as backend:
        offers = [offer(backend) for _ in range(3)]
        with udp(offers[0]["udp_port"]) as line:
            for found in offers[:2]:
                line.send(packet(found["test"]))
                line.recv(2048)
            answer = backend.client.get(f"{backend.url}/v1/probe")
            assert (answer.status_code, answer.json()["code"]) == (503, "probe.busy")
            assert int(answer.headers["retry-after"]) > 0
            line.send(packet(offers[2]["test"]))  # a third test is not echoed, and those that run go on
            assert silent(line)
            line.settimeout(2)
            line.send(packet(offers[0]["test"]))
            assert line.recv(2048)
        assert backend.client.get(f"{backend.url}/v1/probe/download", params={"bytes": "9"}).status_code == 503


def test_places_and_names_come_free(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(bench.time, "monotonic", lambda: now[0])
    places = Bench(1)
    first = places.name()
    assert first is not None
    assert places.take(first) is not None
    assert places.name() is None
    now[0] += bench.QUIET_S + 1
    second = places.name()
    assert second is not None
    assert places.take(second) is not None
    assert places.take(first) is None
    now[0] += bench.LIFE_S + 1
    assert places.take(second) is None


def test_a_port_in_use_stops_the_start(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
        done = Backend(tmp_path / "b").typed("serve", "--port", "0", "--probe-port", port, ok=False)
    assert "--probe-port" in done.stderr


def test_a_port_that_was_asked_for(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Backend(tmp_path / "b", more=["--probe-port", str(port)]) as backend:
        assert offer(backend)["udp_port"] == port
        assert backend.stop() < 5

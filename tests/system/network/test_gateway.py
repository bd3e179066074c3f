"""The default gateway, read from a fake /proc and /sys."""

import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.line import Gateway
from app.system.network.gateway import default_gateway

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's files")

HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
WIRELESS = (
    "Inter-| sta-|   Quality        |   Discarded packets               | Missed | WE\n"
    " face | tus | link level noise |  nwid  crypt   frag  retry   misc | beacon | 22\n"
)


def route(
    interface: str, gateway: str, *, metric: int = 100, flags: str = "0003", destination: str = "00000000", mask: str = "00000000"
) -> str:
    return f"{interface}\t{destination}\t{gateway}\t{flags}\t0\t0\t{metric}\t{mask}\t0\t0\t0\n"


def system(root: Path, *routes: str, wireless: str = "", wifi: tuple[str, ...] = (), cable: tuple[str, ...] = ()) -> Path:
    (root / "proc/net").mkdir(parents=True)
    (root / "proc/net/route").write_text(HEAD + "".join(routes))
    (root / "proc/net/wireless").write_text(WIRELESS + wireless)
    for name in (*wifi, *cable):
        (root / "sys/class/net" / name).mkdir(parents=True)
        (root / "sys/class/net" / name / "type").write_text("1\n")
    for name in wifi:
        (root / "sys/class/net" / name / "wireless").mkdir()
    return root


def test_little_endian_address_of_a_cable(tmp_path: Path) -> None:
    root = system(tmp_path, route("eth0", "0108A8C0"), route("eth0", "00000000", destination="0008A8C0", mask="00FFFFFF"), cable=("eth0",))
    assert default_gateway(root) == Gateway("192.168.8.1", "eth0", "cable")


def test_the_lowest_metric_wins_whatever_the_order(tmp_path: Path) -> None:
    root = system(tmp_path, route("wlan0", "0100A8C0", metric=600), route("eth0", "0101A8C0", metric=100), wifi=("wlan0",), cable=("eth0",))
    assert default_gateway(root).address == "192.168.1.1"


def test_routes_that_are_down_rejected_or_without_a_gateway_are_passed_over(tmp_path: Path) -> None:
    root = system(
        tmp_path,
        route("eth1", "0102A8C0", metric=1, flags="0002"),
        route("eth2", "0103A8C0", metric=2, flags="0203"),
        route("tun0", "00000000", metric=3, flags="0001"),
        route("eth0", "FE01A8C0", metric=100),
    )
    assert default_gateway(root).address == "192.168.1.254"


@pytest.mark.parametrize(
    ("row", "percent"),
    [
        ("wlan0: 0000   70.  -40.  -256        0      0      0      0      0        0\n", 100),
        ("wlan0: 0000   49.  -61.  -256        0      0      0      0      0        0\n", 70),
        ("wlan0: 0000    0.  -75.  -256        0      0      0      0      0        0\n", 50),
        ("wlan1: 0000   70.  -40.  -256        0      0      0      0      0        0\n", None),
        ("wlan0: 0000   x.  -40.\n", None),
        ("wlan0: 0000    0.    0.    0\n", None),
        ("", None),
    ],
)
def test_wifi_and_its_percent(tmp_path: Path, row: str, percent: int | None) -> None:
    root = system(tmp_path, route("wlan0", "0108A8C0"), wireless=row, wifi=("wlan0",))
    assert default_gateway(root) == Gateway("192.168.8.1", "wlan0", "wifi", "", percent)


def test_a_bridge_or_a_tunnel_is_no_cable(tmp_path: Path) -> None:
    root = system(tmp_path, route("br0", "0108A8C0"), cable=("br0",))
    (root / "sys/class/net/br0/bridge").mkdir()
    assert default_gateway(root).kind == ""


def test_no_route_no_files_no_matter(tmp_path: Path) -> None:
    assert default_gateway(tmp_path / "none") == Gateway()
    assert default_gateway(system(tmp_path)) == Gateway()


def test_of_this_system_in_milliseconds() -> None:
    began = time.perf_counter()
    assert isinstance(default_gateway(), Gateway)
    assert time.perf_counter() - began < 0.1


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=st.binary(max_size=400), wireless=st.binary(max_size=200), honest=st.booleans())
def test_nothing_in_the_tables_makes_it_raise(tmp_path: Path, table: bytes, wireless: bytes, honest: bool) -> None:
    (tmp_path / "proc/net").mkdir(parents=True, exist_ok=True)
    (tmp_path / "sys/class/net/wlan0/wireless").mkdir(parents=True, exist_ok=True)
    rows = route("wlan0", "0108A8C0").encode() if honest else b""
    (tmp_path / "proc/net/route").write_bytes(HEAD.encode() + rows + table)
    (tmp_path / "proc/net/wireless").write_bytes(b"wlan0: 0000 " + wireless)
    assert isinstance(default_gateway(tmp_path), Gateway)

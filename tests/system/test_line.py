"""The address this PC would speak from: with a line, and in a network name space of its own without one."""

import ctypes
import ipaddress
import os
import subprocess
import sys

import pytest

from app.system.network.line import source_address

CLONE_NEWNET = 0x40000000
PROGRAM = """
import ctypes, subprocess, sys
if ctypes.CDLL(None, use_errno=True).unshare(0x40000000):
    sys.exit(77)
from app.system.network.line import source_address
print("first", repr(source_address()))
for command in sys.argv[1:]:
    if subprocess.run(command.split(), capture_output=True).returncode:
        sys.exit(78)
print("then", repr(source_address()))
"""


def in_a_network_of_its_own(*commands: str) -> list[str]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not hasattr(ctypes.CDLL(None), "unshare"):
        pytest.skip("needs root for a network of its own")
    done = subprocess.run([sys.executable, "-c", PROGRAM, *commands], capture_output=True, text=True, timeout=60, check=False)
    if done.returncode in {77, 78}:
        pytest.skip("this system makes no such network")
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")


def test_it_is_an_address_or_nothing() -> None:
    address = source_address()
    if address:
        assert not ipaddress.ip_address(address).is_unspecified
    assert source_address() == address


def test_without_a_route_it_is_empty() -> None:
    assert in_a_network_of_its_own()[0] == "first ''"


def test_a_route_that_comes_is_seen() -> None:
    lines = in_a_network_of_its_own("ip link set lo up", "ip address add 198.51.100.7/24 dev lo", "ip route add default dev lo")
    assert lines[:2] == ["first ''", "then '198.51.100.7'"]


def test_a_line_of_ipv6_alone_is_a_line() -> None:
    lines = in_a_network_of_its_own(
        "ip link set lo up",
        "ip -6 address add 2001:db8:7::7/64 dev lo nodad",
        "ip -6 route add default dev lo",
    )
    assert lines[:2] == ["first ''", "then '2001:db8:7::7'"]

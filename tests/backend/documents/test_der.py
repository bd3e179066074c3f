"""What is written by hand reads as what a schema would have written."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from asn1crypto import core

from app.backend.documents import der


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255, 256, 2**63, 2**126 + 5, 2**159])
def test_integers(value: int) -> None:
    assert der.integer(value) == core.Integer(value).dump()


@pytest.mark.parametrize("dotted", ["1.2.840.113549.1.7.2", "2.16.840.1.101.3.4.2.1", f"2.25.{2**127 + 11}", "0.9.2342"])
def test_object_identifiers(dotted: str) -> None:
    assert der.identifier(dotted) == core.ObjectIdentifier(dotted).dump()


@pytest.mark.parametrize("size", [0, 1, 127, 128, 255, 256, 70_000])
def test_lengths(size: int) -> None:
    assert der.octets(b"x" * size) == core.OctetString(b"x" * size).dump()


def test_times_and_sets() -> None:
    moment = datetime(2026, 11, 24, 10, 5, 7, 120_400, timezone(timedelta(hours=1)))
    assert core.UTCTime.load(der.utc_time(moment)).native == datetime(2026, 11, 24, 9, 5, 7, tzinfo=UTC)
    assert der.general_time(moment)[2:] == b"20261124090507.12Z"
    assert der.general_time(moment.replace(microsecond=0))[2:] == b"20261124090507Z"
    assert der.set_of(b"\x02\x01\x05", b"\x01\x01\xff") == b"1\x06\x01\x01\xff\x02\x01\x05"

"""What a device checks before it signs, and the audit log's chain."""

import hashlib

import msgspec
import pytest

from app.contracts.addendum import check_prepared
from app.contracts.audit import LogEntry, entry_hash, log_holds
from app.contracts.problems import ContractError

SHOWN = b"%PDF-1.7 what was read %%EOF\n"


def prepared(shown: bytes = SHOWN, hole: bytes = b"<00000000>", tail: bytes = b" rest %%EOF", shift: int = 0) -> bytes:
    head = b"4 0 obj /ByteRange [0 %08d %08d %08d] /Contents "
    length = len(shown) + len(head % (0, 0, 0))
    return shown + head % (length, length + len(hole), len(tail) + shift) + hole + tail


def attributes(pdf: bytes) -> bytes:
    at = pdf.index(b"<0")
    end = pdf.index(b">", at) + 1
    return b"1\x2f" + b"\x04\x20" + hashlib.sha256(pdf[:at] + pdf[end:]).digest()


def test_the_document_that_was_shown_may_be_signed() -> None:
    check_prepared(prepared(), SHOWN, attributes(prepared()))


@pytest.mark.parametrize(
    ("pdf", "why"),
    [
        (prepared(SHOWN.replace(b"read", b"made")), "not the one"),
        (SHOWN, "0 signatures"),
        (prepared(shift=-3), "whole document"),
        (prepared(hole=b"<00001100>"), "not empty"),
        (prepared() + b"more", "whole document"),
    ],
)
def test_anything_else_is_not(pdf: bytes, why: str) -> None:
    with pytest.raises(ContractError, match=why) as caught:
        check_prepared(pdf, SHOWN, attributes(pdf) if b"<0" in pdf else b"")
    assert caught.value.code == "addendum.document_changed"


def test_attributes_of_another_document_are_not_signed() -> None:
    with pytest.raises(ContractError, match="another document"):
        check_prepared(prepared(), SHOWN, attributes(prepared(tail=b" other %%EOF")))


def test_a_log_that_lost_or_changed_an_entry_does_not_hold() -> None:
    log: list[LogEntry] = []
    for number in (1, 2, 3):
        entry = LogEntry(number, "2026-11-24T09:00:00.000Z", "offered", {"page": number})
        log.append(msgspec.structs.replace(entry, hash=entry_hash(log[-1].hash if log else "0" * 64, entry)))
    assert log_holds(log)
    assert not log_holds(log[1:])
    assert not log_holds([log[0], log[2]])
    assert not log_holds([log[0], msgspec.structs.replace(log[1], what="signed"), log[2]])

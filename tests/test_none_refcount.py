"""PySide6 6.12.0 takes a reference off None at each void call on Python 3.11 and aborts after some thousands: never again unseen."""

import sys

from PySide6.QtCore import QObject


def test_void_calls_keep_the_references_of_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 250

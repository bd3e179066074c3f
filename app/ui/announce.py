"""Words for assistive technology."""

from collections import deque

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

said: deque[str] = deque(maxlen=50)
"""The last announcements, newest last; tests read it."""


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text` when it has finished what it is saying (politely)."""
    if not text:
        return
    said.append(text)
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)

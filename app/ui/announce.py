"""Words for assistive technology."""

from collections import deque

from PySide6.QtWidgets import QWidget

said: deque[str] = deque(maxlen=50)
"""The last announcements, newest last; tests read it."""


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say `text` when it has finished what it is saying (politely).

    A window that is not there yet has no voice: it is read out, title first, when it comes.
    """
    if not text:
        return
    said.append(text)
    if not widget.window().isVisible():
        return
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
    QAccessible.updateAccessibility(event)


def bring_in() -> None:
    """Meet Qt's accessibility, which has many names: not before the first picture, nor when there is something to say."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: F401

    _ = QAccessible.AnnouncementPoliteness.Polite

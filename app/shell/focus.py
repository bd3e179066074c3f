"""The order in which Tab goes through the window: region by region, each in its own order."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


def is_stop(widget: QWidget, window: QWidget) -> bool:
    # What most widgets of hidden pages are not comes first: the policy is the slowest to ask for.
    return widget.isVisibleTo(window) and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _holds(region: QWidget, widget: QWidget) -> bool:
    return region is widget or region.isAncestorOf(widget)


def in_order(window: QWidget, regions: Sequence[QWidget]) -> list[QWidget]:
    """Every Tab stop of the regions, in their order."""
    chain: list[QWidget] = []
    widget: QWidget | None = window.nextInFocusChain()
    while widget is not None and widget is not window and len(chain) < 5000:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    stops = [widget for widget in chain if is_stop(widget, window)]
    return [stop for region in regions for stop in stops if _holds(region, stop)]


def next_stop(stops: list[QWidget], focus: QWidget | None, regions: Sequence[QWidget], forward: bool) -> QWidget | None:
    """The stop after (or before) the one that has the keyboard; from a place that is no stop, the edge of its region."""
    if not stops:
        return None
    if focus in stops:
        return stops[(stops.index(focus) + (1 if forward else -1)) % len(stops)]
    region = next((r for r in regions if focus is not None and _holds(r, focus)), None)
    if region is None:
        return stops[0 if forward else -1]
    first = next((number for number, stop in enumerate(stops) if _holds(region, stop)), None)
    if first is None:
        # Nothing to stop at in this region: the next region that has something.
        later = regions[list(regions).index(region) + 1 :]
        first = next((number for number, stop in enumerate(stops) if any(_holds(r, stop) for r in later)), 0)
    return stops[first if forward else first - 1]


def move_on(window: QWidget, regions: Sequence[QWidget], areas: Sequence[QScrollArea], forward: bool) -> bool:
    """Put the keyboard at the next stop, and the stop into sight; False where there is none."""
    stop = next_stop(in_order(window, regions), QApplication.focusWidget(), regions, forward)
    if stop is None:
        return False
    stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    for area in areas:
        if area.isAncestorOf(stop):
            area.ensureWidgetVisible(stop, 8, 24)
    return True

"""One look at the line: the way out, the box on it and what the box says. No Qt; every call here blocks: call it off the loop."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.core.errors import BoxError, MarhabaError
from app.core.line import Box, Boxes, BoxReading, Gateway

SEARCH_EVERY_S = 5.0
"""How often a box that did not answer is looked for again."""
MISSES = 3
"""Readings in a row that fail before the box is looked for anew."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Look:
    """`code` says why there is no reading: no way out, no box, or a box that does not speak. `gateway` None: nobody can say."""

    gateway: Gateway | None
    box: Box | None = None
    reading: BoxReading | None = None
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    searching: bool = False

    @property
    def simulated(self) -> bool:
        return self.box is not None and self.box.simulated


def same_way(one: Gateway | None, other: Gateway | None) -> bool:
    """Whether both are the same way out; the strength of the Wi-Fi does not count."""
    if one is None or other is None:
        return one is other
    return (one.address, one.interface, one.kind, one.wifi_name) == (other.address, other.interface, other.kind, other.wifi_name)


class Watcher:
    """Looks at one way out, again and again, from one thread at a time. Another way out gets another watcher."""

    def __init__(self, boxes: Boxes | None, gateway: Gateway | None, password: Callable[[], str | None] | None = None) -> None:
        self._boxes, self.gateway, self._password = boxes, gateway, password
        self._box: Box | None = None
        self._search_at = 0.0
        self._misses = 0
        self._asked = False
        """The kept password had its one try."""

    def look(self) -> Look:
        gateway = self.gateway
        if self._boxes is None:
            return Look(gateway, code="box.not_found")
        if gateway is not None and not gateway.address:
            return Look(gateway, code="box.no_route")
        if self._box is None and time.monotonic() >= self._search_at:
            self._box = self._boxes.find()
            self._search_at = time.monotonic() + SEARCH_EVERY_S
            self._misses = 0
        if self._box is None:
            return Look(gateway, code="box.wrong_wifi" if gateway is not None and gateway.kind == "wifi" else "box.not_found")
        box = self._box
        try:
            reading = self._read(box)
        except BoxError as error:
            self._misses = self._misses + 1 if error.code == "box.unreachable" else 0
            if self._misses >= MISSES:
                self._box = None
            return Look(gateway, box, None, error.code, error.facts)
        self._misses = 0
        return Look(gateway, box, reading)

    def _read(self, box: Box) -> BoxReading:
        try:
            return box.read()
        except BoxError as error:
            kept = self._kept_password() if error.code == "box.login_required" else None
            if not kept:
                raise
            try:
                box.log_in(kept)
            except BoxError as refused:
                if refused.code == "box.password_wrong":
                    raise error from refused  # it was changed since: the agent is asked for the new one
                raise
            return box.read()

    def _kept_password(self) -> str | None:
        if self._asked or self._password is None:
            return None
        self._asked = True
        try:
            return self._password()
        except MarhabaError as error:
            log.info("the kept box password cannot be read: %s", error.code)
            return None

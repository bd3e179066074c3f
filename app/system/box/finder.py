"""Where the box is: the given address, or the gateway and the addresses that boxes come with, all asked at once."""

import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from typing import Literal

from app.core.errors import BoxError
from app.core.line import Box, Gateway
from app.system.box.wire import Place, exchange, place
from app.system.network.gateway import default_gateway

USUAL = ("192.168.8.1", "192.168.1.1", "192.168.0.1", "192.168.1.254")
FIND_SECONDS = 2.8
"""All of `find`. The port promises 3 s; the rest is for the threads to start and the answer to travel."""
_ONE_SECONDS = 1.3
"""One question to one address: two of them (HiLink, ZTE) fit in `FIND_SECONDS`."""
_HILINK = re.compile(rb"<(TokInfo|SesInfo)>|<error>\s*<code>\s*\d{6}\s*</code>")

Maker = Literal["huawei", "zte"]


def recognise(at: Place, until: float) -> Maker | None:
    """Which known box answers there. Two requests at most; an address that does not answer is asked once. Never raises BoxError."""
    try:
        reply = exchange(at, "GET", "/api/webserver/SesTokInfo", until=min(until, time.monotonic() + _ONE_SECONDS), headers={})
        if reply.status == 200 and _HILINK.search(reply.body[:4096]) and b"<!" not in reply.body:
            return "huawei"
    except BoxError as error:
        if error.code == "box.unreachable":
            return None
    try:
        path = "/goform/goform_get_cmd_process?isTest=false&multi_data=1&cmd=modem_main_state,network_type"
        until = min(until, time.monotonic() + _ONE_SECONDS)
        reply = exchange(at, "GET", path, until=until, headers={"Referer": f"{at.url}/index.html"})
        told = json.loads(reply.body) if reply.status == 200 else None
        return "zte" if isinstance(told, dict) and ("modem_main_state" in told or "network_type" in told) else None
    except (BoxError, ValueError, RecursionError):
        return None


class SystemBoxes:
    """Boxes of this PC's own network; or emulated ones only, at `addresses`, and these are marked simulated."""

    def __init__(
        self,
        *,
        emulated: bool = False,
        addresses: Sequence[str] = USUAL,
        gateway: Callable[[], Gateway] = default_gateway,
        recognise: Callable[[Place, float], Maker | None] = recognise,
    ) -> None:
        self._emulated = emulated
        self._addresses = tuple(addresses)
        self._gateway = gateway
        self._recognise = recognise

    def gateway(self) -> Gateway:
        return self._gateway()

    def find(self, address: str = "") -> Box | None:
        until = time.monotonic() + FIND_SECONDS
        found: dict[str, Maker | None] = {}
        changed = threading.Condition()
        candidates = self._candidates(address)

        def ask(candidate: str, at: Place) -> None:
            maker: Maker | None = None
            try:
                maker = self._recognise(at, until)
            finally:
                with changed:
                    found[candidate] = maker
                    changed.notify()

        for candidate, at in candidates.items():
            threading.Thread(target=ask, args=(candidate, at), name=f"box at {candidate}", daemon=True).start()
        # Slow to import (requests and the library's fifty modules): while the addresses are asked, not after.
        import app.system.box.hilink  # noqa: F401

        with changed:
            # The first of the order that answers, not the quickest: an earlier one is waited for.
            while not self._decided(candidates, found) and (left := until - time.monotonic()) > 0:
                changed.wait(left)
            best = next(((c, maker) for c in candidates if (maker := found.get(c)) is not None), None)
        return None if best is None else self._box(*best)

    def _candidates(self, address: str) -> dict[str, Place]:
        """In the order of preference, each once."""
        if address:
            asked: tuple[str, ...] = (address,)
        elif self._emulated:
            asked = self._addresses
        else:
            asked = (self.gateway().address, *self._addresses)
        places: dict[str, Place] = {}
        for candidate in asked:
            try:
                at = place(candidate)
            except BoxError:
                continue
            if at not in places.values():
                places[candidate] = at
        return places

    @staticmethod
    def _decided(candidates: dict[str, Place], found: dict[str, Maker | None]) -> bool:
        for candidate in candidates:
            if candidate not in found:
                return False
            if found[candidate] is not None:
                return True
        return True

    def _box(self, address: str, maker: Maker) -> Box:
        simulated = self._emulated and address in self._addresses
        if maker == "zte":
            from app.system.box.zte import ZteBox

            return ZteBox(address, simulated=simulated)
        from app.system.box.hilink import HilinkBox

        return HilinkBox(address, simulated=simulated)

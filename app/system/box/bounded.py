"""What all boxes share: one call at a time, each bounded in time, and a PIN that is never the last try."""

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from app.core.errors import BoxError
from app.core.line import BoxReading, Sim
from app.system.box.wire import CALL_SECONDS, OPERATION_SECONDS, Place, place

T = TypeVar("T")


class BoundedBox(ABC):
    """One box at one address (`core.line.Box`). Its calls exclude each other: a second one waits, then `box.busy`."""

    def __init__(self, address: str, *, simulated: bool = False) -> None:
        """Errors: BoxError (`box.unreachable`) for an address that is none."""
        self._at: Place = place(address)
        self.address = address
        self.simulated = simulated
        self._lock = threading.Lock()

    def read(self) -> BoxReading:
        return self._operation(self._read)

    def log_in(self, password: str) -> None:
        self._operation(lambda: self._log_in(password))

    def enter_pin(self, pin: str) -> None:
        if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 8):
            raise BoxError("box.pin_wrong", tries=None, spent=False)
        self._operation(lambda: self._enter_pin(pin))

    def _operation(self, work: Callable[[], T]) -> T:
        if not self._lock.acquire(timeout=CALL_SECONDS):
            raise BoxError("box.busy", reason="another call")
        try:
            self._begin(time.monotonic() + OPERATION_SECONDS)
            return work()
        finally:
            self._lock.release()

    def _enter_pin(self, pin: str) -> None:
        sim, tries = self._pin_state()
        if sim is Sim.READY:
            return
        if sim is not Sim.PIN:
            raise BoxError("box.pin_last_try" if sim is Sim.PUK else "box.pin_wrong", tries=0 if sim is Sim.PUK else None, spent=False)
        if tries is None or tries <= 1:
            raise BoxError("box.pin_last_try", tries=tries, spent=False)
        refusal = self._send_pin(pin)
        if refusal is None:
            return
        # Boxes say « refused » for many reasons: whether the PIN was wrong is told by what it cost.
        sim, left = self._pin_state()
        if sim is Sim.PUK or (left is not None and left < tries):
            raise BoxError("box.pin_wrong", tries=left if sim is Sim.PIN else 0, spent=True)
        raise refusal

    @abstractmethod
    def _begin(self, until: float) -> None:
        """A call begins; all its exchanges end by `until` (monotonic seconds)."""

    @abstractmethod
    def _read(self) -> BoxReading: ...

    @abstractmethod
    def _log_in(self, password: str) -> None: ...

    @abstractmethod
    def _pin_state(self) -> tuple[Sim, int | None]:
        """The SIM's state and the tries left. Errors: BoxError."""

    @abstractmethod
    def _send_pin(self, pin: str) -> BoxError | None:
        """One try, spent. None: taken. A refusal is given back, anything else raised."""

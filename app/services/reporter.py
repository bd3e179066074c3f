"""The one loop that carries the outbox to the backend: in order, in batches, exactly once by the backend's acknowledgement."""

import asyncio
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from app.contracts.problems import ContractError
from app.contracts.receipts import MAX_BATCH_BYTES, MAX_BATCH_EVENTS, Command, EventsReceipt, accept_command
from app.core.errors import BackendRefused, BackendUnreachable, JournalUnwritable
from app.core.threads import in_thread
from app.services.store import Pending, Store

log = logging.getLogger(__name__)

_REFUSED_BATCH = frozenset({400, 413, 422})


class Link(StrEnum):
    """What the reporter knows of the way to the backend."""

    NEVER = "never"
    """Nothing was sent yet (not paired)."""
    ONLINE = "online"
    OFFLINE = "offline"
    BLOCKED = "blocked"
    """The backend refuses this device's token: it must be paired again."""


class EventsApi(Protocol):
    def post_events(self, token: str, lines: list[bytes], lost_through: int | None = None) -> EventsReceipt: ...


@dataclass(frozen=True)
class Pace:
    """Back-off: `base_s * 2**n` up to `cap_s`, times a random 0.5 to 1 (jitter: a thousand wizards must not knock at once)."""

    base_s: float = 1.0
    cap_s: float = 60.0
    retry_after_cap_s: float = 3600.0

    def delay(self, failures: int) -> float:
        return float(min(self.cap_s, self.base_s * 2 ** min(failures - 1, 16)) * random.uniform(0.5, 1.0))  # noqa: S311


@dataclass
class Reporter:
    """Run `run()` as a task; call `wake()` when something was recorded or the line came back."""

    store: Store
    api: EventsApi
    token: Callable[[], str | None]
    on_command: Callable[[Command], None] = lambda _command: None
    on_link: Callable[[], None] = lambda: None
    pace: Pace = field(default_factory=Pace)
    call_limit_s: float = 60.0
    link: Link = Link.NEVER
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    _failures: int = 0
    _max_events: int = MAX_BATCH_EVENTS
    _lost_through: tuple[str, int] | None = None
    """Device and number: what that device declares lost with its next batch."""
    _backing_off: bool = False
    _void: bool = False
    """Set while a call is under way: whatever rest it will ask for is void."""

    def wake(self) -> None:
        """Something was recorded: send it now, unless a back-off (or the server's Retry-After) is running."""
        if not self._backing_off:
            self._wake.set()

    def line_is_back(self) -> None:
        """The network changed: whatever back-off was running is void."""
        self._failures = 0
        self._void = True
        self._wake.set()

    async def run(self) -> None:
        """Until cancelled. No error ends it: reporting must not stop for good because of one answer or one full disk."""
        while True:
            self._void = False
            try:
                pause = await self._once()
            except JournalUnwritable as error:
                log.warning("the journal does not take what reporting writes: %s", error)
                pause = self._rest(self.link)
            except Exception:
                log.exception("reporting failed, will be tried again")
                pause = self._rest(Link.OFFLINE)
            if pause == 0 or self._void:
                # Lets others run even where nothing was waited for.
                await asyncio.sleep(0)
                continue
            self._wake.clear()
            self._backing_off = pause is not None
            try:
                await asyncio.wait_for(self._wake.wait(), pause)
            except TimeoutError:
                continue
            finally:
                self._backing_off = False

    async def drain(self, limit_s: float) -> bool:
        """Wait until nothing is left to send; False when `limit_s` ran out first."""
        deadline = time.monotonic() + limit_s
        while self.store.delivery().waiting:
            if time.monotonic() > deadline:
                return False
            await asyncio.sleep(0.02)
        return True

    async def _once(self) -> float | None:
        """One batch. Returns how long to rest: 0 for not at all, None until woken."""
        token = self.token()
        if token is None:
            return None
        if self.link is Link.BLOCKED:
            return None
        # Half a batch of head room: JSON brackets and commas, and what the server's own limit counts after inflation.
        batch = self.store.waiting(self._max_events, MAX_BATCH_BYTES // 2)
        if not batch:
            return None
        lines = [pending.line for pending in batch]
        lost_through = self._declared_lost(batch[0])
        began = time.monotonic()
        try:
            receipt = await in_thread(self._send, token, lines, lost_through, limit_s=self.call_limit_s)
        except (BackendUnreachable, TimeoutError) as error:
            log.info("backend not reached: %s", error)
            return self._rest(Link.OFFLINE)
        except BackendRefused as error:
            if error.status == 401 and self.token() != token:
                return 0  # paired again meanwhile: the refusal was for the earlier token
            return self._refused(error, batch)
        try:
            return self._accepted(receipt, batch, time.monotonic() - began)
        except JournalUnwritable as error:
            # The backend has them; they stay in the outbox and are acknowledged again once the disk takes writes.
            log.warning("delivered lines could not be struck off: %s", error)
            return self._rest(Link.ONLINE)

    def _send(self, token: str, lines: list[bytes], lost_through: int | None) -> EventsReceipt:
        """What the backend has must never be lost here: a number would be given twice, and that is a fork of the chain."""
        self.store.sync()
        return self.api.post_events(token, lines, lost_through)

    def _accepted(self, receipt: EventsReceipt, batch: list[Pending], round_trip_s: float) -> float:
        self._note_clock(receipt.server_time, round_trip_s)
        refused = {refusal.event_id: refusal.code for refusal in receipt.refused}
        for pending in batch:
            if pending.event_id in refused:
                log.warning("event %s refused: %s", pending.event_id, refused[pending.event_id])
                self.store.park(pending.event_id, refused[pending.event_id])
        gone = self.store.acknowledge(batch[0].device, min(receipt.acked_sequence, batch[-1].sequence))
        for command in receipt.commands:
            try:
                accept_command(command)
                self.on_command(command)
            except ContractError as error:
                log.warning("command not taken: %s", error)
            except Exception:
                log.exception("command %s failed", command.kind)
        if not gone and not any(pending.event_id in refused for pending in batch):
            return self._rest(Link.ONLINE)
        self._failures = 0
        self._lost_through = None
        self._max_events = min(MAX_BATCH_EVENTS, self._max_events * 2)
        self._set_link(Link.ONLINE)
        return 0

    def _refused(self, error: BackendRefused, batch: list[Pending]) -> float | None:
        log.warning("batch of %d refused: %s", len(batch), error)
        first = batch[0]
        # "http.*": nobody of ours spoke, but a proxy or a sign-in page.
        foreign = error.code.startswith("http.")
        if error.status == 401 and not foreign:
            self._set_link(Link.BLOCKED)
            return None
        if error.status == 409 and error.code == "event.gap":
            return self._gap(int(error.facts.get("expected_sequence", 0)), first)
        if error.retry_after is not None:
            self._failures += 1
            self._set_link(Link.OFFLINE if foreign else Link.ONLINE)
            return min(self.pace.retry_after_cap_s, max(error.retry_after, 0.05)) * random.uniform(1.0, 1.1)  # noqa: S311
        named = error.facts.get("event_id")
        if error.status in _REFUSED_BATCH and any(pending.event_id == named for pending in batch):
            self.store.park(str(named), error.code)
            return 0
        # A proxy's page of such a status is no verdict on a line: come back later. But its limit on size is one to keep to.
        if len(batch) > 1 and (error.status == 413 or (error.status in _REFUSED_BATCH and not foreign)):
            self._max_events = max(1, len(batch) // 2)
            return 0
        if error.status in _REFUSED_BATCH and not foreign:
            self.store.park(first.event_id, error.code)
            return 0
        return self._rest(Link.OFFLINE if foreign or error.status >= 500 else Link.ONLINE)

    def _gap(self, expected: int, first: Pending) -> float:
        """The backend waits for an earlier number: send it again if it is here, else declare it lost (a repaired journal)."""
        if 0 < expected < first.sequence and not self.store.send_again(first.device, expected):
            self._lost_through = (first.device, first.sequence - 1)
        self._failures += 1
        return self.pace.delay(self._failures) if self._failures > 2 else 0.0

    def _declared_lost(self, first: Pending) -> int | None:
        """Only as it was declared: of that device, and right before that line."""
        return self._lost_through[1] if self._lost_through == (first.device, first.sequence - 1) else None

    def _rest(self, link: Link) -> float:
        self._failures += 1
        self._set_link(link)
        return self.pace.delay(self._failures)

    def unblock(self) -> None:
        """A new token was given."""
        self._failures = 0
        self._void = True
        if self.link is Link.BLOCKED:
            self._set_link(Link.NEVER)
        self._wake.set()

    def _set_link(self, link: Link) -> None:
        if link is not self.link:
            self.link = link
            try:
                self.on_link()
            except Exception:
                log.exception("the link's listener failed")

    def _note_clock(self, server_time: str, round_trip_s: float) -> None:
        """How far this PC's clock is off, by the middle of the round trip (Cristian's rule)."""
        try:
            server = datetime.fromisoformat(server_time)
        except ValueError:
            return
        if server.tzinfo is None:
            return
        self.store.clock_offset_ms = round(((server - datetime.now(UTC)).total_seconds() + round_trip_s / 2) * 1000)

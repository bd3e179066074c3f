"""Fan-out of changes to open consoles. Lives in the event loop; nothing here blocks."""

import asyncio
import secrets
from dataclasses import dataclass, field

_MAX_WAITING = 256


@dataclass(eq=False)
class Subscriber:
    """One open console. Changes wait here as agents' ids, each once, however often they change before being read."""

    _changed: dict[str, None] = field(default_factory=dict)
    _wake: asyncio.Event = field(default_factory=asyncio.Event)
    overflowed: bool = False
    """Too much changed at once: the page is told to load itself again."""
    closed: bool = False

    def put(self, employee_id: str) -> None:
        if len(self._changed) >= _MAX_WAITING:
            self.overflowed = True
            self._changed.clear()
        self._changed[employee_id] = None
        self._wake.set()

    def close(self) -> None:
        self.closed = True
        self._wake.set()

    async def changes(self, timeout_s: float) -> list[str]:
        """The agents whose sessions changed since the last call; empty after `timeout_s` seconds without any, or when closed."""
        try:
            await asyncio.wait_for(self._wake.wait(), timeout_s)
        except TimeoutError:
            return []
        self._wake.clear()
        changed, self._changed = list(self._changed), {}
        return changed


class Hub:
    def __init__(self) -> None:
        self._subscribers: set[Subscriber] = set()
        self._closed = False
        self._run, self._count = secrets.token_hex(4), 0

    @property
    def mark(self) -> str:
        """Changes with every change (and every start): a page drawn at another mark than its stream begins with missed something."""
        return f"{self._run}.{self._count}"

    def __len__(self) -> int:
        return len(self._subscribers)

    def subscribe(self) -> Subscriber:
        subscriber = Subscriber()
        if self._closed:
            subscriber.close()
        self._subscribers.add(subscriber)
        return subscriber

    def unsubscribe(self, subscriber: Subscriber) -> None:
        self._subscribers.discard(subscriber)

    def publish(self, employee_id: str) -> None:
        self._count += 1
        for subscriber in self._subscribers:
            subscriber.put(employee_id)

    def close(self) -> None:
        """End every stream: a server that is stopping does not wait for consoles."""
        self._closed = True
        for subscriber in self._subscribers:
            subscriber.close()

"""Server time as it is stored and sent: UTC, RFC 3339, milliseconds. As text it sorts in the order of time."""

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    return datetime.now(UTC)


def text(moment: datetime) -> str:
    """`2026-01-31T09:05:07.123Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(value: str) -> datetime | None:
    """A moment with a zone, or None when `value` (often a device's word) is not one."""
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def device_moment(value: str, offset_ms: int | None, received: datetime) -> datetime:
    """When something happened on a device, by the server's clock.

    The device's own time, set right by its measured offset; never later than the moment the server heard of it, and
    that moment where the device's time makes no sense.
    """
    moment = parse(value)
    if moment is None:
        return received
    try:
        moment += timedelta(milliseconds=offset_ms or 0)
    except OverflowError:
        return received
    return min(moment, received)

"""What boxes write, read with tolerance: « -105dBm », « >=-51dBm », « », None. Nothing here raises; what is not sure is missing."""

import re

_NUMBER = re.compile(r"(?:>=|<=|>|<|≥|≤)?\s*([-−+]?[0-9]{1,15}(?:[.,][0-9]{1,6})?)\s*(?:dBm|dB)?", re.IGNORECASE)
_IMEI = re.compile(r"[0-9]{15}")
_PLMN = re.compile(r"[0-9]{5,6}")
_BAND = re.compile(r"(?:LTE[ _-]?)?(?:BAND[ _-]?|B)?([0-9]{1,3})", re.IGNORECASE)


def number(value: object, low: float, high: float) -> float | None:
    """A number with or without a unit or a bound sign; None when it is no number or outside `low` to `high` (both allowed)."""
    if not isinstance(value, str) or len(value) > 64:
        return None
    found = _NUMBER.fullmatch(value.strip())
    if found is None:
        return None
    read = float(found[1].replace("−", "-").replace(",", "."))
    return read if low <= read <= high else None


def whole(value: object, low: int, high: int) -> int | None:
    """The same for a count or a code: « 3.5 » is missing."""
    read = number(value, low, high)
    return int(read) if read is not None and read.is_integer() else None


def text(value: object, longest: int = 64) -> str:
    """One printable line of at most `longest` characters; empty for anything that is not text."""
    if not isinstance(value, str):
        return ""
    kept = "".join(c if c.isprintable() else " " for c in value[: longest * 4])
    return " ".join(kept.split())[:longest]


def rsrp(value: object) -> float | None:
    """dBm, -156 to -31 (TS 36.133 9.1.4, extended)."""
    return number(value, -156, -31)


def rsrq(value: object) -> float | None:
    """dB, -43 to 20 (TS 38.133 10.1.11: the widest of both radios)."""
    return number(value, -43, 20)


def sinr(value: object) -> float | None:
    """dB, -30 to 50."""
    return number(value, -30, 50)


def rssi(value: object) -> float | None:
    """dBm, -130 to -10."""
    return number(value, -130, -10)


def imei(value: object) -> str:
    """Fifteen digits that are not all the same; empty otherwise (boxes write « 0 » or « N/A »)."""
    read = text(value)
    return read if _IMEI.fullmatch(read) and len(set(read)) > 1 else ""


def plmn(value: object) -> str:
    """Five or six digits, or empty."""
    read = text(value)
    return read if _PLMN.fullmatch(read) and not read.startswith("000") else ""


def band(value: object) -> str:
    """« B7 » for « 7 », « LTE BAND 7 » and « B7 »; any other short text as the box writes it (« n78 », « B3+B7 »)."""
    read = text(value, 24)
    found = _BAND.fullmatch(read)
    if found is None:
        return read if any(c.isdigit() for c in read) else ""
    return f"B{int(found[1])}" if int(found[1]) else ""


def megabytes(*byte_counts: object) -> float | None:
    """The sum of byte counts in megabytes (10^6); None if one of them is missing or beyond a petabyte."""
    counts = [whole(count, 0, 10**15 - 1) for count in byte_counts]
    known = [count for count in counts if count is not None]
    return round(sum(known) / 1e6, 3) if known and len(known) == len(counts) else None

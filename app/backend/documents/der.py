"""DER (X.690) written by hand, for the few shapes a signature is made of: a hundred times faster than building them from a schema."""

from datetime import UTC, datetime

SEQUENCE, SET, OCTETS = 0x30, 0x31, 0x04
NULL = b"\x05\x00"


def tagged(tag: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def sequence(*contents: bytes) -> bytes:
    return tagged(SEQUENCE, *contents)


def set_of(*contents: bytes) -> bytes:
    """In the order of their encodings (X.690 section 11.6)."""
    return tagged(SET, *sorted(contents))


def octets(content: bytes) -> bytes:
    return tagged(OCTETS, content)


def integer(value: int) -> bytes:
    return tagged(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


def identifier(dotted: str) -> bytes:
    """An object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    out = bytearray()
    for number in (first * 40 + second, *rest):
        digits = [number & 0x7F]
        while number := number >> 7:
            digits.append(0x80 | number & 0x7F)
        out += bytes(reversed(digits))
    return tagged(0x06, bytes(out))


def utc_time(moment: datetime) -> bytes:
    return tagged(0x17, f"{moment.astimezone(UTC):%y%m%d%H%M%SZ}".encode())


def general_time(moment: datetime) -> bytes:
    """With milliseconds, without zeros at their end (X.690 section 11.7)."""
    utc = moment.astimezone(UTC)
    fraction = f"{utc.microsecond // 1000:03d}".rstrip("0")
    return tagged(0x18, f"{utc:%Y%m%d%H%M%S}{'.' + fraction if fraction else ''}Z".encode())

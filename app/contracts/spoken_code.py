"""A code short enough to say on the telephone. Pure."""

import hashlib

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ"


def spoken_code(code: str) -> str:
    """`vpn.password_refused` as `VPN-204-K`: area, number, check letter. The same code always gives the same three parts."""
    area = "".join(c for c in code.partition(".")[0].upper() if c.isascii() and c.isalpha()) or "X"
    short = area[0] + "".join(c for c in area[1:] if c not in "AEIOU")
    prefix = (short if len(short) >= 3 else area.ljust(3, "X"))[:3]
    number = int.from_bytes(hashlib.sha256(code.encode()).digest()[:4], "big") % 1000
    body = f"{prefix}{number:03d}"
    check = sum((place + 1) * ord(character) for place, character in enumerate(body)) % len(_LETTERS)
    return f"{prefix}-{number:03d}-{_LETTERS[check]}"

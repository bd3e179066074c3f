"""Codes that people read, type and say aloud: activation codes and certificate codes.

Form `XXXX-XXXX-XXXX`: eleven characters of an alphabet of 30 without 0/O, 1/I/L and U, then one check character by the
hybrid system MOD 31,30 of ISO/IEC 7064 (clause 8 scheme, generalised to an alphabet of 30), which detects every single
wrong character.
"""

import hashlib
import secrets

from app.contracts.problems import ContractError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_N = len(ALPHABET)
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
# Arabic-Indic and extended Arabic-Indic digits, as an Arabic keyboard types them.
_DIGITS = {ord(digit): str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)}
_DROPPED = {ord(c): None for c in " -_.·–—\t\r\n\u00a0\u202f\u200e\u200f\u2066\u2067\u2068\u2069\u202a\u202b\u202c\ufeff"}


def check_character(body: str) -> str:
    """The check character of `body` (characters of ALPHABET): ISO/IEC 7064 hybrid system MOD N+1,N."""
    product = _N
    for character in body:
        total = (product + _VALUE[character]) % _N or _N
        product = (total * 2) % (_N + 1)
    return ALPHABET[(_N + 1 - product) % _N]


def western_digits(text: str) -> str:
    """Digits as an Arabic keyboard types them, made 0-9; everything else as it is."""
    return text.translate(_DIGITS)


def normalise(text: str) -> str:
    """Upper case, Arabic digits made 0-9, spaces, hyphens and invisible marks dropped. Nothing is rejected here."""
    return text.translate(_DIGITS).translate(_DROPPED).upper()


def first_stray(text: str) -> str | None:
    """The first character that no code contains (so that it can be said while typing), or None."""
    return next((c for c in normalise(text) if c not in _VALUE), None)


def parse(text: str) -> str:
    """The code as `XXXX-XXXX-XXXX`.

    Errors: ContractError `code.character`, `code.length` or `code.check`.
    """
    code = normalise(text)
    if (stray := first_stray(code)) is not None:
        raise ContractError("code.character", stray)
    if len(code) != LENGTH:
        raise ContractError("code.length", str(len(code)))
    if check_character(code[:-1]) != code[-1]:
        raise ContractError("code.check")
    return grouped(code)


def grouped(code: str) -> str:
    """`K7MQ2XPA9RDT` as `K7MQ-2XPA-9RDT`; shorter text is grouped as far as it goes."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def new_code() -> str:
    """A fresh random code (54 bits)."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return grouped(body + check_character(body))


def code_of(*parts: str) -> str:
    """The code that belongs to `parts` for good: the same on both sides, without asking (54 bits of SHA-256)."""
    number = int.from_bytes(hashlib.sha256("\0".join(parts).encode()).digest(), "big")
    body = ""
    for _ in range(LENGTH - 1):
        number, value = divmod(number, _N)
        body += ALPHABET[value]
    return grouped(body + check_character(body))

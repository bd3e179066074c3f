"""Whether a 4G box is the one on the agent's sheet, by its IMEI (3GPP TS 23.003, 6.2: 14 digits, then a check digit or two of version)."""


def same_imei(serial: str, imei: str) -> bool | None:
    """None: `serial` is another kind of number, or the box does not tell its IMEI."""
    sheet, read = _digits(serial), _digits(imei)
    return sheet[:14] == read[:14] if len(sheet) in (14, 15, 16) and read else None


def imei_ends(serial: str, last4: str) -> bool | None:
    """The same by the last four digits of a 15-digit IMEI, all that evidence keeps of it. One box in a thousand agrees by chance."""
    sheet = _digits(serial)
    if len(sheet) not in (14, 15, 16) or len(last4) != 4 or not last4.isdigit():
        return None
    return sheet[-4:] == last4 if len(sheet) == 15 else sheet[11:14] == last4[:3]


def _digits(text: str) -> str:
    return "".join(c for c in text if c in "0123456789")

"""Moroccan operators by PLMN (MCC 604, ITU-T E.212): the box's own name for them varies with its firmware."""

_MOROCCO = {"60400": "Orange Maroc", "60401": "Maroc Telecom", "60402": "inwi", "60405": "inwi"}


def operator(plmn: str) -> str:
    """The operator's own name, empty for a PLMN that is not Moroccan."""
    return _MOROCCO.get(plmn, "")

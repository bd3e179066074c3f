"""How a figure is written."""

from collections.abc import Sequence
from statistics import median


def row(name: str, values: Sequence[float], unit: str, *, baseline: Sequence[float] = (), wanted: str = "") -> str:
    """One line of the table: median, minimum, maximum, and the ratio to the baseline's median where there is one."""
    digits = 0 if median(values) >= 100 else 1
    written = [f"{value:.{digits}f} {unit}" for value in (median(values), min(values), max(values))]
    base = f"{median(baseline):.{digits}f} {unit}" if baseline else "-"
    ratio = f"{median(values) / median(baseline):.2f}" if baseline else "-"
    return f"| {name} | {' | '.join(written)} | {base} | {ratio} | {wanted or '-'} |"

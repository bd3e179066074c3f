"""Files that ship with the program, from a checkout or an installed package."""

from pathlib import Path

_HERE = Path(__file__).resolve()


def resources() -> Path:
    """Errors: FileNotFoundError."""
    for base in (_HERE.parents[3], _HERE.parents[2]):
        if (base / "resources").is_dir():
            return base / "resources"
    raise FileNotFoundError("resources")


def fonts() -> Path:
    return resources() / "fonts"

"""Where the files beside the code are: in a checkout, in an installed wheel, in a PyInstaller bundle."""

import sys
from functools import cache
from pathlib import Path


@cache
def _roots() -> tuple[Path, ...]:
    package = Path(__file__).resolve().parent.parent
    bundle = getattr(sys, "_MEIPASS", None)
    return (*((Path(bundle), Path(bundle) / "app") if bundle else ()), package.parent, package)


def _first(relative: str) -> Path:
    found = (root / relative for root in _roots())
    return next((path for path in found if path.exists()), _roots()[0] / relative)


def resource(path: str) -> Path:
    """`resource("pictures/desk.svg")`: the file below `resources/`. It need not exist."""
    return _first(f"resources/{path.removeprefix('resources/')}")


def translation(name: str) -> Path:
    """`translation("marhaba_fr.qm")`: the file below `i18n/`."""
    return _first(f"i18n/{name}")

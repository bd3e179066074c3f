"""Translations: `python -m app.ui.i18n_build` makes the .qm files; with `--update` the .ts files take in new strings first."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "i18n"
LANGUAGES = {"fr": "fr_FR", "ar": "ar_MA", "en": "en_GB"}


def _tool(name: str) -> str:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else name


def sources() -> list[str]:
    """The code with words in it (the backend and the services speak no interface language)."""
    folders = ("ui", "shell", "steps", "wiring")
    found = [path for folder in folders for path in sorted((ROOT / "app" / folder).rglob("*.py"))]
    found += [path for path in (ROOT / "app" / "wiring.py",) if path.exists()]
    return [str(path.relative_to(ROOT)) for path in found]


def update(folder: Path = FOLDER) -> None:
    """Run lupdate: new strings come in unfinished, gone ones leave."""
    for code, target in LANGUAGES.items():
        arguments = ["-no-obsolete", "-locations", "none", "-source-language", "en_GB", "-target-language", target]
        subprocess.run(
            [_tool("pyside6-lupdate"), *arguments, *sources(), "-ts", str(folder / f"marhaba_{code}.ts")],
            cwd=ROOT, check=True, capture_output=True,
        )  # fmt: skip


def build(folder: Path = FOLDER) -> list[Path]:
    """Run lrelease where the .ts is newer than its .qm."""
    made = []
    for code in LANGUAGES:
        source, target = folder / f"marhaba_{code}.ts", folder / f"marhaba_{code}.qm"
        if source.exists() and (not target.exists() or target.stat().st_mtime <= source.stat().st_mtime):
            subprocess.run([_tool("pyside6-lrelease"), str(source), "-qm", str(target)], check=True, capture_output=True)
            made.append(target)
    return made


if __name__ == "__main__":
    if "--update" in sys.argv[1:]:
        update()
    build()

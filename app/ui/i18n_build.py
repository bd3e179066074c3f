"""Translations: `python -m app.ui.i18n_build` makes the .qm files; with `--update` the .ts files take in new strings first."""

import ast
import subprocess
import sys
import tempfile
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
    return [str(path.relative_to(ROOT)) for path in found]


def _in_f_strings(sources: list[str]) -> str:
    """Python text that repeats each `self.tr(...)` of an f-string plainly: lupdate does not look into f-strings."""
    out: list[str] = []
    for path in sources:
        for scope in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if isinstance(scope, ast.ClassDef):
                calls = [c for f in ast.walk(scope) if isinstance(f, ast.JoinedStr) for c in ast.walk(f) if isinstance(c, ast.Call)]
                calls = [c for c in calls if isinstance(c.func, ast.Attribute) and c.func.attr == "tr"]
                for call in calls:
                    # One string literal in double quotes: the only form lupdate is sure to read.
                    out.append(f"class {scope.name}(QObject):\n    def words(self, n):\n        {_call(call)}\n")
    return "\n".join(out)


def _call(call: ast.Call) -> str:
    parts = []
    for part in call.args:
        text = part.value if isinstance(part, ast.Constant) else None
        parts.append('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' if isinstance(text, str) else "n")
    return f"self.tr({', '.join(parts)})"


def update(folder: Path = FOLDER) -> None:
    """Run lupdate: new strings come in unfinished, gone ones leave."""
    found = sources()
    with tempfile.TemporaryDirectory() as scratch:
        more = Path(scratch) / "f_strings.py"
        more.write_text(_in_f_strings(found), "utf-8")
        for code, target in LANGUAGES.items():
            arguments = ["-no-obsolete", "-locations", "none", "-source-language", "en_GB", "-target-language", target]
            files = [*found, str(more), "-ts", str(folder / f"marhaba_{code}.ts")]
            subprocess.run([_tool("pyside6-lupdate"), *arguments, *files], cwd=ROOT, check=True, capture_output=True)


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

"""`./dev build fr|ar|en`: a trimmed program folder `dist/marhaba-<flavour>` whose first language is that one."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLAVOURS = tuple(sorted(path.stem for path in (ROOT / "installer" / "flavours").glob("*.toml")))


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev build", description="Build the program folder of one flavour.")
    parser.add_argument("flavour", choices=FLAVOURS)
    flavour = parser.parse_args().flavour
    if not list((ROOT / "i18n").glob("*.qm")):
        print("The translations are not built: python -m app.ui.i18n_build", file=sys.stderr)
        return 1
    print(f"Building dist/marhaba-{flavour} (about a minute)", flush=True)
    pyinstaller = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    status = subprocess.run(
        [*pyinstaller, "--distpath", "dist", "--workpath", f"build/{flavour}", "installer/marhaba.spec"],
        cwd=ROOT,
        env={**os.environ, "MARHABA_FLAVOUR": flavour},
        check=False,
    ).returncode
    if status:
        return status
    folder = ROOT / "dist" / f"marhaba-{flavour}"
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    print(f"{folder.relative_to(ROOT)}: {size / 2**20:.0f} MiB. Check it with: dist/marhaba-{flavour}/marhaba --self-test")
    return 0


if __name__ == "__main__":
    sys.exit(main())

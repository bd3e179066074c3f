"""`marhaba backend`: the IT service. It is not part of the desktop bundle; there the command says so."""

import sys


def main(argv: list[str]) -> int:
    try:
        from app.backend import cli
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("app.") and error.name != "app.backend":
            raise
        print(f"The backend is not part of this installation ({error.name} is missing): pip install 'marhaba[backend]'.", file=sys.stderr)
        return 2
    return cli.main(argv)

"""What was typed, and nothing else: each command lives in its own module and is imported only when it is meant."""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from app import __version__

_COMMANDS = {
    "backend": "the IT service: serve, agents, report ... (marhaba backend --help)",
    "demo": "the whole journey on an embedded backend (marhaba demo --help)",
    "doctor": "the steps' probes, without the window (marhaba doctor --help)",
    "measure": "the figures of a recording of a headset (marhaba measure --help)",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The program's exit code."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    command = argv[0] if argv else ""
    if command == "backend":
        from app.commands import backend

        return backend.main(argv[1:])
    if command == "demo":
        from app.commands import demo

        return demo.main(argv[1:])
    if command == "doctor":
        from app.commands import doctor

        return doctor.main(argv[1:])
    if command == "measure":
        from app.commands import measure

        return measure.main(argv[1:])
    parser = argparse.ArgumentParser(
        prog="marhaba",
        description="Telework onboarding: the wizard opens where it was left.",
        epilog="Commands: " + "; ".join(f"{name}: {what}" for name, what in _COMMANDS.items()),
    )
    parser.add_argument("--version", action="version", version=f"marhaba {__version__}")
    parser.add_argument("--self-test", action="store_true", help="check that this program is whole, and say what was checked")
    parser.add_argument("--only", metavar="STEP", default="", help="show one step alone")
    parser.add_argument("--lang", choices=("fr", "ar", "en"), help="open in this language")
    parser.add_argument("--settings", type=Path, help="managed settings (TOML) instead of the machine's")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="keep journal, logs and documents below DIR")
    parser.add_argument("--theme", choices=("light", "dark", "contrast"), default="", help="else as chosen last")
    parser.add_argument("--watch-loop", action="store_true", help="log the longest times the event loop stood still, and over what")
    parser.add_argument("--text-scale", type=float, default=0.0, metavar="1.0-2.0", help="else as chosen last")
    options = parser.parse_args(argv)
    if options.self_test:
        from app.commands import self_test

        return self_test.main()
    # What starting makes is there to stay: looking it through for garbage again and again would cost a tenth of the start.
    gc.disable()
    from app.ui import lean_qt

    lean_qt.prepare()
    from app.commands import wizard

    return wizard.main(options)


if __name__ == "__main__":
    sys.exit(main())

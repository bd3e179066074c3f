"""Picks the adapters of this system: a static branch, so that a bundle carries its own system's only."""

import sys

from app.core.line import Boxes
from app.core.ports import Machine


def machine() -> Machine:
    if sys.platform == "linux":
        from app.system.machine.linux import LinuxMachine

        return LinuxMachine()
    if sys.platform == "win32":
        from app.system.machine.windows import WindowsMachine

        return WindowsMachine()
    from app.system.machine.null import NullMachine

    return NullMachine()


def boxes() -> Boxes:
    """The way out of this PC and the 4G box behind it."""
    from app.system.box.finder import SystemBoxes

    return SystemBoxes()

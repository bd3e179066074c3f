"""PySide imported lean: what was left out comes when it is wanted, and says the same."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, sys
lean = len(sys.argv) > 1
if lean:
    from app.ui import lean_qt
    lean_qt.prepare()
from PySide6 import QtCore, QtWidgets
later = sorted(name for name, module in sys.modules.items() if type(module).__name__ == "_Later" and name.startswith("shiboken"))
application = QtWidgets.QApplication([])
said = []
for wrong in (
    lambda: QtWidgets.QLabel(1, 2, 3),
    lambda: QtWidgets.QLabel().setText(3),
    lambda: QtCore.QTimer.singleShot("x", 1, 2, 3),
    lambda: QtCore.QObject(parent=3),
    lambda: QtCore.QObject(nonsense=3),
):
    try:
        wrong()
    except (TypeError, ValueError, AttributeError) as error:
        said.append(f"{type(error).__name__}: {error}")
said.append(QtWidgets.QLabel.setText.__doc__)
said.append(str(QtWidgets.QLabel.setText.__signature__) if hasattr(QtWidgets.QLabel.setText, "__signature__") else "")
import PySide6.support.signature.parser
said.append(" ".join(sorted(vars(PySide6.support.signature.parser))))
print(json.dumps({"later": later, "said": said, "finders": [str(finder) for finder in sys.meta_path if "lean" in str(finder)]}))
"""


@pytest.fixture(scope="module")
def both() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Whole and lean."""
    done = [
        subprocess.run([sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=True).stdout
        for arguments in ((), ("lean",))
    ]
    return json.loads(done[0]), json.loads(done[1])


def test_this_pyside_is_laid_out_as_expected(both: tuple[dict[str, list[str]], dict[str, list[str]]]) -> None:
    # Another version that is not costs 30 ms at start and nothing else; whoever upgrades looks here.
    from app.ui.lean_qt import LATER

    assert both[1]["later"] == sorted(LATER)
    assert both[1]["finders"] == []


def test_what_is_wrong_with_a_call_is_said_in_the_same_words(both: tuple[dict[str, list[str]], dict[str, list[str]]]) -> None:
    whole, lean = both
    assert whole["later"] == []
    assert lean["said"] == whole["said"]
    assert len(lean["said"]) == 8

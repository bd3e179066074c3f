"""One start, measured from the parent's spawn to the first painted top-level window, then peak memory. Run as a program.

`bare`: a PySide6 window with qasync. `wizard`: the wizard on an empty profile.
"""

import json
import sys
import time
from pathlib import Path

spawned_at = float(sys.argv[1])
kind = sys.argv[2]
profile = Path(sys.argv[3])


def finish(painted_at: float) -> None:
    cpu_ms = time.process_time() * 1000
    # Not ru_maxrss: it begins with what the process was forked from.
    peak_mib = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
    slow = sorted({"requests", "keyring"} & set(sys.modules))
    print(json.dumps({"paint_ms": (painted_at - spawned_at) * 1000, "cpu_ms": cpu_ms, "peak_mib": peak_mib, "imported": slow}), flush=True)


if kind == "bare":
    import asyncio

    from PySide6.QtCore import QEvent, QTimer
    from PySide6.QtWidgets import QApplication, QLabel

    import qasync  # isort: skip

    class Window(QLabel):
        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                # Once it is drawn, as the wizard's is taken.
                QTimer.singleShot(0, lambda: (finish(time.monotonic()), loop.stop()))
            return super().event(event)

    app = QApplication([])
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    window = Window("Marhaba")
    window.resize(1120, 720)
    window.show()
    loop.run_forever()
else:
    import gc
    import os

    from app.ui import lean_qt

    # As the program does before it imports Qt.
    gc.disable()
    lean_qt.prepare()

    from app.__main__ import main
    from app.ui import aio

    first_picture = aio.first_picture

    def measured(window: aio.QWidget) -> None:
        """The program's own wait for its first picture; then the figures, and out."""
        first_picture(window)
        finish(time.monotonic())
        os._exit(0)

    aio.first_picture = measured
    sys.exit(main(["--profile", str(profile)]))

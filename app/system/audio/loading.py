"""QtMultimedia, loaded once and off the loop: it brings a sound system with it."""

import os
import sys

_QUIET = "qt.multimedia.symbolsresolver=false\nqt.multimedia.ffmpeg*=false"
"""It says each time that PipeWire's own library is not there, and which decoder it will not use. That no sound server answers is said
by the list of devices, which is empty.
"""


def load() -> None:
    """Blocking, up to half a second the first time. Errors: ImportError, OSError (its libraries are missing)."""
    if sys.platform == "linux":
        os.environ.setdefault("QT_AUDIO_BACKEND", "pulseaudio")  # PipeWire speaks it as well
    from PySide6.QtCore import QLoggingCategory

    QLoggingCategory.setFilterRules(f"{_QUIET}\ndefault.warning=false")
    from PySide6.QtMultimedia import QMediaDevices

    if sys.platform == "linux":
        QMediaDevices.defaultAudioOutput()  # the first question goes to the sound server, which may take its time
    QLoggingCategory.setFilterRules(_QUIET)

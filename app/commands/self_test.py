"""`marhaba --self-test`: is this program whole? Made for the frozen bundle, where a missing file shows only when it is needed."""

import importlib
import os
import sqlite3
import ssl
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


def main() -> int:
    """0 only if every check passed; each one is printed with what it saw."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    bad = 0
    for name, check in _CHECKS.items():
        try:
            seen = check()
        except Exception as error:  # whatever is missing from a bundle may raise anything
            bad += 1
            print(f"FAIL  {name}: {type(error).__name__}: {error}")
        else:
            print(f"ok    {name}: {seen}")
    print(f"{len(_CHECKS) - bad} passed, {bad} failed")
    return 1 if bad else 0


def _qt() -> str:
    from PySide6.QtCore import qVersion

    from app.commands.wizard import make_app

    app = make_app()
    before = sys.getrefcount(None)
    for _ in range(500):
        app.setObjectName("marhaba")
    if sys.getrefcount(None) < before - 250:
        raise RuntimeError("this Qt binding takes references off None and will abort")
    return f"Qt {qVersion()}, platform {app.platformName()}"


def _fonts() -> str:
    from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QRawFont

    from app.ui import fonts

    fonts.load()
    family = fonts.families()[0]
    for sample in ("é", "ع"):
        covering = [name for name in fonts.families() if QRawFont.fromFont(QFont(name)).supportsCharacter(ord(sample))]
        if not covering and QFontMetrics(QFont(family)).horizontalAdvance(sample) <= 0:
            raise RuntimeError(f"no font draws {sample!r}")
    return f"{', '.join(fonts.families())} of {len(QFontDatabase.families())} families"


def _languages() -> str:
    from app.commands.wizard import make_app
    from app.services.content import load_pack
    from app.ui import i18n
    from app.ui.resources import resource, translation

    seen = []
    for language in i18n.LANGUAGES:
        if not translation(f"marhaba_{language}.qm").exists():
            raise FileNotFoundError(f"marhaba_{language}.qm")
        i18n.set_language(make_app(), language)
        pack = load_pack(resource("content"), language)
        seen.append(f"{language} ({len(pack.advice)} codes, {len(pack.topics)} topics, {len(pack.questions)} questions)")
    return ", ".join(seen)


def _keyring() -> str:
    import keyring

    backend = keyring.get_keyring()
    return f"{type(backend).__module__}.{type(backend).__name__}" + ("" if backend.priority > 0 else " (none here: secrets stay in memory)")


def _tls() -> str:
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if context.verify_mode is not ssl.CERT_REQUIRED or not context.check_hostname:
        raise RuntimeError("TLS certificates would not be verified")
    import app.services.backend_api

    return f"{ssl.OPENSSL_VERSION}, system trust store, {app.services.backend_api.__name__}"


def _sqlite() -> str:
    from app.contracts import events, keys
    from app.services import device_key
    from app.services.store import Store

    with tempfile.TemporaryDirectory() as directory:
        store = Store(Path(directory) / "journal.db")
        key = device_key.new()
        store.use_key(key)
        store.record(events.SessionStarted(keys.public_text(key), "000000", "self-test", "en", "self-test"))
        waiting = store.delivery().waiting
        store.close()
    if waiting != 1:
        raise RuntimeError("a recorded event did not reach the outbox")
    return f"SQLite {sqlite3.sqlite_version}, one event recorded, signed and queued"


def _pdf() -> str:
    from PySide6.QtCore import QBuffer, QIODevice, QSize
    from PySide6.QtGui import QPainter, QPdfWriter
    from PySide6.QtPdf import QPdfDocument

    from app.commands.wizard import make_app

    make_app()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.drawText(200, 400, "Marhaba مرحبا")
    painter.end()
    buffer.seek(0)
    document = QPdfDocument()
    document.load(buffer)
    if document.pageCount() != 1 or document.render(0, QSize(200, 280)).isNull() or "Marhaba" not in document.getAllText(0).text():
        raise RuntimeError("a PDF of one page is not shown")
    seen = f"QtPdf, one page of {buffer.size()} bytes written, drawn and read"
    document.close()
    return seen


def _steps() -> str:
    from app.steps import catalog

    for step in catalog.STEPS:
        catalog.step(step)
        importlib.import_module(catalog.page_module(step)).Page  # noqa: B018 (the attribute must exist)
    return ", ".join(catalog.STEPS)


def _sound() -> str:
    import asyncio

    from app.commands.wizard import make_app
    from app.system import detect

    make_app()
    audio = detect.audio()
    asyncio.run(audio.open())
    devices = audio.devices()
    return f"QtMultimedia, {len(devices.inputs)} microphones, {len(devices.outputs)} ear pieces or speakers"


def _measures() -> str:
    import numpy as np

    from app.core.acoustics import speech_level, wav
    from app.ui.resources import resource

    full_scale = np.sin(2.0 * np.pi * 1000.0 * np.arange(160_000) / 16_000)
    level = speech_level.measure(full_scale, 16_000).active_dbov
    if level is None or abs(level + 3.0) > 0.02:
        raise RuntimeError(f"a full-scale sine measures {level} dBov, not -3.00")
    digits = [wav.decode(resource(f"voice/{language}/{digit}.wav").read_bytes()) for language in ("fr", "ar", "en") for digit in range(10)]
    return f"numpy {np.__version__}, a full-scale sine at {level:.2f} dBov, {len(digits)} spoken digits"


_CHECKS: dict[str, Callable[[], str]] = {
    "Qt": _qt,
    "fonts": _fonts,
    "languages": _languages,
    "keyring": _keyring,
    "TLS": _tls,
    "journal": _sqlite,
    "PDF": _pdf,
    "steps": _steps,
    "sound": _sound,
    "measures": _measures,
}

"""The log for humans: rotating files, no secret in them, whoever wrote the line."""

import logging
import logging.handlers
import re
import sys
from pathlib import Path

from app.contracts import readable_code
from app.contracts.problems import ContractError

MAX_BYTES = 512 * 1024
KEPT = 4

_SECRETS = (
    (re.compile(r"(?i)bearer\s+[\w.~+/=-]+"), "Bearer [hidden]"),
    (re.compile(r"\b[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}\b"), "[code hidden]"),
    (re.compile(r"""(?i)((?:token|password|secret|proof|pin|code)\\?["']?\s*[:=]\s*\\?["']?)[^\s"',}\\]{4,}"""), r"\1[hidden]"),
)
# A code as somebody typed it: any case, with spaces or nothing between. Only what is one by its check character.
_TYPED = re.compile(r"(?<![\w-])(?:[2-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4}[ -]?){2}[2-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{4}(?![\w-])")


def hide_secrets(text: str) -> str:
    """`text` without tokens, activation codes and passwords."""
    for pattern, replacement in _SECRETS:
        text = pattern.sub(replacement, text)
    return _TYPED.sub(_hide_code, text)


def _hide_code(match: re.Match[str]) -> str:
    try:
        readable_code.parse(match[0])
    except ContractError:
        return match[0]
    return "[code hidden]"


class _Discreet(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return hide_secrets(super().format(record))


class _File(logging.handlers.RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """A full disk loses lines, and says so where it matters; it does not fill the terminal with traces."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def start(directory: Path) -> bool:
    """Log to `directory`/marhaba.log. False when it cannot be written: the wizard goes on without a log."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.WARNING)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handler = _File(directory / "marhaba.log", maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return False
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    return True


def tail(directory: Path, lines: int = 60) -> str:
    """The last lines of the log, for « copy the diagnostic »."""
    try:
        return "\n".join((directory / "marhaba.log").read_text("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""

"""The colours and the text size somebody chose on this PC. A preference and no evidence: it stays here and is never sent."""

import json
import logging
from pathlib import Path
from typing import NamedTuple

log = logging.getLogger(__name__)


class Look(NamedTuple):
    """Empty and 0 where nothing was chosen."""

    theme: str = ""
    text_scale: float = 0.0


def read(data: Path) -> Look:
    """What was chosen last. A file that is missing or broken is no choice."""
    try:
        found = json.loads((data / "look.json").read_bytes())
        return Look(str(found["theme"]), float(found["text_scale"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Look()


def write(data: Path, look: Look) -> None:
    """Keep a choice for the next start. Blocking; a disk that does not take it costs that choice and nothing else."""
    from app.services.journeys import write_atomically  # the first picture reads, and never writes

    try:
        write_atomically(data / "look.json", json.dumps(look._asdict()).encode())
    except OSError as error:
        log.warning("the look was not kept: %s", error)

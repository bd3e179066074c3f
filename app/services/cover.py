"""The cover of the journey that came with the build: what the first page and the rail say on a PC where nothing was begun.

Laid down at set-up, as JSON, so that the first picture waits for no journal, no signature and no texts. It is believed for that
picture only: once the services stand, everything is read from the journey and the texts themselves.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.contracts.journey import Journey
    from app.core.content import Content


class Cover:
    """`steps` in the journey's order; `titles` by language and step; `limits` by step."""

    def __init__(self, steps: list[str], titles: dict[str, dict[str, str]], limits: dict[str, dict[str, Any]], helpdesk_phone: str) -> None:
        self.steps = steps
        self.titles = titles
        self.limits = limits
        self.helpdesk_phone = helpdesk_phone


def read(path: Path) -> Cover | None:
    """A missing or broken cover is no error: the journey itself is read instead."""
    try:
        found = json.loads(path.read_bytes())
        return Cover(list(found["steps"]), dict(found["titles"]), dict(found["limits"]), str(found["helpdesk_phone"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, journey: "Journey", contents: "list[Content]") -> None:
    """Errors: OSError."""
    cover = {
        "steps": [step.id for step in journey.steps],
        "titles": {content.language: content.step_titles for content in contents},
        "limits": {step.id: step.limits for step in journey.steps if step.limits},
        "helpdesk_phone": journey.helpdesk_phone,
    }
    path.write_text(json.dumps(cover, ensure_ascii=False), "utf-8")

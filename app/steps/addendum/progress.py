"""What was read, agreed and asked so far: kept as the step's draft, so that a kill at any point loses nothing. Pure."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from app.contracts.session import SessionState

if TYPE_CHECKING:
    from app.contracts.addendum import AddendumOffer, Reading

ReadAs = Literal["pages", "text"]
_MAX_S = 24 * 3600.0


@dataclass(frozen=True)
class Progress:
    """Of one document, by its hash: another document starts anew."""

    sha256: str = ""
    pages: int = 0
    page: int = 1
    """The page on screen, 1 is the first."""
    seconds: Mapping[int, float] = field(default_factory=dict)
    """How long each page was on screen."""
    read: frozenset[int] = frozenset()
    """The pages that were turned after long enough."""
    read_as: ReadAs = "pages"
    opened: str = ""
    ended: str = ""
    """RFC 3339, by this PC's clock: first page opened, last page read."""
    consent: str = ""
    """The version that was agreed to, or empty."""
    questions: Sequence[Mapping[str, str]] = ()
    """Asked already: clause and question."""
    asking: Mapping[str, str] = field(default_factory=dict)
    """A question or a refusal half written: `what` (question, refusal), `clause`, `text`."""

    @property
    def complete(self) -> bool:
        return self.pages > 0 and self.read >= set(range(1, self.pages + 1))

    def with_questions(self, questions: Sequence[Mapping[str, str]]) -> "Progress":
        return replace(self, questions=questions, asking={})


def fresh(offer: "AddendumOffer", now: str) -> Progress:
    return Progress(sha256=offer.sha256, pages=offer.pages, opened=now)


def shown(at: Progress, page: int, seconds: float) -> Progress:
    """`page` was on screen for `seconds` more."""
    if seconds <= 0 or not 1 <= page <= at.pages:
        return at
    return replace(at, seconds={**at.seconds, page: min(_MAX_S, at.seconds.get(page, 0.0) + seconds)})


def turned(at: Progress, now: str) -> Progress:
    """The page on screen is read; the next one is shown, if there is one."""
    read = at.read | {at.page}
    after = replace(at, read=read, page=min(at.page + 1, at.pages))
    return replace(after, ended=now) if after.complete and not at.complete else after


def text_read(at: Progress, seconds: float, now: str) -> Progress:
    """The whole text was read as text (by a screen reader, for one): the time is shared out among the pages."""
    share = seconds / max(1, at.pages)
    every = range(1, at.pages + 1)
    done = replace(at, read=frozenset(every), read_as="text", seconds={p: at.seconds.get(p, 0.0) + share for p in every})
    return replace(done, ended=at.ended or now)


def reading_of(at: Progress) -> "Reading":
    """As the contract has it."""
    from app.contracts.addendum import PageRead, Reading  # the shapes are built at import: not before somebody signs

    pages = [PageRead(page, round(at.seconds.get(page, 0.0), 1)) for page in sorted(at.read)]
    return Reading(pages, at.opened, at.ended or at.opened)


def draft_of(at: Progress) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "sha256": at.sha256,
        "pages": at.pages,
        "page": at.page,
        "seconds": {str(page): round(s, 1) for page, s in at.seconds.items()},
        "read": sorted(at.read),
        "read_as": at.read_as,
        "opened": at.opened,
        "ended": at.ended,
        "consent": at.consent,
        "questions": [dict(question) for question in at.questions],
        "asking": dict(at.asking),
    }
    return {name: value for name, value in kept.items() if value not in ("", [], {})}


def take_up(state: SessionState, offer: "AddendumOffer", now: str) -> Progress:
    """Where it was left: the draft, or what the last finished event carried. Of another document only the questions count."""
    done = state.steps.get("addendum")
    kept = state.drafts.get("addendum")
    if kept is None:
        kept = done.facts.get("progress") if done is not None else None
    at = _restored(kept) if isinstance(kept, dict) else Progress()
    if at.sha256 != offer.sha256 or at.pages != offer.pages:
        return replace(fresh(offer, now), questions=at.questions, asking=at.asking)
    return at


def _restored(kept: Mapping[str, Any]) -> Progress:
    """A draft of another build may hold anything: what does not fit is left out."""
    pages = _number(kept.get("pages"), 0, 200)
    seconds = kept.get("seconds")
    read = kept.get("read")
    return Progress(
        sha256=_text(kept.get("sha256")),
        pages=pages,
        page=_number(kept.get("page"), 1, max(1, pages)),
        seconds={int(p): float(s) for p, s in seconds.items() if _is_page(p) and _is_time(s)} if isinstance(seconds, dict) else {},
        read=frozenset(p for p in read if isinstance(p, int) and 1 <= p <= pages) if isinstance(read, list) else frozenset(),
        read_as="text" if kept.get("read_as") == "text" else "pages",
        opened=_text(kept.get("opened")),
        ended=_text(kept.get("ended")),
        consent=_text(kept.get("consent")),
        questions=_asked(kept.get("questions")),
        asking=_texts(kept.get("asking")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> dict[str, str]:
    return {k: v for k, v in value.items() if isinstance(k, str) and isinstance(v, str)} if isinstance(value, dict) else {}


def _asked(value: Any) -> list[dict[str, str]]:
    return [_texts(one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _number(value: Any, least: int, most: int) -> int:
    return min(most, max(least, value)) if isinstance(value, int) and not isinstance(value, bool) else least


def _is_page(text: Any) -> bool:
    return isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 4


def _is_time(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and 0 <= value <= _MAX_S

"""What the pages show, worked out from folded sessions. No HTML here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from app.backend import clock
from app.backend.console.words import NAMES, WORDS
from app.backend.journeys import Library
from app.backend.store.sessions import Counts, Seen, initials
from app.contracts.languages import Language
from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState, StepState
from app.contracts.spoken_code import spoken_code

ACTIVE_MINUTES = 30
SIGNS = {
    Outcome.PASSED: "✓",
    Outcome.FAILED: "✕",
    Outcome.WARNING: "!",
    Outcome.WAIVED: "~",
    Outcome.NOT_APPLICABLE: "–",
    Outcome.COULD_NOT_CHECK: "?",
}
_TONES = {Outcome.FAILED: "bad", Outcome.COULD_NOT_CHECK: "warn", Outcome.WARNING: "warn", Outcome.WAIVED: "warn", Outcome.PASSED: "ok"}
_OUTCOMES = {outcome.value for outcome in Outcome}
_SHOWN = 2000  # characters of one fact


@dataclass(frozen=True)
class Segment:
    look: str
    """An outcome, `now` or `todo`."""


@dataclass(frozen=True)
class Since:
    moment: str
    """RFC 3339, for the page to count on."""
    text: str


@dataclass(frozen=True)
class Row:
    employee_id: str
    initials: str
    site: str
    activity: str
    segments: list[Segment]
    summary: str
    """The progress bar in words."""
    where: str
    tone: str
    since: Since
    session_code: str


@dataclass(frozen=True)
class Card:
    figure: str
    words: str
    share: str = ""


@dataclass(frozen=True)
class StepView:
    name: str
    look: str
    sign: str
    word: str
    tone: str
    label: str
    code: str
    spoken: str
    """The code as the agent reads it out."""
    simulated: bool
    facts: list[tuple[str, list[str]]]
    """A name and its lines."""
    time: str
    event_id: str
    sequence: int


class Viewer:
    """Turns sessions into rows in one language. Reads content files: not for the event loop."""

    def __init__(self, library: Library, language: Language, now: datetime) -> None:
        self._library, self._language, self._now = library, language, now
        self._words = WORDS[language]

    def row(self, seen: Seen) -> Row:
        state = seen.state
        steps = self._steps(seen)
        looks = [_look(state, step) for step in steps]
        done = sum(1 for step in steps if step in state.steps and state.steps[step].outcome.lets_on)
        parts = [self._words["done_of"].format(done=done, total=len(steps))]
        parts += [
            f"{self._name(step)}{self._words['colon']}{self._words[look]}"
            for step, look in zip(steps, looks, strict=True)
            if look != "todo"
        ]
        where, tone = self._where(seen)
        return Row(
            employee_id=seen.employee_id,
            initials=initials(seen.name),
            site=seen.site,
            activity=self.activity(seen.activity),
            segments=[Segment(look) for look in looks],
            summary=". ".join(parts),
            where=where,
            tone=tone,
            since=self._since(seen.since),
            session_code=_spaced(state.session_code),
        )

    def cards(self, counts: Counts) -> list[Card]:
        share = round(100 * counts.ready / counts.total) if counts.total else 0
        return [
            Card(_figure(counts.active), self._words["active"]),
            Card(_figure(counts.help), self._words["help"]),
            Card(f"{_figure(counts.ready)} / {_figure(counts.total)}", self._words["ready_of"], f"{share}\u00a0%"),
        ]

    def activity(self, activity: str) -> str:
        """An activity by its journey's title in this language, or its id."""
        published = self._library.journey(activity)
        title = published.journey.title if published else {}
        return title.get(self._language) or title.get("fr") or activity

    def steps(self, seen: Seen) -> list[StepView]:
        return [self._step(step, seen.state) for step in self._steps(seen)]

    def clock_time(self, value: str) -> str:
        """A moment as the helpdesk's clock says it: `31/01 10:42`, or the text itself where it is no moment."""
        moment = clock.parse(value)
        return moment.astimezone().strftime("%d/%m %H:%M:%S") if moment else value[:40]

    def _step(self, step: str, state: SessionState) -> StepView:
        look = _look(state, step)
        finished = state.steps.get(step)
        if finished is None:
            time = self.clock_time(state.entered) if look == "now" else ""
            return StepView(self._name(step), look, "", self._words[look], "quiet", "", "", "", False, [], time, "", 0)
        return StepView(
            name=self._name(step),
            look=look,
            sign=SIGNS[finished.outcome],
            word=self._words[finished.outcome.value],
            tone=_TONES.get(finished.outcome, "quiet"),
            label=self._library.label(self._language, step, finished.code),
            code=finished.code,
            spoken=spoken_code(finished.code),
            simulated=finished.simulated,
            facts=self._facts(finished),
            time=self.clock_time(finished.time),
            event_id=finished.event_id,
            sequence=finished.sequence,
        )

    def _facts(self, step: StepState) -> list[tuple[str, list[str]]]:
        return [(self._words.get(f"fact.{name}", name), self._fact(self._said(name, value))) for name, value in step.facts.items()]

    def _said(self, name: str, value: Any) -> Any:
        """What this console has a better way to say: an activity, a language, a moment."""
        if not isinstance(value, str):
            return value
        if name == "activity":
            return self.activity(value)
        if name == "language":
            return next((own for code, own in NAMES.items() if code == value), value)
        return self.clock_time(value).replace("T", " ") if name == "first_call" else value

    def _fact(self, value: Any) -> list[str]:
        """One line a thing, in words where they are known. In a list a yes or no has no name beside it, and says nothing."""
        if isinstance(value, dict):
            lines = [
                f"{self._words.get(f'fact.{key}') or self._name(str(key))}{self._words['colon']}{self._plain(inner)}"
                for key, inner in value.items()
                if inner != ""
            ]
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            lines = [
                " · ".join(dict.fromkeys(self._plain(v) for v in x.values() if v != "" and not isinstance(v, bool)))
                if isinstance(x, dict)
                else self._plain(x)
                for x in value
            ]
        elif isinstance(value, list):
            lines = [", ".join(self._plain(item) for item in value)] if value else []
        else:
            lines = [self._plain(value)]
        text = "\n".join(line for line in lines if line) or self._words["none_of"]
        return (text if len(text) <= _SHOWN else text[:_SHOWN] + "…").split("\n")

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self._words["yes" if value else "no"]
        if isinstance(value, str):
            return self._words[value] if value in _OUTCOMES else self._words.get(f"value.{value}", value)
        if isinstance(value, float):
            said = f"{value:.2f}".rstrip("0").rstrip(".")
            return said if self._language == "en" else said.replace(".", ",")
        if isinstance(value, dict):
            return " · ".join(self._plain(inner) for inner in value.values())
        return msgspec.json.encode(value).decode()

    def _where(self, seen: Seen) -> tuple[str, str]:
        state = seen.state
        at = state.steps.get(state.current)
        if not state.notice_version and state.started:
            return self._words["withdrawn"], "warn"
        if state.help_code is not None:
            label = self._library.label(self._language, state.current, state.help_code)
            what = label or state.help_code or self._name(state.current) or self._words["begun"]
            return self._words["wants_help"].format(what=what), "bad"
        if state.ready:
            moment = clock.parse(seen.since)
            time = moment.astimezone().strftime("%H:%M") if moment else ""
            return self._words["ready_since"].format(time=time), "ok"
        if at is not None and not at.outcome.lets_on:
            label = self._library.label(self._language, state.current, at.code) or at.code
            return f"{self._name(state.current)}{self._words['colon']}{label}", _TONES[at.outcome]
        return self._name(state.current) or self._words["begun"], "quiet"

    def _steps(self, seen: Seen) -> Sequence[str]:
        if seen.state.journey_steps:
            return seen.state.journey_steps
        published = self._library.journey(seen.activity)
        if published is not None:
            return [step.id for step in published.journey.steps]
        return list(seen.state.steps)

    def _name(self, step: str) -> str:
        return self._words.get(f"step.{step}") or self._library.step_name(self._language, step) or step

    def _since(self, value: str) -> Since:
        moment = clock.parse(value) or self._now
        minutes = int((self._now - moment).total_seconds() // 60)
        if minutes < 1:
            text = self._words["just_now"]
        elif minutes < 60:
            text = self._words["minutes"].format(n=minutes)
        elif minutes < 48 * 60:
            text = self._words["hours"].format(n=minutes // 60)
        else:
            text = self._words["days"].format(n=minutes // (24 * 60))
        return Since(clock.text(moment), text)


def _look(state: SessionState, step: str) -> str:
    finished = state.steps.get(step)
    if finished is not None:
        return finished.outcome.value
    return "now" if step == state.current else "todo"


def _figure(number: int) -> str:
    """`2400` as `2 400` (narrow no-break space, French usage, read in all three languages)."""
    return f"{number:,}".replace(",", "\u202f")


def _spaced(code: str) -> str:
    """`123456` as `123 456`, the way it is said."""
    return f"{code[:3]}\u00a0{code[3:]}" if len(code) == 6 else code[:20]

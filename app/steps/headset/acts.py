"""The five acts: which is next, what each found, what has to be done again when one is repeated. Pure; figures only, no sound."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.core.headset import Device


class Act(StrEnum):
    EARS = "ears"
    SILENCE = "silence"
    VOICE = "voice"
    LISTEN = "listen"
    ECHO = "echo"


ORDER = tuple(Act)
_RESTS_ON: dict[Act, tuple[Act, ...]] = {Act.SILENCE: (Act.VOICE, Act.LISTEN), Act.VOICE: (Act.LISTEN,)}
"""What has to be done again as well: a voice is measured against its silence, and it is the last take that is listened to."""
SIDES = ("left", "right")


@dataclass(frozen=True)
class Found:
    """What an act brought: its figures, and what is wrong as (code, severity) with severity `failed`, `warning` or `could_not_check`."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    wrong: tuple[tuple[str, str], ...] = ()

    @property
    def good(self) -> bool:
        """Whether the way on is open: nothing but remarks."""
        return all(severity == "warning" for _, severity in self.wrong)

    @property
    def failed(self) -> bool:
        """Whether something was proved against the headset, the room or the voice."""
        return any(severity == "failed" for _, severity in self.wrong)

    @property
    def measured(self) -> bool:
        """Whether its figures say something: a take that could not be checked has none, or those of a sound with holes."""
        return "error" not in self.facts and all(severity != "could_not_check" for _, severity in self.wrong)

    @property
    def worst(self) -> str:
        """The code to speak of first, or empty."""
        hard = [code for code, severity in self.wrong if severity != "warning"]
        return (hard or [code for code, _ in self.wrong] or [""])[0]


@dataclass(frozen=True)
class Acts:
    """What was found with one pair of devices."""

    microphone: str = ""
    ear: str = ""
    found: Mapping[Act, Found] = field(default_factory=dict)

    def done(self, act: Act) -> bool:
        return act in self.found and self.found[act].good

    def next(self) -> Act | None:
        """The first act that is not done well, or None at the end."""
        return next((act for act in ORDER if not self.done(act)), None)

    def with_found(self, act: Act, found: Found) -> "Acts":
        kept = {a: f for a, f in self.found.items() if a not in _RESTS_ON.get(act, ())}
        return replace(self, found={**kept, act: found})

    def without(self, act: Act) -> "Acts":
        """To do it again, and what rests on it."""
        gone = (act, *_RESTS_ON.get(act, ()))
        return replace(self, found={a: f for a, f in self.found.items() if a not in gone})

    def without_failures(self) -> "Acts":
        kept = self
        for act in [act for act in ORDER if act in self.found and not self.found[act].good]:
            kept = kept.without(act)
        return kept

    def on(self, microphone: Device, ear: Device) -> "Acts":
        """With these devices: what was found with others says nothing of them."""
        if (microphone.key, ear.key) == (self.microphone, self.ear):
            return self
        return Acts(microphone.key, ear.key)

    def draft(self) -> dict[str, Any]:
        """For the journal: figures, never sound."""
        found = {act.value: {"facts": dict(f.facts), "wrong": [list(pair) for pair in f.wrong]} for act, f in self.found.items()}
        return {"microphone": self.microphone, "ear": self.ear, "found": found}

    @classmethod
    def of_draft(cls, draft: Mapping[str, Any] | None) -> "Acts":
        """What still holds after the program was closed: the sound is gone, so a voice nobody listened to is spoken again.

        A draft of another shape is none.
        """
        try:
            given = dict(draft or {})
            found = {
                Act(name): Found(dict(one["facts"]), tuple((str(code), str(severity)) for code, severity in one["wrong"]))
                for name, one in dict(given.get("found") or {}).items()
            }
            acts = cls(str(given.get("microphone", "")), str(given.get("ear", "")), found).without_failures()
        except (KeyError, TypeError, ValueError):
            return cls()
        return acts if acts.done(Act.LISTEN) else acts.without(Act.SILENCE)


@dataclass
class Ears:
    """The first act, digit by digit. `digits` were said last on `side`; `missed`: the ones typed were others."""

    side: str = "left"
    digits: tuple[int, ...] = ()
    missed: bool = False
    tries: int = 0
    heard: dict[str, bool] = field(default_factory=dict)
    _here: int = 0

    def say(self, digits: tuple[int, ...]) -> None:
        self.digits = digits

    def typed(self, text: str, most: int) -> bool:
        """Whether this side is settled. `most` tries a side."""
        self.tries += 1
        self._here += 1
        right = text == "".join(map(str, self.digits))
        if not right and self._here < most:
            self.missed = True
            return False
        self.settle(right)
        return True

    def settle(self, heard: bool) -> None:
        self.heard[self.side] = heard
        self.side, self.digits, self.missed, self._here = "right", (), False, 0

    def found(self, both_required: bool) -> Found | None:
        """None while a side is left."""
        if len(self.heard) < len(SIDES):
            return None
        facts = {"left_heard": self.heard["left"], "right_heard": self.heard["right"], "ear_tries": self.tries}
        if not any(self.heard.values()):
            return Found(facts, (("headset.not_heard", "failed"),))
        if not all(self.heard.values()):
            return Found(facts, (("headset.one_sided", "failed" if both_required else "warning"),))
        return Found(facts)

"""The words of one language: advice per code, the notice, the rules and their quiz. Shapes only; `services.content` reads them."""

from dataclasses import dataclass, field

import msgspec

from app.contracts.outcomes import Owner


class Action(msgspec.Struct, frozen=True):
    """One thing to do: a short imperative, and a sentence that helps."""

    title: str
    detail: str = ""


class Picture(msgspec.Struct, frozen=True):
    """A drawing without words in it, the same in every language, and what it shows in this one. `name` is « room/drawing »."""

    name: str
    text: str

    @property
    def path(self) -> str:
        """Below `resources/`."""
        return f"pictures/{self.name}.svg"


class Advice(msgspec.Struct, frozen=True):
    """What a code says in one language: title (what is true), meaning, what to do, who fixes it, and the act in pictures."""

    code: str
    owner: Owner
    title: str
    meaning: str
    actions: tuple[Action, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Section(msgspec.Struct, frozen=True):
    title: str
    text: str


class Notice(msgspec.Struct, frozen=True):
    """The law 09-08 notice."""

    version: str
    title: str
    intro: str
    sections: tuple[Section, ...]


class Topic(msgspec.Struct, frozen=True):
    id: str
    title: str
    why: str
    minutes: int
    picture_text: str
    points: tuple[Section, ...]


class Choice(msgspec.Struct, frozen=True):
    id: str
    text: str
    reply: str


class Question(msgspec.Struct, frozen=True):
    id: str
    topic: str
    text: str
    right: str
    explanation: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Content:
    """Everything in one language, of one pack."""

    language: str
    version: str
    sha256: str
    step_titles: dict[str, str]
    advice: dict[str, Advice]
    notice: Notice
    topics: tuple[Topic, ...]
    questions: tuple[Question, ...] = field(repr=False)

"""Guidelines: eight topics are read, then a quiz drawn from the bank is passed and the rules are attested.

Limits: `questions` (8), `pass_mark` (7), `retries` (2), `read_seconds` (3; how long a topic is shown at least).

Progress is a value: every act gives a new one, which the page saves at once, so a kill at any point resumes exactly there.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from app.contracts.outcomes import Outcome
from app.contracts.session import SessionState
from app.core.content import Content, Question
from app.core.step import Result, Step

STEP = Step(
    id="guidelines",
    codes={
        "guidelines.passed": (Outcome.PASSED,),
        "guidelines.quiz_failed": (Outcome.FAILED,),
        "guidelines.retries_exhausted": (Outcome.FAILED,),
    },
    anchors=("guidelines.topic", "guidelines.topics", "guidelines.question", "guidelines.attest"),
    needs=("identity",),
)

Phase = Literal["read", "quiz", "attest"]


@dataclass(frozen=True)
class Limits:
    questions: int = 8
    pass_mark: int = 7
    retries: int = 2
    read_seconds: float = 3.0


def limits(given: dict[str, Any], bank: int) -> Limits:
    """The journey's limits; a bank smaller than asked lowers the count, and the mark never exceeds it."""

    def number(name: str, default: float) -> float:
        value = given.get(name, default)
        return max(0, value) if isinstance(value, int | float) and not isinstance(value, bool) else default

    count = max(1, min(int(number("questions", 8)), bank)) if bank else 0
    return Limits(count, min(int(number("pass_mark", 7)), count), int(number("retries", 2)), number("read_seconds", 3))


class Progress(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the agent stands. `attempts` counts the quizzes finished; `used` the questions already met in them."""

    sha256: str
    phase: Phase = "read"
    topic: str = ""
    to_read: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    draw: tuple[str, ...] = ()
    order: dict[str, tuple[str, ...]] = {}
    position: int = 0
    answers: dict[str, str] = {}
    attempts: int = 0
    used: tuple[str, ...] = ()


@dataclass(frozen=True)
class TakenUp:
    progress: Progress
    pack_changed: bool = False
    """The rules are not those that were being read: the step began again, and the page says so."""


def begin(content: Content) -> Progress:
    topics = tuple(topic.id for topic in content.topics)
    return Progress(content.sha256, topic=topics[0] if topics else "", to_read=topics)


def restarted(content: Content, attempts: int) -> Progress:
    """From the first topic on, the attempts kept: another version of the rules does not give new ones."""
    return msgspec.structs.replace(begin(content), attempts=attempts)


def take_up(state: SessionState, content: Content) -> TakenUp:
    """Exactly where it stood: from the draft, else from what the last failed quiz said, else from the start."""
    draft = state.drafts.get(STEP.id)
    if draft is not None:
        try:
            progress = msgspec.convert(draft, Progress)
        except msgspec.ValidationError:
            return TakenUp(begin(content))
        if progress.sha256 != content.sha256 or not _fits(progress, content):
            return TakenUp(restarted(content, progress.attempts), pack_changed=True)
        return TakenUp(progress)
    done = state.steps.get(STEP.id)
    if done is not None and done.outcome is Outcome.FAILED:
        return TakenUp(after_failure(done.facts, content))
    return TakenUp(begin(content))


def after_failure(facts: dict[str, Any], content: Content) -> Progress:
    """A failed quiz: only the topics of the wrong answers are read again, then other questions are drawn.

    A new pack starts over, but the attempts stay counted.
    """
    attempts = facts.get("attempts")
    attempts = attempts if isinstance(attempts, int) else 0
    if facts.get("rules_sha256") != content.sha256:
        return restarted(content, attempts)
    wrong = {topic_of(content, q) for q in _texts(facts.get("wrong"))}
    again = tuple(topic.id for topic in content.topics if topic.id in wrong) or tuple(topic.id for topic in content.topics)
    used = tuple(_texts(facts.get("used")))
    return Progress(content.sha256, topic=again[0] if again else "", to_read=again, attempts=attempts, used=used)


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list | tuple) else []


def _fits(progress: Progress, content: Content) -> bool:
    """Whether the draft names only what this pack has, and stands somewhere in it."""
    topics = {topic.id for topic in content.topics}
    questions = {question.id for question in content.questions}
    known = {*progress.to_read, *progress.read, progress.topic} <= topics and set(progress.draw) <= questions
    placed = progress.phase != "quiz" or 0 <= progress.position < len(progress.draw)
    return known and placed and set(progress.answers) <= set(progress.draw)


def draft_of(progress: Progress) -> dict[str, Any]:
    draft: dict[str, Any] = msgspec.to_builtins(progress)
    return draft


def question_of(content: Content, question_id: str) -> Question:
    return next(question for question in content.questions if question.id == question_id)


def topic_of(content: Content, question_id: str) -> str:
    return next((question.topic for question in content.questions if question.id == question_id), "")


def draw(questions: Sequence[Question], count: int, seed: int, used: Iterable[str] = ()) -> tuple[str, ...]:
    """`count` different questions in topic order: every topic once while the count allows, then topics in turn.

    Questions not met yet come first within a topic. The same seed draws the same.
    """
    rng = random.Random(seed)  # noqa: S311 - a fair draw, not a secret
    met = set(used)
    topics = list(dict.fromkeys(question.topic for question in questions))
    piles: dict[str, list[str]] = {}
    for topic in topics:
        ids = [question.id for question in questions if question.topic == topic]
        rng.shuffle(ids)
        piles[topic] = sorted(ids, key=lambda i: i in met)
    turn = topics.copy()
    if count < len(topics):
        rng.shuffle(turn)
    chosen: dict[str, list[str]] = {topic: [] for topic in topics}
    left = min(count, len(questions))
    while left:
        for topic in turn:
            if left and piles[topic]:
                chosen[topic].append(piles[topic].pop(0))
                left -= 1
    return tuple(question for topic in topics for question in chosen[topic])


def choice_orders(questions: Sequence[Question], ids: Iterable[str], seed: int) -> dict[str, tuple[str, ...]]:
    """The choices of each question in an order of their own, so that « always b » teaches nothing."""
    rng = random.Random(seed)  # noqa: S311
    orders = {}
    for question in (q for i in ids for q in questions if q.id == i):
        choices = [choice.id for choice in question.choices]
        rng.shuffle(choices)
        orders[question.id] = tuple(choices)
    return orders


def open_topic(progress: Progress, topic: str) -> Progress:
    """Reading: another topic is shown (one may look back at what was read)."""
    return msgspec.structs.replace(progress, topic=topic)


def topic_read(progress: Progress, content: Content, bounds: Limits, seed: int) -> Progress:
    """The topic on screen was read: on to the next unread one, or to the quiz."""
    read = (*progress.read, progress.topic) if progress.topic not in progress.read else progress.read
    left = [topic for topic in progress.to_read if topic not in read]
    if left:
        here = progress.to_read.index(progress.topic) if progress.topic in progress.to_read else -1
        following = [topic for topic in progress.to_read[here + 1 :] if topic not in read]
        return msgspec.structs.replace(progress, read=read, topic=(following or left)[0])
    drawn = draw(content.questions, bounds.questions, seed, progress.used)
    orders = choice_orders(content.questions, drawn, seed)
    phase: Phase = "quiz" if drawn else "attest"
    return msgspec.structs.replace(progress, read=read, phase=phase, draw=drawn, order=orders, position=0, answers={})


def answered(progress: Progress, choice: str) -> Progress:
    """The question on screen was answered. The first answer counts: it is explained right away."""
    question = progress.draw[progress.position]
    if question in progress.answers:
        return progress
    return msgspec.structs.replace(progress, answers={**progress.answers, question: choice})


def wrong(progress: Progress, content: Content) -> tuple[str, ...]:
    return tuple(q for q in progress.draw if q in progress.answers and progress.answers[q] != question_of(content, q).right)


def score(progress: Progress, content: Content) -> int:
    return len(progress.answers) - len(wrong(progress, content))


def exhausted(attempts: int, bounds: Limits) -> bool:
    """Whether the first go and every retry are used up."""
    return attempts > bounds.retries


def next_question(progress: Progress, content: Content, bounds: Limits) -> Progress | Result:
    """On from an answered question: the next one, the attestation when the mark is reached, or the failed result."""
    if progress.position + 1 < len(progress.draw):
        return msgspec.structs.replace(progress, position=progress.position + 1)
    attempts = progress.attempts + 1
    # The questions were drawn by the journey of then: what is asked for now never exceeds them.
    if score(progress, content) >= min(bounds.pass_mark, len(progress.draw)):
        return msgspec.structs.replace(progress, phase="attest", attempts=attempts)
    code = "guidelines.retries_exhausted" if exhausted(attempts, bounds) else "guidelines.quiz_failed"
    return Result(Outcome.FAILED, code, _facts(progress, content, attempts))


def still_exhausted(progress: Progress, content: Content) -> Result:
    """Nothing is left to try: the rules may be read, the helpdesk goes on from here."""
    return Result(Outcome.FAILED, "guidelines.retries_exhausted", _facts(progress, content, progress.attempts))


def attested(progress: Progress, content: Content) -> Result:
    return Result(Outcome.PASSED, "guidelines.passed", {**_facts(progress, content, progress.attempts), "attested": True})


def _facts(progress: Progress, content: Content, attempts: int) -> dict[str, Any]:
    missed = wrong(progress, content)
    return {
        "rules_version": content.version,
        "rules_sha256": progress.sha256,
        "score": score(progress, content),
        "questions": len(progress.draw),
        "attempts": attempts,
        "wrong": list(missed),
        "wrong_topics": list(dict.fromkeys(topic_of(content, q) for q in missed)),
        "used": list(dict.fromkeys((*progress.used, *progress.draw))),
    }

"""Guidelines without Qt: reading, drawing, answering, resuming, failing and trying again."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contracts.outcomes import Outcome
from app.core.step import Result
from app.steps.guidelines import check
from app.steps.guidelines.check import Limits, Progress
from tests.steps.fakes import FakeContext, pack

CONTENT = pack("fr")
BOUNDS = Limits()


def read_all(at: Progress, seed: int = 7) -> Progress:
    while at.phase == "read":
        at = check.topic_read(at, CONTENT, BOUNDS, seed)
    return at


def quiz(at: Progress, misses: int) -> Progress | Result:
    """Answer everything, the first `misses` wrongly; what the last « continue » gives."""
    after: Progress | Result = at
    while isinstance(after, Progress) and after.phase == "quiz":
        question = check.question_of(CONTENT, after.draw[after.position])
        other = next(choice.id for choice in question.choices if choice.id != question.right)
        after = check.answered(after, other if after.position < misses else question.right)
        after = check.next_question(after, CONTENT, BOUNDS)
    return after


@given(st.integers(0, 2**32), st.integers(1, 32))
def test_a_draw_is_fair(seed: int, count: int) -> None:
    drawn = check.draw(CONTENT.questions, count, seed)
    assert len(drawn) == len(set(drawn)) == count
    topics = [check.topic_of(CONTENT, question) for question in drawn]
    if count >= len(CONTENT.topics):
        assert set(topics) == {topic.id for topic in CONTENT.topics}
    assert max(topics.count(t) for t in topics) - min(topics.count(t) for t in topics) <= 1
    assert drawn == check.draw(CONTENT.questions, count, seed)


def test_questions_not_met_yet_come_first() -> None:
    first = check.draw(CONTENT.questions, 8, 1)
    for seed in range(20):
        assert not set(first) & set(check.draw(CONTENT.questions, 8, seed, used=first))


def test_choices_are_shuffled_and_complete() -> None:
    drawn = check.draw(CONTENT.questions, 8, 3)
    orders = check.choice_orders(CONTENT.questions, drawn, 3)
    for question in drawn:
        assert sorted(orders[question]) == sorted(c.id for c in check.question_of(CONTENT, question).choices)
    assert len({orders[question] for question in drawn}) > 1


@pytest.mark.parametrize(
    ("given", "bank", "expected"),
    [
        ({}, 32, Limits(8, 7, 2, 3.0)),
        ({"questions": 40, "pass_mark": 39}, 32, Limits(32, 32, 2, 3.0)),
        ({"questions": 4, "pass_mark": 7}, 32, Limits(4, 4, 2, 3.0)),
        ({"questions": "eight", "retries": True}, 32, Limits(8, 7, 2, 3.0)),
        ({"read_seconds": 0, "retries": 0}, 32, Limits(8, 7, 0, 0)),
        ({"questions": -3}, 32, Limits(1, 1, 2, 3.0)),
    ],
)
def test_limits_never_ask_the_impossible(given: dict[str, object], bank: int, expected: Limits) -> None:
    assert check.limits(given, bank) == expected


def test_reading_goes_topic_by_topic_then_to_the_quiz() -> None:
    at = check.begin(CONTENT)
    for number, topic in enumerate(CONTENT.topics):
        assert (at.phase, at.topic) == ("read", topic.id)
        at = check.topic_read(at, CONTENT, BOUNDS, 7)
        assert len(at.read) == number + 1
    assert at.phase == "quiz"
    assert len(at.draw) == 8


def test_looking_back_does_not_lose_the_place() -> None:
    at = check.begin(CONTENT)
    for _ in range(3):
        at = check.topic_read(at, CONTENT, BOUNDS, 7)
    back = check.open_topic(at, CONTENT.topics[0].id)
    assert check.topic_read(back, CONTENT, BOUNDS, 7).topic == CONTENT.topics[3].id


@pytest.mark.parametrize(("misses", "passes"), [(0, True), (1, True), (2, False), (8, False)])
def test_seven_of_eight_pass(misses: int, passes: bool) -> None:
    after = quiz(read_all(check.begin(CONTENT)), misses)
    assert isinstance(after, Progress) == passes
    if isinstance(after, Progress):
        result = check.attested(after, CONTENT)
        assert (result.outcome, result.code) == (Outcome.PASSED, "guidelines.passed")
        assert result.facts["score"] == 8 - misses
        assert result.facts["attested"] is True
        assert result.facts["rules_sha256"] == CONTENT.sha256
        assert len(result.facts["wrong"]) == misses
        assert result.facts["attempts"] == 1


def test_a_stricter_journey_meanwhile_never_asks_for_more_than_was_drawn() -> None:
    few = check.limits({"questions": 3, "pass_mark": 3, "read_seconds": 0}, len(CONTENT.questions))
    at = check.begin(CONTENT)
    while at.phase == "read":
        at = check.topic_read(at, CONTENT, few, 7)
    for misses, passes in ((0, True), (1, False)):
        after: Progress | Result = at
        while isinstance(after, Progress) and after.phase == "quiz":
            question = check.question_of(CONTENT, after.draw[after.position])
            wrong = next(choice.id for choice in question.choices if choice.id != question.right)
            after = check.next_question(check.answered(after, wrong if after.position < misses else question.right), CONTENT, BOUNDS)
        assert isinstance(after, Progress) == passes


def test_the_first_answer_counts() -> None:
    at = check.answered(read_all(check.begin(CONTENT)), "a")
    assert check.answered(at, "b") == at


def test_a_failed_quiz_rereads_only_the_wrong_topics_then_asks_other_questions(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    first = read_all(check.begin(CONTENT))
    failed = quiz(first, 3)
    assert isinstance(failed, Result)
    assert failed.code == "guidelines.quiz_failed"
    fake.finish("guidelines", failed)
    again = check.take_up(fake.folded, CONTENT).progress
    assert list(again.to_read) == failed.facts["wrong_topics"]
    assert again.attempts == 1
    second = read_all(again, seed=99)
    assert not set(second.draw) & set(first.draw)


def test_retries_run_out_and_more_of_them_open_it_again(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    codes = []
    for _ in range(3):
        failed = quiz(read_all(check.take_up(fake.folded, CONTENT).progress), 8)
        assert isinstance(failed, Result)
        fake.finish("guidelines", failed)
        codes.append(failed.code)
    assert codes == ["guidelines.quiz_failed", "guidelines.quiz_failed", "guidelines.retries_exhausted"]
    attempts = check.take_up(fake.folded, CONTENT).progress.attempts
    assert check.exhausted(attempts, BOUNDS)
    assert not check.exhausted(attempts, replace(BOUNDS, retries=3))


@pytest.mark.parametrize("steps", range(1, 20))
def test_a_kill_at_any_point_resumes_exactly_there(steps: int, tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    at: Progress = check.begin(CONTENT)
    for number in range(steps):
        if at.phase == "read":
            at = check.topic_read(at, CONTENT, BOUNDS, 5)
        elif at.draw[at.position] not in at.answers:
            at = check.answered(at, check.question_of(CONTENT, at.draw[at.position]).right)
        else:
            after = check.next_question(at, CONTENT, BOUNDS)
            assert isinstance(after, Progress)
            at = after
        fake.context.save("guidelines", check.draft_of(at))
        assert check.take_up(fake.folded, CONTENT).progress == at, number


def test_new_rules_start_again_and_say_so(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    at = msgspec.structs.replace(read_all(check.begin(CONTENT)), attempts=1)
    fake.context.save("guidelines", check.draft_of(at))
    taken = check.take_up(fake.folded, replace(CONTENT, sha256="f" * 64))
    assert taken.pack_changed
    assert (taken.progress.phase, taken.progress.read, taken.progress.attempts) == ("read", (), 1)


@pytest.mark.parametrize("draft", [{}, {"sha256": 3}, {"sha256": "x", "phase": "dance"}])
def test_a_draft_of_another_build_starts_again(draft: dict[str, object], tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    fake.context.save("guidelines", draft)
    assert check.take_up(fake.folded, CONTENT).progress == check.begin(CONTENT)


def test_a_draft_never_points_past_its_questions(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    at = msgspec.structs.replace(read_all(check.begin(CONTENT)), position=8)
    fake.context.save("guidelines", check.draft_of(at))
    assert check.take_up(fake.folded, CONTENT).progress.phase == "read"

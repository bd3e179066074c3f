"""Identity without Qt: the code as it is typed, the errors of enrolment, the kit."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contracts import readable_code
from app.contracts.enrolment import EnrolmentFile, MachineFacts
from app.contracts.outcomes import Outcome
from app.core.errors import BackendRefused, BackendUnreachable, ContentError, MarhabaError
from app.core.step import Result
from app.steps.identity import check
from tests.steps.fakes import CODE, FakeContext

PLAIN = CODE.replace("-", "")
WRONG = PLAIN[:-1] + ("3" if PLAIN[-1] != "3" else "4")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("", "empty"),
        ("  - ", "empty"),
        ("k7mq", "typing"),
        (PLAIN, "valid"),
        (PLAIN.lower(), "valid"),
        (CODE.replace("-", " – "), "valid"),
        (f"\u2066{CODE}\u2069", "valid"),
        (PLAIN.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), "valid"),
        (PLAIN.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")), "valid"),
        ("K7MO", "stray"),
        ("K7M0", "stray"),
        ("ك", "stray"),
        (WRONG, "check_failed"),
        (PLAIN + "2", "too_long"),
    ],
)
def test_the_code_says_what_it_is_while_typed(text: str, state: str) -> None:
    assert check.code_state(text)[0] == state


@given(st.integers(0, 11), st.sampled_from(readable_code.ALPHABET))
def test_one_wrong_character_is_always_seen(place: int, character: str) -> None:
    typed = PLAIN[:place] + character + PLAIN[place + 1 :]
    assert (check.code_state(typed)[0] == "valid") == (typed == PLAIN)


@pytest.mark.parametrize("text", [f"Votre code : {CODE}.", f"code={PLAIN}", f"رمزك {CODE} شكرا", CODE.lower()])
def test_a_code_is_found_in_what_was_pasted(text: str) -> None:
    assert check.find_code(text) == PLAIN


@pytest.mark.parametrize(
    ("error", "outcome", "code"),
    [
        (BackendUnreachable(), Outcome.COULD_NOT_CHECK, "identity.offline"),
        (BackendUnreachable("backend.untrusted"), Outcome.COULD_NOT_CHECK, "identity.untrusted"),
        (BackendRefused("enrolment.code_refused", 422), Outcome.FAILED, "identity.code_refused"),
        (BackendRefused("enrolment.code_used", 409), Outcome.FAILED, "identity.code_used"),
        (BackendRefused("enrolment.too_many_tries", 429, retry_after=60), Outcome.FAILED, "identity.too_many_tries"),
        (BackendRefused("http.503", 503), Outcome.COULD_NOT_CHECK, "identity.service_error"),
        (BackendRefused("http.200", 200), Outcome.COULD_NOT_CHECK, "identity.service_error"),
        (ContentError("journey.signature_invalid"), Outcome.FAILED, "identity.journey_refused"),
        (ContentError("content.hash_mismatch"), Outcome.COULD_NOT_CHECK, "identity.service_error"),
        (MarhabaError("anything.else"), Outcome.COULD_NOT_CHECK, "identity.service_error"),
    ],
)
def test_an_error_of_enrolment_keeps_its_cause(error: MarhabaError, outcome: Outcome, code: str) -> None:
    result = check.result_of_error(error)
    assert (result.outcome, result.code) == (outcome, code)
    assert code in check.STEP.codes
    assert CODE not in str(result.facts)


def machine(serial: str) -> MachineFacts:
    return MachineFacts("0" * 64, "PC", serial, "", "Linux")


KIT = [
    {"id": "pc", "kind": "pc", "model": "PC", "serial": "5CG-1"},
    {"id": "box", "kind": "box", "model": "B535", "serial": "8675"},
    {"id": "head", "kind": "headset", "model": "Jabra", "serial": ""},
]


BOX = {"id": "box-1", "kind": "box", "model": "Huawei B535", "serial": "867530012344417"}


@pytest.mark.parametrize(
    ("serial", "last4", "answer"),
    [
        ("867530012344417", "4417", "identical"),
        ("86-753001-234441-7", "4417", "identical"),
        ("86753001234441", "4417", "identical"),  # fourteen digits: without the check digit
        ("8675300123444102", "4417", "identical"),  # sixteen: with a version in its place
        ("867530012344417", "7518", "other"),
        ("86753001234441", "4427", "other"),
        ("SN-42", "4417", ""),
        ("", "4417", ""),
        ("867530012344417", "", ""),
        ("867530012344417", "44", ""),
    ],
)
def test_the_box_that_was_placed_settles_its_line_by_the_end_of_its_number(serial: str, last4: str, answer: str) -> None:
    (line,) = check.lines([{**BOX, "serial": serial}], None, {"answers": {"box-1": {"answer": "", "found_serial": ""}}}, last4)
    assert line.answer == answer
    assert line.by_machine is bool(answer)
    assert line.found_serial == (f"…{last4}" if answer else "")
    assert check.draft([line]) == {"answers": {}}, "read again, not kept"


def test_a_box_that_is_not_the_sheets_is_told_whichever_step_came_first(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    fake.finish("box", Result(Outcome.PASSED, "box.passed", {"imei_last4": "7518", "box_matches_kit": "unknown"}))
    fake.pair()
    state = fake.context.state()
    found = check.lines(state.kit, MachineFacts("0" * 64, "PC", "5CG1234XYZ", "Model", "Linux"), {}, check.box_ends(state))
    found = [check.answer(line, "confirmed") if not line.answered else line for line in found]
    result = check.result(state, found, None, kit_required=True)
    assert (result.outcome, result.code) == (Outcome.WARNING, "identity.passed_kit_differs")
    told = {item["id"]: (item["answer"], item["found_serial"]) for item in result.facts["kit"]}
    assert told["box-1"] == ("other", "…7518")


def test_a_simulated_box_settles_nothing(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    fake.finish("box", Result(Outcome.PASSED, "box.passed", {"imei_last4": "7518"}, simulated=True))
    assert check.box_ends(fake.context.state()) == ""
    fake.finish("box", Result(Outcome.PASSED, "box.passed", {"imei_last4": 7518}))
    assert check.box_ends(fake.context.state()) == ""


@pytest.mark.parametrize(("serial", "answer", "asked"), [("5cg 1", "identical", False), ("5CG-2", "other", False), ("", "", True)])
def test_the_pc_settles_its_own_line_when_it_can(serial: str, answer: str, asked: bool) -> None:
    pc = check.lines(KIT, machine(serial), {})[0]
    assert (pc.answer, not pc.answered) == (answer, asked)


def test_a_pc_that_could_not_be_read_in_time_is_asked() -> None:
    assert [line.answered for line in check.lines(KIT, None, {})] == [False, False, False]


def test_another_number_that_is_the_sheets_own_is_the_right_item() -> None:
    box = check.lines(KIT, None, {})[1]
    assert check.answer(box, "other", " 86-75 ").answer == "confirmed"
    assert check.answer(box, "other", "٨٦٧٥").answer == "confirmed"
    assert check.answer(box, "other", "9999").answer == "other"
    assert not check.answer(box, "other", "  ").answered


@pytest.mark.parametrize(
    ("box", "head", "required", "code"),
    [
        ("confirmed", "confirmed", False, "identity.passed"),
        ("confirmed", "confirmed", True, "identity.passed"),
        ("missing", "confirmed", False, "identity.passed_kit_differs"),
        ("missing", "confirmed", True, "identity.kit_missing"),
        ("other", "confirmed", False, "identity.passed_kit_differs"),
        ("other", "confirmed", True, "identity.passed_kit_differs"),
    ],
)
def test_the_kit_decides_the_result(box: check.Answer, head: check.Answer, required: bool, code: str, tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    fake.pair()
    lines = check.lines(KIT, machine("5CG-1"), {})
    lines = [lines[0], check.answer(lines[1], box, "9999" if box == "other" else ""), check.answer(lines[2], head)]
    result = check.result(fake.folded, lines, machine("5CG-1"), required)
    assert result.code == code
    assert result.facts["employee_id"] == "20417"
    assert [item["answer"] for item in result.facts["kit"]] == ["identical", box, head]
    assert result.facts["machine"] == {"host_name": "PC", "os": "Linux", "serial": "5CG-1"}


def test_answers_come_back_from_the_draft_and_from_a_failed_step(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    fake.pair()
    lines = check.lines(KIT, None, {})
    lines[1] = check.answer(lines[1], "missing")
    fake.context.save("identity", check.draft(lines))
    assert check.lines(KIT, None, check.saved_answers(fake.folded))[1].answer == "missing"
    fake.finish("identity", check.result(fake.folded, lines, None, True))
    assert "identity" not in fake.folded.drafts
    assert check.lines(KIT, None, check.saved_answers(fake.folded))[1].answer == "missing"


@pytest.mark.parametrize("saved", [{}, {"answers": 3}, {"answers": {"box": 3}}, {"answers": {"box": {"answer": "perhaps"}}}])
def test_a_draft_that_makes_no_sense_is_asked_again(saved: dict[str, Any]) -> None:
    assert not check.lines(KIT, None, saved)[1].answered


def test_not_me_forgets_the_pairing_until_the_next_one(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    fake.pair()
    assert check.paired(fake.folded)
    fake.finish("identity", check.not_me(fake.folded))
    assert not check.paired(fake.folded)
    fake.pair()
    fake.context.save("identity", {"answers": {}})
    assert check.paired(fake.folded)


@pytest.mark.parametrize(
    ("prepared", "serial", "mine"),
    [
        (EnrolmentFile(CODE), "5CG1234XYZ", True),
        (EnrolmentFile(CODE, serial="5cg-1234 xyz"), "5CG1234XYZ", True),
        (EnrolmentFile(CODE, serial="5CG9999ZZZ"), "5CG1234XYZ", False),
        (EnrolmentFile(CODE, serial="5CG9999ZZZ"), "", True),
        (EnrolmentFile(CODE, host_name="pc.atlas.example"), "", True),
        (EnrolmentFile(CODE, host_name="PC-CAS-2"), "5CG1234XYZ", False),
        (EnrolmentFile(CODE, serial="5CG1234XYZ", host_name="PC-CAS-2"), "5CG1234XYZ", False),
    ],
)
def test_a_prepared_code_is_for_the_pc_it_names(prepared: EnrolmentFile, serial: str, mine: bool) -> None:
    assert check.laid_for(prepared, machine(serial)) == mine
    assert check.laid_for(prepared, None), "what a PC does not say settles nothing"

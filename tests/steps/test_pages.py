"""The pages as a person meets them: typing, pressing, going away and coming back."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.contracts.enrolment import EnrolmentFile
from app.contracts.journey import JourneyStep
from app.contracts.outcomes import Outcome
from app.core.errors import BackendRefused, BackendUnreachable, JournalUnwritable, SettingsError
from app.core.step import Result
from app.steps import catalog
from app.steps.guidelines import check as guidelines
from app.steps.guidelines.page import Page as GuidelinesPage
from app.steps.identity import page as identity_page
from app.steps.identity.page import Page as IdentityPage
from app.steps.ready.page import Page as ReadyPage
from app.steps.welcome.page import Page as WelcomePage
from app.ui import i18n, theme
from app.ui.page import StepPage
from app.ui.widgets import Row, scroll
from tests.steps.fakes import CODE, FakeContext, FakeMachine, pack
from tests.ui import a11y

Run = Callable[[Coroutine[Any, Any, Any]], Any]
GROUNDS: dict[StepPage, QScrollArea] = {}
"""What each page lies on, kept alive for the length of a test."""


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeContext]:
    yield FakeContext(tmp_path, {"guidelines": {"read_seconds": 0}})
    while GROUNDS:
        _, ground = GROUNDS.popitem()
        ground.close()


def shown(page: StepPage) -> StepPage:
    """On a scrolling ground as wide as the frame gives."""
    area = scroll(page)
    # What the frame leaves at 1120 pixels, and at 1024 with the wider rail of large text.
    area.resize(788 if theme.current().scale == 1 else 610, 480)
    area.show()
    GROUNDS[page] = area
    page.enter()
    QApplication.sendPostedEvents()
    return page


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - any condition, not an event
            await asyncio.sleep(0.01)


# Every page


@pytest.mark.parametrize("step", catalog.STEPS)
def test_a_page_shows_the_anchors_its_step_promises(step: str, app: QApplication, fake: FakeContext) -> None:
    page = catalog.build_page(step, fake.context)
    assert set(page.anchors) == set(catalog.step(step).anchors)
    assert all(isinstance(widget, QWidget) for widget in page.anchors.values())


def journey_parts(fake: FakeContext) -> list[tuple[str, Callable[[], StepPage]]]:
    """Each page in each of its states."""

    def notice() -> StepPage:
        page = WelcomePage(fake.context)
        shown(page)
        page.show_notice()
        return page

    def code() -> StepPage:
        page = IdentityPage(fake.context)
        shown(page)
        page.field.set_code("K7MO")
        return page

    def question(answered: bool) -> Callable[[], StepPage]:
        def make() -> StepPage:
            at = guidelines.begin(fake.content())
            while at.phase == "read":
                at = guidelines.topic_read(at, fake.content(), guidelines.Limits(), 4)
            if answered:
                at = guidelines.answered(at, "a")
            fake.context.save("guidelines", guidelines.draft_of(at))
            return shown(GuidelinesPage(fake.context))

        return make

    return [
        ("welcome", lambda: shown(WelcomePage(fake.context))),
        ("notice", notice),
        ("code", code),
        ("reading", lambda: shown(GuidelinesPage(fake.context))),
        ("question", question(False)),
        ("answered", question(True)),
        ("ready", lambda: shown(ReadyPage(fake.context))),
    ]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_control_has_a_name_and_no_word_is_cut(
    language: str, scale: float, app: QApplication, fake: FakeContext, run_async: Run
) -> None:
    i18n.set_language(app, language)
    theme.apply(app, "light", scale)
    fake.pair()

    async def story() -> None:
        for name, make in journey_parts(fake):
            page = make()
            await asyncio.sleep(0.15)
            assert a11y.unnamed(page) == [], name
            assert a11y.clipped(page) == [], name
            assert a11y.sideways(GROUNDS[page]) == [], name
            page.leave()
            GROUNDS.pop(page).close()
        page = IdentityPage(fake.context)
        shown(page)
        await until(lambda: not page._reading)
        page._kit.rows["head-1"].other.click()
        await asyncio.sleep(0.15)
        for found in (a11y.unnamed(page), a11y.clipped(page), a11y.sideways(GROUNDS[page])):
            assert found == [], "kit"

    run_async(story())


# Welcome


def test_nothing_begins_before_the_notice_is_accepted(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = WelcomePage(fake.context)
    shown(page)
    assert not page.valid
    assert fake.folded.sequence == 0
    page._accept.setChecked(True)
    assert page.valid
    result = run_async(page.advance())
    assert fake.folded.notice_version == pack("en").notice.version
    assert result.facts == {"notice_version": fake.folded.notice_version, "language": "en", "minutes": 25}
    assert run_async(page.advance()) == result, "accepted once"
    assert fake.folded.sequence == 1


def test_the_notice_opens_on_the_page_and_back_closes_it(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = WelcomePage(fake.context)
    shown(page)
    page._summary.linkActivated.emit("notice")
    assert page.title() == pack("en").notice.title
    assert page.can_go_back()
    assert page.back()
    assert not page.back()
    page.show_notice()
    assert run_async(page.advance()) is None
    assert fake.folded.notice_version == "", "reading is not accepting"


def test_who_comes_back_sees_what_remains(app: QApplication, fake: FakeContext) -> None:
    fake.context.accept_notice(pack("en").notice.version)
    fake.finish("welcome", Result(Outcome.PASSED, "welcome.passed"))
    fake.finish("identity", Result(Outcome.FAILED, "identity.code_refused"))
    page = WelcomePage(fake.context)
    shown(page)
    assert (page.title(), page.primary(), page.valid) == ("Welcome back", "Resume", True)
    assert len(page._rest_rows.rows) == 3


def test_a_language_is_one_press_away(app: QApplication, fake: FakeContext) -> None:
    page = WelcomePage(fake.context)
    shown(page)
    page._languages["ar"].click()
    assert fake.languages == ["ar"]
    assert page._languages["en"].isChecked(), "what is in force stays marked until it changes"


def test_a_full_disk_accepts_nothing(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = WelcomePage(fake.context)
    shown(page)
    page._accept.setChecked(True)
    fake.full = True
    with pytest.raises(JournalUnwritable):
        run_async(page.advance())
    assert fake.folded.notice_version == ""


# Identity


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), CODE.replace("-", ""), CODE.replace("-", "  "), f"Code: {CODE}"])
def test_a_code_is_taken_however_it_comes(typed: str, app: QApplication, fake: FakeContext) -> None:
    page = IdentityPage(fake.context)
    shown(page)
    app.clipboard().setText(typed)
    page.field.setFocus()
    page.field.paste()
    assert page.field.text() == CODE.replace("-", "")
    assert page.valid
    assert page.field.accessibleDescription() == "Code valid"
    assert page.field.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_mistakes_are_said_while_typing(app: QApplication, fake: FakeContext) -> None:
    page = IdentityPage(fake.context)
    shown(page)
    said: list[str] = []
    page.said.connect(said.append)
    QTest.keyClicks(page.field, "k7mo")
    assert "“O”" in page._error.text()
    assert said == [page._error.text()]
    QTest.keyClick(page.field, Qt.Key.Key_Backspace)
    assert page._error.isHidden()
    plain = CODE.replace("-", "")
    QTest.keyClicks(page.field, plain[3:-1] + ("3" if plain[-1] != "3" else "4"))
    assert "wrong" in page._error.text()
    assert not page.valid


def test_a_character_typed_in_the_middle_stays_in_place(app: QApplication, fake: FakeContext) -> None:
    page = IdentityPage(fake.context)
    shown(page)
    page.field.set_code("K7Q2")
    page.field.setCursorPosition(2)
    QTest.keyClicks(page.field, "m")
    assert page.field.text() == "K7MQ2"
    assert page.field.cursorPosition() == 3


@pytest.mark.parametrize(
    ("error", "code"),
    [(BackendRefused("enrolment.code_used", 409), "identity.code_used"), (BackendUnreachable(), "identity.offline")],
)
def test_a_refused_code_can_be_tried_again(error: Exception, code: str, app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = IdentityPage(fake.context)
    shown(page)
    page.field.set_code(CODE)
    fake.enroller.error = error
    result = run_async(page.advance())
    assert result.code == code
    assert not page.busy
    fake.finish("identity", result)
    page.failure_closed()
    assert page.field.text() == CODE.replace("-", "")
    assert page.valid
    fake.enroller.error = None
    assert run_async(page.advance()) is None
    assert fake.enroller.codes == [CODE, CODE]


def paired(fake: FakeContext, run_async: Run) -> IdentityPage:
    page = IdentityPage(fake.context)
    shown(page)
    page.field.set_code(CODE)

    async def story() -> None:
        assert await page.advance() is None
        await until(lambda: not page._reading)

    run_async(story())
    return page


def test_a_pc_without_the_services_address_is_not_told_that_the_service_failed(
    app: QApplication, fake: FakeContext, run_async: Run
) -> None:
    fake.enroller.error = SettingsError("settings.backend_url", url="")
    page = IdentityPage(fake.context)
    shown(page)
    page.field.set_code(CODE)
    with pytest.raises(SettingsError) as raised:
        run_async(page.advance())
    assert raised.value.code == "settings.invalid"
    assert raised.value.code in pack("en").advice
    assert not page.busy
    assert page.field.text(), "the code stays"


def test_the_kit_is_confirmed_line_by_line_and_kept(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = paired(fake, run_async)
    assert page._kit.rows["pc-1"].line.answer == "identical"
    assert not page.valid
    page._kit.rows["box-1"].right.click()
    assert fake.folded.drafts["identity"]["answers"]["box-1"]["answer"] == "confirmed"

    again = IdentityPage(fake.context)  # killed and started again

    async def resume() -> Result | None:
        shown(again)
        await until(lambda: not again._reading)
        assert again._kit.rows["box-1"].line.answer == "confirmed"
        assert not again.valid
        again._kit.rows["head-1"].other.click()
        QTest.keyClicks(again._kit.rows["head-1"].serial, "00F3B7")
        QTest.keyClick(again._kit.rows["head-1"].serial, Qt.Key.Key_Return)
        assert again.valid
        return await again.advance()

    result = run_async(resume())
    assert (result.outcome, result.code) == (Outcome.WARNING, "identity.passed_kit_differs")
    assert result.facts["kit"][2]["found_serial"] == "00F3B7"
    assert "activation" not in str(fake.folded.drafts)
    assert CODE not in str(fake.folded.drafts)


def test_a_number_half_typed_stays_when_the_pc_has_told_its_own(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = paired(fake, run_async)
    row = page._kit.rows["head-1"]
    row.other.click()
    QTest.keyClicks(row.serial, "00F3")
    page._fill_kit()
    assert row.naming.isVisibleTo(page)
    assert row.serial.text() == "00F3"


def test_an_answer_can_be_changed(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = paired(fake, run_async)
    for row in (page._kit.rows["box-1"], page._kit.rows["head-1"]):
        row.right.click()
    assert page.valid
    page._kit.rows["box-1"].change.click()
    assert not page.valid
    page._kit.rows["box-1"].missing.click()
    assert run_async(page.advance()).code == "identity.passed_kit_differs"


def test_a_full_disk_shows_no_answer(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = paired(fake, run_async)
    fake.full = True
    page._kit.rows["box-1"].right.click()
    assert page._kit.rows["box-1"].line.answer == ""
    assert not page._notice.isHidden()
    fake.full = False
    page._kit.rows["box-1"].right.click()
    assert page._notice.isHidden()


def test_a_pc_that_does_not_answer_is_asked_about(
    app: QApplication, fake: FakeContext, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity_page, "MACHINE_LIMIT_S", 0.05)
    fake.context.machine = FakeMachine(delay_s=0.4)
    page = paired(fake, run_async)
    assert page._kit.rows["pc-1"].right.isVisibleTo(page)


def test_this_is_not_me(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = paired(fake, run_async)
    page._not_me.click()
    assert page.valid
    result = run_async(page.advance())
    assert result.code == "identity.not_me"
    fake.finish("identity", result)
    page.failure_closed()
    assert page.title() == "Enter your activation code"
    assert page.field.text() == ""
    again = IdentityPage(fake.context)
    shown(again)
    assert again.title() == "Enter your activation code", "also after a restart"


def test_a_lost_key_asks_for_a_new_code(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    fake.pair()
    fake.enroller.again = True
    page = IdentityPage(fake.context)
    shown(page)
    assert pack("en").advice["identity.pair_again"].title in page._notice.text.text()
    page.field.set_code(CODE)
    assert run_async(page.advance()) is None
    assert page._notice.isHidden()
    page.leave()


def test_zero_touch_pairs_by_itself(app: QApplication, fake: FakeContext, run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity_page, "ZERO_TOUCH_PAUSE_S", 0.05)
    fake.enroller.file = EnrolmentFile(CODE)
    page = IdentityPage(fake.context)

    async def story() -> None:
        shown(page)
        assert not page._notice.isHidden()
        await until(lambda: bool(fake.folded.employee_id))
        await until(lambda: not page._reading)

    run_async(story())
    assert fake.enroller.codes == [CODE]
    assert page.title().startswith("Check that this is you")


def test_zero_touch_can_be_stopped(app: QApplication, fake: FakeContext, run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity_page, "ZERO_TOUCH_PAUSE_S", 0.2)
    fake.enroller.file = EnrolmentFile(CODE)
    page = IdentityPage(fake.context)

    async def story() -> None:
        shown(page)
        page._not_now.click()
        await asyncio.sleep(0.4)

    run_async(story())
    assert fake.enroller.codes == []
    assert page.field.text() == ""


def test_zero_touch_that_fails_says_so_and_leaves_the_code(
    app: QApplication, fake: FakeContext, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity_page, "ZERO_TOUCH_PAUSE_S", 0.01)
    fake.enroller.file = EnrolmentFile(CODE)
    fake.enroller.error = BackendUnreachable()
    page = IdentityPage(fake.context)

    async def story() -> Result | None:
        shown(page)
        await until(lambda: page.valid)
        return await page.advance()

    assert run_async(story()).code == "identity.offline"
    assert pack("en").advice["identity.offline"].title in page._notice.text.text()


def test_a_file_laid_for_another_pc_uses_no_code_up(
    app: QApplication, fake: FakeContext, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(identity_page, "ZERO_TOUCH_PAUSE_S", 0.01)
    fake.enroller.file = EnrolmentFile(CODE, serial="5CG9999ZZZ")
    page = IdentityPage(fake.context)

    async def story() -> None:
        shown(page)
        await until(lambda: page._notice_code != "")

    run_async(story())
    assert fake.enroller.codes == []
    assert page.field.text() == ""
    assert pack("en").advice["identity.enrolment_file_foreign"].title in page._notice.text.text()
    assert page._not_now.isHidden()


def test_a_broken_enrolment_file_is_no_dead_end(app: QApplication, fake: FakeContext) -> None:
    fake.enroller.file = SettingsError("enrolment_file.invalid")
    page = IdentityPage(fake.context)
    shown(page)
    assert pack("en").advice["identity.enrolment_file_invalid"].title in page._notice.text.text()


# Guidelines


def press(page: StepPage, run_async: Run) -> Result | None:
    assert page.valid
    return cast("Result | None", run_async(page.advance()))


def answer(page: GuidelinesPage, right: bool, run_async: Run) -> Result | None:
    question = guidelines.question_of(page.context.content(), page._question)
    choice = next(c.id for c in question.choices if (c.id == question.right) == right)
    page._question_view._cards[choice].click()
    assert press(page, run_async) is None
    assert page._question_view._cards[question.right].state == "right"
    assert (page._question_view._cards[choice].state == "right") == right
    assert page._question_view.explanation.text.text() == question.explanation
    return press(page, run_async)


def at_quiz(fake: FakeContext, run_async: Run) -> GuidelinesPage:
    page = GuidelinesPage(fake.context)
    shown(page)
    for _ in fake.content().topics[len(page._at.read) :]:
        press(page, run_async)
    assert page._at.phase == "quiz"
    return page


def test_read_answer_promise(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = at_quiz(fake, run_async)
    assert not page.valid
    for _ in range(8):
        assert answer(page, True, run_async) is None
    assert not page.valid, "the promise is not made for anybody"
    page._attest_view.box.setChecked(True)
    result = press(page, run_async)
    assert result is not None
    assert (result.code, result.facts["score"], result.facts["attested"]) == ("guidelines.passed", 8, True)


def test_the_next_question_is_written_on_the_same_cards_with_nothing_chosen(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = at_quiz(fake, run_async)
    before = list(page._question_view._cards.values())
    answer(page, False, run_async)
    after = page._question_view._cards
    assert set(after.values()) <= set(before) or len(after) > len(before)
    assert not page._question_view.choice
    assert not page.valid
    for number, (choice, card) in enumerate(after.items()):
        assert (card.state, card.reply.isHidden()) == ("idle", True)
        assert number == list(page._at.order[page._question]).index(choice)
        card.click()
        assert page._question_view.choice == choice
        assert [other.state for other in after.values()].count("chosen") == 1


def test_a_topic_is_seen_for_a_moment(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    fake.journey.steps[2].limits["read_seconds"] = 0.1
    page = GuidelinesPage(fake.context)

    async def story() -> None:
        shown(page)
        assert not page.valid
        await until(lambda: page.valid)

    run_async(story())


def test_a_kill_and_a_language_change_keep_question_and_answer(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = at_quiz(fake, run_async)
    answer(page, True, run_async)
    question = page._question
    order = list(page._question_view._cards)
    page._question_view._cards[order[2]].click()
    i18n.set_language(app, "ar")
    page.retranslate()
    assert page._question_view.choice == order[2]
    assert page.title() == guidelines.question_of(pack("ar"), question).text
    assert page._question_view._cards[order[0]].letter == "أ"
    press(page, run_async)

    again = GuidelinesPage(fake.context)
    shown(again)
    assert again._question == question
    assert list(again._question_view._cards) == order
    assert again._answer == order[2]
    assert again.valid


def test_a_failed_quiz_goes_on_with_the_wrong_topics(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = at_quiz(fake, run_async)
    result = None
    for number in range(8):
        result = answer(page, number >= 2, run_async)
    assert result is not None
    assert result.code == "guidelines.quiz_failed"
    fake.finish("guidelines", result)
    page.failure_closed()
    assert page._at.phase == "read"
    assert len(page._topics._rows.rows) == 2


def test_when_retries_are_gone_reading_ends_at_the_helpdesk(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    facts = {"attempts": 3, "rules_sha256": fake.content().sha256, "wrong": []}
    fake.finish("guidelines", Result(Outcome.FAILED, "guidelines.retries_exhausted", facts))
    page = GuidelinesPage(fake.context)
    shown(page)
    result = None
    for _ in fake.content().topics:
        assert "The tries are used up" in page.why(), "nobody reads on in hope of questions"
        last = page.primary()
        result = press(page, run_async)
    assert last == "What to do"
    assert result is not None
    assert result.code == "guidelines.retries_exhausted"


def test_the_rule_can_be_read_again_from_a_question(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = at_quiz(fake, run_async)
    title = page.title()
    page._question_view.link.click()
    assert page.title() != title
    assert press(page, run_async) is None
    assert page.title() == title


def test_new_rules_start_the_step_again(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    at_quiz(fake, run_async)
    fake.pack["en"] = replace(pack("en"), sha256="f" * 64)
    page = GuidelinesPage(fake.context)
    shown(page)
    assert page._at.phase == "read"
    assert not page._changed_notice.isHidden()


def test_rules_that_change_under_an_open_question_start_the_step_again(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    """A newer journey may arrive while the quiz is on screen; its questions need not be those that were drawn."""
    page = at_quiz(fake, run_async)
    changed: list[bool] = []
    page.changed.connect(lambda: changed.append(True))
    for language in ("en", "fr"):
        others = pack(language)
        fake.pack[language] = replace(others, sha256="f" * 64, questions=(), topics=others.topics[1:])
    assert page.title() == fake.content().topics[0].title
    assert changed, "the frame is told"
    assert not page._changed_notice.isHidden()
    i18n.set_language(app, "fr")
    assert page.title() == fake.content().topics[0].title
    page.retranslate()
    assert (page.primary(), page._at.phase) == (page.tr("Read, next"), "read")


def test_a_full_disk_moves_nothing_on(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    page = GuidelinesPage(fake.context)
    shown(page)
    title = page.title()
    fake.full = True
    with pytest.raises(JournalUnwritable):
        run_async(page.advance())
    assert page.title() == title


# Ready


def proved(fake: FakeContext) -> None:
    fake.pair()
    for step in ("welcome", "identity", "guidelines"):
        fake.finish(step, Result(Outcome.PASSED, f"{step}.passed"))


def test_ready_names_human_resources_beside_a_question_that_waits(app: QApplication, fake: FakeContext) -> None:
    fake.journey.steps.insert(2, JourneyStep("addendum"))
    for step in ("welcome", "identity", "guidelines"):
        fake.finish(step, Result(Outcome.PASSED, f"{step}.passed"))
    fake.finish("addendum", Result(Outcome.WARNING, "addendum.question_pending", {"question": "?"}))
    page = shown(ReadyPage(fake.context))
    row = next(row for row in page.findChildren(Row) if "addendum" in row.title.text())
    assert "human resources" in row.detail.text()
    fake.finish("addendum", Result(Outcome.PASSED, "addendum.signed", {"signed_at": "2026-11-24T08:40:00Z"}))
    page.enter()
    row = [row for row in page.findChildren(Row) if "addendum" in row.title.text()][-1]
    assert "Signed on" in row.detail.text()


def test_ready_is_recorded_first_and_the_certificate_saved_then(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    proved(fake)
    page = ReadyPage(fake.context)
    shown(page)
    assert page.title() == "Everything is checked"
    assert not page._save.isEnabled()
    result = press(page, run_async)
    assert result is not None
    assert result.code == "ready.passed"
    fake.finish("ready", result)

    async def story() -> None:
        page.failure_closed()
        await until(lambda: page._task is None)

    run_async(story())
    assert (fake.context.documents / "marhaba-certificate-20417.pdf").stat().st_size > 10_000
    assert page.title() == "Your workstation is ready"
    assert page.primary() == "Finish"
    assert "marhaba-certificate-20417.pdf" in i18n.plain(page._certificate.text.text())


def test_a_certificate_that_cannot_be_saved_is_said_and_can_be_tried_again(
    app: QApplication, fake: FakeContext, run_async: Run, tmp_path: Path
) -> None:
    proved(fake)
    fake.finish("ready", Result(Outcome.PASSED, "ready.passed"))
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    fake.context.documents = blocked
    page = ReadyPage(fake.context)

    async def story() -> None:
        shown(page)
        await until(lambda: page._task is None)
        assert pack("en").advice["ready.certificate_unsaved"].title in page._certificate.text.text()
        fake.context.documents = tmp_path
        page._save.click()
        await until(lambda: page._task is None)

    run_async(story())
    assert (tmp_path / "marhaba-certificate-20417.pdf").exists()


def test_what_is_missing_names_who_fixes_it(app: QApplication, fake: FakeContext, run_async: Run) -> None:
    fake.finish("welcome", Result(Outcome.PASSED, "welcome.passed"))
    fake.finish("identity", Result(Outcome.FAILED, "identity.code_refused"))
    page = ReadyPage(fake.context)
    shown(page)
    rows = [row.accessibleName() for row in page._rows.rows]
    assert "the helpdesk" in rows[1]
    assert pack("en").advice["identity.code_refused"].title in rows[1]
    assert "you" in rows[2]
    result = press(page, run_async)
    assert result is not None
    assert result.code == "ready.incomplete"


def test_ready_with_remarks_says_which_and_with_what_code(app: QApplication, fake: FakeContext) -> None:
    for step, outcome in (("welcome", Outcome.PASSED), ("identity", Outcome.WARNING), ("guidelines", Outcome.PASSED)):
        fake.finish(step, Result(outcome, f"{step}.passed", simulated=step == "guidelines"))
    page = ReadyPage(fake.context)
    assert page.tells_remarks(), "no advice comes before the page"
    fake.finish("ready", Result(Outcome.WARNING, "ready.passed_with_warnings"))
    shown(page)
    assert page.title() == pack("en").advice["ready.passed_with_warnings"].title
    told = i18n.plain(page._remark.text())
    assert "Remark on: Identification, Security rules" in told
    assert "Code to give on the phone: RDY-406-D" in told
    fake.finish("ready", Result(Outcome.PASSED, "ready.passed"))
    page.retranslate()
    assert page._remark.isHidden()
    assert page.title() == "Your workstation is ready"


@pytest.mark.parametrize("step", catalog.STEPS)
def test_a_page_built_a_piece_at_a_time_is_the_page(step: str, app: QApplication, tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    page = catalog.build_page(step, fake.context, whole=False)
    assert page.anchors == {}, "nothing yet"
    pieces = 1
    while page.build_on():
        pieces += 1
    assert pieces > 1
    assert set(page.anchors) == set(catalog.step(step).anchors)
    page.complete()
    assert not page.build_on()
    page.deleteLater()


def test_a_change_of_language_finds_a_page_that_is_being_built_whole(app: QApplication, tmp_path: Path) -> None:
    page = catalog.build_page("vpn", FakeContext(tmp_path).context, whole=False)
    page.build_on()
    i18n.set_language(app, "fr")
    QApplication.sendEvent(page, QEvent(QEvent.Type.LanguageChange))
    assert page.title() == "Connexion sécurisée à l’entreprise"
    assert page.anchors
    page.deleteLater()

"""The page as a person meets it: read, ask, refuse, sign; with every way it can go wrong, and taken up after a kill."""

import asyncio
import gc
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome
from app.core.addendum import AddendumError, Signed
from app.core.errors import BackendRefused, BackendUnreachable, JournalUnwritable
from app.steps.addendum import check
from app.steps.addendum import page as addendum_page
from app.steps.addendum.page import Page
from app.ui import aio, i18n, theme
from tests.steps.addendum.fakes import CHANNEL, CODE, FINAL, FakeAddenda, offer_of, pdf
from tests.steps.stand import PageStand, Run, result_of, until
from tests.ui import a11y


class Stand(PageStand[Page]):
    """With an addendum behind it. `reopen` is the wizard killed and started again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, (2, "addendum"))
        self.limits["page_seconds"] = 0
        self.addenda = FakeAddenda(pdf())
        self.fake.context.addenda = lambda: self.addenda

    async def open(self) -> Page:
        page = self.on_ground(Page(self.fake.context))
        await until(lambda: page._phase != "loading")
        return page

    async def reopen(self) -> Page:
        self.close()
        return await self.open()

    async def read_all(self) -> None:
        while self.page._phase == "read":
            await until(lambda: self.page.valid)
            assert await self.page.advance() is None

    async def to_sign(self, code: str = CODE) -> None:
        """Everything but the button."""
        await self.read_all()
        await self.ask_code(code)
        self.page.side.before.consent.click()
        draw(self.page)
        await until(lambda: self.page.valid)

    async def ask_code(self, code: str = CODE) -> None:
        form = self.page.side.before.code
        (form.ask if form.ask.isVisible() else form.again).click()
        await until(lambda: form.edit.isVisible() and form.edit.isEnabled())
        QTest.keyClicks(form.edit, code)

    def close(self) -> None:
        if self.area is not None:
            super().close()
            del self.page
            gc.collect()  # here and now: a worker thread must not be the one that collects widgets

    @property
    def draft(self) -> dict[str, Any]:
        return self.fake.folded.drafts["addendum"]


@pytest.fixture
def stand(app: QApplication, tmp_path: Path) -> Iterator[Stand]:
    made = Stand(tmp_path)
    yield made
    made.close()


def draw(page: Page) -> None:
    pad = page.side.signature.pad
    left, middle = 20, pad.height() // 2
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(left, middle))
    for step in range(1, 20):
        QTest.mouseMove(pad, QPoint(left + step * 8, middle + (12 if step % 2 else -12)))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(left + 160, middle))


def story(stand: Stand, run: Run, tell: Callable[[], Coroutine[Any, Any, None]]) -> None:
    run(stand.play(tell()))


# The whole way


def test_read_confirmed_signed_and_both_copies_kept(stand: Stand, run_async: Run, tmp_path: Path) -> None:
    async def tell() -> None:
        page = await stand.open()
        assert page.title() == "Read your telework addendum"
        assert page.primary() == "Read, next page"
        await until(lambda: page.reader.paper.sheet.drawn)
        assert "page 1" in page.reader.paper.accessibleDescription()
        assert not page.side.isVisible()
        await stand.to_sign()
        assert page.title() == "Sign your telework addendum"
        assert await page.advance() is None
        assert page.title() == "Your addendum is signed"
        await until(lambda: page.views.done.open.isVisible())
        assert (tmp_path / "addendum-signed.pdf").read_bytes() == stand.addenda.signed_pdf
        assert (tmp_path / "addendum-audit.pdf").read_bytes().startswith(b"%PDF-")
        assert (tmp_path / "addendum-audit.json").read_bytes() == b"{}"
        result = await result_of(page)
        assert (result.outcome, result.code) == (Outcome.PASSED, "addendum.signed")
        facts = result.facts
        assert facts["final_sha256"] == FINAL
        assert facts["document_sha256"] == stand.addenda.it.sha256
        assert facts["certificate_sha256"] == "cd" * 32
        assert facts["timestamp_serial"] == "1234567890"
        assert facts["channel_masked"] == CHANNEL.masked
        assert facts["consent_version"] == "2026-1"
        assert set(facts["page_seconds"]) == {"1", "2", "3"}
        assert facts["level"] == "simple"

    story(stand, run_async, tell)
    act = stand.addenda.acts[0]
    assert act.document == stand.addenda.data
    assert [page.page for page in act.reading.pages] == [1, 2, 3]
    assert act.appearance.kind == "drawn"
    assert all(0 <= x <= 1 and 0 <= y <= 1 for stroke in act.appearance.strokes for x, y in stroke)
    recorded = msgspec.json.encode(stand.fake.folded).decode()
    assert CODE not in recorded, "the code is never written down"
    assert "strokes" not in recorded, "the drawing is never written down"


def test_a_page_is_looked_at_before_the_next_one_comes(stand: Stand, run_async: Run) -> None:
    stand.limits["page_seconds"] = 0.3

    async def tell() -> None:
        page = await stand.open()
        assert not page.valid
        QTest.keyClick(page.reader.paper, Qt.Key.Key_End)
        QTest.keyClick(page.reader.paper, Qt.Key.Key_PageDown)
        assert page._desk.progress.page == 1, "the keyboard is no way round"
        await until(lambda: page.valid)
        QTest.keyClick(page.reader.paper, Qt.Key.Key_End)
        QTest.keyClick(page.reader.paper, Qt.Key.Key_PageDown)
        assert page._desk.progress.page == 2
        assert page.back()
        assert page._desk.progress.page == 1
        assert page.valid, "what was read is not timed again"
        assert page.reader.next.isEnabled()

    story(stand, run_async, tell)


def test_zoom_by_buttons_and_keyboard(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        paper = page.reader.paper
        wide = paper.sheet.width()
        page.reader.larger.click()
        assert paper.sheet.width() > wide
        QTest.keyClick(paper, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
        assert i18n.plain(page.reader.percent.text()) == "150 %"
        await until(lambda: paper.sheet.drawn)
        QTest.keyClick(paper, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(paper, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
        assert paper.sheet.width() == wide
        assert not page.reader.smaller.isEnabled()

    story(stand, run_async, tell)


def test_the_text_counts_as_reading_once_its_end_was_seen(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        page.reader.as_text.click()
        view = page.reader.clauses
        assert "Article 1" in view.text.toPlainText()
        assert not page.valid
        view.arabic.click()
        assert "المادة 1" in view.text.toPlainText()
        bar = view.text.verticalScrollBar()
        bar.setValue(bar.maximum())
        await until(lambda: page.valid)
        assert page.primary() == "I have read the text"
        await page.advance()
        assert page._phase == "sign"
        assert stand.draft["read_as"] == "text"
        assert stand.draft["read"] == [1, 2, 3]

    story(stand, run_async, tell)


def test_typed_instead_of_drawn_and_undone(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.to_sign()
        card = page.side.signature
        card.undo.click()
        assert card.pad.empty
        assert not page.valid
        draw(page)
        card.clear.click()
        assert card.appearance() is None
        QTest.mouseClick(card.pad, Qt.MouseButton.LeftButton)
        assert card.appearance() is None, "a dot is no signature"
        card.switch.click()
        QTest.keyClicks(card.name, "S")
        assert card.appearance() is None
        QTest.keyClicks(card.name, "alma  El Idrissi ")
        await until(lambda: page.valid)
        await page.advance()
        given = stand.addenda.acts[0].appearance
        assert (given.kind, given.name, given.strokes) == ("typed", "Salma El Idrissi", [])

    story(stand, run_async, tell)


def test_only_the_appearance_that_the_journey_takes(stand: Stand, run_async: Run) -> None:
    stand.limits["appearance"] = ["typed"]

    async def tell() -> None:
        page = await stand.open()
        await stand.read_all()
        assert page.side.signature.name.isVisible()
        assert not page.side.signature.switch.isVisible()

    story(stand, run_async, tell)


# Codes


@pytest.mark.parametrize(("typed", "code"), [("٣٧٠٥١٨", CODE), ("۳۷۰۵۱۸", CODE), ("37 05-18", CODE)])
def test_digits_of_any_script_are_understood(stand: Stand, run_async: Run, typed: str, code: str) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.read_all()
        await stand.ask_code("")
        page.side.before.code.edit.insert(typed)
        page.side.before.code.edit.textEdited.emit(page.side.before.code.edit.text())
        assert page.side.before.code.code == code

    story(stand, run_async, tell)


def test_a_pasted_message_gives_its_code(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.read_all()
        await stand.ask_code("")
        QApplication.clipboard().setText("Votre code est 370518. Il est valable dix minutes.")
        page.side.before.code.edit.paste()
        assert page.side.before.code.code == CODE

    story(stand, run_async, tell)


def test_a_wrong_code_keeps_the_signature_and_says_how_many_tries_are_left(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.to_sign("111111")
        assert await page.advance() is None
        form = page.side.before.code
        assert "not the right code" in form.error.text()
        assert form.caption.text() == "4 tries left"
        assert not page.valid
        QTest.keyClicks(form.edit, CODE)
        await until(lambda: page.valid)
        assert await page.advance() is None
        assert page._phase == "done"

    story(stand, run_async, tell)


@pytest.mark.parametrize("code", ["addendum.code_expired", "addendum.code_locked", "addendum.transaction_expired"])
def test_a_code_that_is_over_asks_for_another(stand: Stand, run_async: Run, code: str) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.to_sign()
        stand.addenda.fail("sign", BackendRefused(code, 422))
        assert await page.advance() is None
        form = page.side.before.code
        assert form.ask.isVisible()
        assert form.error.isVisible()
        await stand.ask_code()
        await until(lambda: page.valid)
        await page.advance()
        assert page._phase == "done"
        assert stand.addenda.codes == 2

    story(stand, run_async, tell)


def test_another_code_only_after_the_wait(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.read_all()
        stand.addenda.fail("send_code", BackendRefused("addendum.rate_limited", 429, retry_after=40.0))
        form = page.side.before.code
        form.ask.click()
        await until(form.error.isVisible)
        assert not form.ask.isEnabled()
        assert "40 seconds" in form.wait.text() or "39 seconds" in form.wait.text()

    story(stand, run_async, tell)


# What cannot be settled on the page is told in full, once the person asks what to do


@pytest.mark.parametrize(
    ("error", "code", "outcome"),
    [
        (BackendUnreachable(), "addendum.offline", Outcome.COULD_NOT_CHECK),
        (BackendRefused("addendum.no_channel", 409), "addendum.no_channel", Outcome.FAILED),
        (BackendRefused("addendum.certificate_revoked", 409), "addendum.certificate_refused", Outcome.FAILED),
        (BackendRefused("addendum.signing_not_set_up", 503), "addendum.not_set_up", Outcome.COULD_NOT_CHECK),
        (BackendRefused("http.502", 502), "addendum.backend_refused", Outcome.COULD_NOT_CHECK),
    ],
)
def test_no_code_can_be_sent(stand: Stand, run_async: Run, error: Any, code: str, outcome: Outcome) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.read_all()
        stand.addenda.fail("send_code", error)
        page.side.before.code.ask.click()
        await until(lambda: page.valid)
        assert page.primary() == "What to do"
        result = await result_of(page)
        assert (result.code, result.outcome) == (code, outcome)
        page.failure_closed()
        await until(lambda: page._phase == "sign")
        await stand.ask_code()
        assert page.side.before.code.code == CODE

    story(stand, run_async, tell)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (BackendUnreachable(), "addendum.offline"),
        (AddendumError("addendum.document_changed"), "addendum.document_changed"),
        (BackendRefused("addendum.reading_incomplete", 422), "addendum.reading_incomplete"),
        (BackendRefused("addendum.signature_invalid", 422), "addendum.backend_refused"),
        (AddendumError("addendum.certificate_refused"), "addendum.certificate_refused"),
    ],
)
def test_signing_that_fails_signs_nothing_and_says_why(stand: Stand, run_async: Run, error: Any, code: str) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.to_sign()
        stand.addenda.fail("sign", error)
        assert (await result_of(page)).code == code
        assert "addendum" not in stand.fake.folded.steps

    story(stand, run_async, tell)


def test_a_full_disk_signs_nothing_and_is_told_as_what_it_is(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.to_sign()
        stand.addenda.fail("sign", OSError("no space"))
        with pytest.raises(JournalUnwritable):
            await page.advance()
        page.failure_closed()
        await until(lambda: page._phase == "sign" and page.valid)
        await page.advance()
        assert page._phase == "done", "one more press, once there is room"

    story(stand, run_async, tell)


@pytest.mark.parametrize(
    ("call", "error", "code"),
    [
        ("offer", BackendUnreachable(), "addendum.offline"),
        ("offer", BackendRefused("addendum.not_offered", 404), "addendum.not_offered"),
        ("offer", BackendRefused("token.refused", 401), "addendum.not_paired"),
        ("offer", AddendumError("addendum.not_paired"), "addendum.not_paired"),
        ("document", AddendumError("addendum.document_unreadable"), "addendum.document_unreadable"),
        ("document", BackendUnreachable("backend.unintelligible"), "addendum.offline"),
    ],
)
def test_what_cannot_be_opened_says_why_and_is_tried_again(stand: Stand, run_async: Run, call: str, error: Any, code: str) -> None:
    async def tell() -> None:
        stand.addenda.fail(call, error)
        page = await stand.open()
        assert page._phase == "problem"
        assert stand.fake.content().advice[code].title == page.waiting.row.title.text()
        assert (await result_of(page)).code == code
        page.waiting.retry.click()
        await until(lambda: page._phase == "read")

    story(stand, run_async, tell)


@pytest.mark.parametrize("pages", [0, 2])
def test_a_document_that_cannot_be_shown_is_never_signed(stand: Stand, run_async: Run, pages: int) -> None:
    async def tell() -> None:
        stand.addenda.data = pdf(pages) if pages else b"%PDF-1.7 not really"  # the offer says three pages
        page = await stand.open()
        assert (await result_of(page)).code == "addendum.document_unreadable"

    story(stand, run_async, tell)


def test_no_addendum_is_asked_for(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        stand.addenda.it = msgspec.structs.replace(stand.addenda.it, state="none")
        page = await stand.open()
        assert page.primary() == "Continue"
        assert (await result_of(page)).outcome is Outcome.NOT_APPLICABLE

    story(stand, run_async, tell)


def test_a_newer_document_while_signing_is_read_anew(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.to_sign()
        stand.addenda.data = pdf(mark="new")
        stand.addenda.it = offer_of(stand.addenda.data, version="2026-2")
        stand.addenda.fail("sign", BackendRefused("addendum.document_changed", 409))
        assert await page.advance() is None
        assert page._phase == "read"
        assert page.strip.isVisible()
        assert page._desk.progress.read == frozenset()
        await stand.read_all()
        assert not page.side.before.consent.isChecked(), "the new text is agreed to anew"

    story(stand, run_async, tell)


def test_offline_it_is_read_and_says_that_signing_waits(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        stand.addenda.kept = True
        page = await stand.open()
        assert "No line" in page.strip.text.text()
        await stand.read_all()
        stand.addenda.fail("send_code", BackendUnreachable())
        page.side.before.code.ask.click()
        await until(lambda: page.valid)
        assert (await result_of(page)).code == "addendum.offline"
        page.failure_closed()
        await until(lambda: page._phase == "sign")
        await stand.ask_code()
        await until(lambda: not page.strip.isVisible())

    story(stand, run_async, tell)


def test_the_line_that_comes_back_is_noticed(stand: Stand, run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addendum_page, "LINE_S", 0.02)

    async def tell() -> None:
        stand.addenda.kept = True
        page = await stand.open()
        await stand.read_all()
        stand.addenda.fail("offer", BackendUnreachable(), BackendUnreachable())
        await until(lambda: not stand.addenda.errors["offer"])
        assert page.strip.isVisible()
        stand.addenda.kept = False
        await until(lambda: not page.strip.isVisible())
        assert page._phase == "sign", "and nothing that was read is read again"

    story(stand, run_async, tell)


# Questions and refusals


def test_a_question_goes_to_human_resources_and_the_journey_goes_on(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await page.advance()
        page.question.click()
        form = page.views.forms.question
        form.clause.setCurrentIndex(3)
        form.text.setPlainText("May I work from my parents’ home?")
        result = await result_of(page)
        assert (result.outcome, result.code) == (Outcome.WARNING, "addendum.question_pending")
        assert (result.facts["clause"], result.facts["question"]) == ("c3", "May I work from my parents’ home?")
        stand.fake.finish("addendum", result)
        assert stand.fake.questions == [("addendum", "c3", "May I work from my parents’ home?", "doc-1")]
        again = await stand.reopen()
        assert "addendum" not in stand.fake.folded.drafts, "what was sent is not half written any more"
        assert again._desk.progress.page == 2, "what was read stays read"
        assert "question is with human resources" in again.strip.text.text()
        await stand.to_sign()
        assert await again.advance() is None
        signed = await result_of(again)
        assert signed.code == "addendum.signed"
        assert signed.facts["questions_asked"] == 1

    story(stand, run_async, tell)


def test_a_question_may_hold_the_journey_where_it_says_so(stand: Stand, run_async: Run) -> None:
    stand.limits["question_lets_on"] = False

    async def tell() -> None:
        page = await stand.open()
        page.question.click()
        assert not page.valid
        page.views.forms.question.text.setPlainText("Why?" * 1000)
        result = await result_of(page)
        assert result.outcome is Outcome.FAILED
        assert len(result.facts["question"]) == check.MAX_QUESTION

    story(stand, run_async, tell)


def test_a_refusal_is_confirmed_recorded_and_respected(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.read_all()
        page.side.refuse.click()
        assert page.title() == "You do not want to sign"
        form = page.views.forms.refusal
        form.text.setPlainText("I prefer the site")
        assert not page.valid, "it wants to be confirmed"
        form.sure.click()
        result = await result_of(page)
        assert (result.outcome, result.code, result.facts["reason"]) == (Outcome.FAILED, "addendum.refused", "I prefer the site")
        stand.fake.finish("addendum", result)
        again = await stand.reopen()
        assert again.title() == "Your refusal is recorded"
        assert not again.reader.isVisible(), "nobody is asked again"
        assert again.primary() == "Read it again"
        await again.advance()
        assert again._phase == "sign", "a change of mind is possible"

    story(stand, run_async, tell)


# Killed, and taken up


def test_half_done_reading_consent_and_words_survive_a_kill(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await page.advance()
        page.question.click()
        page.views.forms.question.clause.setCurrentIndex(2)
        page.views.forms.question.text.setPlainText("Half a quest")
        page.views.forms.keep()
        again = await stand.reopen()
        assert again._desk.progress.page == 2
        again.question.click()
        assert again.views.forms.question.question() == "Half a quest"
        assert again.views.forms.question.chosen() == "c2"
        assert again.back()
        await stand.read_all()
        again.side.before.consent.click()
        third = await stand.reopen()
        assert third._phase == "sign"
        assert third.side.before.consent.isChecked()
        assert third.side.signature.pad.empty
        assert third.side.before.code.edit.text() == ""

    story(stand, run_async, tell)


def test_an_act_cut_by_a_kill_is_brought_to_its_end(stand: Stand, run_async: Run, tmp_path: Path) -> None:
    async def tell() -> None:
        stand.addenda.half = Signed("doc-1", "2026-1", stand.addenda.it.sha256, None)  # type: ignore[arg-type]
        page = await stand.open()
        assert page._phase == "done"
        assert "sign" not in stand.addenda.calls
        await until(lambda: (tmp_path / "addendum-audit.json").exists())
        assert (await result_of(page)).code == "addendum.signed"

    story(stand, run_async, tell)


def test_without_a_line_a_cut_act_waits(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        stand.addenda.half = Signed("doc-1", "2026-1", stand.addenda.it.sha256, None)  # type: ignore[arg-type]
        stand.addenda.fail("resume", BackendUnreachable())
        page = await stand.open()
        assert (await result_of(page)).code == "addendum.offline"
        page.failure_closed()
        await until(lambda: page._phase == "done")

    story(stand, run_async, tell)


def test_killed_between_signature_and_record_it_is_found_signed(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        stand.addenda.sign_here()
        page = await stand.open()
        assert page._phase == "done"
        assert (await result_of(page)).code == "addendum.signed"
        assert stand.addenda.acts == []

    story(stand, run_async, tell)


def test_signed_stays_signed_without_a_line(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        stand.fake.finish("addendum", check.signed(stand.addenda.sign_here(), stand.addenda.it))
        stand.addenda.fail("offer", BackendUnreachable())
        page = await stand.open()
        assert (await result_of(page)).outcome is Outcome.PASSED

    story(stand, run_async, tell)


def test_the_time_stamp_is_awaited_honestly_then_recorded_with_the_copies(stand: Stand, run_async: Run, tmp_path: Path) -> None:
    async def tell() -> None:
        stand.addenda.stamped = False
        page = await stand.open()
        await stand.to_sign()
        await page.advance()
        assert page.views.done.time.title.text() == "Signed, time stamp awaited"
        assert "same copy" not in page.why(), "there is none yet"
        assert not (tmp_path / "addendum-signed.pdf").exists()
        result = await result_of(page)
        assert (result.outcome, result.code) == (Outcome.WARNING, "addendum.signed_pending_time")
        stand.fake.finish("addendum", result)
        assert await page._desk.recheck() is None, "still awaited"
        stand.addenda.stamped = True
        stand.addenda.sign_here()
        fresh = await page._desk.recheck()
        assert fresh is not None
        assert (fresh.outcome, fresh.code) == (Outcome.PASSED, "addendum.signed")
        assert fresh.facts["page_seconds"] == result.facts["page_seconds"], "the evidence of the act stays"
        assert (tmp_path / "addendum-signed.pdf").exists()

    story(stand, run_async, tell)


def test_a_newer_text_opens_the_step_again(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        stand.fake.finish("addendum", check.signed(stand.addenda.sign_here(), stand.addenda.it))
        signed = stand.addenda.it.signed
        stand.addenda.data = pdf(mark="new")
        offer = offer_of(stand.addenda.data, version="2026-2")
        stand.addenda.it = msgspec.structs.replace(offer, state="to_sign_again", signed=signed)
        page = await stand.open()
        assert page._phase == "read"
        assert "new version" in page.strip.text.text()
        result = await page._desk.recheck()
        assert result is not None
        assert (result.code, result.outcome) == ("addendum.new_version", Outcome.FAILED)

    story(stand, run_async, tell)


@pytest.mark.parametrize(
    ("error", "code"), [(BackendUnreachable(), "addendum.copy_unsaved"), (AddendumError("addendum.copy_differs"), "addendum.copy_differs")]
)
def test_a_copy_that_does_not_come_leaves_the_signature_standing(
    stand: Stand, run_async: Run, error: Any, code: str, tmp_path: Path
) -> None:
    async def tell() -> None:
        stand.addenda.fail("copies", error)
        page = await stand.open()
        await stand.to_sign()
        await page.advance()
        await until(lambda: page.views.done.retry.isVisible() and page.views.done.retry.isEnabled())
        assert page.views.done.copy.title.text() == stand.fake.content().advice[code].title
        assert page.valid
        page.views.done.retry.click()
        await until(lambda: (tmp_path / "addendum-audit.json").exists())

    story(stand, run_async, tell)


def test_a_full_disk_keeps_no_half_copy(stand: Stand, run_async: Run, tmp_path: Path) -> None:
    async def tell() -> None:
        (tmp_path / "addendum-signed.pdf").mkdir()  # something is in the way
        page = await stand.open()
        await stand.to_sign()
        await page.advance()
        await until(lambda: page.views.done.retry.isVisible())
        assert page._desk.copies_code == "addendum.copy_unsaved"

    story(stand, run_async, tell)


def test_the_journal_that_cannot_be_written_takes_no_consent(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.read_all()
        stand.fake.full = True
        page.side.before.consent.click()
        assert not page.side.before.consent.isChecked()
        assert page.strip.isVisible()
        stand.fake.full = False

    story(stand, run_async, tell)


def test_a_draft_of_another_build_is_no_trouble(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        sha = stand.addenda.it.sha256
        wild = {"sha256": sha, "pages": 3, "page": 99, "seconds": {"x": 1, "1": "a", "2": -4, "3": 1e12}, "read": ["a", 7, 1], "asking": 3}
        stand.fake.context.save("addendum", wild)
        page = await stand.open()
        assert page._phase == "read"
        assert page._desk.progress.read == frozenset({1})

    story(stand, run_async, tell)


# How it looks


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_nothing_is_cut_and_everything_has_a_name(stand: Stand, run_async: Run, app: QApplication, language: str, scale: float) -> None:
    theme.apply(app, "light", scale)
    i18n.set_language(app, language)

    def wrong(page: Page) -> list[str]:
        assert stand.area is not None
        sideways = ["it scrolls sideways"] if page.width() > stand.area.viewport().width() + 1 else []
        return a11y.unnamed(page) + a11y.clipped(page) + a11y.overlapping(page) + sideways

    async def look(page: Page) -> None:
        for _ in range(20):  # layouts within layouts settle in a few turns of the loop
            if not wrong(page):
                break
            await asyncio.sleep(0.02)
        assert wrong(page) == []

    async def tell() -> None:
        page = await stand.open()
        await look(page)
        page.reader.as_text.click()
        await look(page)
        page.reader.as_text.click()
        page.question.click()
        await look(page)
        page.back()
        await stand.read_all()
        await look(page)
        await stand.ask_code()
        await look(page)
        page.side.signature.switch.click()
        await look(page)
        page.side.refuse.click()
        await look(page)
        page.back()
        page.side.signature.switch.click()
        page.side.before.consent.click()
        draw(page)
        await until(lambda: page.valid)
        await page.advance()
        await until(lambda: page.views.done.open.isVisible())
        await look(page)

    story(stand, run_async, tell)


def test_the_language_changes_while_everything_stays(stand: Stand, run_async: Run, app: QApplication) -> None:
    async def tell() -> None:
        page = await stand.open()
        await stand.to_sign()
        i18n.set_language(app, "ar")
        assert page.side.before.consent.text() == "أوافق على التوقيع إلكترونيا"
        assert page.side.before.code.code == CODE
        assert page.side.signature.appearance() is not None
        assert page.valid

    story(stand, run_async, tell)


def test_the_loop_turns_while_a_page_is_drawn(stand: Stand, run_async: Run) -> None:
    async def tell() -> None:
        page = await stand.open()
        await until(lambda: page.reader.paper.sheet.drawn)
        page.reader.larger.click()
        assert not page.reader.paper.sheet.drawn, "it is drawn elsewhere, not here and now"
        await until(lambda: page.reader.paper.sheet.drawn)
        assert aio.tasks() is not None

    story(stand, run_async, tell)

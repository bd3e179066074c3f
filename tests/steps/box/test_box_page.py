"""The page as a person meets it, with the box and the probe written by hand."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome
from app.core.errors import BoxError, ProbeError, SecretsError
from app.core.line import Gateway, Sim
from app.core.step import Result
from app.steps.box import page as box_page
from app.steps.box.page import Page
from app.ui import aio, i18n, theme
from app.ui.loop_watch import LoopWatch
from app.ui.widgets import Picture
from tests.steps.box.fakes import GOOD, READING, WIFI, FakeBox, FakeBoxes, FakeProbe, FakeTones
from tests.steps.stand import PageStand, Run, result_of, until
from tests.ui import a11y


class Stand(PageStand[Page]):
    """With the line behind it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, (1, "box"))
        self.boxes = FakeBoxes()
        self.probe: FakeProbe | None = None
        self.tones = FakeTones()

    @property
    def box(self) -> FakeBox:
        assert self.boxes.box is not None
        return self.boxes.box

    def open(self, **limits: Any) -> Page:
        self.limits.update(limits)
        self.probe = self.probe or FakeProbe()
        context = self.fake.context
        context.boxes, context.voice, context.tones = self.boxes, self.probe, self.tones
        return self.on_ground(Page(context))


@pytest.fixture
def stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stand]:
    monkeypatch.setattr(box_page, "EVERY_S", 0.02)
    monkeypatch.setattr(box_page, "SPEAK_EVERY_S", 0.0)
    made = Stand(tmp_path)
    yield made
    made.close()


def told(page: Page) -> str:
    card = page.checks
    rows = (card.box, card.sim, card.net, card.call)
    return i18n.plain(" / ".join(f"{r.mark.kind} {r.title.text()}: {r.detail.text()}" for r in rows))


def test_a_good_box_is_tested_by_itself_and_passes(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.probe = FakeProbe()
        stand.probe.gate.clear()
        page = stand.open()
        assert not page.valid
        await until(lambda: page._progress is not None and page._progress.spent_mb > 0)
        assert i18n.plain(page.checks.call.trailing.text()) == "4.1 / 7 MB"
        assert page.checks.cancel_button.isVisible()
        assert not page.checks.test_button.isVisible()
        assert not page.valid
        assert "ok Internet reachable" in told(page)
        stand.probe.gate.set()
        await until(lambda: page.valid)
        assert page.primary() == "Continue"
        assert "ok Box detected: Huawei B535-232 · IMEI\u00a0…\u20604417" in told(page)
        assert "ok SIM card active: Maroc Telecom · no PIN asked for" in told(page)
        assert i18n.plain(page.side.latency.figure.text()) == "38 ms"
        result = await result_of(page)
        assert (result.code, result.simulated, result.facts["box_matches_kit"]) == ("box.passed", True, "yes")
        await asyncio.sleep(0.3)
        assert stand.probe.runs == 1, "one test by itself, no more"

    run_async(stand.play(story()))


def test_a_weak_signal_waits_for_the_button_and_a_test_can_be_cancelled(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.box.reading = replace(READING, rsrp_dbm=-104.0)
        stand.probe = FakeProbe()
        stand.probe.gate.clear()
        page = stand.open(budget_mb=6.5)
        await until(lambda: len(page._trail.samples) > 8)
        assert stand.probe.runs == 0
        assert i18n.plain(page.checks.test_button.text()) == "Test the line (6.5\u00a0MB at most)"
        page.checks.test_button.setFocus()
        page.checks.test_button.click()
        await until(lambda: page._progress is not None)
        page.checks.cancel_button.click()
        await until(lambda: stand.probe is not None and stand.probe.cancelled == 1)
        assert page.checks.test_button.isVisible()
        assert not page.valid
        stand.box.reading = READING
        await asyncio.sleep(0.4)
        assert stand.probe.runs == 1, "who cancelled is not tested unasked"
        stand.probe.gate.set()
        page.checks.test_button.click()
        await until(lambda: page.valid)

    run_async(stand.play(story()))


def test_the_pin_is_typed_on_the_page_and_the_last_try_is_never_spent(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.box.reading = replace(READING, sim=Sim.PIN, pin_tries=3, registered=False)
        page = stand.open()
        form = page.checks.pin
        await until(form.isVisible)
        assert "3 tries left" in form.caption.text()
        assert page.primary() == "What to do"
        form.edit.setFocus()
        QTest.keyClicks(form.edit, "12a")
        assert form.edit.text() == "12"
        assert not form.button.isEnabled()
        form.edit.setText("9999")
        QTest.keyClick(form.edit, Qt.Key.Key_Return)
        assert form.edit.text() == "", "nothing keeps what was typed"
        await until(lambda: form.error.isVisible() and "2 tries left" in form.caption.text())
        assert stand.box.pins == ["9999"]
        form.edit.setText("8888")
        form.button.click()
        await until(lambda: (page._result() or Result(Outcome.PASSED, "")).code == "box.pin_last_try")
        assert not form.isVisible()
        assert stand.box.pins == ["9999", "8888"]
        stand.box.reading = replace(READING, sim=Sim.PIN, pin_tries=3)
        await until(form.isVisible)
        form.edit.setText("1234")
        form.button.click()
        await until(lambda: "ok SIM card active" in told(page))
        assert "The SIM card is unlocked." in stand.said

    run_async(stand.play(story()))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda s: setattr(s.box, "reading", replace(READING, sim=Sim.PUK)), "box.puk"),
        (lambda s: setattr(s.box, "reading", replace(READING, sim=Sim.NONE)), "box.no_sim"),
        (lambda s: setattr(s.boxes, "way", Gateway()), "box.no_route"),
        (lambda s: setattr(s.box, "reading", replace(READING, roaming=True)), "box.roaming"),
    ],
)
def test_what_stands_in_the_way_is_said_and_ends_the_step(
    change: Callable[[Stand], None], code: str, app: QApplication, stand: Stand, run_async: Run
) -> None:
    async def story() -> None:
        change(stand)
        page = stand.open()
        await until(lambda: page.valid)
        assert page.primary() == "What to do"
        assert (await result_of(page)).code == code
        assert stand.fake.content().advice[code].title in told(page)
        assert not page.checks.test_button.isVisible()

    run_async(stand.play(story()))


@pytest.mark.parametrize(
    ("error", "code", "outcome"),
    [
        ("box.portal", "box.portal", Outcome.FAILED),
        ("box.probe_unreachable", "box.probe_unreachable", Outcome.COULD_NOT_CHECK),
        ("box.probe_busy", "box.probe_busy", Outcome.COULD_NOT_CHECK),
        ("box.never_heard_of", "box.probe_unreachable", Outcome.COULD_NOT_CHECK),
    ],
)
def test_a_probe_that_fails_does_not_blame_the_line(
    error: str, code: str, outcome: Outcome, app: QApplication, stand: Stand, run_async: Run
) -> None:
    async def story() -> None:
        stand.box.reading = replace(READING, rsrp_dbm=-118.0, sinr_db=-4.0)
        stand.probe = FakeProbe()
        stand.probe.error = ProbeError(error)
        page = stand.open()
        await until(page.checks.test_button.isVisible)
        page.checks.test_button.click()
        await until(lambda: page.valid)
        result = await result_of(page)
        assert (result.code, result.outcome) == (code, outcome)
        page.failure_closed()
        assert not page.valid
        stand.probe.error = None
        page.checks.test_button.click()
        await until(lambda: page.valid)
        assert (await result_of(page)).code == "box.passed_weak"

    run_async(stand.play(story()))


def test_a_poor_line_with_a_weak_signal_is_the_signals_fault(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.box.reading = replace(READING, rsrp_dbm=-115.0)
        stand.probe = FakeProbe()
        stand.probe.report = replace(GOOD, mos=2.4, loss_percent=9.0)
        page = stand.open()
        await until(page.checks.test_button.isVisible)
        page.checks.test_button.click()
        await until(lambda: page.valid)
        assert (await result_of(page)).code == "box.rsrp_weak"
        assert page.checks.call.mark.kind == "bad"
        assert "15" not in page.side.gauge.accessibleName() or "Weak" in page.side.gauge.accessibleName()

    run_async(stand.play(story()))


def test_another_way_out_drops_what_was_measured_and_is_seen_within_three_seconds(
    app: QApplication, stand: Stand, run_async: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box_page, "EVERY_S", 1.0)
    monkeypatch.setattr(box_page, "AUTO_AFTER", 1)

    async def story() -> None:
        page = stand.open(required_box=True)
        await until(lambda: page.valid)
        assert (await result_of(page)).code == "box.passed"
        stand.box.delay_s = 4.0  # the box hangs as the Wi-Fi goes
        await asyncio.sleep(1.2)
        began = asyncio.get_running_loop().time()
        stand.boxes.way, stand.boxes.box = replace(WIFI, wifi_name="Voisin", address="10.0.0.1"), None
        await until(lambda: page._look.code == "box.wrong_wifi")
        assert asyncio.get_running_loop().time() - began < 3
        assert (await result_of(page)).code == "box.wrong_wifi"
        assert page._voice is None
        assert page.title() == "Connect this PC to your 4G box"
        stand.boxes.way = Gateway()
        await until(lambda: page._look.code == "box.no_route")

    run_async(stand.play(story()))


def test_a_box_that_goes_while_it_is_read_and_comes_back(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.box.reading = replace(READING, rsrp_dbm=-100.0)
        page = stand.open(required_box=True)
        await until(lambda: page._look.reading is not None)
        stand.box.error = BoxError("box.unreachable")
        await until(lambda: page._look.code == "box.unreachable")
        assert (await result_of(page)).outcome is Outcome.COULD_NOT_CHECK
        await until(lambda: None in page._trail.samples)
        stand.box.error = None
        await until(lambda: page._look.reading is not None)
        assert not page.valid

    run_async(stand.play(story()))


def test_the_password_of_the_box_is_asked_only_when_needed_and_kept(app: QApplication, stand: Stand, run_async: Run) -> None:
    kept: list[str] = []

    async def story() -> None:
        stand.fake.context.box_password = (lambda: None, kept.append)
        stand.box.open, stand.box.password = False, "label-4417"
        page = stand.open()
        form = page.checks.password
        assert not form.isVisible()
        await until(form.isVisible)
        form.edit.setText("wrong")
        form.button.click()
        await until(form.error.isVisible)
        form.edit.setText("label-4417")
        form.button.click()
        await until(lambda: page._look.reading is not None)
        assert not form.isVisible()
        assert kept == ["label-4417"]
        assert "label-4417" not in str((await _any_result(page)).facts)

    async def _any_result(page: Page) -> Result:
        await until(lambda: page.valid)
        return await result_of(page)

    run_async(stand.play(story()))


def test_a_locked_keyring_does_not_stop_the_box(app: QApplication, stand: Stand, run_async: Run) -> None:
    def refuse(_: str = "") -> None:
        raise SecretsError

    async def story() -> None:
        stand.fake.context.box_password = (refuse, refuse)
        stand.box.open, stand.box.password = False, "x"
        page = stand.open()
        await until(page.checks.password.isVisible)
        page.checks.password.edit.setText("x")
        page.checks.password.button.click()
        await until(lambda: page._look.reading is not None)

    run_async(stand.play(story()))


def test_nothing_is_read_while_the_page_is_hidden_or_left(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.box.reading = replace(READING, rsrp_dbm=-104.0)
        page = stand.open()
        await until(lambda: stand.box.reads > 2)
        page.hide()
        await asyncio.sleep(0.1)
        reads = stand.box.reads
        await asyncio.sleep(0.2)
        assert stand.box.reads == reads
        page.show()
        await until(lambda: stand.box.reads > reads)
        page.leave()
        await asyncio.sleep(0.1)
        reads = stand.box.reads
        await asyncio.sleep(0.2)
        assert stand.box.reads == reads
        assert [task for task in aio.tasks() if task.get_name().startswith("box.")] == []

    run_async(stand.play(story()))


def test_a_slow_box_never_holds_the_loop(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.box.delay_s = 0.5
        page = stand.open()
        await asyncio.sleep(0.2)
        with LoopWatch() as watch:
            await until(lambda: page._look.reading is not None)
            await asyncio.sleep(0.3)
        assert watch.longest_ms < 100

    run_async(stand.play(story()))


def test_a_recorded_verdict_costs_no_second_test(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.fake.finish("box", Result(Outcome.WARNING, "box.passed_weak", {"transport": "udp", "mos": 3.9, "rtt_ms": 60.0}))
        page = stand.open()
        assert page.valid
        await until(lambda: len(page._trail.samples) > 8)
        assert stand.probe is not None
        assert stand.probe.runs == 0
        assert (await result_of(page)).code == "box.passed_weak"
        assert page.checks.test_button.text().startswith("Test again")

    run_async(stand.play(story()))


def test_a_change_of_language_keeps_what_was_measured_and_typed(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.box.reading = replace(READING, sim=Sim.PIN, pin_tries=3)
        page = stand.open()
        await until(page.checks.pin.isVisible)
        page.checks.pin.edit.setText("12")
        samples = len(page._trail.samples)
        i18n.set_language(app, "ar")
        page.retranslate()
        assert page.checks.pin.edit.text() == "12"
        assert len(page._trail.samples) >= samples
        assert page.checks.box.title.text() == "تم التعرف على العلبة"
        assert page.side.curve_title.text() == "الإشارة مباشرة"

    run_async(stand.play(story()))


def test_bands_are_spoken_calmly(app: QApplication, stand: Stand, run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(box_page, "SPEAK_EVERY_S", 0.5)

    async def story() -> None:
        stand.box.reading = replace(READING, rsrp_dbm=-104.0)
        page = stand.open()
        await until(lambda: stand.said == ["Fair signal: look for a better spot."])
        for rsrp in (-80.0, -115.0, -80.0, -115.0):
            stand.box.reading = replace(READING, rsrp_dbm=rsrp)
            await asyncio.sleep(0.1)
        await until(lambda: len(stand.said) == 2)
        assert stand.said[1] == "Weak signal: move the box."
        await asyncio.sleep(0.7)
        assert len(stand.said) == 2
        assert page.side.curve.accessibleName().startswith("Signal over the last minute: now −115 dBm, best")

    run_async(stand.play(story()))


def test_what_stands_in_the_way_gives_the_page_its_title_and_is_drawn(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        def drawn() -> list[str]:
            shown = page.side.pictures.findChildren(Picture) if page.side.how.isVisible() else []
            return [picture.accessibleName() for picture in shown if picture.isVisible()]

        def where() -> int:
            return page.side._down.indexOf(page.side.how)

        advice = stand.fake.content().advice
        stand.box.reading = replace(READING, sim=Sim.PIN, pin_tries=3, rsrp_dbm=None)
        page = stand.open()
        assert drawn() == [], "nothing is known yet"
        await until(lambda: page.title() == advice["box.pin"].title)
        assert page.why() == advice["box.pin"].meaning
        assert drawn() == [picture.text for picture in advice["box.pin"].pictures]
        assert where() == 0, "there is no signal to look at"
        stand.box.open = False
        await until(lambda: page.title() == advice["box.login_required"].title)
        assert drawn() == [picture.text for picture in advice["box.login_required"].pictures]
        stand.box.open, stand.box.reading = True, replace(READING, roaming=True)
        await until(lambda: drawn() == [picture.text for picture in advice["box.roaming"].pictures])
        assert where() == 2, "below the signal, by which the box is moved"
        assert page.title() == "Place the box where the signal is strongest"
        stand.box.reading = READING
        await until(lambda: drawn() == [])

    run_async(stand.play(story()))


def test_the_signal_is_sounded_only_when_asked_for_and_only_on_this_page(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.box.reading = replace(READING, rsrp_dbm=-102.5)
        page = stand.open()
        listen = page.side.listen
        await until(lambda: len(page._trail.samples) > 3)
        assert (listen.isChecked(), stand.tones.played) == (False, [])
        listen.click()
        await until(lambda: len(stand.tones.played) > 2)
        assert set(stand.tones.played) == {440.0}
        stand.box.error = BoxError("box.unreachable")
        await until(lambda: page._look.reading is None)
        silent = len(stand.tones.played)
        await until(lambda: page._trail.samples[-3:] == (None, None, None))
        assert len(stand.tones.played) == silent, "nothing is known, nothing is sounded"
        stand.box.error = None
        await until(lambda: len(stand.tones.played) > silent)
        stand.tones.there = False  # the headset is unplugged
        await until(lambda: not listen.isChecked())
        assert page.side.mute_why.isVisible()
        assert stand.said[-1] == page.side.mute_why.text()
        stand.tones.there = True
        listen.click()
        await until(lambda: stand.tones.open_now and page._plays)
        assert not page.side.mute_why.isVisible()
        page.leave()
        assert not listen.isChecked()
        assert not stand.tones.open_now
        page.enter()
        await until(lambda: page._look.reading is not None)
        assert not stand.tones.open_now, "off again"

    run_async(stand.play(story()))


def test_leaving_while_the_output_is_still_being_opened(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        page.side.listen.click()
        page.leave()
        await asyncio.sleep(0.1)
        assert not stand.tones.open_now
        assert stand.tones.played == []

    run_async(stand.play(story()))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_control_has_a_name_and_no_word_is_cut(language: str, scale: float, app: QApplication, stand: Stand, run_async: Run) -> None:
    i18n.set_language(app, language)
    theme.apply(app, "light", scale)

    def faults() -> list[str]:
        assert stand.area is not None
        found = a11y.unnamed(stand.page) + a11y.clipped(stand.page)
        return found + a11y.sideways(stand.area) + a11y.overlapping(stand.page)

    async def look_at(name: str) -> None:
        await asyncio.sleep(0.1)
        # New words make new room a turn of the loop later; on a busy machine that is not at once.
        try:
            await until(lambda: not faults())
        except TimeoutError:
            assert faults() == [], name
        assert stand.page.side.gauge.accessibleName()
        assert stand.page.side.curve.accessibleName()

    async def story() -> None:
        page = stand.open()
        await look_at("searching")
        await until(lambda: page.valid)
        await look_at("passed")
        stand.box.reading = replace(READING, sim=Sim.PIN, pin_tries=3)
        await until(page.checks.pin.isVisible)
        page._pin_error = "box.pin_wrong"
        page._show()
        await look_at("pin")
        stand.box.reading, stand.box.open = READING, False
        await until(page.checks.password.isVisible)
        await look_at("password")
        stand.box.open = True
        assert stand.probe is not None
        stand.probe.gate.clear()
        await until(lambda: page._look.reading is not None)
        page.checks.test_button.click()
        await look_at("running")
        stand.boxes.way = Gateway()
        await until(lambda: page._look.code == "box.no_route")
        await look_at("no route")

    run_async(stand.play(story()))

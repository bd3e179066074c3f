"""The page as a person meets it: five acts with the real buttons and keys, on sound devices written by hand."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome
from app.core.errors import ContentError, HeadsetError
from app.core.headset import Devices
from app.core.step import Result
from app.steps.headset.acts import Act
from app.steps.headset.page import Page
from app.ui import aio, i18n, theme
from app.ui.widgets import RadioButton
from tests.steps.headset.fakes import ARRAY, EAR, MIC, RATE, SPEAKERS, FakeAudio, noise, voice
from tests.steps.stand import PageStand, Run, result_of, until
from tests.ui import a11y

LIMITS = {
    "level_dbov_min": -45, "level_dbov_good_min": -36, "level_dbov_good_max": -16, "level_dbov_max": -10, "activity_percent_min": 35,
    "noise_dbafs_good": -60, "noise_dbafs_max": -50, "snr_db_good": 25, "snr_db_min": 15, "clipped_runs_per_s_good": 0.5,
    "clipped_runs_per_s_max": 2, "coupling_loss_db_good": 45, "coupling_loss_db_min": 35,
    "latency_ms_good": 100, "latency_ms_max": 250, "dropped_percent_good": 0.2, "dropped_percent_max": 0.5, "narrowband_allowed": True,
}  # fmt: skip


class Stand(PageStand[Page]):
    """With the devices behind it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, (1, "headset"))
        self.audio = FakeAudio()
        self.fake.context.audio = self.audio

    def open(self, **limits: Any) -> Page:
        self.limits.clear()
        self.limits.update(LIMITS | limits)
        return self.on_ground(Page(self.fake.context))


@pytest.fixture
def stand(tmp_path: Path) -> Iterator[Stand]:
    made = Stand(tmp_path)
    yield made
    made.close()


async def ready(page: Page) -> None:
    await until(lambda: page.resting and page.studio.chosen.ready)


async def hear(page: Page, *, keyboard: bool = False) -> None:
    """One ear: press, listen, and give back what was said."""
    await until(lambda: page.resting and page.view.main.isVisible())
    page.view.main.click()
    await until(lambda: bool(page.ears.digits) and page.resting)
    said, side = page.ears.digits, page.ears.side
    for digit in said:
        if keyboard:
            QTest.keyClick(page, Qt.Key(Qt.Key.Key_0 + digit))
        else:
            page.view.keypad.keys[digit].click()
    await until(lambda: page.ears.side != side or page.acts.done(Act.EARS))


async def do(page: Page, act: Act) -> None:
    await until(lambda: page.resting and page._act() is act and page.view.main.isVisible())
    page.view.main.click()
    await until(lambda: page.resting and (act in page.acts.found or page.heard_back))


async def walk(page: Page, last: Act = Act.ECHO) -> None:
    """Everything up to and with `last`."""
    await ready(page)
    while (act := page.acts.next()) is not None:
        if act is Act.EARS:
            await hear(page)
            await hear(page, keyboard=True)
        elif act is Act.LISTEN:
            await do(page, act)
            page.view.main.click()
        else:
            await do(page, act)
        if act is last or (act in page.acts.found and not page.acts.done(act)):
            return


def told(page: Page) -> str:
    rows = page.verdicts.rows.values()
    return i18n.plain(" / ".join(f"{r.mark.kind} {r.title.text()}: {r.detail.text()}" for r in rows))


def test_five_acts_one_after_another_pass(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        assert not page.valid
        titles = []
        for act in Act:
            await walk(page, act)
            titles.append(page.title())
        assert page.valid
        assert page.primary() == "Continue"
        assert titles == [
            "Three seconds of silence", "Speak normally, as with a customer", "Hear yourself as your customers will",
            "Last point: no echo for your customers", "Your headset is checked",
        ]  # fmt: skip
        result = await result_of(page)
        assert (result.outcome, result.code, result.simulated) == (Outcome.PASSED, "headset.passed", False)
        assert result.facts["active_speech_level_dbov"] == pytest.approx(-27.7, abs=0.3)  # P.56 counts the short pauses as speech
        assert result.facts["noise_dbfs"] == pytest.approx(-70, abs=0.5)
        assert result.facts["coupling_loss_db"] == pytest.approx(55, abs=2)
        assert result.facts["echo_delay_ms"] == pytest.approx(50, abs=1)
        assert result.facts["left_heard"]
        assert result.facts["listened_back"]
        assert result.facts["headset_matches_kit"] == "yes"
        assert all(isinstance(value, str | int | float | bool) for value in result.facts.values()), "figures, no sound"
        assert "ok Left and right ear: Confirmed by you / ok Room noise: Room at" in told(page)
        assert set(stand.audio.recorded_from) == {MIC}
        assert set(stand.audio.played_into) == {EAR}

    run_async(stand.play(story()))


def test_the_voice_is_in_one_ear_soft_and_what_was_said_is_listened_back(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page)
        left, right, back = stand.audio.played[0], stand.audio.played[1], stand.audio.played[2]
        assert left.samples[:, 0].any()
        assert not left.samples[:, 1].any()
        assert right.samples[:, 1].any()
        assert not right.samples[:, 0].any()
        for sound in (left, right):
            assert 20 * np.log10(np.abs(sound.samples).max()) < -13.9
            assert np.abs(sound.samples[:100]).max() < 0.001, "it begins in silence"
        spoken = stand.audio.takes[1].recording
        assert back.frames == spoken.frames

    run_async(stand.play(story()))


def test_wrong_digits_are_said_anew_and_an_ear_that_hears_nothing_fails(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open(ear_tries=2)
        await ready(page)
        await hear(page)
        page.view.main.click()
        await until(lambda: bool(page.ears.digits) and page.resting)
        first = page.ears.digits
        for digit in first[::-1]:
            page.view.keypad.keys[digit].click()
        await until(lambda: page.ears.digits not in ((), first) and page.resting)
        assert page.view.state.text() == "Not those. Listen to three new ones."
        page.view.third.click()
        await until(lambda: page.valid)
        result = await result_of(page)
        assert (result.code, result.outcome) == ("headset.one_sided", Outcome.FAILED)
        assert (result.facts["left_heard"], result.facts["right_heard"]) == (True, False)
        assert page.primary() == "What to do"
        page.failure_closed()
        assert not page.valid
        await hear(page)
        await hear(page)
        assert page.acts.done(Act.EARS)

    run_async(stand.play(story()))


def test_nothing_heard_on_either_side(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await ready(page)
        for _ in range(2):
            page.view.main.click()
            await until(lambda: page.view.third.isVisible())
            page.view.third.click()
        await until(lambda: page.valid)
        assert (await result_of(page)).code == "headset.not_heard"

    run_async(stand.play(story()))


@pytest.mark.parametrize(
    ("change", "code", "outcome"),
    [
        ({"speech": voice(dbov=-50.0), "room": noise(10.0, -85.0)}, "headset.too_quiet", Outcome.FAILED),
        ({"speech": voice(dbov=-40.0), "room": noise(10.0, -75.0)}, "headset.too_quiet", Outcome.WARNING),
        ({"speech": voice(dbov=6.0)}, "headset.clipping", Outcome.FAILED),
        ({"room": noise(10.0, -45.0)}, "headset.noisy", Outcome.FAILED),
        ({"speech": np.zeros(10 * RATE)}, "headset.no_speech", Outcome.FAILED),
        ({"speech": np.zeros(10 * RATE), "room": np.zeros(10 * RATE)}, "headset.muted", Outcome.FAILED),
        ({"loss_db": 30.0}, "headset.echo", Outcome.FAILED),
        ({"loss_db": 40.0}, "headset.echo", Outcome.WARNING),
        ({"delay_s": 0.3}, "headset.high_latency", Outcome.FAILED),
        ({"lost_s": 0.01}, "headset.dropouts", Outcome.FAILED),
        ({"lost_s": 0.003}, "headset.dropouts", Outcome.WARNING),
        ({"lost_s": 0.01, "held_up_s": 0.03}, "headset.dropouts", Outcome.FAILED),
        ({"lost_s": 0.01, "held_up_s": 0.06}, "headset.pc_busy", Outcome.COULD_NOT_CHECK),
        ({"lost_s": 0.003, "held_up_s": 0.06}, "headset.pc_busy", Outcome.WARNING),
        ({"delay_s": 0.3, "held_up_s": 0.06}, "headset.pc_busy", Outcome.COULD_NOT_CHECK),
        ({"loss_db": 30.0, "held_up_s": 0.06}, "headset.echo", Outcome.FAILED),
        ({"held_up_s": 0.6}, "headset.passed", Outcome.PASSED),
        ({"loss_db": 40.0, "delay_s": 0.15}, "headset.passed_with_warnings", Outcome.WARNING),
    ],
)
def test_what_is_measured_has_its_code(
    change: dict[str, Any], code: str, outcome: Outcome, app: QApplication, stand: Stand, run_async: Run
) -> None:
    async def story() -> None:
        for name, value in change.items():
            setattr(stand.audio, name, value)
        page = stand.open()
        await walk(page)
        await until(lambda: page.valid)
        result = await result_of(page)
        assert (result.code, result.outcome) == (code, outcome), result.facts
        if not outcome.lets_on:
            advice = stand.fake.content().advice[code]
            assert advice.title in told(page)
            assert page.view.notice.text.text() == advice.title
            assert all(action.title in page.view.hints.text() for action in advice.actions)
            assert page.view.notice.isVisible()
            for name in change:
                setattr(stand.audio, name, getattr(FakeAudio(), name))
            page.failure_closed()
            if code == "headset.muted":
                page._again(Act.SILENCE)
            await walk(page)
            assert (await result_of(page)).code == "headset.passed", "done again, it passes"

    run_async(stand.play(story()))


def test_a_button_touched_while_reading_is_a_remark_and_no_dropout(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.audio.muted = (4.0, 6.0)
        page = stand.open()
        await walk(page)
        result = await result_of(page)
        assert (result.code, result.outcome) == ("headset.muted_part", Outcome.WARNING), result.facts
        assert result.facts["muted_s"] == pytest.approx(2.0, abs=0.1)
        assert "warn Voice level: The microphone was off for a moment" in told(page)
        stand.audio.muted = None
        page.verdicts.links[Act.VOICE].click()
        await walk(page)
        assert (await result_of(page)).code == "headset.passed"

    run_async(stand.play(story()))


def test_a_headset_that_cuts_noise_is_not_muted_between_words(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.audio.room = np.zeros(10 * RATE)
        stand.audio.muted = (4.0, 6.0)
        page = stand.open()
        await walk(page)
        assert (await result_of(page)).code == "headset.passed"

    run_async(stand.play(story()))


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("headset.busy", Outcome.COULD_NOT_CHECK),
        ("headset.permission_refused", Outcome.FAILED),
        ("headset.vanished", Outcome.COULD_NOT_CHECK),
        ("headset.stalled", Outcome.COULD_NOT_CHECK),
        ("headset.dropouts", Outcome.COULD_NOT_CHECK),
        ("headset.pc_busy", Outcome.COULD_NOT_CHECK),
    ],
)
def test_a_device_that_fails_in_the_middle_is_told_and_tried_again(
    code: str, outcome: Outcome, app: QApplication, stand: Stand, run_async: Run
) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page, Act.EARS)
        stand.audio.errors["record"] = [HeadsetError(code)]
        await do(page, Act.SILENCE)
        await until(lambda: page.valid)
        result = await result_of(page)
        assert (result.code, result.outcome) == (code, outcome)
        title = stand.fake.content().advice[code].title
        assert title in stand.said
        row, kind = page.verdicts.rows[Act.SILENCE], "bad" if outcome is Outcome.FAILED else "warn"
        assert (row.mark.kind, row.detail.text()) == (kind, title), "a room that was not measured is not « not a sound »"
        assert page.view.notice.mark.kind == kind
        assert page.acts.done(Act.EARS), "what was done is kept"
        page.view.main.click()
        await until(lambda: page.acts.done(Act.SILENCE))

    run_async(stand.play(story()))


@pytest.mark.parametrize(("times", "code"), [(2, "headset.passed"), (3, "headset.pc_busy")])
def test_a_sweep_that_a_busy_pc_cut_apart_is_played_again(times: int, code: str, app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page, Act.LISTEN)
        stand.audio.errors["record"] = [HeadsetError("headset.pc_busy") for _ in range(times)]
        await do(page, Act.ECHO)
        result = await result_of(page)
        assert (result.code, stand.audio.errors["record"]) == (code, [])
        assert len(stand.audio.recorded_from) == 2 + 3
        if times == 3:
            assert result.outcome is Outcome.COULD_NOT_CHECK
            assert page.verdicts.rows[Act.ECHO].detail.text() == stand.fake.content().advice[code].title, "and not « none was heard »"
            await do(page, Act.ECHO)
            assert (await result_of(page)).code == "headset.passed"

    run_async(stand.play(story()))


def test_an_ear_piece_that_fails_is_told(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await ready(page)
        stand.audio.errors["play"] = [HeadsetError("headset.busy")]
        page.view.main.click()
        await until(lambda: page.valid)
        assert (await result_of(page)).code == "headset.busy"
        await hear(page)
        assert not page.valid

    run_async(stand.play(story()))


def test_plugging_and_unplugging_are_seen_and_nobody_is_moved_to_another_microphone(
    app: QApplication, stand: Stand, run_async: Run
) -> None:
    async def story() -> None:
        stand.audio.found = Devices()
        page = stand.open()
        await until(lambda: page.valid)
        assert (await result_of(page)).code == "headset.no_microphone"
        assert page.title() == "No headset is plugged in"
        stand.audio.plug(Devices((ARRAY,), (SPEAKERS,)))
        assert page.studio.chosen.microphone == ARRAY
        stand.audio.plug(Devices((ARRAY, MIC), (SPEAKERS, EAR)))
        assert page.studio.chosen.microphone == MIC, "a headset is taken as it comes"
        assert page.bar.name.text() == i18n.ltr("Jabra Evolve2 40")
        assert page.bar.pill.text() == "USB headset, default"
        await walk(page, Act.SILENCE)
        stand.audio.plug(Devices((ARRAY,), (SPEAKERS,)))
        result = await result_of(page)
        assert (result.code, result.outcome) == ("headset.vanished", Outcome.COULD_NOT_CHECK)
        assert page.bar.pill.text() == "unplugged"
        assert stand.said[-1] == "The headset has just been unplugged"
        stand.audio.plug(Devices((ARRAY, MIC), (SPEAKERS, EAR)))
        assert page.acts.done(Act.SILENCE), "back in its socket, it goes on where it was"
        assert not page.valid

    run_async(stand.play(story()))


def test_another_device_is_taken_at_will_and_begins_anew(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page, Act.SILENCE)
        page.bar.change.click()
        assert page.bar.panel.isVisible()
        buttons = {b.text(): b for b in page.bar.panel.findChildren(RadioButton)}
        assert buttons[MIC.name].isChecked()
        buttons[ARRAY.name].click()
        assert page.studio.chosen.microphone == ARRAY
        assert page.acts.found == {}
        assert stand.audio.takes[0].recording.samples.any() is np.False_, "the other's sound is gone"
        await walk(page)
        assert (await result_of(page)).code == "headset.built_in"

    run_async(stand.play(story()))


def test_no_sound_system_at_all_is_not_the_headsets_fault(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.audio.open_error = HeadsetError("headset.no_audio")
        page = stand.open()
        await until(lambda: page.valid)
        result = await result_of(page)
        assert (result.code, result.outcome) == ("headset.no_audio", Outcome.COULD_NOT_CHECK)
        stand.audio.open_error = None
        page.failure_closed()
        await ready(page)
        assert not page.valid

    run_async(stand.play(story()))


def test_sound_is_overwritten_as_the_page_is_left_and_figures_stay(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page, Act.VOICE)
        blocks = [take.recording.samples for take in stand.audio.takes]
        assert all(block.any() for block in blocks)
        page.leave()
        assert not any(block.any() for block in blocks)
        assert page.studio.takes == {}
        page.enter()
        await ready(page)
        assert page.acts.next() is Act.SILENCE, "the voice is gone, and nobody listened to it"
        assert page.acts.done(Act.EARS)
        draft = stand.fake.folded.drafts["headset"]
        assert len(str(draft)) < 3_000, "figures only"
        await walk(page)
        page.leave()
        assert not any(take.recording.samples.any() for take in stand.audio.takes)
        page.enter()
        await ready(page)
        assert page.valid, "all was done and listened to: the figures are enough"

    run_async(stand.play(story()))


def test_leaving_in_the_middle_lets_the_device_go(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page, Act.EARS)
        stand.audio.gate.clear()
        page.view.main.click()
        await until(lambda: bool(stand.audio.recorded_from))
        await asyncio.sleep(0.02)
        assert not page.bar.change.isEnabled()
        page.leave()
        await until(lambda: stand.audio.cancelled == 1)
        assert [task for task in aio.tasks() if task.get_name().startswith("headset.")] == []
        assert stand.audio.changed == []

    run_async(stand.play(story()))


def test_an_act_can_be_cancelled_and_each_can_be_redone_alone(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page)
        for act in Act:
            page.verdicts.links[act].click()
            assert page.acts.next() is act
            assert not page.valid
            await walk(page)
            assert page.valid
        page.verdicts.links[Act.ECHO].click()
        stand.audio.gate.clear()
        page.view.main.click()
        await until(lambda: page._running is Act.ECHO and page.view.other.isVisible())
        page.view.other.click()
        assert page.resting
        stand.audio.gate.set()
        await do(page, Act.ECHO)
        assert page.valid

    run_async(stand.play(story()))


def test_a_recorded_verdict_asks_for_nothing_twice(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        stand.fake.finish("headset", Result(Outcome.WARNING, "headset.narrowband", {"remarks": ["headset.narrowband"]}))
        page = stand.open()
        await ready(page)
        assert page.valid
        assert (await result_of(page)).code == "headset.narrowband"

    run_async(stand.play(story()))


def test_limits_nobody_understands_stop_the_step_with_a_code(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open(level_dbov_minimum=-45)
        await until(lambda: page.valid)
        with pytest.raises(ContentError) as error:
            await page.advance()
        assert error.value.facts == {"limit": "level_dbov_minimum"}

    run_async(stand.play(story()))


def test_the_words_below_the_bars_say_what_the_bars_show(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page, Act.SILENCE)
        stand.audio.gate.clear()
        page.view.main.click()
        await until(lambda: page.view.meter.spoken_dbfs() is not None)
        assert i18n.plain(page.view.state.text()).startswith("Good level, go on · ")
        assert page.view.meter.accessibleName() == page.view.state.text()
        stand.audio.gate.set()
        await until(lambda: page.resting)

    run_async(stand.play(story()))


def test_a_change_of_language_keeps_where_one_stands(app: QApplication, stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await walk(page, Act.SILENCE)
        i18n.set_language(app, "ar")
        page.retranslate()
        assert page.acts.next() is Act.VOICE
        assert page.title() == "تكلم بشكل عادي، كما مع زبون"
        assert page.verdicts.rows[Act.EARS].title.text() == "الأذن اليسرى واليمنى"

    run_async(stand.play(story()))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_every_control_has_a_name_and_no_word_is_cut(language: str, scale: float, app: QApplication, stand: Stand, run_async: Run) -> None:
    i18n.set_language(app, language)
    theme.apply(app, "light", scale)

    async def look_at(name: str) -> None:
        await asyncio.sleep(0.05)
        assert stand.area is not None
        assert a11y.unnamed(stand.page) == [], name
        assert a11y.clipped(stand.page) == [], name
        assert a11y.sideways(stand.area) == [], name
        assert a11y.overlapping(stand.page) == [], name
        assert stand.page.view.meter.accessibleName()

    async def story() -> None:
        page = stand.open()
        await look_at("opening")
        await ready(page)
        await look_at("ears")
        page.bar.change.click()
        await look_at("devices")
        page.bar.change.click()
        page.view.main.click()
        await until(lambda: bool(page.ears.digits))
        await look_at("keys")
        page.failure_closed()
        stand.audio.room = noise(10.0, -40.0)
        page._stop()
        for act in (Act.EARS, Act.SILENCE):
            await walk(page, act)
        await look_at("noisy")
        stand.audio.room = noise(10.0, -70.0)
        await walk(page, Act.VOICE)
        await look_at("voice done")
        await do(page, Act.LISTEN)
        await look_at("listened")
        page.view.main.click()
        await walk(page)
        await look_at("done")
        stand.audio.plug(Devices((ARRAY,), (SPEAKERS,)))
        await look_at("unplugged")

    run_async(stand.play(story()))

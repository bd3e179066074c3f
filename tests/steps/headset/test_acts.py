"""The state of the five acts, and how they end the step: pure."""

import msgspec
import pytest

from app.contracts.outcomes import Outcome
from app.core.headset import Connection, Device, Devices, Form
from app.steps.headset import check
from app.steps.headset.acts import ORDER, Act, Acts, Ears, Found
from app.steps.headset.check import Chosen, choose, kit_match, limits, verdict
from tests.steps.headset.fakes import ARRAY, EAR, MIC, SPEAKERS

KIT = [{"kind": "headset", "model": "Jabra Evolve2 40", "serial": "00F3A1"}]
PAIR = Chosen(MIC, EAR)


def done(**wrong: str) -> Acts:
    """All acts well, but for `act="code severity"`."""
    acts = Acts("mic", "ear")
    for act in ORDER:
        pair = tuple(wrong.get(act.value, "").split())
        acts = acts.with_found(act, Found({f"{act}_figure": 1.0}, ((pair[0], pair[1]),) if pair else ()))
    return acts


def test_the_acts_come_one_after_another_and_what_rests_on_one_is_redone_with_it() -> None:
    acts, seen = Acts("mic", "ear"), []
    while (act := acts.next()) is not None:
        seen.append(act)
        acts = acts.with_found(act, Found())
    assert seen == list(ORDER)
    assert acts.without(Act.SILENCE).next() is Act.SILENCE
    assert set(acts.without(Act.SILENCE).found) == {Act.EARS, Act.ECHO}
    assert set(acts.without(Act.ECHO).found) == set(ORDER) - {Act.ECHO}
    assert acts.with_found(Act.VOICE, Found()).next() is Act.LISTEN, "another voice is listened to anew"
    assert acts.with_found(Act.VOICE, Found({}, (("headset.muted", "failed"),))).next() is Act.VOICE
    assert acts.with_found(Act.VOICE, Found({}, (("headset.hum", "warning"),))).next() is Act.LISTEN


def test_other_devices_begin_anew() -> None:
    acts = done()
    assert acts.on(MIC, EAR) is acts
    assert acts.on(ARRAY, EAR).found == {}


def test_a_draft_comes_back_as_figures_and_a_voice_nobody_heard_is_spoken_again() -> None:
    through = msgspec.json.decode(msgspec.json.encode(done(echo="headset.echo warning").draft()))
    assert Acts.of_draft(through) == done(echo="headset.echo warning")
    half = done().without(Act.LISTEN)
    assert set(Acts.of_draft(half.draft()).found) == {Act.EARS, Act.ECHO}
    assert set(Acts.of_draft(done(voice="headset.muted failed").draft()).found) == {Act.EARS, Act.ECHO}


@pytest.mark.parametrize(
    "draft", [None, {}, {"found": 3}, {"found": {"nose": {}}}, {"found": {"ears": {"facts": 1, "wrong": 2}}}, {"found": None}]
)
def test_a_draft_of_another_shape_is_none(draft: object) -> None:
    assert Acts.of_draft(draft).found == {}  # type: ignore[arg-type]


def test_ears_are_given_three_rows_of_digits_each() -> None:
    ears = Ears()
    ears.say((4, 7, 2))
    assert not ears.typed("417", 3)
    assert ears.missed
    ears.say((1, 0, 9))
    assert ears.typed("109", 3)
    assert (ears.side, ears.missed, ears.found(True)) == ("right", False, None)
    for digits in ((1, 2, 3), (4, 5, 6), (7, 8, 9)):
        ears.say(digits)
        settled = ears.typed("000", 3)
    assert settled
    found = ears.found(True)
    assert found is not None
    assert (found.worst, found.good) == ("headset.one_sided", False)
    assert found.facts == {"left_heard": True, "right_heard": False, "ear_tries": 5}
    one_is_enough = ears.found(False)
    assert one_is_enough is not None
    assert one_is_enough.good


def test_nothing_heard_at_all() -> None:
    ears = Ears()
    ears.settle(False)
    ears.settle(False)
    found = ears.found(True)
    assert found is not None
    assert found.worst == "headset.not_heard"


@pytest.mark.parametrize(
    ("acts", "outcome", "code"),
    [
        (done(), Outcome.PASSED, "headset.passed"),
        (done(voice="headset.narrowband warning"), Outcome.WARNING, "headset.narrowband"),
        (done(voice="headset.too_quiet warning", echo="headset.echo warning"), Outcome.WARNING, "headset.passed_with_warnings"),
        (done(voice="headset.too_quiet failed", echo="headset.echo failed"), Outcome.FAILED, "headset.too_quiet"),
        (done(ears="headset.not_heard failed", voice="headset.muted failed"), Outcome.FAILED, "headset.not_heard"),
        (done(echo="headset.stalled could_not_check"), Outcome.COULD_NOT_CHECK, "headset.stalled"),
    ],
)
def test_how_it_ends(acts: Acts, outcome: Outcome, code: str) -> None:
    result = verdict(PAIR, acts, limits({}), KIT, simulated=True)
    assert result is not None
    assert (result.outcome, result.code, result.simulated) == (outcome, code, True)
    assert result.facts["headset_matches_kit"] == "yes"
    assert result.facts["voice_figure"] == 1.0


def test_nothing_is_said_before_the_end() -> None:
    assert verdict(PAIR, done().without(Act.ECHO), limits({})) is None


@pytest.mark.parametrize(
    ("chosen", "outcome"),
    [
        (Chosen(code="headset.no_microphone"), Outcome.FAILED),
        (Chosen(MIC, None, "headset.no_output"), Outcome.FAILED),
        (Chosen(MIC, EAR, "headset.vanished"), Outcome.COULD_NOT_CHECK),
    ],
)
def test_without_devices_it_ends_there(chosen: Chosen, outcome: Outcome) -> None:
    result = verdict(chosen, done(), limits({}))
    assert result is not None
    assert (result.outcome, result.code) == (outcome, chosen.code)


def test_the_pcs_own_microphone_is_no_headset() -> None:
    own = Chosen(ARRAY, EAR)
    failed = verdict(own, done(), limits({}))
    allowed = verdict(own, done(), limits({"headset_required": False}))
    assert failed is not None
    assert allowed is not None
    assert (failed.code, failed.outcome) == ("headset.built_in", Outcome.FAILED)
    assert (allowed.code, allowed.outcome) == ("headset.built_in", Outcome.WARNING)


def test_the_name_of_a_bluetooth_headset_stays_here_unless_it_is_the_kits() -> None:
    mine = Device("b", "AirPods de Salma", Form.HEADSET, Connection.BLUETOOTH)
    result = verdict(Chosen(mine, mine), done(), limits({}), KIT)
    assert result is not None
    assert "Salma" not in str(result.facts)
    kits = Device("b", "Jabra Evolve2 40", Form.HEADSET, Connection.BLUETOOTH)
    result = verdict(Chosen(kits, kits), done(), limits({}), KIT)
    assert result is not None
    assert result.facts["microphone"] == "Jabra Evolve2 40"


def test_the_kit_is_known_by_its_model() -> None:
    assert kit_match(KIT, MIC) == "yes"
    assert kit_match(KIT, Device("p", "Headset (Plantronics 3220)", Form.HEADSET)) == "no"
    assert kit_match(KIT, Device("u", "USB Audio", Form.OTHER)) == "unknown"
    assert kit_match([], MIC) == "unknown"


def test_who_is_chosen() -> None:
    all_of_them = Devices((ARRAY, MIC), (SPEAKERS, EAR))
    assert choose(all_of_them, "Jabra Evolve2 40") == PAIR
    assert choose(all_of_them, "", ("array", "speakers")) == Chosen(ARRAY, SPEAKERS)
    assert choose(Devices((ARRAY,), (SPEAKERS,)), "", ("mic", "ear")).code == "headset.vanished"
    assert choose(Devices((), (SPEAKERS,)), "").code == "headset.no_microphone"
    assert choose(Devices((MIC,), ()), "").code == "headset.no_output"


def test_a_limit_of_the_wrong_kind_is_the_default() -> None:
    odd = {"voice_s": "ten", "silence_s": True, "ear_tries": 0, "headset_required": 1, "level_dbov_min": -45}
    assert limits(odd) == check.Limits(measures={"level_dbov_min": -45})
    assert limits({"voice_s": 12, "both_ears_required": False}) == check.Limits(voice_s=12, both_ears_required=False)

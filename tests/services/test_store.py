import random
import sqlite3
import tempfile
import time
import uuid
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.contracts import chain, events, keys
from app.contracts.outcomes import Outcome
from app.core.errors import JournalError, JournalUnwritable
from app.services.journal_schema import MIGRATIONS
from app.services.store import Delivery, Store, uuid7
from tests.services.rig import check_chain, enter, handmade, lines_of, put, started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.db"


def test_what_was_recorded_is_folded_the_same_after_reopening(path: Path) -> None:
    store, key = started(path)
    enter(store, "welcome")
    store.record(events.StepSaved("identity", {"code": "K7MQ"}))
    store.record(events.StepFinished("welcome", Outcome.PASSED, "welcome.done", {"read_s": 4}))
    before = store.state
    store.close()

    again = Store(path)
    assert again.state == before
    assert again.state.steps["welcome"].outcome is Outcome.PASSED
    assert again.repair is None
    check_chain(lines_of(again), key)
    again.close()


def test_numbers_hashes_and_signatures_go_on_over_a_restart(path: Path) -> None:
    store, key = started(path)
    enter(store, "a", "b")
    store.close()
    store, _ = started(path, key)
    enter(store, "c")
    lines = lines_of(store)
    assert [chain.read(line).sequence for line in lines] == [1, 2, 3, 4]
    check_chain(lines, key)
    store.close()


def test_journal_and_outbox_rows_come_together_or_not_at_all(path: Path) -> None:
    store, _ = started(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TRIGGER no_more BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no'); END")
    before = store.state
    with pytest.raises(JournalUnwritable):
        enter(store, "welcome")
    assert other.execute("SELECT COUNT(*) FROM journal").fetchone() == (1,)
    assert store.state == before
    other.execute("DROP TRIGGER no_more")
    other.close()
    assert enter(store, "welcome")[0].sequence == 2
    assert Store.delivery(store).waiting == 2
    store.close()


@pytest.mark.parametrize("bad", [object(), {1, 2}.__iter__(), "\ud800", lambda: None])
def test_facts_that_are_no_json_are_refused_and_the_next_record_works(path: Path, bad: object) -> None:
    store, key = started(path)
    before = store.state
    with pytest.raises(JournalError) as raised:
        store.record(events.StepFinished("welcome", Outcome.PASSED, "welcome.done", {"bad": bad}))
    assert raised.value.code == "journal.event_invalid"
    assert store.state == before
    assert enter(store, "welcome")[0].sequence == 2
    store.close()
    again = Store(path)
    assert again.state.current == "welcome"
    check_chain(lines_of(again), key)
    again.close()


def test_an_outcome_that_nobody_could_fold_is_refused(path: Path) -> None:
    store, _ = started(path)
    with pytest.raises(JournalError) as raised:
        store.record(events.StepFinished("welcome", "nearly", "welcome.done"))  # type: ignore[arg-type]
    assert raised.value.code == "journal.event_invalid"
    store.close()


def test_a_draft_changed_after_it_was_saved_does_not_change_the_state(path: Path) -> None:
    store, _ = started(path)
    draft = {"answers": [1]}
    store.record(events.StepSaved("guidelines", draft))
    draft["answers"].append(2)
    assert store.state.drafts["guidelines"] == {"answers": [1]}
    store.close()


def test_an_event_too_large_is_refused(path: Path) -> None:
    store, _ = started(path)
    with pytest.raises(JournalError) as raised:
        store.record(events.StepSaved("guidelines", {"text": "x" * chain.MAX_LINE_BYTES}))
    assert raised.value.code == "journal.event_too_large"
    assert enter(store, "a")[0].sequence == 2
    store.close()


def test_without_a_key_nothing_is_recorded(path: Path) -> None:
    store = Store(path)
    with pytest.raises(JournalError) as raised:
        store.record(events.StepEntered("welcome"))
    assert raised.value.code == "journal.no_key"
    store.close()


def test_delivery_is_counted_from_the_outbox(path: Path) -> None:
    store, _ = started(path)
    done = store.record(events.StepFinished("welcome", Outcome.PASSED, "welcome.done"))
    told: list[Delivery] = []
    store.subscribe(lambda: told.append(store.delivery()))
    assert store.delivery() == Delivery(0, 2, 0)
    assert store.acknowledge(store.device, 1) == 1
    assert store.delivery() == Delivery(0, 1, 0)
    assert store.park(done.id, "event.kind_unknown") == 1
    assert store.delivery() == Delivery(0, 0, 1)
    assert lines_of(store) == []
    enter(store, "identity")
    store.acknowledge(store.device, 3)
    assert store.delivery() == Delivery(0, 0, 1), "a refused line is never counted as delivered"
    assert told == [Delivery(0, 1, 0), Delivery(0, 0, 1), Delivery(0, 1, 1), Delivery(0, 0, 1)]
    assert store.acknowledge("another-device", 99) == 0
    store.close()


def test_lines_the_backend_lost_are_put_back_but_refused_ones_are_not(path: Path) -> None:
    store, _ = started(path)
    parked = enter(store, "a", "b", "c")[1]
    store.park(parked.id, "event.kind_unknown")
    store.acknowledge(store.device, 4)
    assert store.send_again(store.device, 2)
    assert [pending.sequence for pending in store.waiting(10, 1 << 20)] == [2, 4]
    store.acknowledge(store.device, 2)
    assert not store.send_again(store.device, 3), "nothing to put back: 3 is refused for good, 4 waits already"
    assert not store.send_again(store.device, 99)
    assert store.delivery().refused == 1
    store.close()


def test_a_batch_is_of_one_device_and_bounded_but_never_empty(path: Path) -> None:
    store, _ = started(path)
    enter(store, "a", "b")
    store.use_key(Ed25519PrivateKey.generate())
    enter(store, "c")
    assert [p.sequence for p in store.waiting(500, 1 << 20)] == [1, 2, 3]
    assert [p.sequence for p in store.waiting(2, 1 << 20)] == [1, 2]
    assert [p.sequence for p in store.waiting(500, 1)] == [1]
    assert len(store.devices()) == 2
    store.close()


def test_a_newer_schema_is_refused_untouched_and_leaves_no_lock_behind(path: Path) -> None:
    started(path)[0].close()
    newer = len(MIGRATIONS) + 1
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version={newer}")
    db.close()
    for _ in range(2):
        with pytest.raises(JournalError) as raised:
            Store(path)
        assert raised.value.code == "journal.newer"
        assert raised.value.facts == {"found": newer, "known": len(MIGRATIONS)}
    assert [p.name for p in path.parent.glob("*damaged*")] == []


@pytest.mark.parametrize("version", range(len(MIGRATIONS)))
def test_an_older_file_is_migrated_and_keeps_its_rows(path: Path, version: int) -> None:
    path.parent.mkdir(parents=True)
    db = sqlite3.connect(path)
    for script in MIGRATIONS[:version]:
        db.executescript(script)
    db.execute(f"PRAGMA user_version={version}")
    key = Ed25519PrivateKey.generate()
    db.commit()
    db.close()
    if version:
        put(path, handmade(key, 1, events.ZERO_HASH, events.StepEntered("welcome")))
    store = Store(path)
    assert store.repair is None
    assert store.state.current == ("welcome" if version else "")
    store.use_key(key)
    assert enter(store, "identity")[0].sequence == 1 + bool(version)
    store.close()


def test_an_event_of_a_kind_from_a_newer_program_is_kept_and_sent_but_not_folded(path: Path) -> None:
    store, key = started(path)
    enter(store, "welcome")
    head = chain.line_hash(lines_of(store)[-1])
    store.close()
    put(path, handmade(key, 3, head, events.StepEntered("x"), kind="ma.marhaba.step.danced.v9"))
    store, _ = started(path, key)
    assert store.state.current == "welcome"
    assert enter(store, "identity")[0].sequence == 4
    check_chain(lines_of(store), key)
    store.close()


def test_every_session_start_of_this_journal_names_its_key(path: Path) -> None:
    store, first = started(path)
    second = Ed25519PrivateKey.generate()
    store.use_key(second)
    store.record(events.SessionStarted(keys.public_text(second), "123456", "1", "ar", "0.1.0"))
    assert store.session_keys() == [keys.public_text(first), keys.public_text(second)]
    store.close()


# --- order and ids --------------------------------------------------------------------------------------------------


def test_a_wall_clock_that_jumped_back_years_does_not_disturb_the_order(path: Path) -> None:
    store, key = started(path)
    ahead = handmade(key, 2, chain.line_hash(lines_of(store)[-1]), events.StepEntered("a"), time="2061-01-01T00:00:00.000Z")
    store.close()
    put(path, ahead)
    store, _ = started(path, key)
    entered = enter(store, "b", "c")
    assert entered[0].time < chain.read(ahead).time
    store.close()
    store, _ = started(path, key)
    assert store.state.current == "c"
    assert [p.sequence for p in store.waiting(9, 1 << 20)] == [1, 2, 3, 4]
    check_chain(lines_of(store), key)
    store.close()


def test_ids_are_uuids_of_version_7_in_the_order_of_their_millisecond() -> None:
    made = [uuid7(1_700_000_000_000 + n) for n in range(200)]
    assert made == sorted(made)
    for n, text in enumerate(made):
        parsed = uuid.UUID(text)
        assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
        assert parsed.int >> 80 == 1_700_000_000_000 + n
        assert str(parsed) == text
    assert len({uuid7(0) for _ in range(1000)}) == 1000
    assert abs((uuid.UUID(uuid7()).int >> 80) - time.time() * 1000) < 5000


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5) | st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=6,
)
names = st.sampled_from(["welcome", "identity", "guidelines", "ready", "é ش"])
facts = st.dictionaries(st.sampled_from(["a", "rtt_ms", "ن"]), json_values, max_size=3)
any_event = st.one_of(
    st.builds(events.StepEntered, names),
    st.builds(events.StepSaved, names, facts),
    st.builds(events.StepFinished, names, st.sampled_from(Outcome), st.just("x.y"), facts, st.booleans(), st.integers(0, 2**40)),
    st.builds(events.LanguageChosen, st.sampled_from(["fr", "ar", "en"])),
    st.builds(events.HelpRequested, names, st.sampled_from(["", "x.y"])),
    st.builds(events.JourneyAdopted, names, st.integers(0, 9), st.just("0" * 64), st.lists(names)),
    st.builds(events.DeviceEnrolled, names, names, names, names, st.lists(st.dictionaries(names, names, max_size=2), max_size=2), names),
    st.builds(events.WizardCrashed, names, names, names),
    st.builds(events.NoticeWithdrawn, names),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(any_event, max_size=12), st.randoms(use_true_random=False))
def test_any_list_of_events_folds_the_same_after_reopening(data: list[events.EventData], order: random.Random) -> None:
    with tempfile.TemporaryDirectory() as place:
        store, key = started(Path(place) / "journal.db")
        for one in data:
            store.record(one)
            if order.random() < 0.1:
                store.close()
                store, _ = started(Path(place) / "journal.db", key)
        before = store.state
        store.close()
        again = Store(Path(place) / "journal.db")
        assert again.state == before
        check_chain(lines_of(again), key)
        again.close()

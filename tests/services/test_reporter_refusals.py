"""What the backend refuses, and what it misses: lines set aside, tokens refused, gaps. Real API and server, as in test_reporter."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import chain as chained
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts import chain
from app.contracts.receipts import MAX_BATCH_EVENTS
from app.services.reporter import Link
from app.services.store import Store
from tests.services.rig import Reply, Seen, enter, problem, receipt, until
from tests.services.test_reporter import Rig, rig_at


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with rig_at(tmp_path / "journal.db") as made:
        yield made


def refused_codes(store: Store) -> dict[int, str]:
    with closing(sqlite3.connect(store.path)) as db:
        rows = db.execute("SELECT j.sequence, o.refused FROM outbox o JOIN journal j ON j.id = o.journal_id WHERE o.refused <> ''")
        return dict(rows)


def kept_but(rig: Rig, bad: int, answer: Callable[[str], Reply]) -> Callable[[Seen], Reply]:
    """Refuses any batch that holds number `bad`; takes everything else, whatever is missing."""

    def usual(seen: Seen) -> Reply:
        for line in seen.lines:
            if chain.read(line).sequence == bad:
                return answer(chain.read(line).id)
        for line in seen.lines:
            rig.backend.kept["", chain.read(line).sequence] = line
        return receipt(seen.sequences[-1])

    return usual


@pytest.mark.parametrize(
    ("status", "code", "named"),
    [(422, "event.data_invalid", True), (400, "request.malformed", False), (413, "request.too_large", False)],
)
def test_one_bad_line_is_set_aside_and_the_rest_arrives(rig: Rig, status: int, code: str, named: bool) -> None:
    rig.backend.usual = kept_but(rig, 13, lambda event_id: problem(status, code, event_id=event_id if named else None))
    enter(rig.store, *["s"] * 29)
    rig.drained()
    assert rig.backend.sequences() == [n for n in range(1, 31) if n != 13]
    assert refused_codes(rig.store) == {13: code}
    assert len(rig.backend.seen) <= (3 if named else 20), "found by halving, not one by one"
    assert rig.reporter.link is Link.ONLINE


def test_a_line_set_aside_that_the_backend_still_waits_for_is_declared_lost(rig: Rig) -> None:
    """A backend that counts: what it never took leaves a gap, and the rest must not wait for it for ever."""
    usual = rig.backend.usual

    def too_large(seen: Seen) -> Reply:
        return problem(413, "request.too_large") if 3 in seen.sequences else usual(seen)

    rig.backend.usual = too_large
    enter(rig.store, "a", "b", "c", "d")
    rig.drained()
    assert rig.backend.sequences() == [1, 2, 4, 5]
    assert "3" in {seen.headers.get("marhaba-lost-through") for seen in rig.backend.seen}


def test_refusals_in_a_receipt_are_set_aside(rig: Rig) -> None:
    bad = enter(rig.store, "a", "b", "c")[1]
    refusal = {"event_id": bad.id, "sequence": bad.sequence, "code": "event.kind_unknown"}
    stranger = {"event_id": "not-ours", "sequence": 1, "code": "x.y"}
    rig.backend.script.append(lambda seen: receipt(seen.sequences[-1], refused=[refusal, stranger]))
    rig.drained()
    assert refused_codes(rig.store) == {3: "event.kind_unknown"}
    assert rig.store.delivery().waiting == 0


def test_a_receipt_for_more_than_was_sent_removes_only_what_was_sent(rig: Rig) -> None:
    def greedy(_seen: Seen) -> Reply:
        return receipt(999)

    rig.backend.script.append(greedy)
    enter(rig.store, *["s"] * MAX_BATCH_EVENTS)
    rig.drained()
    assert list(chained.from_iterable(rig.backend.posts()[:2])) == list(range(1, MAX_BATCH_EVENTS + 2))


def test_a_refused_token_blocks_until_a_new_one(rig: Rig) -> None:
    rig.backend.script.append(lambda _: problem(401, "token.refused"))

    async def story() -> None:
        await until(lambda: rig.reporter.link is Link.BLOCKED)
        enter(rig.store, "a")
        rig.reporter.wake()
        rig.reporter.line_is_back()
        assert not await rig.reporter.drain(0.2)
        assert len(rig.backend.seen) == 1
        rig.token = "token-2"
        rig.reporter.unblock()
        assert await rig.reporter.drain(5)

    rig.run(story)
    assert rig.backend.seen[1].headers["authorization"] == "Bearer token-2"
    assert rig.links == [Link.BLOCKED, Link.NEVER, Link.ONLINE]


def test_a_refusal_of_the_earlier_token_does_not_block_the_new_one(rig: Rig) -> None:
    """Paired again while a call with the old token is under way."""

    def refuse(_seen: Seen) -> Reply:
        rig.token = "token-2"
        return problem(401, "token.refused")

    rig.backend.script.append(refuse)
    rig.drained(5)
    assert Link.BLOCKED not in rig.links
    assert rig.backend.seen[1].headers["authorization"] == "Bearer token-2"


# --- gaps -----------------------------------------------------------------------------------------------------------


def test_what_the_backend_lost_is_sent_again(rig: Rig) -> None:
    enter(rig.store, *["s"] * 9)
    rig.drained()
    rig.backend.kept.clear()  # restored from an old backup
    rig.backend.heads[rig.store.device] = 4
    enter(rig.store, "new")
    rig.drained()
    assert rig.backend.sequences() == [5, 6, 7, 8, 9, 10, 11]
    assert all("marhaba-lost-through" not in seen.headers for seen in rig.backend.seen)


def test_what_nobody_has_any_more_is_declared_lost_once(rig: Rig) -> None:
    enter(rig.store, *["s"] * 4)
    with closing(sqlite3.connect(rig.store.path)) as db, db:
        db.execute("DELETE FROM outbox WHERE journal_id IN (3, 4)")
        db.execute("DELETE FROM journal WHERE id IN (3, 4)")
    rig.drained()
    enter(rig.store, "later")
    rig.drained()
    assert rig.backend.sequences() == [1, 2, 5, 6]
    declared = [
        (seen.sequences, seen.headers["marhaba-lost-through"]) for seen in rig.backend.seen if "marhaba-lost-through" in seen.headers
    ]
    assert declared == [([5], "4")]


def test_a_backend_that_asks_for_nonsense_is_not_hammered(rig: Rig) -> None:
    rig.backend.usual = lambda _: problem(409, "event.gap", expected_sequence=-3)

    async def story() -> None:
        assert not await rig.reporter.drain(0.5)

    rig.run(story)
    assert 3 <= len(rig.backend.seen) <= 30
    assert rig.store.delivery().waiting == 1


def test_a_loss_declared_for_one_device_is_not_said_of_the_next(rig: Rig) -> None:
    """The first device's only line is declared, then refused for good; the second device's chain is whole."""
    with closing(sqlite3.connect(rig.store.path)) as db, db:
        db.execute("UPDATE journal SET sequence = 5")
    rig.backend.script.extend([lambda _: problem(409, "event.gap", expected_sequence=1), lambda _: problem(413, "request.too_large")])
    second = Ed25519PrivateKey.generate()
    rig.store.use_key(second)
    enter(rig.store, "a")
    rig.drained()
    assert [seen.headers.get("marhaba-lost-through") for seen in rig.backend.seen] == [None, "4", None]
    assert rig.reporter.link is Link.ONLINE


def test_after_a_gap_and_a_refusal_the_next_record_still_wakes(rig: Rig) -> None:
    gap = problem(409, "event.gap", expected_sequence=-1)
    rig.backend.script.extend([lambda _: gap, lambda _: gap, lambda _: problem(422, "event.malformed")])
    rig.backend.usual = lambda seen: receipt(seen.sequences[-1])

    async def story() -> None:
        await until(lambda: rig.store.delivery().refused == 1)
        enter(rig.store, "a")
        await until(lambda: rig.store.delivery().waiting == 0, 5)

    rig.run(story)

"""No line, a newer journey, a tampered one, a wrong clock: the journey goes on, and the backend ends with the truth."""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.commands import demo
from app.contracts import events
from tests.journeys.conftest import KillableBackend, finished, in_french, wait_for
from tests.journeys.person import Person

FAKETIME = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
STEPS = ["welcome", "identity", "guidelines", "ready"]
Sit = Callable[..., Person]


def change_journey(backend: KillableBackend, activity: str, limits: dict[str, Any], **more: Any) -> None:
    """IT publishes another version."""
    file = backend.journeys / f"{activity}.json"
    journey = json.loads(file.read_text("utf-8"))
    for step in journey["steps"]:
        if step["id"] == "guidelines":
            step["limits"] = {**step["limits"], **limits}
    file.write_text(json.dumps({**journey, **more}), "utf-8")


def identified(person: Person, code: str) -> None:
    person.do("welcome")
    person.do("pair", code)
    person.do("kit", person.seen["kit_asked"])
    person.do("leave", "identity")


def data_of(backend: KillableBackend, kind: type[events.EventData]) -> list[Any]:
    return [data for data in map(events.data_of, backend.stored()) if isinstance(data, kind)]


@pytest.mark.slow
def test_without_a_line_the_journey_goes_on_and_is_delivered_later(backend: KillableBackend, sit_down: Sit, tmp_path: Path) -> None:
    served = backend.start()
    settings, profile = demo.write_settings(served, tmp_path, "fr"), tmp_path / "profile"
    person = sit_down(settings, profile)
    identified(person, served.command("agents", "code", "20417"))
    sent = in_french("%n step(s) sent to IT", 2)
    wait_for(lambda: person.look()["indicator"] == sent, "the first steps to be sent, and said so")
    assert person.seen["waiting"] == 0
    backend.kill()
    there = len(backend.stored())

    person.do("read", 8)
    person.do("quiz")
    person.do("attest")
    person.do("ready")
    assert list(person.seen["done"]) == STEPS
    assert list((profile / "documents").glob("*.pdf"))
    wait_for(lambda: person.look()["link"] == "offline", "the line to be noticed")
    waiting = person.seen["waiting"]
    parts = [in_french("%n step(s) sent to IT", 2), in_french("waiting for connection"), in_french("%n to send", waiting)]
    wait_for(lambda: person.look()["indicator"] == ", ".join(parts), "it to be said")
    assert waiting == person.seen["sequence"] - there
    assert person.close() == 0

    person = sit_down(settings, profile)
    wait_for(lambda: person.look()["link"] == "offline", "the line to be noticed again")
    assert list(person.seen["done"]) == STEPS
    wait_for(lambda: in_french("waiting for connection") in person.look()["indicator"], "it to be said")
    assert len(backend.stored()) == there
    backend.start()
    sent = f"{in_french('%n step(s) sent to IT', 4)}, {in_french('nothing waiting')}"
    wait_for(lambda: person.look()["indicator"] == sent, "everything to be sent, and said so", 60)
    assert person.seen["waiting"] == 0
    assert [event.sequence for event in backend.stored()] == list(range(1, person.seen["sequence"] + 1))
    assert finished(backend.stored()) == STEPS
    assert backend.report("20417")["chain"] == "unbroken"


@pytest.mark.slow
def test_a_newer_journey_counts_from_the_next_step_and_a_tampered_one_never(
    backend: KillableBackend, sit_down: Sit, tmp_path: Path
) -> None:
    served = backend.start()
    settings, profile = demo.write_settings(served, tmp_path, "fr"), tmp_path / "profile"
    person = sit_down(settings, profile)
    person.do("welcome")
    person.do("pair", served.command("agents", "code", "20533"))
    assert person.seen["journey"] == ["banque-fr", 1]

    change_journey(backend, "banque-fr", {"questions": 3, "pass_mark": 3}, version=2)
    # The word comes with the answer to a report: the language is chosen until it has come.
    for language in ["en", "fr"] * 100:
        if person.do("language", language)["newer_journey"]:
            break
    assert person.seen["newer_journey"]
    assert person.seen["journey"] == ["banque-fr", 1], "not in the middle of a step"
    person.do("language", "fr")
    person.do("kit", person.look()["kit_asked"])
    person.do("leave", "identity")
    wait_for(lambda: person.look()["journey"] == ["banque-fr", 2], "the newer journey")
    person.do("read", 8)
    assert len(person.seen["draft"]["draw"]) == 3, "the newer limits count"
    person.do("answer")
    wait_for(lambda: person.look()["waiting"] == 0, "everything to be sent")
    adopted = data_of(backend, events.JourneyAdopted)
    assert [(data.id, data.version) for data in adopted] == [("banque-fr", 1), ("banque-fr", 2)]
    person.kill()

    backend.kill()
    cached = profile / "data" / "content" / "journey.json"
    good = cached.read_bytes()
    document = msgspec.json.decode(good)
    cached.write_bytes(msgspec.json.encode({**document, "payload": document["payload"].replace("05 22 00 00 00", "0 89 99 99 99")}))
    before = person.seen
    person = sit_down(settings, profile)
    assert person.seen["notices"] == ["journey.signature_invalid"]
    assert person.seen["journey"] == ["start", 1]
    for what in ("step", "title", "draft", "done", "cards"):
        assert person.seen[what] == before[what], what
    person.do("onward")
    backend.start()
    person.do("quiz")
    assert person.seen["draft"]["phase"] == "attest", "three right answers of three pass, whatever journey is in force"
    person.do("attest")
    wait_for(lambda: person.look()["journey"] == ["banque-fr", 2], "the right journey to be fetched again", 60)
    assert cached.read_bytes() == good
    person.do("ready")
    wait_for(lambda: person.look()["waiting"] == 0, "everything to be sent", 60)
    assert person.close() == 0
    assert finished(backend.stored()) == STEPS
    assert len(data_of(backend, events.JourneyAdopted)) == 2
    person = sit_down(settings, profile)
    assert person.seen["notices"] == []


def faketime() -> str:
    """The library, installed if it can be."""
    if not Path(FAKETIME).exists():
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "faketime"]
        subprocess.run(command, check=False, capture_output=True, timeout=120)
    if not Path(FAKETIME).exists():
        pytest.skip("faketime cannot be installed here")
    return FAKETIME


@pytest.mark.slow
@pytest.mark.parametrize("days_off", [-1100, 1100])
def test_a_clock_years_off_changes_no_order_and_is_recorded(backend: KillableBackend, sit_down: Sit, tmp_path: Path, days_off: int) -> None:
    served = backend.start()
    settings, profile = demo.write_settings(served, tmp_path, "fr"), tmp_path / "profile"
    wrong = {"LD_PRELOAD": faketime(), "FAKETIME": f"{days_off:+d}d", "DONT_FAKE_MONOTONIC": "1"}
    person = sit_down(settings, profile, environment=wrong)
    identified(person, served.command("agents", "code", "20417"))
    wait_for(lambda: person.look()["waiting"] == 0, "the first steps to be sent")
    person.do("read", 4)
    person.kill()
    person = sit_down(settings, profile)  # somebody set the clock right meanwhile
    person.do("read", 4)
    person.do("quiz")
    person.do("attest")
    person.kill()
    person = sit_down(settings, profile, environment=wrong)
    person.do("ready")
    wait_for(lambda: person.look()["waiting"] == 0, "everything to be sent")
    stored = backend.stored()
    assert [event.sequence for event in stored] == list(range(1, person.seen["sequence"] + 1))
    assert finished(stored) == STEPS
    report = backend.report("20417")
    assert report["chain"] == "unbroken"
    assert [step["id"] for step in report["steps"]] == STEPS

    offsets = [event.clockoffset for event in stored]
    known = [offset for offset in offsets if offset is not msgspec.UNSET]
    assert len(known) >= 10
    for event in stored:
        off = datetime.fromisoformat(event.time) - datetime.now(UTC)
        is_wrong = abs(off - timedelta(days=days_off)) < timedelta(hours=1)
        assert is_wrong or abs(off) < timedelta(hours=1)
        if event.clockoffset is not msgspec.UNSET:
            assert abs(event.clockoffset - (-days_off * 86_400_000 if is_wrong else 0)) < 10_000
    times = [event.time for event in stored]
    assert sorted(times) != times, "by the device's clock the order would be another"

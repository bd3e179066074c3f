"""Killed at any point of the journey, the wizard takes it up exactly there: nothing lost, nothing asked twice."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.commands import demo
from app.contracts import chain, events
from tests.journeys.conftest import KillableBackend, finished, wait_for
from tests.journeys.person import Person

STEPS = ["welcome", "identity", "guidelines", "ready"]


def journal(profile: Path) -> list[events.EventData]:
    """What the wizard's own journal holds, whoever has it open."""
    database = sqlite3.connect(f"file:{profile / 'data' / 'journal.db'}?mode=ro", uri=True)
    rows = database.execute("SELECT line FROM journal ORDER BY id").fetchall()
    database.close()
    return [events.data_of(chain.read(row[0])) for row in rows]


def drafts(of: list[events.EventData], step: str) -> list[dict[str, Any]]:
    return [data.draft for data in of if isinstance(data, events.StepSaved) and data.step == step]


@pytest.mark.slow
def test_resumes_exactly_where_it_was_killed(backend: KillableBackend, sit_down: Callable[..., Person], tmp_path: Path) -> None:
    served = backend.start()
    settings, profile = demo.write_settings(served, tmp_path, "fr"), tmp_path / "profile"

    def killed_and_back(person: Person) -> Person:
        before = person.look()
        person.kill()
        after = sit_down(settings, profile)
        for what in ("step", "title", "why", "primary", "draft", "done", "device", "journey"):
            assert after.seen[what] == before[what], what
        assert after.seen.get("cards") == before.get("cards"), "the same question, its answers in the same order"
        assert after.seen["sequence"] >= before["sequence"]
        assert after.seen["notices"] == []
        return after

    person = sit_down(settings, profile)
    assert person.seen["step"] == "welcome"
    person.do("welcome")
    wait_for(lambda: person.look()["key_kept"] and (tmp_path / "keyring.json").exists(), "the key to be kept")
    person = killed_and_back(person)  # the notice is accepted
    assert person.seen["step"] == "identity"

    person.do("pair", served.command("agents", "code", "20417"))
    asked = person.seen["kit_asked"]
    person.do("kit", 1)
    person = killed_and_back(person)  # in the middle of the kit
    wait_for(lambda: person.look()["kit_asked"] == asked - 1, "the PC to be read again")
    person.do("kit", asked - 1)
    person.do("leave", "identity")

    person.do("read", 3)
    person = killed_and_back(person)  # in the middle of reading
    assert len(person.seen["draft"]["read"]) == 3
    person.do("read", 5)

    person.do("answer")
    person.do("onward")
    person.do("answer", True)
    drawn = person.seen["draft"]["draw"]
    assert len(drawn) == 8
    person = killed_and_back(person)  # the answer is given, its explanation on screen
    assert person.seen["draft"]["draw"] == drawn
    assert [checked for _words, checked, _name in person.seen["cards"]].count(True) == 1
    assert list(person.seen["draft"]["answers"]) == drawn[:2]

    person.do("quiz")
    assert person.seen["draft"]["phase"] == "attest"
    person = killed_and_back(person)  # before the promise
    assert not person.seen["primary_ready"], "nobody promised yet"
    person.do("attest")
    person.do("ready")
    person = killed_and_back(person)  # everything is done
    assert list(person.seen["done"]) == STEPS
    wait_for(lambda: person.look()["waiting"] == 0, "everything to be sent")
    assert person.close() == 0

    kept = journal(profile)
    answers = [list(draft["answers"]) for draft in drafts(kept, "guidelines") if draft.get("answers")]
    assert [question for question, before in zip(answers[-1], [[], *answers], strict=False)] == drawn
    assert [len(given) for given in answers] == sorted(len(given) for given in answers), "no answer was taken back"
    assert len([draft for draft in drafts(kept, "guidelines") if draft.get("phase", "read") == "read"]) == 7, "each topic was read once"
    assert sum(isinstance(data, events.SessionStarted) for data in kept) == 1
    assert sum(isinstance(data, events.DeviceEnrolled) for data in kept) == 1
    assert sum(isinstance(data, events.WizardOpened) for data in kept) == 6
    assert finished(backend.stored()) == STEPS
    report = backend.report("20417")
    assert report["chain"] == "unbroken"
    assert report["events"] == len(kept)
    assert [step["id"] for step in report["steps"]] == STEPS


@pytest.mark.slow
def test_the_program_as_it_is_typed_takes_the_journey_up(backend: KillableBackend, sit_down: Callable[..., Person], tmp_path: Path) -> None:
    """`python -m app`, with nobody in it: started on a half-done journey, killed, started, ended politely."""
    served = backend.start()
    settings, profile = demo.write_settings(served, tmp_path, "fr"), tmp_path / "profile"
    person = sit_down(settings, profile)
    person.do("welcome")
    person.do("pair", served.command("agents", "code", "19872"))
    person.close()
    told = len(journal(profile))
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHON_KEYRING_BACKEND": "tests.journeys.keyring_in_file.FileKeyring",
        "MARHABA_TEST_KEYRING": str(tmp_path / "keyring.json"),
    }
    for number, (last, code) in enumerate([(signal.SIGKILL, -signal.SIGKILL), (signal.SIGTERM, 0)], 1):
        command = [sys.executable, "-m", "app", "--settings", str(settings), "--profile", str(profile)]
        with subprocess.Popen(command, env=environment) as process:
            wait_for(lambda n=number: len(journal(profile)) >= told + 2 * n, "the wizard to have opened")  # type: ignore[misc]
            process.send_signal(last)
            assert process.wait(20) == code
    opened = journal(profile)[told:]
    assert [type(data) for data in opened] == [events.WizardOpened, events.StepEntered] * 2
    assert {data.step for data in opened if isinstance(data, events.StepEntered)} == {"identity"}


@pytest.mark.slow
@pytest.mark.parametrize("at", ["identity", "guidelines"])
def test_without_a_keyring_a_killed_wizard_asks_for_a_new_code_and_keeps_the_rest(
    backend: KillableBackend, sit_down: Callable[..., Person], tmp_path: Path, at: str
) -> None:
    served = backend.start()
    settings, profile = demo.write_settings(served, tmp_path, "en"), tmp_path / "profile"
    person = sit_down(settings, profile, keyring_there=False)
    person.do("welcome")
    person.do("pair", served.command("agents", "code", "19872"))
    asked = person.seen["kit_asked"]
    person.do("kit", asked - 1)
    if at == "guidelines":
        person.do("kit", 1)
        person.do("leave", "identity")
        person.do("read", 2)
    assert person.look()["notices"] == ["secrets.unavailable"]
    wait_for(lambda: person.look()["waiting"] == 0, "everything to be sent")
    before = person.seen
    person.kill()

    person = sit_down(settings, profile, keyring_there=False)
    assert person.seen["device"] != before["device"]
    assert person.seen["notices"] == ["identity.pair_again"] * (at == "guidelines") + ["secrets.unavailable"]
    assert person.seen["waiting"] > 0
    for what in ("step", "draft", "done"):
        assert person.seen[what] == before[what], what
    if at == "guidelines":
        person.do("enter", "identity")
    assert person.seen["kit_asked"] == 0, "the code is asked for, not the kit"
    person.do("pair", served.command("agents", "code", "19872"))
    assert person.seen["notices"] == ["secrets.unavailable"]
    wait_for(lambda: person.look()["waiting"] == 0, "everything to be sent by the new device")
    person.kill()
    report = backend.report("19872")
    assert len(report["session"]["devices"]) == 2
    assert report["chain"] == "unbroken"
    assert finished(backend.stored()) == ["welcome", "identity"][: 1 + (at == "guidelines")]

"""Every command as it is typed, in a process of its own: what it prints, where, and its exit code."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from app import __version__
from app.commands import doctor as doctor_command
from app.commands import self_test
from app.services.store import Store
from app.steps import catalog

Done = subprocess.CompletedProcess[str]


def marhaba(*arguments: str | Path, **environment: str) -> Done:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "app", *map(str, arguments)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_version() -> None:
    done = marhaba("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"marhaba {__version__}\n", "")


def test_self_test_prints_each_check_and_passes() -> None:
    done = marhaba("--self-test")
    assert done.returncode == 0, done.stdout
    *checks, last = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in checks] == [f"ok    {name}" for name in self_test._CHECKS]
    assert all(line.partition(": ")[2] for line in checks), "each says what it saw"
    assert last == f"{len(checks)} passed, 0 failed"


def test_self_test_fails_where_something_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def missing() -> str:
        raise FileNotFoundError("marhaba_ar.qm")

    monkeypatch.setattr(self_test, "_CHECKS", {"good": lambda: "seen", "languages": missing})
    assert self_test.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "ok    good: seen",
        "FAIL  languages: FileNotFoundError: marhaba_ar.qm",
        "1 passed, 1 failed",
    ]


def doctor(*arguments: str | Path) -> tuple[int, list[dict[str, Any]]]:
    done = marhaba("doctor", "--json", *arguments)
    assert done.stderr == ""
    return done.returncode, json.loads(done.stdout)


def test_doctor_runs_every_probe_as_json(tmp_path: Path) -> None:
    code, report = doctor("--profile", tmp_path)
    assert code == 0
    assert [probe["id"] for probe in report] == ["program", *catalog.STEPS]
    assert all(set(probe) - {"simulated"} == {"id", "outcome", "code", "facts"} for probe in report)
    assert {probe["outcome"] for probe in report if probe["id"] != "vpn"} == {"passed"}
    assert {probe["outcome"] for probe in report if probe["id"] == "vpn"} == {"not_applicable"}, "no journey asks for it yet"
    by_id = {probe["id"]: probe["facts"] for probe in report}
    assert by_id["program"]["keyring"].startswith("none")
    assert set(by_id["welcome"]) == {"fr", "ar", "en"}
    assert len(set(by_id["guidelines"]["questions"].values())) == 1
    assert not list(tmp_path.iterdir()), "the doctor only reads"


def test_doctor_runs_one_probe_alone(tmp_path: Path) -> None:
    code, report = doctor("--only", "identity", "--profile", tmp_path)
    assert code == 0
    assert [probe["id"] for probe in report] == ["identity"]
    assert {"host_name", "os", "source_address", "backend_url"} <= set(report[0]["facts"])


def test_doctor_says_in_words_what_it_says_as_json(tmp_path: Path) -> None:
    done = marhaba("doctor", "--only", "ready", "--profile", tmp_path)
    assert done.returncode == 0
    assert done.stdout.split() == ["passed", "ready", "documents:", str(tmp_path / "documents"), "exists:", "False"]


def test_doctor_knows_could_not_check_from_failed(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('backend_url = "http://127.0.0.1:9"\n')  # nobody listens there
    code, report = doctor("--only", "identity", "--settings", settings)
    assert (code, report[0]["outcome"], report[0]["code"]) == (0, "could_not_check", "backend.unreachable")
    settings.write_text('backend_url = "http://example.org"\n')
    code, report = doctor("--only", "identity", "--settings", settings)
    assert (code, report[0]["outcome"], report[0]["code"]) == (1, "failed", "settings.backend_url")


def test_a_probe_that_breaks_costs_no_other_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_options: object) -> dict[str, Any]:
        raise TimeoutError("the bus is silent")

    monkeypatch.setattr(doctor_command, "PROBES", {"program": broken, "ready": doctor_command.PROBES["ready"]})
    assert doctor_command.main(["--json", "--profile", str(tmp_path)]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert first == {
        "id": "program",
        "outcome": "could_not_check",
        "code": "error.unexpected",
        "facts": {"error": "TimeoutError: the bus is silent"},
    }
    assert (second["id"], second["outcome"]) == ("ready", "passed")


def test_whether_documents_can_be_written_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert doctor_command._writable(tmp_path / "not" / "there" / "yet")
    assert not doctor_command._writable(tmp_path / "file" / "below")


def test_a_demo_with_no_place_for_its_files_says_so(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    done = marhaba("demo", "--walk", "--output", tmp_path / "taken")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The demo stopped: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('backend_url = "ftp://example.org"', "settings.backend_url"),
        ('journey_key = "AAAA"', "settings.journey_key"),
        ("language = 7", "settings.invalid"),
        ("colour = 'green'", "settings.invalid"),
        (None, "settings.unreadable"),
    ],
)
def test_settings_that_cannot_be_used_are_named_and_nothing_opens(tmp_path: Path, text: str | None, code: str) -> None:
    settings, profile = tmp_path / "settings.toml", tmp_path / "profile"
    if text is not None:
        settings.write_text(text)
    done = marhaba("--settings", settings, "--profile", profile)
    assert done.returncode == 1
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith(f"marhaba: {code}: ")
    assert second == f"The log is in {profile / 'logs'}."
    assert code in (profile / "logs" / "marhaba.log").read_text()
    assert not (profile / "data" / "journal.db").exists()


def test_a_second_wizard_on_one_profile_is_refused_in_words(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    settings = tmp_path / "settings.toml"
    settings.write_text("")
    command = [sys.executable, "-m", "app", "--settings", str(settings), "--profile", str(profile)]
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    with subprocess.Popen(command, env=environment) as first:
        deadline = time.monotonic() + 30
        while not (profile / "data" / "journal.db").exists():
            assert first.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.01)
        done = marhaba("--settings", settings, "--profile", profile)
        assert first.poll() is None, "the first goes on"
        first.terminate()
        assert first.wait(20) == 0
    assert done.returncode == 1
    assert done.stderr.startswith(f"marhaba: journal.in_use: file: {profile / 'data' / 'journal.db'}\n")
    Store(profile / "data" / "journal.db").close()


def test_a_step_that_is_none_is_said(tmp_path: Path) -> None:
    done = marhaba("--profile", tmp_path, "--only", "nosuch")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"marhaba: --only: there is no step 'nosuch'; there are {', '.join(catalog.STEPS)}\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_backend_help_names_every_command(flag: str) -> None:
    done = marhaba("backend", flag)
    assert done.returncode == 0
    assert done.stderr == ""
    for command in ("serve", "agents", "report", "journey-key", "rebuild"):
        assert f"\n    {command}" in done.stdout


@pytest.mark.parametrize("arguments", [["--colour"], ["backend", "dance"], ["doctor", "--only", "nothing"], ["demo", "--lang", "xx"]])
def test_what_is_not_understood_is_said_with_exit_code_2(arguments: list[str]) -> None:
    done = marhaba(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("usage: marhaba")


def test_help_of_the_program_names_its_commands() -> None:
    done = marhaba("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("backend:", "demo:", "doctor:", "--self-test", "--profile"))

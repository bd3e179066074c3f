"""Ready: what the journal proves, and the certificate that says so."""

import shutil
import subprocess
import threading
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome
from app.core.step import Result
from app.steps.ready import certificate as pdf
from app.steps.ready import check
from tests.steps.fakes import FakeContext

STEPS = ("welcome", "identity", "guidelines")


def finished(fake: FakeContext, **outcomes: Outcome) -> None:
    for step in STEPS:
        if (outcome := outcomes.get(step, Outcome.PASSED)) is not None:
            fake.finish(step, Result(outcome, f"{step}.passed"))


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Outcome.PASSED, "ready.passed"),
        (Outcome.NOT_APPLICABLE, "ready.passed"),
        (Outcome.WARNING, "ready.passed_with_warnings"),
        (Outcome.WAIVED, "ready.passed_with_warnings"),
        (Outcome.FAILED, "ready.incomplete"),
        (Outcome.COULD_NOT_CHECK, "ready.incomplete"),
    ],
)
def test_the_outcomes_are_kept_apart(outcome: Outcome, code: str, tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    finished(fake, identity=outcome)
    result = check.result(check.lines(fake.folded, fake.journey))
    assert result.code == code
    assert result.outcome.lets_on == (code != "ready.incomplete")
    assert result.facts["steps"]["identity"] == str(outcome)


def test_a_step_nobody_proved_is_missing(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    fake.finish("welcome", Result(Outcome.PASSED, "welcome.passed"))
    result = check.result(check.lines(fake.folded, fake.journey))
    assert result.code == "ready.incomplete"
    assert result.facts["missing"] == ["identity", "guidelines"]


def test_a_simulated_step_is_a_remark(tmp_path: Path) -> None:
    fake = FakeContext(tmp_path)
    finished(fake)
    fake.finish("identity", Result(Outcome.PASSED, "identity.passed", simulated=True))
    assert check.result(check.lines(fake.folded, fake.journey)).code == "ready.passed_with_warnings"


def printed(steps: int = 3, name: str = "Salma El Idrissi") -> pdf.Printed:
    time = "2026-11-24T08:12:00+00:00"
    lines = [pdf.StepLine((*STEPS, "vpn")[n % 4], Outcome.PASSED if n else Outcome.WARNING, time) for n in range(steps)]
    return pdf.Printed(
        name, "20417", "Télécom FR", "Casablanca", "2026-11-30T09:00:00+00:00", lines, "telecom-fr v1", "2026.11", "2026.11",
        "b351134fabcd0000", "2026-11-24T08:36:00+00:00", "2027-02-22T08:36:00+00:00", "K7MQ-2XPA-9RDT",
    )  # fmt: skip


def text_of(path: Path) -> str:
    """The text as a reader would copy it, letters made plain (Arabic shapes and ligatures are glyphs in a PDF)."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    out = subprocess.run(["pdftotext", "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
    return unicodedata.normalize("NFKC", out)


def test_the_certificate_reads_in_both_languages(app: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "c.pdf"
    path.write_bytes(pdf.render(printed()))
    text = text_of(path)
    for wanted in ("Salma El Idrissi", "20417", "K7MQ-2XPA-9RDT", "24/11/2026", "22/02/2027", "Identification", "2026.11", "telecom-fr v1"):
        assert wanted in text
    for wanted in ("شهادة", "المراحل", "التعريف", "الرقم"):
        assert wanted in text
    info = subprocess.run(["pdfinfo", str(path)], check=True, capture_output=True, text=True).stdout
    assert "K7MQ-2XPA-9RDT" in info
    assert "A4" in info
    fonts = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True).stdout
    assert all(line.split()[-5] == "yes" for line in fonts.splitlines()[2:]), "a font is not embedded"


@pytest.mark.parametrize("steps", [0, 3, 9, 12])
def test_a_long_journey_stays_on_one_sheet(steps: int, app: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "c.pdf"
    path.write_bytes(pdf.render(printed(steps)))
    assert text_of(path).count("\f") == 1


def test_a_name_is_never_markup(app: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "c.pdf"
    path.write_bytes(pdf.render(printed(name="<b>Léa & Co</b>")))
    assert "<b>Léa & Co</b>" in text_of(path)


@pytest.mark.parametrize(("given", "name"), [("20417", "20417"), ("../../x", "x"), ("", "agent"), ("شعيب", "agent"), ("A-1_b", "A-1_b")])
def test_the_file_name_is_plain(given: str, name: str) -> None:
    assert pdf.file_name(given) == f"marhaba-certificate-{name}.pdf"


def test_a_long_journey_is_drawn_on_a_thread_of_its_own_without_a_word_from_qt(app: QApplication) -> None:
    """Text that does not fit at once is laid out later, by a timer: a plain thread has none unless it is given what keeps timers."""
    found: list[bytes] = []
    thread = threading.Thread(target=lambda: found.append(pdf.render(printed(12))))
    thread.start()
    thread.join()
    assert found[0].startswith(b"%PDF")

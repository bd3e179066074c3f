"""The public verification page and HR’s page in a real browser: a file dropped, its verdict read, in three languages; axe finds nothing."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.contracts import events
from tests.backend.documents import tampering
from tests.backend.documents.signer import Signer, signing_backend
from tests.backend.rig import Backend
from tests.console.test_live import picture, violations

pytestmark = pytest.mark.browser
_PATIENCE_MS = 30_000
"""The first file waits for a process to start, on a machine that may be busy."""


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with signing_backend(tmp_path_factory.mktemp("pages")) as running:
        running.fresh()
        yield running


@pytest.fixture(scope="module")
def signed(backend: Backend) -> bytes:
    signer = Signer.of(backend, "Imane Benali", "20417")
    offer, _ = signer.signed()
    asking = Signer.of(backend, "ياسين العلوي", "20533")
    asking.offer()
    question = events.QuestionAsked("addendum", "costs", "L’indemnité couvre-t-elle aussi la fibre\u00a0?")
    backend.post(asking.device, [*asking.device.started(), asking.device.line(question)])
    Signer.of(backend, "Karim Mansouri", "19872")
    return signer.file(offer, "signed.pdf")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1180, "height": 820}, locale="fr-MA")
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert errors == []


def test_a_file_is_chosen_and_found_sound(page: Page, backend: Backend, signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "addendum.pdf"
    path.write_bytes(signed)
    page.goto(f"{backend.url}/verify")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert violations(page) == []
    picture(page, "verify-fr")
    page.get_by_label("Fichier PDF").set_input_files(path)
    page.get_by_role("button", name="Vérifier").click()
    expect(page.locator(".said")).to_contain_text("authentique, complet et inchangé", timeout=_PATIENCE_MS)
    expect(page.get_by_role("row", name="Salarié")).to_contain_text("Imane Benali")
    expect(page.locator("#result")).to_be_focused()
    assert violations(page) == []
    picture(page, "verify-good-fr")


def test_a_tampered_file_is_dropped_in_arabic(page: Page, backend: Backend, signed: bytes) -> None:
    page.goto(f"{backend.url}/verify?lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    raw = base64.b64encode(tampering.revision(signed, tampering.overlay)).decode()
    dropped = page.evaluate_handle(
        """(raw) => {
            const bytes = Uint8Array.from(atob(raw), (letter) => letter.charCodeAt(0));
            const carried = new DataTransfer();
            carried.items.add(new File([bytes], "a.pdf", { type: "application/pdf" }));
            return carried;
        }""",
        raw,
    )
    page.dispatch_event("#drop", "dragenter", {"dataTransfer": dropped})
    page.dispatch_event("#drop", "drop", {"dataTransfer": dropped})
    expect(page.locator(".verdict.bad .said")).to_contain_text("بعد التوقيع", timeout=_PATIENCE_MS)
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    assert violations(page) == []
    picture(page, "verify-bad-ar")


def test_the_page_works_without_scripts_and_on_a_telephone(browser: Browser, backend: Backend, signed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "addendum.pdf"
    path.write_bytes(signed)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{backend.url}/verify?lang=en")
    page.get_by_label("PDF file").set_input_files(path)
    page.get_by_role("button", name="Verify").click()
    expect(page.locator(".said")).to_contain_text("genuine, complete and unchanged", timeout=_PATIENCE_MS)
    picture(page, "verify-good-en-narrow")
    context.close()


def test_hr_sees_who_signed_and_what_was_asked(page: Page, backend: Backend, signed: bytes) -> None:
    page.goto(backend.console_url)
    page.get_by_role("link", name="Avenants").click()
    expect(page.get_by_role("row", name="Imane Benali")).to_contain_text("signé")
    row = page.get_by_role("row", name="ياسين العلوي")
    row.get_by_text("1 question").click()
    expect(row).to_contain_text("la fibre")
    assert violations(page) == []
    picture(page, "addenda-fr")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Télécharger les avenants signés").click()
    assert waiting.value.suggested_filename.endswith(".zip")
    page.goto(f"{backend.url}/console/addenda?lang=ar&state=signed")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("row")).to_have_count(2)
    assert violations(page) == []
    picture(page, "addenda-ar")

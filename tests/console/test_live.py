"""The console in a real browser: what the helpdesk sees, live, in French and in Arabic."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.contracts import events
from app.contracts.outcomes import Outcome
from tests.backend.rig import CSV_HEAD, Backend, Device

pytestmark = pytest.mark.browser

PEOPLE = [
    ("20417", "Imane Berrada", "Casablanca"),
    ("20533", "Youssef Alami", "Rabat"),
    ("19872", "Khadija Mansouri", "Agadir"),
    ("20110", "Omar Tazi", "Casablanca"),
    ("20019", "Hind Rachidi", "Meknès"),
]


@pytest.fixture
def page(browser: Browser, backend: Backend) -> Iterator[Page]:
    """A window of the size of the design, let in; an error in it fails the test."""
    context = browser.new_context(viewport={"width": 1360, "height": 820})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    opened.goto(backend.console_url)
    yield opened
    context.close()
    assert errors == []


def people(backend: Backend) -> dict[str, Device]:
    backend.people("\n".join([CSV_HEAD, *(f"{i},{n},fr,{s},telecom_fr,,Latitude,PC-{i},,,," for i, n, s in PEOPLE)]) + "\n")
    devices = {}
    for employee_id, _, _ in PEOPLE:
        devices[employee_id] = backend.paired(employee_id)
        backend.post(devices[employee_id], devices[employee_id].started())
    _stand(backend, devices)
    return devices


def _stand(backend: Backend, devices: dict[str, Device]) -> None:
    """Each at another place, so that a picture shows every look."""
    one = devices["20417"]
    lines = [*one.steps("welcome", "identity"), one.line(events.StepEntered("guidelines"))]
    lines.append(one.line(events.StepFinished("guidelines", Outcome.FAILED, "guidelines.quiz_failed", {"score_percent": 55, "tries": 1})))
    backend.post(one, lines)
    two = devices["20533"]
    lines = two.steps("welcome") + two.steps("identity", outcome=Outcome.WARNING)
    backend.post(two, [*lines, two.line(events.StepEntered("guidelines"))])
    three = devices["19872"]
    lines = three.steps("welcome") + three.steps("identity", outcome=Outcome.COULD_NOT_CHECK)
    backend.post(three, [*lines, three.line(events.HelpRequested("identity"))])
    four = devices["20110"]
    backend.post(four, [four.line(events.StepEntered("welcome"))])
    five = devices["20019"]
    backend.post(five, five.steps("welcome", "identity", "guidelines", "ready"))


def picture(page: Page, name: str) -> None:
    """Keep a picture where MARHABA_PICTURES says, to be looked at."""
    if folder := os.environ.get("MARHABA_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def violations(page: Page) -> list[str]:
    found = Axe().run(page)
    return [f"{v['id']}: {[node['html'] for node in v['nodes']]}" for v in found.response["violations"]]


def test_a_row_appears_and_moves_live(page: Page, backend: Backend) -> None:
    expect(page.locator("#empty")).to_be_visible()
    expect(page.locator("#link")).to_have_text("Mise à jour en direct")
    device = backend.paired()
    backend.post(device, device.started() + device.steps("welcome"))
    acknowledged = time.monotonic()
    row = page.locator(f"#row-{backend.one}")
    row.wait_for(timeout=2000)
    assert time.monotonic() - acknowledged < 0.5
    expect(row).to_contain_text("I. B.")
    expect(row.locator(".segment.passed")).to_have_count(1)
    expect(page.locator("#empty")).to_be_hidden()
    backend.post(device, device.steps("identity", "guidelines", "ready"))
    expect(row.locator(".segment.passed")).to_have_count(4)
    expect(row.locator(".pill")).to_contain_text("Prêt depuis")
    expect(page.locator(".card").nth(2)).to_contain_text("1 / 2")
    expect(page.locator("tbody tr")).to_have_count(1)


def test_a_restarted_backend_is_followed_again(browser: Browser, backend: Backend) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(backend.console_url)
    device = backend.paired()
    expect(page.locator("#link")).to_have_text("Mise à jour en direct")
    port = backend.url.rsplit(":", 1)[1]
    backend.kill()
    backend.more = ["--port", port]
    backend.start()
    backend.post(device, device.started())
    page.locator(f"#row-{backend.one}").wait_for(timeout=15_000)
    expect(page.locator("#link")).to_have_text("Mise à jour en direct")
    context.close()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_nothing_stands_in_anybodys_way(page: Page, backend: Backend, language: str) -> None:
    """axe-core: no violation on the list, on a session, under a filter, nor on the page that refuses."""
    people(backend)
    page.goto(f"{backend.url}/console?lang={language}")
    page.locator("#row-20019").wait_for()
    picture(page, f"live-{language}")
    assert violations(page) == []
    page.goto(f"{backend.url}/console?status=help&q=zzz")
    assert violations(page) == []
    page.goto(f"{backend.url}/console/session/20417")
    picture(page, f"session-{language}")
    assert violations(page) == []
    page.set_viewport_size({"width": 1024, "height": 640})
    page.goto(f"{backend.url}/console")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_refusal_is_readable_too(browser: Browser, backend: Backend) -> None:
    context = browser.new_context()
    opened = context.new_page()
    opened.goto(f"{backend.url}/console?lang=ar")
    picture(opened, "refused-ar")
    assert violations(opened) == []
    context.close()


def test_a_filter_holds_while_rows_arrive(page: Page, backend: Backend) -> None:
    devices = people(backend)
    page.goto(f"{backend.url}/console?site=Casablanca")
    expect(page.locator("#link")).to_have_text("Mise à jour en direct")
    expect(page.locator("tbody tr")).to_have_count(2)
    backend.post(devices["20533"], [devices["20533"].line(events.StepEntered("ready"))])
    backend.post(devices["20110"], devices["20110"].steps("welcome"))
    expect(page.locator("#row-20110 .segment.passed")).to_have_count(1)
    expect(page.locator("tbody tr")).to_have_count(2)


def test_the_keyboard_reaches_everything(page: Page, backend: Backend) -> None:
    people(backend)
    page.goto(f"{backend.url}/console")
    reached = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim()"))
    assert {"Aller au contenu", "العربية", "Code, nom ou matricule", "Rechercher", "Ouvrir le parcours de I. B. 20417"} <= reached

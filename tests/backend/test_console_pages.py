"""The console over HTTP: access, escaping, languages, the live stream."""

import json
import re
import time
from dataclasses import fields

import httpx
import pytest

from app.backend.console.addenda_words import WORDS as ADDENDA_WORDS
from app.backend.verification.words import WORDS as VERIFY_WORDS
from app.contracts import events
from app.contracts.outcomes import Outcome
from app.contracts.spoken_code import spoken_code
from app.core.acoustics.analysis import VoiceMeasures
from app.core.line import BoxReading, VoiceReport
from tests.backend.rig import CSV_HEAD, Backend, stream


@pytest.fixture
def console(backend: Backend) -> httpx.Client:
    """A browser that was let in."""
    backend.client.follow_redirects = True
    answer = backend.client.get(backend.console_url)
    assert answer.status_code == 200
    assert "key=" not in str(answer.url)
    return backend.client


def test_without_the_key_there_is_nothing(backend: Backend) -> None:
    for path in ("/console", f"/console/session/{backend.one}", "/console/stream", "/console?key=wrong"):
        answer = backend.client.get(backend.url + path)
        assert answer.status_code == 401
        assert "Accès réservé" in answer.text
        assert "I. B." not in answer.text


def test_the_key_becomes_a_cookie(backend: Backend) -> None:
    answer = backend.client.get(backend.console_url)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/console"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert backend.console_url.partition("key=")[2] not in cookie


def test_names_are_escaped(backend: Backend, console: httpx.Client) -> None:
    name = '<script>alert(1)</script> "><img src=x onerror=alert(1)>'
    evil = f"E{backend.one}"
    quoted = name.replace('"', '""')
    backend.people(f'{CSV_HEAD}\n{evil},"{quoted}",fr,<b>Rabat</b>,telecom_fr,,,,,,,\n')
    device = backend.paired(evil)
    lines = device.started()
    lines.append(device.line(events.StepEntered("<i>step</i>")))
    lines.append(device.line(events.StepFinished("<i>step</i>", Outcome.FAILED, "<i>code</i>", {"<i>k</i>": "<i>v</i>"})))
    with stream(backend) as live:
        backend.post(device, lines)
        data = next(line for line in live if line.startswith("data: "))
    row = json.loads(data.removeprefix("data: "))["html"]
    pages = [console.get(f"{backend.url}/console").text, console.get(f"{backend.url}/console/session/{evil}").text, row]
    for page in pages:
        assert evil in page
        for raw in ("<script>alert", "<img", "<b>Rabat", "<i>"):
            assert raw not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in pages[1]


def test_the_row_is_pushed_within_300_ms_of_the_commit(backend: Backend, console: httpx.Client) -> None:
    device = backend.paired()
    backend.post(device, device.started())
    waits = []
    with stream(backend) as live:
        for step in ("welcome", "identity", "guidelines"):
            backend.post(device, device.steps(step))
            acknowledged = time.monotonic()
            message = json.loads(next(line for line in live if line.startswith("data: ")).removeprefix("data: "))
            waits.append(time.monotonic() - acknowledged)
            assert message["id"] == f"row-{backend.one}"
            assert "I. B." in message["html"]
    assert max(waits) < 0.3


def test_languages(backend: Backend, console: httpx.Client) -> None:
    assert '<html lang="fr" dir="ltr">' in console.get(f"{backend.url}/console").text
    assert '<html lang="ar" dir="rtl">' in console.get(f"{backend.url}/console?lang=ar").text
    assert '<html lang="ar" dir="rtl">' in console.get(f"{backend.url}/console").text  # the cookie
    assert '<html lang="en" dir="ltr">' in console.get(f"{backend.url}/console?lang=en").text
    assert '<html lang="en" dir="ltr">' in console.get(f"{backend.url}/console?lang=xx").text


def test_every_word_of_hrs_and_the_verification_page_is_there_in_every_language() -> None:
    for words in (ADDENDA_WORDS, VERIFY_WORDS):
        assert {frozenset(found) for found in words.values()} == {frozenset(words["fr"])}
        assert not any(re.search("[\u064b-\u0652]", text) for text in words["ar"].values())
        assert not any(re.search(" [:;!?»]|« ", text) for text in words["fr"].values())


def test_every_word_is_there_in_every_language() -> None:
    from app.backend.console.words import WORDS

    assert {language: sorted(words) for language, words in WORDS.items()} == dict.fromkeys(WORDS, sorted(WORDS["fr"]))


def test_the_policy_is_strict(backend: Backend, console: httpx.Client) -> None:
    answer = console.get(f"{backend.url}/console")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    for inline in ("<style", "style=", "onclick", "<script>"):
        assert inline not in answer.text


def test_what_the_page_says(backend: Backend, console: httpx.Client) -> None:
    device = backend.paired()
    failed = device.steps("welcome", "identity")
    failed += [
        device.line(events.StepEntered("guidelines")),
        device.line(
            events.StepFinished("guidelines", Outcome.FAILED, "guidelines.quiz_failed", {"score_percent": 40, "rtt_ms": 0.2507210010662675})
        ),
    ]
    backend.post(device, failed)
    page = console.get(f"{backend.url}/console?q={backend.one}").text
    assert "Tout afficher" in page
    assert "built-in" not in page, "a word must not be taken for a method of the dictionary it stands in"
    assert "Consignes de sécurité\u00a0: Encore quelques points" in page
    assert "2 étapes sur 4" in page
    session = console.get(f"{backend.url}/console/session/{backend.one}").text
    assert "score_percent" in session
    assert "<bdi>0,25</bdi>" in session, "a figure is read, not counted out"
    assert f"{spoken_code('guidelines.quiz_failed')}</bdi>" in session, "what the agent reads out is found beside the code"
    assert device.last_id in session
    backend.post(device, [device.line(events.HelpRequested("guidelines", "guidelines.quiz_failed"))])
    assert "Demande de l’aide" in console.get(f"{backend.url}/console?status=help&q={backend.one}").text
    backend.post(device, device.steps("guidelines", "ready"))
    assert "Prêt depuis" in console.get(f"{backend.url}/console?status=ready&q={backend.one}").text
    assert f"row-{backend.one}" not in console.get(f"{backend.url}/console?status=help").text


def test_nobody_by_that_number(backend: Backend, console: httpx.Client) -> None:
    answer = console.get(f"{backend.url}/console/session/nobody")
    assert answer.status_code == 404
    assert "Parcours introuvable" in answer.text


def test_measurements_have_names_and_values_in_every_language() -> None:
    """What the box, the VPN and the headset report is not left in the program's own words."""
    from app.backend.console.measure_words import MEASURES, VALUES
    from app.backend.console.words import WORDS

    reported = {field.name for shape in (VoiceMeasures, BoxReading, VoiceReport) for field in fields(shape)}
    apart = {"imei", "rssi_dbm", "devices"}  # never sent
    assert {name for name in reported - apart if f"fact.{name}" not in WORDS["fr"]} == set()
    for texts in (*MEASURES.values(), *VALUES.values()):
        assert not re.search("[\u064b-\u0652\u0660-\u0669]", texts[1])
        assert "'" not in texts[0]
        assert "'" not in texts[2]

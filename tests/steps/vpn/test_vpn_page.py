"""The page as a person meets it, with client, proof and probe written by hand."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.contracts.outcomes import Outcome
from app.core.errors import SecretsError, TunnelError
from app.core.step import Result
from app.core.tunnel import Answer, Asked, Question, Reaching, Reconnecting, Remote
from app.steps.vpn.page import Page
from app.ui import aio, i18n, theme
from tests.steps.stand import PageStand, Run, result_of, until
from tests.steps.vpn.fakes import LIMITS, PASSWORD, PROFILE, STATIC, UP, FakeProof, FakeVoice, FakeVpn
from tests.ui import a11y


class Keyring:
    def __init__(self, kept: str | None = None) -> None:
        self.kept, self.broken = kept, False

    def ports(self) -> Any:
        return self.get, self.set, self.forget

    def get(self) -> str | None:
        if self.broken:
            raise SecretsError
        return self.kept

    def set(self, value: str) -> None:
        if self.broken:
            raise SecretsError
        self.kept = value

    def forget(self) -> None:
        self.kept = None


class Stand(PageStand[Page]):
    HIGH = 520

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, (1, "vpn"))
        self.vpn, self.proof, self.voice, self.keyring = FakeVpn(), FakeProof(), FakeVoice(), Keyring()

    def open(self, *script: Any, **limits: Any) -> Page:
        if script:
            self.vpn.script = list(script)
        context = self.fake.context
        self.limits.update({**LIMITS, **limits})
        context.vpn, context.proof, context.voice_at = self.vpn, self.proof, lambda _url: self.voice
        context.vpn_password = self.keyring.ports()
        return self.on_ground(Page(context))

    async def play(self, story: Coroutine[Any, Any, None]) -> None:
        try:
            await story
        finally:
            self.page._end_attempt()
            self.page.leave()
            async with asyncio.timeout(5):
                while aio.tasks():  # noqa: ASYNC110 - any condition, not an event
                    await asyncio.sleep(0.01)
            assert self.vpn.open == 0

    def type_in(self, *, user: str = "", password: str = "", code: str = "") -> None:
        form = self.page.form
        for field, text in ((form.user, user), (form.password, password), (form.code, code)):
            if text:
                field.edit.clear()
                field.edit.insert(text)  # QTest types ASCII alone


@pytest.fixture
def stand(app: QApplication, tmp_path: Path) -> Iterator[Stand]:
    made = Stand(tmp_path)
    yield made
    made.close()


def test_it_opens_by_itself_and_proves(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await until(lambda: page.valid)
        result = await result_of(page)
        assert (result.outcome, result.code, page.primary()) == (Outcome.PASSED, "vpn.passed", "Continue")
        assert [hop.sign.kind for hop in page.hops.hops] == ["ok"] * 4
        assert page.secondary() == []
        assert "The tunnel is up, and it was proved" in stand.said

    run_async(play(stand, story))


async def play(stand: Stand, story: Callable[[], Coroutine[Any, Any, None]]) -> None:
    await stand.play(story())


def test_what_the_activity_does_not_ask_is_never_green(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open(apps=[], names=[], probe_url="")
        await until(lambda: page.valid)
        assert [hop.sign.kind for hop in page.hops.hops] == ["ok", "ok", "ok", "todo"]
        assert (page.cards.apps.mark.kind, page.cards.voice.mark.kind) == ("todo", "todo")

    run_async(play(stand, story))


def test_a_proved_tunnel_stays_when_the_page_is_left(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await until(lambda: page.valid)
        page.leave()
        await asyncio.sleep(0.05)
        assert stand.vpn.open == 1
        page.enter()
        assert stand.vpn.opened == 1
        assert page.valid

    run_async(play(stand, story))


def test_an_attempt_on_its_way_ends_when_the_page_is_left(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open(STATIC, UP)
        await until(page.form.isVisible)
        stand.type_in(password="geheim")
        page.leave()
        await until(lambda: stand.vpn.open == 0)
        assert page.form.password.edit.text() == ""

    run_async(play(stand, story))


def test_signing_in_by_keyboard_alone(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open(STATIC, UP)
        await until(page.form.isVisible)
        form = page.form
        assert form.user.edit.text() == "20417"
        assert form.password.edit.hasFocus() or not form.isActiveWindow()
        assert not form.button.isEnabled()
        stand.type_in(password="s3cret")
        QTest.keyClick(form.password.edit, Qt.Key.Key_Return)
        assert stand.vpn.answers == []
        stand.type_in(code="١٢٣٤٥٦")
        QTest.keyClick(form.code.edit, Qt.Key.Key_Return)
        await until(lambda: page.valid)
        assert stand.vpn.answers == [Answer("20417", "s3cret", "123456")]
        assert not form.isVisible()
        assert "Code OTP" in stand.said

    run_async(play(stand, story))


def test_refused_says_why_in_the_gateway_s_words_and_asks_again(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        again = replace(PASSWORD, refused="vpn.auth_refused", said="Mot de passe refusé", times=2)
        page = stand.open(PASSWORD, again, UP)
        await until(page.form.isVisible)
        stand.type_in(password="wrong")
        page.form.button.click()
        await until(lambda: "Mot de passe refusé" in page.form.error.text())
        assert page.form.password.edit.text() == ""
        stand.type_in(password="right")
        page.form.button.click()
        await until(lambda: page.valid)
        assert [a.password for a in stand.vpn.answers if a is not None] == ["wrong", "right"]

    run_async(play(stand, story))


def test_stop_ends_the_attempt_and_connect_again_begins_another(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open(PASSWORD, UP)
        await until(page.form.isVisible)
        assert page.secondary() == [page.stop_button]
        page.stop_button.click()
        await until(lambda: stand.vpn.open == 0)
        assert not page.form.isVisible()
        assert not page.valid
        assert page.secondary() == [page.again_button]
        stand.vpn.script = [UP]
        page.again_button.click()
        await until(lambda: page.valid)

    run_async(play(stand, story))


def test_a_password_is_kept_only_where_policy_says_so_and_forgotten_when_refused(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open(PASSWORD, UP, keep_password=True)
        await until(page.form.isVisible)
        stand.type_in(password="kept")
        page.form.button.click()
        await until(lambda: page.valid and stand.keyring.kept == "kept")
        page._end_attempt()
        await until(lambda: stand.vpn.open == 0)
        page._start()
        await until(lambda: page.valid)
        assert len(stand.vpn.answers) == 2, "the keyring answered"
        stand.vpn.script = [PASSWORD, replace(PASSWORD, refused="vpn.auth_refused", times=2), UP]
        page._start()
        await until(page.form.isVisible)
        assert stand.keyring.kept is None

    run_async(play(stand, story))


@pytest.mark.parametrize(("policy", "broken"), [(False, False), (True, True)])
def test_nothing_is_kept_without_policy_or_keyring(stand: Stand, run_async: Run, policy: bool, broken: bool) -> None:
    async def story() -> None:
        stand.keyring.broken = broken
        page = stand.open(PASSWORD, UP, keep_password=policy)
        await until(page.form.isVisible)
        stand.type_in(password="p")
        page.form.button.click()
        await until(lambda: page.valid)
        assert stand.keyring.kept is None

    run_async(play(stand, story))


@pytest.mark.parametrize("code", ["vpn.no_answer", "vpn.bad_ca", "vpn.no_tun", "vpn.route_conflict", "vpn.account_locked"])
def test_a_failure_is_said_and_leads_to_advice(stand: Stand, run_async: Run, code: str) -> None:
    async def story() -> None:
        page = stand.open(TunnelError(code))
        await until(lambda: page.valid)
        result = await page.advance()
        assert isinstance(result, Result)
        assert (result.code, result.outcome, page.primary()) == (code, Outcome.FAILED, "What to do")
        stand.vpn.script = [UP]
        page.failure_closed()
        await until(lambda: page.primary() == "Continue" and page.valid)

    run_async(play(stand, story))


def test_a_tunnel_that_falls_afterwards_does_not_stay_green(stand: Stand, run_async: Run) -> None:
    async def story() -> None:
        page = stand.open()
        await until(lambda: page.valid)
        await stand.vpn.more.put(Reconnecting("ping-restart"))
        await until(lambda: not page.valid)
        assert page.hops.hops[2].sign.kind != "ok"
        await stand.vpn.more.put(replace(UP, again=True))
        await until(lambda: page.valid)
        await stand.vpn.more.put(TunnelError("vpn.session_expired"))
        await until(lambda: page.primary() == "What to do")

    run_async(play(stand, story))


def test_a_web_page_is_opened_only_over_tls(stand: Stand, run_async: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)

    async def story() -> None:
        questions = [Question(Asked.WEB, url=url) for url in ("http://a.test/", "file:///etc/passwd", "https://sso.test/x")]
        page = stand.open(*questions, UP)
        for number in range(3):
            await until(lambda n=number: len(stand.vpn.answers) == n and page.form.isVisible())
            page.form.button.click()
            await until(lambda n=number: len(stand.vpn.answers) == n + 1)
        await until(lambda: page.valid)
        assert opened == ["https://sso.test/x"]

    run_async(play(stand, story))


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_every_control_has_a_name_and_every_anchor_is_there(app: QApplication, stand: Stand, run_async: Run, language: str) -> None:
    async def story() -> None:
        i18n.set_language(app, language)
        page = stand.open(STATIC, UP)
        await until(page.form.isVisible)
        assert a11y.unnamed(page) == []
        assert set(page.anchors) == set(_anchors())
        i18n.set_language(app, "en" if language != "en" else "fr")
        assert page.form.isVisible(), "the question survives a change of language"

    run_async(play(stand, story))


def _anchors() -> tuple[str, ...]:
    from app.steps.vpn.check import STEP

    return STEP.anchors


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_nothing_is_cut_while_asked_and_once_proved(stand: Stand, run_async: Run, app: QApplication, language: str, scale: float) -> None:
    theme.apply(app, "light", scale)
    i18n.set_language(app, language)

    def wrong() -> list[str]:
        assert stand.area is not None
        found = a11y.unnamed(stand.page) + a11y.clipped(stand.page) + a11y.overlapping(stand.page)
        too_wide = stand.page.width() > stand.area.viewport().width() + 1
        return found + (["it scrolls sideways"] if too_wide else [])

    async def look() -> None:
        for _ in range(20):  # layouts within layouts settle in a few turns of the loop
            if not wrong():
                break
            await asyncio.sleep(0.02)
        assert wrong() == []

    async def story() -> None:
        page = stand.open(PASSWORD, UP)
        await until(page.form.isVisible)
        await look()
        stand.type_in(user="20417", password="pw")
        page.form.button.click()
        await until(lambda: page.valid)
        await look()

    run_async(play(stand, story))


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("vpn-casa-2", "vpn-casa-2"),
        ("vpn-casa-2.telework.atlas-contact.example", "vpn-casa-2"),
        ("41.0.0.1", "telecom-fr"),
        ("2001:db8::1", "telecom-fr"),
    ],
)
def test_the_gateway_is_told_by_a_name_people_know(stand: Stand, run_async: Run, host: str, shown: str) -> None:
    stand.vpn.found = replace(PROFILE, remotes=(Remote(host, 1194),))

    async def story() -> None:
        page = stand.open(Reaching(Remote(host, 1194)), replace(UP, gateway="41.0.0.1"))
        await until(lambda: page.valid)
        assert i18n.plain(page.hops.hops[2].detail.text()) == shown

    run_async(play(stand, story))

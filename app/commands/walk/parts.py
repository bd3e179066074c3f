"""What a person does on each page: one function a step."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from app.commands.walk.addendum import addendum
from app.commands.walk.walker import WAIT_S, Stuck, Walker
from app.core.threads import in_thread
from app.steps.box.page import Page as BoxPage
from app.steps.headset.acts import Act
from app.steps.headset.page import Page as HeadsetPage
from app.steps.vpn.page import Page as VpnPage
from app.system.vpn.practice.gatekeeper import PASSWORD as PRACTICE_PASSWORD
from app.ui.widgets import ChoiceCard, QuietButton

BOX_S = 60.0
"""How long the box may take to be found, read and tested (the test itself takes 25 s at most)."""
VPN_S = 90.0
"""How long the tunnel may take to be built and proved, the voice test through it included."""
LOOK_S = 9.0
"""How long the signal is watched before its picture is taken."""


TRIES = 3
"""How often an act is done again where it went wrong, as a person would."""


async def welcome(walker: Walker) -> None:
    await walker.shot("welcome")
    walker.press(walker.anchor("welcome.accept"))
    await walker.press_primary("welcome")


async def box(walker: Walker) -> None:
    """The signal is watched for a while; the test of the line starts by itself."""
    await walker.read_remarks()
    await walker.shot("box")
    await walker.until(lambda: walker.anchor("box.figures").isVisible(), "the box to be read")
    await asyncio.sleep(LOOK_S)
    await walker.read_remarks()
    await walker.shot("box")
    page = walker.wizard.page("box")
    if not isinstance(page, BoxPage):
        raise Stuck("the page of the box is another's")
    for again in (True, True, False):
        await walker.until(walker.primary_ready, "the test of the line", limit_s=BOX_S)
        await walker.shot("box")
        await walker.press_primary("box")
        if await walker.lets_on("box") or not again:
            return
        # This machine was busy with something else: tried again, as anybody would.
        await walker.close_advice("box")
        await walker.until(page.checks.test_button.isVisible, "the test to be offered again")
        walker.press(page.checks.test_button)
        await walker.until(lambda: not walker.primary_ready(), "the test to begin")


async def identity(walker: Walker) -> None:
    await walker.shot("identity")
    await walker.read_remarks()
    field = walker.anchor("identity.code")
    field.setFocus()
    for character in walker.code.lower().replace("-", ""):
        QTest.keyClicks(field, character)
        await asyncio.sleep(0)
    await walker.shot("identity")
    await walker.press_primary("identity")
    kit = walker.anchor("identity.kit")
    await walker.until(kit.isVisible, "the code to be accepted")
    await walker.until(lambda: not walker.wizard.page("identity").busy, "the kit")
    await walker.shot("identity")
    while not walker.primary_ready():
        before = walker.wizard.state.sequence
        # The first answer offered; the links (« change my answer ») are for second thoughts.
        button = next((b for b in kit.findChildren(QuietButton) if b.isVisible() and b.isEnabled()), None)
        walker.check_crash()
        if button is None:
            await asyncio.sleep(0.02)
            continue
        walker.press(button)
        await walker.until(partial(walker.recorded_since, before), "the answer to be kept")
    await walker.shot("identity")
    await walker.press_primary("identity")


async def headset(walker: Walker) -> None:
    """The five acts. What the ear piece says is read where the page compares it: nobody wears this headset."""
    page = walker.wizard.page("headset")
    if not isinstance(page, HeadsetPage):
        raise Stuck("the page of the headset is another's")
    view = page.view
    await walker.read_remarks()

    def rests() -> bool:
        return page.resting and view.main.isVisible() and view.main.isEnabled()

    await walker.until(rests, "the headset to be found")
    await walker.shot("headset")
    refused = 0
    for side in ("left", "right"):
        await walker.until(rests, f"the {side} ear")
        walker.press(view.main)
        await walker.until(lambda: bool(page.ears.digits), "the digits")
        await walker.until(lambda: page.resting, "the voice to end")
        said = page.ears.digits
        if side == "left":
            for digit in said:
                walker.press(view.keypad.keys[digit])
                if digit == said[0]:
                    await walker.shot("headset")
        else:
            view.keypad.keys[0].setFocus()
            QTest.keyClicks(view.keypad.keys[0], "".join(map(str, said)))
    while (act := page.acts.next()) is not None:
        await walker.until(rests, f"the act {act}")
        if act is Act.VOICE and walker.worn is not None:
            await in_thread(walker.worn.begin_to_speak, limit_s=WAIT_S)
        if act is Act.ECHO and walker.worn is not None:
            await in_thread(walker.worn.be_ready_for_echo, limit_s=WAIT_S)
        walker.press(view.main)
        if act is Act.LISTEN:
            await walker.until(lambda: page.resting and page.heard_back, "the voice to be played back")
            await walker.shot("headset")
            walker.press(view.main)
            continue
        await walker.until(lambda: view.meter.at_s() > 1.5, f"the act {act} to be under way")
        await walker.shot("headset")
        await walker.until(lambda: page.resting, f"the act {act} to end")
        if act is Act.VOICE and walker.worn is not None:
            await in_thread(walker.worn.be_silent, limit_s=WAIT_S)
        await walker.shot("headset")
        refused = 0 if page.acts.done(act) else refused + 1
        if refused >= TRIES:
            raise Stuck(f"the act {act} found {page.acts.found.get(act)}")
    await walker.until(walker.primary_ready, "the headset's verdict")
    await walker.shot("headset")
    await walker.press_primary("headset")


async def vpn(walker: Walker) -> None:
    """The password is the practice gateway's; the rest goes by itself."""
    page = walker.wizard.page("vpn")
    if not isinstance(page, VpnPage):
        raise Stuck("the page of the VPN is another's")
    await walker.read_remarks()
    await _sign_in(walker, page)
    await walker.until(lambda: walker.primary_ready() or page.moving(), "the tunnel")
    await walker.shot("vpn")
    for again in (True, True, False):
        await walker.until(walker.primary_ready, "the tunnel to be proved", limit_s=VPN_S)
        await walker.shot("vpn")
        await walker.press_primary("vpn")
        if await walker.lets_on("vpn") or not again:
            return
        await walker.close_advice("vpn")
        await _sign_in(walker, page)


async def _sign_in(walker: Walker, page: VpnPage) -> None:
    await walker.until(page.form.isVisible, "the gateway to ask")
    await walker.shot("vpn")
    page.form.password.edit.setFocus()
    QTest.keyClicks(page.form.password.edit, PRACTICE_PASSWORD)
    walker.press(page.form.button)
    await walker.until(lambda: not page.form.isVisible(), "the password to be taken")


async def guidelines(walker: Walker) -> None:
    page = walker.wizard.page("guidelines")
    questions = {question.id: question for question in walker.wizard.content().questions}
    right = {choice.text: choice.id == q.right for q in questions.values() for choice in q.choices}
    shown = ""
    while walker.wizard.current() == "guidelines" and walker.wizard.state.steps.get("guidelines") is None:
        attest = walker.anchor("guidelines.attest")
        cards = [card for card in walker.anchor("guidelines.question").findChildren(ChoiceCard) if card.isVisible() and card.isEnabled()]
        if isinstance(attest, QAbstractButton) and attest.isVisible() and not attest.isChecked():
            walker.press(attest)
            await walker.shot("guidelines")
        elif cards and not walker.primary_ready():
            chosen = next((card for card in cards if right.get(card.words.text(), False)), cards[0])
            walker.press(chosen)
            await walker.until(walker.primary_ready, "the answer to be taken")
            await walker.shot("guidelines")
        elif walker.primary_ready():
            before, shown = walker.wizard.state.sequence, page.title()
            await walker.press_primary("guidelines")
            await walker.until(partial(walker.recorded_since, before), "the act to be kept")
            if page.title() == shown:
                await walker.shot("guidelines")  # the verdict on an answer
        else:
            if page.title() != shown:
                shown = page.title()
                await walker.shot("guidelines")
            await asyncio.sleep(0.02)
        walker.check_crash()


async def ready(walker: Walker) -> None:
    await walker.shot("ready")
    await walker.press_primary("ready")
    await walker.until(lambda: "ready" in walker.wizard.state.steps, "the last step to be recorded")

    def saved() -> bool:
        return any(walker.wizard.places.documents.glob("marhaba-certificate-*.pdf"))

    await walker.until(saved, "the certificate to be saved")
    await walker.shot("ready")


PARTS: dict[str, Callable[[Walker], Awaitable[None]]] = {
    "welcome": welcome,
    "box": box,
    "identity": identity,
    "vpn": vpn,
    "headset": headset,
    "addendum": addendum,
    "guidelines": guidelines,
    "ready": ready,
}

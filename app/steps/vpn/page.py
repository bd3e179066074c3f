"""The tunnel: it opens by itself, asks only what the gateway asks, and shows each hop as it is proved."""

import asyncio
import logging
import webbrowser
from collections.abc import Iterator
from typing import Any

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.core.content import Advice
from app.core.errors import MarhabaError
from app.core.step import Result
from app.core.tunnel import Answer, Asked, Question
from app.steps.vpn import check
from app.steps.vpn.hops import HopsCard
from app.steps.vpn.proving import Proving, Seen
from app.steps.vpn.question import QuestionForm
from app.steps.vpn.rows import ProofCards
from app.ui import aio, i18n
from app.ui.page import StepPage
from app.ui.widgets import Columns, Grown, QuietButton

KEYRING_LIMIT_S = 8.0
_CHOSEN_BY = (Asked.PASSWORD, Asked.STATIC)
log = logging.getLogger(__name__)


class Page(StepPage):
    def build(self) -> Iterator[None]:
        self._bounds = check.limits(self.context.limits("vpn"))
        self._proving: Proving | None = None
        self._task: Any = None
        self._answered: Any = None
        """The future of the question on screen."""
        self._given: Answer | None = None
        self._kept_used = self._stopped = False
        self._spoken = ""
        self._frame: tuple[Any, ...] = ()
        whole = QWidget()
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(Grown(whole))
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(14)
        self.hops = HopsCard()
        down.addWidget(self.hops, 2)
        yield
        self.form = QuestionForm()
        down.addWidget(self.form)
        yield
        self.cards = ProofCards()
        yield
        self.proved = Columns(self.cards.first, self.cards.second)
        down.addWidget(self.proved, 3)
        down.addStretch(1)
        self.stop_button, self.again_button = QuietButton(), QuietButton()
        self.form.given.connect(self._take_answer)
        self.stop_button.clicked.connect(self._stop)
        self.again_button.clicked.connect(self._start)
        self.anchors = {
            "vpn.hops": self.hops, "vpn.identity": self.cards.identity, "vpn.tunnel": self.cards.tunnel,
            "vpn.names": self.cards.names, "vpn.apps": self.cards.apps, "vpn.voice": self.cards.voice,
        }  # fmt: skip
        yield
        self.retranslate()

    # What the frame asks

    def title(self) -> str:
        return self.tr("Secure connection to the company")

    def why(self) -> str:
        titles = self.context.journey().title
        activity = titles.get(i18n.language()) or self.context.state().activity
        words = self.tr("The VPN encrypts all that travels between your home and our applications.")
        if not activity:
            return words
        return words + " " + self.tr("The profile of « %1 » is already installed.").replace("%1", activity)

    def primary(self) -> str:
        result = self._result()
        return self.tr("What to do") if result is not None and not result.outcome.lets_on else self.tr("Continue")

    def secondary(self) -> list[QPushButton]:
        if self._runs():
            return [] if self._up() else [self.stop_button]
        result = self._result()
        return [self.again_button] if result is None or result.outcome.lets_on else []

    async def advance(self) -> Result | None:
        return self._result()

    def enter(self) -> None:
        self._bounds = check.limits(self.context.limits("vpn"))
        if not self._up():
            self._start()
        self._show()

    def leave(self) -> None:
        """A tunnel that was proved stays: the next steps go through it. One on its way is ended."""
        if not self._up():
            self._end_attempt()
        self.form.forget()

    def failure_closed(self) -> None:
        self._start()

    def retranslate(self) -> None:
        self.stop_button.setText(self.tr("Stop"))
        self.again_button.setText(self.tr("Connect again"))
        self._show()

    # The attempt

    def _seen(self) -> Seen:
        return self._proving.seen if self._proving is not None else Seen()

    def _runs(self) -> bool:
        return self._task is not None and not self._task.done()

    def moving(self) -> bool:
        """Whether voice is being measured through the tunnel just now."""
        return self._seen().progress is not None

    def _up(self) -> bool:
        result = self._seen().result
        return self._runs() and result is not None and result.outcome.lets_on

    def _result(self) -> Result | None:
        """The end of the step as things stand: a tunnel that fell after its proof proves nothing any more."""
        seen = self._seen()
        if seen.result is not None and seen.result.outcome.lets_on and (seen.down or not self._runs()):
            return None
        return seen.result

    def _start(self) -> None:
        self._end_attempt()
        self._stopped = self._kept_used = False
        self._given = None
        proving = Proving(self.context, self._bounds, self._ask, self._show)
        self._proving = proving
        self._task = aio.spawn(proving.run(), "vpn.attempt")
        self._task.add_done_callback(lambda _task: self._over(proving))
        self._show()

    def _over(self, proving: Proving) -> None:
        if proving is self._proving:
            self._given = None
            self._show()

    def _stop(self) -> None:
        self._stopped = True
        self._end_attempt()
        self._proving = None
        self.said.emit(self.tr("Stopped. Your PC is as it was before."))
        self._show()

    def _end_attempt(self) -> None:
        if self._runs():
            self._task.cancel()
        self._answered = self._given = None

    # Questions

    async def _ask(self, question: Question) -> Answer | None:
        """From the keyring where policy keeps it and nothing was refused, else from the person."""
        kept = self.context.vpn_password if self._bounds.keep_password else None
        if kept is not None and question.refused and self._kept_used:
            self._kept_used = False
            await self._in_keyring(kept[2])
        elif kept is not None and question.kind is Asked.PASSWORD and not question.refused and not self._kept_used:
            password = await self._in_keyring(kept[0])
            if password:
                self._kept_used = True
                return Answer(question.user or self.context.state().employee_id, str(password))
        self._answered = asyncio.get_running_loop().create_future()
        self._show()
        self.said.emit(self._asked_words(question))
        answer: Answer | None = await self._answered
        self._answered = None
        if answer is not None and question.kind in _CHOSEN_BY:
            self._given = answer
        if question.kind is Asked.WEB and question.url.startswith("https://"):
            await aio.in_thread(webbrowser.open, question.url, limit_s=5.0)
        return answer

    async def _in_keyring(self, call: Any, *arguments: str) -> Any:
        try:
            return await aio.in_thread(call, *arguments, limit_s=KEYRING_LIMIT_S)
        except (MarhabaError, TimeoutError):
            log.info("the keyring does not answer: the password is asked each time")
            return None

    def _take_answer(self, answer: Answer) -> None:
        if self._answered is not None and not self._answered.done():
            self._answered.set_result(answer)
        self._show()

    def _asked_words(self, question: Question) -> str:
        return question.text or (self.tr("Sign in to open the tunnel.") if question.kind in _CHOSEN_BY else self.tr("A code is asked for."))

    def _keep(self) -> None:
        """What opened the tunnel is kept, where policy says so."""
        given, kept = self._given, self.context.vpn_password
        if given is not None and given.password and kept is not None and self._bounds.keep_password:
            aio.spawn(self._in_keyring(kept[1], given.password), "vpn.keep password")
        self._given = None

    # Showing

    def _advice(self, code: str) -> Advice:
        return self.context.content().advice[code if code in check.STEP.codes else "vpn.could_not_check"]

    def _error_of(self, question: Question) -> str:
        if not question.refused:
            return ""
        own = self._advice(question.refused).title
        said = question.said.strip()
        return own + "\n" + self.tr("The gateway says: %1").replace("%1", said) if said else own

    def _show(self) -> None:
        seen, result = self._seen(), self._result()
        if seen.connected is not None and self._given is not None:
            self._keep()
        question = seen.question if self._answered is not None and not self._answered.done() else None
        self.form.ask(question, self.context.state().employee_id, self._error_of(question) if question is not None else "")
        self.proved.setVisible(question is None)
        going = self._runs() and seen.result is None
        self.hops.show_hops(self.cards.hops(seen, check.operator_of(self.context.state()), going))
        self.cards.show_seen(seen, self._bounds, going, self._stopped, self._advice)
        self.set_valid(result is not None)
        if result is not None and result.code != self._spoken:
            self.said.emit(self._advice(result.code).title)
        self._spoken = result.code if result is not None else ""
        frame = (self.primary(), *self.secondary())
        if frame != self._frame:
            self._frame = frame
            self.changed.emit()

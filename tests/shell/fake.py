"""A driver and pages written by hand, for the frame's tests and for looking at it."""

import asyncio
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from app.contracts.outcomes import Outcome, Owner
from app.contracts.session import StepState
from app.core.content import Action, Advice
from app.core.errors import JournalUnwritable
from app.core.step import Result, StepContext
from app.shell.driver import Reported, StepEntry
from app.ui import i18n, theme
from app.ui.page import StepPage
from app.ui.widgets import Card, ChoiceCard, Notice, QuietButton, Row, RowList

TITLES = {
    "fr": ["Bienvenue", "Identification", "Consignes de sécurité", "Prêt à travailler"],
    "ar": ["مرحبا", "التعريف بالهوية", "إرشادات الأمان", "جاهز للعمل"],
    "en": ["Welcome", "Identification", "Security rules", "Ready to work"],
}
IDS = ("welcome", "identity", "guidelines", "ready")
WORDS = {
    "title": {"fr": "Entrez votre code d’activation", "ar": "أدخل رمز التفعيل", "en": "Enter your activation code"},
    "why": {
        "fr": "Il figure sur la fiche remise avec votre matériel, ou dans le SMS des ressources humaines. Il relie ce poste à vous, "
        "une seule fois.",
        "ar": "تجده في البطاقة المسلّمة مع معداتك، أو في رسالة الموارد البشرية. يربط هذا الحاسوب بك مرة واحدة فقط.",
        "en": "It is on the sheet that came with your equipment, or in the message from human resources. It ties this PC to you, once.",
    },
    "card": {"fr": "C’est bien vous\u00a0?", "ar": "هل هذا أنت؟", "en": "Is this you?"},
    "row": {"fr": "Activité Télécom FR", "ar": "النشاط: الاتصالات", "en": "Activity Telecom FR"},
    "detail": {
        "fr": "Premier appel lundi 9\u00a0h\u00a000",
        "ar": "أول مكالمة يوم الاثنين على الساعة \u20669:00\u2069",
        "en": "First call Monday 9:00",
    },
    "greeting": {
        "fr": "Bienvenue, installons votre poste ensemble",
        "ar": "مرحباً بك، لنجهّز مكان عملك معاً",
        "en": "Welcome, let us set up your workstation together",
    },
    "refused": {"fr": "Ce code n’est pas accepté", "ar": "هذا الرمز غير مقبول", "en": "This code is not accepted"},
    "refused_why": {
        "fr": "La connexion est bonne\u00a0: seul le code pose problème. Rien n’est perdu.",
        "ar": "الاتصال جيد، والمشكل في الرمز فقط. لم يضع أي شيء.",
        "en": "The connection is fine: only the code is a problem. Nothing is lost.",
    },
    "do1": {"fr": "Retapez-le, lettre par lettre", "ar": "أعد كتابته حرفاً حرفاً", "en": "Type it again, letter by letter"},
    "do1_more": {"fr": "Il reste 3 essais avant blocage.", "ar": "بقيت 3 محاولات.", "en": "3 tries are left."},
    "do2": {"fr": "Ou demandez-en un nouveau", "ar": "أو اطلب رمزاً جديداً", "en": "Or ask for a new one"},
    "do2_more": {
        "fr": "Le helpdesk l’envoie dans ce programme, en une minute.",
        "ar": "يرسله مكتب المساعدة خلال دقيقة.",
        "en": "The helpdesk sends it in a minute.",
    },
    "quiz": {
        "fr": "Je raccroche et j’appelle le numéro officiel",
        "ar": "أُنهي المكالمة وأتصل بالرقم الرسمي",
        "en": "I hang up and call the official number",
    },
    "reply": {
        "fr": "Exact. Personne ne vous demande votre mot de passe, ni au téléphone ni par message.",
        "ar": "صحيح. لن يطلب منك أي زميل كلمة السر.",
        "en": "Right. Nobody asks for your password.",
    },
}


def w(key: str) -> str:
    return WORDS[key][i18n.language()]


class FakePage(StepPage):
    """Holds a field (to see that state is kept), rows, choices and a button of its own."""

    def __init__(self, step: str) -> None:
        super().__init__(cast(StepContext, None))
        self.step = step
        self.answers: list[Result | Exception | None] = []
        self.gate: asyncio.Event | None = None
        self.log: list[str] = []
        self.parts = 0
        self.field = QLineEdit()
        self.card, self.other = Card(), Card()
        self.rows = [Row("ok"), Row("warn"), Row("busy", trailing="08:12")]
        self.card.body.addWidget(self.field)
        self.card.body.addWidget(RowList(*self.rows))
        self.card.body.addStretch(1)
        self.choices = [ChoiceCard(letter) for letter in "ABC"]
        for choice in self.choices:
            self.other.body.addWidget(choice)
        self.notice = Notice("", "lock")
        self.other.body.addWidget(self.notice)
        self.other.body.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.card, 3)
        across.addWidget(self.other, 4)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addLayout(across)
        self.extra = QuietButton()
        self.retranslate()
        self._valid = True

    def title(self) -> str:
        return w("greeting") if self.step == "welcome" else w("title")

    def why(self) -> str:
        return w("why")

    def wide_title(self) -> bool:
        return self.step == "welcome"

    def secondary(self) -> list[QPushButton]:
        return [self.extra] if self.step == "guidelines" else []

    async def advance(self) -> Result | None:
        self.log.append("advance")
        if self.gate is not None:
            await self.gate.wait()
        answer = self.answers.pop(0) if self.answers else Result(Outcome.PASSED, f"{self.step}.passed")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def back(self) -> bool:
        if self.parts:
            self.parts -= 1
            return True
        return False

    def enter(self) -> None:
        self.log.append("enter")

    def leave(self) -> None:
        self.log.append("leave")

    def failure_closed(self) -> None:
        self.log.append("failure_closed")

    def retranslate(self) -> None:
        self.field.setAccessibleName(w("title"))
        self.card.set_title(w("card"))
        self.other.set_title(w("quiz"))
        for row in self.rows:
            row.set_texts(w("row"), w("detail"), row.trailing.text())
        for choice in self.choices:
            choice.set_texts(choice.letter, w("quiz"), choice.reply.text() and w("reply"))
        self.notice.set_text(w("reply"))
        self.extra.setText(w("do1"))


class FakeDriver:
    """Everything in memory; `unwritable` makes the journal refuse."""

    def __init__(self) -> None:
        self.at = "welcome"
        self.pages: dict[str, FakePage] = {}
        self.states: dict[str, StepState] = {}
        self.entered: list[str] = []
        self.unwritable = False
        self.report = Reported()
        self.advice_after: Advice | None = None
        self.help_asked: list[tuple[str, str]] = []
        self.remark_codes: list[str] = []
        self.closed = False
        self.window: Any = None

    def steps(self) -> list[StepEntry]:
        out = []
        for number, step in enumerate(IDS):
            state = self.states.get(step)
            title = TITLES[i18n.language()][number]
            out.append(StepEntry(step, title, state.outcome if state else None, state.code if state else "", self.may_enter(step)))
        return out

    def current(self) -> str:
        return self.at

    def page(self, step: str) -> FakePage:
        return self.pages.setdefault(step, FakePage(step))

    def page_to_be(self, step: str) -> FakePage:
        return self.page(step)

    def advice(self, code: str) -> Advice:
        actions = (Action(w("do1"), w("do1_more")), Action(w("do2"), w("do2_more")))
        return Advice(code, Owner.HELPDESK, w("refused"), w("refused_why"), actions)

    def step_state(self, step: str) -> StepState | None:
        return self.states.get(step)

    def may_enter(self, step: str) -> bool:
        earlier = IDS[: IDS.index(step)]
        return all(s in self.states and self.states[s].outcome.lets_on for s in earlier)

    def done(self, step: str, outcome: Outcome = Outcome.PASSED, code: str = "") -> None:
        code = code or f"{step}.{outcome}"
        self.states[step] = StepState(step, outcome, code, {"rtt_ms": 38}, False, "2026-11-24T08:12:00+01:00", "01J-EVENT", 4)

    async def finish(self, step: str, result: Result) -> Advice | None:
        await asyncio.sleep(0)
        if self.unwritable:
            raise JournalUnwritable(path="/var/journal.db")
        self.done(step, result.outcome, result.code)
        return self.advice_after

    def enter(self, step: str) -> None:
        if self.unwritable:
            raise JournalUnwritable()
        self.entered.append(step)

    def reported(self) -> Reported:
        return self.report

    def session_code(self) -> str:
        return "482913"

    def helpdesk_phone(self) -> str:
        return "05 22 00 00 00"

    def set_language(self, lang: str) -> None:
        i18n.set_language(cast(QApplication, QApplication.instance()), lang)

    def set_display(self, name: str, text_scale: float) -> None:
        theme.apply(cast(QApplication, QApplication.instance()), name, text_scale)

    async def ask_help(self, step: str, code: str) -> None:
        self.help_asked.append((step, code))

    def remarks(self) -> list[str]:
        return list(self.remark_codes)

    def dismiss(self, code: str) -> None:
        self.remark_codes.remove(code)

    def diagnostic(self) -> str:
        return "diagnostic of \u2066482913\u2069"

    def logs_dir(self) -> Path:
        return Path("/tmp")

    async def close(self) -> None:
        self.closed = True

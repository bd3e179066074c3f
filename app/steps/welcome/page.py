"""Welcome: choose the language, read what is collected and why, and begin."""

from collections.abc import Iterator
from functools import cached_property

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.contracts.outcomes import Outcome
from app.core.step import Result
from app.steps.scrolling import to_top
from app.steps.welcome import check
from app.ui import i18n, theme
from app.ui.page import StepPage
from app.ui.widgets import ButtonRow, Card, CheckBox, Columns, LinkButton, Notice, QuietButton, Row, RowList, empty, label, rich


class BigNumber(QWidget):
    """A number in a ring, the same in every language."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = str(number)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme.current().px(28)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(t.color("brand"), 1.6))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.setFont(t.font("row", bold=True))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._number)
        painter.end()


class LanguageButton(QuietButton):
    """A language by its own name; the one in force is marked."""

    def __init__(self, language: str) -> None:
        super().__init__(i18n.NAMES[language])
        self.setCheckable(True)

    def nextCheckState(self) -> None:
        """Pressing does not toggle: what is in force is decided by the language."""

    def colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        if not self.isChecked():
            return super().colours()
        t = theme.current()
        return t.color("brand_soft"), t.color("brand"), t.color("brand")


class Page(StepPage):
    def build(self) -> Iterator[None]:
        self._languages = {code: LanguageButton(code) for code in i18n.LANGUAGES}
        for code, button in self._languages.items():
            button.clicked.connect(lambda _=False, chosen=code: self.context.set_language(chosen))
        self._language_row = ButtonRow(*self._languages.values())
        self._cards = [Card() for _ in range(3)]
        self._card_titles = [label("", "card_title") for _ in range(3)]
        self._card_texts = [label("", "secondary") for _ in range(3)]
        self._summary = rich("", "secondary")
        self._summary.linkActivated.connect(lambda _: self.show_notice())
        self._strip = Notice(self._summary, "lock")
        self._accept = CheckBox()
        self._accept.toggled.connect(self._validate)
        self._intro = self._build_intro()
        self._down = QVBoxLayout(self)
        self._down.setContentsMargins(0, 0, 0, 0)
        self._down.addWidget(self._intro)
        self._down.addStretch(1)
        self.anchors = {"welcome.language": self._language_row, "welcome.notice": self._strip, "welcome.accept": self._accept}
        yield
        self.retranslate()

    def _build_intro(self) -> QWidget:
        intro = QWidget()
        down = self._intro_down = QVBoxLayout(intro)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(14)
        down.addWidget(self._language_row)
        self._card_box = Columns(self._cards[0], self._cards[1], narrow=480)
        self._card_box.box.addWidget(self._cards[2], 1)
        for column, card in enumerate(self._cards):
            card.body.addWidget(BigNumber(column + 1), 0, Qt.AlignmentFlag.AlignLeading)
            card.body.addWidget(self._card_titles[column])
            card.body.addWidget(self._card_texts[column])
            card.body.addStretch(1)
        down.addWidget(self._card_box)
        down.addWidget(self._strip)
        down.addWidget(self._accept)
        return intro

    @cached_property
    def _rest(self) -> Card:
        """What remains, for who comes back: in the place of the three cards."""
        card = Card()
        self._rest_rows = RowList()
        card.body.addWidget(self._rest_rows)
        self._intro_down.insertWidget(self._intro_down.indexOf(self._strip), card)
        return card

    @property
    def _reading(self) -> bool:
        return "_notice" in self.__dict__ and not self._notice.isHidden()

    @cached_property
    def _notice(self) -> QWidget:
        """The whole notice on the page itself, no window over it; the frame scrolls it. Built for who opens it."""
        box = QWidget()
        box.hide()
        self._notice_back, self._notice_end, self._notice_card = LinkButton(), QuietButton(), Card()
        down = QVBoxLayout(box)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(12)
        self._notice_back.clicked.connect(self.hide_notice)
        self._notice_end.clicked.connect(self.hide_notice)
        down.addWidget(self._notice_back, 0, Qt.AlignmentFlag.AlignLeading)
        down.addWidget(self._notice_card)
        down.addWidget(self._notice_end, 0, Qt.AlignmentFlag.AlignLeading)
        self._down.insertWidget(1, box)
        return box

    # What the frame asks

    def title(self) -> str:
        if self._reading:
            return self.context.content().notice.title
        if check.under_way(self.context.state()):
            return self.tr("Welcome back")
        return self.tr("Welcome, let us set up your workstation")

    def why(self) -> str:
        if self._reading:
            return ""
        state = self.context.state()
        if check.under_way(state):
            left = len(check.remaining(state, self.context.step_ids()))
            return self.tr("Everything you did is kept. %n step(s) left.", "", left) if left else self.tr("Everything is done.")
        about = check.minutes(self.context.limits("welcome"))
        return self.tr(
            "In about %n minute(s), your PC will be ready to take calls from home. You can stop at any time: nothing is lost.", "", about
        )

    def primary(self) -> str:
        if self._reading:
            return self.tr("Back to the first page")
        return self.tr("Resume") if check.under_way(self.context.state()) else self.tr("Begin")

    def wide_title(self) -> bool:
        return not self._reading

    async def advance(self) -> Result | None:
        if self._reading:
            self.hide_notice()
            return None
        notice = self.context.content().notice
        if not check.accepted(self.context.state(), notice.version):
            self.context.accept_notice(notice.version)
        return check.result(notice.version, i18n.language(), check.minutes(self.context.limits("welcome")))

    def back(self) -> bool:
        if not self._reading:
            return False
        self.hide_notice()
        return True

    def can_go_back(self) -> bool:
        return self._reading

    def enter(self) -> None:
        self.retranslate()
        self.changed.emit()

    def leave(self) -> None:
        if self._reading:
            self._notice.hide()
            self._intro.show()

    # The notice

    def show_notice(self) -> None:
        notice = self._notice
        self._write_notice()
        self._intro.hide()
        notice.show()
        self._notice_back.setFocus()
        self._validate()
        self.changed.emit()
        to_top(self)
        self.said.emit(self.context.content().notice.title)

    def hide_notice(self) -> None:
        self._notice.hide()
        self._intro.show()
        self._summary.setFocus()
        self._validate()
        self.changed.emit()

    def _validate(self) -> None:
        self.set_valid(self._reading or self._accepted() or self._accept.isChecked())

    def _accepted(self) -> bool:
        state = self.context.state()
        return bool(state.notice_version) and check.accepted(state, self.context.content().notice.version)

    # Words

    def retranslate(self) -> None:
        state = self.context.state()
        back = check.under_way(state)
        for code, button in self._languages.items():
            button.setChecked(code == i18n.language())
        self._language_row.setAccessibleName(self.tr("Language"))
        self._card_box.setVisible(not back)
        self._write_cards()
        self._write_rest(back)
        words = self.tr("Read the notice (law 09-08)")  # not inside the f-string: lupdate does not look there
        link = f'<a href="notice" style="font-weight:600; text-decoration:none">{words}</a>'
        told = self.tr(
            "This program checks the security of the workstation and sends it to the IT department. It does not listen to your calls "
            "or read your files."
        )
        self._summary.setText(f"{told} {link}")
        self._strip.setAccessibleName(told)
        self._accept.setText(self.tr("I have read the notice and I accept it"))
        self._accept.setAccessibleName(self._accept.text())
        self._accept.setVisible(not self._accepted())
        if self._reading:
            self._write_notice()
        self._validate()

    def _write_cards(self) -> None:
        signs = "addendum" in self.context.step_ids()
        words = (
            (self.tr("Plug in"), self.tr("the 4G box and your headset, supplied by the company")),
            (self.tr("Sign"), self.tr("your telework addendum, in French or in Arabic"))
            if signs
            else (self.tr("Confirm"), self.tr("who you are, your equipment and the security rules")),
            (self.tr("Work"), self.tr("as soon as the “Ready” light comes on")),
        )
        for number, (title, text) in enumerate(words):
            self._card_titles[number].setText(title)
            self._card_texts[number].setText(text)

    def _write_rest(self, back: bool) -> None:
        if not back and "_rest" not in self.__dict__:
            return
        self._rest.setVisible(back)
        self._rest_rows.clear()
        if not back:
            return
        state, content = self.context.state(), self.context.content()
        left = check.remaining(state, self.context.step_ids())
        self._rest.set_title(self.tr("What remains") if left else self.tr("Nothing remains"))
        for step in left:
            done = state.steps.get(step)
            advice = content.advice.get(done.code) if done else None
            mark = "todo" if done is None else "warn" if done.outcome is Outcome.COULD_NOT_CHECK else "bad"
            self._rest_rows.add(Row(mark, content.step_titles.get(step, step), advice.title if advice else ""))

    def _write_notice(self) -> None:
        self._notice_back.setText(self.tr("Back to the first page"))
        self._notice_end.setText(self.tr("I have finished reading"))
        notice = self.context.content().notice
        empty_after_title(self._notice_card)
        self._notice_card.body.addWidget(label(notice.intro))
        for section in notice.sections:
            self._notice_card.body.addSpacing(8)
            self._notice_card.body.addWidget(label(section.title, "card_title"))
            self._notice_card.body.addWidget(label(section.text, "why"))
        version = self.tr("Version %1").replace("%1", i18n.ltr(notice.version))
        self._notice_card.body.addWidget(label(version, "caption"))


def empty_after_title(card: Card) -> None:
    """Clear a card, its title kept."""
    card.body.removeWidget(card.title)
    empty(card.body)
    card.body.insertWidget(0, card.title)

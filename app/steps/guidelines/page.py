"""Guidelines: read the topics, answer the quiz one question at a time, promise to apply the rules."""

import secrets
from collections.abc import Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.content import Content, Topic
from app.core.step import Result
from app.steps.guidelines import check
from app.steps.guidelines.topics_card import TopicsCard
from app.steps.guidelines.views import AttestView, QuestionView, TopicView
from app.steps.scrolling import to_top
from app.ui import aio, i18n
from app.ui.page import StepPage
from app.ui.widgets import Columns, Grown, Notice


class Page(StepPage):
    def build(self) -> Iterator[None]:
        self._at = check.begin(self.context.content())
        self._pack_changed = False
        self._rereading = ""
        """The topic looked at again from a question; nothing moves on."""
        self._seen_long_enough = False
        self._pace = QTimer(self)
        self._pace.setSingleShot(True)
        self._pace.timeout.connect(self._paced)
        self._changed_notice, self._topics = Notice("", "warn"), TopicsCard()
        views = QWidget()
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(14)
        down.addWidget(self._changed_notice)
        down.addWidget(Grown(Columns(views, self._topics, (5, 3))), 1)
        holder = QVBoxLayout(views)
        holder.setContentsMargins(0, 0, 0, 0)
        yield
        self._topic_view = TopicView()
        holder.addWidget(self._topic_view, 1)
        yield
        self._question_view, self._attest_view = QuestionView(), AttestView()
        holder.addWidget(self._question_view, 1)
        holder.addWidget(self._attest_view, 1)
        yield
        self._question_view.chosen.connect(self._validate)
        self._question_view.reread.connect(self._reread)
        self._attest_view.box.toggled.connect(self._validate)
        self.anchors = {
            "guidelines.topic": self._topic_view,
            "guidelines.topics": self._topics,
            "guidelines.question": self._question_view,
            "guidelines.attest": self._attest_view.box,
        }
        yield
        self._topics.keep(len(self._listed()))
        yield
        self._show()

    # Where we stand

    @property
    def _content(self) -> Content:
        return self.context.content()

    @property
    def _limits(self) -> check.Limits:
        return check.limits(self.context.limits("guidelines"), len(self._content.questions))

    @property
    def _topic_id(self) -> str:
        return self._rereading or self._at.topic

    @property
    def _reading(self) -> bool:
        return self._at.phase == "read" or bool(self._rereading)

    @property
    def _question(self) -> str:
        return self._at.draw[self._at.position]

    @property
    def _answer(self) -> str:
        return self._at.answers.get(self._question, "")

    def _topic(self, topic_id: str) -> Topic | None:
        return next((topic for topic in self._content.topics if topic.id == topic_id), None)

    def _exhausted(self) -> bool:
        return check.exhausted(self._at.attempts, self._limits)

    # What the frame asks

    def title(self) -> str:
        self._keep_up()
        if self._reading:
            topic = self._topic(self._topic_id)
            return topic.title if topic else ""
        if self._at.phase == "quiz":
            return check.question_of(self._content, self._question).text
        return self.tr("Well done, one last promise")

    def why(self) -> str:
        if self._rereading:
            return self.tr("Your question waits for you, nothing is lost.")
        if self._reading:
            return self._reading_words()
        if self._at.phase == "quiz":
            return self._question_words()
        return self.tr("Customers trust you with their data: these rules also protect you.")

    def _reading_words(self) -> str:
        topic = self._topic(self._at.topic)
        if topic is None:
            return ""
        to_read = self._at.to_read
        number = to_read.index(topic.id) + 1 if topic.id in to_read else 1
        again = self._at.attempts > 0
        place = (
            self.tr("Topic to revise %1 of %2 · %n minute(s) of reading.", "", topic.minutes)
            if again
            else self.tr("Topic %1 of %2 · %n minute(s) of reading.", "", topic.minutes)
        )
        gone = self.tr("The tries are used up: you may read on, and the quiz opens again once the IT department has given new ones.")
        why = gone if self._exhausted() else topic.why
        return f"{place.replace('%1', i18n.ltr(str(number))).replace('%2', i18n.ltr(str(len(to_read))))} {why}"

    def _question_words(self) -> str:
        topic = self._topic(check.topic_of(self._content, self._question))
        words = self.tr("Question %1 of %2 · Topic: %3. You can read the rule again at any time.")
        number, count = i18n.ltr(str(self._at.position + 1)), i18n.ltr(str(len(self._at.draw)))
        return words.replace("%1", number).replace("%2", count).replace("%3", topic.title if topic else "")

    def primary(self) -> str:
        if self._rereading:
            return self.tr("Back to the question")
        if self._at.phase == "read":
            last = set(self._at.to_read) <= {*self._at.read, self._at.topic}
            if not last:
                return self.tr("Read, next")
            return self.tr("What to do") if self._exhausted() else self.tr("Read, on to the questions")
        if self._at.phase == "quiz":
            return self.tr("Continue") if self._answer else self.tr("Answer")
        return self.tr("I promise")

    def back(self) -> bool:
        if self._rereading:
            self._rereading = ""
            self._show()
            self._question_view.focus_first()
            return True
        if self._at.phase == "read" and self._at.topic in self._at.to_read and (place := self._at.to_read.index(self._at.topic)):
            self._at = check.open_topic(self._at, self._at.to_read[place - 1])  # looking back is not progress: nothing to save
            self._show()
            return True
        return False

    def enter(self) -> None:
        taken = check.take_up(self.context.state(), self._content)
        self._at, self._rereading = taken.progress, ""
        self._pack_changed = self._pack_changed or taken.pack_changed
        self._show()

    def leave(self) -> None:
        self._pace.stop()

    def failure_closed(self) -> None:
        self.enter()

    async def advance(self) -> Result | None:
        if self._keep_up():
            return None
        if self._rereading:
            self.back()
            return None
        self._pack_changed = False
        if self._at.phase == "read":
            return await self._advance_reading()
        if self._at.phase == "quiz":
            return await self._advance_quiz()
        return check.attested(self._at, self._content)

    async def _advance_reading(self) -> Result | None:
        after = check.topic_read(self._at, self._content, self._limits, secrets.randbits(32))
        if after.phase != "read" and self._exhausted():
            return check.still_exhausted(self._at, self._content)
        await self._go(after)
        return None

    async def _advance_quiz(self) -> Result | None:
        if not self._answer:
            if self._question_view.choice:
                await self._go(check.answered(self._at, self._question_view.choice))
                self._say_verdict()
            return None
        after = check.next_question(self._at, self._content, self._limits)
        if isinstance(after, Result):
            return after
        await self._go(after)
        return None

    def _keep_up(self) -> bool:
        """Whether the rules changed while the page was open (a newer journey came): then the step begins again, and says so. The new
        rules need not have the question that is on screen, so nothing is read of them before.
        """
        if self._at.sha256 == self._content.sha256:
            return False
        self._pack_changed, self._rereading = True, ""
        self._at = check.restarted(self._content, self._at.attempts)
        self._show()
        return True

    async def _go(self, progress: check.Progress) -> None:
        """Saved first, shown then: what is on screen is always on disk."""
        self.context.save("guidelines", check.draft_of(progress))
        before = self.title()
        self._at = progress
        self._show()
        if self.title() != before:
            self.said.emit(f"{self.title()} {self.why()}")
            to_top(self)
        await aio.turn()  # the frame's own part is another piece

    def _say_verdict(self) -> None:
        question = check.question_of(self._content, self._question)
        right = self._answer == question.right
        reply = next((choice.reply for choice in question.choices if choice.id == self._answer), "")
        verdict = self.tr("Right answer") if right else self.tr("Not quite")
        self.said.emit(f"{verdict}. {reply} {question.explanation}")

    # Acts on the page

    def _reread(self) -> None:
        self._rereading = check.topic_of(self._content, self._question)
        self._show()

    def _paced(self) -> None:
        self._seen_long_enough = True
        self._write_pace()
        self._validate()

    def _validate(self) -> None:
        if self._reading:
            self.set_valid(self._seen_long_enough)
        elif self._at.phase == "quiz":
            self.set_valid(bool(self._answer or self._question_view.choice))
        else:
            self.set_valid(self._attest_view.box.isChecked())

    # Drawing

    def _show(self) -> None:
        self._write()
        self._start_pace()
        self._place_focus()
        self._validate()
        self.changed.emit()

    def _place_focus(self) -> None:
        """The keyboard follows what is new; otherwise a resting primary button would hand it to the rail."""
        if not self.isVisible():
            return
        if self._reading:
            self._topic_view.setFocus()
        elif self._at.phase == "attest":
            self._attest_view.box.setFocus()
        elif not self._answer:
            self._question_view.focus_first()

    def _start_pace(self) -> None:
        self._pace.stop()
        known = bool(self._rereading) or self._at.topic in self._at.read
        self._seen_long_enough = not self._reading or known or self._limits.read_seconds <= 0
        if self._reading and not self._seen_long_enough:
            self._pace.start(round(self._limits.read_seconds * 1000))
        self._write_pace()

    def _write_pace(self) -> None:
        slow = self.tr("Take the time to read: the button wakes up in a moment.")
        self._topics.pace.setText(self.tr("Go on whenever you are ready.") if self._seen_long_enough else slow)
        self._topics.pace.setVisible(self._reading)

    def _write(self) -> None:
        phase = self._at.phase
        self._topic_view.setVisible(self._reading)
        self._question_view.setVisible(phase == "quiz" and not self._rereading)
        self._attest_view.setVisible(phase == "attest" and not self._rereading)
        self._changed_notice.setVisible(self._pack_changed)
        self._changed_notice.set_text(
            self.tr("The rules have been updated since your last visit. Please read them again: only the new ones count.")
        )
        if self._reading and (topic := self._topic(self._topic_id)) is not None:
            self._topic_view.show_topic(topic)
        elif phase == "quiz":
            self._write_question()
        elif phase == "attest":
            self._write_attest()
        self._topics.show_topics(self.tr("Your topics"), self._listed(), self._marks())

    def _write_question(self) -> None:
        question = check.question_of(self._content, self._question)
        order = self._at.order.get(question.id, ())
        self._question_view.show_question(question, order, self._answer, i18n.language())
        self._question_view.list.setAccessibleName(question.text)
        self._question_view.link.setText(self.tr("Read this rule again"))

    def _write_attest(self) -> None:
        view = self._attest_view
        view.set_title(self.tr("The quiz is passed"))
        score, count = check.score(self._at, self._content), len(self._at.draw)
        view.score.set_texts(self.tr("%n right answer(s) of %1", "", score).replace("%1", i18n.ltr(str(count))))
        version = self.tr("Version %1 of the rules").replace("%1", i18n.ltr(self._content.version))
        view.version.set_texts(version, self.tr("It is recorded with your promise."))
        view.box.setText(self.tr("I have read these rules and I will apply them"))
        view.box.setAccessibleName(view.box.text())

    def _listed(self) -> list[Topic]:
        """The topics the card shows: those to read, or those the questions are about."""
        wanted = self._at.to_read if self._at.phase == "read" else tuple(check.topic_of(self._content, q) for q in self._at.draw)
        return [topic for topic in self._content.topics if topic.id in wanted]

    def _marks(self) -> dict[str, tuple[str, str]]:
        done, here, todo = self.tr("done"), self.tr("you are here"), self.tr("to come")
        marks: dict[str, tuple[str, str]] = {topic.id: ("todo", todo) for topic in self._content.topics}
        if self._at.phase == "read":
            marks |= {topic: ("ok", done) for topic in self._at.read}
            marks[self._at.topic] = ("chosen", here)
            return marks
        missed = set(check.wrong(self._at, self._content))
        for question in self._at.answers:
            topic = check.topic_of(self._content, question)
            wrong_before = marks[topic][0] == "warn"
            marks[topic] = ("warn", self.tr("to revise")) if question in missed or wrong_before else ("ok", done)
        if self._at.phase == "quiz" and not self._answer:
            marks[check.topic_of(self._content, self._question)] = ("chosen", here)
        return marks

    def retranslate(self) -> None:
        self._keep_up()
        self._write()
        self._write_pace()
        self._validate()

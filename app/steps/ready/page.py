"""Ready: everything that was proved, with its time; then the certificate."""

import asyncio
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.contracts.outcomes import Outcome, Owner
from app.contracts.spoken_code import spoken_code
from app.core.content import Advice
from app.core.ports import Certificate
from app.core.step import Result
from app.steps.ready import certificate as pdf
from app.steps.ready import check
from app.steps.ready.star import Star
from app.ui import aio, i18n
from app.ui.page import StepPage
from app.ui.widgets import Card, Columns, Notice, QuietButton, Row, RowList, label

SAVE_LIMIT_S = 15.0
AFTER_S = 0.3
"""The page is drawn first: with the certificate being written beside it, each of its turns would wait for the interpreter."""
_MARKS = {
    Outcome.PASSED: "ok",
    Outcome.NOT_APPLICABLE: "ok",
    Outcome.WARNING: "warn",
    Outcome.WAIVED: "warn",
    Outcome.COULD_NOT_CHECK: "warn",
    Outcome.FAILED: "bad",
}


def _comma() -> str:
    return "، " if i18n.rtl() else ", "


class Page(StepPage):
    def build(self) -> Iterator[None]:
        self._saved = ""
        """The file written in this session, or empty."""
        self._save_failed = False
        self._task: asyncio.Task[None] | None = None
        self._star = Star()
        self._title, self._call, self._code = label("", "title").centre(), label("", "why").centre(), label("", "secondary").centre()
        self._remark = label("", "secondary").centre()
        self._summary = Card()
        self._rows = RowList()
        self._summary.add_rows(self._rows)
        self._certificate = Notice("", "ok")
        self._save = QuietButton()
        self._save.clicked.connect(self._start_saving)
        self._lay_out()
        yield
        self._rows.kept(len(self._lines))
        yield
        self.anchors = {"ready.summary": self._summary, "ready.certificate": self._save}
        self.retranslate()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(self._star, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(24)
        for words in (self._title, self._call, self._code, self._remark):
            column.addWidget(words)
        column.addStretch(1)
        proved = QWidget()
        right = QVBoxLayout(proved)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addStretch(1)
        right.addWidget(self._summary)
        right.addWidget(self._certificate)
        right.addStretch(1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        across = Columns(left, proved, (2, 3))
        across.box.setSpacing(28)
        down.addWidget(across)

    # What the frame asks

    def title(self) -> str:
        if self._recorded:
            advice = self._remark_advice()
            return advice.title if advice is not None else self.tr("Your workstation is ready")
        if check.missing(self._lines):
            return self.tr("Something is left to finish")
        return self.tr("Everything is checked")

    def why(self) -> str:
        return ""

    def owns_title(self) -> bool:
        return True

    def tells_remarks(self) -> bool:
        return True

    def primary(self) -> str:
        if self._recorded:
            return self.tr("Finish")
        return self.tr("Check again") if check.missing(self._lines) else self.tr("Declare my workstation ready")

    def secondary(self) -> list[QPushButton]:
        return [self._save]

    def enter(self) -> None:
        self.retranslate()
        self.changed.emit()
        if self._recorded and not self._saved:
            self._start_saving()

    def failure_closed(self) -> None:
        self.enter()

    async def advance(self) -> Result | None:
        if not self._recorded:
            return check.result(self._lines, self.context.state().first_call)
        self.window().close()
        return None

    # Where we stand

    @property
    def _lines(self) -> list[check.Line]:
        return check.lines(self.context.state(), self.context.journey())

    @property
    def _of_ready(self) -> Certificate | None:
        return self.context.certificates.of_ready()

    @property
    def _recorded(self) -> bool:
        """Recorded, and still true: nothing stays ready that no longer is."""
        return self._of_ready is not None and not check.missing(self._lines)

    # The certificate

    def _start_saving(self) -> None:
        if self._task is None and self._recorded:
            self._task = aio.spawn(self._save_certificate(), "ready.certificate")
            self._save.setEnabled(False)

    async def _save_certificate(self) -> None:
        issued = self._of_ready
        try:
            if issued is None:
                return
            await asyncio.sleep(AFTER_S)
            name, printed = pdf.file_name(self.context.state().employee_id), self._printed(issued)
            path = await aio.in_thread(lambda: self.context.keep_document(name, pdf.render(printed)), limit_s=SAVE_LIMIT_S)
            self._saved, self._save_failed = path.name, False
        except (OSError, TimeoutError):
            self._save_failed = True
        finally:
            self._task = None
        self._write_certificate(self._recorded)
        self.said.emit(self._certificate.text.text())

    def _activity_names(self) -> list[str]:
        """The activity's names in the certificate's two languages, from its journey."""
        state, journey = self.context.state(), self.context.journey()
        names = [journey.title[language] for language in ("fr", "ar") if language in journey.title]
        return list(dict.fromkeys(names)) if journey.id == state.activity else []

    def _printed(self, issued: Certificate) -> pdf.Printed:
        state, journey = self.context.state(), self.context.journey()
        rules = state.steps.get("guidelines")
        steps = [
            pdf.StepLine(x.step, x.done.outcome, self.context.certificates.moment(x.done), x.done.simulated)
            for x in self._lines
            if x.done is not None
        ]
        return pdf.Printed(
            name=state.name,
            employee_id=state.employee_id,
            activity=" · ".join(names) if (names := self._activity_names()) else state.activity,
            site=state.site,
            first_call=state.first_call,
            steps=steps,
            journey=f"{journey.id} v{journey.version}",
            notice_version=state.notice_version,
            rules_version=str(rules.facts.get("rules_version", "")) if rules else "",
            rules_sha256=str(rules.facts.get("rules_sha256", "")) if rules else "",
            issued=issued.issued,
            expires=issued.expires,
            code=issued.code,
        )

    # Words

    def retranslate(self) -> None:
        recorded, issued = self._recorded, self._of_ready
        lines = self._lines
        self._star.set_done(recorded)
        self._star.setAccessibleName(self.title())
        self._title.setText(self.title())
        self._call.setText(self._call_words())
        self._call.setVisible(bool(self._call.text()))
        if recorded and issued is not None:
            words = self.tr("Certificate %1, valid until %2")
            self._code.setText(words.replace("%1", i18n.ltr(issued.code)).replace("%2", i18n.date(issued.expires)))
        self._code.setVisible(recorded)
        self._remark.setText(self._remark_words())
        self._remark.setVisible(bool(self._remark.text()))
        self._summary.setAccessibleName(self.tr("What was checked"))
        # Out of sight: Qt lays the window out anew, at once, for each part of a row that appears in it.
        self._rows.hide()
        for row, line in zip(self._rows.kept(len(lines)), lines, strict=True):
            self._write_row(row, line)
        self._rows.show()
        self._save.setText(self.tr("Save the certificate (PDF)"))
        self._save.setAccessibleName(self._save.text())
        self._write_certificate(recorded)
        self.set_valid(True)

    def _call_words(self) -> str:
        if check.missing(self._lines):
            return self.tr("What is done is kept. Go back to the step pointed out, or ask for help.")
        first = self.context.state().first_call
        if not first:
            return (
                self.tr("You can take calls from home.") if self._recorded else self.tr("One last press and you are ready to take calls.")
            )
        return self.tr("First call planned: %1").replace("%1", i18n.moment(first))

    def _remark_advice(self) -> Advice | None:
        """What the journal's last word on this step says beside « ready », if anything."""
        done = self.context.state().steps.get(check.STEP.id)
        return self._advice(done.code) if self._recorded and done is not None and done.outcome is Outcome.WARNING else None

    def _remark_words(self) -> str:
        """What it means, which steps it is about, and its code for the telephone."""
        advice = self._remark_advice()
        if advice is None:
            return ""
        titles = self.context.content().step_titles
        about = _comma().join(titles.get(line.step, line.step) for line in check.remarks(self._lines))
        code = self.tr("Code to give on the phone: %1").replace("%1", i18n.ltr(spoken_code(advice.code)))
        return "\n".join((advice.meaning, self.tr("Remark on: %1").replace("%1", about), code))

    def _write_certificate(self, recorded: bool) -> None:
        self._save.setEnabled(recorded and self._task is None)
        self._certificate.setVisible(recorded and bool(self._saved or self._save_failed))
        if self._save_failed:
            advice = self._advice("ready.certificate_unsaved")
            words = f"{advice.title}. {advice.meaning}" if advice else self.tr("The certificate could not be saved.")
            self._certificate.set_text(words, "warn")
        elif self._saved:
            self._certificate.set_text(self.tr("Your copy is in Documents: %1").replace("%1", i18n.ltr(self._saved)), "ok")

    def _advice(self, code: str) -> Advice | None:
        return self.context.content().advice.get(code)

    def _write_row(self, row: Row, line: check.Line) -> None:
        title = self.context.content().step_titles.get(line.step, line.step)
        done = line.done
        if done is None:
            detail = self.tr("Not done yet. Who goes on: you.")
            row.show_state("todo", title, detail)
            row.setAccessibleName(f"{title}: {detail}")
            return
        outcome = self._outcome_word(done.outcome)
        advice = self._advice(done.code)
        detail = self._fact(line) or (advice.title if advice else "")
        # Something that human resources still owe stands beside what lets on: a question about the addendum.
        if advice is not None and (not line.lets_on or advice.owner is Owner.HR):
            detail = self.tr("%1. Who fixes it: %2.").replace("%1", advice.title).replace("%2", self._owner_word(advice.owner))
        if done.outcome is not Outcome.PASSED or done.simulated:
            word = self.tr("Simulation") if done.simulated else outcome
            detail = f"{word} · {detail}" if detail else word
        row.show_state(_MARKS[done.outcome], title, detail, i18n.clock(done.time))
        row.mark.setAccessibleName(outcome)
        row.setAccessibleName(f"{title}: {outcome}. {detail}")

    def _fact(self, line: check.Line) -> str:
        """A short fact of a step that was proved; an unknown step shows its advice title instead."""
        facts = line.done.facts if line.done and line.lets_on else {}
        match line.step:
            case "welcome" if facts.get("notice_version"):
                return self.tr("Notice %1 accepted").replace("%1", i18n.ltr(str(facts["notice_version"])))
            case "identity" if isinstance(facts.get("kit"), list):
                kit = [item for item in facts["kit"] if isinstance(item, dict)]
                sure = sum(1 for item in kit if item.get("answer") in ("identical", "confirmed"))
                number = self.tr("Employee number %1").replace("%1", i18n.ltr(str(facts.get("employee_id", ""))))
                words = self.tr("equipment confirmed: %1 of %2")
                return f"{number}{_comma()}{words.replace('%1', i18n.ltr(str(sure))).replace('%2', i18n.ltr(str(len(kit))))}"
            case "addendum" if done_at := str(facts.get("signed_at", "")):
                return self.tr("Signed on %1").replace("%1", i18n.moment(done_at))
            case "guidelines" if isinstance(facts.get("score"), int):
                return self.tr("%n right answer(s) of %1", "", facts["score"]).replace("%1", i18n.ltr(str(facts.get("questions", ""))))
        return ""

    def _outcome_word(self, outcome: Outcome) -> str:
        return {
            Outcome.PASSED: self.tr("Passed"),
            Outcome.FAILED: self.tr("Failed"),
            Outcome.WARNING: self.tr("With a remark"),
            Outcome.WAIVED: self.tr("Waived"),
            Outcome.NOT_APPLICABLE: self.tr("Not applicable"),
            Outcome.COULD_NOT_CHECK: self.tr("Could not check"),
        }[outcome]

    def _owner_word(self, owner: Owner) -> str:
        return {
            Owner.AGENT: self.tr("you"),
            Owner.HELPDESK: self.tr("the helpdesk"),
            Owner.IT: self.tr("the IT department"),
            Owner.OPERATOR: self.tr("the telecom operator"),
            Owner.HR: self.tr("human resources"),
        }[owner]

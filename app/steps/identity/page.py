"""Identity: type the code, recognise yourself, confirm the kit line by line."""

import asyncio
from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from app.contracts import readable_code
from app.contracts.enrolment import EnrolmentFile, MachineFacts
from app.core.errors import JournalError, JournalUnwritable, MarhabaError, SettingsError
from app.core.step import Result
from app.steps.identity import check
from app.steps.identity.code_field import CodeField
from app.steps.identity.kit_card import KitCard
from app.steps.scrolling import to_top
from app.ui import aio, i18n, theme
from app.ui.page import StepPage
from app.ui.widgets import Card, Columns, LinkButton, Notice, Pill, RowList, Spinner, label

MACHINE_LIMIT_S = 10.0
ZERO_TOUCH_PAUSE_S = 3.0
"""How long « not now » may be pressed before the prepared code is used."""


class Page(StepPage):
    def build(self) -> Iterator[None]:
        self._lines: list[check.KitLine] = []
        self._machine: MachineFacts | None = None
        self._reading = False
        self._denied = False
        """« This is not me » was pressed."""
        self._again = False
        """A new code is typed although somebody is paired."""
        self._prepared: EnrolmentFile | None = None
        self._prepared_tried = False
        self._notice_code = ""
        self._machine_task: asyncio.Task[None] | None = None
        self._prepared_task: asyncio.Task[None] | None = None
        self._lay_out()
        yield
        if self._paired:
            self._lines = self._kit_lines()
            yield from self._kit.make(self._lines)
        self.anchors = {"identity.code": self.field, "identity.who": self._who, "identity.kit": self._kit}
        self.retranslate()

    def _lay_out(self) -> None:
        self._notice = Notice("", "info")
        self._not_now = LinkButton()
        self._not_now.clicked.connect(self._cancel_prepared)
        self._notice.body.addWidget(self._not_now)
        self.field = CodeField()
        self.field.typed.connect(self._code_typed)
        self._pill = Pill("", "ok")
        self._spinner = Spinner()
        self._hint, self._error = label("", "secondary").centre(), label("", "error").centre()
        self._code_card = Card()
        self._code_line = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._code_line.setSpacing(8)
        self._code_line.addWidget(self.field)
        self._code_line.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignCenter)
        self._code_card.body.addLayout(self._code_line)
        self._code_card.body.addWidget(self._error)
        self._code_card.body.addWidget(self._spinner, 0, Qt.AlignmentFlag.AlignHCenter)
        self._code_card.body.addWidget(self._hint)

        self._who = Card()
        self._who_rows = RowList()
        self._not_me = LinkButton()
        self._not_me.clicked.connect(self._deny)
        self._who.body.addWidget(self._who_rows)
        self._denial = Notice("", "warn")
        self._who.body.addWidget(self._denial)
        self._who.body.addWidget(self._not_me, 0, Qt.AlignmentFlag.AlignLeading)
        self._who.body.addStretch(1)
        self._kit = KitCard()
        self._kit.answered.connect(self._answered)
        self._pair = Columns(self._who, self._kit, (3, 5))

        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(14)
        down.addWidget(self._notice)
        down.addWidget(self._code_card)
        down.addWidget(self._pair)
        down.addStretch(1)

    # Where we stand

    @property
    def _paired(self) -> bool:
        return check.paired(self.context.state()) and not self._again and not self.context.enroller.must_pair_again()

    def title(self) -> str:
        if not self._paired:
            return self.tr("Enter your activation code")
        return self.tr("Check that this is you and that this is your equipment")

    def why(self) -> str:
        if not self._paired:
            return self.tr(
                "It is on the sheet that came with your equipment, or in the text message from human resources. "
                "It pairs this workstation with you, once only."
            )
        return self.tr("The right person with the right equipment: that is what protects you if something goes missing.")

    def primary(self) -> str:
        return self.tr("Tell the helpdesk") if self._denied else self.tr("Continue")

    def enter(self) -> None:
        self._denied = False
        if self._paired:
            self._open_kit()
        else:
            self._open_code()
        self._write()
        self.changed.emit()

    def leave(self) -> None:
        for task in (self._machine_task, self._prepared_task):
            if task is not None:
                task.cancel()
        self._machine_task = self._prepared_task = None
        self._again = False
        if not self._busy:
            self.field.clear()  # an activation code is private; it is typed again
            self.field.overflow = False

    def failure_closed(self) -> None:
        done = self.context.state().steps.get("identity")
        if done is not None and done.code == "identity.not_me":
            self._again = True
            self.field.clear()
        self._denied = False
        if self._paired:
            self._open_kit()
        else:
            self.field.setFocus()
            self.field.selectAll()
        self._write()
        self.changed.emit()

    async def advance(self) -> Result | None:
        if not self._paired:
            return await self._enrol()
        state = self.context.state()
        if self._denied:
            return check.not_me(state)
        return check.result(state, self._lines, self._machine, bool(self.context.limits("identity").get("kit_required")))

    # The code

    def _open_code(self) -> None:
        enroller = self.context.enroller
        if enroller.must_pair_again():
            self._notice_code = "identity.pair_again"
        if not self._prepared_tried:
            self._prepared_tried = True
            try:
                self._prepared = enroller.zero_touch()
            except SettingsError:
                self._notice_code = "identity.enrolment_file_invalid"
            if self._prepared is not None:
                self.field.set_code(self._prepared.code)
                self._prepared_task = aio.spawn(self._use_prepared(), "identity.zero_touch")
        self.field.setFocus()

    async def _use_prepared(self) -> None:
        """Zero-touch: the code laid on this PC is redeemed by itself, after a moment in which it can be stopped."""
        try:
            await asyncio.sleep(ZERO_TOUCH_PAUSE_S)
            foreign = self._prepared is not None and not await self._laid_for_this_pc(self._prepared)
            self._prepared = None
            if foreign:
                self._notice_code = "identity.enrolment_file_foreign"
                self.field.clear()
                return
            failed = await self._enrol()
            if failed is not None:
                self._notice_code = failed.code
        except MarhabaError as error:
            self._notice_code = error.code
        finally:
            self._prepared = None
            self.retranslate()
            self.changed.emit()

    async def _laid_for_this_pc(self, prepared: EnrolmentFile) -> bool:
        if not prepared.serial and not prepared.host_name:
            return True
        try:
            machine = await aio.in_thread(self.context.machine.facts, limit_s=MACHINE_LIMIT_S)
        except TimeoutError:
            machine = None  # it does not say
        return check.laid_for(prepared, machine)

    def _cancel_prepared(self) -> None:
        if self._prepared_task is not None:
            self._prepared_task.cancel()
        self._prepared = None
        self.field.clear()
        self.field.setFocus()
        self.retranslate()

    def _code_typed(self) -> None:
        if self._notice_code and self._notice_code != "identity.pair_again":
            self._notice_code = ""
        self._write_code()

    async def _enrol(self) -> Result | None:
        """Redeem the code. None when it worked: the kit is next."""
        try:
            code = readable_code.parse(self.field.text())
            self.set_busy(True)
            self._write_code()
            await self.context.enroller.enrol(code)
        except JournalError:
            raise
        except SettingsError as error:
            # This PC was never told where the service is: nothing about the code, and no trying again will mend it.
            raise SettingsError("settings.invalid", **error.facts) from error
        except MarhabaError as error:
            return check.result_of_error(error)
        finally:
            self.set_busy(False)
            self._write_code()
        self._again, self._notice_code = False, ""
        self.context.save("identity", {"answers": {}})
        self._lines = self._kit_lines()
        for _ in self._kit.make(self._lines):
            await aio.turn()
        self._open_kit()
        await aio.turn()
        self._write()
        self.changed.emit()
        await aio.turn()
        self.said.emit(self.tr("The code is accepted. Check your equipment line by line."))
        to_top(self)
        asked = self._kit.first_asked()
        (asked.right if asked is not None else self._not_me).setFocus()
        return None

    # You and the kit

    def _open_kit(self) -> None:
        self._reading = self._machine is None
        self._fill_kit()
        if self._reading and self._machine_task is None:
            self._machine_task = aio.spawn(self._read_machine(), "identity.machine")

    async def _read_machine(self) -> None:
        try:
            self._machine = await aio.in_thread(self.context.machine.facts, limit_s=MACHINE_LIMIT_S)
        except TimeoutError:
            self._machine = None  # it does not say: the agent is asked
        finally:
            self._reading, self._machine_task = False, None
        self._fill_kit()

    def _kit_lines(self) -> list[check.KitLine]:
        state = self.context.state()
        return check.lines(state.kit, self._machine, check.saved_answers(state), check.box_ends(state))

    def _fill_kit(self) -> None:
        self._lines = self._kit_lines()
        self._kit.show_lines(self._lines, reading=self._reading)
        self._validate()

    def _answered(self, item: str, given: str, serial: str) -> None:
        changed = [check.answer(x, cast(check.Answer, given), serial) if x.id == item else x for x in self._lines]
        try:
            self.context.save("identity", check.draft(changed))
        except JournalUnwritable as error:
            self._notice_code = error.code  # what could not be written is not shown as answered
            self._write_notice()
            return
        self._notice_code = ""
        self._write_notice()
        self._lines = changed
        line = next(x for x in changed if x.id == item)
        row = self._kit.rows[item]
        row.show_line(line)
        self._validate()
        if line.answered:
            self.said.emit(f"{row.row.title.text()}: {row.row.detail.text()}")

    def _deny(self) -> None:
        self._denied = not self._denied
        self.retranslate()
        self.changed.emit()
        if self._denied:
            self.said.emit(self._denial.text.text())

    def _validate(self) -> None:
        if self._paired:
            answered = all(line.answered for line in self._lines) and not self._reading
            self.set_valid(self._denied or answered)
        else:
            self.set_valid(self.field.state()[0] == "valid" and self._prepared is None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._place_code(self._paired)
        super().changeEvent(event)

    # Words

    def retranslate(self) -> None:
        self._kit.retranslate()
        self._write()

    def _write(self) -> None:
        """Everything but the rows of the kit."""
        self._not_now.setText(self.tr("Not now, I will type it"))
        self._write_notice()
        self._write_code()
        self._write_who()
        self._kit.set_title(self.tr("Your equipment, line by line"))
        self._pair.setVisible(self._paired)  # last: what it holds is written before it is shown
        self._validate()

    def _write_notice(self) -> None:
        advice = self.context.content().advice.get(self._notice_code)
        if self._prepared is not None:
            self._notice.set_text(self.tr("This PC was prepared for you: the code is filled in and is checked by itself."), "info")
        elif advice is not None:
            self._notice.set_text(f"{advice.title}. {advice.meaning}", "warn")
        wanted = not self._paired or self._notice_code == "journal.unwritable"
        self._notice.setVisible((self._prepared is not None or advice is not None) and wanted)
        self._not_now.setVisible(self._prepared is not None)

    def _write_code(self) -> None:
        paired = self._paired
        state, stray = self.field.state()
        self._code_card.setVisible(not paired or bool(self.field.text()))
        self.field.setReadOnly(paired or self._busy)
        self.field.setFocusPolicy(Qt.FocusPolicy.NoFocus if paired else Qt.FocusPolicy.StrongFocus)
        words = {
            "stray": self.tr("“%1” is never in a code. Compare it with the sheet: 0, O, 1, I, L and U are not used.").replace("%1", stray),
            "check_failed": self.tr("A character is wrong or two are swapped. Compare the code with the sheet, group by group."),
            "too_long": self.tr("That is more than 12 characters. Type only the code."),
        }.get(state, "")
        self._error.setText(words)
        self._error.setVisible(bool(words) and not self._busy)
        self._pill.set(self.tr("Code valid"), "ok")
        self._place_code(paired)
        self._pill.setVisible(state == "valid" and not self._busy)
        self._spinner.setVisible(self._busy)
        self._spinner.setAccessibleName(self.tr("Checking the code"))
        self._hint.setText(self._hint_words(paired, state))
        self._hint.setVisible(bool(self._hint.text()))
        self.field.setAccessibleName(self.tr("Activation code, 12 characters"))
        self.field.setAccessibleDescription(words or (self._pill.text() if state == "valid" else ""))
        if (words or state == "valid") and self.field.accessibleDescription() != self._said_of_code:
            self.said.emit(self.field.accessibleDescription())
        self._said_of_code = self.field.accessibleDescription()
        self._validate()

    _said_of_code = ""

    def _place_code(self, paired: bool) -> None:
        """Once it has served the code is only a reminder: one low line, its verdict beside it where large text leaves the room."""
        beside = paired and theme.current().scale < 1.3
        self.field.set_small(beside)
        self._code_card.body.setContentsMargins(*((18, 10, 18, 10) if paired else (18, 18, 18, 18)))
        self._code_line.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _hint_words(self, paired: bool, state: check.CodeState) -> str:
        if self._busy:
            return self.tr("Checking the code with the IT department, one minute at most.")
        if paired:
            return ""
        if state == "typing":
            missing = readable_code.LENGTH - len(self.field.text())
            return self.tr("%n character(s) to go.", "", missing)
        session = self.context.state().session_code
        phone = self.context.helpdesk_phone()
        words = (
            self.tr("No code? Call the helpdesk on %2 and give the number %1.")
            if phone
            else self.tr("No code? Call the helpdesk and give the number %1.")
        )
        spaced = f"{session[:3]} {session[3:]}" if len(session) == 6 else session
        return words.replace("%1", i18n.ltr(spaced)).replace("%2", i18n.ltr(phone)) if session else ""

    def _activity(self) -> str:
        """The activity by the name its journey gives it in this language."""
        state, journey = self.context.state(), self.context.journey()
        return journey.title.get(i18n.language(), state.activity) if journey.id == state.activity else state.activity

    def _write_who(self) -> None:
        state = self.context.state()
        self._who.set_title(self.tr("Is this you?"))
        number = self.tr("Employee number %1").replace("%1", i18n.ltr(state.employee_id))
        detail = " · ".join(part for part in (number if state.name else "", state.site) if part)
        call = self.tr("First call: %1").replace("%1", i18n.moment(state.first_call)) if state.first_call else ""
        language = self.tr("Language: %1").replace("%1", i18n.NAMES.get(i18n.language(), ""))
        told = (
            (state.name or number, detail),
            (self.tr("Activity: %1").replace("%1", self._activity()), call),
            (language, self.tr("You can change it at any time")),
        )
        for row, (title, below) in zip(self._who_rows.kept(len(told)), told, strict=True):
            row.show_state("ok", title, below)
        self._denial.set_text(
            self.tr("Do not go on: this workstation would carry another name. The helpdesk releases it and gives you your own code.")
        )
        self._denial.setVisible(self._denied)
        self._not_me.setText(self.tr("It is me after all") if self._denied else self.tr("This is not me"))

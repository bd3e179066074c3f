"""What the page says above and below its work, by phase."""

from typing import Literal

from PySide6.QtCore import QObject

Phase = Literal["loading", "problem", "refused", "read", "sign", "question", "refuse", "done"]


class Words(QObject):
    def title(self, phase: Phase) -> str:
        return {
            "read": self.tr("Read your telework addendum"),
            "question": self.tr("Ask your question"),
            "refuse": self.tr("You do not want to sign"),
            "refused": self.tr("Your refusal is recorded"),
            "done": self.tr("Your addendum is signed"),
        }.get(phase, self.tr("Sign your telework addendum"))

    def why(self, phase: Phase, *, pending: bool = False) -> str:
        """`pending`: signed, but the time stamp is awaited, so there is no final copy yet."""
        if phase == "done" and pending:
            return self.tr("Your signature is made and kept. The dated and sealed copy follows by itself.")
        return {
            "question": self.tr("Human resources read it and answer you. Nothing is signed before you are sure."),
            "refuse": self.tr("It is your right. Human resources are told and talk it over with you; nothing else on this PC changes."),
            "refused": self.tr("Human resources know and will call you. You may read the document again and sign it after all."),
            "done": self.tr("You and the company have the same copy. Keep yours: it is a contract."),
        }.get(
            phase, self.tr("Read it, ask your questions, then sign. You get your copy at once; the signature is legally valid (law 43-20).")
        )

    def primary(self, phase: Phase, *, in_text: bool, last: bool, trouble: bool, lets_on: bool) -> str:
        """`last`: the page on screen is the last to be read; `trouble`: something stands in the way; `lets_on`: nothing is left to do."""
        match phase:
            case "loading":
                return ""
            case "problem":
                return self.tr("Continue") if lets_on else self.tr("What to do")
            case "refused":
                return self.tr("Read it again")
            case "read" if in_text:
                return self.tr("I have read the text")
            case "read":
                return self.tr("Read, on to the signature") if last else self.tr("Read, next page")
            case "sign":
                return self.tr("What to do") if trouble else self.tr("Sign the addendum")
            case "question":
                return self.tr("Send my question")
            case "refuse":
                return self.tr("Record my refusal")
        return self.tr("Continue")

    def strip(self, problem: str, *, replaced: bool, no_line: bool, newer: bool, asked: bool) -> tuple[str, str]:
        """The most important thing to know beside the document, and the kind of its sign; empty if there is none."""
        if problem or replaced:
            return problem or self.tr(
                "The document has been replaced by a newer one. Please read it again: only the new one counts."
            ), "warn"
        if no_line:
            return self.tr("No line at the moment: you can read. To sign, wait until the connection is back."), "warn"
        if newer:
            return self.tr("This is a new version of the addendum you signed. Read what has changed, then sign it."), "info"
        return self.tr("Your question is with human resources. You can sign as soon as you are sure.") if asked else "", "info"

    def ask(self) -> str:
        return self.tr("I have a question")

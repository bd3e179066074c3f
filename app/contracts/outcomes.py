"""The six outcomes a step can have, and who mends what is not right."""

from enum import StrEnum


class Outcome(StrEnum):
    """How a step ended. They are kept apart: *could not check* is never *failed*, *waived* is never *passed*."""

    PASSED = "passed"
    FAILED = "failed"
    WARNING = "warning"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    COULD_NOT_CHECK = "could_not_check"

    @property
    def lets_on(self) -> bool:
        """Whether the journey may go on past a step that ended so."""
        return self in _LETS_ON


_LETS_ON = frozenset({Outcome.PASSED, Outcome.WARNING, Outcome.WAIVED, Outcome.NOT_APPLICABLE})


class Owner(StrEnum):
    """Who fixes it. Shown on every failure."""

    AGENT = "agent"
    HELPDESK = "helpdesk"
    IT = "it"
    OPERATOR = "operator"
    HR = "hr"

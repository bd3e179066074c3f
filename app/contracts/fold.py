"""The one pure function that folds events into state. Wizard, backend and console all use this one."""

from dataclasses import replace
from typing import Any

from app.contracts import events as ev
from app.contracts.session import SessionState, StepState


def fold(state: SessionState, event: ev.Event, data: ev.EventData) -> SessionState:
    """The state after one more event. Pure; events come in the order of their sequence."""
    change: dict[str, Any] = {"sequence": event.sequence}
    match data:
        case ev.SessionStarted():
            change |= {
                "session_code": data.session_code,
                "language": data.language,
                "notice_version": data.notice_version,
                "started": state.started or event.time,
            }
        case ev.LanguageChosen():
            change["language"] = data.language
        case ev.DeviceEnrolled():
            change |= {
                "employee_id": data.employee_id,
                "name": data.name,
                "site": data.site,
                "activity": data.activity,
                "kit": tuple(data.kit),
                "first_call": data.first_call,
            }
        case ev.JourneyAdopted():
            change |= {"journey_id": data.id, "journey_version": data.version, "journey_steps": tuple(data.steps)}
        case ev.StepEntered():
            change |= {"current": data.step, "entered": event.time}
        case ev.StepSaved():
            change["drafts"] = {**state.drafts, data.step: data.draft}
        case ev.StepFinished():
            finished = StepState(data.step, data.outcome, data.code, data.facts, data.simulated, event.time, event.id, event.sequence)
            change |= {
                "steps": {**state.steps, data.step: finished},
                "drafts": {k: v for k, v in state.drafts.items() if k != data.step},
                "help_code": None,
            }
        case ev.HelpRequested():
            change["help_code"] = data.code
        case ev.NoticeWithdrawn():
            change["notice_version"] = ""
        case ev.WizardOpened() | ev.WizardCrashed() | ev.JournalRepaired() | ev.QuestionAsked():
            pass
    return replace(state, **change)

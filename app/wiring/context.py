"""What the steps are given: the wizard's services and the machine, as ports."""

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.step import StepContext
from app.services.journeys import write_atomically
from app.services.pairing import JournalCertificates
from app.system import detect

if TYPE_CHECKING:
    from app.core.addendum import Addenda
    from app.wiring.wizard import Wizard

# Names they are kept under, not passwords.
BOX_PASSWORD = "box-password"  # noqa: S105
VPN_PASSWORD = "vpn-password"  # noqa: S105


def _keep(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    write_atomically(path, data)
    return path


def _addenda(wizard: "Wizard") -> "Addenda":
    from app.services.addenda import BackendAddenda  # its shapes are built at import: not at every start

    folder = wizard.places.data / "addendum"
    token, employee = (lambda: wizard.enroller.token), (lambda: wizard.state.employee_id)
    return BackendAddenda(folder, wizard.secrets, wizard.backend, token, employee, wizard.started.wait)


def context_of(wizard: "Wizard") -> StepContext:
    return StepContext(
        state=lambda: wizard.store.state,
        journey=lambda: wizard.journeys.current,
        content=wizard.content,
        save=wizard.save,
        set_language=wizard.set_language,
        accept_notice=wizard.accept_notice,
        machine=wizard.machine,
        enroller=wizard.enroller,
        certificates=JournalCertificates(wizard.store, lambda: wizard.journeys.current.certificate_days),
        documents=wizard.places.documents,
        helpdesk_phone=wizard.helpdesk_phone,
        boxes=detect.boxes(wizard.settings.emulated_box),
        tones=detect.tones(),
        addenda=cache(partial(_addenda, wizard)),
        keep_document=partial(_keep, wizard.places.documents),
        box_password=(lambda: wizard.secrets.get(BOX_PASSWORD), lambda value: wizard.secrets.set(BOX_PASSWORD, value)),
        vpn=detect.vpn(wizard.settings.vpn_profiles, wizard.settings.practice_vpn),
        proof=detect.proof(wizard.settings.backend_url),
        voice_at=detect.voice,
        vpn_password=(
            lambda: wizard.secrets.get(VPN_PASSWORD),
            lambda value: wizard.secrets.set(VPN_PASSWORD, value),
            lambda: wizard.secrets.forget(VPN_PASSWORD),
        ),
    )

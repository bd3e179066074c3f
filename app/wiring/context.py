"""What the steps are given: the wizard's services and the machine, as ports."""

from typing import TYPE_CHECKING

from app.core.step import StepContext
from app.services.pairing import JournalCertificates
from app.system import detect

if TYPE_CHECKING:
    from app.wiring.wizard import Wizard

# Names they are kept under, not passwords.
BOX_PASSWORD = "box-password"  # noqa: S105
VPN_PASSWORD = "vpn-password"  # noqa: S105


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
        box_password=(lambda: wizard.secrets.get(BOX_PASSWORD), lambda value: wizard.secrets.set(BOX_PASSWORD, value)),
        vpn=detect.vpn(),
        proof=detect.proof(wizard.settings.backend_url),
        voice_at=detect.voice,
        vpn_password=(
            lambda: wizard.secrets.get(VPN_PASSWORD),
            lambda value: wizard.secrets.set(VPN_PASSWORD, value),
            lambda: wizard.secrets.forget(VPN_PASSWORD),
        ),
    )

"""What the steps are given: the wizard's services and the machine, as ports."""

import logging
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from app.core.step import StepContext

if TYPE_CHECKING:
    from app.core.addendum import Addenda
    from app.core.headset import Audio
    from app.core.line import Boxes, VoiceProbe
    from app.core.ports import Certificates, Enroller, Machine
    from app.core.proof import Proof
    from app.core.tones import Tones
    from app.core.tunnel import Vpn
    from app.wiring.wizard import Wizard

P = TypeVar("P")
log = logging.getLogger(__name__)
# Names they are kept under, not passwords.
BOX_PASSWORD = "box-password"  # noqa: S105
VPN_PASSWORD = "vpn-password"  # noqa: S105


class _Port:
    """Makes its port when a step first asks for it, and leaves it in its own place."""

    def __init__(self, make: "Callable[[Wizard], Any]") -> None:
        self._make = make
        # One a port: who asks for one that is quick does not wait for another thread that makes a slow one.
        self._making = RLock()

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    def __get__(self, context: "WizardContext", _owner: type) -> Any:
        with self._making:
            if self._name not in context.__dict__:
                context.__dict__[self._name] = self._make(context.wizard)
            return context.__dict__[self._name]


def port(make: "Callable[[Wizard], P]") -> P:
    """A field of the context that costs nothing until it is asked for. It may be made in any thread: it makes no Qt object."""
    return cast("P", _Port(make))


class WizardContext(StepContext):
    """One line a port. What a port imports is imported when the first step that wants it looks."""

    machine: "Machine" = port(lambda wizard: wizard.services.machine)
    enroller: "Enroller" = port(lambda wizard: wizard.services.enroller)
    certificates: "Certificates" = port(lambda wizard: _certificates(wizard))
    boxes: "Boxes | None" = port(lambda wizard: _system().boxes(wizard.settings.emulated_box))
    tones: "Tones | None" = port(lambda _: _system().tones())
    audio: "Audio | None" = port(lambda wizard: _audio(wizard))
    addenda: "Callable[[], Addenda] | None" = port(lambda wizard: _addenda(wizard))
    vpn: "Vpn | None" = port(lambda wizard: _vpn(wizard))
    proof: "Proof | None" = port(lambda wizard: _proof(wizard))
    voice_at: "Callable[[str], VoiceProbe] | None" = port(lambda _: _system().voice)

    def __init__(self, wizard: "Wizard") -> None:
        self.wizard = wizard
        self.state = lambda: wizard.state
        self.journey = lambda: wizard.journeys.current
        self.content = wizard.content
        self.save = wizard.save
        self.set_language = wizard.set_language
        self.accept_notice = wizard.accept_notice
        self.documents = wizard.places.documents
        self.helpdesk_phone = wizard.helpdesk_phone
        self.ask_question = lambda *words: wizard.services.question_asked(*words)
        self.keep_document = partial(_keep, wizard.places.documents)
        self.box_password = (lambda: wizard.secrets.get(BOX_PASSWORD), lambda value: wizard.secrets.set(BOX_PASSWORD, value))
        self.vpn_password = (
            lambda: wizard.secrets.get(VPN_PASSWORD),
            lambda value: wizard.secrets.set(VPN_PASSWORD, value),
            lambda: wizard.secrets.forget(VPN_PASSWORD),
        )

    def make_ahead(self) -> None:
        """Make them before a step asks: a page then opens without waiting for what its ports import. Blocks."""
        for name, made in vars(type(self)).items():
            if isinstance(made, _Port):
                try:
                    getattr(self, name)
                except Exception:
                    log.exception("the port %s could not be made ahead; the step that asks for it will say so", name)

    def limits(self, step: str) -> dict[str, Any]:
        return self.wizard.limits(step)

    def step_ids(self) -> list[str]:
        return self.wizard.journey_steps()


def _certificates(wizard: "Wizard") -> "Certificates":
    from app.services.pairing import JournalCertificates

    return JournalCertificates(wizard.store, lambda: wizard.journeys.current.certificate_days)


def _addenda(wizard: "Wizard") -> "Callable[[], Addenda]":
    from app.services.addenda import BackendAddenda

    @cache
    def made() -> BackendAddenda:
        services, folder = wizard.services, wizard.places.data / "addendum"
        token, employee = (lambda: services.enroller.token), (lambda: wizard.state.employee_id)
        return BackendAddenda(folder, services.secrets, services.backend, token, employee, services.started.wait)

    return made


def _audio(wizard: "Wizard") -> "Audio":
    from app.ui.resources import resource

    made: Audio = _system().audio(wizard.settings.virtual_headset, resource("voice/fr"))
    return made


def _keep(folder: Path, name: str, data: bytes) -> Path:
    from app.services.journeys import write_atomically

    path = folder / name
    write_atomically(path, data)
    return path


def _proof(wizard: "Wizard") -> "Proof":
    made: Proof = _system().proof(wizard.settings.backend_url, wizard.settings.practice_vpn)
    return made


def _system() -> ModuleType:
    from app.system import detect

    return detect


def _vpn(wizard: "Wizard") -> "Vpn":
    settings = wizard.settings
    made: Vpn = _system().vpn(settings.vpn_profiles, settings.practice_vpn, settings.vpn_words)
    return made

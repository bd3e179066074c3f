"""Picks the adapters of this system: a static branch, so that a bundle carries its own system's only."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from app.core.headset import Audio
from app.core.line import Boxes, Gateway, VoiceProbe
from app.core.ports import Machine
from app.core.proof import Proof
from app.core.tones import Tones
from app.core.tunnel import Kind, Vpn

SIMULATED_VPN = "simulated"


def machine() -> Machine:
    if sys.platform == "linux":
        from app.system.machine.linux import LinuxMachine

        return LinuxMachine()
    if sys.platform == "win32":
        from app.system.machine.windows import WindowsMachine

        return WindowsMachine()
    from app.system.machine.null import NullMachine

    return NullMachine()


def boxes(emulated: str = "") -> Boxes:
    """The way out of this PC and the 4G box behind it; or the emulated box at `emulated`, whose evidence is marked simulated."""
    from app.system.box.finder import SystemBoxes

    if not emulated:
        return SystemBoxes()
    return SystemBoxes(emulated=True, addresses=(emulated,), gateway=lambda: Gateway(address=emulated, interface="emulated"))


def box_at(address: str) -> Boxes:
    """The box at one address, nothing else asked."""
    from app.system.box.finder import SystemBoxes

    return SystemBoxes(addresses=(address,), gateway=lambda: Gateway(address=address))


def voice(backend_url: str) -> VoiceProbe:
    """The test of the line to the backend."""
    from app.system.voice.probe import BackendVoiceProbe

    return BackendVoiceProbe(backend_url)


def vpn(profiles: str = "", practice: str = "", words: Mapping[str, str] | None = None) -> Vpn:
    """The VPN client of this PC.

    `profiles`: the directory IT lays profiles in, by default the system's own. `practice`: the home of a practice gateway (demos,
    drills), which is then the only one, and whose evidence is marked simulated; or the word `simulated`, for a tunnel only played.
    `words`: what the server's words of refusal mean.
    """
    if practice == SIMULATED_VPN:
        from app.system.vpn.simulated import SimulatedVpn

        return SimulatedVpn()
    if sys.platform == "linux":
        from app.system.vpn import openvpn
        from app.system.vpn.names import ResolvFile

        if practice:
            return openvpn.OpenVpn(Path(practice), dns=ResolvFile(Path(practice) / "resolv.conf"), simulated=True)
        shelf = Path(profiles or "/etc/marhaba/vpn")
        # A desktop has NetworkManager; a kiosk without it may have been given the right to make a tunnel itself.
        if os.path.exists("/run/NetworkManager"):
            from app.system.vpn.network_manager import NetworkManagerVpn

            return NetworkManagerVpn(shelf)
        if openvpn.may_tunnel() and any(map(openvpn.found, ("openvpn", "wireguard-go", "charon-systemd"))):
            from app.system.vpn.choice import ByKind
            from app.system.vpn.strongswan import StrongSwan
            from app.system.vpn.wireguard_go import WireGuardGo

            clients: dict[Kind, Vpn] = {
                Kind.OPENVPN: openvpn.OpenVpn(shelf, own=words),
                Kind.WIREGUARD: WireGuardGo(shelf),
                Kind.IKEV2: StrongSwan(shelf),
            }
            return ByKind(clients)
    if sys.platform == "win32":
        from app.system.vpn.choice import ByKind
        from app.system.vpn.interactive_service import InteractiveServiceVpn
        from app.system.vpn.windows_native import NativeIkeVpn
        from app.system.vpn.windows_pipe import WindowsService, config_directory, run_powershell
        from app.system.vpn.windows_ras import WindowsRas

        where = Path(profiles) if profiles else config_directory()
        service = InteractiveServiceVpn(where, WindowsService, own=words)
        return ByKind({Kind.OPENVPN: service, Kind.IKEV2: NativeIkeVpn(where, run_powershell, WindowsRas())})
    from app.system.vpn.null import NullVpn

    return NullVpn("NetworkManager" if sys.platform == "linux" else "OpenVPN")


def proof(backend_url: str, practice: str = "") -> Proof:
    """What proves a tunnel on this PC. `practice` as for `vpn`."""
    from app.system.vpn.proof import SystemProof

    real = SystemProof(backend_url)
    if practice != SIMULATED_VPN:
        return real
    from app.system.vpn.simulated import SimulatedProof

    return SimulatedProof(real)


def tones() -> Tones:
    """Short tones on the default output. Nothing is loaded before they are switched on."""
    if sys.platform in ("linux", "win32"):
        from app.system.audio.tones import QtTones

        return QtTones()
    from app.system.audio.no_tones import NullTones

    return NullTones()


def audio(virtual: str = "", speech: Path | None = None) -> Audio:
    """The sound devices of this PC. `virtual`: "system" where they are known to be virtual, "memory" for a headset that is not even
    that; evidence is marked simulated. `speech`: a folder of spoken digits, for whoever talks into the one in memory.
    """
    if virtual == "memory":
        from app.system.audio.memory import MemoryAudio

        return MemoryAudio(speech)
    from app.system.audio.qt import QtAudio

    return QtAudio(simulated=bool(virtual))

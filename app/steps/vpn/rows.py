"""What is proved, in words: identity, tunnel, names, applications, voice; and the four signs above them."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address

from PySide6.QtCore import QObject

from app.core.content import Advice
from app.core.line import Phase, VoiceReport
from app.core.proof import AppCheck
from app.core.tunnel import Connected
from app.steps.vpn import check
from app.steps.vpn.proving import Seen
from app.ui import i18n
from app.ui.widgets import Card, Row, RowList

Says = Callable[[str], Advice]
_IDENTITY = frozenset(
    {"vpn.auth_refused", "vpn.code_refused", "vpn.password_expired", "vpn.account_locked", "vpn.certificate_expired"}
    | {"vpn.certificate_refused", "vpn.session_expired", "vpn.bad_ca"}
)
LONG_NAME = 24
"""Letters: a host's name that is longer is told without its domain."""
_NAMES = frozenset({"vpn.dns_not_applied", "vpn.dns_leak"})
_APPS = frozenset({"vpn.app_down", "vpn.app_certificate"})
_VOICE = frozenset({"vpn.voice_poor", "vpn.passed_fair", "vpn.passed_unmeasured"})


def _gateway_name(seen: Seen) -> str:
    """What a person may know it by: its host's name, else the profile's; its address where there is no name at all."""
    host = seen.trying or (seen.connected.gateway if seen.connected is not None else "")
    try:
        ip_address(host)
    except ValueError:
        return host.partition(".")[0] if len(host) > LONG_NAME else host
    return seen.profile.name if seen.profile is not None and seen.profile.name else host


class ProofCards(QObject):
    """Two cards of rows. `show_seen` draws them whole."""

    def __init__(self) -> None:
        super().__init__()
        self.identity, self.tunnel, self.names, self.apps, self.voice = (Row("todo") for _ in range(5))
        self.first, self.second = Card(), Card()
        self.first.add_rows(RowList(self.identity, self.tunnel, self.names), spread=4)
        self.second.add_rows(RowList(self.apps, self.voice), spread=4)

    def show_seen(self, seen: Seen, bounds: check.Limits, going: bool, stopped: bool, says: Says) -> None:
        code = seen.result.code if seen.result is not None else ""
        bad = seen.result is not None and not seen.result.outcome.lets_on
        self._identity(seen, code if bad else "", going, stopped, says)
        self._tunnel(seen, code if bad else "", going, says)
        self._names(seen, bounds, code if bad else "", going, says)
        self._apps(seen, bounds, code if bad else "", going, says)
        self._voice(seen, bounds, code, going, says)

    # The four signs

    def hops(self, seen: Seen, operator: str, going: bool) -> list[tuple[str, str, str]]:
        """(mark, name, detail) of PC, box, gateway, applications."""
        up = seen.connected is not None and not seen.down
        ended = seen.result is not None and not seen.result.outcome.lets_on
        line = seen.line is not None and seen.line.online and not seen.line.portal
        gateway = i18n.ltr(_gateway_name(seen))
        apps = self._apps_mark(seen)
        return [
            ("ok", self.tr("Your PC"), self.tr("encrypted") if up and not seen.given_up else self.tr("ready")),
            (
                "ok" if line else "bad" if seen.line is not None else "busy" if going else "todo",
                self.tr("4G box"),
                i18n.ltr(operator) if operator else self.tr("connected") if line else "",
            ),
            (
                "ok" if up else "busy" if going and line else "bad" if line and ended else "todo",
                self.tr("VPN gateway"),
                gateway or (self.tr("to come") if not ended else ""),
            ),
            (apps if up or apps == "bad" else "todo", self.tr("Applications"), self._apps_short(seen, apps)),
        ]

    @staticmethod
    def _apps_mark(seen: Seen) -> str:
        if any(answer.code for answer in seen.answers.values()):
            return "bad"
        if seen.result is not None and seen.connected is not None:
            # What was never asked is never green.
            return "bad" if not seen.result.outcome.lets_on else "ok" if seen.answers else "todo"
        return "busy" if seen.connected is not None else "todo"

    def _apps_short(self, seen: Seen, mark: str) -> str:
        if mark == "ok":
            return self.tr("they answer")
        if mark == "busy":
            return self.tr("checking")
        return self.tr("to come") if mark == "todo" and seen.result is None else ""

    # Rows

    def _identity(self, seen: Seen, bad: str, going: bool, stopped: bool, says: Says) -> None:
        title = self.tr("Identity")
        if bad in _IDENTITY:
            self.identity.show_state("bad", title, self._with_words(says(bad).title, seen.said))
        elif seen.connected is not None:
            kept = self.tr("A cut will ask you nothing") if seen.connected.asks_again is False else ""
            self.identity.show_state("ok", self.tr("Identity accepted"), kept)
        elif seen.question is not None:
            self.identity.show_state("warn", self.tr("Your turn"), seen.said if seen.said and not seen.question.refused else "")
        elif stopped:
            self.identity.show_state("todo", title, self.tr("Stopped. Your PC is as it was before."))
        elif going:
            reached = self.tr("The gateway checks who you are") if seen.reached else self.tr("Waiting for the gateway")
            self.identity.show_state("busy" if seen.reached else "todo", title, reached)
        else:
            self.identity.show_state("todo", title)

    def _with_words(self, own: str, said: str) -> str:
        return own + "\n" + self.tr("The gateway says: %1").replace("%1", said) if said else own

    def _tunnel(self, seen: Seen, bad: str, going: bool, says: Says) -> None:
        up = seen.connected
        if seen.down:
            self.tunnel.show_state("busy" if going or seen.result is None else "warn", self.tr("The tunnel is being built again"))
        elif bad and bad not in _IDENTITY | _NAMES | _APPS | {"vpn.voice_poor", "vpn.public_path"}:
            self.tunnel.show_state("bad", self.tr("Tunnel"), says(bad).title)
        elif up is not None:
            self.tunnel.show_state("ok", self.tr("Tunnel established"), self._tunnel_detail(up, seen))
        else:
            trying = self.tr("Trying %1").replace("%1", i18n.ltr(seen.trying)) if seen.trying and going else ""
            self.tunnel.show_state("busy" if going and seen.line is not None and not bad else "todo", self.tr("Tunnel"), trying)

    def _tunnel_detail(self, up: Connected, seen: Seen) -> str:
        parts = [self.tr("Internal address %1").replace("%1", i18n.ltr(up.address))]
        if seen.cuts_s:
            parts.append(self.tr("back after %n cut(s)", "", len(seen.cuts_s)))
        if up.expires_in_s:
            hours = i18n.plain(i18n.digits(up.expires_in_s / 3600, 0 if up.expires_in_s >= 7200 else 1))
            parts.append(self.tr("session of %1 h").replace("%1", hours))
        return " · ".join(parts)

    def _names(self, seen: Seen, bounds: check.Limits, bad: str, going: bool, says: Says) -> None:
        title = self.tr("No DNS leak")
        if bad in _NAMES:
            self.names.show_state("bad", self.tr("Internal names"), says(bad).title)
        elif bad == "vpn.public_path":
            self.names.show_state("bad", self.tr("Way to the Internet"), says(bad).title)
        elif seen.names is None or (seen.connected is not None and bad == "vpn.cut"):
            waiting = going and seen.connected is not None
            self.names.show_state("busy" if waiting else "todo", title, self.tr("Internal names must go through the tunnel"))
        elif bounds.names:
            self.names.show_state("ok", title, self.tr("Internal names go through the tunnel"))
        else:
            self.names.show_state("ok", self.tr("Paths checked"), self.tr("This activity uses no internal names"))

    def _apps(self, seen: Seen, bounds: check.Limits, bad: str, going: bool, says: Says) -> None:
        total, good = len(bounds.apps), sum(1 for answer in seen.answers.values() if not answer.code)
        title = self.tr("Applications of your activity")
        failed = [answer for answer in seen.answers.values() if answer.code]
        if failed:
            names = self._listed(answer.app for answer in failed)
            self.apps.show_state("bad", title, self._joined(names, self._why(failed[0].code)))
        elif not bounds.apps:
            self.apps.show_state("todo", title, self.tr("None is named for this activity"))
        elif seen.proving_apps:
            listed = self._listed(bounds.apps)
            done = good == total
            count = self.tr("%1 of %2 answer").replace("%1", str(good)).replace("%2", str(total))
            self.apps.show_state("ok" if done else "busy" if going else "warn", title, self._joined(listed, count))
        else:
            self.apps.show_state("todo", title, self._listed(bounds.apps))

    def _why(self, code: str) -> str:
        match code:
            case "vpn.app_certificate":
                return self.tr("its certificate is not recognised")
            case "vpn.dns_not_applied":
                return self.tr("its name is not known here")
            case "vpn.routes_missing":
                return self.tr("reached outside the tunnel")
            case _:
                return self.tr("no answer")

    def _joined(self, what: str, how: str) -> str:
        return self.tr("%1: %2").replace("%1", what).replace("%2", how)

    def _listed(self, apps: Iterable[AppCheck]) -> str:
        return self.tr(", ").join(map(self._name, apps))

    @staticmethod
    def _name(app: AppCheck) -> str:
        name = app.name.get(i18n.language()) or app.name.get("fr") or app.id
        return name if i18n.language() == "ar" and not name.isascii() else i18n.ltr(name)

    def _voice(self, seen: Seen, bounds: check.Limits, code: str, going: bool, says: Says) -> None:
        title = self.tr("Call quality inside the tunnel")
        wanted = i18n.plain(i18n.digits(bounds.mos_min, 1))
        if seen.progress is not None:
            mb = f"{i18n.plain(i18n.digits(seen.progress.spent_mb, 1))} / {i18n.plain(i18n.digits(bounds.budget_mb, 0))}"
            phase = self.tr("Listening as in a call") if seen.progress.phase in (Phase.PORTAL, Phase.IDLE) else self.tr("A call under load")
            self.voice.show_state("busy", title, phase, i18n.ltr(mb + "\u00a0" + self.tr("MB")))
        elif isinstance(seen.voice, VoiceReport):
            mark = "bad" if code == "vpn.voice_poor" else "warn" if code == "vpn.passed_fair" else "ok"
            told = says(code).title if code in _VOICE else ""
            self.voice.show_state(mark, title, "\n".join(part for part in (told, self._figures(seen.voice)) if part))
        elif isinstance(seen.voice, str):
            self.voice.show_state("warn", title, says("vpn.passed_unmeasured").title)
        elif not bounds.probe_url:
            self.voice.show_state("todo", title, self.tr("Not asked for by this activity"))
        else:
            self.voice.show_state("todo", title, self.tr("Voice expected: %1 out of 5 or better").replace("%1", wanted))

    def _figures(self, voice: VoiceReport) -> str:
        parts = []
        if voice.mos is not None:
            parts.append(self.tr("Voice %1 out of 5").replace("%1", i18n.digits(min(5.0, voice.mos), 1)))
        if voice.rtt_ms is not None:
            parts.append(i18n.milliseconds(voice.rtt_ms))
        spent = i18n.plain(i18n.digits(voice.spent_mb, 1)) + "\u00a0" + self.tr("MB")
        parts.append(self.tr("%1 used").replace("%1", i18n.ltr(spent)))
        return " · ".join(parts)

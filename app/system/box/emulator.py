"""EMULATORS, not boxes: a HiLink and a ZTE box on loopback, for the demonstration and the tests. Found as emulated, marked simulated.

Sessions, tokens, login (password_type 4), SIM states, PIN tries, a signal that follows a script, and hostile answers on demand.
"""

import base64
import hashlib
import json
import re
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.asymmetric import padding, rsa

from app.core.line import Sim
from app.system.box.emulated import ENTITY_BOMB, Emulator, Handler, Hostile, Moment, Settings

__all__ = ["ENTITY_BOMB", "EmulatedHilink", "EmulatedZte", "Hostile", "Moment", "Settings"]


@dataclass
class _Visit:
    tokens: list[str]
    logged_in: bool = False


def _xml(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<response>\n{inner}\n</response>\n'


def _error(code: int) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<error>\n<code>{code}</code>\n<message></message>\n</error>\n'


def _fields(**values: object) -> str:
    return _xml("".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in values.items()))


def _written(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:g}{unit}"


class EmulatedHilink(Emulator):
    """Emulator of a Huawei HiLink box."""

    def __init__(self, settings: Settings | None = None, *, port: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._visits: dict[str, _Visit] = {}
        self._key: rsa.RSAPrivateKey | None = None
        super().__init__(settings, port=port, clock=clock)

    def expire_sessions(self) -> None:
        with self._lock:
            self._visits.clear()

    def respond(self, to: Handler, method: str, body: str) -> None:
        path = to.path.partition("?")[0]
        if path == "/":
            return to.out("<html><head></head><body>An emulated box</body></html>", "text/html")
        endpoint = path.removeprefix("/api/")
        if endpoint in self.settings.codes:
            return to.out(_error(self.settings.codes[endpoint]))
        cookie = re.search(r"SessionID=(\w+)", to.headers.get("Cookie") or "")
        name = cookie[1] if cookie else ""
        if endpoint == "webserver/SesTokInfo":
            name = name if name in self._visits else secrets.token_hex(16)
            visit = self._visits.setdefault(name, _Visit([]))
            visit.tokens = [secrets.token_hex(16)]
            told = _fields(SesInfo=f"SessionID={name}", TokInfo=visit.tokens[0])
            return to.out(told, headers={"Set-Cookie": f"SessionID={name};path=/;HttpOnly;"})
        if endpoint == "webserver/token":
            return to.out(_error(100002))
        if name not in self._visits:
            return to.out(_error(125003 if name else 125002))
        visit = self._visits[name]
        if method == "POST":
            return self._post(to, endpoint, body, name, visit)
        if endpoint in self.settings.needs_login and not visit.logged_in:
            return to.out(_error(100003))
        answer = self._told(endpoint, visit)
        return to.out(_error(100002) if answer is None else answer)

    def _post(self, to: Handler, endpoint: str, body: str, name: str, visit: _Visit) -> None:
        token = to.headers.get("__RequestVerificationToken") or ""
        if token not in visit.tokens:
            return to.out(_error(125002))
        visit.tokens.remove(token)
        after = {"__RequestVerificationToken": secrets.token_hex(16)}
        visit.tokens.extend(after.values())
        if endpoint == "user/login":
            return self._login(to, body, token, name)
        if endpoint == "pin/operate":
            if endpoint in self.settings.needs_login and not visit.logged_in:
                return to.out(_error(100003), headers=after)
            plain = self._decrypt(body) if to.headers.get("encrypt_transmit") else body
            pin = re.search(r"<CurrentPin>(\d*)</CurrentPin>", plain)
            done = self.spend(pin[1] if pin else "")
            return to.out('<?xml version="1.0"?><response>OK</response>' if done else _error(103002), headers=after)
        return to.out(_error(100002), headers=after)

    def _login(self, to: Handler, body: str, token: str, name: str) -> None:
        s = self.settings
        if s.login_tries <= 0:
            return to.out(_error(108007))
        inner = base64.b64encode(hashlib.sha256(s.password.encode()).hexdigest().encode()).decode()
        proof = base64.b64encode(hashlib.sha256(f"admin{inner}{token}".encode()).hexdigest().encode()).decode()
        given = re.search(r"<Password>(.*?)</Password>", body)
        if not given or given[1] != proof:
            s.login_tries -= 1
            return to.out(_error(108006 if s.login_tries else 108007))
        s.login_tries = 3
        del self._visits[name]
        name = secrets.token_hex(16)
        one, two = secrets.token_hex(16), secrets.token_hex(16)
        self._visits[name] = _Visit([one, two], logged_in=True)
        headers = {"__RequestVerificationTokenone": one, "__RequestVerificationTokentwo": two, "Set-Cookie": f"SessionID={name};path=/"}
        return to.out('<?xml version="1.0"?><response>OK</response>', headers=headers)

    def _decrypt(self, body: str) -> str:
        if self._key is None:
            return ""
        raw = bytes.fromhex(body)
        chunks = [self._key.decrypt(raw[i : i + 256], padding.PKCS1v15()) for i in range(0, len(raw), 256)]
        return base64.b64decode(b"".join(chunks)).decode()

    def _told(self, endpoint: str, visit: _Visit) -> str | None:
        s, now = self.settings, self.moment()
        on = s.registered and s.sim is Sim.READY
        match endpoint:
            case "monitoring/status":
                return _fields(
                    ConnectionStatus=901 if on else 902,
                    CurrentNetworkType=19 if on else 0,
                    CurrentNetworkTypeEx=101 if on else 0,
                    RoamingStatus=0,
                    ServiceStatus=2 if on else 0,
                    SimStatus={Sim.READY: 1, Sim.NONE: 255}.get(s.sim, 0),
                    CurrentWifiUser=s.devices,
                )
            case "device/basic_information":
                return _fields(productfamily="LTE", classify="cpe", devicename=s.model, SoftwareVersion=s.firmware)
            case "device/information":
                return _fields(DeviceName=s.model, Imei=s.imei, SoftwareVersion=s.firmware, workmode="LTE")
            case "device/signal":
                rsrp, rsrq, sinr, rssi = (now.rsrp, now.rsrq, now.sinr, now.rssi) if on else (None, None, None, None)
                told = {
                    "rsrp": _written(rsrp, "dBm"),
                    "rsrq": _written(rsrq, "dB"),
                    "rssi": _written(rssi, "dBm"),
                    "sinr": _written(sinr, "dB"),
                }
                return _fields(pci=17, **told, mode=7, band=3 if on else "", plmn=s.plmn if on else "")
            case "net/current-plmn":
                return _fields(State=0, FullName=s.operator if on else "", Numeric=s.plmn if on else "", Rat=7)
            case "pin/status":
                state = {Sim.READY: 257, Sim.NONE: 255, Sim.PIN: 260, Sim.PUK: 261}.get(s.sim, 256)
                return _fields(SimState=state, PinOptState=258, SimPinTimes=s.pin_tries, SimPukTimes=10)
            case "monitoring/month_statistics":
                return _fields(CurrentMonthDownload=s.month_bytes[0], CurrentMonthUpload=s.month_bytes[1])
            case "user/state-login":
                return _fields(State=0 if visit.logged_in else -1, Username="", password_type=4)
            case "webserver/publickey" if s.encrypts:
                self._key = self._key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
                numbers = self._key.public_key().public_numbers()
                return _fields(encpubkeyn=f"{numbers.n:0512x}", encpubkeye=f"{numbers.e:06x}")
        return None


class EmulatedZte(Emulator):
    """Emulator of a ZTE box."""

    def __init__(self, settings: Settings | None = None, *, port: int = 0, clock: Callable[[], float] = time.monotonic) -> None:
        self._cookies: set[str] = set()
        self._token = secrets.token_hex(16).upper()
        super().__init__(settings, port=port, clock=clock)

    def respond(self, to: Handler, method: str, body: str) -> None:
        path, query = urlsplit(to.path).path, parse_qs(urlsplit(to.path).query)
        known = (to.headers.get("Referer") or "").startswith(self.address)
        cookie = (to.headers.get("Cookie") or "").removeprefix("zsid=")
        if method == "GET" and path == "/goform/goform_get_cmd_process":
            names = query.get("cmd", [""])[0].split(",")
            told = self._told() if known else {}
            hidden = self.settings.needs_login if cookie not in self._cookies else frozenset[str]()
            return self._json(to, {name: "" if name in hidden else told.get(name, "") for name in names})
        if method == "POST" and path == "/goform/goform_set_cmd_process" and known:
            return self._set(to, {name: values[0] for name, values in parse_qs(body).items()})
        return to.out("<html><body>404</body></html>", "text/html", status=404)

    def _json(self, to: Handler, told: Mapping[str, str], headers: Mapping[str, str] | None = None) -> None:
        to.out(json.dumps(told), "text/html", headers)

    def _set(self, to: Handler, fields: Mapping[str, str]) -> None:
        s = self.settings
        match fields.get("goformId"):
            case "ENTER_PIN":
                return self._json(to, {"result": "success" if self.spend(fields.get("PinNumber", "")) else "failure"})
            case "LOGIN":
                if s.login_tries <= 0 or fields.get("password") != self._proof():
                    s.login_tries = max(0, s.login_tries - 1)
                    return self._json(to, {"result": "3"})
                s.login_tries = 3
                cookie = secrets.token_hex(8)
                self._cookies.add(cookie)
                return self._json(to, {"result": "0"}, {"Set-Cookie": f"zsid={cookie}; path=/"})
        return self._json(to, {"result": "failure"})

    def _proof(self) -> str:
        plain = self.settings.password
        once = base64.b64encode(plain.encode()).decode()
        if self.settings.zte_sha == "1":
            return hashlib.sha256(once.encode()).hexdigest().upper()
        if self.settings.zte_sha == "2":
            first = hashlib.sha256(plain.encode()).hexdigest().upper()
            return hashlib.sha256((first + self._token).encode()).hexdigest().upper()
        return once

    def _told(self) -> dict[str, str]:
        s, now = self.settings, self.moment()
        on = s.registered and s.sim is Sim.READY
        states = {Sim.READY: "modem_init_complete", Sim.NONE: "modem_sim_undetected", Sim.PIN: "modem_waitpin", Sim.PUK: "modem_waitpuk"}
        told = {
            "modem_main_state": states.get(s.sim, ""),
            "pinnumber": str(s.pin_tries),
            "imei": s.imei,
            "model_name": s.model,
            "wa_inner_version": s.firmware,
            "sta_count": str(s.devices),
            "monthly_rx_bytes": str(s.month_bytes[0]),
            "monthly_tx_bytes": str(s.month_bytes[1]),
            "psw_fail_num_str": str(s.login_tries),
            "WEB_ATTR_IF_SUPPORT_SHA256": s.zte_sha,
            "LD": self._token,
            "network_type": "LTE" if on else "NO_SERVICE",
        }
        if on:
            told |= {
                "network_provider": s.operator,
                "rmcc": s.plmn[:3],
                "rmnc": s.plmn[3:],
                "simcard_roam": "Home",
                "wan_active_band": "LTE BAND 3",
            }
            told |= {"lte_rsrp": _written(now.rsrp, ""), "lte_rsrq": _written(now.rsrq, "")}
            told |= {"lte_snr": _written(now.sinr, ""), "rssi": _written(now.rssi, "")}
        return told

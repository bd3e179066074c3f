"""ZTE boxes (MF283, MF286, MF79 and kin) by their own pages' doors. Without the `Referer` header every value comes blank.

Reading needs no login on most. [read in the boxes' pages, not measured on one]: the three ways of sending the password.
"""

import base64
import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from app.core.errors import BoxError
from app.core.line import BoxReading, Sim
from app.system.box import plmn, values
from app.system.box.bounded import BoundedBox
from app.system.box.wire import CALL_SECONDS, exchange

VENDOR = "ZTE"
NOTHING = BoxReading(vendor=VENDOR)
_READ = (
    "modem_main_state",
    "pin_status",
    "pinnumber",
    "network_type",
    "rssi",
    "lte_rsrp",
    "lte_rsrq",
    "lte_snr",
    "lte_band",
    "wan_active_band",
    "network_provider",
    "rmcc",
    "rmnc",
    "simcard_roam",
    "ppp_status",
    "imei",
    "wa_inner_version",
    "model_name",
    "monthly_tx_bytes",
    "monthly_rx_bytes",
    "sta_count",
    "loginfo",
)
_SIMS = {
    "modem_init_complete": Sim.READY,
    "modem_sim_undetected": Sim.NONE,
    "modem_sim_destroy": Sim.NONE,
    "modem_waitpin": Sim.PIN,
    "modem_waitpuk": Sim.PUK,
}
_NETWORKS = {
    **dict.fromkeys(("GSM", "GPRS", "EDGE"), "2G"),
    **dict.fromkeys(("UMTS", "WCDMA", "HSDPA", "HSUPA", "HSPA", "HSPA+", "DC-HSPA+", "TD-SCDMA"), "3G"),
    **dict.fromkeys(("LTE", "FDD LTE", "TDD LTE"), "4G"),
    **dict.fromkeys(("LTE-A", "LTE+", "CA"), "4G+"),
    **dict.fromkeys(("SA", "ENDC", "LTE-NSA", "NR5G", "5G"), "5G"),
}
_NO_SERVICE = ("NO_SERVICE", "NO SERVICE", "LIMITED_SERVICE", "LIMITED SERVICE", "LIMITED_SERVICE_LTE")


def parse(body: bytes) -> Mapping[str, Any]:
    """An answer's JSON object. Errors: BoxError (`box.unintelligible`) for anything else."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BoxError("box.unintelligible", reason=type(error).__name__) from None
    if not isinstance(read, dict):
        raise BoxError("box.unintelligible", reason="shape")
    return read


def reading(said: Mapping[str, Any]) -> BoxReading:
    """Never raises; what is blank or strange is missing."""
    country, network = values.text(said.get("rmcc")), values.text(said.get("rmnc"))
    numeric = values.plmn(country + network.zfill(2)) if country and network else ""
    kind = values.text(said.get("network_type")).upper()
    return BoxReading(
        vendor=VENDOR,
        model=values.text(said.get("model_name")),
        firmware=values.text(said.get("wa_inner_version")),
        imei=values.imei(said.get("imei")),
        sim=_SIMS.get(values.text(said.get("modem_main_state")), Sim.UNKNOWN),
        pin_tries=values.whole(said.get("pinnumber"), 0, 10),
        operator=plmn.operator(numeric) or values.text(said.get("network_provider")),
        plmn=numeric,
        registered=True if kind in _NETWORKS else False if kind in _NO_SERVICE else None,
        roaming={"home": False, "internal": True, "international": True}.get(values.text(said.get("simcard_roam")).lower()),
        network=_NETWORKS.get(kind, ""),
        band=values.band(said.get("wan_active_band")) or values.band(said.get("lte_band")),
        rsrp_dbm=values.rsrp(said.get("lte_rsrp")),
        rsrq_db=values.rsrq(said.get("lte_rsrq")),
        sinr_db=values.sinr(said.get("lte_snr")),
        rssi_dbm=values.rssi(said.get("rssi")),
        month_mb=values.megabytes(said.get("monthly_rx_bytes"), said.get("monthly_tx_bytes")),
        devices=values.whole(said.get("sta_count"), 0, 1000),
    )


def _proof(password: str, way: int, token: str) -> str:
    """The password as the box's own page sends it: 0 base64, 1 SHA-256 of that, 2 SHA-256 with the box's token `LD`."""
    plain = base64.b64encode(password.encode()).decode()

    def digest(text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest().upper()

    return {1: digest(plain), 2: digest(digest(password) + token)}.get(way, plain)


class ZteBox(BoundedBox):
    """A ZTE box."""

    def __init__(self, address: str, *, simulated: bool = False) -> None:
        super().__init__(address, simulated=simulated)
        self._cookie = ""
        self._until = 0.0

    def _begin(self, until: float) -> None:
        self._until = until

    def _exchange(self, method: str, path: str, body: bytes | None = None) -> Mapping[str, Any]:
        headers = {"Referer": f"{self._at.url}/index.html", "X-Requested-With": "XMLHttpRequest"}
        if self._cookie:
            headers["Cookie"] = self._cookie
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        until = min(self._until, time.monotonic() + CALL_SECONDS)
        reply = exchange(self._at, method, path, until=until, headers=headers, body=body)
        if reply.status in {401, 403}:
            raise BoxError("box.login_required", status=reply.status)
        if reply.status == 503:
            raise BoxError("box.busy", status=reply.status)
        if reply.status != 200:
            raise BoxError("box.unintelligible", status=reply.status)
        given = reply.headers.get("Set-Cookie", "").partition(";")[0].strip()
        if given and len(given) < 512 and given.isascii() and given.isprintable():
            self._cookie = given
        return parse(reply.body)

    def _get(self, *names: str) -> Mapping[str, Any]:
        query = urlencode({"isTest": "false", "multi_data": "1", "cmd": ",".join(names)}, safe=",")
        return self._exchange("GET", f"/goform/goform_get_cmd_process?{query}")

    def _set(self, **fields: str) -> str:
        answer = self._exchange("POST", "/goform/goform_set_cmd_process", urlencode({"isTest": "false", **fields}).encode())
        return values.text(answer.get("result"))

    def _read(self) -> BoxReading:
        said = self._get(*_READ)
        read = reading(said)
        if read != NOTHING:
            return read
        known = any(name in said for name in _READ)
        raise BoxError("box.login_required") if known else BoxError("box.unintelligible", reason="nothing known")

    def _log_in(self, password: str) -> None:
        told = self._get("WEB_ATTR_IF_SUPPORT_SHA256", "LD", "psw_fail_num_str")
        if values.whole(told.get("psw_fail_num_str"), 0, 99) == 0:
            raise BoxError("box.locked_out", tries=0)
        proof = _proof(password, values.whole(told.get("WEB_ATTR_IF_SUPPORT_SHA256"), 0, 9) or 0, values.text(told.get("LD"), 128))
        match self._set(goformId="LOGIN", password=proof):
            case "0" | "4":
                return
            case "2":
                raise BoxError("box.busy", reason="another user")
            case "1" | "3":
                tries = values.whole(self._get("psw_fail_num_str").get("psw_fail_num_str"), 0, 99)
                raise BoxError("box.locked_out" if tries == 0 else "box.password_wrong", tries=tries)
            case "5":
                raise BoxError("box.locked_out", tries=0)
            case _:
                raise BoxError("box.unintelligible", reason="login")

    def _pin_state(self) -> tuple[Sim, int | None]:
        read = reading(self._get("modem_main_state", "pinnumber"))
        if read.sim is Sim.UNKNOWN:
            raise BoxError("box.login_required")
        return read.sim, read.pin_tries

    def _send_pin(self, pin: str) -> BoxError | None:
        accepted = self._set(goformId="ENTER_PIN", PinNumber=pin, pin_save_flag="0") == "success"
        return None if accepted else BoxError("box.unintelligible", reason="pin")

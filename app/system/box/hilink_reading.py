"""What HiLink answers mean. Codes as the boxes' own pages use them; a code that is not here is « unknown », never a guess."""

from collections.abc import Mapping
from typing import Any

from app.core.line import BoxReading, Sim
from app.system.box import plmn, values

VENDOR = "Huawei"
NOTHING = BoxReading(vendor=VENDOR)
ENDPOINTS = (
    "monitoring/status",
    "device/basic_information",
    "device/signal",
    "net/current-plmn",
    "pin/status",
    "monitoring/month_statistics",
    "device/information",
)
_SIMS = {255: Sim.NONE, 257: Sim.READY, 258: Sim.READY, 260: Sim.PIN, 261: Sim.PUK}
_TYPES = {
    **dict.fromkeys(range(1, 4), "2G"),
    **dict.fromkeys((4, 5, 6, 7, 8, 9, 17, 18), "3G"),
    19: "4G",
    20: "5G",
}
"""CurrentNetworkType."""
_TYPES_EX = {
    **dict.fromkeys(range(1, 4), "2G"),
    **dict.fromkeys((*range(21, 37), *range(41, 47), *range(61, 66)), "3G"),
    101: "4G",
    111: "5G",
    1011: "4G+",
}
"""CurrentNetworkTypeEx, the finer one."""
_NO_SERVICE, _FULL_SERVICE, _OTHER_SERVICES = 0, 2, (1, 3, 4)
_CONNECTED = 901


def pin_state(answer: Mapping[str, Any]) -> tuple[Sim, int | None]:
    """Of `pin/status`: the state of the SIM and the PIN tries left (None: not told)."""
    sim = _SIMS.get(values.whole(answer.get("SimState"), 0, 9999) or 0, Sim.UNKNOWN)
    return sim, values.whole(answer.get("SimPinTimes"), 0, 10)


def reading(said: Mapping[str, Mapping[str, Any]]) -> BoxReading:
    """The answers that came, by endpoint. Never raises."""
    empty: Mapping[str, Any] = {}
    status, basic, signal, net, pin, month, device = (said.get(endpoint, empty) for endpoint in ENDPOINTS)
    numeric = values.plmn(net.get("Numeric")) or values.plmn(signal.get("plmn"))
    sim, tries = pin_state(pin)
    return BoxReading(
        vendor=VENDOR,
        model=values.text(basic.get("devicename")) or values.text(device.get("DeviceName")),
        firmware=values.text(basic.get("SoftwareVersion")) or values.text(device.get("SoftwareVersion")),
        imei=values.imei(device.get("Imei")),
        sim=sim if sim is not Sim.UNKNOWN else _sim_of_status(status),
        pin_tries=tries,
        operator=plmn.operator(numeric) or values.text(net.get("FullName")) or values.text(net.get("ShortName")),
        plmn=numeric,
        registered=_registered(status),
        roaming={0: False, 1: True}.get(_code(status, "RoamingStatus")),
        network=_TYPES_EX.get(_code(status, "CurrentNetworkTypeEx")) or _TYPES.get(_code(status, "CurrentNetworkType")) or "",
        band=values.band(signal.get("band")),
        rsrp_dbm=values.rsrp(signal.get("rsrp")),
        rsrq_db=values.rsrq(signal.get("rsrq")),
        sinr_db=values.sinr(signal.get("sinr")),
        rssi_dbm=values.rssi(signal.get("rssi")),
        month_mb=values.megabytes(month.get("CurrentMonthDownload"), month.get("CurrentMonthUpload")),
        devices=values.whole(status.get("CurrentWifiUser"), 0, 1000),
    )


def _code(answer: Mapping[str, Any], name: str) -> int:
    """-1: not told."""
    read = values.whole(answer.get(name), 0, 99999)
    return -1 if read is None else read


def _sim_of_status(status: Mapping[str, Any]) -> Sim:
    """`SimStatus` alone cannot tell a locked SIM from a bad one: only « valid » and « not there » are taken from it."""
    return {1: Sim.READY, 255: Sim.NONE}.get(_code(status, "SimStatus"), Sim.UNKNOWN)


def _registered(status: Mapping[str, Any]) -> bool | None:
    service = _code(status, "ServiceStatus")
    if service == _FULL_SERVICE or _code(status, "ConnectionStatus") == _CONNECTED:
        return True
    return False if service == _NO_SERVICE or service in _OTHER_SERVICES else None

"""Both boxes against their emulators: states, refusals, password, PIN."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.core.errors import BoxError
from app.core.line import BoxReading, Sim
from app.system.box import hilink_reading
from app.system.box.emulator import EmulatedHilink, EmulatedZte, Moment, Settings
from app.system.box.hilink import HilinkBox
from app.system.box.wire import exchange, place
from app.system.box.zte import _READ, ZteBox, parse

Emulated = EmulatedHilink | EmulatedZte
Box = HilinkBox | ZteBox


def pair(kind: str, settings: Settings | None = None, clock: Callable[[], float] | None = None) -> tuple[Emulated, Box]:
    more = {} if clock is None else {"clock": clock}
    running: Emulated = EmulatedHilink(settings, **more) if kind == "hilink" else EmulatedZte(settings, **more)
    return running, (HilinkBox if kind == "hilink" else ZteBox)(running.address)


@pytest.fixture(params=["hilink", "zte"])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[Emulated, Box]]:
    running, box = pair(request.param)
    with running:
        yield running, box


@pytest.fixture
def hilink() -> Iterator[tuple[EmulatedHilink, HilinkBox]]:
    with EmulatedHilink() as running:
        yield running, HilinkBox(running.address)


@pytest.fixture
def zte() -> Iterator[tuple[EmulatedZte, ZteBox]]:
    with EmulatedZte() as running:
        yield running, ZteBox(running.address)


def code_of(work: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(BoxError) as caught:
        work()
    return caught.value.code, caught.value.facts


def test_all_that_is_told_is_read(both: tuple[Emulated, Box]) -> None:
    _running, box = both
    assert box.read() == BoxReading(
        vendor="Huawei" if isinstance(box, HilinkBox) else "ZTE",
        model="B525s-23a",
        firmware="11.236.01.02.69",
        imei="490154203237518",
        sim=Sim.READY,
        pin_tries=3,
        operator="Maroc Telecom",
        plmn="60401",
        registered=True,
        roaming=False,
        network="4G",
        band="B3",
        rsrp_dbm=-98,
        rsrq_db=-10,
        sinr_db=9,
        rssi_dbm=-69,
        month_mb=23300.0,
        devices=4,
    )


@pytest.mark.parametrize("sim", [Sim.NONE, Sim.PIN, Sim.PUK])
def test_states_of_the_sim(both: tuple[Emulated, Box], sim: Sim) -> None:
    running, box = both
    running.settings.sim = sim
    read = box.read()
    assert (read.sim, read.registered, read.operator, read.rsrp_dbm) == (sim, False, "", None)


@pytest.mark.parametrize(
    ("plmn", "name"), [("60400", "Orange Maroc"), ("60402", "inwi"), ("60405", "inwi"), ("20801", "what the box says")]
)
def test_operators(both: tuple[Emulated, Box], plmn: str, name: str) -> None:
    running, box = both
    running.settings.plmn, running.settings.operator = plmn, "what the box says"
    read = box.read()
    assert (read.plmn, read.operator) == (plmn, name)


@pytest.mark.parametrize("kind", ["hilink", "zte"])
def test_the_signal_follows_its_script(kind: str) -> None:
    now = [100.0]
    running, box = pair(kind, Settings(script=(Moment(0, rsrp=-112), Moment(10, rsrp=-91, sinr=None))), lambda: now[0])
    with running:
        assert box.read().rsrp_dbm == -112
        now[0] = 109.9
        assert box.read().rsrp_dbm == -112
        now[0] = 111.0
        later = box.read()
        assert (later.rsrp_dbm, later.sinr_db, later.rssi_dbm) == (-91, None, -69)


def test_a_wrong_pin_says_what_is_left_and_the_last_try_is_not_spent(both: tuple[Emulated, Box]) -> None:
    running, box = both
    running.settings.sim = Sim.PIN
    assert code_of(lambda: box.enter_pin("0000")) == ("box.pin_wrong", {"tries": 2, "spent": True})
    assert code_of(lambda: box.enter_pin("1111")) == ("box.pin_wrong", {"tries": 1, "spent": True})
    asked = len([line for line in running.seen if line.startswith("POST")])
    assert code_of(lambda: box.enter_pin("1234")) == ("box.pin_last_try", {"tries": 1, "spent": False})
    assert running.settings.pin_tries == 1
    assert len([line for line in running.seen if line.startswith("POST")]) == asked


def test_the_right_pin_opens_the_card_and_again_changes_nothing(both: tuple[Emulated, Box]) -> None:
    running, box = both
    running.settings.sim = Sim.PIN
    box.enter_pin("1234")
    assert box.read().sim is Sim.READY
    box.enter_pin("9999")
    assert running.settings.pin_tries == 3


@pytest.mark.parametrize(("sim", "code"), [(Sim.NONE, "box.pin_wrong"), (Sim.PUK, "box.pin_last_try")])
def test_no_pin_is_sent_where_none_is_asked(both: tuple[Emulated, Box], sim: Sim, code: str) -> None:
    running, box = both
    running.settings.sim = sim
    assert code_of(lambda: box.enter_pin("1234"))[0] == code
    assert not [line for line in running.seen if line.startswith("POST")]


@pytest.mark.parametrize("pin", ["", "12", "123456789", "12a4", "١٢٣٤", "1234\n", "<a/>"])
def test_what_cannot_be_a_pin_is_not_tried(both: tuple[Emulated, Box], pin: str) -> None:
    running, box = both
    assert code_of(lambda: box.enter_pin(pin))[0] == "box.pin_wrong"
    assert running.seen == []


def test_older_boxes_take_the_pin_plain(hilink: tuple[EmulatedHilink, HilinkBox]) -> None:
    running, box = hilink
    running.settings.sim, running.settings.encrypts = Sim.PIN, False
    assert code_of(lambda: box.enter_pin("0000"))[0] == "box.pin_wrong"
    box.enter_pin("1234")
    assert running.settings.sim is Sim.READY


def test_unknown_tries_are_not_risked(hilink: tuple[EmulatedHilink, HilinkBox]) -> None:
    running, box = hilink
    running.settings.sim, running.settings.pin_tries = Sim.PIN, 99
    assert code_of(lambda: box.enter_pin("1234"))[0] == "box.pin_last_try"
    assert running.settings.pin_tries == 99


def test_a_pin_that_needs_a_login_says_so_and_spends_nothing(hilink: tuple[EmulatedHilink, HilinkBox]) -> None:
    running, box = hilink
    running.settings.sim, running.settings.needs_login = Sim.PIN, frozenset({"pin/operate"})
    assert code_of(lambda: box.enter_pin("1234"))[0] == "box.login_required"
    box.log_in("box-password")
    box.enter_pin("1234")
    assert (running.settings.sim, running.settings.pin_tries) == (Sim.READY, 3)


def test_a_wrong_password_is_one_try_and_the_lock_is_told(both: tuple[Emulated, Box]) -> None:
    running, box = both
    assert code_of(lambda: box.log_in("no"))[0] == "box.password_wrong"
    assert running.settings.login_tries == 2
    assert code_of(lambda: box.log_in("no"))[0] == "box.password_wrong"
    assert code_of(lambda: box.log_in("no"))[0] == "box.locked_out"
    assert code_of(lambda: box.log_in("box-password"))[0] == "box.locked_out"
    assert box.read().rsrp_dbm == -98


def test_what_needs_a_login_is_left_out_then_told(both: tuple[Emulated, Box]) -> None:
    running, box = both
    running.settings.needs_login = frozenset({"device/information", "device/signal", "imei", "lte_rsrp"})
    partial = box.read()
    assert (partial.imei, partial.rsrp_dbm, partial.operator) == ("", None, "Maroc Telecom")
    box.log_in("box-password")
    whole = box.read()
    assert (whole.imei, whole.rsrp_dbm) == ("490154203237518", -98)


def test_nothing_without_a_login(both: tuple[Emulated, Box]) -> None:
    running, box = both
    running.settings.needs_login = frozenset({*hilink_reading.ENDPOINTS, *_READ})
    assert code_of(box.read)[0] == "box.login_required"
    box.log_in("box-password")
    assert box.read().registered


@pytest.mark.parametrize("way", ["", "1", "2"])
def test_the_three_ways_of_a_zte_password(zte: tuple[EmulatedZte, ZteBox], way: str) -> None:
    running, box = zte
    running.settings.zte_sha, running.settings.password = way, "pässwörd&=+"
    box.log_in("pässwörd&=+")
    assert code_of(lambda: box.log_in("no"))[0] == "box.password_wrong"


@pytest.mark.parametrize(
    ("box_code", "code"),
    [
        (100002, "box.unintelligible"),
        (100003, "box.login_required"),
        (125002, "box.login_required"),
        (125003, "box.login_required"),
        (100004, "box.busy"),
        (100001, "box.unintelligible"),
        (999999, "box.unintelligible"),
    ],
)
def test_codes_of_reading(hilink: tuple[EmulatedHilink, HilinkBox], box_code: int, code: str) -> None:
    running, box = hilink
    running.settings.codes = dict.fromkeys(hilink_reading.ENDPOINTS, box_code)
    assert code_of(box.read)[0] == code
    running.settings.codes = {"device/signal": box_code}
    read = box.read()
    assert (read.rsrp_dbm, read.operator, read.month_mb) == (None, "Maroc Telecom", 23300.0)


@pytest.mark.parametrize(
    ("box_code", "code"),
    [
        (108001, "box.password_wrong"),
        (108002, "box.password_wrong"),
        (108006, "box.password_wrong"),
        (108003, "box.busy"),
        (108007, "box.locked_out"),
        (115002, "box.login_required"),
        (125002, "box.login_required"),
        (125003, "box.login_required"),
        (100004, "box.busy"),
    ],
)
def test_codes_of_the_login(hilink: tuple[EmulatedHilink, HilinkBox], box_code: int, code: str) -> None:
    running, box = hilink
    running.settings.codes = {"user/login": box_code}
    assert code_of(lambda: box.log_in("box-password"))[0] == code
    posts = [line for line in running.seen if line == "POST /api/user/login"]
    # A refused session is no try of the password: one fresh session more, never a third.
    assert len(posts) == (2 if box_code in {125002, 125003} else 1)


def test_a_session_that_expired_is_renewed_once(hilink: tuple[EmulatedHilink, HilinkBox]) -> None:
    running, box = hilink
    box.read()
    before = len([line for line in running.seen if "SesTokInfo" in line])
    running.expire_sessions()
    assert box.read().rsrp_dbm == -98
    assert len([line for line in running.seen if "SesTokInfo" in line]) == before + 1


def test_a_box_that_refuses_every_session_does_not_turn_for_ever(hilink: tuple[EmulatedHilink, HilinkBox]) -> None:
    running, box = hilink
    running.settings.codes = {"webserver/token": 125002, "webserver/SesTokInfo": 125002}
    with pytest.raises(BoxError):
        box.read()
    assert len(running.seen) <= 45


def test_a_zte_is_blank_without_the_referer_that_the_client_sends(zte: tuple[EmulatedZte, ZteBox]) -> None:
    running, box = zte
    path = "/goform/goform_get_cmd_process?isTest=false&multi_data=1&cmd=modem_main_state,lte_rsrp"
    bare = exchange(place(running.address), "GET", path, until=time.monotonic() + 3, headers={})
    assert parse(bare.body) == {"modem_main_state": "", "lte_rsrp": ""}
    assert box.read().rsrp_dbm == -98


def test_calls_at_once_exclude_each_other_and_all_end_well(both: tuple[Emulated, Box]) -> None:
    _running, box = both
    with ThreadPoolExecutor(4) as pool:
        readings = [work.result(10) for work in [pool.submit(box.read) for _ in range(4)]]
    assert [r.rsrp_dbm for r in readings] == [-98.0] * 4


def test_a_call_behind_a_stuck_one_is_busy_in_time(zte: tuple[EmulatedZte, ZteBox]) -> None:
    _running, box = zte
    with box._lock:
        began = time.perf_counter()
        assert code_of(box.read)[0] == "box.busy"
        assert time.perf_counter() - began < 3.4


def test_a_box_that_went_away_is_unreachable(both: tuple[Emulated, Box]) -> None:
    running, box = both
    box.read()
    running.close()
    assert code_of(box.read)[0] == "box.unreachable"


def test_no_password_and_no_pin_is_logged(both: tuple[Emulated, Box], caplog: pytest.LogCaptureFixture) -> None:
    running, box = both
    caplog.set_level(logging.DEBUG)
    records: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record.getMessage())

    keeper = Keeper()
    logging.getLogger("huawei_lte_api").addHandler(keeper)
    try:
        box.log_in("box-password")
        running.settings.sim = Sim.PIN
        box.enter_pin("1234")
    finally:
        logging.getLogger("huawei_lte_api").removeHandler(keeper)
    assert records == []
    assert "box-password" not in caplog.text
    assert "1234" not in caplog.text

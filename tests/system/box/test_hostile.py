"""What a box may send instead of an answer: in time, in bounds, and nothing but BoxError."""

import json
import socket
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import BoxError
from app.core.line import BoxReading
from app.system.box import finder, hilink_reading, zte
from app.system.box.emulated import Handler
from app.system.box.emulator import EmulatedHilink, EmulatedZte, Hostile, Settings
from app.system.box.hilink import HilinkBox
from app.system.box.wire import LARGEST_BODY, OPERATION_SECONDS, exchange, place
from app.system.box.zte import ZteBox

SLOW = {Hostile.DRIP, Hostile.DRIP_HEADERS, Hostile.SILENT}
ONE_CALL = 3.4
"""Seconds: `CALL_SECONDS` and some room for a busy test machine."""


def expected(how: Hostile) -> str:
    return "box.unreachable" if how in SLOW else "box.unintelligible"


def outcome(work: Callable[[], object]) -> str:
    """The code of the BoxError, empty for none; anything else raised fails the test."""
    try:
        work()
    except BoxError as error:
        return error.code
    return ""


@pytest.mark.parametrize("how", list(Hostile))
@pytest.mark.parametrize(("emulator", "kind"), [(EmulatedHilink, HilinkBox), (EmulatedZte, ZteBox)])
def test_every_answer_is_hostile(
    emulator: type[EmulatedHilink] | type[EmulatedZte], kind: type[HilinkBox] | type[ZteBox], how: Hostile
) -> None:
    with emulator(Settings(hostile=how)) as running:
        box = kind(running.address)
        began = time.perf_counter()
        with pytest.raises(BoxError) as caught:
            box.read()
        assert time.perf_counter() - began < ONE_CALL
        assert caught.value.code == expected(how)


@pytest.mark.parametrize("how", [how for how in Hostile if how not in SLOW])
def test_one_spoilt_answer_costs_its_values_only(how: Hostile) -> None:
    with EmulatedHilink(Settings(hostile=how, hostile_at="device/signal")) as running:
        read = HilinkBox(running.address).read()
        assert (read.rsrp_dbm, read.operator, read.imei) == (None, "Maroc Telecom", "490154203237518")


@pytest.mark.parametrize("how", [Hostile.DRIP, Hostile.MALFORMED, Hostile.HUGE, Hostile.ENTITIES])
def test_hostile_answers_to_a_password_and_to_a_pin(how: Hostile) -> None:
    for kind, emulator in ((HilinkBox, EmulatedHilink), (ZteBox, EmulatedZte)):
        with emulator(Settings(hostile=how, hostile_at="user/login" if kind is HilinkBox else "set_cmd")) as running:
            began = time.perf_counter()
            with pytest.raises(BoxError) as caught:
                kind(running.address).log_in("box-password")
            assert time.perf_counter() - began < ONE_CALL
            assert caught.value.code == expected(how)
        if how is Hostile.DRIP:
            continue  # the same wire
        with emulator(Settings(hostile=how, hostile_at="pin/" if kind is HilinkBox else "get_cmd")) as running:
            with pytest.raises(BoxError) as caught:
                kind(running.address).enter_pin("1234")
            assert caught.value.code == expected(how)


def test_the_first_page_may_be_anything_that_ends() -> None:
    class Odd(EmulatedHilink):
        page: tuple[bytes, str] = (b"", "")

        def respond(self, to: Handler, method: str, body: str) -> None:
            if to.path != "/":
                return super().respond(to, method, body)
            raw, location = self.page
            to.send_response(307 if location else 200)
            to.send_header("Content-Length", str(len(raw)))
            if location:
                to.send_header("Location", location)
            to.end_headers()
            to.wfile.write(raw)
            return None

    with Odd() as running:
        for page in (
            (b"\xff\xfe\x00garbage", ""),
            (b"x" * (LARGEST_BODY + 1), ""),
            (b"", "http://homerouter.cpe/html/index.html"),
            (b"", "https://127.0.0.1/"),
            (b"", "http://[broken"),
            (b"<!DOCTYPE html>", ""),
        ):
            running.page = page
            assert HilinkBox(running.address).read().rsrp_dbm == -98, page


def test_a_model_that_hangs_up_once_is_asked_again() -> None:
    class Shy(EmulatedHilink):
        shy = True

        def respond(self, to: Handler, method: str, body: str) -> None:
            if self.shy and "state-login" in to.path:
                self.shy = False
                return None
            return super().respond(to, method, body)

    with Shy() as running:
        HilinkBox(running.address).log_in("box-password")
        assert not running.shy


def test_ten_megabytes_are_not_taken_in() -> None:
    with EmulatedHilink(Settings(hostile=Hostile.HUGE_UNDECLARED)) as running:
        tracemalloc.start()
        try:
            with pytest.raises(BoxError):
                exchange(place(running.address), "GET", "/api/x", until=time.monotonic() + 3, headers={})
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 4 * LARGEST_BODY


def test_a_chunked_answer_is_read_and_bounded() -> None:
    def serve(server: socket.socket, chunks: list[bytes]) -> None:
        talk, _ = server.accept()
        with talk:
            talk.recv(4096)
            talk.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(chunks))

    for chunks, told in (
        ([b"3\r\nabc\r\n", b"0\r\n\r\n"], b"abc"),
        ([b"ffffffff\r\nabc"], None),
        ([b"zz\r\n"], None),
        ([b"3\r\nab"], None),
    ):
        with socket.create_server(("127.0.0.1", 0)) as server:
            thread = threading.Thread(target=serve, args=(server, chunks), daemon=True)
            thread.start()
            at = place(f"http://127.0.0.1:{server.getsockname()[1]}")
            if told is None:
                with pytest.raises(BoxError) as caught:
                    exchange(at, "GET", "/", until=time.monotonic() + 3, headers={})
                assert caught.value.code in {"box.unintelligible", "box.unreachable"}
            else:
                assert exchange(at, "GET", "/", until=time.monotonic() + 3, headers={}).body == told
            thread.join(5)


class Scripted(EmulatedHilink):
    """Answers every reading with the bytes it was given."""

    body: bytes = b""
    kind: str = "text/xml"

    def respond(self, to: Handler, method: str, body: str) -> None:
        endpoint = to.path.removeprefix("/api/")
        if endpoint not in hilink_reading.ENDPOINTS:
            return super().respond(to, method, body)
        to.send_response(200)
        to.send_header("Content-Type", self.kind)
        to.send_header("Content-Length", str(len(self.body)))
        to.end_headers()
        to.wfile.write(self.body)
        return None


@pytest.fixture(scope="module")
def scripted() -> Iterator[Scripted]:
    with Scripted() as running:
        yield running


class Anybody(EmulatedZte):
    """Answers everything with the same bytes."""

    body: bytes = b""
    code: int = 200

    def respond(self, to: Handler, method: str, body: str) -> None:
        to.send_response(self.code)
        to.send_header("Location", "http://[broken")
        to.end_headers()
        to.wfile.write(self.body)


@pytest.fixture(scope="module")
def anybody() -> Iterator[Anybody]:
    with Anybody() as running:
        yield running


TAGS = st.sampled_from(
    ["rsrp", "SimState", "SimPinTimes", "Numeric", "ServiceStatus", "CurrentMonthDownload", "devicename", "code", "band"]
)
TEXTS = st.one_of(
    st.sampled_from(["-98dBm", "260", "99999999999999999999", "", "1e999", "&lt;", "<x/>", "<rsrp>1</rsrp>"]), st.text(max_size=12)
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.lists(st.tuples(TAGS, TEXTS), max_size=6).map(
        lambda pairs: ("<response>" + "".join(f"<{t}>{v}</{t}>" for t, v in pairs) + "</response>").encode("utf-8", "replace")
    ),
    st.tuples(TAGS, TEXTS).map(lambda p: f"<error><{p[0]}>{p[1]}</{p[0]}></error>".encode("utf-8", "replace")),
    st.sampled_from([b"<error/>", b"<response/>", b"[]", b"{}", b'{"error": 5}', b'{"error": {"code": []}}', b"[" * 50_000, b"null", b"7"]),
    st.sampled_from(
        [b"<a>" * 20_000 + b"</a>" * 20_000, b"\xed\xa0\x80\xed\xb0\x80" * 20_000, b"<response>" + b"<r/>" * 40_000 + b"</response>"]
    ),
    st.just("<!DOCTYPE a [<!ENTITY b 'c'>]><response>&b;</response>".encode("utf-16")),
)


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES, kind=st.sampled_from(["text/xml", "application/json", "text/html", "x", 'a/b; c="']))
def test_whatever_a_hilink_sends(scripted: Scripted, body: bytes, kind: str) -> None:
    scripted.body, scripted.kind = body, kind
    box = HilinkBox(scripted.address)
    began = time.perf_counter()
    works: tuple[Callable[[], object], ...] = (box.read, lambda: box.enter_pin("1234"))
    for work in works:
        assert outcome(work) in {"", "box.unintelligible", "box.login_required", "box.busy", "box.pin_last_try", "box.pin_wrong"}
    assert time.perf_counter() - began < 2 * OPERATION_SECONDS


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES, code=st.sampled_from([200, 204, 302, 401, 404, 500, 999]))
def test_whatever_answers_where_a_box_is_looked_for(anybody: Anybody, body: bytes, code: int) -> None:
    anybody.body, anybody.code = body, code
    began = time.perf_counter()
    assert finder.recognise(place(anybody.address), time.monotonic() + 2.8) in {"huawei", "zte", None}
    assert time.perf_counter() - began < 3


@settings(max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=200), st.recursive(st.none() | st.text() | st.floats() | st.booleans(), st.lists).map(json.dumps).map(str.encode)
    )
)
def test_whatever_a_zte_sends(body: bytes) -> None:
    assert outcome(lambda: zte.reading(zte.parse(body))) in {"", "box.unintelligible"}


def test_json_as_deep_as_it_fits() -> None:
    with pytest.raises(BoxError):
        zte.parse(b"[" * LARGEST_BODY)


VALUES = st.one_of(
    st.none(), st.text(max_size=20), st.integers(), st.lists(st.none(), max_size=2), st.dictionaries(st.text(max_size=3), st.none())
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(zte._READ), VALUES))
def test_any_values_of_a_zte_make_a_reading(said: dict[str, object]) -> None:
    assert isinstance(zte.reading(said), BoxReading)


FIELDS = st.sampled_from(
    ["devicename", "SoftwareVersion", "Imei", "SimState", "SimPinTimes", "rsrp", "band", "plmn", "Numeric", "CurrentWifiUser"]
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(hilink_reading.ENDPOINTS), st.dictionaries(FIELDS, VALUES)))
def test_any_values_of_a_hilink_make_a_reading(said: dict[str, dict[str, object]]) -> None:
    assert isinstance(hilink_reading.reading(said), BoxReading)

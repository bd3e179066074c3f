"""Where a box is looked for, in which order, and how long."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest

from app.core.errors import BoxError
from app.core.line import Gateway
from app.system import detect
from app.system.box.emulator import EmulatedHilink, EmulatedZte, Hostile, Settings
from app.system.box.finder import USUAL, Maker, SystemBoxes, recognise
from app.system.box.hilink import HilinkBox
from app.system.box.wire import Place, place
from app.system.box.zte import ZteBox


@pytest.fixture
def deaf() -> Iterator[str]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def closed() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def told(answers: dict[str, tuple[float, Maker | None]], asked: list[str]) -> Callable[[Place, float], Maker | None]:
    def recognise_from(at: Place, until: float) -> Maker | None:
        asked.append(at.host)
        delay, maker = answers.get(at.host, (0.0, None))
        time.sleep(delay)
        return maker

    return recognise_from


def test_the_gateway_then_the_usual_addresses_each_once() -> None:
    asked: list[str] = []
    boxes = SystemBoxes(gateway=lambda: Gateway("192.168.1.1"), recognise=told({}, asked))
    assert boxes.find() is None
    assert sorted(asked) == sorted(USUAL)
    assert boxes.gateway().address == "192.168.1.1"


def test_the_first_of_the_order_wins_over_the_quickest() -> None:
    boxes = SystemBoxes(
        gateway=lambda: Gateway("10.0.0.1"),
        recognise=told({"10.0.0.1": (0.3, None), "192.168.8.1": (0.2, "huawei"), "192.168.0.1": (0.0, "zte")}, []),
    )
    box = boxes.find()
    assert isinstance(box, HilinkBox)
    assert (box.address, box.simulated) == ("192.168.8.1", False)


def test_a_slow_address_does_not_hide_a_box_and_the_bound_holds() -> None:
    boxes = SystemBoxes(
        gateway=lambda: Gateway("10.0.0.1"), recognise=told({"10.0.0.1": (4.0, "huawei"), "192.168.1.254": (0.0, "zte")}, [])
    )
    began = time.perf_counter()
    box = boxes.find()
    assert time.perf_counter() - began < 3.0
    assert isinstance(box, ZteBox)


def test_an_address_given_is_the_only_one_asked() -> None:
    asked: list[str] = []
    assert SystemBoxes(gateway=lambda: Gateway("10.0.0.1"), recognise=told({}, asked)).find("192.168.9.1") is None
    assert asked == ["192.168.9.1"]


def test_deaf_addresses_end_within_three_seconds(deaf: str) -> None:
    began = time.perf_counter()
    assert SystemBoxes(emulated=True, addresses=(deaf, closed())).find() is None
    assert time.perf_counter() - began < 3.0


@pytest.mark.parametrize(("emulator", "kind"), [(EmulatedHilink, HilinkBox), (EmulatedZte, ZteBox)])
def test_each_maker_is_known_and_marked_simulated_only_when_given_so(
    emulator: type[EmulatedHilink] | type[EmulatedZte], kind: type[HilinkBox] | type[ZteBox]
) -> None:
    with emulator() as running:
        simulated = SystemBoxes(emulated=True, addresses=(closed(), running.address)).find()
        assert isinstance(simulated, kind)
        assert simulated.simulated
        plain = SystemBoxes(gateway=Gateway).find(running.address)
        assert isinstance(plain, kind)
        assert not plain.simulated
        other = SystemBoxes(emulated=True, addresses=(closed(),)).find(running.address)
        assert isinstance(other, kind)
        assert not other.simulated


@pytest.mark.parametrize("how", list(Hostile))
def test_what_is_no_box_is_not_taken_for_one_in_time(how: Hostile) -> None:
    with EmulatedHilink(Settings(hostile=how)) as running:
        began = time.perf_counter()
        assert SystemBoxes(emulated=True, addresses=(running.address,)).find() is None
        assert time.perf_counter() - began < 3.0


def test_a_hilink_that_refuses_its_token_is_a_hilink() -> None:
    with EmulatedHilink(Settings(codes={"webserver/SesTokInfo": 100003})) as running:
        assert recognise(place(running.address), time.monotonic() + 2) == "huawei"


@pytest.mark.parametrize(
    "address", ["https://192.168.8.1", "box.example", "http://8.8.8.8", "http://u:p@192.168.8.1", "0.0.0.0", "http://[", "x:y", " "]
)
def test_addresses_that_are_never_spoken_to(address: str) -> None:
    with pytest.raises(BoxError):
        place(address)
    assert SystemBoxes(gateway=Gateway).find(address) is None


def test_addresses_that_are() -> None:
    assert place("192.168.8.1") == Place("192.168.8.1", 80)
    assert place("http://127.0.0.1:8080/html/x").url == "http://127.0.0.1:8080"
    assert place("http://[fd00::1]").url == "http://[fd00::1]"


def test_the_system_gives_real_boxes() -> None:
    assert isinstance(detect.boxes(), SystemBoxes)

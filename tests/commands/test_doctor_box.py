"""`marhaba doctor --only box --json --box URL`: what IT reads of a box, against both emulators and against what is no box."""

import contextlib
import http.server
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.commands import doctor
from app.core.line import Sim
from app.system.box.emulator import EmulatedHilink, EmulatedZte, Settings
from tests.commands.test_command_line import marhaba

EMULATORS = {"Huawei": EmulatedHilink, "ZTE": EmulatedZte}


def box_of(address: str) -> tuple[int, dict[str, Any]]:
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        code = doctor.main(["--only", "box", "--json", "--box", address])
    report = json.loads(written.getvalue())
    assert [probe["id"] for probe in report] == ["box"]
    return code, report[0]


@pytest.mark.parametrize("vendor", EMULATORS)
def test_a_box_in_order_is_told_whole(vendor: str) -> None:
    with EMULATORS[vendor]() as running:
        code, probe = box_of(running.address)
    # No backend is set here, so the call itself could not be measured: that is no fault of the box.
    assert (code, probe["outcome"], probe["code"]) == (0, "could_not_check", "box.probe_unreachable")
    facts = probe["facts"]
    assert facts["box"] == "read"
    told = {name: facts[name] for name in ("vendor", "model", "firmware", "imei_last4", "sim", "operator", "network", "band")}
    assert told == {
        "vendor": vendor, "model": "B525s-23a", "firmware": "11.236.01.02.69", "imei_last4": "7518", "sim": "ready",
        "operator": "Maroc Telecom", "network": "4G", "band": "B3",
    }  # fmt: skip
    assert (facts["rsrp_dbm"], facts["rsrq_db"], facts["sinr_db"], facts["month_mb"]) == (-98, -10, 9, 23300.0)
    assert "490154203237518" not in str(probe)


@pytest.mark.parametrize("vendor", EMULATORS)
@pytest.mark.parametrize(
    ("settings", "code", "facts"),
    [
        (Settings(sim=Sim.NONE), "box.no_sim", {"sim": "none"}),
        (Settings(sim=Sim.PIN), "box.pin", {"sim": "pin", "pin_tries": 3}),
        (Settings(sim=Sim.PIN, pin_tries=1), "box.pin_last_try", {"sim": "pin", "pin_tries": 1}),
        (Settings(sim=Sim.PUK), "box.puk", {"sim": "puk"}),
    ],
    ids=["none", "pin", "last-try", "puk"],
)
def test_a_card_that_is_not_ready_is_named(vendor: str, settings: Settings, code: str, facts: dict[str, Any]) -> None:
    with EMULATORS[vendor](settings) as running:
        exit_code, probe = box_of(running.address)
    assert (exit_code, probe["outcome"], probe["code"]) == (1, "failed", code)
    assert {name: probe["facts"][name] for name in facts} == facts
    assert not [seen for seen in running.seen if seen.startswith("POST")], "the doctor only reads"


class _Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b"<!DOCTYPE html><html><body><h1>Sign in</h1><response><rsrp>1</rsrp></body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@contextmanager
def page() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_what_is_no_box_is_not_taken_for_one() -> None:
    with page() as address:
        for url in (address, "http://127.0.0.1:9", "https://192.168.8.1", "not an address"):
            code, probe = box_of(url)
            assert (code, probe["outcome"], probe["code"]) == (1, "failed", "box.not_found"), url
            assert probe["facts"] == {"box": "none", "box_matches_kit": "unknown", "box_error": "box.not_found"}


def test_in_words_the_units_stand_in_the_names() -> None:
    with EmulatedZte() as running:
        done = marhaba("doctor", "--only", "box", "--box", running.address)
    assert done.stderr == ""
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0] == "could_not_check  box  box.probe_unreachable"
    assert {"rsrp_dbm: -98.0", "sinr_db: 9.0", "operator: Maroc Telecom"} <= set(lines)

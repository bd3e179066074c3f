"""What the demo says to somebody who sits at the screen."""

import json
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from app.commands import demo
from app.commands.demo_headset import Worn
from app.system.detect import SIMULATED_VPN
from app.system.vpn.practice.gatekeeper import PASSWORD
from tests.journeys.conftest import wait_for
from tests.test_docs import parser_of


class Running(demo.Served):
    def command(self, *arguments: str) -> str:
        return f"CODE-OF-{arguments[-1]}"


@pytest.mark.parametrize(("setting", "password"), [("/somewhere/practice-vpn", PASSWORD), (SIMULATED_VPN, "any password")])
def test_everything_that_has_to_be_typed_is_told(
    setting: str, password: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Any] = []
    monkeypatch.setattr(demo.webbrowser, "open", opened.append)
    monkeypatch.setattr(demo.subprocess, "run", lambda command, **_: opened.append(command))
    monkeypatch.setattr(demo, "report", lambda *_: 0)
    served = Running(tmp_path, {"url": "http://127.0.0.1:1", "journey_key": "k", "console_url": "http://127.0.0.1:1/console?key=x"})
    options = parser_of(demo.main).parse_args(["--lang", "ar", "--theme", "dark"])
    assert demo._show(served, tmp_path, options, demo.StandIns("http://127.0.0.1:2", setting, Worn("memory"))) == 0
    said = capsys.readouterr().out
    for employee in demo.WHO.values():
        assert f"CODE-OF-{employee}" in said
    assert password in said
    assert str(tmp_path / "console-codes.jsonl") in said
    assert served.console_url in said
    assert opened[0] == served.console_url
    assert " ".join(opened[1]).partition("--lang ")[2].startswith("ar --theme dark")


HELD = "import sys, time; from app.commands import demo; demo._walk = lambda *_: time.sleep(60); sys.exit(demo.main(sys.argv[1:]))"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a program without telling it")
def test_a_demo_that_is_told_to_end_leaves_no_backend_running(tmp_path: Path) -> None:
    ready = tmp_path / "backend" / "ready.json"
    process = subprocess.Popen([sys.executable, "-c", HELD, "--walk", "--output", str(tmp_path)], stdout=subprocess.DEVNULL)
    try:
        wait_for(ready.exists, "the backend to stand", 60)
        url = json.loads(ready.read_text("utf-8"))["url"]
        urllib.request.urlopen(f"{url}/health/live", timeout=10).close()
        wait_for((tmp_path / "practice-vpn").exists, "the practice gateway")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM
    finally:
        process.kill()
        process.wait()
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"{url}/health/live", timeout=10)

"""`marhaba demo`: the whole journey on an embedded backend, for people who want to see it before they believe it.

With a screen it opens wizard and console; without one (or with --walk) it walks the journey by itself, pressing the real buttons of
the real pages, and shows what the backend holds at the end.
"""

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.commands.demo_headset import Worn, worn_headset
from app.commands.practice_vpn import practice_vpn
from app.contracts.outcomes import Outcome
from app.system.detect import SIMULATED_VPN
from app.system.vpn.practice.gatekeeper import PASSWORD
from app.ui.resources import resource

# One agent a language, in `resources/demo/agents.csv`.
WHO = {"fr": "20417", "ar": "20533", "en": "19872"}
START_LIMIT_S = 40.0
DRAIN_LIMIT_S = 30.0


def main(argv: list[str]) -> int:
    """0 only if every step of the journey reached the backend."""
    parser = argparse.ArgumentParser(prog="marhaba demo", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--walk", action="store_true", help="walk by itself even if there is a screen")
    parser.add_argument("--lang", choices=tuple(WHO), default="fr")
    parser.add_argument("--output", type=Path, default=Path("demo-output"), metavar="DIR", help="where everything is left (demo-output)")
    parser.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    parser.add_argument("--watch-loop", action="store_true", help="say what ran while the event loop stood still")
    options = parser.parse_args(argv)
    output: Path = options.output.resolve()
    screen = sys.platform in {"win32", "darwin"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    # Told to end, a demo takes down what it has put up, as at its own end.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    try:
        output.mkdir(parents=True, exist_ok=True)
        for picture in (output / "screens").glob("*.png"):
            picture.unlink()  # of an earlier run
        print(f"Marhaba demo. Everything it makes is left in {output}", flush=True)
        watched = screen and not options.walk
        with contextlib.ExitStack() as stack:
            vpn = stack.enter_context(practice_vpn(output, resource("content/journeys")))
            served = stack.enter_context(backend(output, vpn.journeys))
            box, worn = stack.enter_context(emulated_box()), stack.enter_context(worn_headset(options.lang, watched))
            stand_ins = StandIns(box, vpn.setting, worn)
            return _show(served, output, options, stand_ins) if watched else _walk(served, output, options, stand_ins)
    except (RuntimeError, TimeoutError, OSError) as error:
        print(f"The demo stopped: {error}", file=sys.stderr)
        return 1


@dataclass(frozen=True)
class StandIns:
    """What a demo has instead of a 4G box, the company's VPN and a headset on somebody's head. Their evidence says `simulated`."""

    box: str
    """Address of the emulated box."""
    vpn: str
    """As the setting `practice_vpn`."""
    worn: Worn

    def settings(self) -> list[str]:
        return [f'emulated_box = "{self.box}"', f'practice_vpn = "{self.vpn}"', f'virtual_headset = "{self.worn.setting}"']


class Served:
    """A running backend: where it is, which key it signs with, and its own command line."""

    def __init__(self, data: Path, ready: dict[str, str]) -> None:
        self.data = data
        self.url = ready["url"]
        self.journey_key = ready["journey_key"]
        self.console_url = ready["console_url"]

    def command(self, *arguments: str) -> str:
        """Errors: RuntimeError with what the command said."""
        return backend_command(self.data, *arguments)


def backend_command(data: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "app", "backend", *arguments, "--data", str(data)], capture_output=True, text=True, timeout=60, check=False
    )
    if done.returncode:
        raise RuntimeError(f"marhaba backend {arguments[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout.strip()


@contextmanager
def backend(output: Path, journeys: Path | None = None) -> Iterator[Served]:
    """The real backend in a process of its own, on a free loopback port, seeded with the sample agents. Errors: RuntimeError."""
    data = output / "backend"
    data.mkdir(exist_ok=True)
    print("Seeding three agents, starting the backend ...", flush=True)
    backend_command(data, "agents", "import", str(resource("demo/agents.csv")))
    if not (data / "pki").exists():
        backend_command(data, "pki", "init", "--company", "Atlas Contact S.A.")
    ready = output / "backend" / "ready.json"
    ready.unlink(missing_ok=True)
    content = resource("content")
    command = [sys.executable, "-m", "app", "backend", "serve", "--port", "0", "--data", str(data), "--ready-file", str(ready)]
    command += ["--console-codes"]  # there is no telephone beside a demo: the one-time code is in console-codes.jsonl
    command += ["--journeys", str(journeys or content / "journeys"), "--content", str(content)]
    with (output / "backend.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        try:
            yield Served(data, _wait_ready(process, ready, output))
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_ready(process: "subprocess.Popen[bytes]", ready: Path, output: Path) -> dict[str, str]:
    deadline = time.monotonic() + START_LIMIT_S
    while not ready.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"the backend did not start; it says why in {output / 'backend.log'}")
        time.sleep(0.05)
    found: dict[str, str] = json.loads(ready.read_text("utf-8"))
    return found


def write_settings(served: Served, output: Path, language: str, stand_ins: StandIns | None = None) -> Path:
    """What a deployment tool would lay on the PC: the backend's address, and the key that its journeys must be signed with."""
    path = output / "settings.toml"
    lines = [f'backend_url = "{served.url}"', f'journey_key = "{served.journey_key}"', f'language = "{language}"']
    lines += ['helpdesk_phone = "05 22 00 00 00"', *(stand_ins.settings() if stand_ins is not None else ())]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@contextmanager
def emulated_box() -> Iterator[str]:
    """The address of an emulated box whose signal gets better, as if it were carried to the window."""
    from app.system.box.emulated import Moment, Settings
    from app.system.box.emulator import EmulatedHilink

    carried = (Moment(0, -108, -13, 4, -79), Moment(4, -101, -12, 8, -73), Moment(8, -92, -9, 14, -64))
    with EmulatedHilink(Settings(model="B535-232", imei="861234050014417", script=carried)) as box:
        yield box.address


def _show(served: Served, output: Path, options: argparse.Namespace, stand_ins: StandIns) -> int:
    settings = write_settings(served, output, options.lang, stand_ins)
    print("\nActivation codes (each works once):")
    for language, employee in WHO.items():
        print(f"    {employee} ({language}): {served.command('agents', 'code', employee)}")
    print(f"\n{vpn_words(stand_ins.vpn)}")
    print(f"One-time codes to sign the addendum appear in {served.data / 'console-codes.jsonl'}")
    print(f"Helpdesk console: {served.console_url}\nThe wizard opens now; close it to end the demo.", flush=True)
    webbrowser.open(served.console_url)
    profile = output / f"profile-{options.lang}"
    wizard = [sys.executable, "-m", "app", "--settings", str(settings), "--profile", str(profile)]
    watched = ["--watch-loop"] if options.watch_loop else []
    subprocess.run([*wizard, "--lang", options.lang, "--theme", options.theme, *watched], check=False)
    return report(served, output, WHO[options.lang])


def vpn_words(setting: str) -> str:
    """What somebody at the screen has to type when the tunnel asks who they are."""
    if setting == SIMULATED_VPN:
        return "VPN (played, there is no gateway): any user name, any password"
    return f"VPN (a practice gateway): any user name, password {PASSWORD}"


def _walk(served: Served, output: Path, options: argparse.Namespace, stand_ins: StandIns) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.commands import walk

    employee = WHO[options.lang]
    code = served.command("agents", "code", employee)
    settings = write_settings(served, output, options.lang, stand_ins)
    profile = output / time.strftime("profile-%Y%m%dT%H%M%S")
    print(f"Walking the journey as agent {employee} ({options.lang}), pressing the real buttons ...", flush=True)
    walked = walk.walk(
        settings,
        profile,
        output,
        options.lang,
        code,
        theme_name=options.theme,
        drain_limit_s=DRAIN_LIMIT_S,
        worn=stand_ins.worn,
        codes=served.data / "console-codes.jsonl",
        name_gaps=options.watch_loop,
    )
    print(f"Longest gap of the event loop: {walked.gaps[0].ms if walked.gaps else 0:.0f} ms over {walked.seconds:.1f} s")
    if options.watch_loop:
        print("\n".join(f"    {gap}" for gap in walked.gaps))
    if walked.problem:
        print(f"The walk stopped: {walked.problem}", file=sys.stderr)
    held = report(served, output, employee)
    return 1 if walked.problem else held


def report(served: Served, output: Path, employee: str) -> int:
    """Read back what the backend holds (never what the wizard says), print it, and judge it."""
    text = served.command("report", employee)
    (output / "report.json").write_text(text + "\n", "utf-8")
    held: dict[str, Any] = json.loads(text)
    steps: list[dict[str, Any]] = held["steps"]
    print(f"\nWhat the backend holds of agent {employee} (chain {held.get('chain')}, {held.get('events')} events):")
    for step in steps:
        mark = " (simulated)" if step["simulated"] else ""
        print(f"    #{step['sequence']:<4} {step['id']:<12} {step['outcome']:<16} {step['code']}{mark}")
    wanted = held["session"].get("journey_steps") or []
    reached = {step["id"] for step in steps if Outcome(step["outcome"]).lets_on}
    missing = [step for step in wanted if step not in reached]
    print(f"\nReport       {output / 'report.json'}")
    print(f"Screenshots  {output / 'screens'}")
    print(f"Documents    {output / 'documents'}")
    if not wanted or missing:
        print(f"Not reached: {', '.join(missing) or 'the journey itself'}", file=sys.stderr)
        return 1
    if not _addendum_holds(served, output / "documents"):
        return 1
    print("Every step of the journey reached the backend.")
    return 0


def _addendum_holds(served: Served, documents: Path) -> bool:
    """The signed addendum, verified against the company's root alone, as anybody can; there may be none."""
    signed, root = documents / "addendum-signed.pdf", served.data / "pki" / "root.pem"
    if not signed.exists() or not root.exists():
        return not signed.exists()
    shutil.copy2(root, documents / "root.pem")
    try:
        verdict = json.loads(served.command("verify", str(signed), "--trust", str(documents / "root.pem"), "--json"))
    except RuntimeError as error:
        print(f"The signed addendum does not hold: {error}", file=sys.stderr)
        return False
    (documents / "verdict.json").write_text(json.dumps(verdict, ensure_ascii=False, indent=2) + "\n", "utf-8")
    print(f"Signed addendum verified: marhaba backend verify {signed} --trust {documents / 'root.pem'}")
    return True

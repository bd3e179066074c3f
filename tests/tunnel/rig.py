"""Two namespaces with the simulated line between them, the practice gateway (a real OpenVPN server) in the far one, and the real client
of `app.system.vpn` in the near one.

`with Rig(home) as rig` starts everything in about a second; one rig serves many tests, as the user's name chooses the dialogue
(see app/system/vpn/practice/gatekeeper.py) and `rig.profile(...)` makes the profiles.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.core.tunnel import Answer, AnswerTo, Question
from app.system.vpn.openvpn import OpenVpn
from app.system.vpn.practice.gatekeeper import CODE, PASSWORD
from app.system.vpn.practice.gateway import Plan
from tests.link.rig import missing as no_line
from tests.link.simulator import Shape, written

CUT = Shape(loss_percent=100)
FINE = Shape(40, 1, 0, 30, 10, 200)
WIRE = Shape()


def missing() -> str:
    """Why this machine has no rig; empty where it has."""
    if shutil.which("openvpn", path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None:
        return "no openvpn"
    return no_line()


class Rig:
    """`block` keeps rigs that run at once apart (0 to 127)."""

    def __init__(self, home: Path, *words: str, block: int | None = None) -> None:
        self.home = home
        self.block = os.getpid() % 100 if block is None else block
        self.plan = Plan.numbered(self.block)
        self.near, self.far = f"mtn{os.getpid()}-{self.block}", f"mtf{os.getpid()}-{self.block}"
        self.profiles = home / "profiles"
        self._words = words
        self._simulator: subprocess.Popen[bytes] | None = None
        self._gateway: subprocess.Popen[bytes] | None = None
        self._count = 0

    def inside(self, *words: str) -> list[str]:
        """Words to run a program in the near namespace, where the agent is."""
        return ["ip", "netns", "exec", self.near, *words]

    def shape(self, shape: Shape) -> None:
        assert self._simulator is not None
        assert self._simulator.stdin is not None
        assert self._simulator.stdout is not None
        self._simulator.stdin.write(written(shape))
        self._simulator.stdin.flush()
        assert self._simulator.stdout.readline() == b"shaped\n"

    def command(self, **command: Any) -> dict[str, Any]:
        """One command of the gateway (see app/system/vpn/practice/__main__.py)."""
        assert self._gateway is not None
        assert self._gateway.stdin is not None
        assert self._gateway.stdout is not None
        self._gateway.stdin.write(json.dumps(command).encode() + b"\n")
        self._gateway.stdin.flush()
        answer: dict[str, Any] = json.loads(self._gateway.stdout.readline())
        assert "error" not in answer, answer
        return answer

    def profile(self, name: str = "", **wanted: Any) -> str:
        """Lay a profile on the shelf; its name. `wanted` as in `Gateway.profile`, with wrong_ca and wrong_key."""
        self._count += 1
        name = name or f"profile-{self._count}"
        (self.profiles / f"{name}.ovpn").write_text(self.command(profile=wanted)["profile"], "utf-8")
        return name

    def vpn(self, **options: Any) -> OpenVpn:
        """The real client, whose openvpn lives in the near namespace."""
        return OpenVpn(self.profiles, launcher=self.inside(), **options)

    def routes(self) -> str:
        """The near namespace's routes, as ip(8) shows them."""
        return subprocess.run(["ip", "-n", self.near, "route"], capture_output=True, text=True, check=True).stdout

    def devices(self) -> set[str]:
        shown = subprocess.run(["ip", "-n", self.near, "-j", "link"], capture_output=True, check=True).stdout
        return {link["ifname"] for link in json.loads(shown)}

    def __enter__(self) -> "Rig":
        try:
            self._started()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _started(self) -> None:
        self.profiles.mkdir(parents=True, exist_ok=True)
        for name in (self.near, self.far):
            subprocess.run(["ip", "netns", "add", name], check=True)
            subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
        words = [sys.executable, "-m", "tests.link.simulator", self.near, self.plan.near, self.far, self.plan.far]
        self._simulator = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._simulator.stdout is not None
        assert self._simulator.stdout.readline() == b"ready\n"
        served = ["ip", "netns", "exec", self.far, sys.executable, "-m", "app.system.vpn.practice", str(self.home), str(self.block)]
        self._gateway = subprocess.Popen([*served, *self._words], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._gateway.stdout is not None
        assert self._gateway.stdout.readline() == b'{"ready": true}\n'

    def __exit__(self, *_: object) -> None:
        for process in (self._gateway, self._simulator):
            if process is not None:
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.close()
                process.wait(10)
                process.stdout.close()
        for name in (self.near, self.far):
            subprocess.run(["ip", "netns", "delete", name], check=False)


class Person:
    """Answers questions from a list, or always the same; keeps what was asked. `give_up` after so many questions."""

    def __init__(self, user: str = "agent", password: str = PASSWORD, code: str = CODE, *, then: list[Answer | None] | None = None) -> None:
        self.usual = Answer(user, password, code)
        self.first = list(then or [])
        self.asked: list[Question] = []

    async def __call__(self, question: Question) -> Answer | None:
        self.asked.append(question)
        return self.first.pop(0) if self.first else self.usual


def answer(user: str = "agent", password: str = PASSWORD, code: str = CODE) -> AnswerTo:
    return Person(user, password, code)

"""A real backend in its own process on a free port, and devices that talk to it as a wizard does."""

import contextlib
import io
import json
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.backend.cli import main
from app.contracts import chain, events, keys
from app.contracts.enrolment import Enrolment, EnrolmentRequest, MachineFacts, proof_message
from app.contracts.outcomes import Outcome
from app.contracts.receipts import BATCH_MEDIA_TYPE

STEPS = ["welcome", "identity", "guidelines", "ready"]
JOURNEY: dict[str, Any] = {
    "id": "telecom_fr",
    "version": 3,
    "title": {"fr": "Télécom", "ar": "اتصالات", "en": "Telecom"},
    "steps": [{"id": step} for step in STEPS],
    "certificate_days": 90,
}
CSV_HEAD = "employee_id,name,language,site,activity,first_call,pc_model,pc_serial,box_model,box_serial,headset_model,headset_serial"
CSV = f"""{CSV_HEAD}
{{one}},Imane Berrada,fr,Casablanca,telecom_fr,2026-12-01T09:00,Latitude 5440,PC-1,B535,BX-1,Blackwire 3220,HS-1
{{two}},Youssef Alami,ar,Rabat,telecom_fr,,Latitude 5440,PC-2,B535,BX-2,Blackwire 3220,HS-2
"""


def until(condition: Callable[[], Any], limit_s: float = 10.0) -> Any:
    """What `condition` gives once it is true."""
    deadline = time.monotonic() + limit_s
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come true in time"
        time.sleep(0.01)
    return found


@dataclass
class Backend:
    """`with Backend(tmp) as backend:`; `start` and `kill` may be called again."""

    home: Path
    database: str = ""
    more: list[str] = field(default_factory=list)
    process: "subprocess.Popen[bytes] | None" = None
    url: str = ""
    journey_key: str = ""
    console_url: str = ""
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=20, trust_env=False))
    one: str = ""
    """The agents of this test."""
    two: str = ""
    tests: int = 0
    program: str = "app.backend"
    """The module that is run as the server."""

    def __post_init__(self) -> None:
        self.journeys = self.home / "journeys"
        self.content = self.home / "content"
        if not self.journeys.exists():
            self.journeys.mkdir(parents=True)
            self.put_journey()
            quiz = self.content / "fr" / "guidelines" / "quiz.toml"
            quiz.parent.mkdir(parents=True)
            quiz.write_text('version = "2026.1"\n', "utf-8")
            texts = self.content / "fr" / "steps"
            texts.mkdir()
            (texts / "guidelines.md").write_text(
                "# Consignes\n\n## guidelines.quiz_failed · agent\n### Encore quelques points\nTexte.\n", "utf-8"
            )

    def put_journey(self, activity: str = "telecom_fr", **change: Any) -> None:
        path = self.journeys / f"{activity}.json"
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps({**JOURNEY, **change}), "utf-8")
        beside.replace(path)

    def _common(self) -> list[str]:
        return ["--data", str(self.home / "data"), *(["--database", self.database] if self.database else [])]

    def fresh(self) -> None:
        """Two agents and an address that no test before has used."""
        self.tests += 1
        self.client.close()
        transport = httpx.HTTPTransport(local_address=f"127.0.1.{self.tests}")
        self.client = httpx.Client(timeout=20, trust_env=False, transport=transport)
        self.one, self.two = f"A{self.tests}", f"B{self.tests}"
        self.people(CSV.format(one=self.one, two=self.two))

    def command(self, *words: str, ok: bool = True) -> str:
        """What a command says on stdout; it runs in this process, on the same files as the server."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main([*words, *self._common()])
        assert (code == 0) is ok
        return out.getvalue().strip()

    def typed(self, *words: str, ok: bool = True) -> "subprocess.CompletedProcess[str]":
        """A command in a process of its own, as it is typed."""
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "app.backend", *words, *self._common()],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode == 0) is ok, done.stderr
        return done

    def start(self) -> None:
        ready = self.home / "ready.json"
        ready.unlink(missing_ok=True)
        words = ["serve", "--port", "0", "--journeys", str(self.journeys), "--content", str(self.content), "--ready-file", str(ready)]
        with (self.home / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "error", "-m", self.program, *words, *self._common(), *self.more], stdout=log, stderr=log
            )
        until(lambda: ready.exists() or self.process is None or self.process.poll() is not None, 30)
        assert ready.exists(), self.log()
        found = json.loads(ready.read_text("utf-8"))
        self.url, self.journey_key, self.console_url = found["url"], found["journey_key"], found["console_url"]

    def stop(self) -> float:
        """Seconds from SIGTERM to the end."""
        assert self.process is not None
        began = time.monotonic()
        self.process.terminate()
        self.process.wait(timeout=15)
        return time.monotonic() - began

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=15)

    def log(self) -> str:
        return (self.home / "log.txt").read_text("utf-8", "replace")

    def __enter__(self) -> "Backend":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        if self.process is not None and self.process.poll() is None:
            self.stop()

    def people(self, text: str) -> None:
        path = self.home / "agents.csv"
        path.write_text(text, "utf-8")
        self.command("agents", "import", str(path))

    def code(self, employee_id: str = "", *more: str) -> str:
        return self.command("agents", "code", employee_id or self.one, *more)

    def report(self, employee_id: str = "") -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.command("report", employee_id or self.one))
        return found

    def enrol(self, request: EnrolmentRequest) -> httpx.Response:
        return self.client.post(
            f"{self.url}/v1/enrolments", content=msgspec.json.encode(request), headers={"Content-Type": "application/json"}
        )

    def paired(self, employee_id: str = "", device: "Device | None" = None) -> "Device":
        """A device that holds a token for this agent."""
        device = device or Device()
        answer = self.enrol(device.request(self.code(employee_id)))
        assert answer.status_code == 200, answer.text
        device.token = msgspec.json.decode(answer.content, type=Enrolment).token
        return device

    def post(self, device: "Device", lines: list[bytes], **headers: str) -> httpx.Response:
        return self.post_raw(device, b"[" + b",".join(lines) + b"]", **headers)

    def post_raw(self, device: "Device", body: bytes, **headers: str) -> httpx.Response:
        sent = {"Content-Type": BATCH_MEDIA_TYPE, "Authorization": f"Bearer {device.token}"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"{self.url}/v1/events", content=body, headers=sent)


class Device:
    """A device key and the chain it signs."""

    def __init__(self, key: Ed25519PrivateKey | None = None, machine: str = "") -> None:
        self.key = key or Ed25519PrivateKey.generate()
        self.machine = machine or uuid.uuid4().hex
        self.public = keys.public_text(self.key)
        self.id = keys.device_id(self.public)
        self.token = ""
        self.sequence = 0
        self.hash = events.ZERO_HASH
        self.last_id = ""

    def request(self, code: str, **change: Any) -> EnrolmentRequest:
        request = EnrolmentRequest(
            code=code,
            public_key=self.public,
            session_code="123456",
            machine=MachineFacts(self.machine, "pc"),
            app_version="0.1.0",
            **change,
        )
        return msgspec.structs.replace(request, proof=keys.sign(self.key, proof_message(request)))

    def event(self, data: Any, /, **change: Any) -> events.Event:
        fields: dict[str, Any] = {
            "id": str(uuid.uuid4()),
            "source": events.source_of(self.id),
            "type": events.KIND_OF.get(type(data), "ma.marhaba.unknown.v1"),
            "time": "2026-11-24T09:00:00.000Z",
            "sequence": self.sequence + 1,
            "monotonic": 1000,
            "previoushash": self.hash,
            "data": msgspec.Raw(msgspec.json.encode(data)),
            **change,
        }
        return events.Event(**fields)

    def line(self, data: Any, /, **change: Any) -> bytes:
        """The next line of the chain."""
        event = self.event(data, **change)
        return self.took(chain.seal(event, self.key), event)

    def took(self, line: bytes, event: events.Event) -> bytes:
        self.sequence, self.hash, self.last_id = event.sequence, chain.line_hash(line), event.id
        return line

    def started(self) -> list[bytes]:
        """The lines up to the adopted journey."""
        return [
            self.line(events.SessionStarted(self.public, "123456", "1", "fr", "0.1.0")),
            self.line(events.DeviceEnrolled("claimed", "Imane Berrada", "Casablanca", "telecom_fr")),
            self.line(events.JourneyAdopted("telecom_fr", 3, "0" * 64, STEPS)),
        ]

    def steps(self, *names: str, outcome: Outcome = Outcome.PASSED) -> list[bytes]:
        lines = []
        for name in names:
            lines.append(self.line(events.StepEntered(name)))
            lines.append(self.line(events.StepFinished(name, outcome, f"{name}.{outcome.value}", {"took_ms": 12})))
        return lines


@contextlib.contextmanager
def stream(backend: Backend) -> Iterator[Iterator[str]]:
    """The lines of the console's stream, past its greeting."""
    with httpx.Client(timeout=20, trust_env=False, follow_redirects=True) as client:
        client.get(backend.console_url)
        with client.stream("GET", f"{backend.url}/console/stream") as answer:
            assert answer.status_code == 200
            lines = answer.iter_lines()
            while next(lines) != "event: hello":
                pass
            next(lines)
            yield lines

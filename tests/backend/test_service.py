"""The process as a whole: start, stop, kill, errors, what it says of itself."""

import json
import os
import ssl
import stat
import subprocess
import threading
from pathlib import Path

import httpx
import pytest

from app.contracts.problems import decode_problem
from tests.backend.rig import Backend, Device, stream, until


def test_health_and_schema(backend: Backend) -> None:
    assert backend.client.get(f"{backend.url}/health/live").json()["status"] == "live"
    assert backend.client.get(f"{backend.url}/health/ready").json() == {"status": "ready"}
    schema = backend.client.get(f"{backend.url}/schema/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert {"/v1/enrolments", "/v1/events", "/v1/journeys/{activity}", "/v1/certificates/{code}"} <= set(schema["paths"])
    assert not any(path.startswith("/console") for path in schema["paths"])
    assert "EnrolmentRequest" in json.dumps(schema["paths"]["/v1/enrolments"]["post"]["requestBody"])
    assert "application/cloudevents-batch+json" in schema["paths"]["/v1/events"]["post"]["requestBody"]["content"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "http.404"),
        ("GET", "/v1/nowhere", 404, "http.404"),
        ("DELETE", "/v1/events", 405, "http.405"),
        ("GET", "/v1/content/unknown", 404, "content.unknown"),
        ("GET", "/v1/journeys/telecom_fr", 401, "token.refused"),
        ("GET", "/console/static/../../cli.py", 404, "http.404"),
        ("GET", "/console/static/%2e%2e/pages.py", 404, "http.404"),
    ],
)
def test_every_error_is_a_problem(backend: Backend, method: str, path: str, status: int, code: str) -> None:
    answer = backend.client.request(method, backend.url + path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert decode_problem(answer.content, status).code == code
    assert "Traceback" not in answer.text


def test_secrets_are_for_their_owner_only(backend: Backend) -> None:
    data = backend.home / "data"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    for path in (data / "journey-key", data / "console-key", backend.home / "ready.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert backend.typed("journey-key").stdout.strip() == backend.journey_key


def test_sigterm_ends_it_in_time_with_consoles_open(own: Backend) -> None:
    with stream(own) as lines:
        ended = threading.Event()

        def read() -> None:
            with_end = list(lines)
            assert with_end is not None
            ended.set()

        reader = threading.Thread(target=read)
        reader.start()
        assert own.stop() < 3.5
        assert own.process is not None
        assert own.process.returncode == 0
        assert ended.wait(5)
        reader.join()
    assert "Traceback" not in own.log()
    assert not (own.home / "ready.json").exists()


def test_nothing_acknowledged_is_lost_by_kill_9(own: Backend) -> None:
    """Devices keep posting while the server is killed three times; each goes on from what was acknowledged."""
    devices = [own.paired(own.one if n % 2 else own.two) for n in range(4)]
    lines = {device.id: [line for _ in range(30) for line in device.steps("welcome")] for device in devices}
    acked = {device.id: 0 for device in devices}
    kills = threading.Semaphore(0)
    done = threading.Event()

    def post(device: Device) -> None:
        with httpx.Client(timeout=5, trust_env=False) as client:
            while acked[device.id] < len(lines[device.id]):
                at = acked[device.id]
                body = b"[" + b",".join(lines[device.id][at : at + 3]) + b"]"
                try:
                    answer = client.post(f"{own.url}/v1/events", content=body, headers={"Authorization": f"Bearer {device.token}"})
                except httpx.TransportError:
                    done.wait(0.05)
                    continue
                assert answer.status_code == 200, answer.text
                assert answer.json().get("refused", []) == []
                acked[device.id] = answer.json()["acked_sequence"]
                kills.release()

    threads = [threading.Thread(target=post, args=(device,)) for device in devices]
    for thread in threads:
        thread.start()
    for _ in range(3):
        for _ in range(8):
            kills.acquire()
        own.kill()
        own.start()
    for thread in threads:
        thread.join(60)
    assert acked == {device.id: 60 for device in devices}
    for employee_id in (own.one, own.two):
        record = own.report(employee_id)
        assert (record["chain"], record["quarantined"]) == ("unbroken", 0)


def test_a_taken_port_is_said_plainly(own: Backend) -> None:
    port = own.url.rsplit(":", 1)[1]
    done = own.typed("serve", "--port", port, "--journeys", str(own.journeys), ok=False)
    assert f"port {port} cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_journey_stops_the_start(tmp_path: Path) -> None:
    backend = Backend(tmp_path / "backend")
    backend.client.close()
    (backend.journeys / "bank.json").write_text('{"id": "bank"}', "utf-8")
    done = backend.typed("serve", "--port", "0", "--journeys", str(backend.journeys), ok=False)
    assert "bank.json" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("address", ["nonsense", "mysql://x/y", "sqlite:////nowhere/at/all.db", "postgresql://localhost:1/x"])
def test_a_database_that_cannot_be_used_is_said_plainly(tmp_path: Path, address: str) -> None:
    backend = Backend(tmp_path / "backend", database=address)
    backend.client.close()
    done = backend.typed("agents", "list", ok=False)
    assert done.stderr.startswith("marhaba backend: ")
    assert "Traceback" not in done.stderr


def test_a_damaged_database_is_said_plainly(tmp_path: Path) -> None:
    backend = Backend(tmp_path / "backend")
    backend.client.close()
    (backend.home / "data").mkdir(mode=0o700)
    (backend.home / "data" / "backend.db").write_bytes(os.urandom(5000))
    for words in (["agents", "list"], ["serve", "--port", "0", "--journeys", str(backend.journeys)]):
        done = backend.typed(*words, ok=False)
        assert done.stderr.splitlines()[-1] == "marhaba backend: the database cannot be used: DatabaseError: file is not a database"
        assert "Traceback" not in done.stderr


def test_what_cannot_be_served_is_said_plainly_and_nothing_is_opened(tmp_path: Path) -> None:
    backend = Backend(tmp_path / "backend")
    backend.client.close()
    (tmp_path / "no.pem").write_text("x")
    none, no, journeys = str(tmp_path / "none.pem"), str(tmp_path / "no.pem"), ["--journeys", str(backend.journeys)]
    for words, said in (
        (["--tls-cert", none, "--tls-key", no], f"{none}: there is no such file"),
        (["--tls-cert", no, "--tls-key", no], f"--tls-cert {no} and --tls-key {no} are no certificate (PEM) with its private key: "),
    ):
        done = backend.typed("serve", "--port", "0", *journeys, *words, ok=False)
        assert done.stderr.startswith(f"marhaba backend: {said}")
        assert not (backend.home / "data").exists()
    assert "port 99999 cannot be used" in backend.typed("serve", "--port", "99999", *journeys, ok=False).stderr.splitlines()[-1]


def test_tls(tmp_path: Path) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -days 2"
    subprocess.run(["openssl", *words.split(), "-keyout", key, "-out", cert], check=True, capture_output=True)
    with Backend(tmp_path / "backend", more=["--tls-cert", str(cert), "--tls-key", str(key)]) as backend:
        assert backend.url.startswith("https://")
        with httpx.Client(verify=ssl.create_default_context(cafile=str(cert)), trust_env=False) as client:
            answer = client.get(backend.console_url)
            assert answer.status_code == 303
            assert "Secure" in answer.headers["Set-Cookie"]
            assert "Strict-Transport-Security" in client.get(f"{backend.url}/health/live").headers


def test_subscribers_do_not_leak(own: Backend) -> None:
    """Consoles that leave give back what they held: the process' open sockets fall back to where they were."""
    assert own.process is not None
    files = Path(f"/proc/{own.process.pid}/fd")
    if not files.exists():
        pytest.skip("no /proc on this system")
    with stream(own):
        pass
    before = len(os.listdir(files))
    for _ in range(10):
        with stream(own):
            pass
    until(lambda: len(os.listdir(files)) <= before)

"""Two namespaces, the simulated line between them, the real backend (TLS) behind it, and the real probe before it."""

import contextlib
import datetime
import ipaddress
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.link.simulator import DEVICE, Shape, written

NEAR, FAR = "10.201.77.2", "10.201.77.1"
PORT = 8470
URL = f"https://{FAR}:{PORT}"
SHAPES = {
    "good": Shape(50, 1, 0, 30, 10, 200),
    "average": Shape(60, 8, 1, 10, 4, 300),
    "poor": Shape(90, 5, 2, 2, 0.5, 800),
    "bloated": Shape(40, 1, 0, 8, 2, 1500),
}


def first_served(process: int = 0) -> None:
    """Ahead of what else the machine does: a line that is late by itself, or a probe that is not woken, would be measured with the line."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, process, -15)


def missing() -> str:
    """Why this machine cannot simulate a line; empty where it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs Linux and root"
    if not Path("/dev/net/tun").exists():
        return "no TUN device"
    name = f"mrt{os.getpid()}"
    try:
        made = subprocess.run(["ip", "netns", "add", name], capture_output=True, check=False)
        if made.returncode == 0:  # a namespace that nothing can be run in (a chroot, for one) is none
            made = subprocess.run(["ip", "netns", "exec", name, "true"], capture_output=True, check=False)
    except OSError:
        return "no iproute2"
    subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)
    return "" if made.returncode == 0 else "network namespaces are not permitted"


class Link:
    """`near` and `far` are namespaces."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.near, self.far = f"mrn{os.getpid()}", f"mrf{os.getpid()}"
        self.environment = {**os.environ, "SSL_CERT_FILE": str(home / "cert.pem")}
        self._simulator: subprocess.Popen[bytes] | None = None

    def shape(self, shape: Shape) -> None:
        assert self._simulator is not None
        assert self._simulator.stdin is not None
        assert self._simulator.stdout is not None
        self._simulator.stdin.write(written(shape))
        self._simulator.stdin.flush()
        assert self._simulator.stdout.readline() == b"shaped\n"

    def inside(self, namespace: str, *words: str) -> list[str]:
        return ["ip", "netns", "exec", namespace, sys.executable, *words]

    def carried(self) -> int:
        """Bytes that crossed the near device, both ways."""
        shown = subprocess.run(["ip", "-n", self.near, "-s", "-j", "link", "show", DEVICE], capture_output=True, check=True)
        stats = json.loads(shown.stdout)[0]["stats64"]
        return int(stats["rx"]["bytes"]) + int(stats["tx"]["bytes"])

    def measure(self, url: str = URL, **options: float | str) -> dict[str, Any]:
        """One run of the probe, and under `line_mb` what crossed the line."""
        words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        before = self.carried()
        done = subprocess.run(
            self.inside(self.near, "-m", "tests.link.measure", url, *words),
            capture_output=True, text=True, timeout=60, check=False, env=self.environment,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        time.sleep(0.3)
        return {**json.loads(done.stdout), "line_mb": (self.carried() - before) / 1e6}

    @contextlib.contextmanager
    def serving(self, *words: str, ready: Path | None = None) -> Iterator["subprocess.Popen[bytes]"]:
        """A program in the far namespace, until the end of the block."""
        with (self.home / "server.log").open("ab") as log:
            process = subprocess.Popen(self.inside(self.far, *words), stdout=log, stderr=log, env=self.environment)
        first_served(process.pid)
        try:
            deadline = time.monotonic() + 30
            while ready is not None and not ready.exists():
                assert process.poll() is None, (self.home / "server.log").read_text("utf-8")
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield process
        finally:
            process.terminate()
            process.wait(10)

    def backend(self) -> "contextlib.AbstractContextManager[subprocess.Popen[bytes]]":
        ready = self.home / "ready.json"
        certificate, key = str(self.home / "cert.pem"), str(self.home / "key.pem")
        return self.serving(
            "-m", "app.backend", "serve", "--host", FAR, "--port", str(PORT), "--data", str(self.home / "data"),
            "--tls-cert", certificate, "--tls-key", key, "--ready-file", str(ready), ready=ready,
        )  # fmt: skip

    def __enter__(self) -> "Link":
        _certificate(self.home)
        for name in (self.near, self.far):
            subprocess.run(["ip", "netns", "add", name], check=True)
            subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
            # What most machines have; a line must be measured right with it.
            subprocess.run(
                ["ip", "netns", "exec", name, "sh", "-c", "echo cubic > /proc/sys/net/ipv4/tcp_congestion_control"],
                capture_output=True, check=False,
            )  # fmt: skip
        words = [sys.executable, "-m", "tests.link.simulator", self.near, NEAR, self.far, FAR]
        self._simulator = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        first_served(self._simulator.pid)
        assert self._simulator.stdout is not None
        assert self._simulator.stdout.readline() == b"ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        if self._simulator is not None:
            assert self._simulator.stdin is not None
            assert self._simulator.stdout is not None
            self._simulator.stdin.close()
            self._simulator.wait(5)
            self._simulator.stdout.close()
        for name in (self.near, self.far):
            subprocess.run(["ip", "netns", "delete", name], check=False)


def expected_loss(shape: Shape) -> float:
    """Percent of round trips that lose one way or the other."""
    one = shape.loss_percent / 100
    return 100 * (1 - (1 - one) ** 2)


def _certificate(home: Path) -> None:
    """A self-signed certificate for the far address, which the probe's process trusts through SSL_CERT_FILE."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "line")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(FAR))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (home / "key.pem").write_bytes(private)
    (home / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


__all__ = ["FAR", "NEAR", "PORT", "SHAPES", "URL", "Link", "expected_loss", "first_served", "missing"]

"""The gateway itself: openvpn as a server, UDP and TCP, on addresses of a network that no home uses."""

import ipaddress
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.system.vpn.management import quote
from app.system.vpn.practice import inside, pki
from app.system.vpn.practice.gatekeeper import Gatekeeper

_START_S = 10.0


PROFILE = "practice-gateway"
"""The name of the profile that is laid in the practice gateway's directory: what a demo's page calls the gateway."""


@dataclass(frozen=True)
class Plan:
    """Where everything is, inside 198.18.0.0/15 (RFC 2544, never a home's): `block` is a /22 of it."""

    block: ipaddress.IPv4Network

    @classmethod
    def numbered(cls, number: int) -> "Plan":
        """0 to 127."""
        return cls(ipaddress.IPv4Network((int(ipaddress.IPv4Address("198.18.0.0")) + number * 1024, 22)))

    def _at(self, third: int, last: int) -> str:
        return str(self.block.network_address + third * 256 + last)

    @property
    def near(self) -> str:
        return self._at(0, 2)

    @property
    def far(self) -> str:
        """The gateway's address on the line."""
        return self._at(0, 1)

    @property
    def applications(self) -> str:
        return self._at(3, 10)

    @property
    def probe(self) -> str:
        return self._at(3, 20)

    @property
    def names(self) -> str:
        return self._at(3, 53)

    @property
    def inside(self) -> str:
        return self._at(3, 0)

    def pool(self, transport: str) -> str:
        return self._at(1 if transport == "udp" else 2, 0)


PORTS = {"udp": 1194, "tcp": 443}


class Gateway:
    """`home` keeps keys, logs and sockets. `token`: whether a reconnect is let in without a password. `extra`: more server options."""

    def __init__(self, home: Path, plan: Plan, *, token: bool = True, extra: Sequence[str] = ()) -> None:
        self.home = home
        self.plan = plan
        self._token = token
        self._extra = tuple(extra)
        self.authority = pki.Authority()
        self.key = pki.static_key()
        self._running: dict[str, tuple[subprocess.Popen[bytes], Gatekeeper]] = {}
        server = self.authority.server("gateway.practice")
        self._write("ca.pem", self.authority.certificate)
        self._write("server.pem", server.certificate)
        self._write("server.key", server.key)
        self._write("tc.key", self.key)
        hosts = [*inside.names_at("", ""), plan.applications, plan.probe]
        web = self.authority.server("applications", hosts)
        self._write("web.pem", web.certificate)
        self._write("web.key", web.key)

    def _write(self, name: str, text: str) -> None:
        path = self.home / name
        path.touch(0o600)
        path.write_text(text, "utf-8")

    def profile(
        self,
        *,
        transports: Sequence[str] = ("udp", "tcp"),
        password: bool = True,
        challenge: str = "",
        expired: bool = False,
        authority: pki.Authority | None = None,
        stranger: bool = False,
        key: str = "",
        more: Sequence[str] = (),
    ) -> str:
        """A client's profile. `authority`: one that the gateway is not of; `stranger`: a certificate that the gateway does not know."""
        issuer = pki.Authority("stranger") if stranger else self.authority
        mine = issuer.client("agent", expired=expired)
        lines = ["client", "dev tun", "nobind", "remote-cert-tls server", *more]
        lines += [f"remote {self.plan.far} {PORTS[transport]} {transport}" for transport in transports]
        lines += ["auth-user-pass"] if password else []
        lines += [f"static-challenge {quote(challenge)} 1"] if challenge else []
        blocks = {
            "ca": (authority or self.authority).certificate,
            "cert": mine.certificate,
            "key": mine.key,
            "tls-crypt": key or self.key,
        }
        return "\n".join([*lines, *(f"<{tag}>\n{text}</{tag}>" for tag, text in blocks.items())]) + "\n"

    def _options(self, transport: str) -> list[str]:
        plan = self.plan
        options = [
            f"--dev tun{transport} --dev-type tun --proto {'udp' if transport == 'udp' else 'tcp-server'}",
            f"--local {plan.far} --port {PORTS[transport]} --server {plan.pool(transport)} 255.255.255.0 --topology subnet",
            "--ca ca.pem --cert server.pem --key server.key --dh none --tls-crypt tc.key --verify-client-cert require",
            "--data-ciphers AES-256-GCM:CHACHA20-POLY1305 --keepalive 2 6 --persist-tun --persist-key --verb 3",
            f"--management {transport}.sock unix --management-client-auth --auth-user-pass-optional",
        ]
        words = " ".join(options).split()
        words += ["--auth-gen-token", "3600", "external-auth"] if self._token else []
        pushed = (f"route {plan.inside} 255.255.255.0", f"dhcp-option DNS {plan.names}", f"dhcp-option DOMAIN {inside.ZONE}")
        for option in pushed:
            words += ["--push", option]
        return [*words, *self._extra]

    def start(self, transport: str) -> None:
        """Errors: RuntimeError with what openvpn said."""
        program = shutil.which("openvpn", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/usr/local/sbin")
        if program is None:
            raise RuntimeError("openvpn is not installed")
        door = self.home / f"{transport}.sock"
        door.unlink(missing_ok=True)
        words = ["setpriv", "--pdeathsig", "KILL", program, *self._options(transport)]
        log = self.home / f"{transport}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(words, cwd=self.home, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        until = time.monotonic() + _START_S
        while time.monotonic() < until and process.poll() is None:
            if b"Initialization Sequence Completed" in log.read_bytes():
                joined = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                joined.connect(str(door))
                self._running[transport] = (process, Gatekeeper(joined))
                return
            time.sleep(0.01)
        process.kill()
        process.wait()
        raise RuntimeError(f"the practice gateway did not start: {log.read_text('utf-8', 'replace')[-400:]}")

    def stop(self, transport: str) -> None:
        running = self._running.pop(transport, None)
        if running is not None:
            process, gatekeeper = running
            process.kill()
            process.wait()
            gatekeeper.close()

    def tell(self, transport: str, text: str) -> None:
        """A command for the server's management interface (`kill agent`)."""
        self._running[transport][1].send(text)

    @property
    def asked(self) -> int:
        """How many passwords were judged."""
        return sum(gatekeeper.asked for _, gatekeeper in self._running.values())

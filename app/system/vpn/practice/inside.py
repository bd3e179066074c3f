"""What stands behind the practice gateway: a name server and the activity's applications, over HTTPS."""

import http.server
import ipaddress
import socket
import ssl
import struct
import threading
from collections.abc import Mapping
from pathlib import Path

ZONE = "intra.practice"
APPLICATIONS = ("crm", "telephony", "intranet")
_A, _IN, _REFUSED, _NXDOMAIN = 1, 1, 5, 3


class NameServer:
    """Answers A questions (RFC 1035) of its own zone on UDP; everything else is refused. `names` may change while it runs."""

    def __init__(self, address: str, names: dict[str, str], port: int = 53) -> None:
        self.names = names
        self.asked: list[str] = []
        self.silent = False
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((address, port))
        threading.Thread(target=self._serve, name="practice names", daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                question, asker = self._socket.recvfrom(1500)
            except OSError:
                return
            answer = None if self.silent else self.answer(question)
            if answer is not None:
                self._socket.sendto(answer, asker)

    def answer(self, question: bytes) -> bytes | None:
        """None for what is no question."""
        if len(question) < 17 or question[2] & 0x80:
            return None
        labels, at = [], 12
        while at < len(question) and question[at]:
            labels.append(question[at + 1 : at + 1 + question[at]].decode("ascii", "replace").lower())
            at += 1 + question[at]
        if at + 5 > len(question):
            return None
        name, section = ".".join(labels), question[12 : at + 5]
        kind, family = struct.unpack("!HH", question[at + 1 : at + 5])
        del self.asked[:-100]
        self.asked.append(name)
        code = 0 if name in self.names else (_NXDOMAIN if name == ZONE or name.endswith(f".{ZONE}") else _REFUSED)
        record = b""
        if code == 0 and (kind, family) == (_A, _IN):
            packed = ipaddress.IPv4Address(self.names[name]).packed
            record = struct.pack("!HHHIH", 0xC00C, _A, _IN, 30, 4) + packed
        flags = 0x8400 | (struct.unpack("!H", question[2:4])[0] & 0x0100) | code
        return question[:2] + struct.pack("!HHHHH", flags, 1, 1 if record else 0, 0, 0) + section + record

    def close(self) -> None:
        self._socket.close()


class _Application(http.server.BaseHTTPRequestHandler):
    """One page an application, by the Host asked for."""

    protocol_version = "HTTP/1.1"
    down: frozenset[str] = frozenset()

    def do_GET(self) -> None:
        name = self.headers.get("Host", "").partition(".")[0].lower()
        known = name in APPLICATIONS
        status = 404 if not known else 503 if name in type(self).down else 200
        body = f"{name}: {'ready' if status == 200 else 'not here'}\n".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, format: str, *arguments: object) -> None:
        return None


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, request: object, client_address: object) -> None:
        return None  # a check that only opens the port is no error


class Applications:
    """HTTPS on `address`, all names on one certificate. `down` names those that answer 503 now."""

    def __init__(self, address: str, certificate: Path, key: Path, port: int = 443) -> None:
        class Handler(_Application):
            """Of this server alone."""

        self._handler = Handler
        self._server = _Server((address, port), self._handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(certificate, key)
        # The handshake is made in the request's own thread: a client that stays silent holds nobody up.
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self._server.serve_forever, name="practice applications", daemon=True).start()

    def down(self, names: frozenset[str]) -> None:
        self._handler.down = names

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def names_at(application: str, probe: str) -> Mapping[str, str]:
    """The zone: each application, and the probe of the line."""
    return {**{f"{name}.{ZONE}": application for name in APPLICATIONS}, f"probe.{ZONE}": probe, ZONE: application}

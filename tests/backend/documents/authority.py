"""A time-stamping authority that is not ours: OpenSSL behind a small server, with a CA, a certificate and CRLs of its own."""

import http.server
import subprocess
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from app.backend.documents import profiles
from app.backend.documents.profiles import Issuer
from app.backend.documents.signing_keys import FileKey

CONFIG = """
[tsa]
default_tsa = here
[here]
serial = serial
crypto_device = builtin
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class OpensslAuthority:
    """`with OpensslAuthority(folder) as tsa:`. `mood`: good, down, slow, garbage, replay (an old answer), error."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mood, self.asked = folder, "good", 0
        self._kept = b""
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status, answer = authority.answer(body)
                self._send(status, answer, "application/timestamp-reply")

            def do_GET(self) -> None:
                self._send(200, (authority.folder / "root.crl").read_bytes(), "application/pkix-crl")

            def _send(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._make()

    def _make(self) -> None:
        now = datetime.now(UTC)
        root_key, key = (FileKey(rsa.generate_private_key(65537, 2048)) for _ in range(2))
        root = profiles.root("Horodatage Exemple", root_key, now)
        issuer = Issuer(root, root_key)
        certificate = profiles.time_stamping("Horodatage Exemple", key.public_key(), issuer, f"{self.address}/root.crl", now)
        (self.folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
        (self.folder / "tsa.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        private = key._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self.folder / "tsa.key").write_bytes(private)
        (self.folder / "root.crl").write_bytes(profiles.revocation_list(issuer, [], now, 30))
        (self.folder / "tsa.cnf").write_text(CONFIG)
        (self.folder / "serial").write_text("01")
        self.certificate: x509.Certificate = certificate

    def answer(self, request: bytes) -> tuple[int, bytes]:
        with self._lock:
            self.asked += 1
            if self.mood == "garbage":
                return 200, b"\x30\x03\x02\x01\x00"
            if self.mood == "error":
                return 503, b""
            if self.mood == "replay" and self._kept:
                return 200, self._kept
            (self.folder / "q.tsq").write_bytes(request)
            words = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "q.tsq", "-out", "r.tsr"]
            subprocess.run(words, cwd=self.folder, check=True, capture_output=True, timeout=20)
            self._kept = (self.folder / "r.tsr").read_bytes()
        if self.mood == "slow":
            time.sleep(2)
        return 200, self._kept

    def __enter__(self) -> "OpensslAuthority":
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def setup(self, timeout_s: float = 5) -> str:
        """The part of signing.toml that names it."""
        return f'[time_stamp]\nurl = "{self.address}/tsa"\ntrust = "{self.folder / "root.pem"}"\ntimeout_s = {timeout_s}\n'

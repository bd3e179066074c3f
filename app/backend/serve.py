"""Opening everything, serving, and closing everything again."""

import asyncio
import gc
import logging
import signal
import socket
import ssl
import sys
from types import FrameType

import msgspec
import uvicorn

from app.backend import key_files
from app.backend.application import application
from app.backend.documents.addendum_room import AddendumRoom
from app.backend.journeys import Library
from app.backend.live import Hub
from app.backend.probe.bench import Bench, PacketRate
from app.backend.probe.echo import Echo
from app.backend.services import Services
from app.backend.settings import Settings
from app.backend.store.database import Database
from app.backend.store.writer import Writer
from app.backend.verification.desk import Desk
from app.contracts import keys
from app.contracts.addresses import is_loopback

_GRACE_S = 2
_BACKLOG = 4096
_log = logging.getLogger(__name__)


class ServeError(Exception):
    """Why it cannot start, in words for whoever typed the command."""


class Ready(msgspec.Struct):
    """What `--ready-file` holds once requests are answered."""

    url: str
    journey_key: str
    console_url: str
    probe_port: int


class _Server(uvicorn.Server):
    """Tells when it serves, and ends the consoles' streams at the first signal: they would hold up a graceful stop."""

    def __init__(self, config: uvicorn.Config, services: Services, settings: Settings, ready: Ready, echo: socket.socket) -> None:
        super().__init__(config)
        self._hub, self._bench, self._settings, self._ready, self._echo = services.hub, services.bench, settings, ready, echo
        self._echoing: asyncio.BaseTransport | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        if not self.started:
            return
        # Wizards are told the port only now; the socket was bound before, so that a port in use stops the start.
        self._echoing, _ = await self._loop.create_datagram_endpoint(lambda: Echo(self._bench, PacketRate()), sock=self._echo)
        if self._settings.ready_file is not None:
            key_files.write_private(self._settings.ready_file, msgspec.json.encode(self._ready).decode())
        sys.stdout.write(f"Backend: {self._ready.url}\nJourney key: {self._ready.journey_key}\nConsole: {self._ready.console_url}\n")
        sys.stdout.flush()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._echoing is not None:
            self._echoing.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._hub.close)
        super().handle_exit(sig, frame)


def serve(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT. Errors: ServeError, journeys.JourneyFileError, key_files.KeyFileError, OSError."""
    if not settings.tls and not is_loopback(settings.host):
        raise ServeError(
            f"--host {settings.host} can be reached from other machines: give --tls-cert and --tls-key. Plain HTTP is for loopback only."
        )
    if settings.console_codes and not is_loopback(settings.host):
        raise ServeError("--console-codes prints one-time codes: it is for a demo on loopback only")
    _check_certificate(settings)
    data = key_files.open_data(settings.data)
    signing = key_files.journey_key(data)
    library = Library(settings.journeys, settings.content, signing)
    if not library.activities():
        _log.warning("%s holds no journey: nobody can enrol until one is there", settings.journeys)
    console_key = key_files.console_key(data)
    database = Database(settings.database)
    database.migrate()
    writer = Writer(database)
    room = AddendumRoom(data, database, writer, library, console=settings.console_codes, passphrase_file=settings.pki_passphrase_file)
    services = Services(database, writer, library, Hub(), console_key, room, settings.tls, Bench(settings.probe_tests))
    services.verification = Desk(data, database)
    app = application(services)
    listener = _listen(settings)
    echo = _listen_udp(settings, listener.getsockname()[1])
    services.bench.udp_port = echo.getsockname()[1]
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    url = f"{'https' if settings.tls else 'http'}://{host}:{listener.getsockname()[1]}"
    ready = Ready(url, keys.public_text(signing), f"{url}/console?key={console_key}", services.bench.udp_port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,  # addresses hold the console's key on the first visit
        server_header=False,
        proxy_headers=False,
        ws="none",
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_GRACE_S,
        ssl_certfile=settings.tls_cert,
        ssl_keyfile=settings.tls_key,
    )
    # The server raises the signal again once it has stopped, to the handler found here: what is below must still run.
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _signal, _frame: None)
    # What start-up made lives as long as the process: the collector need not look at it again (measured: p99 a quarter).
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    try:
        _Server(config, services, settings, ready, echo).run(sockets=[listener])
    finally:
        services.verification.close()
        room.close()
        writer.close()
        database.close()
        listener.close()
        echo.close()
        if settings.ready_file is not None:
            settings.ready_file.unlink(missing_ok=True)


def _check_certificate(settings: Settings) -> None:
    """The server loads the same files later, and says neither which nor why."""
    if settings.tls_cert is None or settings.tls_key is None:
        return
    for path in (settings.tls_cert, settings.tls_key):
        if not path.is_file():
            raise ServeError(f"{path}: there is no such file")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(settings.tls_cert, settings.tls_key, password="")
    except (OSError, ValueError) as error:
        raise ServeError(
            f"--tls-cert {settings.tls_cert} and --tls-key {settings.tls_key} are no certificate (PEM) with its private key: {error}"
        ) from error


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let a second backend take the same port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise ServeError(f"{settings.host} port {settings.port} cannot be used: {getattr(error, 'strerror', None) or error}") from error
    return listener


def _listen_udp(settings: Settings, http_port: int) -> socket.socket:
    """The echo's socket. A port somebody asked for must be free; the one that follows from a free HTTP port need not be."""
    wanted = settings.probe_port if settings.probe_port is not None else http_port + 1
    choices = [wanted, 0] if settings.probe_port is None and settings.port == 0 else [wanted]
    echo = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_DGRAM)
    for number, port in enumerate(choices, start=1):
        try:
            echo.bind((settings.host, port))
            break
        except (OSError, OverflowError) as error:
            if number == len(choices):
                echo.close()
                raise ServeError(f"{settings.host} UDP port {port} cannot be used for --probe-port: {error}") from error
    echo.setblocking(False)
    return echo

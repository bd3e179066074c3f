"""`marhaba backend ...`: serve, and look after agents, codes and records."""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from app.backend import addenda_cli, agents_csv, clock, key_files, pki_cli, settings, verify_cli
from app.backend.documents.signing_keys import PkiError
from app.backend.journeys import JourneyFileError
from app.backend.store import agents, sessions
from app.backend.store.database import Database
from app.backend.store.report import report
from app.contracts import keys
from app.contracts.problems import ContractError

_DATA_HELP = (
    f"data directory (database, keys). Default: ${settings.DATA_VARIABLE}; else, for root, the system's own "
    f"({settings.site_data()}); else ./backend-data"
)


class _Failure(Exception):
    """What is said on stderr."""


def main(argv: list[str]) -> int:
    """Run one command. Returns the exit code: 0 done, 1 refused with a message on stderr (2, by argparse: not understood)."""
    if not argv or (argv[0].startswith("-") and argv[0] not in ("-h", "--help")):
        argv = ["serve", *argv]
    options = _parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except _Failure as error:
        return _complain(str(error))
    except (JourneyFileError, key_files.KeyFileError, PkiError, ContractError) as error:
        return _complain(str(error))
    except ArgumentError:
        return _complain("--database is not an address of SQLite (sqlite:///path) or PostgreSQL (postgresql://user@host/name)")
    except DatabaseError as error:
        # Away, busy, or no database at all (SQLite's own words). What is narrower is a defect of ours and keeps its trace.
        if type(error) not in (OperationalError, DatabaseError):
            raise
        return _complain(f"the database cannot be used: {type(error.orig).__name__}: {str(error.orig).splitlines()[0]}")
    except OSError as error:
        return _complain(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "))


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR", help=_DATA_HELP)
    common.add_argument("--database", metavar="URL", help="sqlite:///path (default: backend.db in DATA) or postgresql://user@host/name")
    parser = argparse.ArgumentParser(
        prog="marhaba backend", description="The IT service: enrolment, events, certificates, helpdesk console."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", parents=[common], help="answer wizards and show the console (the default command)")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1; any other needs TLS)")
    serve.add_argument("--port", type=int, default=settings.DEFAULT_PORT, help=f"default {settings.DEFAULT_PORT}; 0 takes a free one")
    serve.add_argument("--journeys", type=Path, metavar="DIR", help="<activity>.json files (default: DATA/journeys, else those shipped)")
    serve.add_argument("--content", type=Path, metavar="DIR", help="texts, as {fr,ar,en}/... (default: DATA/content, else those shipped)")
    serve.add_argument("--tls-cert", type=Path, metavar="FILE", help="certificate chain, PEM")
    serve.add_argument("--tls-key", type=Path, metavar="FILE", help="its private key, PEM")
    serve.add_argument(
        "--probe-port", type=int, metavar="N", help="UDP port for tests of the line (default: the HTTP port + 1; 0 takes a free one)"
    )
    serve.add_argument(
        "--probe-tests", type=int, default=settings.DEFAULT_PROBE_TESTS, metavar="N", help="lines tested at once (default %(default)s)"
    )
    serve.add_argument(
        "--ready-file", type=Path, metavar="FILE", help="written once requests are answered: url, journey_key, console_url, probe_port"
    )
    serve.add_argument(
        "--pki-passphrase-file", type=Path, metavar="FILE", help="of the signing keys, where it is not where `pki init` found it"
    )
    serve.add_argument("--console-codes", action="store_true", help="print one-time codes: for a demo, on loopback only")
    serve.set_defaults(run=_serve)

    people = commands.add_parser("agents", help="who is to be onboarded").add_subparsers(required=True, metavar="ACTION")
    columns = f"{','.join(agents_csv.COLUMNS)}, and {','.join(agents_csv.OPTIONAL)} where one-time codes are sent there"
    taken = people.add_parser("import", parents=[common], help=f"read a CSV file with the columns {columns}")
    taken.add_argument("file", type=Path)
    taken.set_defaults(run=_import)
    listed = people.add_parser("list", parents=[common], help="list agents")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=_list)
    code = people.add_parser("code", parents=[common], help="print a new activation code; earlier unused ones end")
    code.add_argument("employee_id")
    code.add_argument("--days", type=int, default=agents.CODE_DAYS, help=f"how long it may be used (default {agents.CODE_DAYS})")
    code.set_defaults(run=_code)

    pki_cli.add(commands, common, _database, _data)
    verify_cli.add(commands, common, _database, _data)
    addenda_cli.add(commands, common, _database, _data)
    record = commands.add_parser("report", parents=[common], help="one agent's record as JSON, recomputed and verified")
    record.add_argument("employee_id")
    record.add_argument("--output", type=Path, metavar="FILE")
    record.set_defaults(run=_report)
    commands.add_parser("journey-key", parents=[common], help="print the public key wizards trust").set_defaults(run=_journey_key)
    commands.add_parser("rebuild", parents=[common], help="fold every stored event again").set_defaults(run=_rebuild)
    return parser


def _serve(options: argparse.Namespace) -> int:
    from app.backend.serve import ServeError, serve  # the web stack takes half a second that the other commands need not pay

    if (options.tls_cert is None) != (options.tls_key is None):
        raise _Failure("--tls-cert and --tls-key go together")
    for name in ("app.backend", "uvicorn"):
        logging.getLogger(name).setLevel(logging.INFO)
    data = _data(options)
    try:
        serve(
            settings.Settings(
                data=data,
                database=options.database or settings.default_database(data),
                journeys=options.journeys or settings.default_journeys(data),
                content=options.content or settings.default_content(data),
                host=options.host,
                port=options.port,
                tls_cert=options.tls_cert,
                tls_key=options.tls_key,
                ready_file=options.ready_file,
                probe_port=options.probe_port,
                probe_tests=options.probe_tests,
                console_codes=options.console_codes,
                pki_passphrase_file=options.pki_passphrase_file,
            )
        )
    except ServeError as error:
        raise _Failure(str(error)) from error
    return 0


def _import(options: argparse.Namespace) -> int:
    try:
        people = agents_csv.read(options.file.read_bytes())
    except agents_csv.CsvErrors as error:
        for line in error.lines:
            sys.stderr.write(f"{options.file.name}: {line}\n")
        raise _Failure("nothing was imported") from error
    with _database(options) as database, database.write() as connection:
        added, updated = agents.save(connection, people, clock.now())
    _say(f"{added} added, {updated} updated")
    journeys = settings.default_journeys(_data(options))
    for activity in sorted({agent.activity for agent, _, _ in people}):
        # No error: the service may be given another directory, or the journey may follow. Yet its agents could not enrol.
        if not (journeys / f"{activity}.json").exists():
            sys.stderr.write(f"note: {journeys} holds no {activity}.json: nobody of that activity can enrol until the journey is there\n")
    return 0


def _list(options: argparse.Namespace) -> int:
    with _database(options) as database, database.read() as connection:
        everyone = agents.everyone(connection)
    if options.json:
        shown = [{**msgspec.to_builtins(line.agent), "kit": msgspec.to_builtins(line.kit), "devices": line.devices} for line in everyone]
        _say(msgspec.json.format(msgspec.json.encode(shown)).decode())
        return 0
    for line in everyone:
        agent = line.agent
        _say("\t".join((agent.employee_id, agent.name, agent.language, agent.site, agent.activity, f"{line.devices} PC")))
    return 0


def _code(options: argparse.Namespace) -> int:
    if not 1 <= options.days <= 365:
        raise _Failure("--days is between 1 and 365")
    with _database(options) as database, database.write() as connection:
        if agents.find(connection, options.employee_id) is None:
            raise _Failure(f"{options.employee_id}: no such agent; `agents import` first")
        code = agents.new_code(connection, options.employee_id, options.days, clock.now())
    _say(code)
    return 0


def _report(options: argparse.Namespace) -> int:
    with _database(options) as database, database.read() as connection:
        found = report(connection, options.employee_id)
    if found is None:
        raise _Failure(f"{options.employee_id}: nothing was reported yet")
    text = msgspec.json.format(msgspec.json.encode(found)).decode()
    if options.output is None:
        _say(text)
    else:
        key_files.write_private(options.output, text + "\n")
    return 0


def _journey_key(options: argparse.Namespace) -> int:
    _say(keys.public_text(key_files.journey_key(key_files.open_data(_data(options)))))
    return 0


def _rebuild(options: argparse.Namespace) -> int:
    with _database(options) as database, database.write() as connection:
        count = sessions.rebuild(connection)
    _say(f"{count} sessions")
    return 0


def _data(options: argparse.Namespace) -> Path:
    return options.data if options.data is not None else settings.default_data()


@contextmanager
def _database(options: argparse.Namespace) -> Iterator[Database]:
    data = key_files.open_data(_data(options))
    database = Database(options.database or settings.default_database(data))
    try:
        database.migrate()
        yield database
    finally:
        database.close()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _complain(message: str) -> int:
    sys.stderr.write(f"marhaba backend: {message}\n")
    return 1

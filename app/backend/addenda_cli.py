"""`marhaba backend addenda ...`: HR's side: who signed, what was asked, the files, and what is erased."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import msgspec

from app.backend import clock, key_files, settings
from app.backend.documents import audits, pki
from app.backend.documents.archive import write_archive
from app.backend.documents.refusals import Refused
from app.backend.documents.template import read_template, template_folder
from app.backend.journeys import Library
from app.backend.store import overview, retention
from app.backend.store.database import Database
from app.backend.store.overview import STATES, Standing

Open = Callable[[argparse.Namespace], AbstractContextManager[Database]]
Data = Callable[[argparse.Namespace], Path]


def add(commands: Any, common: argparse.ArgumentParser, opened: Open, data: Data) -> None:
    """Declare the commands. `opened` gives the database, `data` the data directory an invocation means."""
    actions = commands.add_parser("addenda", help="signed addenda, for HR").add_subparsers(required=True, metavar="ACTION")

    listed = actions.add_parser("list", parents=[common], help="where everybody's addendum stands, and the questions")
    listed.add_argument("--state", choices=STATES, help="only these")
    listed.add_argument("--questions", action="store_true", help="only agents who asked something")
    listed.add_argument("--journeys", type=Path, metavar="DIR", help="as for `serve`")
    listed.add_argument("--json", action="store_true")
    listed.set_defaults(run=lambda options: _list(options, opened, data))

    download = actions.add_parser("download", parents=[common], help="signed documents and proof files as a ZIP with a manifest")
    download.add_argument("employee_id", nargs="*", help="only these agents (default: everybody)")
    download.add_argument("--output", type=Path, required=True, metavar="FILE.zip")
    download.set_defaults(run=lambda options: _download(options, opened, data))

    export = actions.add_parser("export", parents=[common], help="one agent's signed document as a PDF")
    export.add_argument("employee_id")
    export.add_argument("--output", type=Path, required=True, metavar="FILE.pdf")
    export.set_defaults(run=lambda options: _export(options, opened))

    expire = actions.add_parser("expire", parents=[common], help=f"erase what DATA/{retention.FILE} says is old enough")
    expire.add_argument("--dry-run", action="store_true", help="only say what would be erased")
    expire.set_defaults(run=lambda options: _expire(options, opened, data))

    erase = actions.add_parser("erase", parents=[common], help="erase one agent's documents; their hashes stay")
    erase.add_argument("employee_id")
    erase.add_argument("--why", required=True, help="kept in the log: the request's reference, for example")
    erase.add_argument("--dry-run", action="store_true", help="only say what would be erased")
    erase.set_defaults(run=lambda options: _erase(options, opened))


def standings(database: Database, library: Library, data: Path) -> list[Standing]:
    """Everybody. Errors: ContractError, OSError."""
    version = read_template(template_folder(data)).version
    with database.read() as connection:
        return overview.overview(connection, lambda activity: wanted(library, activity), version)


def wanted(library: Library, activity: str) -> overview.Wanted:
    published = library.journey(activity)
    if published is None or "addendum" not in [step.id for step in published.journey.steps]:
        return overview.Wanted(asked=False)
    return overview.Wanted(True, bool(published.journey.limits("addendum").get("sign_again", False)))


def record_as_json(database: Database, signing: pki.Pki | None) -> Callable[[str], bytes | None]:
    """Of a document id; None where the certificates or the record are not there."""

    def written(document_id: str) -> bytes | None:
        if signing is None:
            return None
        try:
            with database.read() as connection:
                return msgspec.json.encode(audits.audit_of(connection, signing, document_id))
        except Refused:
            return None

    return written


def _list(options: argparse.Namespace, opened: Open, data: Data) -> int:
    folder = key_files.open_data(data(options))
    library = Library(options.journeys or settings.default_journeys(folder), None, key_files.journey_key(folder))
    with opened(options) as database:
        found = standings(database, library, folder)
    found = [one for one in found if options.state in (None, one.state) and (one.questions or not options.questions)]
    if options.json:
        _say(msgspec.json.format(msgspec.json.encode(found)).decode())
        return 0
    for one in found:
        _say("\t".join((one.employee_id, one.name, one.site, one.state, one.signed_at, one.document_id, str(len(one.questions)))))
        if options.questions:
            for question in one.questions:
                _say(f"\t{question.time}\t{question.clause or '-'}\t{' '.join(question.text.split())}")
    return 0


def _download(options: argparse.Namespace, opened: Open, data: Data) -> int:
    folder = data(options)
    signing = pki.open_pki(folder) if pki.exists(folder) else None
    with opened(options) as database:
        with database.read() as connection:
            documents = overview.signed_documents(connection, options.employee_id)
        beside = options.output.with_name(f".{options.output.name}.{os.getpid()}")
        try:
            handle = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)  # personal data: its owner's only
            with os.fdopen(handle, "w+b") as out:
                entries = write_archive(out, database, documents, record_as_json(database, signing))
            beside.replace(options.output)
        finally:
            beside.unlink(missing_ok=True)
    _say(f"{sum(1 for entry in entries if entry.what == 'signed')} documents, {len(entries)} files in {options.output}")
    return 0


def _export(options: argparse.Namespace, opened: Open) -> int:
    with opened(options) as database, database.read() as connection:
        pdf = overview.signed_pdf(connection, options.employee_id)
    if pdf is None:
        return _refuse(f"{options.employee_id}: no signed addendum")
    options.output.write_bytes(pdf)
    _say(str(options.output))
    return 0


def _expire(options: argparse.Namespace, opened: Open, data: Data) -> int:
    policy = retention.read_policy(data(options))
    with opened(options) as database, database.write() as connection:
        return _take_away(connection, retention.due(connection, policy, clock.now()), "policy", options.dry_run)


def _erase(options: argparse.Namespace, opened: Open) -> int:
    with opened(options) as database, database.write() as connection:
        return _take_away(connection, retention.of_agent(connection, options.employee_id), options.why, options.dry_run)


def _take_away(connection: Any, found: list[retention.Erasure], why: str, dry: bool) -> int:
    for one in found:
        if not dry:
            retention.erase(connection, one.document_id, why, clock.now())
        _say(f"{one.document_id}\t{one.employee_id}\t{one.state}")
    _say(f"{len(found)} {'would be ' if dry else ''}erased")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _refuse(text: str) -> int:
    sys.stderr.write(f"marhaba backend: {text}\n")
    return 1

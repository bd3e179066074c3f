"""`marhaba backend verify FILE.pdf`: the verdict on a signed addendum, on the command line."""

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import msgspec

from app.backend.documents.signatures import Trust
from app.backend.documents.signing_keys import PkiError
from app.backend.documents.trust import blocks, trust_of
from app.backend.documents.verifier import Verifier
from app.backend.documents.verify import Known, with_known
from app.backend.store.database import Database
from app.contracts.verdict import MAX_BYTES, Verdict

Open = Callable[[argparse.Namespace], AbstractContextManager[Database]]
Data = Callable[[argparse.Namespace], Path]
_SOUND, _UNSOUND, _CANNOT = 0, 1, 2


def add(commands: Any, common: argparse.ArgumentParser, opened: Open, data: Data) -> None:
    """Declare the command. `opened` gives the database, `data` the data directory an invocation means."""
    verify = commands.add_parser(
        "verify",
        parents=[common],
        help="verify a signed addendum",
        description="Exit code 0: genuine, complete and unaltered. 1: not. 2: could not be verified here (no trusted root, no such file).",
    )
    verify.add_argument("file", type=Path, help="the signed PDF")
    verify.add_argument("--trust", type=Path, action="append", metavar="ROOT.pem", help="trust these roots, and not those of --data")
    verify.add_argument("--trust-timestamps", type=Path, action="append", metavar="ROOT.pem", help="trust these for time stamps besides")
    verify.add_argument("--employee", default="", metavar="ID", help="who must have signed (default: whom the document names)")
    verify.add_argument("--lang", choices=("fr", "ar", "en"), default="en", help="of the words (default %(default)s)")
    verify.add_argument("--json", action="store_true", help="the whole verdict")
    verify.set_defaults(run=lambda options: _verify(options, opened, data))


def _verify(options: argparse.Namespace, opened: Open, data: Data) -> int:
    own = options.trust is None
    try:
        with options.file.open("rb") as file:
            pdf = file.read(MAX_BYTES + 1)
        trust = trust_of(data(options)) if own else Trust([block for path in options.trust for block in blocks(path)])
        trust.stamps.extend(block for path in options.trust_timestamps or () for block in blocks(path))
    except OSError as error:
        return _cannot(f"{error.filename}: {error.strerror}")
    except PkiError as error:
        return _cannot(str(error))
    if not trust.roots:
        return _cannot("no root is trusted: give --trust ROOT.pem, or --data of a backend with certificates")
    verifier = Verifier(trust)
    try:
        verdict = verifier.verify(pdf, options.employee)
    finally:
        verifier.close()
    if own and verdict.reference:
        known = _known(options, opened, verdict)
        verdict = with_known(verdict, known) if known is not None else verdict
    sys.stdout.write(_shown(verdict, options.json, options.lang) + "\n")
    return _SOUND if verdict.sound else _UNSOUND


def _cannot(why: str) -> int:
    sys.stderr.write(f"marhaba backend: {why}\n")
    return _CANNOT


def _known(options: argparse.Namespace, opened: Open, verdict: Verdict) -> Known | None:
    from app.backend.store.retention import known

    with opened(options) as database, database.read() as connection:
        return known(connection, verdict.reference, verdict.kind)


def _shown(verdict: Verdict, as_json: bool, language: str) -> str:
    if as_json:
        return msgspec.json.format(msgspec.json.encode(verdict)).decode()
    lines = [f"{verdict.code}: {verdict.summary[language]}"]
    lines += [f"{name}: {'yes' if getattr(verdict, name) else 'no'}" for name in ("genuine", "complete", "unaltered")]
    for signer in verdict.signers:
        who = f"{signer.name} ({signer.serial_number})" if signer.serial_number else signer.name
        stamp = f", time stamp {signer.timestamp.serial}" if signer.timestamp is not None else ""
        lines.append(f"{signer.role}: {who}, {signer.time}{stamp}")
    lines += [f"- {one.code}: {one.words[language]}{f' ({one.detail})' if one.detail else ''}" for one in verdict.findings]
    return "\n".join([*lines, f"level: {verdict.level_words[language]}", f"SHA-256: {verdict.sha256}"])

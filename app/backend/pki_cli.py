"""`marhaba backend pki ...`: make or take the company's certificates, revoke, look."""

import argparse
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives import hashes

from app.backend import clock, key_files
from app.backend.documents import pki, pki_setup
from app.backend.documents.company import company_file, read_company
from app.backend.documents.signing_keys import PkiError
from app.backend.store import signers
from app.backend.store.database import Database
from app.contracts.problems import ContractError

DEFAULT_COMPANY = "Marhaba"
DEFAULT_URL = "http://localhost:8470"
Open = Callable[[argparse.Namespace], AbstractContextManager[Database]]
Data = Callable[[argparse.Namespace], Path]


def add(commands: Any, common: argparse.ArgumentParser, opened: Open, data: Data) -> None:
    """Declare the commands. `opened` gives the database, `data` the data directory an invocation means."""
    actions = commands.add_parser("pki", help="the company's certificates").add_subparsers(required=True, metavar="ACTION")

    making = argparse.ArgumentParser(add_help=False)
    making.add_argument(
        "--company", metavar="NAME", help=f"as certificates name it (default: that of company.toml, else {DEFAULT_COMPANY})"
    )
    making.add_argument("--url", default=DEFAULT_URL, help="public address of this backend, for CRLs (default %(default)s)")
    making.add_argument("--passphrase-file", type=Path, metavar="FILE", help="for key files (default: one is made, beside them)")
    making.add_argument("--pkcs11-module", metavar="FILE", help="keys in a token instead: its library")
    making.add_argument("--pkcs11-token", metavar="LABEL")
    making.add_argument("--pkcs11-pin-file", type=Path, metavar="FILE")

    init = actions.add_parser("init", parents=[common, making], help="make root, issuing, time-stamping and seal certificates")
    init.set_defaults(run=lambda options: _init(options, data(options)))

    own = actions.add_parser("import", parents=[common, making], help="take the company's own issuing authority")
    own.add_argument("--issuing-cert", type=Path, required=True, metavar="FILE")
    own.add_argument("--issuing-key", type=Path, metavar="FILE", help="PEM; or --issuing-label")
    own.add_argument("--issuing-key-passphrase-file", type=Path, metavar="FILE")
    own.add_argument("--issuing-label", default="", metavar="LABEL", help="of the key pair in the token")
    own.add_argument("--upper", type=Path, required=True, metavar="FILE", help="authorities above it, PEM, the root last")
    own.add_argument("--upper-crl", type=Path, required=True, action="append", metavar="FILE", help="one for each of them, in order")
    own.set_defaults(run=lambda options: _import(options, data(options)))

    renewed = actions.add_parser("upper-crl", parents=[common], help="lay down newer CRLs of the authorities above the issuing one")
    renewed.add_argument("file", type=Path, nargs="+")
    renewed.set_defaults(run=lambda options: _upper_crl(options, data(options)))

    revoke = actions.add_parser("revoke", parents=[common], help="revoke an agent's certificates, or one by its serial number")
    revoke.add_argument("employee_id", nargs="?", default="")
    revoke.add_argument("--serial", default="", metavar="HEX")
    revoke.add_argument("--reason", choices=signers.REASONS, default=signers.LEFT, help="default %(default)s: the agent left")
    revoke.set_defaults(run=lambda options: _revoke(options, opened))

    status = actions.add_parser("status", parents=[common], help="what there is, and until when")
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=lambda options: _status(options, data(options), opened))
    root = actions.add_parser("root", parents=[common], help="print the root certificate, to be trusted by whoever verifies")
    root.set_defaults(run=lambda options: _root(data(options)))


def _init(options: argparse.Namespace, data: Path) -> int:
    made = pki_setup.init(data, _wanted(options, data), clock.now())
    _say(f"Root: {made.root.subject.rfc4514_string()}")
    _say(f"SHA-256: {made.root.fingerprint(hashes.SHA256()).hex()}")
    if (data / pki.FOLDER / "root.key").exists():
        _say(f"Move {data / pki.FOLDER / 'root.key'} to a safe place: it is needed once a year, to renew root.crl.")
    return 0


def _import(options: argparse.Namespace, data: Path) -> int:
    own = pki_setup.Own(
        options.issuing_cert,
        options.upper,
        options.upper_crl,
        options.issuing_key,
        options.issuing_key_passphrase_file,
        options.issuing_label,
    )
    made = pki_setup.take(data, _wanted(options, data), own, clock.now())
    _say(f"Issuing authority: {made.issuing.certificate.subject.rfc4514_string()}")
    return 0


def _upper_crl(options: argparse.Namespace, data: Path) -> int:
    folder = data / pki.FOLDER
    opened = pki.open_pki(data)
    if len(options.file) != len(opened.upper):
        raise PkiError(f"{len(opened.upper)} authorities stand above the issuing one: give as many CRLs, in their order")
    opened.upper_crls = [pki.read_crl(path) for path in options.file]
    pki.check(opened)
    for name, der in zip(pki.read_manifest(folder).upper_crls, opened.upper_crls, strict=True):
        key_files.write_private_bytes(folder / name, der)
    _say("Taken. A running backend takes them up when the earlier ones end, or at its next start.")
    return 0


def _revoke(options: argparse.Namespace, opened: Open) -> int:
    if bool(options.employee_id) == bool(options.serial):
        raise PkiError("name an agent, or --serial")
    with opened(options) as database, database.write() as connection:
        if options.employee_id:
            count = signers.revoke_agent(connection, options.employee_id, options.reason, clock.now())
            if not count:
                raise PkiError(f"{options.employee_id}: holds no certificate that is good")
        else:
            try:
                serial = f"{int(options.serial.replace(':', ''), 16):x}"
            except ValueError as error:
                raise PkiError(f"{options.serial}: not a serial number in hexadecimal") from error
            count = int(signers.revoke(connection, serial, options.reason, clock.now()))
    _say(f"{count} revoked")
    return 0


def _status(options: argparse.Namespace, data: Path, opened: Open) -> int:
    found = pki.open_pki(data)
    named = {
        "root": found.root,
        "issuing": found.issuing.certificate,
        "time stamping": found.tsa.certificate,
        "seal": found.seal.certificate,
    }
    with opened(options) as database, database.read() as connection:
        revoked = len(signers.revoked(connection))
    shown: dict[str, Any] = {
        name: {
            "subject": one.subject.rfc4514_string(),
            "serial": f"{one.serial_number:x}",
            "sha256": one.fingerprint(hashes.SHA256()).hex(),
            "not_after": clock.text(one.not_valid_after_utc),
        }
        for name, one in named.items()
    }
    if options.json:
        _say(msgspec.json.format(msgspec.json.encode({**shown, "revoked": revoked})).decode())
        return 0
    for name, one in shown.items():
        _say(f"{name:14} until {one['not_after'][:10]}  {one['subject']}")
    _say(f"{revoked} revoked")
    return 0


def _root(data: Path) -> int:
    sys.stdout.write(pki.pem(pki.open_pki(data).root))
    return 0


def _wanted(options: argparse.Namespace, data: Path) -> pki_setup.Wanted:
    given = (options.pkcs11_module, options.pkcs11_token, options.pkcs11_pin_file)
    if any(given) and not all(given):
        raise PkiError("--pkcs11-module, --pkcs11-token and --pkcs11-pin-file go together")
    parts = urlsplit(options.url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise PkiError(f"{options.url}: not an address such as https://marhaba.example.ma")
    company = (options.company or _company(data)).strip()
    if not 1 <= len(company) <= 64 or not company.isprintable():
        raise PkiError("--company: 1 to 64 characters")
    token = None
    if all(given):
        token = pki.TokenPlace(options.pkcs11_module, options.pkcs11_token, str(options.pkcs11_pin_file.resolve()))
    return pki_setup.Wanted(company, options.url.rstrip("/"), options.passphrase_file, token)


def _company(data: Path) -> str:
    own = company_file(data)
    try:
        return read_company(own).employer.name if own.is_relative_to(data) else DEFAULT_COMPANY
    except ContractError as error:
        raise PkiError(f"{own}: {error}") from error


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()

"""`pki init` and `pki import`: made whole beside its place and then moved there, so a stop halfway leaves nothing half made."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from app.backend import key_files
from app.backend.documents import pki, profiles
from app.backend.documents.pki import FOLDER, Manifest, TokenPlace
from app.backend.documents.profiles import Issuer
from app.backend.documents.signing_keys import Key, PkiError, Token, new_file_key, open_file_key

_PASSPHRASE = "passphrase"  # noqa: S105  # the name of a file


@dataclass(frozen=True)
class Wanted:
    company: str
    crl_base: str
    passphrase_file: Path | None = None
    """None: one is made, and kept beside the keys (0600): as safe as the data directory is."""
    token: TokenPlace | None = None
    """Where keys are made instead of in files."""


@dataclass(frozen=True)
class Own:
    """A company's own authority, for `pki import`."""

    issuing_certificate: Path
    upper: Path
    """PEM, nearest first, the root last."""
    upper_crls: list[Path]
    issuing_key: Path | None = None
    issuing_key_passphrase_file: Path | None = None
    issuing_label: str = ""
    """Of the issuing key in the token."""


def init(data: Path, wanted: Wanted, now: datetime) -> pki.Pki:
    """Root, issuing, time-stamping and seal certificates. Errors: PkiError, OSError."""
    with _place(data) as folder:
        maker = _Maker(folder, wanted)
        root_key = maker.key("root")
        root = profiles.root(wanted.company, root_key, now)
        above = Issuer(root, root_key)
        key = maker.key("issuing")
        certificate = profiles.issuing(wanted.company, key.public_key(), above, f"{wanted.crl_base}/pki/root.crl", now)
        (folder / "root.crl").write_bytes(profiles.revocation_list(above, [], now, profiles.ROOT_CRL_DAYS))
        (folder / "root.pem").write_text(pki.pem(root))
        maker.finish(Issuer(certificate, key), ["root.pem"], ["root.crl"], now)
    return pki.open_pki(data)


def take(data: Path, wanted: Wanted, own: Own, now: datetime) -> pki.Pki:
    """The company's issuing authority signs ours: time stamping and seal. Errors: PkiError, OSError."""
    with _place(data) as folder:
        maker = _Maker(folder, wanted)
        certificate = pki.read_certificate(own.issuing_certificate)
        if own.issuing_label:
            if maker.token is None:
                raise PkiError("a key in a token needs --pkcs11-module, --pkcs11-token and --pkcs11-pin-file")
            key: Key = maker.token.key(own.issuing_label)
            maker.keys["issuing"] = f"token:{own.issuing_label}"
        elif own.issuing_key is not None:
            secret = own.issuing_key_passphrase_file
            opened = open_file_key(own.issuing_key, pki.read_secret(secret) if secret is not None else None)
            opened.write(folder / "issuing.key", maker.passphrase())
            maker.keys["issuing"], key = "file:issuing.key", opened
        else:
            raise PkiError("the issuing key: in a file or in a token?")
        upper = pki.read_certificates(own.upper)
        names = [f"upper{number}.pem" for number in range(1, len(upper) + 1)]
        for name, one in zip(names, upper, strict=True):
            (folder / name).write_text(pki.pem(one))
        crls = [f"upper{number}.crl" for number in range(1, len(own.upper_crls) + 1)]
        for name, path in zip(crls, own.upper_crls, strict=True):
            (folder / name).write_bytes(pki.read_crl(path))
        maker.finish(Issuer(certificate, key), names, crls, now)
    return pki.open_pki(data)


class _Maker:
    def __init__(self, folder: Path, wanted: Wanted) -> None:
        self._folder, self._wanted = folder, wanted
        self.token: Token | None = pki.open_token(wanted.token, folder) if wanted.token is not None else None
        self.keys: dict[str, str] = {}
        self._secret_name = ""
        self._secret = b""

    def passphrase(self) -> bytes:
        if not self._secret:
            given = self._wanted.passphrase_file
            if given is None:
                key_files.write_private(self._folder / _PASSPHRASE, secrets.token_urlsafe(32) + "\n")
                self._secret_name = _PASSPHRASE
            else:
                self._secret_name = str(given.resolve())
            self._secret = pki.read_secret(self._folder / self._secret_name)
        return self._secret

    def key(self, role: str) -> Key:
        if self.token is not None:
            label = f"marhaba-{role}"
            self.keys[role] = f"token:{label}"
            return self.token.make(label)
        made = new_file_key()
        made.write(self._folder / f"{role}.key", self.passphrase())
        self.keys[role] = f"file:{role}.key"
        return made

    def finish(self, issuing: Issuer, upper: list[str], upper_crls: list[str], now: datetime) -> None:
        wanted, folder = self._wanted, self._folder
        pki.check_authority(issuing.certificate)
        url = f"{wanted.crl_base}/pki/issuing.crl"
        made: dict[str, x509.Certificate] = {"issuing": issuing.certificate}
        made["tsa"] = profiles.time_stamping(wanted.company, self.key("tsa").public_key(), issuing, url, now)
        made["seal"] = profiles.seal(wanted.company, self.key("seal").public_key(), issuing, url, now)
        for role, certificate in made.items():
            (folder / f"{role}.pem").write_text(pki.pem(certificate))
        manifest = Manifest(1, wanted.company, wanted.crl_base, self.keys, self._secret_name, wanted.token, upper, upper_crls)
        pki.write_manifest(folder, manifest)
        pki.open_pki(folder.parent, None, folder.name)  # everything fits, or nothing is kept


@contextmanager
def _place(data: Path) -> Iterator[Path]:
    final = data / FOLDER
    if final.exists():
        raise PkiError(f"{final} is there already: certificates are made once. Move it away if you mean to start over.")
    key_files.open_data(data)
    beside = data / f".{FOLDER}.{secrets.token_hex(4)}"
    beside.mkdir(mode=0o700)
    try:
        yield beside
        beside.rename(final)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise

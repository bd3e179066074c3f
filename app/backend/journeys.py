"""Journeys and content packs: plain files of IT, signed when they are read, read again when they change."""

import functools
import hashlib
import logging
import threading
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.contracts.journey import ContentRef, Journey, SignedDocument, decode_journey, payload_hash, sign_document
from app.contracts.problems import ContractError
from app.contracts.receipts import ContentPack, pack_bytes

_SUFFIXES = (".md", ".toml")
_VERSION_FILE = "fr/guidelines/quiz.toml"
_LOOK_AGAIN_S = 1.0
DEFAULT_CERTIFICATE_DAYS = 90
_log = logging.getLogger(__name__)

_Stamp = tuple[tuple[str, int, int], ...]


class JourneyFileError(Exception):
    """A journey or content file that cannot be used; the message names the file."""


@dataclass(frozen=True)
class Published:
    journey: Journey
    document: SignedDocument
    etag: str
    """SHA-256 (hex) of the payload."""


class Library:
    """What is published now. Its methods touch the disk (at most once a second): never call them in the event loop."""

    def __init__(self, journeys: Path, content: Path | None, key: Ed25519PrivateKey) -> None:
        """Read everything. Errors: JourneyFileError."""
        self._journeys, self._content, self._key = journeys, content, key
        self._lock = threading.Lock()
        self._packs: dict[str, bytes] = {}
        self._published: dict[str, Published] = {}
        self._sources: dict[str, str] = {}
        self._pack: ContentRef | None = None
        if not journeys.is_dir():
            raise JourneyFileError(f"{journeys}: there is no such directory of journeys")
        self._stamps = self._look()
        self._looked = time.monotonic()
        self._read_pack()
        for path in self._files():
            self._read(path)

    def journey(self, activity: str) -> Published | None:
        """The journey of an activity, as its file says now."""
        with self._lock:
            self._refresh()
            return self._published.get(activity)

    def pack(self, sha256: str) -> bytes | None:
        """A content pack by its hash; earlier ones stay available until the backend stops."""
        with self._lock:
            self._refresh()
            return self._packs.get(sha256)

    def activities(self) -> list[str]:
        with self._lock:
            return sorted(self._published)

    def certificate_days(self, activity: str) -> int:
        published = self.journey(activity)
        return published.journey.certificate_days if published else DEFAULT_CERTIFICATE_DAYS

    def label(self, language: str, step: str, code: str) -> str:
        """The title of a code in the content (`<language>/steps/<step>.md`: `## code`, then `### title`), or empty."""
        return self._titles(language, step).get(code) or self._titles(language, "common").get(code, "")

    def step_name(self, language: str, step: str) -> str:
        """The name of a step in the content (the first heading of its file), or empty."""
        return self._titles(language, step).get("", "")

    def _titles(self, language: str, name: str) -> dict[str, str]:
        # A step's id comes from a device: it must not lead out of the folder.
        if self._content is None or not name.replace("_", "").replace("-", "").isalnum():
            return {}
        path = self._content / language / "steps" / f"{name}.md"
        try:
            return _read_titles(path, path.stat().st_mtime_ns)
        except (OSError, UnicodeDecodeError):
            return {}

    def _files(self) -> list[Path]:
        return sorted(self._journeys.glob("*.json"))

    def _look(self) -> _Stamp:
        paths = self._files() + (self._content_files() if self._content else [])
        found = []
        for path in paths:
            try:
                stat = path.stat()
            except OSError:  # it went away between the listing and the look
                continue
            found.append((str(path), stat.st_mtime_ns, stat.st_size))
        return tuple(found)

    def _content_files(self) -> list[Path]:
        if self._content is None:
            return []
        return sorted(p for p in self._content.rglob("*") if p.suffix in _SUFFIXES and p.is_file())

    def _refresh(self) -> None:
        if time.monotonic() - self._looked < _LOOK_AGAIN_S:
            return
        self._looked = time.monotonic()
        stamps = self._look()
        if stamps == self._stamps:
            return
        self._stamps = stamps
        try:
            self._read_pack()
        except JourneyFileError as error:
            _log.error("the content stays as it was: %s", error)
        for path in self._files():
            try:
                self._read(path)
            except JourneyFileError as error:
                _log.error("the journey stays as it was: %s", error)

    def _read_pack(self) -> None:
        if self._content is None:
            return
        try:
            files = {p.relative_to(self._content).as_posix(): p.read_text("utf-8") for p in self._content_files()}
        except (OSError, UnicodeDecodeError) as error:
            raise JourneyFileError(f"{self._content}: {error}") from error
        if _VERSION_FILE not in files:
            self._pack = None
            return
        try:
            version = str(tomllib.loads(files[_VERSION_FILE])["version"])
        except (tomllib.TOMLDecodeError, KeyError) as error:
            raise JourneyFileError(f"{self._content / _VERSION_FILE}: no version ({error})") from error
        packed = pack_bytes(ContentPack(files))
        digest = hashlib.sha256(packed).hexdigest()
        self._packs[digest] = packed
        self._pack = ContentRef(version, digest)

    def _read(self, path: Path) -> None:
        try:
            payload = path.read_text("utf-8")
            journey = decode_journey(payload)
            if journey.content is None and self._pack is not None:
                fields: dict[str, Any] = msgspec.json.decode(payload)
                fields["content"] = msgspec.to_builtins(self._pack)
                payload = msgspec.json.encode(fields).decode()
                journey = decode_journey(payload)
        except ContractError as error:
            raise JourneyFileError(f"{path}: {error}") from error
        except (OSError, ValueError, RecursionError) as error:
            raise JourneyFileError(f"{path}: {error}") from error
        if not 1 <= journey.certificate_days <= 3660:
            raise JourneyFileError(f"{path}: certificate_days is not between 1 and 3660")
        if self._sources.get(path.stem) == payload:
            return
        self._sources[path.stem] = payload
        self._published[path.stem] = Published(journey, sign_document(payload, self._key), payload_hash(payload))
        _log.info("journey %s: %s version %d", path.stem, journey.id, journey.version)


@functools.lru_cache(maxsize=256)
def _read_titles(path: Path, _changed_ns: int) -> dict[str, str]:
    """Code to title, of a file of texts; the file's own first heading stands under the empty code."""
    titles: dict[str, str] = {}
    code = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            titles.setdefault("", line[2:].strip())
        elif line.startswith("## "):
            code = line[3:].partition("·")[0].strip()
        elif line.startswith("### ") and code:
            titles.setdefault(code, line[4:].strip())
    return titles

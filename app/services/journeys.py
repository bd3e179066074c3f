"""The journey and the texts that count: signed by the company, verified before use, kept for offline."""

import logging
import os
from collections.abc import Callable, Container
from pathlib import Path

import msgspec

from app.contracts.journey import ContentRef, Journey, SignedDocument, decode_journey, open_journey, payload_hash
from app.contracts.problems import ContractError
from app.contracts.receipts import ContentPack
from app.core.content import Content
from app.core.errors import ContentError
from app.services.packs import compiled, pack_hash, read_files

log = logging.getLogger(__name__)


def write_atomically(path: Path, data: bytes) -> None:
    """All of it or nothing, whatever is killed when. Errors: OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _parse(pack: ContentPack, language: str) -> Content:
    # Imported here: the Markdown parser costs a third of a start that a compiled pack does not need it for.
    from app.services.content import parse_pack

    return parse_pack(pack, language)


class Journeys:
    """`current` is the journey in force; before pairing it is the one that came with the build."""

    def __init__(
        self,
        directory: Path,
        trusted_key: str,
        start_file: Path,
        built_in_pack: Path,
        parsed: Path | None = None,
        built: Container[str] | None = None,
    ) -> None:
        """`directory` is ours to cache in; `parsed` is where the build left the parsed form of its own pack; `built` names the steps
        this program has.

        Errors: ContentError (the build's own files are broken).
        """
        self._directory = directory
        self._trusted = trusted_key
        self._built = built
        self._built_in = read_files(built_in_pack)
        self._built_in_hash = pack_hash(self._built_in)
        self._parsed = parsed
        self._contents: dict[tuple[str, str], Content] = {}
        self.problem = ""
        """The code of what is wrong with the cached journey, empty if nothing is."""
        self.sha256 = ""
        try:
            self.current = decode_journey(start_file.read_text("utf-8"))
        except (OSError, UnicodeDecodeError, ContractError) as error:
            raise ContentError("content.unreadable", file=start_file.name, error=str(error)) from error
        self._load_cached()

    def _load_cached(self) -> None:
        path = self._directory / "journey.json"
        if not path.exists():
            return
        try:
            document = msgspec.json.decode(path.read_bytes(), type=SignedDocument)
            journey = self._open(document)
            self._pack(journey.content)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            self.problem = "journey.malformed"
            log.warning("cached journey not used: %s", error)
        except (ContractError, ContentError) as error:
            self.problem = error.code
            log.warning("cached journey not used: %s", error)
        else:
            self.current, self.sha256 = journey, payload_hash(document.payload)

    def _open(self, document: SignedDocument) -> Journey:
        """Errors: ContractError; ContentError `journey.no_step_known`: it is for a newer program, there would be nothing to show."""
        journey = open_journey(document, self._trusted)
        if self._built is not None and not any(step.id in self._built for step in journey.steps):
            raise ContentError("journey.no_step_known", journey=journey.id, steps=[step.id for step in journey.steps])
        return journey

    def adopt(self, document: SignedDocument, activity: str, fetch_pack: Callable[[str], ContentPack], at_least: int = 0) -> Journey:
        """Verify a signed journey, make sure its texts are here, keep both. Blocking.

        `at_least` is the version the journal says was adopted: a cached journey that had to be refused does not open a way back.

        Errors: ContentError `journey.signature_invalid`, `journey.malformed`, `journey.schema_unknown`, `journey.no_step_known`,
        `journey.wrong_activity`, `journey.older` (a roll-back), `content.hash_mismatch`, `content.invalid`, `content.not_kept` (disk);
        and what `fetch_pack` raises.
        """
        try:
            journey = self._open(document)
        except ContractError as error:
            raise ContentError(error.code, key=document.key) from error
        if journey.id != activity:
            raise ContentError("journey.wrong_activity", journey=journey.id, activity=activity)
        floor = max(at_least, self.current.version if self.sha256 and journey.id == self.current.id else 0)
        if journey.version < floor:
            raise ContentError("journey.older", offered=journey.version, current=floor)
        reference = journey.content
        try:
            if reference is not None and not self._has_pack(reference):
                self._keep_pack(reference, fetch_pack)
            write_atomically(self._directory / "journey.json", msgspec.json.encode(document))
        except OSError as error:
            raise ContentError("content.not_kept", error=str(error)) from error
        self.current, self.sha256, self.problem = journey, payload_hash(document.payload), ""
        return journey

    def _has_pack(self, reference: ContentRef) -> bool:
        """Whether the pack is kept here, whole. (A damaged file is fetched again.)"""
        try:
            self._kept_pack(reference)
        except ContentError:
            return False
        return True

    def _keep_pack(self, reference: ContentRef, fetch_pack: Callable[[str], ContentPack]) -> None:
        # The build's own pack is kept too: the next build may come with another.
        pack = self._built_in if reference.sha256 == self._built_in_hash else fetch_pack(reference.sha256)
        if pack_hash(pack) != reference.sha256:
            raise ContentError("content.hash_mismatch", wanted=reference.sha256)
        for language in ("fr", "ar", "en"):
            _parse(pack, language)
        write_atomically(self._pack_file(reference.sha256), msgspec.json.encode(pack))

    def _pack_file(self, sha256: str) -> Path:
        # The name comes from a signed journey, yet it is made a plain one before it touches a path.
        return self._directory / "packs" / f"{''.join(c for c in sha256 if c in '0123456789abcdef')}.json"

    def _pack(self, reference: ContentRef | None) -> ContentPack:
        if reference is None or reference.sha256 == self._built_in_hash:
            return self._built_in
        return self._kept_pack(reference)

    def _kept_pack(self, reference: ContentRef) -> ContentPack:
        try:
            pack = msgspec.json.decode(self._pack_file(reference.sha256).read_bytes(), type=ContentPack)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ContentError("content.unreadable", error=str(error)) from error
        if pack_hash(pack) != reference.sha256:
            raise ContentError("content.hash_mismatch", wanted=reference.sha256)
        return pack

    def content(self, language: str) -> Content:
        """The texts in `language`. Errors: ContentError."""
        reference = self.current.content
        key = (reference.sha256 if reference else self._built_in_hash, language)
        if key not in self._contents:
            ready = compiled(self._parsed, language, key[0]) if self._parsed is not None else None
            self._contents[key] = ready or _parse(self._pack(reference), language)
        return self._contents[key]

"""Packs of texts as files: read, hashed, and their parsed form kept beside the build so that no start parses Markdown.

A pack is the set of `.md` and `.toml` files below a directory; it is bound by the SHA-256 of its canonical bytes.
"""

import hashlib
import logging
from pathlib import Path

import msgspec

from app.contracts.receipts import ContentPack, pack_bytes
from app.core.content import Content
from app.core.errors import ContentError

log = logging.getLogger(__name__)


def read_files(directory: Path) -> ContentPack:
    """The files of a pack. Errors: ContentError `content.unreadable`."""
    files: dict[str, str] = {}
    try:
        for path in sorted(directory.rglob("*")):
            if path.suffix in {".md", ".toml"} and path.is_file():
                files[path.relative_to(directory).as_posix()] = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError("content.unreadable", error=str(error)) from error
    return ContentPack(files)


def pack_hash(pack: ContentPack) -> str:
    return hashlib.sha256(pack_bytes(pack)).hexdigest()


def compiled(directory: Path, language: str, sha256: str) -> Content | None:
    """The parsed form of the pack `sha256` in `language`, if a build left one; a stale or broken one does not count."""
    path = directory / f"{language}.json"
    try:
        content = msgspec.json.decode(path.read_bytes(), type=Content)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, msgspec.ValidationError) as error:
        log.warning("compiled texts not used: %s", error)
        return None
    return content if content.sha256 == sha256 and content.language == language else None


def compile_to(directory: Path, contents: list[Content]) -> None:
    """Leave the parsed form of `contents` in `directory`. Errors: OSError."""
    directory.mkdir(parents=True, exist_ok=True)
    for content in contents:
        (directory / f"{content.language}.json").write_bytes(msgspec.json.encode(content))

"""`python -m app.commands.compile_content`: parse the texts once, at set-up and build time, instead of at every start."""

import sys

from app.services.content import parse_pack
from app.services.packs import compile_to, compiled, pack_hash, read_files
from app.ui.resources import resource

LANGUAGES = ("fr", "ar", "en")


def main() -> int:
    pack, target = read_files(resource("content")), resource("compiled")
    sha256 = pack_hash(pack)
    if any(compiled(target, language, sha256) is None for language in LANGUAGES):
        compile_to(target, [parse_pack(pack, language) for language in LANGUAGES])
    return 0


if __name__ == "__main__":
    sys.exit(main())

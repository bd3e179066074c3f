"""`python -m app.commands.compile_content`: parse the texts once, at set-up and build time, instead of at every start."""

import sys

from app.contracts.journey import decode_journey
from app.contracts.languages import LANGUAGES
from app.services import cover
from app.services.content import parse_pack
from app.services.packs import compile_to, compiled, pack_hash, read_files
from app.ui.resources import resource


def main() -> int:
    pack, target = read_files(resource("content")), resource("compiled")
    sha256 = pack_hash(pack)
    contents = [compiled(target, language, sha256) or parse_pack(pack, language) for language in LANGUAGES]
    compile_to(target, contents)
    cover.write(target / "cover.json", decode_journey(resource("content/journeys/start.json").read_text("utf-8")), contents)
    return 0


if __name__ == "__main__":
    sys.exit(main())

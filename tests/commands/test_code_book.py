"""docs/codes.md is what the program says today, and no code is missing from it."""

import ast
import re

import pytest

from app.commands import code_book
from app.contracts.outcomes import Owner
from app.contracts.receipts import COMMAND_KINDS
from app.contracts.spoken_code import spoken_code
from app.steps import catalog
from tests.steps.fakes import pack

FILES = (".db", ".html", ".json", ".key", ".log", ".md", ".ovpn", ".pdf", ".pem", ".toml", ".typ")


def listed() -> set[str]:
    return set(re.findall(r"^\| `([a-z_]+\.[a-z0-9_]+)` \|", code_book.PAGE.read_text("utf-8"), re.MULTILINE))


def test_the_pages_are_of_today() -> None:
    assert code_book.PAGE.read_text("utf-8") == code_book.book(), "python -m app.commands.code_book"
    assert code_book.FRENCH.read_text("utf-8") == code_book.french(), "python -m app.commands.code_book"


BOOKS = {"en": (code_book.PAGE, code_book.ENGLISH_FRAME), "fr": (code_book.FRENCH, code_book.FRENCH_FRAME)}


@pytest.mark.parametrize("language", BOOKS)
def test_every_text_stands_with_its_owner_and_its_outcomes(language: str) -> None:
    path, frame = BOOKS[language]
    page = path.read_text("utf-8")
    for advice in pack(language).advice.values():
        before, _, row = page.partition(f"\n| `{advice.code}` | {spoken_code(advice.code)} | ")
        assert advice.title in row.partition("\n")[0]
        assert before.rpartition("\n**")[2].partition("**")[0] == frame.owners[advice.owner], advice.code
    ends = {"en": ("could not check, failed", "said"), "fr": ("non vérifiée, échouée", "dit")}[language]
    assert re.search(rf"\| `box.unreachable` \| BOX-\d{{3}}-[A-Z] \| {ends[0]} \|", page)
    assert re.search(rf"\| `identity.pair_again` \| IDN-\d{{3}}-[A-Z] \| {ends[1]} \|", page)
    assert set(frame.owners) == set(Owner)


@pytest.mark.parametrize("language", BOOKS)
def test_what_is_read_out_on_the_telephone_leads_to_one_code(language: str) -> None:
    page = BOOKS[language][0].read_text("utf-8")
    lines = re.findall(r"^\| ([A-Z]{3}-\d{3}-[A-Z]) \| `([a-z0-9_.]+)` \|", page, re.MULTILINE)
    assert dict(lines) == {spoken_code(code): code for code in pack("en").advice}
    assert len(lines) == len(pack("en").advice), "two codes sound the same"


def test_no_code_of_the_program_is_missing() -> None:
    """Every literal in the source that has the form of a code, of a family that has codes, and is nothing else that we know of."""
    known = listed()
    families = {code.partition(".")[0] for code in known}
    anchors = {anchor for step in catalog.STEPS for anchor in catalog.step(step).anchors}
    missing = set()
    for path in sorted((code_book.ROOT / "app").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            ast.unparse(node)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith(("spawn", "create_task"))
            for node in (*call.args[1:], *(k.value for k in call.keywords))
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or not code_book.CODE.fullmatch(node.value):
                continue
            code, family = node.value, node.value.partition(".")[0]
            other = code in anchors or code in COMMAND_KINDS or code.endswith((*FILES, "_")) or ast.unparse(node) in names
            if family in families and code not in known and not other:
                missing.add(f"{code} in {path.relative_to(code_book.ROOT)}")
    assert missing == set(), "not in docs/codes.md"

"""The documents say what the program is today: settings, limits, commands, codes, files, links and pictures."""

import argparse
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app import __main__ as program
from app.backend import cli
from app.commands import code_book, demo, doctor, measure
from app.contracts.journey import Journey, decode_journey
from app.core.acoustics.verdict import Limits as Acoustic
from app.services.content import load_pack
from app.services.settings import Settings
from app.steps import catalog
from app.steps.addendum import check as addendum
from app.steps.box import check as box
from app.steps.guidelines import check as guidelines
from app.steps.headset import check as headset
from app.steps.vpn import check as vpn
from app.ui.resources import resource

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
PICTURES = DOCS / "pictures"
PICTURE_BYTES = 120_000


def text(path: Path) -> str:
    return path.read_text("utf-8")


def table(path: Path, *head: str) -> list[list[str]]:
    """The rows of the table with these column heads."""
    _, _, below = text(path).partition("| " + " | ".join(head) + " |\n")
    assert below, f"{path.name} has no table {head}"
    rows = below.partition("\n\n")[0].splitlines()[1:]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]


def unfenced(path: Path) -> str:
    """The page without its code blocks."""
    return re.sub(r"^```.*?^```$", "", text(path), flags=re.DOTALL | re.MULTILINE)


def prose(path: Path) -> str:
    """The page without what is between back quotes."""
    return re.sub(r"`[^`]+`", "", unfenced(path))


def quoted(words: str) -> list[str]:
    return re.findall(r"`([^`]+)`", words)


# Settings and journeys


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    rows = [key for row in table(DOCS / "it.md", "setting", "what it says", "default") for key in quoted(row[0])]
    assert sorted(rows) == sorted(Settings._fields)
    example = text(DOCS / "it.md").partition("```toml\n")[2].partition("```")[0]
    assert set(tomllib.loads(example)) <= set(Settings._fields)


LIMITS: dict[str, set[str]] = {
    "welcome": {"minutes"},
    "box": {f.name for f in fields(box.Limits)},
    "identity": {"kit_required"},
    "vpn": {f.name for f in fields(vpn.Limits)},
    "headset": {*headset.OWN_LIMITS, *(f.name for f in fields(Acoustic))},
    "addendum": {f.name for f in fields(addendum.Limits)} - {"drawn", "typed"} | {"appearance", "sign_again"},
    "guidelines": {f.name for f in fields(guidelines.Limits)},
    "ready": set(),
}
"""What each step reads: its `Limits`, and the few that are read by name (held to the source below)."""
BY_NAME = {"minutes", "kit_required", "appearance", "sign_again"}


def test_every_limit_is_documented_and_every_documented_one_is_read() -> None:
    documented: dict[str, set[str]] = {step: set() for step in catalog.STEPS}
    for row in table(DOCS / "it.md", "step", "limit", "meaning", "default"):
        documented[row[0]] |= set(quoted(row[1]))
    assert documented == LIMITS
    own = [name for row in table(DOCS / "addendum.md", "limit", "default", "what") for name in quoted(row[0])]
    assert set(own) == LIMITS["addendum"]


def test_limits_read_by_name_are_read() -> None:
    source = "\n".join(text(path) for path in sorted((ROOT / "app").rglob("*.py")))
    assert {name for name in BY_NAME if not re.search(rf'\.get\("{name}"', source)} == set()
    taken = {name for call in re.findall(r'imits\([^()\n]*\)\.get\("(\w+)"', source) for name in [call]}
    assert taken <= BY_NAME | {"profile"}, "a limit is read by its name and not listed here"


@pytest.mark.parametrize("path", sorted(resource("content/journeys").glob("*.json")), ids=lambda path: path.stem)
def test_the_journeys_that_come_along_ask_only_for_what_is_read(path: Path) -> None:
    for step in decode_journey(text(path)).steps:
        assert set(step.limits) <= LIMITS[step.id]


@pytest.mark.parametrize(
    ("step", "limits"), [("box", box.Limits), ("vpn", vpn.Limits), ("headset", headset.Limits), ("guidelines", guidelines.Limits)]
)
def test_defaults_are_those_of_the_code(step: str, limits: type) -> None:
    """Numbers, words and yes or no; « none » and the like are words for an empty one."""
    defaults = {f.name: f.default for f in fields(limits)}
    wrong = {}
    for row in table(DOCS / "it.md", "step", "limit", "meaning", "default"):
        names, said = quoted(row[1]), [value.strip() for value in row[3].split(",")]
        if row[0] == step and len(names) == len(said):
            wrong |= {name: value for name, value in zip(names, said, strict=True) if not _same(defaults.get(name), value)}
    assert wrong == {}


def _same(default: Any, said: str) -> bool:
    if isinstance(default, bool):
        return said == str(default).lower()
    if isinstance(default, int | float):
        return float(said.partition(" ")[0]) == default
    return said == default or not default


def test_what_a_journey_says_is_documented() -> None:
    documented = {name for row in table(DOCS / "it.md", "field", "what it says", "default") for name in quoted(row[0])}
    assert documented == {field.name for field in msgspec.structs.fields(Journey)}


# Commands


class _Asked(Exception):
    pass


@cache
def parser_of(main: Callable[[list[str]], int]) -> argparse.ArgumentParser:
    """The parser that a command makes for itself, taken at the moment it would be used."""
    with pytest.MonkeyPatch.context() as patch:
        found: list[argparse.ArgumentParser] = []

        def caught(self: argparse.ArgumentParser, *_: Any, **__: Any) -> None:
            found.append(self)
            raise _Asked

        patch.setattr(argparse.ArgumentParser, "parse_args", caught)
        with pytest.raises(_Asked):
            main([])
    return found[0]


def _options(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings}


def _children(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return {
        name: child
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, child in action.choices.items()
    }


def _descend(parser: argparse.ArgumentParser, words: list[str]) -> tuple[argparse.ArgumentParser, list[str]]:
    while words and (child := _children(parser).get(words[0])) is not None:
        parser, words = child, words[1:]
    return parser, words


COMMANDS: dict[str, Callable[[list[str]], int]] = {"backend": cli.main, "demo": demo.main, "doctor": doctor.main, "measure": measure.main}


def _wrong(words: list[str]) -> str:
    """What no parser would understand of `marhaba WORDS`, or nothing."""
    main = COMMANDS.get(words[0]) if words else None
    parser, rest = _descend(parser_of(main), words[1:]) if main is not None else (parser_of(program.main), words)
    if _children(parser) and rest and not rest[0].startswith("-") and rest[0] != "...":
        return f"no command {rest[0]!r}"
    unknown = [word for word in rest if word.startswith("-") and word.partition("=")[0] not in _options(parser)]
    return f"no option {unknown}" if unknown else ""


def _commands(path: Path) -> Iterator[str]:
    """Every command line of a page: in code blocks (a line that goes on is one), and between back quotes."""
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text(path), re.DOTALL | re.MULTILINE)
    lines = [line.partition(" #")[0].strip() for block in blocks for line in re.sub(r"\n    +", " ", block).splitlines()]
    yield from (" ".join(line.split()) for line in (*lines, *quoted(unfenced(path))))


def _all_options() -> set[str]:
    found: set[str] = set()
    waiting = [parser_of(main) for main in (program.main, *COMMANDS.values())]
    while waiting:
        parser = waiting.pop()
        found |= _options(parser)
        waiting += _children(parser).values()
    return found


ELSEWHERE = {"--update"}  # of `python -m app.ui.i18n_build`


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_and_option_that_is_printed_exists(path: Path) -> None:
    cases = re.findall(r"^    ([a-z| -]+)\)", text(ROOT / "dev"), re.MULTILINE)
    dev = {word.strip() for case in cases for word in case.split("|")}
    wrong = []
    for line in _commands(path):
        words = shlex.split(re.sub(r"[\[\]]|\.\.\.", " ", line), posix=False) if re.match(r"(marhaba|\./dev) ", line) else []
        if words[:1] == ["marhaba"] and (why := _wrong(words[1:])):
            wrong.append(f"{line}: {why}")
        elif words[:1] == ["./dev"] and words[1] not in dev:
            wrong.append(line)
        elif words[:2] == ["./dev", "demo"]:
            wrong += [f"{line}: {word}" for word in words if word.startswith("--") and word not in _options(parser_of(demo.main))]
        elif re.fullmatch(r"--[a-z-]+( [A-Za-z]+)?", line) and line.partition(" ")[0] not in _all_options() | ELSEWHERE:
            wrong.append(line)
        for module in re.findall(r"python -m ((?:app|tests)[\w.]*)", line):
            if find_spec(module) is None:
                wrong.append(line)
    assert wrong == []


def test_agents_commands_without_the_program_s_name_exist() -> None:
    """« agents code EMPLOYEE_ID », « pki root »: said in a sentence that began with the whole command."""
    wrong = []
    for path in PAGES:
        for line in _commands(path):
            words = line.split()
            if words[:1] and words[0] in _children(parser_of(cli.main)) and len(words) > 1 and (why := _wrong(["backend", *words])):
                wrong.append(f"{path.name}: {line}: {why}")
    assert wrong == []


# Codes, files


def codes() -> set[str]:
    return set(re.findall(r"^\| `([a-z_]+\.[a-z0-9_]+)` \|", text(code_book.PAGE), re.MULTILINE))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_code_that_is_named_exists(path: Path) -> None:
    known = codes()
    families = {code.partition(".")[0] for code in known}
    suffixes = {".crl", ".key", ".log", ".json", ".md", ".pdf", ".pem", ".py", ".toml", ".typ", ".db"}
    wrong = [
        word
        for word in quoted(unfenced(path))
        if code_book.CODE.fullmatch(word) and word.partition(".")[0] in families and word not in known and Path(word).suffix not in suffixes
    ]
    assert wrong == []


def test_the_helpdesk_finds_what_to_do_of_every_code() -> None:
    pages = ("helpdesk.md", "headset.md", "addendum.md")
    said = {code for name in pages for code in quoted(unfenced(DOCS / name))}
    said |= {f"headset.{word}" for word in quoted(unfenced(DOCS / "headset.md"))}
    advice = load_pack(resource("content"), "en").advice.values()
    assert {one.code for one in advice if one.actions} - said - {"addendum.not_asked"} == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(path: Path) -> None:
    wrong = []
    for word in quoted(unfenced(path)):
        named = word.partition(" ")[0].rstrip("/")
        if re.fullmatch(r"(app|resources|tests|docs|i18n|installer)/[\w./*-]+", named) and not list(ROOT.glob(named)):
            wrong.append(word)
    assert wrong == []


def test_every_address_of_the_backend_that_is_named_is_answered() -> None:
    served = set(re.findall(r'"(/[a-z_/.0-9]*)"', "\n".join(text(path) for path in (ROOT / "app" / "backend").rglob("*.py"))))
    served.add("/schema/openapi.json")  # Litestar's own
    wrong = [
        f"{path.name}: {word}"
        for path in PAGES
        for word in quoted(unfenced(path))
        if (named := re.fullmatch(r"((?:GET|POST) )?(https?://[^/\s]+)?(/(?!etc/|dev/|usr/|var/)[a-z_/.0-9]+)", word))
        and named[3] not in served
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["contracts", "core", "services", "wiring"])
def test_the_map_names_every_module(room: str) -> None:
    tree = text(DOCS / "architecture.md").partition("```\n")[2].partition("```")[0]
    here = re.split(r"^  \w+/", tree.partition(f"\n  {room}/")[2], maxsplit=1, flags=re.MULTILINE)[0]
    modules = {path.stem for path in (ROOT / "app" / room).glob("*.py")} - {"__init__"}
    assert {module for module in modules if not re.search(rf"\b{module}\b", here)} == set()


# Links and pictures


def _anchor(title: str) -> str:
    """The anchor GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    wrong = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(path)):
        if re.match(r"https?:|mailto:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name) if name else path
        if not target.exists() or (anchor and anchor not in map(_anchor, re.findall(r"^#+ (.+)$", text(target), re.MULTILINE))):
            wrong.append(link)
    assert wrong == []


def test_every_picture_is_shown_small_and_described() -> None:
    shown = {(path.parent / link).resolve() for path in PAGES for alt, link in re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", prose(path)) if alt}
    assert sorted(PICTURES.iterdir()) == sorted(shown)
    assert {path.name: size for path in PICTURES.iterdir() if (size := path.stat().st_size) > PICTURE_BYTES} == {}


def test_every_page_is_in_the_index() -> None:
    index = text(DOCS / "README.md")
    assert [page.name for page in PAGES if page.parent == DOCS and page.name != "README.md" and f"]({page.name})" not in index] == []

"""The words: every code has them in the three languages, written as each language is written."""

import ast
import re
from pathlib import Path

import pytest

from app.steps import catalog
from app.ui import theme
from app.ui.resources import resource
from tests.steps.fakes import pack

COMMON = (
    "journal.unwritable", "journal.repaired", "secrets.unavailable", "journey.signature_invalid", "content.invalid",
    "backend.unreachable", "error.unexpected", "settings.invalid", "journal.in_use", "journal.newer",
)  # fmt: skip
LANGUAGES = ("fr", "ar", "en")


def files(language: str) -> list[Path]:
    folder = resource(f"content/{language}")
    return [*sorted((folder / "steps").glob("*.md")), folder / "notice.md"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_every_step_has_its_words(language: str) -> None:
    content = pack(language)
    wanted = {code for step in catalog.STEPS for code in catalog.step(step).codes} | set(COMMON)
    assert wanted == set(content.advice), "a code without words, or words without a code"
    for code in wanted:
        advice = content.advice[code]
        assert advice.title
        assert advice.meaning
        assert len(advice.actions) <= 4
        assert all(action.title and action.detail for action in advice.actions), code
        if not code.endswith(".passed"):
            assert advice.actions, f"{code} says nothing to do"


def test_owners_and_actions_are_the_same_in_every_language() -> None:
    french = pack("fr").advice
    for language in ("ar", "en"):
        for code, advice in pack(language).advice.items():
            assert advice.owner == french[code].owner, code
            assert len(advice.actions) == len(french[code].actions), code


# Nothing to do with one's hands: the line is good, or IT's server is at fault.
WITHOUT_AN_ACT = {"box.passed", "box.passed_no_box", "box.probe_unreachable", "box.probe_busy"}


def test_what_is_done_by_hand_at_the_box_is_drawn() -> None:
    assert {code for code in catalog.step("box").codes if not pack("fr").advice[code].pictures} == WITHOUT_AN_ACT


def test_pictures_are_the_same_in_every_language_and_each_is_told_in_its_own() -> None:
    told: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, advice in pack(language).advice.items():
            assert [picture.name for picture in advice.pictures] == [p.name for p in pack("fr").advice[code].pictures], code
            for picture in advice.pictures:
                assert resource(picture.path).is_file(), f"{code}: {picture.name} is not drawn"
                told.setdefault(picture.text, set()).add(language)
    assert [text for text, languages in told.items() if len(languages) > 1] == [], "not translated"


def drawings() -> list[Path]:
    return sorted(resource("pictures/box").glob("*.svg"))


@pytest.mark.parametrize("path", drawings(), ids=lambda path: path.stem)
def test_a_drawing_has_no_words_and_only_colours_of_the_theme(path: Path) -> None:
    svg = path.read_text("utf-8")
    assert "<text" not in svg
    known = {colour.upper() for colour in theme.TOKENS["light"].values()}
    assert set(re.findall("#[0-9A-Fa-f]{6}", svg.upper())) <= known
    used = {picture.name for advice in pack("fr").advice.values() for picture in advice.pictures}
    assert f"box/{path.stem}" in used, "shown nowhere"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_a_name_and_codes_belong_to_their_step(language: str) -> None:
    for step_id in catalog.STEPS:
        step = catalog.step(step_id)
        assert step.id == step_id
        assert pack(language).step_titles[step_id]
        assert all(code.startswith(f"{step_id}.") for code in step.codes)
        assert all(anchor.startswith(f"{step_id}.") for anchor in step.anchors)


def test_the_notice_is_the_same_version_with_the_same_parts_everywhere() -> None:
    notices = [pack(language).notice for language in LANGUAGES]
    assert len({(notice.version, len(notice.sections)) for notice in notices}) == 1
    for language, notice in zip(LANGUAGES, notices, strict=True):
        assert ("09.08" if language == "ar" else "09-08") in notice.intro
        assert "CNDP" in " ".join(section.text for section in notice.sections)
        assert {"12", "5"} <= set(re.findall(r"\d+", " ".join(section.text for section in notice.sections)))


@pytest.mark.parametrize("path", files("ar"), ids=lambda path: path.name)
def test_arabic_has_no_tashkeel_and_plain_digits(path: Path) -> None:
    assert re.findall(r"\S*[\u064b-\u0652\u0670\u0640٠-٩۰-۹]\S*", path.read_text("utf-8")) == []


ARABIC_ELSEWHERE = [
    *(Path(path) for path in ("i18n/marhaba_ar.ts", "resources/documents/consent.toml", "resources/documents/addendum/clauses.toml")),
    *Path("app").rglob("*.py"),
]


@pytest.mark.parametrize("path", [*files("ar"), *ARABIC_ELSEWHERE], ids=str)
def test_laws_have_their_number_in_the_order_it_is_read(path: Path) -> None:
    """A hyphen lets the two figures change places in a line of Arabic; the official writing, with a point, does not."""
    assert re.findall(r"القانون(?: رقم)? \d+-\d+", path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", files("fr"), ids=lambda path: path.name)
def test_french_is_set_as_french(path: Path) -> None:
    text = path.read_text("utf-8")
    body = re.sub(r"(?s)^\+\+\+.*?^\+\+\+$", "", text, flags=re.MULTILINE)
    assert re.findall(r".{0,15}[^\u00a0\s«][;:!?»](?:\s|$)", body) == [], "a no-break space is missing before it"
    assert re.findall(r".{0,15} [;:!?»]", body) == [], "an ordinary space may break the line there"
    assert re.findall(r"«[^\u00a0].{0,10}", body) == []
    assert re.findall(r".{0,10}'.{0,10}", body) == [], "the apostrophe is ’"


def test_every_interface_word_is_seen_by_the_translation_tool() -> None:
    """`pyside6-lupdate` does not look into f-strings: words there would stay English for ever."""
    folder = Path(__file__).resolve().parents[2] / "app" / "steps"
    found = [
        f"{path.name}: {node.lineno}"
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Attribute) and inner.attr == "tr"
    ]
    assert found == []

"""The real texts in three languages, and packs that are not what they should be."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.contracts.receipts import ContentPack, pack_bytes
from app.core.content import Content
from app.core.errors import ContentError
from app.services.content import load_pack, pack_hash, parse_advice, parse_pack, read_files

DIRECTORY = Path(__file__).parents[2] / "resources" / "content"
LANGUAGES = ("fr", "ar", "en")


@pytest.fixture(scope="module")
def packs() -> dict[str, Content]:
    return {language: load_pack(DIRECTORY, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def pack() -> ContentPack:
    return read_files(DIRECTORY)


def texts(content: Content) -> list[str]:
    found = [content.notice.title, content.notice.intro, *content.step_titles.values()]
    found += [part for section in content.notice.sections for part in (section.title, section.text)]
    for advice in content.advice.values():
        found += [advice.title, advice.meaning, *(part for action in advice.actions for part in (action.title, action.detail))]
        found += [picture.text for picture in advice.pictures]
    for topic in content.topics:
        found += [topic.title, topic.why, topic.picture_text, *(part for point in topic.points for part in (point.title, point.text))]
    for question in content.questions:
        found += [question.text, question.explanation, *(part for choice in question.choices for part in (choice.text, choice.reply))]
    return found


def test_every_language_says_the_same(packs: dict[str, Content]) -> None:
    first = packs["fr"]
    for content in packs.values():
        assert content.version == first.version
        assert content.notice.version == first.notice.version
        assert len(content.notice.sections) == len(first.notice.sections)
        assert set(content.step_titles) == set(first.step_titles)
        assert {code: (a.owner, len(a.actions)) for code, a in content.advice.items()} == {
            code: (a.owner, len(a.actions)) for code, a in first.advice.items()
        }
        assert [(t.id, t.minutes, len(t.points)) for t in content.topics] == [(t.id, t.minutes, len(t.points)) for t in first.topics]
        assert [(q.id, q.topic, q.right, [c.id for c in q.choices]) for q in content.questions] == [
            (q.id, q.topic, q.right, [c.id for c in q.choices]) for q in first.questions
        ]


def test_there_are_enough_questions_and_some_for_each_topic(packs: dict[str, Content]) -> None:
    questions = packs["fr"].questions
    assert len(questions) >= 24
    assert {q.topic for q in questions} == {t.id for t in packs["fr"].topics}
    assert all(len({c.text for c in q.choices}) == len(q.choices) for q in questions)
    rights = [q.right for q in questions]
    assert max(rights.count(letter) for letter in set(rights)) <= len(rights) / 2, "the right letter cannot be guessed"


def test_no_text_is_empty(packs: dict[str, Content]) -> None:
    for content in packs.values():
        assert all(topic.points for topic in content.topics)
        empty = [text for text in texts(content) if not text.strip()]
        # An action may do without a detail.
        details = sum(not action.detail for advice in content.advice.values() for action in advice.actions)
        intro = int(not content.notice.intro)
        assert len(empty) == details + intro


def test_arabic_is_written_without_tashkeel(packs: dict[str, Content]) -> None:
    marked = [text for text in texts(packs["ar"]) if re.search("[\u064b-\u0652\u0670\u0640]", text)]
    assert marked == []


def test_arabic_is_arabic(packs: dict[str, Content]) -> None:
    long_texts = [text for text in texts(packs["ar"]) if len(text) > 40]
    assert long_texts
    assert [text for text in long_texts if len(re.findall("[\u0600-\u06ff]", text)) < len(text) / 6] == []


def test_french_is_set_as_french_is(packs: dict[str, Content]) -> None:
    for text in texts(packs["fr"]):
        assert "'" not in text, f"straight apostrophe: {text}"
        assert '"' not in text, f"straight quotation marks: {text}"
        assert not re.search(r"\.\.\.", text), text
        # In front of double punctuation: a no-break space, never a plain one, never none.
        assert not re.search(r" [;:!?»]", text), f"a line may break before the punctuation: {text}"
        assert not re.search(r"« ", text), text
        assert not re.search(r"[^\W\d][;!?»]", text), f"no space before the punctuation: {text}"


def test_the_hash_binds_every_file_and_nothing_else(pack: ContentPack, tmp_path: Path) -> None:
    whole = pack_hash(pack)
    assert pack_hash(ContentPack(dict(reversed(pack.files.items())))) == whole
    for path in pack.files:
        assert pack_hash(ContentPack({**pack.files, path: pack.files[path] + " "})) != whole
    for path, text in pack.files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    (tmp_path / "readme.txt").write_text("not part of it")
    assert pack_hash(read_files(tmp_path)) == whole
    assert load_pack(tmp_path, "fr").sha256 == whole
    assert pack_bytes(pack).startswith(b'{"files":{"ar/')


def test_a_language_that_is_not_there_is_said_so(pack: ContentPack) -> None:
    with pytest.raises(ContentError) as raised:
        parse_pack(pack, "de")
    assert raised.value.code == "content.language_missing"


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "notice.md").write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError) as raised:
        read_files(tmp_path)
    assert raised.value.code == "content.unreadable"


BROKEN = {
    "no notice": ("fr/notice.md", None),
    "no quiz": ("fr/guidelines/quiz.toml", None),
    "front matter cut": ("fr/notice.md", "+++\nversion = '1'\n"),
    "front matter no toml": ("fr/notice.md", "+++\nversion = \n+++\n"),
    "title missing": ("fr/notice.md", "+++\nversion = '1'\n+++\nx"),
    "a list in a notice": ("fr/notice.md", "+++\nversion = '1'\ntitle = 't'\n+++\n- x\n"),
    "minutes no number": ("fr/guidelines/1-desk.md", "+++\nid='desk'\ntitle='t'\nwhy='w'\nminutes='two'\npicture_text='p'\n+++\n## a\nb"),
    "no point": ("fr/guidelines/1-desk.md", "+++\nid='desk'\ntitle='t'\nwhy='w'\nminutes=2\npicture_text='p'\n+++\n"),
    "quiz no toml": ("fr/guidelines/quiz.toml", "= ="),
    "quiz empty": ("fr/guidelines/quiz.toml", "version='1'\nquestion=[]"),
    "a code twice": ("fr/steps/ready.md", "# R\n## a.b · agent\n### T\nm\n\n## a.b · agent\n### T\nm\n"),
    "an owner nobody knows": ("fr/steps/ready.md", "# R\n## a.b · wizard\n### T\nm\n"),
    "no meaning": ("fr/steps/ready.md", "# R\n## a.b · agent\n### T\n"),
    "no step name": ("fr/steps/ready.md", "## a.b · agent\n### T\nm\n"),
}


@pytest.mark.parametrize(("path", "text"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_named(pack: ContentPack, path: str, text: str | None) -> None:
    files = {name: old for name, old in pack.files.items() if name != path}
    if text is not None:
        files[path] = text
    with pytest.raises(ContentError) as raised:
        parse_pack(ContentPack(files), "fr")
    assert raised.value.code == "content.invalid"
    assert raised.value.facts["file"] == path.removeprefix("fr/")


@pytest.mark.parametrize(
    ("old", "new"),
    [('right = "b"', 'right = "z"'), ('topic = "desk"', 'topic = "moon"'), ('id = "desk-1"', 'id = "desk-2"'), ('id = "a"', 'id = "b"')],
)
def test_a_question_that_does_not_fit_is_refused(pack: ContentPack, old: str, new: str) -> None:
    path = "fr/guidelines/quiz.toml"
    assert old in pack.files[path]
    with pytest.raises(ContentError):
        parse_pack(ContentPack({**pack.files, path: pack.files[path].replace(old, new, 1)}), "fr")


pieces = st.sampled_from(["+++", "\n", "# ", "## ", "### ", "a.b · agent", "1. **x** y", "- z", "version = '1'"])
noise = st.lists(pieces | st.text(max_size=8), max_size=25).map("".join)


@settings(max_examples=150)
@given(path=st.sampled_from(["notice.md", "steps/x.md", "guidelines/1-desk.md", "guidelines/quiz.toml"]), text=noise)
def test_whatever_a_pack_holds_only_content_errors_come_of_it(pack: ContentPack, path: str, text: str) -> None:
    try:
        parse_pack(ContentPack({**pack.files, f"fr/{path}": text}), "fr")
    except ContentError as error:
        code = error.code
    else:
        code = ""
    assert code in {"", "content.invalid"}


@settings(max_examples=100)
@given(noise)
def test_advice_is_read_or_refused(text: str) -> None:
    try:
        name, _found = parse_advice("x.md", text)
    except ContentError:
        return
    assert name


BEFORE = "# Box\n\n## box.pin · agent\n### A title\nA meaning.\n1. **Do** This.\n\n"


def test_the_pictures_of_a_procedure_are_images_alone_in_a_paragraph() -> None:
    _name, advice = parse_advice("box.md", BEFORE + "![A card](box/sim)\n![A plug, **pulled**](box/re-start)\n")
    found = advice["box.pin"]
    assert [(p.name, p.text, p.path) for p in found.pictures] == [
        ("box/sim", "A card", "pictures/box/sim.svg"),
        ("box/re-start", "A plug, pulled", "pictures/box/re-start.svg"),
    ]
    assert (found.meaning, len(found.actions)) == ("A meaning.", 1)


@pytest.mark.parametrize(
    "written",
    [
        "![](box/sim)",
        "![A card](../../secret)",
        "![A card](https://example.org/a.svg)",
        "![A card](box/sim.svg)",
        "Look: ![A card](box/sim)",
        "![A card](box/sim) ![The same](box/sim)",
        "![a](box/a) ![b](box/b) ![c](box/c) ![d](box/d)",
        "![A card](box/sim)\n\n![A plug](box/restart)",
        "1. **Do** ![A card](box/sim)",
    ],
)
def test_pictures_written_otherwise_are_refused(written: str) -> None:
    with pytest.raises(ContentError) as raised:
        parse_advice("box.md", BEFORE + written + "\n")
    assert raised.value.code == "content.invalid"

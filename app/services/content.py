"""Texts from disk: Markdown and question files of one language, checked against their shape, as `core.content`.

A pack is the set of `.md` and `.toml` files below a directory; it is bound by the SHA-256 of its canonical bytes.
"""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.contracts.outcomes import Owner
from app.contracts.receipts import ContentPack
from app.core.content import Action, Advice, Choice, Content, Notice, Picture, Question, Section, Topic
from app.core.errors import ContentError
from app.services.packs import pack_hash, read_files

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_HEADING = re.compile(r"^(?P<code>[a-z_]+(?:\.[a-z0-9_]+)+) · (?P<owner>[a-z]+)$")
_PICTURE = re.compile(r"[a-z]+/[a-z]+(?:-[a-z]+)*")
_MOST_PICTURES = 3


class _Front(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    title: str
    why: str
    minutes: int
    picture_text: str


class _NoticeFront(msgspec.Struct):
    version: str
    title: str


class _QuizChoice(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    text: str
    reply: str


class _QuizQuestion(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    topic: str
    text: str
    right: str
    explanation: str
    choice: list[_QuizChoice]


class _Quiz(msgspec.Struct, forbid_unknown_fields=True):
    version: str
    question: list[_QuizQuestion]


def load_pack(directory: Path, language: str) -> Content:
    """The content of one language below `directory`. Errors: ContentError."""
    return parse_pack(read_files(directory), language)


def parse_pack(pack: ContentPack, language: str) -> Content:
    """Errors: ContentError `content.invalid` with the file and what is wrong with it, `content.language_missing`."""
    prefix = f"{language}/"
    files = {path.removeprefix(prefix): text for path, text in pack.files.items() if path.startswith(prefix)}
    if not files:
        raise ContentError("content.language_missing", language=language)
    titles: dict[str, str] = {}
    advice: dict[str, Advice] = {}
    for path, text in files.items():
        if path.startswith("steps/"):
            step = path.removeprefix("steps/").removesuffix(".md")
            titles[step], found = parse_advice(path, text)
            advice |= found
    topics = tuple(_topic(path, text) for path, text in sorted(files.items()) if path.startswith("guidelines/") and path.endswith(".md"))
    version, questions = _quiz(files, {topic.id for topic in topics})
    return Content(language, version, pack_hash(pack), titles, advice, _notice(files), topics, questions)


def _wrong(path: str, what: str) -> ContentError:
    return ContentError("content.invalid", file=path, error=what)


def _front(path: str, text: str, shape: type[msgspec.Struct]) -> tuple[msgspec.Struct, str]:
    parts = re.split(r"^\+\+\+\s*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():
        raise _wrong(path, "front matter between two +++ lines is missing")
    try:
        return msgspec.convert(tomllib.loads(parts[1]), shape), parts[2]
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _wrong(path, str(error)) from error


def _blocks(text: str) -> list[Token]:
    return [token for token in _MARKDOWN.parse(text) if token.level == 0 or token.type == "inline"]


def _sections(path: str, text: str) -> tuple[str, list[Section]]:
    """The paragraphs before the first `##`, and the sections after it (a title and its paragraphs each)."""
    intro: list[str] = []
    sections: list[tuple[str, list[str]]] = []
    heading = False
    for token in _blocks(text):
        if token.type == "heading_open":
            heading = True
        elif token.type == "heading_close":
            heading = False
        elif token.type == "inline":
            if heading:
                sections.append((plain(token), []))
            else:
                (sections[-1][1] if sections else intro).append(plain(token))
        elif token.type != "paragraph_open" and token.type != "paragraph_close":
            raise _wrong(path, f"only headings and paragraphs are read here, not {token.type}")
    return "\n\n".join(intro), [Section(title, "\n\n".join(paragraphs)) for title, paragraphs in sections]


def plain(token: Token) -> str:
    """The words of an inline token, mark-up dropped."""
    return "".join(" " if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children or []).strip()


def parse_advice(path: str, text: str) -> tuple[str, dict[str, Advice]]:
    """A step's name and its advice per code. Errors: ContentError `content.invalid`.

    A paragraph of images alone, `![what it shows](box/sim)`, is the code's procedure in pictures.
    """
    name = ""
    found: dict[str, Advice] = {}
    code, owner, title, meaning, actions = "", Owner.AGENT, "", list[str](), list[Action]()
    pictures: tuple[Picture, ...] = ()

    def close() -> None:
        if code:
            if not title or not meaning:
                raise _wrong(path, f"{code} lacks its title or its meaning")
            found[code] = Advice(code, owner, title, " ".join(meaning), tuple(actions), pictures)

    tag, in_list = "", False
    for token in _MARKDOWN.parse(text):
        if token.type == "heading_open":
            tag = token.tag
        elif token.type == "heading_close":
            tag = ""
        elif token.type in {"ordered_list_open", "ordered_list_close"}:
            in_list = token.type.endswith("open")
        elif token.type == "inline":
            words = plain(token)
            if tag == "h1":
                name = words
            elif tag == "h2":
                close()
                match = _HEADING.match(words)
                if match is None or match["owner"] not in set(Owner) or match["code"] in found:
                    raise _wrong(path, f"heading {words!r} is not « code · owner », or repeats a code")
                code, owner, title, meaning, actions, pictures = match["code"], Owner(match["owner"]), "", [], [], ()
            elif tag == "h3":
                title = words
            elif any(child.type == "image" for child in token.children or []):
                if pictures or in_list:
                    raise _wrong(path, f"{code}: pictures stand once, in a paragraph of their own")
                pictures = _pictures(path, code, token)
            elif in_list:
                actions.append(_action(token))
            else:
                meaning.append(words)
    close()
    if not name:
        raise _wrong(path, "the step's name (# heading) is missing")
    return name, found


def _pictures(path: str, code: str, token: Token) -> tuple[Picture, ...]:
    found: list[Picture] = []
    for child in token.children or []:
        if child.type == "image":
            name, text = str(child.attrs.get("src", "")), plain(child)
            if not _PICTURE.fullmatch(name) or not text:
                raise _wrong(path, f"{code}: a picture is « ![what it shows](room/drawing) », not {name!r}")
            found.append(Picture(name, text))
        elif child.type != "softbreak" and child.content.strip():
            raise _wrong(path, f"{code}: words beside a picture")
    if len(found) > _MOST_PICTURES or len({picture.name for picture in found}) < len(found):
        raise _wrong(path, f"{code}: more than {_MOST_PICTURES} pictures, or one of them twice")
    return tuple(found)


def _action(token: Token) -> Action:
    bold: list[str] = []
    rest: list[str] = []
    depth = 0
    for child in token.children or []:
        if child.type == "strong_open":
            depth += 1
        elif child.type == "strong_close":
            depth -= 1
        else:
            (bold if depth else rest).append(" " if child.type in {"softbreak", "hardbreak"} else child.content)
    return Action("".join(bold).strip(), "".join(rest).strip())


def _notice(files: Mapping[str, str]) -> Notice:
    path = "notice.md"
    if path not in files:
        raise _wrong(path, "missing")
    front, body = _front(path, files[path], _NoticeFront)
    assert isinstance(front, _NoticeFront)  # noqa: S101 (narrows for mypy; _front converted to it)
    intro, sections = _sections(path, body)
    return Notice(front.version, front.title, intro, tuple(sections))


def _topic(path: str, text: str) -> Topic:
    front, body = _front(path, text, _Front)
    assert isinstance(front, _Front)  # noqa: S101
    _intro, points = _sections(path, body)
    if not points:
        raise _wrong(path, "no point (## heading) to read")
    return Topic(front.id, front.title, front.why, front.minutes, front.picture_text, tuple(points))


def _quiz(files: Mapping[str, str], topics: set[str]) -> tuple[str, tuple[Question, ...]]:
    path = "guidelines/quiz.toml"
    if path not in files:
        raise _wrong(path, "missing")
    try:
        quiz = msgspec.convert(tomllib.loads(files[path]), _Quiz)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _wrong(path, str(error)) from error
    questions = []
    for q in quiz.question:
        ids = [choice.id for choice in q.choice]
        if q.topic not in topics or q.right not in ids or len(set(ids)) != len(ids) or len(ids) < 2:
            raise _wrong(path, f"question {q.id}: topic, right answer or choices do not fit")
        questions.append(Question(q.id, q.topic, q.text, q.right, q.explanation, tuple(Choice(c.id, c.text, c.reply) for c in q.choice)))
    if len({question.id for question in questions}) != len(questions) or not questions:
        raise _wrong(path, "question ids are missing or repeated")
    return quiz.version, tuple(questions)

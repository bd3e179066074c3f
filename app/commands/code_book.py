"""`python -m app.commands.code_book`: write docs/codes.md, every code that Marhaba shows or reports, and docs/codes.fr.md, what the
helpdesk needs of it. Run it after adding one.

Nothing is worded here: what a code means and what is done first come from the texts that the agent reads (resources/content), how a step
ends from the console's words, what a verdict on a signed file means from the verifier's. A code that nobody reads on a page is listed
with the place that raises it, found in the source, so only a checkout can write this.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from app.backend.api.problems import ProblemError
from app.backend.console.words import WORDS
from app.backend.documents.verdict_words import MEANINGS
from app.contracts.addendum import PROBLEMS
from app.contracts.languages import Language
from app.contracts.outcomes import Outcome, Owner
from app.contracts.spoken_code import spoken_code
from app.core.content import Advice
from app.core.errors import BackendRefused
from app.services.content import load_pack
from app.steps import catalog
from app.steps.addendum.check import code_of
from app.steps.identity.check import result_of_error
from app.ui.resources import resource

ROOT = Path(__file__).resolve().parents[2]
PAGE, FRENCH = ROOT / "docs" / "codes.md", ROOT / "docs" / "codes.fr.md"
CODE = re.compile(r"[a-z_]+\.[a-z0-9_]+")


class _Frame(NamedTuple):
    """The words around the tables, in one language."""

    head: str
    spoken: str
    rows: str
    owners: dict[Owner, str]
    said: str
    anywhere: str


ENGLISH_FRAME = _Frame(
    head="""# Codes

Every code that Marhaba shows, reports or answers: {count} of them. Made by `python -m app.commands.code_book`: change the texts, not
this page. [En français](codes.fr.md): what the helpdesk needs of it.

On the telephone an agent reads out the short form (`{example}`: find it in the list below); the console shows both forms with
each step. What to say then is in [helpdesk.md](helpdesk.md).

- *Outcome* is what the step is then. Past « passed with a remark » and « not applicable » the journey goes on. « Could not check »: nothing
  was proved against anybody. « Said »: the page says it, and the step stays as it was.
- *First* is what the agent is told to do first, in the words of the page. Who mends it stands above each table.

## By what is read out on the telephone

""",
    spoken="| read out | code | who mends it | what is true |",
    rows="| code | read out | outcome | what is true | first |",
    owners={Owner.AGENT: "The agent", Owner.HELPDESK: "The helpdesk", Owner.IT: "IT", Owner.OPERATOR: "The operator", Owner.HR: "HR"},
    said="said",
    anywhere="On any page",
)
FRENCH_FRAME = _Frame(
    head="""# Codes, pour le helpdesk

Le téléconseiller lit au téléphone un code comme `{example}` : cherchez-le dans la première liste. La console affiche les deux formes à
chaque étape. Que dire ensuite : [helpdesk.md](helpdesk.md). Fait par `python -m app.commands.code_book` : changez les textes, pas
cette page. [In English](codes.md), avec les codes des réponses et des journaux.

- *Issue* : ce que devient l’étape. « Réussie avec remarque » et « sans objet » laissent continuer. « Non vérifiée » : rien n’est prouvé
  contre personne. « Dit » : la page le dit, l’étape reste comme elle était.
- *D’abord* : ce que la page demande en premier, avec ses mots. Qui règle cela est écrit au-dessus de chaque tableau.

## Par le code lu au téléphone

""",
    spoken="| lu au téléphone | code | qui règle cela | ce qui est vrai |",
    rows="| code | lu au téléphone | issue | ce qui est vrai | d’abord |",
    owners={
        Owner.AGENT: "Le téléconseiller",
        Owner.HELPDESK: "Le helpdesk",
        Owner.IT: "Le service informatique",
        Owner.OPERATOR: "L’opérateur",
        Owner.HR: "Les ressources humaines",
    },
    said="dit",
    anywhere="Sur toutes les pages",
)
_FILES = """## A signed addendum, verified

What `marhaba backend verify`, `/verify` and `POST /v1/verify` find in a file ([addendum.md](addendum.md)), the gravest first. Who acts:
whoever was handed the file asks HR for the one that is kept.

| code | meaning | breaks |
| --- | --- | --- |
"""
_INSIDE = """## In answers and logs

No agent reads these: they stand in the backend's answers (RFC 9457, `code`), in logs and on a command line. IT acts. *By* is the module
below `app/` that says it, *with* what it says beside; where an agent is at the page, *the agent reads* is the code shown there.
`http.` and a status stands for an answer that was no problem document, a proxy's for example.

| code | by | HTTP | with | the agent reads |
| --- | --- | --- | --- | --- |
"""


class Raised(NamedTuple):
    code: str
    by: str
    status: int | None
    said: tuple[str, ...]
    """Names of facts, and details that are literal."""


def raised(sources: Iterable[Path]) -> Iterator[Raised]:
    """Each place in the source where an error is made with a code, or a `code` is set to one, in the order of the files."""
    for path in sources:
        by = path.relative_to(ROOT / "app").with_suffix("").as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func).endswith(("Error", "Refused", "Refusal", "Unreachable", "_Turned")):
                yield from _of_call(node, by)
            elif isinstance(node, ast.Assign) and _name(node.targets[0]) == "code":
                yield from (Raised(code, by, None, ()) for code in _codes(node.value))


def _name(node: ast.expr) -> str:
    return str(getattr(node, "id", "") or getattr(node, "attr", ""))


def _codes(node: ast.expr) -> list[str]:
    """The codes an expression may be: itself, or either end of « a if b else c »."""
    if isinstance(node, ast.IfExp):
        return [*_codes(node.body), *_codes(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value) else []


def _of_call(node: ast.Call, by: str) -> Iterator[Raised]:
    for position, arg in enumerate(node.args):
        if codes := _codes(arg):
            literals = [a.value for a in node.args if isinstance(a, ast.Constant)]
            status = next((value for value in literals if isinstance(value, int)), PROBLEMS.get(codes[0]))
            details = [a.value for a in node.args[position + 1 :] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            said = () if _name(node.func) == "_Turned" else (*details, *(k.arg for k in node.keywords if k.arg))
            yield from (Raised(code, by, status, said) for code in codes)
            return


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(head: str, rows: Iterable[str]) -> Iterator[str]:
    yield head
    yield "|" + " --- |" * (head.count("|") - 1)
    yield from rows


def _first(advice: Advice) -> str:
    return f"**{advice.actions[0].title}.** {advice.actions[0].detail}" if advice.actions else ""


def _shown(language: Language, frame: _Frame) -> Iterator[str]:
    """All that a person may read on a page: by what is read out, then by step and, in the order of `Owner`, by who mends it."""
    content = load_pack(resource("content"), language)
    promised = {step: catalog.step(step).codes for step in catalog.STEPS}
    outcomes = {code: ends for codes in promised.values() for code, ends in codes.items()}
    well = {code for code, ends in outcomes.items() if ends in ((Outcome.PASSED,), (Outcome.NOT_APPLICABLE,))}

    def line(advice: Advice) -> str:
        ends = ", ".join(WORDS[language][outcome.value] for outcome in outcomes.get(advice.code, ())) or frame.said
        return _row(f"`{advice.code}`", spoken_code(advice.code), ends, advice.title, _first(advice))

    def spoken(advice: Advice) -> str:
        who = "" if advice.code in well else frame.owners[advice.owner]
        return _row(spoken_code(advice.code), f"`{advice.code}`", who, advice.title)

    yield from _table(frame.spoken, sorted(map(spoken, content.advice.values())))
    steps = [(content.step_titles[step], set(codes)) for step, codes in promised.items()]
    for title, codes in (*steps, (frame.anywhere, set(content.advice) - set(outcomes))):
        yield f"\n## {title}"
        for owner in Owner:
            if mine := [advice for code, advice in content.advice.items() if code in codes and advice.owner is owner]:
                yield f"\n**{frame.owners[owner]}**\n"
                yield from _table(frame.rows, map(line, mine))
    yield ""


def _reads(code: str) -> str:
    """The code on the agent's page when the backend refuses with this one, where it is another."""
    shown = ""
    if code in PROBLEMS or code == "token.refused":
        shown = code_of(BackendRefused(code, 0))
    elif code.startswith("enrolment."):
        shown = result_of_error(BackendRefused(code, 0)).code
    return f"`{shown}`" if shown not in ("", code) else ""


def _inside(known: set[str]) -> Iterator[str]:
    found: dict[str, list[Raised]] = {}
    for one in raised(sorted((ROOT / "app").rglob("*.py"))):
        if one.code not in known:
            found.setdefault(one.code, []).append(one)
    for code, places in sorted(found.items()):
        by = ", ".join(dict.fromkeys(place.by for place in places))
        status = next((place.status for place in places if place.status), None)
        http = f"{status} {ProblemError(status, code).problem.title}" if status else ""
        said = ", ".join(dict.fromkeys(word for place in places for word in place.said))
        yield _row(f"`{code}`", by, http, said, _reads(code))


def book() -> str:
    """docs/codes.md, whole."""
    known = {*load_pack(resource("content"), "en").advice, *MEANINGS}
    verdicts = [_row(f"`{code}`", meaning.en, ", ".join(meaning.breaks)) for code, meaning in MEANINGS.items()]
    inside = list(_inside(known))
    head = ENGLISH_FRAME.head.format(count=len(known) + len(inside), example=spoken_code("box.no_sim"))
    parts = [*_shown("en", ENGLISH_FRAME), _FILES + "\n".join(verdicts), "", _INSIDE + "\n".join(inside), ""]
    return head + "\n".join(parts)


def french() -> str:
    """docs/codes.fr.md, whole."""
    return FRENCH_FRAME.head.format(example=spoken_code("box.no_sim")) + "\n".join(_shown("fr", FRENCH_FRAME))


def main() -> int:
    for page, text in ((PAGE, book()), (FRENCH, french())):
        page.write_text(text, "utf-8")
        print(f"{page.relative_to(ROOT)}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())

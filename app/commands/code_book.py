"""`python -m app.commands.code_book`: write docs/codes.md, every code that Marhaba shows or reports. Run it after adding one.

Nothing is worded here: what a code means and what is done first come from the English texts that the agent reads
(resources/content/en/steps), what a verdict on a signed file means from the verifier's own words. A code that nobody reads on a page is
listed with the place that raises it, found in the source, so only a checkout can write this.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from app.backend.api.problems import ProblemError
from app.backend.documents.verdict_words import MEANINGS
from app.contracts.addendum import PROBLEMS
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
PAGE = ROOT / "docs" / "codes.md"
CODE = re.compile(r"[a-z_]+\.[a-z0-9_]+")
OWNERS = {Owner.AGENT: "The agent", Owner.HELPDESK: "The helpdesk", Owner.IT: "IT", Owner.OPERATOR: "The operator", Owner.HR: "HR"}
_HEAD = """# Codes

Every code that Marhaba shows, reports or answers: {count} of them. Made by `python -m app.commands.code_book`: change the texts, not
this page.

On the telephone an agent reads out the short form (`{example}`: find it in the list below); the console shows both forms with
each step. What to say then is in [helpdesk.md](helpdesk.md).

- *Outcome* is what the step is then: **passed**; **warning**, the journey goes on; **failed**; **could not check**, nothing was proved
  against anybody; **not applicable**. *Said*: the page says it, and the step stays as it was.
- *First* is what the agent is told to do first, in the words of the page. Who mends it stands above each table.

## By what is read out on the telephone

| read out | code | who mends it | what is true |
| --- | --- | --- | --- |
"""
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


def _ends(outcomes: tuple[Outcome, ...]) -> str:
    return ", ".join(outcome.replace("_", " ") for outcome in outcomes) or "said"


def _first(advice: Advice) -> str:
    return f"**{advice.actions[0].title}.** {advice.actions[0].detail}" if advice.actions else ""


def _tables(found: Iterable[Advice], outcomes: dict[str, tuple[Outcome, ...]]) -> Iterator[str]:
    """One table an owner, in the order of `Owner`; within it as the texts stand."""
    everything = list(found)
    for owner in Owner:
        mine = [advice for advice in everything if advice.owner is owner]
        if mine:
            yield f"\n**{OWNERS[owner]}**\n"
            yield "| code | read out | outcome | what is true | first |\n| --- | --- | --- | --- | --- |"
            for advice in mine:
                ends = _ends(outcomes.get(advice.code, ()))
                yield _row(f"`{advice.code}`", spoken_code(advice.code), ends, advice.title, _first(advice))


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
    """The page, whole."""
    content = load_pack(resource("content"), "en")
    promised = {step: catalog.step(step).codes for step in catalog.STEPS}
    outcomes = {code: ends for codes in promised.values() for code, ends in codes.items()}
    well = {code for code, ends in outcomes.items() if ends in ((Outcome.PASSED,), (Outcome.NOT_APPLICABLE,))}
    spoken = sorted(
        (spoken_code(code), f"`{code}`", "" if code in well else OWNERS[advice.owner], advice.title)
        for code, advice in content.advice.items()
    )
    parts = [_row(*line) for line in spoken]
    for step, codes in promised.items():
        parts += [f"\n## {content.step_titles[step]}", *_tables((a for c, a in content.advice.items() if c in codes), outcomes)]
    parts += ["\n## On any page", *_tables((a for c, a in content.advice.items() if c not in outcomes), outcomes), ""]
    verdicts = [_row(f"`{code}`", meaning.en, ", ".join(meaning.breaks)) for code, meaning in MEANINGS.items()]
    inside = list(_inside({*content.advice, *MEANINGS}))
    count = len(content.advice) + len(verdicts) + len(inside)
    head = _HEAD.format(count=count, example=spoken_code("box.no_sim")).rstrip()
    return "\n".join([head, *parts, _FILES + "\n".join(verdicts), "", _INSIDE + "\n".join(inside), ""])


def main() -> int:
    PAGE.write_text(book(), "utf-8")
    print(f"{PAGE.relative_to(ROOT)}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())

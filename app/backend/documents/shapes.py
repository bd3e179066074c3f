"""What the parts of this room hand each other."""

from dataclasses import dataclass

from app.contracts.addendum import Clause


@dataclass(frozen=True)
class Box:
    """Where a signature goes. Points (1/72 inch) from the page's upper left corner; `page` 1 is the first."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class RenderedDocument:
    """An addendum as typst made it: no signature fields yet (`fields.with_signature_fields` adds them; that is what is offered)."""

    pdf: bytes
    template: str
    template_version: str
    pages: int
    clauses: list[Clause]
    agent_box: Box
    employer_box: Box
    template_sha256: str = ""

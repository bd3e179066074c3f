"""Signature fields of a rendered document, put into its structure tree before the first signature.

Added by a signing library they would stand outside of the tree, and the document would no longer be PDF/UA (ISO 14289-1 clause 7.18).
What comes out is what is offered and read; every later revision is appended to exactly these bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.backend.documents.shapes import Box, RenderedDocument

AGENT_FIELD, EMPLOYER_FIELD = "SignatureSalarie", "SignatureEmployeur"
PROOF_FIELD = "CachetJournal"
"""The seal of the audit record's own PDF."""
_NAMES = {
    AGENT_FIELD: "Signature du salarié · توقيع الأجير",
    EMPLOYER_FIELD: "Cachet de l’employeur · ختم المشغل",
}
_PRINT, _LOCKED = 1 << 2, 1 << 7  # ISO 32000-1 table 165


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    """What a screen reader says."""
    box: Box


def with_signature_fields(document: RenderedDocument) -> bytes:
    """The document with the two empty fields. The same bytes for the same document."""
    return with_fields(
        document.pdf,
        [
            Field(AGENT_FIELD, _NAMES[AGENT_FIELD], document.agent_box),
            Field(EMPLOYER_FIELD, _NAMES[EMPLOYER_FIELD], document.employer_box),
        ],
    )


def with_fields(pdf: bytes, fields: Sequence[Field]) -> bytes:
    """A tagged PDF with empty signature fields. A box of width 0 is an invisible signature. Errors: ValueError."""
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        root: Any = opened.Root
        if "/StructTreeRoot" not in root:
            raise ValueError("the document is not tagged")
        tree = root.StructTreeRoot
        numbers = _numbers(tree.ParentTree)
        key = max([int(tree.get("/ParentTreeNextKey", 0)), *(int(number) + 1 for number in list(numbers)[::2])])
        top = tree.K[0] if isinstance(tree.K, Array) else tree.K
        widgets = []
        for field in fields:
            page: Any = opened.pages[field.box.page - 1].obj
            height = float(page.MediaBox[3])
            box = field.box
            corners = [box.x, height - box.y - box.height, box.x + box.width, height - box.y] if box.width else [0, 0, 0, 0]
            widget = opened.make_indirect(
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Widget,
                    FT=Name.Sig,
                    T=String(field.name),
                    TU=String(field.label),
                    Contents=String(field.label),
                    F=_PRINT | _LOCKED,
                    Rect=Array([round(corner, 2) for corner in corners]),
                    P=page,
                    StructParent=key,
                )
            )
            reference = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
            element = opened.make_indirect(
                Dictionary(Type=Name.StructElem, S=Name.Form, P=top, Pg=page, Alt=String(field.label), K=reference)
            )
            children = top.K if isinstance(top.K, Array) else Array([top.K])
            children.append(element)
            top.K = children
            numbers.append(key)
            numbers.append(element)
            key += 1
            if "/Annots" not in page:
                page.Annots = Array()
            page.Annots.append(widget)
            page.Tabs = Name.S
            widgets.append(widget)
        tree.ParentTreeNextKey = key
        root.AcroForm = opened.make_indirect(Dictionary(Fields=Array(widgets), SigFlags=1))
        out = io.BytesIO()
        opened.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _numbers(tree: Any) -> Any:
    """The last leaf of a number tree: new keys are the greatest, so they belong at its end."""
    while "/Kids" in tree:
        last = tree.Kids[-1]
        if "/Limits" in last:
            last.Limits[1] = 2**31 - 1
        tree = last
    return tree.Nums

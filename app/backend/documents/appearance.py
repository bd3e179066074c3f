"""How a signature looks: a one-page PDF of the field's size, set by typst so that Arabic is shaped and fonts are embedded."""

import functools
import itertools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.backend.documents.render import FONT_FILES, FONT_FOLDERS
from app.contracts.addendum import MAX_NAME, MAX_POINTS, MAX_STROKES, Appearance

if TYPE_CHECKING:
    import typst

_INK = "#0b2a6f"
_SOURCE = """
#let d = json(bytes(sys.inputs.data))
#let mixed(body) = text(font: ("Noto Sans", "Noto Naskh Arabic"), body)
#let own(words, language) = text(lang: language, dir: if language == "ar" { rtl } else { ltr }, mixed(words))
#set document(title: "signature", date: datetime(year: 2000, month: 1, day: 1))
#set page(width: d.width * 1pt, height: d.height * 1pt, margin: 0pt, fill: none)
#set text(font: ("Noto Sans", "Noto Naskh Arabic"), size: 6.8pt, hyphenate: false, lang: "fr")
#set par(leading: 0.45em)
#block(width: 100%, height: 100%, inset: 4pt, clip: true)[
  #grid(columns: (1fr, 1fr), column-gutter: 4pt,
    align(center + horizon, box(width: 100%, height: d.height * 1pt - 22pt,
      if d.svg != none { image(bytes(d.svg), format: "svg", width: 100%, height: 100%, fit: "contain") }
      else { align(center + horizon, text(size: d.typed_pt * 1pt, weight: "bold", fill: rgb("#0b2a6f"), own(d.typed, d.language))) })),
    align(left + horizon)[
      #text(weight: "bold", size: 8pt, own(d.name, d.name_language)) \\
      #d.said.fr \\
      #text(size: 8pt, own(d.said.ar, "ar")) \\
      #d.when \\
      #d.reference
    ])
  #place(bottom + left, text(size: 4.8pt, fill: luma(70))[SHA-256 #d.digest])
]
"""
_SAID = {"fr": "Lu et approuvé", "ar": "قرئ وصودق عليه"}
_SEALED = {"fr": "Pour l’employeur", "ar": "عن المشغل"}


class AppearanceError(ValueError):
    """A drawing or a name that cannot be a signature."""


@dataclass(frozen=True)
class Caption:
    name: str
    when: str
    """As it is printed: local day and time with the zone's offset."""
    reference: str
    digest: str
    """SHA-256 of what was offered, hex."""
    width: float
    height: float
    """Points."""


def check(appearance: Appearance) -> None:
    """Errors: AppearanceError."""
    if appearance.kind == "typed":
        name = appearance.name.strip()
        if not 2 <= len(name) <= MAX_NAME or not any(letter.isalpha() for letter in name) or not name.isprintable():
            raise AppearanceError("name")
        return
    points = [point for stroke in appearance.strokes for point in stroke]
    if len(appearance.strokes) > MAX_STROKES or len(points) > MAX_POINTS:
        raise AppearanceError("too many points")
    if not 0.5 <= appearance.aspect <= 10 or any(not 0.0 <= value <= 1.0 for point in points for value in point):
        raise AppearanceError("a point outside of the pad")
    if _ink(appearance) < 0.15:
        raise AppearanceError("nothing is drawn")


def agent(appearance: Appearance, caption: Caption) -> bytes:
    """Errors: AppearanceError."""
    check(appearance)
    drawn = _svg(appearance) if appearance.kind == "drawn" else None
    return _compiled(caption, _SAID, drawn, appearance.name.strip(), appearance.language)


def employer(caption: Caption) -> bytes:
    return _compiled(caption, _SEALED, None, caption.name, "ar" if _arabic(caption.name) else "fr")


def _compiled(caption: Caption, said: dict[str, str], svg: str | None, typed: str, language: str) -> bytes:
    import typst

    data = {
        "svg": svg,
        "typed": typed,
        "typed_pt": 14 if len(typed) <= 14 else 11 if len(typed) <= 22 else 8,
        "language": "ar" if _arabic(typed) else language,
        "name": caption.name,
        "name_language": "ar" if _arabic(caption.name) else "fr",
        "said": said,
        "when": caption.when,
        "reference": caption.reference,
        "digest": caption.digest,
        "width": caption.width,
        "height": caption.height,
    }
    return bytes(
        typst.compile(
            _SOURCE.encode(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            pdf_standards=["a-2b"],
            pdf_tags=False,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    )


def _svg(appearance: Appearance) -> str:
    """The strokes, cropped to what is drawn, as an SVG whose lines are 2 % of the pad's height wide."""
    aspect = appearance.aspect
    strokes = [[(x * aspect * 100, y * 100) for x, y in stroke] for stroke in appearance.strokes if stroke]
    xs, ys = [x for stroke in strokes for x, _ in stroke], [y for stroke in strokes for _, y in stroke]
    left, top, width, height = min(xs) - 3, min(ys) - 3, max(xs) - min(xs) + 6, max(ys) - min(ys) + 6
    paths = "".join(
        f'<path d="M{" L".join(f"{x:.1f} {y:.1f}" for x, y in (stroke if len(stroke) > 1 else stroke * 2))}"/>' for stroke in strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {top:.1f} {width:.1f} {height:.1f}" fill="none" '
        f'stroke="{_INK}" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">{paths}</svg>'
    )


def _ink(appearance: Appearance) -> float:
    """Length of what is drawn, in heights of the pad."""
    lengths = (
        ((b[0] - a[0]) ** 2 * appearance.aspect**2 + (b[1] - a[1]) ** 2) ** 0.5
        for stroke in appearance.strokes
        for a, b in itertools.pairwise(stroke)
    )
    return float(sum(lengths))


def _arabic(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text)


@functools.cache
def _fonts() -> "typst.Fonts":
    import typst

    folders = [folder for folder in FONT_FOLDERS if all((folder / name).is_file() for name in FONT_FILES)]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder) for folder in folders[:1]])

"""The PDF: archival, tagged, embedded, readable, reproducible; and data that would like to be more than data."""

import io
import json
import re
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from app.backend.documents import render
from app.backend.documents.shapes import RenderedDocument
from app.contracts.enrolment import KitItem
from app.contracts.problems import ContractError
from tests.backend.documents.paper import ISSUED, KIT, company, record, rendered, said, template, text_of

POINTS = 72 / 25.4


@pytest.fixture(scope="module")
def document() -> RenderedDocument:
    return rendered()


def test_the_same_record_gives_the_same_bytes(document: RenderedDocument) -> None:
    assert rendered().pdf == document.pdf
    assert rendered("Imane Berrada").pdf != document.pdf
    assert rendered(issued=ISSUED + timedelta(seconds=1)).pdf != document.pdf


def test_it_says_and_is_pdf_a_2a_and_ua_1(document: RenderedDocument) -> None:
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        root = pdf.Root
        about = bytes(root.Metadata.read_bytes()).decode()
        assert re.search(r"pdfaid:part>2<", about)
        assert re.search(r"pdfaid:conformance>A<", about)
        assert re.search(r"pdfuaid:part>1<", about)
        assert [str(intent.S) for intent in root.OutputIntents] == ["/GTS_PDFA1"]
        assert str(root.Lang) == "fr-MA"
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert "/ID" in pdf.trailer
        assert "/Encrypt" not in pdf.trailer
        for thing in pdf.objects:
            if not isinstance(thing, pikepdf.Dictionary):
                continue
            assert str(thing.get("/S", "")) not in ("/JavaScript", "/Launch")
            assert not {"/AA", "/OpenAction", "/EmbeddedFiles"} & set(thing.keys())
            if str(thing.get("/Type", "")) == "/Font" and str(thing.get("/Subtype", "")).startswith("/CIDFont"):
                assert any(name in thing.FontDescriptor for name in ("/FontFile2", "/FontFile3"))


def test_other_programs_find_it_clean(document: RenderedDocument, tmp_path: Path) -> None:
    assert "No syntax or stream encoding errors found" in said(tmp_path, document.pdf, "qpdf", "--check")
    fonts = said(tmp_path, document.pdf, "pdffonts").splitlines()[2:]
    assert {line.split()[0].split("+")[1] for line in fonts} == {
        "NotoSans-Regular", "NotoSans-Bold", "NotoNaskhArabic-Regular", "NotoNaskhArabic-Bold",
    }  # fmt: skip
    assert all(re.search(r"yes yes yes", line) for line in fonts), fonts
    about = said(tmp_path, document.pdf, "pdfinfo")
    assert "Tagged:          yes" in about
    assert "JavaScript:      no" in about
    assert f"Pages:           {document.pages}" in about
    structure = said(tmp_path, document.pdf, "pdfinfo", "-struct")
    assert structure.count("H2") >= 2 * len(document.clauses)


def test_every_word_can_be_read_out_of_it(document: RenderedDocument, tmp_path: Path) -> None:
    text = " ".join(text_of(tmp_path, document.pdf).split())
    for clause in document.clauses:
        for language in ("fr", "ar"):
            words = [word for word in re.findall(r"[\w’]{2,}", clause.text[language]) if not word.isdigit()]
            lost = [word for word in words if word not in text]
            # Reading order at the edge of a line may part a word; the letters themselves must not change.
            assert len(lost) <= len(words) * 0.02, (clause.id, language, lost)
    for item in KIT:
        assert item.serial in text
        assert item.model in text
    assert "AV-2026-000417" in text
    assert "\u00ad" not in text


def test_figures_stand_in_their_order_in_arabic(document: RenderedDocument, tmp_path: Path) -> None:
    text = text_of(tmp_path, document.pdf).replace("\u00a0", " ")
    for whole in ("2 288", "09.08", "43.20", "65.99", "18.12", "417.1", "D-GRH-000/2026"):
        assert text.count(whole) >= 1, whole


def test_it_is_marked_as_a_model_until_counsel_reviewed_it(document: RenderedDocument, tmp_path: Path) -> None:
    assert text_of(tmp_path, document.pdf).count("Modèle, à faire valider") == document.pages
    reviewed = company()
    reviewed.reviewed = "Me N. Chraïbi, 2026-11-02"
    assert "à faire valider" not in text_of(tmp_path, render.render_addendum(record(), reviewed, template()).pdf)


def test_the_address_of_the_verification_page_is_printed_where_it_is_known(tmp_path: Path) -> None:
    employer = company()
    employer.employer.verify_url = "https://marhaba.example.ma/verify"
    text = text_of(tmp_path, render.render_addendum(record(), employer, template()).pdf)
    assert "".join(text.split()).count("https://marhaba.example.ma/verify") == 2
    assert "déposez ce fichier" in " ".join(text.split())


def test_the_places_for_signatures_are_where_they_are_drawn(document: RenderedDocument, tmp_path: Path) -> None:
    assert document.agent_box.page == document.employer_box.page == document.pages
    page = str(document.pages)
    for box, words in ((document.agent_box, "Salarié"), (document.employer_box, "L’Employeur")):
        assert box.x >= 18 * POINTS - 1
        assert box.x + box.width <= (210 - 17) * POINTS
        inside = ["-f", page, "-l", page, "-r", "72", "-x", str(int(box.x)), "-W", str(int(box.width))]
        above = text_of(tmp_path, document.pdf, *inside, "-y", str(int(box.y) - 38), "-H", "36")
        assert words in above
        assert text_of(tmp_path, document.pdf, *inside, "-y", str(int(box.y) + 1), "-H", str(int(box.height) - 2)).strip() == ""


HOSTILE = [
    '#eval("1+1")',
    "#panic(1) $x$ *b* _i_ `r` <label> @ref",
    r"\ #read(\"/etc/passwd\") // comment /* x */",
    "= Heading",
    "{name} {employer}",
    '"]}; let d = 1',
    'O’Brien–Smith & Ben "Ali"',
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_never_more_than_a_name(name: str, tmp_path: Path) -> None:
    found = rendered(name)
    text = re.sub(r"\s", "", text_of(tmp_path, found.pdf))
    assert text.count(re.sub(r"\s", "", name)) >= 2
    assert found.pages == rendered().pages
    assert next(clause for clause in found.clauses if clause.id == "parties").text["fr"].count(name) == 1


def test_marks_that_turn_text_around_are_taken_out(tmp_path: Path) -> None:
    spoofed = rendered("Imane \u202eilaneB\u202c\u2066\u200f\u0007 B.")
    assert spoofed.pdf == rendered("Imane ilaneB B.").pdf
    assert render.plain("a\u00a0b \n\t c") == "a\u00a0b c"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "document.value_invalid"),
        ("\u200b \u202e", "document.value_invalid"),
        ("x" * 301, "document.value_invalid"),
        ("李小龙", "document.glyph_missing"),
        ("Imane 🙂", "document.glyph_missing"),
    ],
)
def test_a_name_that_cannot_be_shown_is_refused(name: str, code: str) -> None:
    with pytest.raises(ContractError) as refused:
        rendered(name)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["ياسين العلوي", "Zoë Đặng-Ørsted", "x" * 300, "م" * 300, "Ελένη"])
def test_names_of_every_length_and_script_we_have_letters_for(name: str) -> None:
    assert rendered(name).pages >= rendered().pages


def test_a_kit_may_be_empty_or_long(tmp_path: Path) -> None:
    assert rendered(kit=[]).pages
    many = [KitItem(f"k{n}", "other", f"Écran {n}", f"SN-{n:04}") for n in range(30)]
    long = rendered(kit=many)
    text = text_of(tmp_path, long.pdf)
    assert all(item.serial in text for item in many)
    assert long.agent_box.page == long.pages


def test_a_warning_of_the_compiler_is_an_error(tmp_path: Path) -> None:
    source = tmp_path / "a.typ"
    source.write_text('#set document(title: "x")\n#set text(font: "No Such Font")\nx', "utf-8")
    with pytest.raises(ContractError) as refused:
        render.compile_pdf(source, json.loads("{}"), ISSUED)
    assert refused.value.code == "document.failed"

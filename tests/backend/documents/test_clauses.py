"""The words of the addendum: the same clauses and the same figures in both languages, and nothing left to fill in."""

import re
from pathlib import Path

import pytest

from app.backend.documents import company as company_room
from app.backend.documents.template import Template, french, parts, read_template, template_folder
from app.contracts.addendum import Clause
from app.contracts.problems import ContractError
from tests.backend.documents.paper import company, record, rendered, template

WANTED = {
    "parties object volunteering place schedule disconnection rhythm equipment connection costs confidentiality monitoring security health",
    "accident equality insurance duration reversibility breaches law language esignature",
}


@pytest.fixture(scope="module")
def clauses() -> list[Clause]:
    return rendered(address="12, rue Ibn Batouta, Casablanca").clauses


def test_every_clause_of_a_telework_addendum_is_there(clauses: list[Clause]) -> None:
    assert {clause.id for clause in clauses} == set(" ".join(WANTED).split())


def test_both_languages_have_the_same_clauses_paragraphs_and_figures(clauses: list[Clause]) -> None:
    for clause in clauses:
        assert set(clause.title) == set(clause.text) == {"fr", "ar"}
        french_, arabic = clause.text["fr"], clause.text["ar"]
        assert french_.count("\n\n") == arabic.count("\n\n"), clause.id
        assert sorted(re.findall(r"\d+", french_)) == sorted(re.findall(r"\d+", arabic)), clause.id
        assert re.search("[\u0621-\u064a]", arabic), clause.id
        assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", arabic), f"{clause.id}: figures are 0-9"


def test_no_tashkeel_and_no_placeholder_are_left(clauses: list[Clause]) -> None:
    for clause in clauses:
        for words in (*clause.title.values(), *clause.text.values()):
            assert not re.search("[\u064b-\u0652\u0670]", words), clause.id
            assert not re.search(r"[{}\[\]<>]|\bTODO\b|XXX|\.\.\.|lorem", words, re.IGNORECASE), clause.id


def test_the_french_has_its_no_break_spaces(clauses: list[Clause]) -> None:
    for clause in clauses:
        assert not re.search(r"[ \w][:;!?»](?=\s|$)", re.sub(r"\u00a0[:;!?»]", "", clause.text["fr"])), clause.text["fr"]
        assert "'" not in clause.text["fr"]
    assert french("Droit : « oui » n° 43-20") == "Droit\u00a0: «\u00a0oui\u00a0» n°\u00a043-20"


def test_the_record_and_the_company_fill_the_clauses(clauses: list[Clause]) -> None:
    by_id = {clause.id: clause.text for clause in clauses}
    for language in ("fr", "ar"):
        assert "Imane Benali" in by_id["parties"][language]
        assert "20417" in by_id["parties"][language]
        assert "rue Ibn Batouta" in by_id["place"][language]
        assert "2\u00a0288" in by_id["schedule"][language]
    assert "الدار البيضاء" in by_id["parties"]["ar"]


def test_an_unknown_address_leaves_no_hole() -> None:
    place = next(clause for clause in rendered().clauses if clause.id == "place")
    assert place.text["fr"].startswith("Le lieu de télétravail est le domicile")
    assert "\n\n\n" not in place.text["fr"]


def test_an_activity_has_its_own_hours() -> None:
    bank = record()
    bank = record(agent=type(bank.agent)("20533", "Sara", "ar", "Rabat", "banque-fr"))
    shown = {clause.id: clause.text["fr"] for clause in rendered("", agent=bank.agent).clauses}
    assert "de 08:00 à 17:00" in shown["schedule"]


def _with_clauses(folder: Path, change: tuple[str, str]) -> Path:
    shipped = template_folder(None)
    for path in shipped.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    text = (folder / "clauses.toml").read_text("utf-8")
    assert change[0] in text
    (folder / "clauses.toml").write_text(text.replace(*change), "utf-8")
    return folder


def test_a_value_that_only_one_language_uses_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError) as refused:
        read_template(_with_clauses(tmp_path, ("{outage_minutes} minutes", "15 minutes")))
    assert refused.value.code == "template.malformed"


def test_another_word_is_another_hash(tmp_path: Path) -> None:
    changed = read_template(_with_clauses(tmp_path, ("L’Employeur fournit la ligne", "L’employeur fournit la ligne")))
    assert changed.sha256 != template().sha256


def test_an_unknown_value_is_named(tmp_path: Path) -> None:
    both: Template = read_template(_with_clauses(tmp_path, ("{outage_minutes}", "{minutes}")))
    from app.backend.documents.render import render_addendum

    with pytest.raises(ContractError) as refused:
        render_addendum(record(), company(), both)
    assert (refused.value.code, refused.value.detail) == ("template.value_unknown", "minutes")


def test_a_company_file_is_checked_whole(tmp_path: Path) -> None:
    text = company_room.company_file(None).read_text("utf-8")
    path = tmp_path / "company.toml"
    for change in (
        ("hours_week = 44", "hours_week = 60"),
        ('start = "09:00"', 'start = "9h"'),
        ('end = "17:00"', 'end = "25:00"'),
        ("[pay]", "[paid]"),
    ):
        path.write_text(text.replace(*change, 1), "utf-8")
        with pytest.raises(ContractError) as refused:
            company_room.read_company(path)
        assert refused.value.code == "company.malformed", change


def test_a_companys_own_files_come_before_the_model(tmp_path: Path) -> None:
    assert company_room.company_file(tmp_path).parent.name == "documents"
    own = tmp_path / "documents"
    own.mkdir()
    (own / "company.toml").write_text("", "utf-8")
    assert company_room.company_file(tmp_path) == own / "company.toml"
    assert template_folder(tmp_path) == template_folder(None)


def test_what_turns_around_in_arabic_is_kept_apart() -> None:
    values = {"law": "43-20", "hour": "09:00", "many": "2\u00a0288", "name": "ياسين", "latin": "Imane"}
    assert parts("من {hour} {many}", values, arabic=True) == [{"s": "من 09:00 2\u00a0288"}]
    assert parts("{law} {name} {latin}", values, arabic=True) == [
        {"s": "43-20", "dir": "ltr"},
        {"s": " ياسين "},
        {"s": "Imane", "dir": "ltr"},
    ]
    assert parts("de {name} à {latin}", values, arabic=False) == [{"s": "de "}, {"s": "ياسين", "dir": "rtl"}, {"s": " à Imane"}]

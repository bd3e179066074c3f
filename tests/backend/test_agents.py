"""The agents' CSV, their codes, and the list."""

import json

import pytest

from app.backend import agents_csv
from tests.backend.rig import CSV_HEAD, Backend

GOOD = "20417,Imane Berrada,fr,Casablanca,telecom_fr,2026-12-01T09:00,Latitude,PC-1,B535,BX-1,Blackwire,HS-1"


def errors(text: str | bytes) -> list[str]:
    with pytest.raises(agents_csv.CsvErrors) as caught:
        agents_csv.read(text if isinstance(text, bytes) else text.encode())
    return caught.value.lines


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_files_spreadsheets_write(start: bytes, separator: str, end: str) -> None:
    text = end.join([CSV_HEAD, GOOD, "", ",".join([""] * 12), ""]).replace(",", separator)
    ((agent, kit, contact),) = agents_csv.read(start + text.encode())
    assert contact == {}  # a file without these columns leaves them as they are
    assert (agent.employee_id, agent.name, agent.first_call) == ("20417", "Imane Berrada", "2026-12-01T09:00")
    assert [(item.id, item.model, item.serial) for item in kit] == [
        ("pc", "Latitude", "PC-1"),
        ("box", "B535", "BX-1"),
        ("headset", "Blackwire", "HS-1"),
    ]


def test_every_error_is_told_with_its_line() -> None:
    lines = [
        CSV_HEAD,
        GOOD,
        GOOD.replace("20417", "20418").replace(",fr,", ",de,"),
        GOOD,
        GOOD.replace("20417", "2 0"),
        GOOD.replace("20417", "20419").replace("Imane Berrada", ""),
        GOOD.replace("20417", "20420").replace("2026-12-01T09:00", "demain"),
        GOOD.replace("20417", "20421").replace("telecom_fr", "../x"),
        GOOD.replace("20417", "20422").replace("Latitude", ""),
        "20423,too,few",
        GOOD.replace("20417", "20424").replace("Imane", "Im\x07ane"),
    ]
    assert errors("\n".join(lines)) == [
        "line 3: language: 'de' is not one of fr, ar, en",
        "line 4: employee_id: 20417 is on line 2 already",
        "line 5: employee_id: only letters, digits, dot, hyphen and underscore, 32 at most",
        "line 6: name: empty",
        "line 7: first_call: 'demain' is not a local date and time such as 2026-01-31T09:00",
        "line 8: activity: only lower-case letters, digits, hyphen and underscore (the name of its journey file)",
        "line 9: pc_model: empty, though there is a serial",
        "line 10: 3 fields where the header has 12",
        "line 11: name: contains a control character",
    ]


def test_where_codes_go_is_read_and_checked() -> None:
    head = CSV_HEAD + ",phone,email"
    ((_, _, contact),) = agents_csv.read(f"{head}\n{GOOD},+212 6 12 34 56 78,imane@example.ma\n".encode())
    assert contact == {"email": "imane@example.ma", "phone": "+212 6 12 34 56 78"}
    assert errors(f"{head}\n{GOOD},call me,imane@\n{GOOD.replace('20417', '20418')},,a@b.ma\nx@y.ma") == [
        "line 2: email: not an address such as name@example.ma",
        "line 2: phone: only digits with spaces between, such as +212 6 12 34 56 78",
        "line 4: 1 fields where the header has 14",
    ]
    assert errors(CSV_HEAD + ",email,email\n") == ["line 1: the column email is there twice"]


def test_a_word_that_no_page_can_break_is_told() -> None:
    row = GOOD.replace("HS-1", "S" * 41)
    assert errors(f"{CSV_HEAD}\n{row}\n") == ["line 2: headset_serial: 40 characters and more without a space"]
    assert errors(f"{CSV_HEAD}\n{GOOD.replace('HS-1', 'S' * 201)}\n") == ["line 2: headset_serial: longer than 200 characters"]
    assert agents_csv.read(f"{CSV_HEAD}\n{GOOD.replace('HS-1', 'S' * 40)}\n".encode())


def test_headers_and_encodings() -> None:
    assert errors("employee_id,name,colour\n") == [
        *(f"line 1: the column {name} is missing" for name in agents_csv.COLUMNS if name not in ("employee_id", "name")),
        "line 1: the column colour is not known",
    ]
    assert errors((CSV_HEAD + "\n" + GOOD.replace("Imane", "Im\xe8ne")).encode("latin-1")) == [
        "line 2: not UTF-8 text; save the file as “CSV UTF-8”"
    ]
    assert errors(CSV_HEAD + "\n") == ["line 2: there are no agents in this file"]
    assert errors("")[0].startswith("line 1: the column")


def test_all_or_nothing_then_updates(backend: Backend) -> None:
    path = backend.home / "more.csv"
    new = f"N{backend.one}"
    line = GOOD.replace("20417", new)
    path.write_text(f"{CSV_HEAD}\n{line}\n{GOOD.replace(',fr,', ',xx,')}\n", "utf-8")
    done = backend.typed("agents", "import", str(path), ok=False)
    assert "more.csv: line 3: language" in done.stderr
    assert new not in backend.command("agents", "list")
    path.write_text(f"{CSV_HEAD}\n{line}\n", "utf-8")
    imported = backend.typed("agents", "import", str(path))
    assert imported.stdout == "1 added, 0 updated\n"
    assert "holds no telecom_fr.json" in imported.stderr, "an activity without a journey is told before anybody is stuck with it"
    path.write_text(f"{CSV_HEAD}\n{line.replace('telecom_fr', 'telecom-fr')}\n", "utf-8")
    assert backend.typed("agents", "import", str(path)).stderr == ""
    path.write_text(f"{CSV_HEAD}\n{line.replace('Casablanca', 'Fès').replace('HS-1', '').replace('Blackwire', '')}\n", "utf-8")
    assert backend.command("agents", "import", str(path)) == "0 added, 1 updated"
    listed = {entry["employee_id"]: entry for entry in json.loads(backend.command("agents", "list", "--json"))}
    assert listed[new]["site"] == "Fès"
    assert [item["kind"] for item in listed[new]["kit"]] == ["pc", "box"]


def test_a_code_for_nobody(backend: Backend) -> None:
    """One sentence on stderr, never a stack trace that happens to hold it."""
    refused = backend.typed("agents", "code", "nobody", ok=False).stderr
    assert refused == "marhaba backend: nobody: no such agent; `agents import` first\n"
    assert backend.typed("report", "nobody", ok=False).stderr == "marhaba backend: nobody: nothing was reported yet\n"

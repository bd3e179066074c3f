"""Numbers and names as boxes write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.system.box import plmn, values

ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.lists(st.text(), max_size=2))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("-105dBm", -105.0),
        (">=-51dBm", -51.0),
        ("<-100 dBm", -100.0),
        ("  -98.5dB ", -98.5),
        ("-98,5", -98.5),
        ("−90", -90.0),
        ("", None),
        (None, None),
        ("N/A", None),
        ("--", None),
        ("-105dBm -106dBm", None),
        ("-9999dBm", None),
        ("0", None),
        ("nan", None),
        ("1e2", None),
        ("٩٠-", None),
        (["-98dBm"], None),
        (True, None),
    ],
)
def test_rsrp(written: object, read: float | None) -> None:
    assert values.rsrp(written) == read


def test_the_other_measures_have_their_own_bounds() -> None:
    assert values.rsrq("  -9.0dB") == -9.0
    assert values.rsrq("-60dB") is None
    assert values.sinr("0dB") == 0.0
    assert values.sinr("99") is None
    assert values.rssi(">=-51dBm") == -51.0
    assert values.rssi("0dBm") is None


def test_whole_numbers_are_whole() -> None:
    assert (values.whole("7", 0, 10), values.whole("7.0", 0, 10), values.whole("7.5", 0, 10), values.whole("11", 0, 10)) == (
        7,
        7,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("written", "read"), [("7", "B7"), ("LTE BAND 3", "B3"), ("B20", "B20"), ("n78", "n78"), ("0", ""), ("", ""), ("none", "")]
)
def test_bands(written: str, read: str) -> None:
    assert values.band(written) == read


def test_names_and_numbers_of_the_card() -> None:
    assert values.imei("490154203237518") == "490154203237518"
    assert [values.imei(v) for v in ("0", "000000000000000", "N/A", None, "4901542032375180")] == [""] * 5
    assert [values.plmn(v) for v in ("60401", "310410", "00000", "604", None)] == ["60401", "310410", "", "", ""]
    assert [plmn.operator(p) for p in ("60400", "60401", "60402", "60405", "20801", "")] == [
        "Orange Maroc",
        "Maroc Telecom",
        "inwi",
        "inwi",
        "",
        "",
    ]
    assert values.text("a\x00b\n\u202ec" + "d" * 200) == ("a b c" + "d" * 200)[:64]


def test_bytes_become_megabytes_of_ten_to_the_six() -> None:
    assert values.megabytes("21400000000", "1900000000") == 23300.0
    assert values.megabytes("21400000000", "") is None
    assert values.megabytes("9" * 30, "1") is None


@given(ANYTHING)
def test_nothing_raises_and_nothing_is_out_of_bounds(value: object) -> None:
    for read, low, high in ((values.rsrp, -156, -31), (values.rsrq, -43, 20), (values.sinr, -30, 50), (values.rssi, -130, -10)):
        got = read(value)
        assert got is None or low <= got <= high
    assert len(values.text(value)) <= 64
    assert len(values.band(value)) <= 24
    assert len(values.imei(value)) in {0, 15}
    assert len(values.plmn(value)) in {0, 5, 6}
    amount = values.megabytes(value, value)
    assert amount is None or amount >= 0

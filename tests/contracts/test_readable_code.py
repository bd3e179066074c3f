"""Codes that people read, type and say aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contracts import readable_code as rc
from app.contracts.problems import ContractError

bodies = st.text(rc.ALPHABET, min_size=rc.LENGTH - 1, max_size=rc.LENGTH - 1)


def code_for(body: str) -> str:
    return body + rc.check_character(body)


@given(bodies)
def test_every_single_wrong_character_is_detected(body: str) -> None:
    code = code_for(body)
    assert rc.parse(code) == rc.grouped(code)
    for place in range(rc.LENGTH):
        for other in rc.ALPHABET:
            if other == code[place]:
                continue
            with pytest.raises(ContractError) as caught:
                rc.parse(code[:place] + other + code[place + 1 :])
            assert caught.value.code == "code.check"


@given(bodies, st.sampled_from([" ", "-", "_", "\u00a0", "\u200f", "\u2013", ".", "\t"]))
def test_how_it_is_typed_does_not_matter(body: str, separator: str) -> None:
    code = code_for(body)
    typed = separator.join(code.lower()) + separator
    eastern = typed.translate({ord(str(n)): "٠١٢٣٤٥٦٧٨٩"[n] for n in range(10)})
    assert rc.parse(typed) == rc.parse(eastern) == rc.grouped(code)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_a_contract_error(text: str) -> None:
    try:
        found = rc.parse(text)
    except ContractError as error:
        found = error.code
    assert found in {"code.character", "code.length", "code.check"} or rc.parse(found) == found


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_a_code_belongs_to_its_parts(parts: list[str]) -> None:
    assert rc.parse(rc.code_of(*parts)) == rc.code_of(*parts)


def test_known_values() -> None:
    """Other implementations must agree: these never change."""
    assert rc.code_of("certificate", "abcdefghijklmnopqrstuvwxyz", "01939b1c-0000-7000-8000-000000000001") == "GDYR-NG5V-JKHY"
    assert rc.grouped(code_for("22222222222")) == "2222-2222-2224"


def test_new_codes_differ_and_are_valid() -> None:
    codes = {rc.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(rc.parse(code) == code for code in codes)


@pytest.mark.parametrize("stray", ["0", "O", "1", "I", "L", "U", "É", "?"])
def test_what_no_code_contains_is_told_while_typing(stray: str) -> None:
    assert rc.first_stray("K7" + stray) == stray

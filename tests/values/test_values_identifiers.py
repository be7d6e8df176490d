"""Unified social credit codes, old registration numbers, codes of industries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle

from circledata.values.identifiers import (
    USCC_ALPHABET,
    UsccReading,
    normalise_uscc,
    registration_number_ok,
    uscc_check_character,
    uscc_ok,
)
from circledata.values.industries import SECTIONS, normalise_industry, section_of

CODE = "91110000600037341L"
VALID = (
    CODE,
    "9144030071526726XG",
    "91440300708461136T",
    "91330100799655058B",
    "91110000802100433B",
    "914403001922038216",
    "91420000757013137P",
)


@pytest.mark.parametrize("code", VALID)
def test_valid(code: str) -> None:
    assert normalise_uscc(code) == UsccReading(code, True, False)


@pytest.mark.parametrize(
    "text",
    [
        CODE.lower(),
        "９１１１００００６０００３７３４１Ｌ",
        "9111 0000 6000 3734 1L",
        "911100006000-37341L",
        f"'{CODE}",
        f" {CODE}\t",
    ],
)
def test_spellings(text: str) -> None:
    assert normalise_uscc(text) == UsccReading(CODE, True, True)


@pytest.mark.parametrize("code", ["91110000600037341N", "91110108717809965C", "91110108MA001A2B3C"])
def test_invalid(code: str) -> None:
    assert normalise_uscc(code) == UsccReading(code, False, False)


@pytest.mark.parametrize(
    "text", ["9111OOOO6OOO37341L", "911100006O0037341L", "91LI0000600037341L", "91lI0000600037341l"]
)
def test_wrong_letters_give_a_suggestion_only(text: str) -> None:
    read = normalise_uscc(text)
    assert read is not None and not read.valid
    assert read.suggestion == CODE
    assert read.code == text.upper()


@pytest.mark.parametrize("text", ["9111OOOO6OOO37341N", "9111000060003734IN"])
def test_no_suggestion_without_a_right_check_character(text: str) -> None:
    read = normalise_uscc(text)
    assert read is not None and read.suggestion is None


def test_individual_businesses_begin_with_92() -> None:
    first = "92330106MA2ABCDE0"
    check = uscc_check_character(first)
    assert check is not None
    read = normalise_uscc(first + check)
    assert read is not None and read.valid and read.kind == "individual"


def test_registration_numbers_of_15_digits() -> None:
    assert normalise_uscc("110108000000016") == UsccReading("110108000000016", False, False, kind="registration")
    assert registration_number_ok("110108000000016")
    assert not registration_number_ok("110108000000017")
    assert not registration_number_ok("11010800000001X")


def test_the_number_of_a_person_is_never_repeated() -> None:
    read = normalise_uscc("11010519491231002x")
    assert read == UsccReading("", False, True, kind="resident-id")
    assert "1101" not in repr(read)


@pytest.mark.parametrize(
    "text", ["", "无", "-", "9144030019220382", "9.14403E+17", "某某有限公司有限公司有限公司有限公司", "9" * 19]
)
def test_no_code(text: str) -> None:
    assert normalise_uscc(text) is None


@given(st.from_regex("[0-9]{8}", fullmatch=True), st.text(alphabet=USCC_ALPHABET, min_size=10, max_size=10))
def test_python_stdnum_agrees(head: str, rest: str) -> None:
    # It refuses letters in the first two places, which the standard allows (A, N, Y).
    code = head + rest
    check = uscc_check_character(code[:17])
    assert check == oracle.calc_check_digit(code[:17])
    assert oracle.is_valid(code) == uscc_ok(code)
    assert oracle.is_valid(code[:17] + str(check)) is uscc_ok(code[:17] + str(check)) is True


@given(st.one_of(st.text(max_size=30), st.text(alphabet=USCC_ALPHABET + "OISZ- l", max_size=22)))
def test_never_raises(text: str) -> None:
    read = normalise_uscc(text)
    if read is not None and read.valid:
        assert uscc_ok(read.code)
    if read is not None and read.suggestion is not None:
        assert uscc_ok(read.suggestion) and not read.valid
    normalise_industry(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("F5211", "5211"),
        ("f5212", "5212"),
        ("5211", "5211"),
        ("F-5211", "5211"),
        ("F 52", "52"),
        ("521", "521"),
        ("52", "52"),
        ("F", "F"),
        ("5211.0", "5211"),
        ("5211 百货零售", "5211"),
        ("F5211百货零售", "5211"),
        ("百货零售(5211)", "5211"),
        ("百货零售（F5211）", "5211"),
        ("Ｆ５２１１", "5211"),
        ("O8051", "8051"),
        ("0111", "0111"),
        ("A0111", "0111"),
        ("111", "111"),
    ],
)
def test_industries(text: str, code: str) -> None:
    assert normalise_industry(text) == code


@pytest.mark.parametrize("text", ["", "-", "批发", "Z", "G5211", "99", "9811", "52119", "00", "5", "综合零售 F521"])
def test_no_industry(text: str) -> None:
    assert normalise_industry(text) is None


def test_sections_cover_the_divisions_without_a_gap() -> None:
    covered = [division for first, last in SECTIONS.values() for division in range(first, last + 1)]
    assert covered == list(range(1, 98))
    assert section_of("5211") == "F"
    assert section_of("98") is None

"""Telephone numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.standard import load_standard
from circledata.values.phones import normalise_phone, split_phones


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+86 571 8668 9651", "0571-86689651"),
        ("+86 571 88868120", "0571-88868120"),
        ("+86 (0)571 8668 9651", "0571-86689651"),
        ("0086-571-86689651", "0571-86689651"),
        ("86-571-86689651", "0571-86689651"),
        ("(0571)86689651", "0571-86689651"),
        ("057186689651", "0571-86689651"),
        ("0510-8372711", "0510-8372711"),
        ("+86 10 62345678", "010-62345678"),
        ("021-62345678", "021-62345678"),
        ("+86 138 0000 0000", "13800000000"),
        ("+86 400 920 0715", "400-920-0715"),
        ("800-810-8888", "800-810-8888"),
        ("81965135", "81965135"),
        ("95588", "95588"),
        ("12345", "12345"),
        ("+86 571 8701 8888 ext. 1777", "0571-87018888-1777"),
        ("0571-87018888转12", "0571-87018888-12"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_normalised(text: str, expected: str) -> None:
    assert normalise_phone(text) == expected


@pytest.mark.parametrize(
    "text", ["", "+86 0571087189777", "138000000001", "1380000000", "无", "见招牌", "0571-0123456", "+86", "8668-96x1"]
)
def test_not_clearly_a_number(text: str) -> None:
    assert normalise_phone(text) is None


def test_several_in_one_cell() -> None:
    assert split_phones("0510-1;0510-2/0510-3、0510-4") == ["0510-1", "0510-2", "0510-3", "0510-4"]
    assert split_phones(" ; ") == []


@given(st.text(alphabet="+0123456789 -()转.x", max_size=24))
def test_what_comes_out_fits_the_field_and_stays(text: str) -> None:
    pattern = load_standard().tables["outlets"].by_name["phone"].pattern
    number = normalise_phone(text)
    if number is not None:
        assert pattern and re.fullmatch(pattern, number)
        if not re.search("[转x]", text):
            assert normalise_phone(number) == number

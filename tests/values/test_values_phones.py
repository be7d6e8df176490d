"""Telephone numbers."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circledata.standard import load_standard
from circledata.values.phones import PhonesReading, normalise_phone, read_phones, split_phones


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
        ("（0510）85551234", "0510-85551234"),
        ("【0510】85551234", "0510-85551234"),
        ("０５１０—８５５５１２３４", "0510-85551234"),
        ("电话：0510-85551234", "0510-85551234"),
        ("Tel: 0510 8555 1234", "0510-85551234"),
        ("0571-87018888转801", "0571-87018888-801"),
        ("0571-87018888-801", "0571-87018888-801"),
        ("0571-8668965-1", "0571-8668965-1"),
        ("0571-8701-8888", "0571-87018888"),
        ("86689651-1", "86689651-1"),
        ("4009200715-1", "400-920-0715-1"),
        ("400 9200 715转1", "400-920-0715-1"),
        ("１３８ ００００ ００００", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("013800000000", "13800000000"),
    ],
)
def test_normalised(text: str, expected: str) -> None:
    assert normalise_phone(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+86 0571087189777",
        "138000000001",
        "1380000000",
        "无",
        "见招牌",
        "0571-0123456",
        "+86",
        "8668-96x1",
        "张三13800000000",
        "0571-86689651(前台)",
    ],
)
def test_not_clearly_a_number(text: str) -> None:
    assert normalise_phone(text) is None


def test_several_in_one_cell() -> None:
    assert split_phones("0510-1;0510-2/0510-3、0510-4") == ["0510-1", "0510-2", "0510-3", "0510-4"]
    assert split_phones(" ; ") == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0510-85551234;0510-85551235", ("0510-85551234", "0510-85551235")),
        ("0510-85551234；0510-85551235", ("0510-85551234", "0510-85551235")),
        ("['0510-85551234', '13800000000']", ("0510-85551234", "13800000000")),
        ('["0510-85551234"]', ("0510-85551234",)),
        ("[]", ()),
        ("-", ()),
        ("", ()),
        ("13800000000 13900000000", ("13800000000", "13900000000")),
        ("010-62345678 010-62345679", ("010-62345678", "010-62345679")),
        ("0571 8668 9651", ("0571-86689651",)),
        ("0571-86689651/0571-86689651", ("0571-86689651",)),
        ("0571-86689651，400-820-8820", ("0571-86689651", "400-820-8820")),
        ("0571-86689651或13800000000", ("0571-86689651", "13800000000")),
    ],
)
def test_cells_with_several(text: str, numbers: tuple[str, ...]) -> None:
    assert read_phones(text) == PhonesReading(numbers)


@pytest.mark.parametrize(
    ("text", "numbers", "inherited"),
    [
        ("0571-88868120/88868121", ("0571-88868120", "0571-88868121"), ("0571-88868121",)),
        (
            "(0510)85551234、85551235、85551236",
            ("0510-85551234", "0510-85551235", "0510-85551236"),
            ("0510-85551235", "0510-85551236"),
        ),
        ("0510-8555123、85551235", ("0510-8555123", "85551235"), ()),
        ("13800000000/85551235", ("13800000000", "85551235"), ()),
        ("85551235/0510-85551234", ("85551235", "0510-85551234"), ()),
    ],
)
def test_an_area_code_is_inherited_only_when_that_is_clear(
    text: str, numbers: tuple[str, ...], inherited: tuple[str, ...]
) -> None:
    assert read_phones(text) == PhonesReading(numbers, (), inherited)


@pytest.mark.parametrize("text", ["0571-88868120/21", "0571-88868120、见招牌"])
def test_what_is_no_number_is_kept(text: str) -> None:
    read = read_phones(text)
    assert read.numbers == ("0571-88868120",)
    assert len(read.unread) == 1


@given(st.one_of(st.text(max_size=40), st.text(alphabet="+0123456789 -()转/、;[]'", max_size=40)))
def test_never_raises_and_fits_the_field(text: str) -> None:
    pattern = load_standard().tables["outlets"].by_name["phone"].pattern
    read = read_phones(text)
    assert pattern
    assert not read.numbers or re.fullmatch(pattern, ";".join(read.numbers))


@given(st.text(alphabet="+0123456789 -()转.x", max_size=24))
def test_what_comes_out_fits_the_field_and_stays(text: str) -> None:
    pattern = load_standard().tables["outlets"].by_name["phone"].pattern
    number = normalise_phone(text)
    if number is not None:
        assert pattern and re.fullmatch(pattern, number)
        if not re.search("[转x]", text):
            assert normalise_phone(number) == number
